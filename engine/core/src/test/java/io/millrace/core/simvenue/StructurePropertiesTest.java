package io.millrace.core.simvenue;

import static io.millrace.core.order.Desk.MILLI;
import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random quotes of four legs and random structures on them. */
class StructurePropertiesTest {
  private static final long SEED = 4242;
  private static final int ROUNDS = 400;
  private static final int QUOTES = 60;
  private static final int FIRST_LEG = 2;
  private static final int LEGS = 4;
  private static final long CENT = Fixed.ONE / 100;

  private final Random random = new Random(SEED);
  private final long[] bid = new long[LEGS];
  private final long[] ask = new long[LEGS];
  private final long[] bidSize = new long[LEGS];
  private final long[] askSize = new long[LEGS];
  private int executions;

  private void quote(final Floor floor, final int leg) {
    bid[leg] = (100L + 60L * leg + random.nextInt(8)) * CENT;
    ask[leg] = bid[leg] + (1 + random.nextInt(6)) * CENT;
    bidSize[leg] = random.nextInt(12) * Fixed.ONE;
    askSize[leg] = random.nextInt(12) * Fixed.ONE;
    final int id = FIRST_LEG + leg;
    floor.desk.touch(id, bid[leg], bidSize[leg], ask[leg], askSize[leg]);
    floor.venue.onQuote(id);
  }

  @Test
  void structureTradesWholeUnitsAtTheTouchesWithinItsNetAndTheDisplayedSizes() {
    for (int round = 0; round < ROUNDS; round++) {
      play(round);
    }
    assertThat(executions).isGreaterThan(ROUNDS / 4); // the property is about something
  }

  private void play(final int round) {
    final Floor floor = new Rules().floor();
    long mid = 0;
    for (int leg = 0; leg < LEGS; leg++) {
      floor.desk.call(FIRST_LEG + leg, 100, NOON + 86_400 * SECOND);
      quote(floor, leg);
    }
    for (int leg = 0; leg < LEGS; leg++) {
      final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
      final int ratio = 1 + random.nextInt(2);
      floor.legs.add(FIRST_LEG + leg, side, ratio);
      mid += (side == Side.BUY ? ratio : -ratio) * (bid[leg] + ask[leg]) / 2;
    }
    final long limit = mid + (random.nextInt(60) - 20) * CENT;
    final long units = (1 + random.nextInt(5)) * Fixed.ONE;
    floor.sendFixed(STOCK, Side.BUY, TimeInForce.GTC, units, limit);
    final String name = "seed " + SEED + " round " + round;
    long filled = 0;
    for (int i = 1; i <= QUOTES; i++) {
      // Two milliseconds pass between quotes: what is heard happened on the touches before.
      floor.at(NOON + i * 2L * MILLI);
      filled += execution(floor, limit, name);
      quote(floor, random.nextInt(LEGS));
      floor.at(NOON + i * 2L * MILLI + MILLI);
      filled += execution(floor, limit, name);
      assertThat(filled).as(name).isLessThanOrEqualTo(units);
    }
    assertThat(floor.venue.restingCount()).as(name).isEqualTo(filled == units ? 0 : 1);
  }

  /** Takes in one execution of all legs, if there is one; returns its units. */
  private long execution(final Floor floor, final long limit, final String name) {
    long units = 0;
    long net = 0;
    int leg = 0;
    while (floor.venue.poll(floor.desk.now())) {
      final ExecutionReportDecoder report = floor.venue.report();
      if (report.event() == OrderEventType.ACCEPT) {
        continue;
      }
      assertThat(report.legIndex()).as(name).isEqualTo((short) leg);
      final boolean buys = floor.legs.sign(leg) > 0;
      final int ratio = floor.legs.ratio(leg);
      units = leg == 0 ? report.quantity() / ratio : units;
      assertThat(report.quantity()).as(name).isPositive().isEqualTo(units * ratio);
      assertThat(report.quantity())
          .as(name)
          .isLessThanOrEqualTo(buys ? askSize[leg] : bidSize[leg]);
      assertThat(report.price()).as(name).isEqualTo(buys ? ask[leg] : bid[leg]);
      net += floor.legs.sign(leg) * report.price() * ratio;
      leg = (leg + 1) % LEGS;
      if (leg == 0) {
        executions++;
        assertThat(net).as(name).isLessThanOrEqualTo(limit);
        assertThat(units % Fixed.ONE).as(name).isZero();
      }
    }
    assertThat(leg).as(name + ": all legs or none").isZero();
    return units;
  }
}
