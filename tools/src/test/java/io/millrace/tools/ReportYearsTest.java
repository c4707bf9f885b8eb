package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.tools.report.Duck;
import io.millrace.tools.report.InventedRun;
import io.millrace.tools.report.Report;
import io.millrace.tools.report.ReportOptions;
import io.millrace.tools.report.stats.Returns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of runs of many days whose every number is known beforehand. */
final class ReportYearsTest {
  private static final long SEED = 20_261_121;

  private static double[] returns(final List<Double> values) {
    final double[] r = new double[values.size() - 1];
    for (int i = 0; i < r.length; i++) {
      r[i] = values.get(i + 1) / values.get(i) - 1;
    }
    return r;
  }

  private static void same(final JsonNode tree, final String path, final double expected) {
    assertThat(tree.at(path).asDouble())
        .as("%s, seed %d", path, SEED)
        .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
  }

  @Test
  void aYearOfMinutesComesOutAsItWasInvented(@TempDir final Path folder) throws Exception {
    final InventedRun.Known known =
        InventedRun.write(folder, Recorded.run().resolve("manifest.json"), 260, 1, SEED);
    final JsonNode tree = Report.write(known.run(), ReportOptions.defaults(), done -> {}).tree();
    final double[] r = returns(known.closes());
    final double[] market = returns(known.prices());
    same(tree, "/statistics/end_equity", known.endEquity());
    same(tree, "/statistics/max_drawdown", known.deepest());
    same(tree, "/statistics/days", 260);
    assertThat(tree.at("/statistics/period").asText()).isEqualTo("day");
    same(tree, "/statistics/periods_per_year", 252);
    same(tree, "/statistics/sharpe", Returns.sharpe(r, 0, 252));
    same(tree, "/statistics/sortino", Returns.sortino(r, 0, 252));
    same(tree, "/statistics/var_95", Returns.valueAtRisk(r, 0.05));
    same(tree, "/benchmark/beta", Returns.beta(r, market));
    same(
        tree,
        "/benchmark/total_return",
        known.prices().get(known.prices().size() - 1) / known.prices().get(0) - 1);
    same(tree, "/trades/closed", (double) known.trades());
    same(tree, "/trades/wins", (double) known.wins());
    same(tree, "/costs/fees", known.fees());
    // Each fill paid half a spread of 0.02 on 1,000 shares.
    same(tree, "/costs/slippage", tree.at("/costs/fills").asDouble() * 0.01 * 1_000);
    same(tree, "/sanity/costs/rows/0/profit", known.endEquity() - 1e6 + known.fees());
    same(tree, "/sanity/costs/rows/2/profit", known.endEquity() - 1e6 - known.fees());
    // Sells of 1,000 took more than the 500 that were bid.
    same(tree, "/sanity/volume/fills_beyond_displayed", (double) known.trades());
    same(tree, "/sanity/stale_prices/stale", 0);
    assertThat(tree.at("/profit/not_of_trades").asDouble()).isZero();
    double months = 1;
    for (final JsonNode month : tree.get("months")) {
      months *= 1 + month.get("return").asDouble();
    }
    assertThat(tree.get("months").size()).isEqualTo(12);
    assertThat(months).isCloseTo(known.endEquity() / 1e6, within(1e-12));
    // A share has only its price: nothing is left unexplained.
    for (final JsonNode row : tree.at("/profit/by_factor")) {
      if (List.of("gamma", "theta", "volatility", "not explained")
          .contains(row.get("name").asText())) {
        assertThat(row.get("profit").asDouble()).as("%s", row).isCloseTo(0, within(1e-6));
      }
    }
    try (Duck duck = new Duck(known.run().report(), "returns", "trades")) {
      same(
          tree,
          "/statistics/sharpe",
          duck.number("select avg(\"return\") / stddev_samp(\"return\") * sqrt(252) from returns"));
      same(
          tree,
          "/trades/profit_factor",
          duck.number(
              "select sum(profit) filter (profit > 0 and status = 'closed')"
                  + " / -sum(profit) filter (profit < 0 and status = 'closed') from trades"));
    }
  }

  /** Two million inputs in a heap of 48 MB, and so would be any number. */
  @Test
  @Tag("slow")
  void memoryDoesNotGrowWithTheRun(@TempDir final Path folder) throws Exception {
    final InventedRun.Known known =
        InventedRun.write(folder, Recorded.run().resolve("manifest.json"), 1_000, 5, SEED);
    final Launch.Ended ended =
        new Launch().jvm("-Xmx48m").run("report", known.run().path(), "--json");
    assertThat(ended.code()).as("%s", ended.err()).isZero();
    final JsonNode tree = Recorded.json(ended.out());
    assertThat(tree.at("/run/inputs").asLong()).isEqualTo(2 + 1_000L * 390 * 5);
    same(tree, "/statistics/end_equity", known.endEquity());
    same(tree, "/statistics/max_drawdown", known.deepest());
    assertThat(Files.size(known.run().report().resolve("index.html"))).isLessThan(2_000_000);
  }
}
