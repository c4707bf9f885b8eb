package io.millrace.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
 * the round before, and must trade equally often. ta4j is measured on a series that is ready, too.
 */
final class CrossRows {
  private static final int BARS = 1_000_000;
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = 5;
  private static final int FAST = 10;
  private static final int SLOW = 30;
  private static final double FASTER = 20;
  private static final String PEER = "ta4j";
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

  private CrossRows(final Effort effort) {
    backtest =
        new Backtest(
            Path.of(System.getProperty("millrace.root", ".")), List.of(MinuteBars.SYMBOL), FREE);
    closes = MinuteBars.closes(effort.scaled(BARS, 1));
  }

  static List<Row> measure(final Effort effort) {
    return new CrossRows(effort).rows(effort);
  }

  private List<Row> rows(final Effort effort) {
    final double[][] nanos =
        Turns.take(
            effort.quick() ? 1 : WARM_UPS,
            effort.rounds(ROUNDS),
            List.of(
                () -> each(this::ours),
                () -> each(() -> peer(fill(DECIMAL))),
                () -> each(() -> peer(series)),
                () -> {
                  fill(BINARY);
                  return each(() -> peer(series));
                }));
    series = null;
    if (fills != trades) {
      throw new IllegalStateException(
          "the same rule traded " + fills + " times here and " + trades + " times in ta4j");
    }
    final String note = closes.length + " bars, " + fills + " trades by each";
    return List.of(
        row(PEER, nanos[0], nanos[1], note),
        row("ta4j, series ready", nanos[0], nanos[2], "ours encodes its bars, ta4j has them"),
        row("ta4j on doubles, ready", nanos[0], nanos[3], "no DecimalNum; ta4j has its bars"));
  }

  private static Row row(
      final String peer, final double[] ours, final double[] theirs, final String note) {
    return new Row(
        "crossing",
        "EMA crossing on minute bars, a bar",
        "ns",
        ours,
        peer,
        theirs,
        peer.equals(PEER) ? Row.Goal.ratioAtMost(1 / FASTER) : null,
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
