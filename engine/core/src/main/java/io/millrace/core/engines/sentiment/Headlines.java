package io.millrace.core.engines.sentiment;

import io.millrace.core.engines.sentiment.LexiconIndex.Kind;

/**
 * Scores one headline at a time by a lexicon, without allocating.
 *
 * <p>A headline is split into words and these into entries, the longest first. Each entry adds its
 * tone, times the intensifier right before it, times -0.74 if one of the three items before it
 * negates. A movement next to an adverse thing ("loss narrows", "fall in debt") adds its own tone
 * with the other sign, and the thing adds nothing. After "but" and its kind tones count more,
 * before it less. The sum x becomes x / sqrt(x² + 15), in (-1, 1). Source of the normal form, its
 * constant and the negation factor: C. Hutto and E. Gilbert, VADER (2014); movements, adverse
 * things and phrases are our own.
 *
 * <p>Not for use by several threads.
 */
public final class Headlines {
  private static final double NEGATED = -0.74;
  private static final int NEGATION_REACH = 3;
  private static final double TONE_SCALE = 15.0;

  /** Items after an adverse thing among which its movement is looked for, numbers not counted. */
  private static final int MOVE_REACH = 3;

  private static final int NONE = -1;

  private final Lexicon lexicon;
  private final LexiconIndex index;
  private final Words words = new Words();
  // Items: an entry of one or more words, or a word that is in none.
  private final int[] entries = new int[Words.MAX_WORDS];
  private final int[] firstWords = new int[Words.MAX_WORDS];
  // Of a movement: an adverse thing moves; of an adverse thing: its movement speaks for it.
  private final boolean[] paired = new boolean[Words.MAX_WORDS];
  private int items;

  /**
   * Makes a scorer.
   *
   * @throws IllegalArgumentException when an entry is there twice or has no or too many words
   */
  public Headlines(final Lexicon lexicon) {
    this.lexicon = lexicon;
    index = new LexiconIndex(lexicon);
  }

  /** Whether there is a lexicon at all. */
  boolean scoring() {
    return !index.isEmpty();
  }

  /** Weight of a publisher: letters up to the first zero byte. */
  double sourceWeight(final byte[] source, final int length) {
    return index.sourceWeight(source, length);
  }

  /** The words of the headline last read. */
  Words words() {
    return words;
  }

  /**
   * Tone of a headline, in (-1, 1); 0 when it is within the neutral band, so that the sign is the
   * label.
   *
   * @param text UTF-8
   * @param length bytes of it
   */
  public double tone(final byte[] text, final int length) {
    words.read(text, length);
    split();
    pair();
    final double sum = sum();
    final double tone = sum / StrictMath.sqrt(sum * sum + TONE_SCALE);
    return tone >= lexicon.neutralAbove() || tone <= -lexicon.neutralBelow() ? tone : 0.0;
  }

  private void split() {
    items = 0;
    int word = 0;
    while (word < words.count()) {
      final int first = index.id(words, word);
      int entry = NONE;
      int end = word + 1;
      int node = 0;
      final int limit = Math.min(words.count(), word + Lexicon.MAX_PHRASE);
      for (int next = word; next < limit; next++) {
        node = index.step(node, index.id(words, next));
        if (node < 0) {
          break;
        }
        if (index.entry(node) >= 0) {
          entry = index.entry(node);
          end = next + 1;
        }
      }
      entries[items] = entry;
      firstWords[items] = first;
      paired[items++] = false;
      word = end;
    }
  }

  private boolean is(final int item, final Kind kind) {
    return entries[item] != NONE && index.kind(entries[item]) == kind;
  }

  private void pair() {
    for (int item = 0; item < items; item++) {
      if (is(item, Kind.ADVERSE)) {
        int move = moveAfter(item);
        if (move == NONE) {
          move = moveBefore(item);
        }
        if (move != NONE) {
          paired[item] = true;
          paired[move] = true;
        }
      }
    }
  }

  private int moveAfter(final int thing) {
    int steps = 0;
    for (int item = thing + 1; item < items && steps < MOVE_REACH; item++) {
      if (is(item, Kind.MOVE)) {
        return paired[item] ? NONE : item;
      }
      if (is(item, Kind.ADVERSE)) {
        return NONE;
      }
      steps += index.isNumber(firstWords[item]) ? 0 : 1;
    }
    return NONE;
  }

  private int moveBefore(final int thing) {
    int item = thing - 1;
    while (item >= 0 && entries[item] == NONE && index.isLink(firstWords[item])) {
      item--;
    }
    return item >= 0 && is(item, Kind.MOVE) && !paired[item] ? item : NONE;
  }

  private double sum() {
    double sum = 0;
    double weight = 1;
    double factor = 1;
    int negation = 0;
    for (int item = 0; item < items; item++) {
      final int entry = entries[item];
      final Kind kind = entry == NONE ? null : index.kind(entry);
      double nextFactor = 1;
      int nextNegation = Math.max(0, negation - 1);
      if (kind != null) {
        final double number = index.number(entry);
        final double turned = factor * (negation > 0 ? NEGATED : 1.0) * weight;
        switch (kind) {
          case VALENCE -> sum += number * turned;
          case MOVE -> sum += (paired[item] ? -number : number) * turned;
          case ADVERSE -> sum += paired[item] ? 0 : number * turned;
          case INTENSIFIER -> nextFactor = number;
          case NEGATOR -> nextNegation = NEGATION_REACH;
          case CONTRAST -> {
            sum *= 2 - number;
            weight = number;
          }
        }
      }
      factor = nextFactor;
      negation = nextNegation;
    }
    return sum;
  }
}
