package io.millrace.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Rows from JMH. Each round forks a JVM for every benchmark, ours and peers in turns; a row keeps
 * all iterations of all rounds. A quick run forks none.
 *
 * <p>Iterations are many and short, and of those that sample single invocations the median counts:
 * on a busy machine most iterations are interrupted, and only short ones are not.
 */
final class JmhRows {
  private static final int ROUNDS = 3;
  private static final double MEDIAN = 50;

  private final Map<String, List<Double>> scores = new HashMap<>();

  private JmhRows() {}

  /** Runs the benchmarks of one class. */
  private static JmhRows run(final Class<?> benchmarks, final Effort effort) {
    final JmhRows rows = new JmhRows();
    final Options options =
        new OptionsBuilder()
            .include("\\." + benchmarks.getSimpleName() + "\\.")
            .forks(effort.quick() ? 0 : 1)
            .warmupIterations(effort.quick() ? 2 : 20)
            .warmupTime(TimeValue.milliseconds(100))
            .measurementIterations(effort.quick() ? 3 : 20)
            .measurementTime(TimeValue.milliseconds(50))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    for (int round = 0; round < (effort.quick() ? 1 : ROUNDS); round++) {
      try {
        rows.keep(new Runner(options).run());
      } catch (final RunnerException e) {
        throw new IllegalStateException(
            "the benchmarks of " + benchmarks.getSimpleName() + " failed", e);
      }
    }
    return rows;
  }

  private void keep(final Collection<RunResult> results) {
    for (final RunResult result : results) {
      final String benchmark = result.getParams().getBenchmark();
      final String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
      result
          .getBenchmarkResults()
          .forEach(
              fork -> {
                for (final IterationResult iteration : fork.getIterationResults()) {
                  scores
                      .computeIfAbsent(name, key -> new ArrayList<>())
                      .add(iteration.getPrimaryResult().getStatistics().getPercentile(MEDIAN));
                }
              });
    }
  }

  private double[] of(final String benchmark) {
    return scores.get(benchmark).stream().mapToDouble(Double::doubleValue).toArray();
  }

  static List<Row> codec(final Effort effort) {
    final JmhRows jmh = run(CodecBenchmark.class, effort);
    final List<Row> rows = new ArrayList<>();
    for (final String[] name :
        new String[][] {
          {"Quote, encode", "quoteEncode", "putLong of the same bytes"},
          {"Quote, decode", "quoteDecode", "getLong of the same bytes"},
          {"EngineOutput, 24 features, encode", "outputEncode", "putLong of the same bytes"},
          {"EngineOutput, 24 features, decode", "outputDecode", "getLong of the same bytes"},
        }) {
      rows.add(
          new Row(
              "codec",
              name[0],
              "ns",
              jmh.of(name[1]),
              name[2],
              jmh.of(name[1] + "Floor"),
              null,
              ""));
    }
    return rows;
  }

  static List<Row> kernels(final Effort effort) {
    final JmhRows jmh = run(KernelBenchmark.class, effort);
    return List.of(
        new Row(
            "kernels",
            "5,000 contracts, six Greeks and exposures",
            "us",
            jmh.of("greeksAndExposures"),
            "Strata, the same",
            jmh.of("strataGreeksAndExposures"),
            Row.Goal.atMostAndFaster(40, 20),
            "three sums gross, three net"),
        new Row(
            "kernels",
            "5,000 contracts, three pressures",
            "us",
            jmh.of("pressures"),
            "DuckDB, three sums",
            jmh.of("duckDbPressures"),
            Row.Goal.atMostAndFaster(2.5, 150),
            "in process, prepared"),
        new Row(
            "kernels",
            "5,000 contracts, IV and six Greeks",
            "us",
            jmh.of("volatilityAndGreeks"),
            "Strata, the same",
            jmh.of("strataVolatilityAndGreeks"),
            Row.Goal.atMostAndFaster(400, 10),
            ""));
  }

  private static List<Row> updates(final Effort effort) {
    final JmhRows jmh = run(UpdateBenchmark.class, effort);
    return List.of(
        Row.alone(
            "engines",
            "hedge, one option quote taken",
            "ns",
            jmh.of("optionQuote"),
            Row.Goal.atMost(200),
            "chain row and mark to solve; the solving is the evaluation's"),
        Row.alone(
            "engines",
            "hedge, six Greeks of one contract",
            "ns",
            jmh.of("oneContract"),
            Row.Goal.atMost(200),
            ""),
        Row.alone(
            "engines",
            "hedge, IV and six Greeks of one contract",
            "ns",
            jmh.of("oneContractSolved"),
            null,
            "a group of eight, seven idle"),
        Row.alone(
            "engines",
            "liquidity, one trade",
            "ns",
            jmh.of("liquidityTrade"),
            Row.Goal.atMost(100),
            "side by quote and tick rule"));
  }

  static List<Row> engines(final Effort effort) {
    final List<Row> rows = new ArrayList<>(chain(effort));
    rows.addAll(updates(effort));
    return rows;
  }

  private static List<Row> chain(final Effort effort) {
    final JmhRows jmh = run(ChainBenchmark.class, effort);
    final double[] strata = jmh.of("strataGreeks");
    return List.of(
        new Row(
            "engines",
            "hedge, 2,192 contracts, a minute of quotes new",
            "us",
            jmh.of("quotesChanged"),
            "Strata, IV and six Greeks",
            jmh.of("strataVolatilityAndGreeks"),
            null,
            "ours: IV of what changed, all Greeks, forwards, walls, regime"),
        new Row(
            "engines",
            "hedge, 2,192 contracts, spot moved",
            "us",
            jmh.of("spotMoved"),
            "Strata, six Greeks",
            strata,
            null,
            ""),
        new Row(
            "engines",
            "hedge, 2,192 contracts, nothing changed",
            "us",
            jmh.of("nothingChanged"),
            "Strata, six Greeks",
            strata,
            null,
            ""));
  }

  static List<Row> gate(final Effort effort) {
    return List.of(
        Row.alone(
            "risk",
            "gate, one judgement, all checks",
            "ns",
            run(GateBenchmark.class, effort).of("judge"),
            Row.Goal.atMost(1_000),
            ""));
  }
}
