import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;

/** Long while the mean of ten closes is above that of fifty; ninety per cent of equity. */
public final class DailyCross implements Strategy {
  private final Sma fast = new Sma(10);
  private final Sma slow = new Sma(50);
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("daily-cross").universe("SPY").timeframe("1d")
        .venue("next-open", "fees-per-share", "mark-last")
        .risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9))
        .create(DailyCross::new);
  }
  @Override public void start(Ports given) { ports = given; }
  @Override public void bar(Bar bar) {
    fast.update(bar.close());
    slow.update(bar.close());
    if (!slow.ready()) return;
    boolean in = ports.data().exposure(bar.instrument()) > 0;
    if (fast.value() > slow.value() && !in) ports.execution().targetPercent(bar.instrument(), 0.9);
    else if (fast.value() < slow.value() && in) ports.execution().close(bar.instrument());
  }
}
