package io.millrace.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Arrays;

/**
 * One line of the table: a figure of ours, what it is compared to, and the goal.
 *
 * @param section first word of the line: a stage of the drawing or a kind of measurement
 * @param name what was measured
 * @param unit of both figures, such as {@code ns} or {@code M/s}
 * @param ours one figure for each round
 * @param peerName the floor or peer, empty = there is none
 * @param peer one figure for each round, taken in turns with ours; empty = there is none
 * @param goal bound on the ratio or on our own figure, null = there is none
 * @param note what the reader must know, or empty
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@SuppressWarnings("ArrayRecordComponent") // carried to the table and the file, never compared
record Row(
    String section,
    String name,
    String unit,
    double[] ours,
    String peerName,
    double[] peer,
    Goal goal,
    String note) {

  /**
   * A bound.
   *
   * @param ofRatio on the ratio, else on our own figure
   * @param atMost the figure may not be above; else not below
   * @param bound in the unit of the row, or none for a ratio
   * @param also another that must hold too, null = none
   */
  record Goal(boolean ofRatio, boolean atMost, double bound, Goal also) {
    static Goal ratioAtMost(final double bound) {
      return new Goal(true, true, bound, null);
    }

    static Goal ratioAtLeast(final double bound) {
      return new Goal(true, false, bound, null);
    }

    static Goal atMost(final double bound) {
      return new Goal(false, true, bound, null);
    }

    static Goal atLeast(final double bound) {
      return new Goal(false, false, bound, null);
    }

    /** Our figure at most so much, and the peer's at least so many times ours. */
    static Goal atMostAndFaster(final double bound, final double times) {
      return new Goal(false, true, bound, ratioAtMost(1 / times));
    }
  }

  /** A figure without a peer. */
  static Row alone(
      final String section,
      final String name,
      final String unit,
      final double[] ours,
      final Goal goal,
      final String note) {
    return new Row(section, name, unit, ours, "", new double[0], goal, note);
  }

  Row {
    if (ours.length == 0) {
      throw new IllegalArgumentException("row " + section + " " + name + " has no rounds");
    }
  }

  /** Rates are better when higher, costs when lower. */
  @JsonIgnore
  boolean isRate() {
    return unit.endsWith("/s");
  }

  @JsonIgnore
  boolean hasPeer() {
    return peer.length > 0;
  }

  /** Our figure in the round that the machine disturbed least. */
  @JsonIgnore
  double best() {
    return best(ours);
  }

  /** The peer's figure in the round that the machine disturbed least. */
  @JsonIgnore
  double peerBest() {
    return best(peer);
  }

  /** Ours over the peer's, least disturbed rounds; NaN without a peer. */
  @JsonIgnore
  double ratio() {
    return hasPeer() ? best() / peerBest() : Double.NaN;
  }

  /** Ours over the peer's, medians of the rounds; NaN without a peer. */
  @JsonIgnore
  double medianRatio() {
    return hasPeer() ? median(ours) / median(peer) : Double.NaN;
  }

  /** How far the median round lies from the best, 0 = not at all: the noise of this machine. */
  @JsonIgnore
  double noise() {
    final double best = best();
    if (best == 0) {
      return 0;
    }
    return isRate() ? best / median(ours) - 1 : median(ours) / best - 1;
  }

  /** Whether the goal is met; true when there is none. */
  @JsonIgnore
  boolean met() {
    return met(goal);
  }

  private boolean met(final Goal bound) {
    if (bound == null) {
      return true;
    }
    final double value = bound.ofRatio() ? ratio() : best();
    return (bound.atMost() ? value <= bound.bound() : value >= bound.bound()) && met(bound.also());
  }

  private double best(final double[] rounds) {
    final var values = Arrays.stream(rounds);
    return (isRate() ? values.max() : values.min()).orElse(Double.NaN);
  }

  static double median(final double[] rounds) {
    final double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    final int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
