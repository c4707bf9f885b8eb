package io.millrace.core.engines.sentiment;

import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * What headlines about one underlying add up to: tones weighted by source and age, where a headline
 * counts half after each half-life, and one that says what a recent one said counts not at all.
 */
final class NewsMemory {
  /** Recent headlines that a new one is compared with. */
  static final int REMEMBERED = 32;

  private static final double LN_2 = 0.6931471805599453;

  private final SentimentConfig config;
  private final long[][] recent = new long[REMEMBERED][Words.MAX_WORDS];
  private final int[] recentCount = new int[REMEMBERED];
  private final long[] recentTime = new long[REMEMBERED];
  private final long[] sorted = new long[Words.MAX_WORDS];
  private int next;
  private long asOf;
  private long lastTime = Long.MIN_VALUE;
  private double weight;
  private double weightedTone;

  NewsMemory(final SentimentConfig config) {
    this.config = config;
  }

  /**
   * Takes a headline; one that was already there within the window is left out.
   *
   * @param time its event time; it has aged since then if a later one is known
   */
  void headline(final long time, final Words words, final double tone, final double sourceWeight) {
    final int distinct = sortDistinct(words.hashes(), words.count());
    if (distinct == 0 || seen(time, distinct)) {
      return;
    }
    System.arraycopy(sorted, 0, recent[next], 0, distinct);
    recentCount[next] = distinct;
    recentTime[next] = time;
    next = (next + 1) % REMEMBERED;
    age(time);
    final double aged = sourceWeight * (time < asOf ? decay(asOf - time) : 1.0);
    weight += aged;
    weightedTone += aged * tone;
    lastTime = Math.max(lastTime, time);
  }

  private int sortDistinct(final long[] words, final int count) {
    System.arraycopy(words, 0, sorted, 0, count);
    Arrays.sort(sorted, 0, count);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (distinct == 0 || sorted[i] != sorted[distinct - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    return distinct;
  }

  private boolean seen(final long time, final int distinct) {
    for (int i = 0; i < REMEMBERED; i++) {
      if (recentCount[i] > 0 && Math.abs(time - recentTime[i]) <= config.newsWindowNanos()) {
        final int common = common(recent[i], recentCount[i], distinct);
        final int union = recentCount[i] + distinct - common;
        if (common >= config.newsDuplicate() * union) {
          return true;
        }
      }
    }
    return false;
  }

  private int common(final long[] other, final int otherCount, final int distinct) {
    int common = 0;
    int i = 0;
    int j = 0;
    while (i < distinct && j < otherCount) {
      final int order = Long.compare(sorted[i], other[j]);
      if (order == 0) {
        common++;
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return common;
  }

  void state(final StateCodec codec) {
    codec.all(recentCount);
    codec.all(recentTime);
    for (int i = 0; i < REMEMBERED; i++) {
      codec.first(recent[i], recentCount[i]);
    }
    next = codec.int32(next);
    asOf = codec.int64(asOf);
    lastTime = codec.int64(lastTime);
    weight = codec.float64(weight);
    weightedTone = codec.float64(weightedTone);
  }

  /** Brings the weights to {@code now}. */
  void age(final long now) {
    if (now > asOf) {
      final double factor = decay(now - asOf);
      weight *= factor;
      weightedTone *= factor;
      asOf = now;
    }
  }

  private double decay(final long age) {
    return StrictMath.exp(-LN_2 * age / config.newsHalfLifeNanos());
  }

  /** Whether there was a headline of any weight within the window. */
  boolean present(final long now) {
    return lastTime != Long.MIN_VALUE && now - lastTime <= config.newsWindowNanos() && weight > 0;
  }

  /** Weighted mean tone, -1..1; ask only when {@link #present}. */
  double score() {
    return Math.max(-1.0, Math.min(1.0, weightedTone / weight));
  }

  /** 0..1. */
  double confidence() {
    return Math.min(1.0, weight / config.newsFullWeight());
  }
}
