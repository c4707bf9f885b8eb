package io.millrace.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.market.Fixed;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TradesTest {
  private static final long SEED = 17;
  private static final String[] REGIMES = {"pin", "normal", "no statement"};

  /** Two thousand fills of two strategies in four instruments: DuckDB finds the same in the CSV. */
  @Test
  void statisticsOfTradesEqualThoseOfTheirCsv(@TempDir final Path folder) throws Exception {
    final SplittableRandom random = new SplittableRandom(SEED);
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    final ArrayNode byStrategy = JsonNodeFactory.instance.arrayNode();
    final ArrayNode byRegime = JsonNodeFactory.instance.arrayNode();
    try (ReportFiles files = new ReportFiles(folder)) {
      final Trades trades = new Trades(files.trades());
      final Ledger ledger = new Ledger(trades::closed);
      for (int i = 1; i <= 2_000; i++) {
        final int id = random.nextInt(1, 5);
        ledger.on(
            new Ledger.Fill(
                new Origin(random.nextBoolean() ? "one" : "two", "stock", i + ".0", id),
                REGIMES[random.nextInt(REGIMES.length)],
                id,
                "S" + id,
                i * 1_000_000_000L,
                random.nextLong(1, 9) * Fixed.ONE * (random.nextBoolean() ? 1 : -1),
                random.nextLong(9_000, 11_000) * 1_000_000L,
                id == 4 ? 100 * Fixed.ONE : Fixed.ONE,
                random.nextLong(0, 300_000_000L),
                false));
      }
      ledger.open(3_000_000_000_000L, id -> 100 * Fixed.ONE, trades::open);
      trades.write(node);
      trades.byStrategy.write(byStrategy);
      trades.byRegime.write(byRegime);
      files.commit();
    }
    try (Duck duck = new Duck(folder, "trades")) {
      same(node, "closed", duck, "count(*) filter (status = 'closed')");
      same(node, "open", duck, "count(*) filter (status = 'open')");
      same(node, "realised", duck, "sum(profit) filter (status = 'closed')");
      same(node, "unrealised", duck, "sum(profit) filter (status = 'open')");
      same(
          node,
          "win_rate",
          duck,
          "count(*) filter (status = 'closed' and profit > 0) * 1.0"
              + " / count(*) filter (status = 'closed')");
      same(
          node,
          "profit_factor",
          duck,
          "sum(profit) filter (status = 'closed' and profit > 0)"
              + " / -sum(profit) filter (status = 'closed' and profit < 0)");
      same(node, "expectancy", duck, "avg(profit) filter (status = 'closed')");
      same(node, "average_loss", duck, "-avg(profit) filter (status = 'closed' and profit < 0)");
      same(node, "largest_win", duck, "max(profit) filter (status = 'closed')");
      same(node, "held_s", duck, "avg(exit_time - entry_time) filter (status = 'closed')");
      // Each profit follows from its row.
      assertThat(
              duck.number(
                  "select max(abs(profit - (quantity * multiplier * (exit_price - entry_price)"
                      + " - fees))) from trades"))
          .isLessThan(1e-6);
      same(byStrategy, duck.numbers("select strategy, sum(profit) from trades group by 1"));
      same(byRegime, duck.numbers("select regime, sum(profit) from trades group by 1"));
    }
  }

  private static void same(
      final JsonNode node, final String name, final Duck duck, final String sql) throws Exception {
    assertThat(node.get(name).asDouble())
        .as("%s, seed %d", name, SEED)
        .isCloseTo(duck.number("select " + sql + " from trades"), within(1e-6));
  }

  private static void same(final ArrayNode rows, final Map<String, Double> expected) {
    assertThat(rows.size()).isEqualTo(expected.size());
    for (final JsonNode row : rows) {
      assertThat(row.get("profit").asDouble())
          .isCloseTo(expected.get(row.get("name").asText()), within(1e-6));
    }
  }
}
