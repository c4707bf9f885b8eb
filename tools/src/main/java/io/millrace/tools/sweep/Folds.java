package io.millrace.tools.sweep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walk-forward: the span of the data is cut into equal parts; each fold learns on some and is
 * tested on the next one.
 *
 * <pre>
 *   anchored   fold 1  TTTT|..VV            rolling   fold 1  TTTT|..VV
 *              fold 2  TTTTTT|..VV                    fold 2    TTTT|..VV
 *              fold 3  TTTTTTTT|..VV                  fold 3      TTTT|..VV
 *   T training, to a purge before the border | ; V test, from an embargo after it
 * </pre>
 *
 * <p>Purging and embargo after López de Prado, Advances in Financial Machine Learning (2018),
 * chapter 7: training must hold nothing whose outcome depends on prices of the test. A run here
 * begins flat and ends at its cut, a position open there counting at its mark, so no result of one
 * side needs a price of the other; the purge takes away as much time before the border as decisions
 * look ahead (by default one bar: what it decides is acted on within the next), the embargo as much
 * after it as is still correlated with what was learnt (by default a hundredth of the span, the
 * chapter's 0.01 T). Training never comes after the test of its fold, so nothing need be purged
 * there.
 *
 * <p>Instants are nanoseconds since the epoch, UTC; each window is after its begin and up to its
 * end.
 */
public final class Folds {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long DAY = 86_400 * SECOND;
  private static final int MOST_FOLDS = 100;
  private static final int MOST_TRAIN_PARTS = 1_000;
  private static final long MOST_DAYS = 36_525;
  private static final int EMBARGO_OF_SPAN = 100;
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(s|m|min|h|d)");

  private Folds() {}

  /**
   * A fold.
   *
   * @param number from 1
   * @param trainAfter begin of training
   * @param trainUntil its end, the purge taken off
   * @param testAfter begin of the test, the embargo taken off
   * @param testUntil its end
   * @param trainFrom where a training run begins to read: its warm-up
   * @param testFrom where a test run begins to read: its warm-up
   */
  public record Fold(
      int number,
      long trainAfter,
      long trainUntil,
      long testAfter,
      long testUntil,
      long trainFrom,
      long testFrom) {}

  /**
   * What is asked for.
   *
   * @param folds how many tests
   * @param trainParts parts that the first training has, a test having one
   * @param rolling whether training always has as many; else it grows from the begin
   * @param purgeNanos taken off the end of training
   * @param embargoNanos taken off the begin of a test; -1 = a hundredth of the span
   * @param warmUpNanos read before a run trades; -1 = as long as a test
   */
  public record Plan(
      int folds,
      int trainParts,
      boolean rolling,
      long purgeNanos,
      long embargoNanos,
      long warmUpNanos) {}

  /**
   * Cuts a span.
   *
   * @param after begin of the data, excluded
   * @param until its end
   * @throws SweepException if the parts are too short for what is taken off
   */
  public static List<Fold> cut(final Plan plan, final long after, final long until) {
    if (plan.folds() < 1
        || plan.folds() > MOST_FOLDS
        || plan.trainParts() < 1
        || plan.trainParts() > MOST_TRAIN_PARTS) {
      throw new SweepException(
          "--walk-forward takes 1 to "
              + MOST_FOLDS
              + " folds, --train-parts 1 to "
              + MOST_TRAIN_PARTS);
    }
    final int parts = plan.folds() + plan.trainParts();
    final long part = (until - after) / parts;
    final long grain = part >= 2 * DAY ? DAY : part >= 2 * MINUTE ? MINUTE : SECOND;
    final long embargo =
        plan.embargoNanos() >= 0 ? plan.embargoNanos() : round((until - after) / EMBARGO_OF_SPAN);
    final long warmUp = plan.warmUpNanos() >= 0 ? plan.warmUpNanos() : round(part);
    final List<Fold> folds = new ArrayList<>();
    for (int k = 1; k <= plan.folds(); k++) {
      final long begin = plan.rolling() ? border(after, until, parts, k - 1, grain) : after;
      final long middle = border(after, until, parts, k - 1 + plan.trainParts(), grain);
      final long end = border(after, until, parts, k + plan.trainParts(), grain);
      if (middle - plan.purgeNanos() <= begin || middle + embargo >= end) {
        throw new SweepException(
            "a part of the walk-forward is "
                + words(part)
                + ", too short for a purge of "
                + words(plan.purgeNanos())
                + " and an embargo of "
                + words(embargo)
                + "; ask for fewer folds or take less off");
      }
      folds.add(
          new Fold(
              k,
              begin,
              middle - plan.purgeNanos(),
              middle + embargo,
              end,
              Math.max(after, begin - warmUp),
              Math.max(after, middle + embargo - warmUp)));
    }
    return folds;
  }

  private static long border(
      final long after, final long until, final int parts, final int at, final long grain) {
    if (at == 0) {
      return after;
    }
    if (at == parts) {
      return until;
    }
    final long exact = after + Math.round((double) (until - after) / parts * at);
    return down(exact + grain / 2, grain);
  }

  /** To whole days where there are some, else to minutes, else to seconds. */
  private static long round(final long span) {
    return down(span, span >= DAY ? DAY : span >= MINUTE ? MINUTE : SECOND);
  }

  private static long down(final long value, final long grain) {
    return value - Math.floorMod(value, grain);
  }

  /**
   * A length of time such as 30s, 15m, 2h or 1d, nanoseconds.
   *
   * @throws SweepException if it is none
   */
  public static long span(final String option, final String text) {
    final Matcher matcher = SPAN.matcher(text.strip());
    if (!matcher.matches()) {
      throw new SweepException(
          option + " '" + text + "' is no length of time; give one such as 15m, 2h or 1d");
    }
    final long unit =
        switch (matcher.group(2)) {
          case "s" -> SECOND;
          case "h" -> 60 * MINUTE;
          case "d" -> DAY;
          default -> MINUTE;
        };
    final long count = Long.parseLong(matcher.group(1));
    if (count > MOST_DAYS * DAY / unit) {
      throw new SweepException(
          option
              + " '"
              + text
              + "' is longer than a hundred years; give one such as 15m, 2h or 1d");
    }
    return count * unit;
  }

  /** A length of time for people. */
  public static String words(final long nanos) {
    if (nanos % DAY == 0) {
      return nanos / DAY + " d";
    }
    return nanos >= 2 * DAY
        ? String.format(java.util.Locale.ROOT, "%.1f d", (double) nanos / DAY)
        : nanos >= MINUTE
            ? String.format(java.util.Locale.ROOT, "%.0f min", (double) nanos / MINUTE)
            : String.format(java.util.Locale.ROOT, "%.0f s", (double) nanos / SECOND);
  }

  /** An instant as the command line takes it. */
  public static String instant(final long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
        .toString();
  }
}
