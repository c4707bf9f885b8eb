import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** Two averages of minutes on a coin, at the close of the bar. */
public final class BtcMinutes implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("btcminutes").universe("BTCUSDT.BYBIT").timeframe("1m").venue("bar-close","fees-none","mark-last")
        .cost(CostPolicy.DEFAULT.withCommissionBps(10)).create(BtcMinutes::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Ema fast = new Ema(10), slow = new Ema(40);
  @Override public void bar(Bar bar) {
    fast.update(bar.close()); slow.update(bar.close());
    if (!slow.ready()) return;
    boolean in = ports.data().exposure(bar.instrument()) > 0;
    if (fast.value() > slow.value() && !in) ports.execution().targetPercent(bar.instrument(), 0.5);
    else if (fast.value() < slow.value() && in) ports.execution().close(bar.instrument());
  }
}
