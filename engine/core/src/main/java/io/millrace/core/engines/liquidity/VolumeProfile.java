package io.millrace.core.engines.liquidity;

import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * Intraday volume by price: equal buckets around the first price of the session. Prices beyond the
 * outermost buckets count in them. O(1) per trade; a look around the price is O(buckets near).
 */
final class VolumeProfile {
  /** Buckets: at 0.1 % each, 51 % either way. */
  static final int BUCKETS = 1024;

  /** A void needs a bucket between two traded ones. */
  private static final int MIN_TRADED_SPAN = 3;

  private final double bucketFraction;
  private final double nearFraction;
  private final double[] volume = new double[BUCKETS];
  private double base;
  private double width;
  private int lowest = BUCKETS;
  private int highest = -1;

  private double magnetScore;
  private double magnetPrice;
  private double voidScore;
  private double voidPrice;
  private boolean hasVoid;

  VolumeProfile(final LiquidityConfig config) {
    bucketFraction = config.bucketFraction();
    nearFraction = config.nearFraction();
  }

  void clear() {
    if (highest >= 0) {
      Arrays.fill(volume, lowest, highest + 1, 0.0);
    }
    lowest = BUCKETS;
    highest = -1;
  }

  void trade(final double price, final double size) {
    if (highest < 0) {
      width = price * bucketFraction;
      base = price - (BUCKETS / 2 + 0.5) * width;
    }
    final int bucket = bucket(price);
    volume[bucket] += size;
    lowest = Math.min(lowest, bucket);
    highest = Math.max(highest, bucket);
  }

  /** What a look found is not kept: it is read before the next event. */
  void state(final StateCodec codec) {
    codec.all(volume);
    base = codec.float64(base);
    width = codec.float64(width);
    lowest = codec.int32(lowest);
    highest = codec.int32(highest);
  }

  private int bucket(final double price) {
    return (int) Math.max(0, Math.min(BUCKETS - 1, (price - base) / width));
  }

  private double middle(final int bucket) {
    return base + (bucket + 0.5) * width;
  }

  /**
   * Looks around a price for the heaviest and the thinnest bucket.
   *
   * <p>With n buckets near and total volume V there, the magnet score is (share of the heaviest -
   * 1/n) / (1 - 1/n): 0 when volume is spread evenly, 1 when all of it is at one price. The void
   * score is 1 - n × thinnest / V over the buckets between the lowest and the highest traded price:
   * 1 when a price in between never traded, 0 when all traded alike. Ties go to the bucket nearest
   * to the price, then to the lower.
   *
   * @return whether anything traded near
   */
  boolean look(final double price) {
    if (highest < 0) {
      return false;
    }
    final int here = bucket(price);
    final int reach = (int) StrictMath.rint(nearFraction / bucketFraction);
    final int from = Math.max(0, here - reach);
    final int to = Math.min(BUCKETS - 1, here + reach);
    double total = 0;
    int heaviest = from;
    for (int b = from; b <= to; b++) {
      total += volume[b];
      if (volume[b] > volume[heaviest]
          || (volume[b] == volume[heaviest] && Math.abs(b - here) < Math.abs(heaviest - here))) {
        heaviest = b;
      }
    }
    if (total <= 0) {
      return false;
    }
    final double even = 1.0 / (to - from + 1);
    magnetScore = unit((volume[heaviest] / total - even) / (1.0 - even));
    magnetPrice = middle(heaviest);
    findVoid(Math.max(from, lowest), Math.min(to, highest), here);
    return true;
  }

  private void findVoid(final int from, final int to, final int here) {
    hasVoid = to - from + 1 >= MIN_TRADED_SPAN;
    voidScore = 0;
    if (!hasVoid) {
      return;
    }
    double total = 0;
    int thinnest = from;
    for (int b = from; b <= to; b++) {
      total += volume[b];
      if (volume[b] < volume[thinnest]
          || (volume[b] == volume[thinnest] && Math.abs(b - here) < Math.abs(thinnest - here))) {
        thinnest = b;
      }
    }
    hasVoid = total > 0;
    if (hasVoid) {
      voidScore = unit(1.0 - volume[thinnest] * (to - from + 1) / total);
      voidPrice = middle(thinnest);
    }
  }

  private static double unit(final double value) {
    return Math.max(0.0, Math.min(1.0, value));
  }

  double magnetScore() {
    return magnetScore;
  }

  double magnetPrice() {
    return magnetPrice;
  }

  double voidScore() {
    return voidScore;
  }

  double voidPrice() {
    return voidPrice;
  }

  boolean hasVoid() {
    return hasVoid;
  }
}
