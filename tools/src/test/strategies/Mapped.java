import io.millrace.core.strategy.*;
/** Weekday turn: buys on a fall, sells after five bars. */
public final class Mapped implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("mapped").universe("SPYDAILY").timeframe("1d").venue("next-open","fees-none","mark-last").risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(Mapped::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private double before = Double.NaN; private int left;
  @Override public void bar(Bar bar) {
    Instrument i = bar.instrument();
    double held = ports.data().exposure(i);
    if (held == 0 && bar.close() < before * 0.98) { ports.execution().targetPercent(i, 0.99); left = 5; }
    else if (held > 0 && --left == 0) ports.execution().close(i);
    before = bar.close();
  }
}
