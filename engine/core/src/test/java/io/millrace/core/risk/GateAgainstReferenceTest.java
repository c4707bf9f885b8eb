package io.millrace.core.risk;

import static io.millrace.core.portfolio.TestMarket.SECOND;
import static io.millrace.core.portfolio.TestMarket.T0;
import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.Check;
import io.millrace.codecs.CheckStatus;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.RiskDecisionDecoder;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import io.millrace.codecs.Tier;
import io.millrace.codecs.Verdict;
import io.millrace.core.order.Order;
import io.millrace.core.portfolio.MarkRule;
import io.millrace.core.portfolio.PortfolioConfig;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gate and the slow, obvious one agree on every status of every check of random orders. */
class GateAgainstReferenceTest {
  private static final int PER_WORLD = 500;
  private static final Purpose[] PURPOSES = {
    Purpose.OPEN,
    Purpose.OPEN,
    Purpose.EXIT,
    Purpose.EXIT,
    Purpose.REPRICE,
    Purpose.FALLBACK,
    Purpose.MANUAL
  };

  @Test
  void theyAgreeOnOneHundredThousandOrders() {
    agree(200, 4_711);
  }

  @Test
  @Tag("slow")
  void theyAgreeOnOneMillionOrders() {
    agree(2_000, 815);
  }

  private static void agree(final int worlds, final long seed) {
    final Map<Check, Integer> decided = new EnumMap<>(Check.class);
    int denied = 0;
    int cut = 0;
    for (int i = 0; i < worlds; i++) {
      final World world = new World(seed + i);
      for (int j = 0; j < PER_WORLD; j++) {
        world.step(j);
        decided.merge(world.decisive, 1, Integer::sum);
        denied += world.verdict == Verdict.DENY ? 1 : 0;
        cut += world.verdict == Verdict.REDUCE ? 1 : 0;
      }
    }
    final int all = worlds * PER_WORLD;
    assertThat(denied).as("denied of %d; %s", all, decided).isBetween(all / 10, all * 9 / 10);
    assertThat(cut).as("reduced of %d; %s", all, decided).isGreaterThan(all / 100);
    assertThat(decided.size()).as("checks that decided: %s", decided).isGreaterThan(22);
  }

  /** A random account in a random market. */
  private static final class World {
    private final SplittableRandom random;
    private final long seed;
    private final Desk desk;
    private final ReferenceGate reference;
    private final RiskDecisionDecoder decision = new RiskDecisionDecoder();
    private final int[] ids = new int[9];
    private final double[] price = {100, 50, 500, 2, 1, 2, 1, 20, 3};
    private long lastKey = 1;
    private long lastQuantity;
    private Check decisive;
    private Verdict verdict;

    World(final long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      desk =
          new Desk(
              Limits.with(
                  RiskLimits.defaults(),
                  "allowReduce",
                  random.nextInt(4) > 0,
                  "allowShortStock",
                  random.nextBoolean(),
                  "allowNakedOptions",
                  random.nextInt(4) == 0,
                  "exitsWhileHalted",
                  random.nextBoolean(),
                  "orderNotionalPct",
                  pick(0.01, 0.05, 0.2),
                  "positionCorePct",
                  pick(0.1, 0.3),
                  "ideaMaxLossPct",
                  pick(0.01, 0.05),
                  "grossExposureMultiple",
                  pick(0.4, 1, 2),
                  "netExposureMultiple",
                  pick(0.2, 1),
                  "buyingPowerMultiple",
                  pick(1, 1, 2.5),
                  "openOrdersSymbol",
                  6,
                  "openOrdersTotal",
                  9,
                  "maxShares",
                  700L,
                  "maxContracts",
                  12L,
                  "keyCapacity",
                  random.nextInt(8) == 0 ? 100 : 10_000,
                  "messagesPerWindow",
                  8),
              new PortfolioConfig(1_000, 0, 0.01, 0.03, 0.06, 0.12, MarkRule.MID));
      reference = new ReferenceGate(desk);
      build();
    }

    private double pick(final double... values) {
      return values[random.nextInt(values.length)];
    }

    private void build() {
      ids[0] = desk.world.stock("GOOG");
      ids[1] = desk.world.stock("THIN", Tier.TACTICAL, 2, 400);
      ids[2] = desk.world.coin("COIN", 0.1);
      final long expiry = T0 + 100 * SECOND;
      ids[3] = option(OptionRight.CALL, 105, expiry);
      ids[4] = option(OptionRight.CALL, 110, expiry);
      ids[5] = option(OptionRight.PUT, 95, expiry);
      ids[6] = option(OptionRight.PUT, 90, expiry);
      ids[7] = desk.world.stock("DARK");
      ids[8] = option(OptionRight.CALL, 110, expiry + SECOND);
      for (int i = 0; i < 7; i++) {
        touch(i);
      }
      touch(8);
      if (random.nextInt(20) > 0) {
        desk.cash(20_000 + random.nextInt(1_000_000));
      }
      for (int i = 0; i < 7; i++) {
        if (random.nextBoolean()) {
          position(i);
        }
      }
    }

    private int option(final OptionRight right, final double strike, final long expiry) {
      return desk.world.option(ids[0], right, strike, expiry, Settlement.PHYSICAL);
    }

    private double tick(final int i) {
      return i == 2 ? 0.5 : 0.01;
    }

    private double lot(final int i) {
      return i == 2 ? 0.001 : 1;
    }

    private void touch(final int i) {
      final double tick = tick(i);
      price[i] = Math.max(5, Math.rint(price[i] / tick) + random.nextInt(9) - 4) * tick;
      final int kind = random.nextInt(40);
      final double bid = price[i] - (kind == 0 ? -1 : 1) * tick;
      desk.world.quote(ids[i], kind == 1 ? Double.NaN : bid, price[i] + tick);
    }

    private void position(final int i) {
      final double size = i < 2 ? 200 : i == 2 ? 3 : 4;
      double units = Math.rint(random.nextDouble(size) / lot(i)) * lot(i);
      units = random.nextInt(3) == 0 ? -units : units;
      if (fx(units) != 0) {
        desk.hold(ids[i], units, price[i]);
      }
    }

    void step(final int number) {
      desk.world.pass(random.nextInt(300_000_000));
      for (int i = random.nextInt(4); i > 0; i--) {
        final int which = random.nextInt(8);
        touch(which == 7 ? 8 : which);
      }
      desk.portfolio.mark(desk.world.now, desk.world.outputs);
      happening();
      wish();
      compare(number);
      if (verdict != Verdict.DENY && random.nextInt(3) == 0) {
        desk.submitWish();
      }
      if (desk.orders.workingCount() > 0 && random.nextInt(9) == 0) {
        orderEnds();
      }
    }

    /** The oldest order goes, perhaps after a while of nobody knowing. */
    private void orderEnds() {
      final Order order = desk.orders.working(0);
      if (order.state() == OrderState.SUBMITTED && random.nextInt(4) == 0) {
        desk.orders.timeout(order, desk.world.now, desk.world.outputs);
        return;
      }
      desk.cancelled(order);
      assertThat(order.terminal()).isTrue();
    }

    private void happening() {
      switch (random.nextInt(60)) {
        case 0 -> desk.gate.halt("test", desk.world.outputs);
        case 1 -> desk.gate.reduceOnly(desk.world.outputs);
        case 2, 3, 4, 5, 6, 7 -> desk.gate.resume(desk.world.outputs);
        case 8 -> desk.gate.shadow(true);
        case 9, 10, 11, 12, 13 -> desk.gate.shadow(false);
        case 14, 15 -> position(random.nextInt(7));
        default -> {}
      }
    }

    private void wish() {
      final int kind = random.nextInt(3);
      if (kind == 0) {
        structure();
      } else {
        single();
      }
      final boolean child =
          desk.intent.purpose() == Purpose.REPRICE || desk.intent.purpose() == Purpose.FALLBACK;
      if (child) {
        desk.intent.parentQuantity(random.nextInt(6) == 0 ? fx(1) : lastQuantity);
      }
      if (random.nextInt(5) == 0) {
        desk.intent.maxLossPerUnit(fx(random.nextInt(600)));
      }
    }

    private long key(final Purpose purpose) {
      final boolean old =
          purpose == Purpose.REPRICE || purpose == Purpose.FALLBACK || random.nextInt(25) == 0;
      return old ? lastKey : random.nextInt(200) == 0 ? 0 : random.nextLong() | 1;
    }

    private void single() {
      final int i = random.nextInt(20) == 0 ? 7 : random.nextInt(7);
      final Purpose purpose = PURPOSES[random.nextInt(PURPOSES.length)];
      final double size = pick(5, 60, 900) * (i == 2 ? 0.2 : i > 2 ? 0.02 : 1);
      double units = Math.max(1, Math.rint(random.nextDouble(size) / lot(i))) * lot(i);
      if (random.nextInt(30) == 0) {
        units += 0.0005;
      }
      final int off = random.nextInt(5) == 0 ? random.nextInt(900) - 450 : random.nextInt(7) - 3;
      double limit = Math.max(tick(i), price[i] + off * tick(i));
      if (random.nextInt(30) == 0) {
        limit += 0.00003;
      }
      desk.intent.set(
          purpose,
          key(purpose),
          ids[i],
          random.nextBoolean() ? Side.BUY : Side.SELL,
          fx(units),
          fx(limit));
    }

    /** Debit spread, condor, its reverse, a calendar, or something naked. */
    private void structure() {
      final Purpose purpose = PURPOSES[random.nextInt(PURPOSES.length)];
      final int[][] shapes = {
        {3, -4},
        {-3, 4},
        {5, -6},
        {-5, 6},
        {6, -5, -3, 4},
        {-6, 5, 3, -4},
        {-3, 8},
        {3, -8},
        {-3, -5},
        {3, 5}
      };
      final int[] shape = shapes[random.nextInt(shapes.length)];
      double net = 0;
      for (final int leg : shape) {
        net += Math.signum(leg) * price[Math.abs(leg)];
      }
      net = (Math.rint(net * 100) + random.nextInt(21) - 10) / 100;
      desk.intent.set(purpose, key(purpose), ids[0], Side.BUY, fx(1 + random.nextInt(15)), fx(net));
      final int ratio = random.nextInt(6) == 0 ? 2 : 1;
      for (final int leg : shape) {
        desk.intent.legs().add(ids[Math.abs(leg)], leg > 0 ? Side.BUY : Side.SELL, ratio);
      }
    }

    private void compare(final int number) {
      final String what = "seed " + seed + " order " + number;
      final ReferenceGate.Answer expected = reference.judge(desk.intent, desk.world.now);
      final boolean approved = desk.judge() != null;
      desk.world.outputs.read(desk.world.outputs.count() - 1, decision);
      verdict = decision.verdict();
      decisive = decision.denial();
      final long quantity = decision.approved();
      for (final RiskDecisionDecoder.ChecksDecoder row : decision.checks()) {
        final CheckStatus status = row.status();
        if (status != expected.status().get(row.check())) {
          assertThat(status)
              .as(
                  "%s %s %s value %d limit %d, decided by %s",
                  what, reference, row.check(), row.value(), row.limit(), expected.decisive())
              .isEqualTo(expected.status().get(row.check()));
        }
      }
      if (verdict != expected.verdict()
          || decisive != expected.decisive()
          || quantity != fx(expected.approved().doubleValue())) {
        assertThat(verdict + " by " + decisive + " of " + quantity)
            .as(what)
            .isEqualTo(
                expected.verdict()
                    + " by "
                    + expected.decisive()
                    + " of "
                    + fx(expected.approved().doubleValue()));
      }
      if (approved) {
        lastKey = desk.intent.key();
        lastQuantity = quantity;
      }
    }
  }
}
