package io.millrace.core.engines.sentiment;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words that headlines are scored by, as config gives them; case does not matter.
 *
 * @param valences word to tone, -4 very bad to 4 very good
 * @param intensifiers word to factor on the tone of the word after it, above 0 (very 1.3, slightly
 *     0.7)
 * @param negators words that turn the tone of the next three around
 * @param sources publisher to weight, 0 or more; one that is not named has weight 1
 */
public record Lexicon(
    Map<String, Double> valences,
    Map<String, Double> intensifiers,
    List<String> negators,
    Map<String, Double> sources) {

  /** No words: no headline can be scored. */
  public static final Lexicon EMPTY = new Lexicon(Map.of(), Map.of(), List.of(), Map.of());

  private static final double MAX_VALENCE = 4;

  /** Checks the ranges that the fields name. */
  public Lexicon {
    valences = sorted(valences);
    intensifiers = sorted(intensifiers);
    negators = List.copyOf(negators);
    sources = sorted(sources);
    valences.forEach(
        (word, valence) -> {
          if (!(Math.abs(valence) <= MAX_VALENCE)) {
            throw new IllegalArgumentException(
                "lexicon.valences." + word + " is " + valence + ", must be in [-4, 4]");
          }
        });
    intensifiers.forEach(
        (word, factor) -> {
          if (!(factor > 0) || !Double.isFinite(factor)) {
            throw new IllegalArgumentException(
                "lexicon.intensifiers." + word + " is " + factor + ", must be above 0");
          }
        });
    sources.forEach(
        (source, weight) -> {
          if (!(weight >= 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException(
                "lexicon.sources." + source + " is " + weight + ", must be 0 or more");
          }
        });
  }

  /** Ordered by word: of several wrong words, the error names the same one in every run. */
  private static Map<String, Double> sorted(final Map<String, Double> words) {
    return Collections.unmodifiableMap(new TreeMap<>(words));
  }
}
