import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** Two averages of minutes on a future, long and short, at the touch. */
public final class EsMinutes implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("esminutes").universe("ES201312.CME").timeframe("1m").venue("touch","mark-last").allowShort()
        .risk(RiskPolicy.DEFAULT.withMaxLeverage(4)).create(EsMinutes::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Sma fast = new Sma(10), slow = new Sma(50);
  @Override public void bar(Bar bar) {
    fast.update(bar.close()); slow.update(bar.close());
    if (!slow.ready()) return;
    double held = ports.data().exposure(bar.instrument());
    if (fast.value() > slow.value() && held <= 0) ports.execution().target(bar.instrument(), 3);
    else if (fast.value() < slow.value() && held >= 0) ports.execution().target(bar.instrument(), -3);
  }
}
