package io.millrace.core.market;

import static io.millrace.core.market.Wire.price;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.DataFault;
import io.millrace.codecs.DepthUpdateDecoder;
import io.millrace.codecs.DepthUpdateEncoder;
import io.millrace.codecs.FundingRateDecoder;
import io.millrace.codecs.FundingRateEncoder;
import io.millrace.codecs.MarkPriceDecoder;
import io.millrace.codecs.MarkPriceEncoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.Side;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Books in depth against a slow one that is obvious, and what the market makes of them. */
class DepthBooksTest {
  private static final int COIN = 1;

  private final Wire wire = Wire.usual();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 16]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  /** A level of an update. */
  private record Level(Side side, double price, double size) {}

  @BeforeEach
  void define() {
    wire.at(Wire.OPEN);
    wire.stock(COIN, "BTCUSDT");
    wire.define();
  }

  private DataFault depth(final boolean snapshot, final Level... levels) {
    final DepthUpdateEncoder encoder =
        new DepthUpdateEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(wire.market.now())
            .instrumentId(COIN)
            .snapshot((short) (snapshot ? 1 : 0));
    final DepthUpdateEncoder.LevelsEncoder group = encoder.levelsCount(levels.length);
    for (final Level level : levels) {
      group.next().side(level.side).price(price(level.price)).size(price(level.size));
    }
    return wire.market.onDepth(
        new DepthUpdateDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()),
        wire.outputs);
  }

  private static Level bid(final double price, final double size) {
    return new Level(Side.BUY, price, size);
  }

  private static Level ask(final double price, final double size) {
    return new Level(Side.SELL, price, size);
  }

  @Test
  void levelsStandBestFirstAndSizeZeroRemovesOne() {
    assertThat(depth(true, bid(99, 1), bid(100, 2), ask(102, 3), ask(101, 4)))
        .isEqualTo(DataFault.NONE);
    final DepthBooks depth = wire.market.depth();
    assertThat(depth.price(COIN, Side.BUY, 0)).isEqualTo(price(100));
    assertThat(depth.price(COIN, Side.BUY, 1)).isEqualTo(price(99));
    assertThat(depth.size(COIN, Side.SELL, 0)).isEqualTo(price(4));
    depth(false, bid(100, 0), ask(101, 5), bid(98, 0));
    assertThat(depth.levels(COIN, Side.BUY)).isEqualTo(1);
    assertThat(depth.price(COIN, Side.BUY, 0)).isEqualTo(price(99));
    assertThat(depth.size(COIN, Side.SELL, 0)).isEqualTo(price(5));
    assertThat(depth.price(COIN, Side.BUY, 1)).isEqualTo(Fixed.NONE);
  }

  @Test
  void aSnapshotReplacesTheBook() {
    depth(true, bid(99, 1), ask(101, 1));
    depth(true, bid(90, 1));
    assertThat(wire.market.depth().levels(COIN, Side.BUY)).isEqualTo(1);
    assertThat(wire.market.depth().levels(COIN, Side.SELL)).isZero();
    assertThat(wire.market.books().ask(COIN)).as("one-sided is a state").isEqualTo(Fixed.NONE);
  }

  @Test
  void theTopOfBookIsReadFromTheLevelsUntilTheFeedQuotesItself() {
    depth(true, bid(99, 1), ask(101, 1));
    assertThat(wire.market.books().bid(COIN)).isEqualTo(price(99));
    assertThat(wire.market.quotedByDepth(COIN)).isTrue();
    wire.quote(COIN, price(99.5), Fixed.ONE, price(100.5), Fixed.ONE);
    depth(false, bid(99.2, 1));
    assertThat(wire.market.books().bid(COIN)).isEqualTo(price(99.5));
    assertThat(wire.market.depth().price(COIN, Side.BUY, 0)).isEqualTo(price(99.2));
    assertThat(wire.market.quotedByDepth(COIN)).isFalse();
  }

  @Test
  void oneBadLevelRefusesTheWholeUpdate() {
    depth(true, bid(99, 1), ask(101, 1));
    assertThat(depth(false, bid(98, 1), bid(-1, 1))).isEqualTo(DataFault.NEGATIVE_PRICE);
    assertThat(depth(false, bid(98, 1), bid(0, 1))).isEqualTo(DataFault.ZERO_PRICE);
    assertThat(depth(false, bid(98, 1), bid(97, -1))).isEqualTo(DataFault.NEGATIVE_SIZE);
    assertThat(depth(true, bid(98, 1), new Level(Side.NONE, 97, 1)))
        .isEqualTo(DataFault.MALFORMED_LEVEL);
    assertThat(wire.market.depth().levels(COIN, Side.BUY)).isEqualTo(1);
    assertThat(wire.market.faults(DataFault.MALFORMED_LEVEL)).isEqualTo(1);
  }

  private DataFault markPrice(final double mark) {
    new MarkPriceEncoder()
        .wrapAndApplyHeader(buffer, 0, header)
        .eventTime(wire.market.now())
        .instrumentId(COIN)
        .mark(price(mark))
        .index(price(28_159.75));
    return wire.market.onMarkPrice(
        new MarkPriceDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()),
        wire.outputs);
  }

  @Test
  void markPriceFarOffTheBookIsRefused() {
    depth(true, bid(99, 1), ask(101, 1));
    assertThat(markPrice(100.5)).isEqualTo(DataFault.NONE);
    assertThat(markPrice(1_001)).isEqualTo(DataFault.PRICE_JUMP);
    assertThat(wire.market.perpetuals().mark(COIN)).isEqualTo(price(100.5));
  }

  @Test
  void markPriceAndFundingAreKept() {
    final long now = wire.market.now();
    assertThat(markPrice(28_147.27)).isEqualTo(DataFault.NONE);
    new FundingRateEncoder()
        .wrapAndApplyHeader(buffer, 0, header)
        .eventTime(now)
        .instrumentId(COIN)
        .rate(-4_667)
        .nextFunding(now + 1);
    assertThat(
            wire.market.onFundingRate(
                new FundingRateDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()),
                wire.outputs))
        .isEqualTo(DataFault.NONE);
    final Perpetuals perpetuals = wire.market.perpetuals();
    assertThat(perpetuals.mark(COIN)).isEqualTo(price(28_147.27));
    assertThat(perpetuals.index(COIN)).isEqualTo(price(28_159.75));
    assertThat(perpetuals.fundingRate(COIN)).isEqualTo(-4_667);
    assertThat(perpetuals.nextFunding(COIN)).isEqualTo(now + 1);
    assertThat(perpetuals.fundingTime(COIN)).isEqualTo(now);
  }

  @Test
  void theFastBookIsTheSlowOne() {
    final long seed = 20_230_404;
    final Random random = new Random(seed);
    final DepthBooks fast = new DepthBooks();
    final Map<Side, TreeMap<Long, Long>> slow =
        Map.of(
            Side.BUY, new TreeMap<>(Comparator.reverseOrder()),
            Side.SELL, new TreeMap<>());
    fast.begin(COIN, 1);
    for (int i = 0; i < 50_000; i++) {
      final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
      final long price = 1L + random.nextInt(2_000);
      final long size = random.nextInt(3);
      fast.set(COIN, side, price, size);
      final TreeMap<Long, Long> levels = slow.get(side);
      if (size == 0) {
        levels.remove(price);
      } else {
        levels.put(price, size);
        if (levels.size() > DepthBooks.MAX_LEVELS) {
          levels.pollLastEntry();
        }
      }
      assertThat(fast.levels(COIN, side)).as("seed %d, step %d", seed, i).isEqualTo(levels.size());
      if (!levels.isEmpty()) {
        assertThat(fast.price(COIN, side, 0)).isEqualTo(levels.firstKey());
      }
    }
    for (final Side side : new Side[] {Side.BUY, Side.SELL}) {
      final Iterator<Map.Entry<Long, Long>> levels = slow.get(side).entrySet().iterator();
      for (int level = 0; levels.hasNext(); level++) {
        final Map.Entry<Long, Long> expected = levels.next();
        assertThat(fast.price(COIN, side, level)).as("seed %d", seed).isEqualTo(expected.getKey());
        assertThat(fast.size(COIN, side, level)).isEqualTo(expected.getValue());
      }
    }
  }
}
