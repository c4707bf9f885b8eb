import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** Two averages of minutes on a perpetual, long and short, at the touch. */
public final class PerpTouch implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("perptouch").universe("BTCUSDT-PERP.BYBIT").timeframe("1m").venue("touch","fees-none","mark-last").allowShort()
        .cost(CostPolicy.DEFAULT.withCommissionBps(5.5)).risk(RiskPolicy.DEFAULT.withMaxLeverage(3)).create(PerpTouch::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Sma fast = new Sma(15), slow = new Sma(60);
  @Override public void bar(Bar bar) {
    fast.update(bar.close()); slow.update(bar.close());
    if (!slow.ready()) return;
    double held = ports.data().exposure(bar.instrument());
    if (fast.value() > slow.value() && held <= 0) ports.execution().target(bar.instrument(), 2.5);
    else if (fast.value() < slow.value() && held >= 0) ports.execution().target(bar.instrument(), -2.5);
  }
}
