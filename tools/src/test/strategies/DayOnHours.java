import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** A daily RSI made of hours, filled at the open of the next hour. */
public final class DayOnHours implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("dayonhours").universe("SPY").timeframe("1d").venue("next-open","fees-lean","mark-last").risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(DayOnHours::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Rsi rsi = new Rsi(2);
  @Override public void bar(Bar bar) {
    Instrument i = bar.instrument();
    rsi.update(bar.close());
    if (!rsi.ready()) return;
    double held = ports.data().exposure(i);
    if (held == 0 && rsi.value() < 10) ports.execution().targetPercent(i, 0.9);
    else if (held > 0 && rsi.value() > 70) ports.execution().close(i);
  }
}
