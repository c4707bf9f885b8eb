import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** Two averages of hours; all equity long or short, at the close of the bar. */
public final class Flip implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("flip").universe("SPY").timeframe("1h").venue("bar-close","fees-per-share","mark-last").allowShort()
   .sizing(SizingPolicy.DEFAULT.withCashBuffer(0.02)).risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(Flip::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Ema fast = new Ema(20), slow = new Ema(80);
  @Override public void bar(Bar bar) {
    fast.update(bar.close()); slow.update(bar.close());
    if (!slow.ready()) return;
    double held = ports.data().exposure(bar.instrument());
    if (fast.value() > slow.value() && held <= 0) ports.execution().targetPercent(bar.instrument(), 1);
    else if (fast.value() < slow.value() && held >= 0) ports.execution().targetPercent(bar.instrument(), -1);
  }
}
