package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Times the engine on the real chain of 2,192 contracts; a benchmark proper is in bench. */
@Tag("timing")
class EvaluationTimingTest {
  private static final int DAYS = 6;

  @Test
  void changedAndUnchangedEvaluationsStayWithinTheirBudget() throws Exception {
    final GoogDay day = GoogDay.load();
    long[] changed = {};
    long[] held = {};
    long[] moved = {};
    double quoteNanos = 0;
    for (int run = 0; run < DAYS; run++) {
      final Desk desk = new Desk(Desk.config());
      final Map<String, Integer> ids = day.define(desk);
      final List<GoogDay.Row> rows = day.rows;
      changed = new long[300];
      held = new long[300];
      moved = new long[300];
      int minutes = 0;
      for (int i = 0; i < rows.size(); i++) {
        GoogDay.feed(desk, ids, rows.get(i));
        if (i + 1 < rows.size() && rows.get(i + 1).time() == rows.get(i).time()) {
          continue;
        }
        changed[minutes] = time(desk);
        desk.at(desk.now + 1_000_000_000L);
        held[minutes] = time(desk);
        desk.at(desk.now + 1_000_000_000L);
        desk.spot(desk.features.get(io.millrace.codecs.Feature.SPOT) * 1.0005);
        moved[minutes] = time(desk);
        minutes++;
      }
      changed = Arrays.copyOf(changed, minutes);
      held = Arrays.copyOf(held, minutes);
      moved = Arrays.copyOf(moved, minutes);
      quoteNanos = quotes(desk);
    }
    Arrays.sort(changed);
    Arrays.sort(held);
    Arrays.sort(moved);
    System.out.printf(
        "evaluate: about 1,300 quotes changed p50 %.1f us p90 %.1f us; spot moved p50 %.1f us; "
            + "nothing changed p50 %.1f us p90 %.1f us; onOptionQuote %.1f ns%n",
        at(changed, 0.5) / 1e3,
        at(changed, 0.9) / 1e3,
        at(moved, 0.5) / 1e3,
        at(held, 0.5) / 1e3,
        at(held, 0.9) / 1e3,
        quoteNanos);
    assertThat(at(changed, 0.5)).isLessThan(1_000_000L);
    assertThat(at(held, 0.5)).isLessThan(200_000L);
    assertThat(quoteNanos).isLessThan(200.0);
  }

  private static long time(final Desk desk) {
    desk.market.advance(desk.now);
    desk.out.reset(1, desk.now);
    final long start = System.nanoTime();
    desk.engine.evaluate(Desk.UNDERLYING, desk.now, desk.out);
    final long elapsed = System.nanoTime() - start;
    desk.out.read(0, desk.output);
    desk.features.clear();
    desk.features.load(desk.output);
    return elapsed;
  }

  private static double quotes(final Desk desk) {
    final int rows = desk.market.chain(Desk.UNDERLYING).to();
    final int rounds = 2_000;
    final long start = System.nanoTime();
    for (int round = 0; round < rounds; round++) {
      for (int row = 0; row < rows; row++) {
        desk.engine.onOptionQuote(Desk.UNDERLYING, row);
      }
    }
    return (System.nanoTime() - start) / (double) ((long) rounds * rows);
  }

  private static long at(final long[] sorted, final double quantile) {
    return sorted[(int) (quantile * (sorted.length - 1))];
  }
}
