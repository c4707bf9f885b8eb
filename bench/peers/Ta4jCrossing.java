import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.backtest.BarSeriesManager;
import org.ta4j.core.backtest.TradeOnCurrentCloseModel;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.OverIndicatorRule;
import org.ta4j.core.rules.UnderIndicatorRule;

/**
 * The newest ta4j, which wants a JDK that the bench need not run on: a source file for {@code java
 * -cp JARS Ta4jCrossing.java CLOSES}. CLOSES holds the closes of minute bars as big-endian doubles.
 *
 * <p>Each line on stdin runs the crossing of two EMAs once from the prices on, filling of the series
 * included, in ta4j's default numbers, and answers with a line of its CPU time (in nanoseconds: all,
 * and without the filling) and the number of trades.
 */
final class Ta4jCrossing {
  private static final int FAST = 10;
  private static final int SLOW = 30;
  private static final double VOLUME = 1e6;
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Ta4jCrossing() {}

  public static void main(final String[] arguments) throws IOException {
    final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[0])));
    final double[] closes = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(closes);
    final BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      final long start = THREADS.getCurrentThreadCpuTime();
      final BarSeries series = fill(closes);
      final long filled = THREADS.getCurrentThreadCpuTime();
      final int trades = trades(series);
      final long end = THREADS.getCurrentThreadCpuTime();
      System.out.println((end - start) + " " + (end - filled) + " " + trades);
    }
  }

  private static BarSeries fill(final double[] closes) {
    final BarSeries series = new BaseBarSeriesBuilder().build();
    for (int i = 0; i < closes.length; i++) {
      final double open = closes[Math.max(0, i - 1)];
      series
          .barBuilder()
          .timePeriod(Duration.ofMinutes(1))
          .endTime(START.plus(Duration.ofMinutes(i + 1L)))
          .openPrice(open)
          .highPrice(Math.max(open, closes[i]))
          .lowPrice(Math.min(open, closes[i]))
          .closePrice(closes[i])
          .volume(VOLUME)
          .add();
    }
    return series;
  }

  private static int trades(final BarSeries series) {
    final ClosePriceIndicator close = new ClosePriceIndicator(series);
    final EMAIndicator fast = new EMAIndicator(close, FAST);
    final EMAIndicator slow = new EMAIndicator(close, SLOW);
    return new BarSeriesManager(series, new TradeOnCurrentCloseModel())
        .run(
            new BaseStrategy(
                new OverIndicatorRule(fast, slow), new UnderIndicatorRule(fast, slow), SLOW - 1))
        .getTrades()
        .size();
  }
}
