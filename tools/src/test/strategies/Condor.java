import io.millrace.core.strategy.*;
/** An iron condor held over its expiry, the shares it leaves sold the next morning. */
public final class Condor implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("condor").universe("GOOG").timeframe("1m").venue("touch","fees-per-share","mark-last").allowShort().sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.0)).risk(RiskPolicy.DEFAULT.withMaxLeverage(4).withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(Condor::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int state;
  private Instrument o(String s) { return ports.data().instrument("GOOG  151224" + s); }
  @Override public void bar(Bar bar) {
    long t = ports.clock().timeOfDay() / 60_000_000_000L;
    if (state == 0 && t >= 600) { state = 1; ports.execution().structure(new Structure().buy(o("P00745000"), 1).sell(o("P00750000"), 1).sell(o("C00750000"), 1).buy(o("C00755000"), 1), 3); }
    else if (state == 1 && ports.data().position(bar.instrument()) != 0 && t >= 575 && t < 700) { state = 2; ports.execution().close(bar.instrument()); }
  }
}
