import io.millrace.core.strategy.*;
/** Holds raw AAPL over its split of seven for one. */
public final class Split implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("split").universe("AAPL").timeframe("1m").venue("touch","fees-per-share","mark-last").risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(Split::new);
  }
  @Override public void start(Ports given) { ports = given; }
  @Override public void bar(Bar bar) {
    if (ports.data().exposure(bar.instrument()) == 0) ports.execution().targetPercent(bar.instrument(), 0.9);
  }
}
