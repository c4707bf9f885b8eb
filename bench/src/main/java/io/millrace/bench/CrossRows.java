package io.millrace.bench;

import io.millrace.core.strategy.indicator.Ema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.TradingRecord;
import org.ta4j.core.backtest.BarSeriesManager;
import org.ta4j.core.backtest.TradeOnCurrentCloseModel;
import org.ta4j.core.indicators.EMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DecimalNum;
import org.ta4j.core.num.DoubleNum;
import org.ta4j.core.num.Num;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/**
 * The shipped EMA crossing on a million minute bars, through the sandbox, gate, router, venue and
 * portfolio, beside ta4j's backtest of the same rule, which has none of them. Both begin with the
 * same arrays of prices: we encode messages of them, ta4j fills its series. Both keep nothing of
 * the round before, and must trade equally often. ta4j is measured on a series that is ready, too,
 * and there beside our indicators and the rule alone. Its last version for Java 17 runs in this
 * process, the newest one in its own, where there is a JDK for it.
 */
final class CrossRows {
  private static final int BARS = 1_000_000;
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 5;
  private static final int FAST = 10;
  private static final int SLOW = 30;
  private static final double FASTER = 20;
  private static final String WITHOUT = "no orders and no account on either side";
  private static final String OLD = "ta4j 0.17";
  private static final String NEW = "ta4j " + NewestTa4j.VERSION;
  private static final String ENGINE = "EMA crossing on minute bars through all stages, a bar";
  private static final String RULE = "EMA crossing, indicators and rule alone, a bar";
  private static final Num DECIMAL = DecimalNum.valueOf(0);
  private static final Num BINARY = DoubleNum.valueOf(0);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** As at ta4j's, trading costs nothing: else the gate would stop the loser that the rule is. */
  private static final List<String> FREE =
      List.of("venue.fees.spot_maker_bps=0", "venue.fees.spot_taker_bps=0");

  private final Backtest backtest;
  private final double[] closes;
  private BarSeries series;
  private long fills;
  private long trades;
  private long signals;
  private NewestTa4j newest;
  private NewestTa4j.Round round;

  private CrossRows(final Effort effort) {
    backtest =
        new Backtest(
            Path.of(System.getProperty("millrace.root", ".")), List.of(MinuteBars.SYMBOL), FREE);
    closes = MinuteBars.closes(effort.scaled(BARS, 1));
  }

  static List<Row> measure(final Effort effort) {
    final CrossRows rows = new CrossRows(effort);
    if (!NewestTa4j.there()) {
      return rows.rows(effort);
    }
    try (NewestTa4j peer = NewestTa4j.of(rows.closes, effort.scratch())) {
      rows.newest = peer;
      return rows.rows(effort);
    }
  }

  private List<Row> rows(final Effort effort) {
    final List<DoubleSupplier> subjects =
        new ArrayList<>(
            List.of(
                () -> each(this::ours),
                () -> each(this::ruleAlone),
                () -> each(() -> peer(fill(DECIMAL))),
                () -> each(() -> peer(series)),
                () -> {
                  fill(BINARY);
                  return each(() -> peer(series));
                }));
    if (newest != null) {
      subjects.add(() -> nextRound().whole());
      subjects.add(() -> round.run());
    }
    final double[][] nanos =
        Turns.take(effort.quick() ? 1 : WARM_UPS, effort.rounds(ROUNDS), subjects);
    series = null;
    requireSame("here and in " + OLD, fills, trades);
    requireSame("by the rule alone and in " + OLD, signals, trades);
    final String note = closes.length + " bars, " + fills + " trades by each";
    final double[] whole = nanos[0];
    final double[] alone = nanos[1];
    final List<Row> rows = new ArrayList<>();
    if (newest != null) {
      requireSame("here and in " + NEW, fills, round.trades());
      rows.add(row(ENGINE, NEW, whole, nanos[5], FASTER, note + "; it copies its series at each"));
    }
    rows.add(row(ENGINE, OLD, whole, nanos[2], FASTER, note));
    rows.add(row(ENGINE, OLD + ", series ready", whole, nanos[3], 0, "ta4j has its bars"));
    rows.add(row(ENGINE, OLD + " on doubles, ready", whole, nanos[4], 0, "ta4j has its bars"));
    if (newest != null) {
      rows.add(row(RULE, NEW + ", series ready", alone, nanos[6], FASTER, WITHOUT));
    }
    rows.add(row(RULE, OLD + ", series ready", alone, nanos[3], FASTER, WITHOUT));
    rows.add(row(RULE, OLD + " on doubles, ready", alone, nanos[4], 0, WITHOUT));
    return rows;
  }

  private NewestTa4j.Round nextRound() {
    round = newest.round();
    return round;
  }

  private static void requireSame(final String where, final long one, final long other) {
    if (one != other) {
      throw new IllegalStateException(
          "the same rule traded otherwise " + where + ": " + one + " and " + other + " times");
    }
  }

  private static Row row(
      final String metric,
      final String peer,
      final double[] ours,
      final double[] theirs,
      final double faster,
      final String note) {
    return new Row(
        "crossing",
        metric,
        "ns",
        ours,
        peer,
        theirs,
        faster > 0 ? Row.Goal.ratioAtMost(1 / faster) : null,
        note);
  }

  private double each(final Runnable work) {
    final long start = CpuClock.nanos();
    work.run();
    return (double) (CpuClock.nanos() - start) / closes.length;
  }

  private void ours() {
    fills = backtest.bare(MinuteBars.of(closes)).fills();
  }

  /** What ta4j does: two averages, the rule, and a count of entries and exits. */
  private void ruleAlone() {
    final Ema fast = Ema.fromFirst(FAST);
    final Ema slow = Ema.fromFirst(SLOW);
    boolean held = false;
    signals = 0;
    for (int i = 0; i < closes.length; i++) {
      fast.update(closes[i]);
      slow.update(closes[i]);
      if (slow.ready() && (held ? fast.value() < slow.value() : fast.value() > slow.value())) {
        held = !held;
        signals++;
      }
    }
  }

  private void peer(final BarSeries bars) {
    final ClosePriceIndicator close = new ClosePriceIndicator(bars);
    final EMAIndicator fast = new EMAIndicator(close, FAST);
    final EMAIndicator slow = new EMAIndicator(close, SLOW);
    final TradingRecord record =
        new BarSeriesManager(bars, new TradeOnCurrentCloseModel())
            .run(
                new BaseStrategy(
                    new OverIndicatorRule(fast, slow),
                    new UnderIndicatorRule(fast, slow),
                    SLOW - 1));
    trades = record.getTrades().size();
  }

  /** A million bars of decimals take most of the heap: the last ones go before the next come. */
  private BarSeries fill(final Num number) {
    series = null;
    final BarSeries bars =
        new BaseBarSeriesBuilder().withName(MinuteBars.SYMBOL).withNumTypeOf(number).build();
    for (int i = 0; i < closes.length; i++) {
      final double open = MinuteBars.open(closes, i);
      bars.addBar(
          Duration.ofMinutes(1),
          Instant.ofEpochSecond(MinuteBars.end(i) / NANOS_PER_SECOND).atZone(ZoneOffset.UTC),
          open,
          Math.max(open, closes[i]),
          Math.min(open, closes[i]),
          closes[i],
          MinuteBars.VOLUME);
    }
    series = bars;
    return bars;
  }
}
