package io.millrace.core.market;

import static io.millrace.core.market.BarBuilder.FIVE_MINUTES;
import static io.millrace.core.market.BarBuilder.HOUR;
import static io.millrace.core.market.BarBuilder.MINUTE;
import static io.millrace.core.market.BarBuilder.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BarBuilderTest {
  private static final long DAY = 16_793 * Sessions.DAY;
  private static final long OPEN = DAY + 14 * HOUR + 30 * MINUTE;
  private static final long CLOSE = DAY + 21 * HOUR;

  private final MarketScript script = new MarketScript();
  private final int id = script.equity(OPEN, CLOSE);

  private BarBuilder builder(final long interval) {
    final BarBuilder builder = new BarBuilder(script.market().instruments(), interval);
    builder.grow(id);
    return builder;
  }

  private boolean trade(
      final BarBuilder bars, final long time, final double price, final double size) {
    return bars.onTrade(id, time, Fixed.fromDouble(price), Fixed.fromDouble(size));
  }

  @Test
  void tradesMakeABarThatTheNextOneFinishes() {
    final BarBuilder bars = builder(MINUTE);
    assertThat(trade(bars, OPEN, 10, 1)).isFalse();
    assertThat(trade(bars, OPEN + 20 * SECOND, 12, 2)).isFalse();
    assertThat(trade(bars, OPEN + 59 * SECOND, 9, 3)).isFalse();
    assertThat(trade(bars, OPEN + MINUTE, 11, 4)).isTrue();

    assertThat(bars.start()).isEqualTo(OPEN);
    assertThat(bars.end()).isEqualTo(OPEN + MINUTE);
    assertThat(bars.open()).isEqualTo(Fixed.fromDouble(10));
    assertThat(bars.high()).isEqualTo(Fixed.fromDouble(12));
    assertThat(bars.low()).isEqualTo(Fixed.fromDouble(9));
    assertThat(bars.close()).isEqualTo(Fixed.fromDouble(9));
    assertThat(bars.volume()).isEqualTo(Fixed.fromDouble(6));
  }

  @Test
  void timeFinishesABarWithoutATrade() {
    final BarBuilder bars = builder(MINUTE);
    trade(bars, OPEN, 10, 1);
    assertThat(bars.advance(id, OPEN + MINUTE - 1)).isFalse();
    assertThat(bars.advance(id, OPEN + MINUTE)).isTrue();
    assertThat(bars.advance(id, OPEN + 2 * MINUTE)).isFalse();
  }

  @Test
  void intervalWithoutATradeHasNoBar() {
    final BarBuilder bars = builder(MINUTE);
    trade(bars, OPEN, 10, 1);
    assertThat(trade(bars, OPEN + 7 * MINUTE + 1, 11, 1)).isTrue();
    assertThat(bars.end()).isEqualTo(OPEN + MINUTE);
    assertThat(bars.advance(id, OPEN + 8 * MINUTE)).isTrue();
    assertThat(bars.start()).isEqualTo(OPEN + 7 * MINUTE);
  }

  @Test
  void hoursAreCountedFromTheOpenAndTheLastIsCutAtTheClose() {
    final BarBuilder bars = builder(HOUR);
    trade(bars, OPEN + 59 * MINUTE, 10, 1);
    assertThat(trade(bars, OPEN + HOUR, 10, 1)).isTrue();
    assertThat(bars.start()).isEqualTo(OPEN);
    trade(bars, CLOSE - 1, 10, 1);
    assertThat(bars.advance(id, CLOSE)).isTrue();
    assertThat(bars.start()).isEqualTo(OPEN + 6 * HOUR);
    assertThat(bars.end()).isEqualTo(CLOSE);
  }

  @Test
  void dayIsTheSession() {
    final BarBuilder bars = builder(BarBuilder.DAY);
    trade(bars, OPEN - HOUR, 9, 1);
    assertThat(trade(bars, OPEN, 10, 1)).isTrue();
    assertThat(bars.end()).isEqualTo(OPEN);
    trade(bars, CLOSE - 1, 12, 1);
    assertThat(trade(bars, CLOSE + 1, 13, 1)).isTrue();
    assertThat(bars.start()).isEqualTo(OPEN);
    assertThat(bars.end()).isEqualTo(CLOSE);
    assertThat(bars.close()).isEqualTo(Fixed.fromDouble(12));
  }

  @Test
  void alwaysOpenMarketHasUtcDays() {
    final int coin = script.equity(0, 0);
    final BarBuilder bars = builder(BarBuilder.DAY);
    bars.grow(coin);
    bars.onTrade(coin, DAY + 1, 5, 1);
    assertThat(bars.onTrade(coin, DAY + Sessions.DAY, 6, 1)).isTrue();
    assertThat(bars.start()).isEqualTo(DAY);
    assertThat(bars.end()).isEqualTo(DAY + Sessions.DAY);
  }

  @Test
  void lateTradeCountsButIsNotTheClose() {
    final BarBuilder bars = builder(MINUTE);
    trade(bars, OPEN + MINUTE, 10, 1);
    trade(bars, OPEN + MINUTE - 1, 15, 2);
    bars.advance(id, OPEN + 2 * MINUTE);
    assertThat(bars.high()).isEqualTo(Fixed.fromDouble(15));
    assertThat(bars.close()).isEqualTo(Fixed.fromDouble(10));
    assertThat(bars.volume()).isEqualTo(Fixed.fromDouble(3));
  }

  @Test
  void tradeAfterItsBarWasFinishedDoesNotMakeASecondOne() {
    final BarBuilder bars = builder(MINUTE);
    trade(bars, OPEN, 10, 1);
    bars.advance(id, OPEN + MINUTE);
    assertThat(trade(bars, OPEN + 1, 15, 2)).isFalse();
    assertThat(bars.advance(id, OPEN + 2 * MINUTE)).isFalse();
    assertThat(bars.late()).isEqualTo(1);
  }

  @Test
  void feedBarIsTakenAsItIs() {
    final BarBuilder bars = builder(MINUTE);
    assertThat(bars.onBar(script.bar(id, OPEN + MINUTE, MINUTE, 10, 12, 9, 11, 100))).isTrue();
    assertThat(bars.start()).isEqualTo(OPEN);
    assertThat(bars.high()).isEqualTo(Fixed.fromDouble(12));
    assertThat(bars.volume()).isEqualTo(Fixed.fromDouble(100));
  }

  @Test
  void tradesDoNotCountWhereTheFeedGivesBars() {
    final BarBuilder bars = builder(MINUTE);
    bars.onBar(script.bar(id, OPEN + MINUTE, MINUTE, 10, 12, 9, 11, 100));
    trade(bars, OPEN + 61 * SECOND, 50, 1);
    assertThat(bars.advance(id, OPEN + 2 * MINUTE)).isFalse();
  }

  @Test
  void feedBarsDoNotCountWhereTradesWereFirst() {
    final BarBuilder bars = builder(MINUTE);
    trade(bars, OPEN, 50, 1);
    assertThat(bars.onBar(script.bar(id, OPEN + MINUTE, MINUTE, 10, 12, 9, 11, 100))).isFalse();
    assertThat(bars.advance(id, OPEN + MINUTE)).isTrue();
    assertThat(bars.close()).isEqualTo(Fixed.fromDouble(50));
  }

  @Test
  void shorterFeedBarsAreMerged() {
    final BarBuilder bars = builder(FIVE_MINUTES);
    for (int i = 1; i <= 4; i++) {
      assertThat(bars.onBar(script.bar(id, OPEN + i * MINUTE, MINUTE, 10, 10 + i, 9, 10, 100)))
          .isFalse();
    }
    // A quote at the very end of the bar must not finish it before its last minute has come.
    assertThat(bars.advance(id, OPEN + FIVE_MINUTES)).isFalse();
    assertThat(bars.onBar(script.bar(id, OPEN + FIVE_MINUTES, MINUTE, 10, 10, 8, 9, 100))).isTrue();
    assertThat(bars.start()).isEqualTo(OPEN);
    assertThat(bars.end()).isEqualTo(OPEN + FIVE_MINUTES);
    assertThat(bars.high()).isEqualTo(Fixed.fromDouble(14));
    assertThat(bars.low()).isEqualTo(Fixed.fromDouble(8));
    assertThat(bars.close()).isEqualTo(Fixed.fromDouble(9));
    assertThat(bars.volume()).isEqualTo(Fixed.fromDouble(500));
  }

  @Test
  void longerFeedBarsSayNothingOfShorterOnes() {
    final BarBuilder bars = builder(MINUTE);
    assertThat(bars.onBar(script.bar(id, OPEN + HOUR, HOUR, 10, 12, 9, 11, 100))).isFalse();
    trade(bars, OPEN + HOUR, 10, 1);
    assertThat(bars.advance(id, OPEN + HOUR + MINUTE)).isTrue();
  }

  @Test
  void everyTradeIsInExactlyOneBar() {
    final long seed = 7;
    final SplittableRandom random = new SplittableRandom(seed);
    for (final long interval : new long[] {SECOND, MINUTE, FIVE_MINUTES, HOUR, BarBuilder.DAY}) {
      final BarBuilder bars = builder(interval);
      long time = OPEN - HOUR;
      long traded = 0;
      long inBars = 0;
      long lastEnd = 0;
      for (int i = 0; i < 5000; i++) {
        time += random.nextLong(10 * SECOND);
        traded += i;
        if (bars.onTrade(id, time, 100, i)) {
          inBars += bars.volume();
          assertThat(bars.start()).as("seed %d", seed).isGreaterThanOrEqualTo(lastEnd);
          assertThat(bars.end() <= OPEN || bars.start() >= OPEN).as("seed %d", seed).isTrue();
          assertThat(bars.end() <= CLOSE || bars.start() >= CLOSE).as("seed %d", seed).isTrue();
          lastEnd = bars.end();
        }
      }
      inBars += bars.advance(id, time + 2 * BarBuilder.DAY) ? bars.volume() : 0;
      assertThat(inBars).as("interval %d, seed %d", interval, seed).isEqualTo(traded);
    }
  }
}
