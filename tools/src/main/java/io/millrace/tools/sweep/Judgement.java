package io.millrace.tools.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.tools.report.stats.DeflatedSharpe;
import io.millrace.tools.report.stats.Returns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * What the runs of a sweep say: the best combinations, how much of the best is luck, what each fold
 * chooses, and what the chosen ones earned on times that they were not chosen on. A function of the
 * runs alone; equal values rank by number of the combination.
 */
public final class Judgement {
  private static final int BEST = 20;
  private static final int REASONS = 20;
  private static final double DAY_SECONDS = 86_400;
  private static final double TRADING_DAYS = 252;
  private static final double CALENDAR_DAYS = 365;
  private static final int FEWEST_RETURNS = 20;

  /** Numbers of a report that stand beside the objective. */
  private static final Map<String, String> SHOWN = shown();

  private static Map<String, String> shown() {
    final Map<String, String> shown = new LinkedHashMap<>();
    shown.put("total_return", "statistics.total_return");
    shown.put("net_profit", "statistics.net_profit");
    shown.put("sharpe", "statistics.sharpe");
    shown.put("max_drawdown", "statistics.max_drawdown");
    shown.put("trades", "trades.closed");
    shown.put("fees", "costs.fees");
    return shown;
  }

  private final Plan plan;
  private final Objective objective;
  private final SortedMap<Long, KeptRun> runs;
  private final DeflatedSharpe deflated = new DeflatedSharpe();

  /** What is chosen: a combination, its objective in sample, and the probability of skill. */
  public record Choice(int combination, double inSample, double deflatedSharpe) {}

  public Judgement(
      final Plan plan, final Objective objective, final SortedMap<Long, KeptRun> runs) {
    this.plan = plan;
    this.objective = objective;
    this.runs = runs;
  }

  private KeptRun run(final Row.Stage stage, final Folds.Fold fold, final int combination) {
    return runs.get(plan.row(stage, fold, combination).number());
  }

  private double value(final KeptRun run) {
    return run == null || !run.done() ? Double.NaN : objective.value(run.metrics());
  }

  /** The best combination of a fold's training; null where none has an objective. */
  public Choice choose(final Folds.Fold fold) {
    return best(all(Row.Stage.TRAIN, fold));
  }

  private List<KeptRun> all(final Row.Stage stage, final Folds.Fold fold) {
    return IntStream.range(0, plan.combinations().size())
        .mapToObj(i -> run(stage, fold, i))
        .filter(run -> run != null && run.done())
        .toList();
  }

  private Choice best(final List<KeptRun> candidates) {
    KeptRun best = null;
    for (final KeptRun run : candidates) {
      if (!Double.isNaN(value(run)) && (best == null || value(run) > value(best))) {
        best = run;
      }
    }
    return best == null
        ? null
        : new Choice(best.combination(), value(best), skill(best, candidates)[1]);
  }

  /**
   * Ratio to expect of the best of the tries by luck, of one year, and the probability that the
   * run's true ratio is above it; NaN where a run has too few returns.
   */
  private double[] skill(final KeptRun run, final List<KeptRun> tries) {
    final double perYear = metric(run, "statistics.periods_per_year");
    final double sharpe = metric(run, "statistics.sharpe") / Math.sqrt(perYear);
    final double[] ratios =
        tries.stream()
            .mapToDouble(
                one ->
                    metric(one, "statistics.sharpe")
                        / Math.sqrt(metric(one, "statistics.periods_per_year")))
            .filter(Double::isFinite)
            .toArray();
    if (Double.isNaN(sharpe) || ratios.length == 0) {
      return new double[] {Double.NaN, Double.NaN};
    }
    final double deviation = ratios.length < 2 ? 0 : Returns.deviation(ratios);
    final double luck = deflated.expectedBest(ratios.length, deviation * deviation);
    final double probability =
        deflated.probability(
            sharpe,
            luck,
            (int) metric(run, "statistics.periods"),
            metric(run, "statistics.skewness"),
            metric(run, "statistics.kurtosis"));
    return new double[] {luck * Math.sqrt(perYear), probability};
  }

  private static double metric(final KeptRun run, final String name) {
    return run.metrics().getOrDefault(name, Double.NaN);
  }

  /** The objective of a chosen combination where it was not chosen; NaN where it has none. */
  public double outOfSample(final Folds.Fold fold, final int combination) {
    return value(run(Row.Stage.TEST, fold, combination));
  }

  /**
   * Objective of each combination: of its run, or the mean over the training of all folds; NaN
   * where one of them has none.
   */
  public double[] values() {
    final double[] values = new double[plan.combinations().size()];
    for (int i = 0; i < values.length; i++) {
      if (plan.folds().isEmpty()) {
        values[i] = value(run(Row.Stage.FULL, null, i));
        continue;
      }
      for (final Folds.Fold fold : plan.folds()) {
        values[i] += value(run(Row.Stage.TRAIN, fold, i)) / plan.folds().size();
      }
    }
    return values;
  }

  /**
   * Everything, as one tree: what {@code sweep.json} holds and all that the page knows.
   *
   * @param asked what was asked for, for people
   * @param returns of a row
   */
  public ObjectNode tree(
      final Map<String, String> asked, final LongFunction<List<Outcome.Return>> returns) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("schema_version", 1);
    final ObjectNode sweep = node.putObject("sweep");
    asked.forEach(sweep::put);
    sweep.put("objective", objective.name());
    sweep.put("metric", objective.metric());
    sweep.put("less_is_better", objective.sign() < 0);
    sweep.put("combinations", plan.combinations().size());
    final ObjectNode counts = node.putObject("runs");
    for (final String status : List.of("done", "stopped", "failed")) {
      counts.put(status, runs.values().stream().filter(r -> r.status().equals(status)).count());
    }
    final double[] values = values();
    axes(node.putArray("axes"));
    best(node.putArray("best"), values);
    luck(node.putObject("deflated_sharpe"), values);
    new HeatMaps(plan, values, objective.sign()).write(node.putArray("heat_maps"));
    spread(node.putArray("spread"), values);
    if (!plan.folds().isEmpty()) {
      walkForward(node, returns);
    }
    failures(node.putArray("failures"));
    return node;
  }

  private void axes(final ArrayNode list) {
    for (final Axis axis : plan.axes()) {
      final ObjectNode row = list.addObject();
      row.put("name", axis.name());
      row.put("kind", axis.kind().name().toLowerCase(java.util.Locale.ROOT));
      final ArrayNode values = row.putArray("values");
      plan.combinations().stream().map(one -> one.get(axis.name())).distinct().forEach(values::add);
    }
  }

  private List<Integer> ranked(final double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .filter(i -> !Double.isNaN(values[i]))
        .sorted(Comparator.comparingDouble((Integer i) -> -values[i]).thenComparing(i -> i))
        .toList();
  }

  private void best(final ArrayNode list, final double[] values) {
    for (final int i : ranked(values).stream().limit(BEST).toList()) {
      final ObjectNode row = list.addObject();
      row.put("combination", i);
      parameters(row, i);
      row.put("objective", objective.sign() * values[i]);
      final List<KeptRun> of =
          plan.folds().isEmpty()
              ? List.of(run(Row.Stage.FULL, null, i))
              : plan.folds().stream().map(fold -> run(Row.Stage.TRAIN, fold, i)).toList();
      SHOWN.forEach(
          (name, metric) ->
              number(row, name, of.stream().mapToDouble(one -> metric(one, metric)).average()));
      row.put("command", of.get(0).command());
    }
  }

  private static void number(
      final ObjectNode node, final String name, final java.util.OptionalDouble value) {
    number(node, name, value.orElse(Double.NaN));
  }

  private static void number(final ObjectNode node, final String name, final double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  private void parameters(final ObjectNode node, final int combination) {
    final ObjectNode parameters = node.putObject("parameters");
    plan.combinations().get(combination).forEach(parameters::put);
  }

  private void luck(final ObjectNode node, final double[] values) {
    final List<Integer> ranked = ranked(values);
    node.put("tries", ranked.size());
    double[] skill = {Double.NaN, Double.NaN};
    double sharpe = Double.NaN;
    if (plan.folds().isEmpty() && !ranked.isEmpty()) {
      final KeptRun best = run(Row.Stage.FULL, null, ranked.get(0));
      skill = skill(best, all(Row.Stage.FULL, null));
      sharpe = metric(best, "statistics.sharpe");
    }
    number(node, "sharpe", sharpe);
    number(node, "expected_best", skill[0]);
    number(node, "probability", skill[1]);
    node.put("wanted", 0.95);
    node.put("status", Double.isNaN(skill[1]) ? "none" : skill[1] >= 0.95 ? "ok" : "look");
  }

  /** Every objective, ascending. */
  private void spread(final ArrayNode list, final double[] values) {
    final List<Integer> ranked = ranked(values);
    for (int i = ranked.size() - 1; i >= 0; i--) {
      list.add(objective.sign() * values[ranked.get(i)]);
    }
  }

  private void walkForward(
      final ObjectNode node, final LongFunction<List<Outcome.Return>> returns) {
    final ArrayNode list = node.putArray("folds");
    final List<Outcome.Return> chain = new ArrayList<>();
    final List<Double> in = new ArrayList<>();
    final List<Double> out = new ArrayList<>();
    double cash = Double.NaN;
    for (final Folds.Fold fold : plan.folds()) {
      final ObjectNode row = list.addObject();
      row.put("fold", fold.number());
      row.put("train_after", fold.trainAfter() / 1e9);
      row.put("train_until", fold.trainUntil() / 1e9);
      row.put("test_after", fold.testAfter() / 1e9);
      row.put("test_until", fold.testUntil() / 1e9);
      row.put("train_from", fold.trainFrom() / 1e9);
      row.put("test_from", fold.testFrom() / 1e9);
      final Choice choice = choose(fold);
      if (choice == null) {
        row.putNull("combination");
        row.put("why_none", "no training run has a number for the objective");
        continue;
      }
      row.put("combination", choice.combination());
      parameters(row, choice.combination());
      number(row, "in_sample", objective.sign() * choice.inSample());
      number(row, "deflated_sharpe", choice.deflatedSharpe());
      final KeptRun test = run(Row.Stage.TEST, fold, choice.combination());
      number(row, "out_of_sample", objective.sign() * value(test));
      if (test == null || !test.done()) {
        row.put("why_none", test == null ? "its test was not run" : test.reason());
        continue;
      }
      SHOWN.forEach((name, metric) -> number(row, name, metric(test, metric)));
      final KeptRun train = run(Row.Stage.TRAIN, fold, choice.combination());
      row.put("train_command", train.command());
      row.put("test_command", test.command());
      row.put(
          "open_at_border", (long) train.metrics().getOrDefault("trades.open", 0.0).doubleValue());
      in.add(choice.inSample());
      out.add(value(test));
      cash = Double.isNaN(cash) ? metric(test, "statistics.start_equity") : cash;
      chain.addAll(returns.apply(test.row()));
    }
    chained(node, chain, cash, mean(in), mean(out));
  }

  private static double mean(final List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
  }

  /** The tests, one after the other: each begins flat with what the one before left. */
  private void chained(
      final ObjectNode node,
      final List<Outcome.Return> chain,
      final double cash,
      final double in,
      final double out) {
    final ObjectNode told = node.putObject("walk_forward");
    final ObjectNode curve = node.putObject("curve");
    final ArrayNode time = curve.putArray("time");
    final ArrayNode equity = curve.putArray("equity");
    final ArrayNode falls = curve.putArray("drawdown");
    final double[] r = chain.stream().mapToDouble(Outcome.Return::value).toArray();
    double worth = cash;
    double peak = cash;
    final Set<Long> days = new HashSet<>();
    boolean weekends = false;
    for (final Outcome.Return one : chain) {
      worth *= 1 + one.value();
      peak = Math.max(peak, worth);
      time.add(one.endTime());
      equity.add(worth);
      falls.add(worth / peak - 1);
      // A period belongs to the day it lies in, so look at it from just before its end.
      final long day = (long) Math.floor((one.endTime() - 1) / DAY_SECONDS);
      days.add(day);
      weekends |=
          Math.floorMod(day, 7L) == 2 || Math.floorMod(day, 7L) == 3; // 1970-01-01: Thursday
    }
    final Set<String> periods = new HashSet<>();
    chain.forEach(one -> periods.add(one.period()));
    final boolean enough = r.length >= FEWEST_RETURNS && periods.size() == 1;
    final double perYear =
        (weekends ? CALENDAR_DAYS : TRADING_DAYS) * r.length / Math.max(1, days.size());
    told.put("folds", plan.folds().size());
    told.put("periods", r.length);
    told.put("period", periods.size() == 1 ? periods.iterator().next() : "mixed");
    number(told, "start_equity", cash);
    number(told, "end_equity", worth);
    number(told, "total_return", r.length == 0 ? Double.NaN : Returns.total(r));
    number(told, "sharpe", enough ? Returns.sharpe(r, 0, perYear) : Double.NaN);
    number(told, "sharpe_error", enough ? Returns.sharpeError(r, 0, perYear) : Double.NaN);
    number(told, "max_drawdown", r.length == 0 ? Double.NaN : Returns.maxDrawdown(r));
    number(told, "probability", enough ? deflated.deflated(r, 1) : Double.NaN);
    number(
        told,
        "probability_of_all",
        enough ? deflated.deflated(r, plan.combinations().size()) : Double.NaN);
    number(told, "in_sample", objective.sign() * in);
    number(told, "out_of_sample", objective.sign() * out);
  }

  private void failures(final ArrayNode list) {
    final Map<String, List<KeptRun>> byReason = new LinkedHashMap<>();
    for (final KeptRun run : runs.values()) {
      if (!run.done()) {
        byReason
            .computeIfAbsent(String.valueOf(run.reason()), reason -> new ArrayList<>())
            .add(run);
      }
    }
    byReason.entrySet().stream()
        .sorted(Comparator.comparingInt(one -> -one.getValue().size()))
        .limit(REASONS)
        .forEach(
            one -> {
              final ObjectNode row = list.addObject();
              row.put("reason", one.getKey());
              row.put("runs", one.getValue().size());
              row.put("command", one.getValue().get(0).command());
            });
  }
}
