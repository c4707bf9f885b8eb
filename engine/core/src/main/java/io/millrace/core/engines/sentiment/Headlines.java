package io.millrace.core.engines.sentiment;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.agrona.collections.Hashing;

/**
 * Scores one headline at a time by a lexicon, without allocating: words are runs of ASCII letters,
 * digits and apostrophes (and any byte of a non-ASCII letter), lower-cased, known by their 64-bit
 * FNV-1a hash.
 *
 * <p>Tone of a headline: each lexicon word adds its valence, times the intensifier right before it,
 * times -0.74 if one of the three words before it negates; the sum x becomes x / sqrt(x² + 15), in
 * (-1, 1). Source of the form, the factor and the constant: C. Hutto and E. Gilbert, VADER (2014).
 */
final class Headlines {
  /** Words of a headline that are looked at; the rest is left out. */
  static final int MAX_WORDS = 64;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final double NEGATED = -0.74;
  private static final int NEGATION_REACH = 3;
  private static final double TONE_SCALE = 15.0;
  private static final int MIN_TABLE = 16;

  private static final byte VALENCE = 1;
  private static final byte INTENSIFIER = 2;
  private static final byte NEGATOR = 3;
  private static final byte SOURCE = 4;

  // Open addressing: key 0 = free.
  private final long[] keys;
  private final double[] numbers;
  private final byte[] kinds;
  private final int mask;
  private final boolean scoring;
  private final long[] words = new long[MAX_WORDS];
  private int count;

  Headlines(final Lexicon lexicon) {
    // Sorted: the table does not depend on the iteration order of a hash map.
    final TreeMap<String, Double> valences = new TreeMap<>(lexicon.valences());
    final TreeMap<String, Double> intensifiers = new TreeMap<>(lexicon.intensifiers());
    final TreeMap<String, Double> sources = new TreeMap<>(lexicon.sources());
    final int entries =
        valences.size() + intensifiers.size() + sources.size() + lexicon.negators().size();
    final int capacity = Integer.highestOneBit(Math.max(MIN_TABLE, entries * 4));
    keys = new long[capacity];
    numbers = new double[capacity];
    kinds = new byte[capacity];
    mask = capacity - 1;
    scoring = !valences.isEmpty();
    valences.forEach((word, valence) -> enter(word, VALENCE, valence));
    intensifiers.forEach((word, factor) -> enter(word, INTENSIFIER, factor));
    sources.forEach((source, weight) -> enter(source, SOURCE, weight));
    for (final String word : lexicon.negators()) {
      enter(word, NEGATOR, 0);
    }
  }

  private void enter(final String word, final byte kind, final double number) {
    final byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    final long key = kind == SOURCE ? sourceKey(bytes, bytes.length) : wordKey(word, bytes);
    int place = Hashing.hash(key, mask);
    while (keys[place] != 0) {
      if (keys[place] == key) {
        throw new IllegalArgumentException("lexicon has " + word + " twice");
      }
      place = (place + 1) & mask;
    }
    keys[place] = key;
    kinds[place] = kind;
    numbers[place] = number;
  }

  private long wordKey(final String word, final byte[] bytes) {
    if (read(bytes, bytes.length) != 1) {
      throw new IllegalArgumentException("lexicon entry \"" + word + "\" is not one word");
    }
    return words[0];
  }

  private int find(final long key) {
    int place = Hashing.hash(key, mask);
    while (keys[place] != 0 && keys[place] != key) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Whether there is a lexicon at all. */
  boolean scoring() {
    return scoring;
  }

  /** Weight of a publisher: letters up to the first zero byte. */
  double sourceWeight(final byte[] source, final int length) {
    final int place = find(sourceKey(source, length));
    return kinds[place] == SOURCE && keys[place] != 0 ? numbers[place] : 1.0;
  }

  /** Sources have hashes of their own, so that a publisher's name is not taken for a word. */
  private static long sourceKey(final byte[] source, final int length) {
    long hash = ~FNV_OFFSET;
    for (int i = 0; i < length && source[i] != 0; i++) {
      hash = (hash ^ lower(source[i])) * FNV_PRIME;
    }
    return hash == 0 ? 1 : hash;
  }

  /** Splits a headline into word hashes; {@link #words()} has them. */
  int read(final byte[] text, final int length) {
    count = 0;
    long hash = 0;
    for (int i = 0; i <= length && count < MAX_WORDS; i++) {
      final int c = i < length ? lower(text[i]) : ' ';
      if (wordPart(c)) {
        hash = ((hash == 0 ? FNV_OFFSET : hash) ^ c) * FNV_PRIME;
      } else if (hash != 0) {
        words[count++] = hash;
        hash = 0;
      }
    }
    return count;
  }

  private static int lower(final byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b & 0xFF;
  }

  private static boolean wordPart(final int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || c >= 0x80;
  }

  /** Hashes of the words last read, in order. Read only. */
  long[] words() {
    return words;
  }

  /** Tone of the words last read, in (-1, 1). */
  double tone() {
    double sum = 0;
    int negation = 0;
    double factor = 1;
    for (int i = 0; i < count; i++) {
      final int place = find(words[i]);
      final byte kind = keys[place] == 0 ? 0 : kinds[place];
      if (kind == VALENCE) {
        sum += numbers[place] * factor * (negation > 0 ? NEGATED : 1.0);
      }
      factor = kind == INTENSIFIER ? numbers[place] : 1.0;
      negation = kind == NEGATOR ? NEGATION_REACH : Math.max(0, negation - 1);
    }
    return sum / StrictMath.sqrt(sum * sum + TONE_SCALE);
  }
}
