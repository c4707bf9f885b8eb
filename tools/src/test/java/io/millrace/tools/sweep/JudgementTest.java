package io.millrace.tools.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import io.millrace.tools.report.stats.DeflatedSharpe;
import io.millrace.tools.report.stats.Returns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is made of runs: numbers invented here, so that every answer is derived in sight. */
class JudgementTest {
  private static final long DAY = 86_400_000_000_000L;
  private static final long T = 16_000 * DAY;
  private static final StrategyBundle MINE =
      StrategyBundle.named("mine")
          .param("fast", 2, 1, 9)
          .param("slow", 2, 1, 9)
          .create(() -> new Strategy() {});

  private final TreeMap<Long, KeptRun> runs = new TreeMap<>();

  private static Plan plan(final List<Folds.Fold> folds) {
    final List<Axis> axes = List.of(Axis.parse("fast=1,2", MINE), Axis.parse("slow=3,4,5", MINE));
    return new Plan(axes, new Space(axes, List.of()).grid(9), folds, List.of());
  }

  private void run(final Row row, final String status, final Object... metrics) {
    final Map<String, Double> numbers = new HashMap<>();
    for (int i = 0; i < metrics.length; i += 2) {
      numbers.put((String) metrics[i], ((Number) metrics[i + 1]).doubleValue());
    }
    runs.put(
        row.number(),
        new KeptRun(
            row.number(),
            row.stage().name(),
            row.fold(),
            row.combination(),
            status,
            status.equals("done") ? null : "it broke",
            row.command(),
            null,
            numbers));
  }

  private static ObjectNode tree(final Judgement judgement) {
    return judgement.tree(Map.of(), row -> List.of());
  }

  @Test
  void theBestIsFirstAndEqualOnesKeepTheirOrder() {
    final Plan plan = plan(List.of());
    final double[] returns = {0.1, 0.3, Double.NaN, 0.3, -0.1, 0.9};
    for (final Row row : plan.first()) {
      final double value = returns[row.combination()];
      run(row, row.combination() == 5 ? "failed" : "done", "statistics.total_return", value);
    }
    final ObjectNode tree = tree(new Judgement(plan, Objective.of("return"), runs));
    assertThat(tree.get("best").findValues("combination").toString()).isEqualTo("[1, 3, 0, 4]");
    assertThat(tree.at("/best/0/parameters").toString())
        .isEqualTo("{\"fast\":\"1\",\"slow\":\"4\"}");
    assertThat(tree.at("/runs/failed").asInt()).isEqualTo(1);
    assertThat(tree.at("/failures/0/reason").asText()).isEqualTo("it broke");
    // Three values of slow, two of fast: the longer one lies along the top.
    assertThat(tree.at("/heat_maps/0/x").asText()).isEqualTo("slow");
    assertThat(tree.at("/heat_maps/0/cells").toString())
        .isEqualTo("[[0.1,0.3,null],[0.3,-0.1,null]]");
  }

  @Test
  void whereLessIsBetterTheLeastIsFirst() {
    final Plan plan = plan(List.of());
    for (final Row row : plan.first()) {
      run(row, "done", "statistics.max_drawdown", 0.6 - 0.1 * row.combination());
    }
    final ObjectNode tree = tree(new Judgement(plan, Objective.of("drawdown"), runs));
    assertThat(tree.at("/best/0/combination").asInt()).isEqualTo(5);
    assertThat(tree.at("/best/0/objective").asDouble()).isCloseTo(0.1, within(1e-12));
    assertThat(Objective.of("-costs.fees").value(Map.of("costs.fees", 3.0))).isEqualTo(-3);
    assertThatThrownBy(() -> Objective.of("shrape")).hasMessageContaining("there are: sharpe");
  }

  @Test
  void theSharpeOfTheBestIsDeflatedByTheTriesAndTheirVariance() {
    final Plan plan = plan(List.of());
    final double[] ratios = {0.02, 0.05, -0.01, 0.08, 0.00, 0.03}; // of one day
    for (final Row row : plan.first()) {
      run(
          row,
          "done",
          "statistics.sharpe",
          ratios[row.combination()] * Math.sqrt(252),
          "statistics.periods_per_year",
          252,
          "statistics.periods",
          500,
          "statistics.skewness",
          -0.3,
          "statistics.kurtosis",
          4);
    }
    final ObjectNode tree = tree(new Judgement(plan, Objective.of("sharpe"), runs));
    final DeflatedSharpe deflated = new DeflatedSharpe();
    final double s = Returns.deviation(ratios);
    final double luck = deflated.expectedBest(6, s * s);
    assertThat(tree.at("/deflated_sharpe/tries").asInt()).isEqualTo(6);
    assertThat(tree.at("/deflated_sharpe/expected_best").asDouble())
        .isCloseTo(luck * Math.sqrt(252), within(1e-12));
    assertThat(tree.at("/deflated_sharpe/probability").asDouble())
        .isCloseTo(deflated.probability(0.08, luck, 500, -0.3, 4), within(1e-12));
  }

  @Test
  void aFoldChoosesByItsTrainingAloneAndTestsAreChained() {
    final List<Folds.Fold> folds =
        Folds.cut(new Folds.Plan(2, 2, false, 0, 0, 0), T, T + 400 * DAY);
    final Plan plan = plan(folds);
    for (final Row row : plan.first()) {
      // Fold 1 likes combination 4, fold 2 combination 2.
      final int liked = row.fold() == 1 ? 4 : 2;
      run(row, "done", "statistics.total_return", row.combination() == liked ? 0.5 : 0.1);
    }
    final Judgement trained = new Judgement(plan, Objective.of("return"), runs);
    assertThat(trained.choose(folds.get(0)).combination()).isEqualTo(4);
    assertThat(trained.choose(folds.get(1)).combination()).isEqualTo(2);
    final Map<Long, List<Outcome.Return>> series = new HashMap<>();
    final List<Double> all = new ArrayList<>();
    for (final Folds.Fold fold : folds) {
      final int combination = trained.choose(fold).combination();
      final Row test = plan.row(Row.Stage.TEST, fold, combination);
      run(
          test,
          "done",
          "statistics.total_return",
          fold.number() == 1 ? 0.05 : -0.02,
          "statistics.start_equity",
          1000);
      final List<Outcome.Return> returns = new ArrayList<>();
      for (int day = 0; day < 15; day++) {
        final double r = (day % 3 - 1) * 0.01 * fold.number();
        returns.add(new Outcome.Return("day", fold.testAfter() / 1e9 + (day + 1) * 86_400.0, r));
        all.add(r);
      }
      series.put(test.number(), returns);
    }
    final ObjectNode tree =
        new Judgement(plan, Objective.of("return"), runs).tree(Map.of(), series::get);
    final double[] r = all.stream().mapToDouble(x -> x).toArray();
    assertThat(tree.at("/walk_forward/periods").asInt()).isEqualTo(30);
    assertThat(tree.at("/walk_forward/total_return").asDouble())
        .isCloseTo(Returns.total(r), within(1e-12));
    assertThat(tree.at("/walk_forward/end_equity").asDouble())
        .isCloseTo(1000 * (1 + Returns.total(r)), within(1e-9));
    // Fifteen days in a row have a weekend: a market that never closes has 365 days.
    assertThat(tree.at("/walk_forward/sharpe").asDouble())
        .isCloseTo(Returns.sharpe(r, 0, 365), within(1e-12));
    assertThat(tree.at("/walk_forward/in_sample").asDouble()).isEqualTo(0.5);
    assertThat(tree.at("/walk_forward/out_of_sample").asDouble()).isCloseTo(0.015, within(1e-12));
    assertThat(tree.at("/folds/1/parameters/slow").asText()).isEqualTo("5");
    assertThat(tree.at("/curve/equity").size()).isEqualTo(30);
  }

  @Test
  void aFoldWithoutANumberChoosesNothingAndSaysSo() {
    final List<Folds.Fold> folds =
        Folds.cut(new Folds.Plan(1, 2, false, 0, 0, 0), T, T + 400 * DAY);
    final Plan plan = plan(folds);
    plan.first().forEach(row -> run(row, "done"));
    final Judgement judgement = new Judgement(plan, Objective.of("sharpe"), runs);
    assertThat(judgement.choose(folds.get(0))).isNull();
    assertThat(tree(judgement).at("/folds/0/why_none").asText())
        .isEqualTo("no training run has a number for the objective");
  }
}
