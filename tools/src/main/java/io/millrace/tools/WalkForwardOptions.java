package io.millrace.tools;

import io.millrace.core.strategy.StrategyBundle;
import io.millrace.tools.sweep.Folds;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Whether and how a sweep learns on one time and is tested on the next. */
final class WalkForwardOptions {
  @Option(
      names = "--walk-forward",
      paramLabel = "FOLDS",
      description =
          "Choose the best combination on one part of the time and test it on the next, this many"
              + " times")
  private Integer folds;

  @Option(
      names = "--train-parts",
      paramLabel = "N",
      defaultValue = "2",
      description = "Length of the first training in lengths of a test (default: 2)")
  private int trainParts;

  @Option(
      names = "--rolling",
      description = "Training always has that length (default: it grows from the begin, anchored)")
  private boolean rolling;

  @Option(
      names = "--purge",
      paramLabel = "TIME",
      description = "Taken off the end of training, such as 2h (default: a bar of the strategy)")
  private String purge;

  @Option(
      names = "--embargo",
      paramLabel = "TIME",
      description = "Taken off the begin of a test, such as 1d (default: a hundredth of the time)")
  private String embargo;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description =
          "Seen but not traded before a run, where there is data (default: as long as a test)")
  private String warmUp;

  /**
   * The folds; none without {@code --walk-forward}.
   *
   * @param bundle of the strategy, or null
   * @param times first and last event time of what the strategy is shown, nanoseconds
   */
  List<Folds.Fold> folds(final StrategyBundle bundle, final Supplier<long[]> times) {
    if (folds == null) {
      if (rolling || purge != null || embargo != null || warmUp != null) {
        throw new UsageException(
            "--rolling, --purge, --embargo and --warm-up are of --walk-forward FOLDS; add it");
      }
      return List.of();
    }
    if (bundle == null) {
      throw new UsageException(
          "--walk-forward needs a strategy, which a warm-up can keep from trading; name one with"
              + " --strategy");
    }
    final long[] span = times.get();
    return Folds.cut(
        new Folds.Plan(
            folds,
            trainParts,
            rolling,
            purge == null ? bundle.timeframeNanos() : Folds.span("--purge", purge),
            embargo == null ? -1 : Folds.span("--embargo", embargo),
            warmUp == null ? -1 : Folds.span("--warm-up", warmUp)),
        span[0] - 1,
        span[1]);
  }

  /** In words that are the same for the same folds. */
  String describe() {
    return folds
        + " folds, "
        + (rolling ? "rolling" : "anchored")
        + ", training "
        + trainParts
        + " parts, purge "
        + (purge == null ? "a bar" : purge)
        + ", embargo "
        + (embargo == null ? "1 % of the time" : embargo)
        + ", warm-up "
        + (warmUp == null ? "a part" : warmUp);
  }
}
