import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** Two averages of hours, long and short, at the next open. */
public final class AaplHours implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("aaplhours").universe("AAPL").timeframe("1h").venue("next-open","mark-last").allowShort()
        .risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(AaplHours::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Ema fast = new Ema(12), slow = new Ema(26);
  @Override public void bar(Bar bar) {
    fast.update(bar.close()); slow.update(bar.close());
    if (!slow.ready()) return;
    double held = ports.data().exposure(bar.instrument());
    if (fast.value() > slow.value() && held <= 0) ports.execution().target(bar.instrument(), 100);
    else if (fast.value() < slow.value() && held >= 0) ports.execution().target(bar.instrument(), -100);
  }
}
