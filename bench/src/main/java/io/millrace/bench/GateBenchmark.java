package io.millrace.bench;

import io.millrace.codecs.OrderType;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.Role;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.Approval;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.Portfolio;
import io.millrace.core.risk.RiskGate;
import io.millrace.core.slot.Outputs;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One judgement with all checks on the market of the sample day, three orders working and a
 * position held. Of four intents one has two legs. Nearly all are approved: an approval has been
 * through every check.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateBenchmark {
  /** Event time between orders: 33 within the window of the message rate. */
  private static final long STEP_NANOS = 30_000;

  private final Config config =
      ConfigLoader.load(
              null,
              List.of(
                  "risk.price_stale_millis=36000000",
                  "risk.option_price_stale_millis=36000000",
                  "risk.nav_freshness_seconds=36000",
                  "risk.duplicate_content_millis=0",
                  "risk.message_window_millis=1",
                  "risk.messages_per_window=50"))
          .config();
  private final OrderIntent intent = new OrderIntent();
  private final OrderIntent other = new OrderIntent();
  private final Outputs out = new Outputs();
  private ChainWorld world;
  private Portfolio portfolio;
  private Orders orders;
  private RiskGate gate;
  private int stock;
  private int call;
  private int wing;
  private long price;
  private long now;
  private long key;
  private long approved;
  private long judged;

  /** The account, what it holds and what works. */
  @Setup
  public void account() {
    world = new ChainWorld();
    now = world.now;
    stock = world.underlying;
    legs();
    portfolio = new Portfolio(config.portfolio(), world.market);
    orders = new Orders(config.orders());
    price = world.market.books().mark(stock) / 1_000_000 * 1_000_000;
    out.reset(1, now);
    portfolio.onAccount(1_000_000 * Fixed.ONE);
    portfolio.onFill(stock, Side.BUY, 20 * Fixed.ONE, price, 0, out);
    portfolio.markNow(now, out);
    final Approval.Issuer elsewhere = new Approval().issuer();
    for (int i = 1; i <= 3; i++) {
      out.reset(i + 1, now);
      other.set(Purpose.OPEN, -i, stock, Side.BUY, Fixed.ONE, price - i * 10_000_000L);
      orders.submit(
          orders.open(elsewhere.grant(other, Fixed.ONE, 0, 0), out),
          Role.MAKER,
          OrderType.LIMIT,
          TimeInForce.GTC,
          other.limitPrice(),
          now,
          out);
    }
  }

  /** A fresh gate: its ledger of keys would fill up. */
  @Setup(Level.Iteration)
  public void gate() {
    final Approval approval = new Approval();
    gate = new RiskGate(config.risk(), world.market, portfolio, orders, approval.issuer());
    approved = 0;
    judged = 0;
  }

  /** Two neighbouring calls that are usable. */
  private void legs() {
    final var greeks = world.engine.greeks(stock);
    final var chain = world.market.chain(stock);
    for (int row = greeks.from(); row < greeks.to(); row++) {
      if (!greeks.usable(row) || !chain.calls()[row] || greeks.days(row) < 7) {
        continue;
      }
      if (greeks.delta(row) < 0.5 && greeks.delta(row) > 0.3) {
        call = wing;
        wing = chain.instrumentIds()[row];
        if (call != 0 && call != wing) {
          return;
        }
      }
    }
    throw new IllegalStateException("no two calls near the money on the sample day");
  }

  @Benchmark
  public boolean judge() {
    now += STEP_NANOS;
    judged++;
    intent.set(Purpose.OPEN, ++key, stock, Side.BUY, 5 * Fixed.ONE, price);
    if ((judged & 3) == 0) {
      intent.set(Purpose.OPEN, key, stock, Side.BUY, Fixed.ONE, Fixed.ONE);
      intent.maxLossPerUnit(500 * Fixed.ONE);
      intent.legs().add(call, Side.BUY, 1).add(wing, Side.SELL, 1);
    }
    out.reset(judged, now);
    final boolean passed = gate.judge(intent, now, out) != null;
    if (passed) {
      approved++;
    }
    return passed;
  }

  /** A gate that denies early would measure nothing. */
  @TearDown(Level.Iteration)
  public void nearlyAllPassed() {
    if (approved < judged * 0.7) {
      throw new IllegalStateException("the gate approved only " + approved + " of " + judged);
    }
  }
}
