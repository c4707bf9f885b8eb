package io.millrace.core.engines.sentiment;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The entries that headlines are scored by, as config gives them. An entry is one word or a phrase
 * of up to {@link #MAX_PHRASE}; case does not matter, and a number stands for any number.
 *
 * @param neutralAbove a tone below this is not good, in [0, 1)
 * @param neutralBelow a tone above the negative of this is not bad, in [0, 1)
 * @param valences entry to tone, -4 very bad to 4 very good; 0 silences the words in it
 * @param moves movement to its tone when more of what moves is good, -4 to 4 (rises 2, falls -2);
 *     next to an adverse entry the sign turns
 * @param adverse what is bad to have more of (loss, debt) to the tone of naming it, -4 to 0
 * @param intensifiers entry to factor on the tone of the entry right after it, above 0 to 4 (very
 *     1.3, slightly 0.7)
 * @param contrasts entry to factor on all that comes after it, 0 to 2; what came before counts 2
 *     minus that (but 1.5, despite 0.4)
 * @param negators entries that turn the tone of the next three words around
 * @param links words that may stand between a movement and the adverse thing that moves (fall in
 *     the debt)
 * @param sources publisher to weight, 0 to 100; one that is not named has weight 1
 */
public record Lexicon(
    double neutralAbove,
    double neutralBelow,
    Map<String, Double> valences,
    Map<String, Double> moves,
    Map<String, Double> adverse,
    Map<String, Double> intensifiers,
    Map<String, Double> contrasts,
    List<String> negators,
    List<String> links,
    Map<String, Double> sources) {

  /** Most words of an entry. */
  public static final int MAX_PHRASE = 5;

  /** No words: no headline can be scored. */
  public static final Lexicon EMPTY =
      new Lexicon(
          0, 0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of(), Map.of());

  private static final double MAX_TONE = 4;
  private static final double MAX_FACTOR = 4;
  private static final double MAX_CONTRAST = 2;
  private static final double MAX_WEIGHT = 100;

  /** Checks the ranges that the fields name. */
  public Lexicon {
    valences = sorted(valences);
    moves = sorted(moves);
    adverse = sorted(adverse);
    intensifiers = sorted(intensifiers);
    contrasts = sorted(contrasts);
    negators = List.copyOf(negators);
    links = List.copyOf(links);
    sources = sorted(sources);
    check("neutral_above", neutralAbove, neutralAbove >= 0 && neutralAbove < 1, "in [0, 1)");
    check("neutral_below", neutralBelow, neutralBelow >= 0 && neutralBelow < 1, "in [0, 1)");
    range("valences", valences, -MAX_TONE, MAX_TONE);
    range("moves", moves, -MAX_TONE, MAX_TONE);
    range("adverse", adverse, -MAX_TONE, 0);
    range("intensifiers", intensifiers, Double.MIN_VALUE, MAX_FACTOR);
    range("contrasts", contrasts, 0, MAX_CONTRAST);
    range("sources", sources, 0, MAX_WEIGHT);
  }

  /** Ordered by entry: of several wrong ones, the error names the same in every run. */
  private static Map<String, Double> sorted(final Map<String, Double> entries) {
    return Collections.unmodifiableMap(new TreeMap<>(entries));
  }

  private static void range(
      final String table, final Map<String, Double> entries, final double low, final double high) {
    entries.forEach(
        (entry, number) ->
            check(
                table + "." + entry,
                number,
                number >= low && number <= high,
                low == Double.MIN_VALUE
                    ? "above 0, at most " + high
                    : "in [" + low + ", " + high + "]"));
  }

  private static void check(
      final String field, final double value, final boolean holds, final String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "lexicon." + field + " is " + value + ", must be " + range);
    }
  }
}
