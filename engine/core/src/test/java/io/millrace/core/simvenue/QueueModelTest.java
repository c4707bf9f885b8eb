package io.millrace.core.simvenue;

import static io.millrace.codecs.Side.BUY;
import static io.millrace.codecs.TimeInForce.GTX;
import static io.millrace.core.order.Desk.MILLI;
import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.DepthUpdateDecoder;
import io.millrace.codecs.DepthUpdateEncoder;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each model makes of cancels, in figures by hand, and how the models compare. */
class QueueModelTest {
  private static final long SEED = 20130608;
  private static final int ROUNDS = 100;
  private static final int EVENTS = 120;

  private static Floor floor(final QueueModel model, final double power) {
    final Rules rules = new Rules();
    rules.queueModel = model;
    rules.queuePower = power;
    return rules.floor();
  }

  /** Ten behind a bid of 300, which goes to 200, up to 500 and down to 300 without a trade. */
  private static Floor waiting(final QueueModel model, final double power) {
    final Floor floor = floor(model, power);
    floor.quote(STOCK, 100, 300, 100.02, 300);
    floor.send(STOCK, BUY, GTX, 10, 100);
    assertThat(floor.heardSoon()).containsExactly("1 ACCEPT");
    long now = NOON + SECOND;
    for (final double size : new double[] {200, 500, 300}) {
      floor.at(now += SECOND);
      floor.quote(STOCK, 100, size, 100.02, 300);
    }
    return floor;
  }

  // After the first step 200 are ahead (nobody was behind): of 500 then, 300 are behind, and 200
  // of them go. Power 1: 300/500 of those from behind. Power 3: 27/(27 + 8).
  // Log: ln(301) / (ln(301) + ln(201)) = 0.51833743.
  @ParameterizedTest
  @CsvSource({
    "CONSERVATIVE, 3, 300",
    "CANCELS_BEHIND, 3, 200",
    "POWER, 1, 120",
    "POWER, 3, 154.285714",
    "LOG, 3, 103.667486",
    "CANCELS_AHEAD, 3, 0",
  })
  void cancelsShortenTheQueueByTheModel(
      final QueueModel model, final double power, final double ahead) {
    final Floor floor = waiting(model, power);
    floor.print(STOCK, 100, ahead + 10);
    final List<String> heard = floor.heardSoon();
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0)).startsWith("1 FILL 10 at 100 MAKER QUEUE_REACHED");
    if (ahead > 0) {
      final String queue = heard.get(0).replaceAll(".*queue (.*)>.*", "$1");
      assertThat(Double.parseDouble(queue))
          .isCloseTo(ahead, org.assertj.core.data.Offset.offset(1e-4));
    }
  }

  @ParameterizedTest
  @CsvSource({"CANCELS_BEHIND", "POWER", "LOG", "CANCELS_AHEAD"})
  void whatTradedIsNoCancel(final QueueModel model) {
    final Floor floor = floor(model, 1);
    floor.quote(STOCK, 100, 300, 100.02, 300);
    floor.send(STOCK, BUY, GTX, 10, 100);
    floor.at(NOON + SECOND);
    floor.print(STOCK, 100, 100);
    floor.quote(STOCK, 100, 200, 100.02, 300); // the print is gone from the display
    floor.print(STOCK, 100, 199);
    assertThat(floor.heardSoon()).containsExactly("1 ACCEPT");
    floor.print(STOCK, 100, 11);
    assertThat(floor.heardSoon()).containsExactly("1 FILL 10 at 100 MAKER QUEUE_REACHED queue 1>0");
  }

  @Test
  void levelsTellTheQueueBehindTheTouch() {
    final Floor floor = floor(QueueModel.CANCELS_BEHIND, 1);
    depth(floor, 100, 300, 99.99, 40);
    floor.send(STOCK, BUY, GTX, 10, 99.99);
    assertThat(floor.heardSoon()).containsExactly("1 ACCEPT");
    floor.at(NOON + SECOND);
    depth(floor, 100, 0, 99.99, 25); // the touch goes, fifteen ahead of us with it
    floor.print(STOCK, 99.99, 30);
    assertThat(floor.heardSoon())
        .containsExactly("1 PARTIAL_FILL 5 at 99.99 MAKER QUEUE_REACHED queue 25>0");
  }

  private static void depth(
      final Floor floor,
      final double first,
      final double firstSize,
      final double second,
      final double secondSize) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    final DepthUpdateEncoder encoder = new DepthUpdateEncoder().wrap(buffer, 0);
    encoder.eventTime(floor.desk.now()).instrumentId(STOCK).snapshot((short) 0);
    final DepthUpdateEncoder.LevelsEncoder levels = encoder.levelsCount(3);
    levels.next().side(BUY).price(Fixed.fromDouble(first)).size(Fixed.fromDouble(firstSize));
    levels.next().side(BUY).price(Fixed.fromDouble(second)).size(Fixed.fromDouble(secondSize));
    levels.next().side(Side.SELL).price(Fixed.fromDouble(100.02)).size(Fixed.ONE);
    final DepthUpdateDecoder decoder =
        new DepthUpdateDecoder()
            .wrap(buffer, 0, DepthUpdateEncoder.BLOCK_LENGTH, DepthUpdateEncoder.SCHEMA_VERSION);
    floor.desk.market.onDepth(decoder, floor.desk.out);
    floor.venue.onQuote(STOCK);
    floor.venue.advance(floor.desk.now());
  }

  /** One order in one random market under every model: fewer cancels ahead, no more fills. */
  @Test
  void conservativeNeverFillsMoreAndCancelsAheadNeverLess() {
    int differ = 0;
    for (int round = 0; round < ROUNDS; round++) {
      final Map<QueueModel, Long> filled = new EnumMap<>(QueueModel.class);
      for (final QueueModel model : QueueModel.values()) {
        filled.put(model, run(model, SEED + round));
      }
      final String seed = "seed " + (SEED + round);
      for (final QueueModel model : QueueModel.values()) {
        assertThat(filled.get(QueueModel.CONSERVATIVE))
            .as(seed)
            .isLessThanOrEqualTo(filled.get(model));
        assertThat(filled.get(model))
            .as(seed)
            .isLessThanOrEqualTo(filled.get(QueueModel.CANCELS_AHEAD));
      }
      differ += filled.get(QueueModel.CONSERVATIVE) < filled.get(QueueModel.CANCELS_AHEAD) ? 1 : 0;
    }
    assertThat(differ).isGreaterThan(ROUNDS / 10); // the property is about something
  }

  /** Returns what was filled, checking that it is bounded by what traded. */
  private static long run(final QueueModel model, final long seed) {
    final Random random = new Random(seed);
    final Floor floor = floor(model, 2);
    floor.quote(STOCK, 100, 1 + random.nextInt(200), 100.02, 100);
    floor.send(STOCK, BUY, GTX, 500, 100);
    floor.at(NOON + 2 * MILLI);
    floor.heard();
    long traded = 0;
    long filled = 0;
    for (int i = 0; i < EVENTS; i++) {
      floor.at(floor.desk.now() + SECOND);
      if (random.nextInt(3) == 0) {
        final int size = 1 + random.nextInt(30);
        traded += size * Fixed.ONE;
        floor.print(STOCK, 100, size);
      } else {
        floor.quote(STOCK, 100, random.nextInt(200), 100.02, 100);
      }
      while (floor.venue.poll(floor.desk.now())) {
        assertThat(floor.venue.report().queueAfter()).as("seed " + seed).isNotNegative();
        filled += floor.venue.report().quantity();
      }
    }
    assertThat(filled).as("seed " + seed).isLessThanOrEqualTo(traded);
    return filled;
  }
}
