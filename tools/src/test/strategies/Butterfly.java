import io.millrace.core.strategy.*;
/** A butterfly of calls at the middle of the touches. */
public final class Butterfly implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("butterfly").universe("GOOG").timeframe("1m").venue("touch","mid-options","fees-cboe-options","mark-mid").sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.0)).create(Butterfly::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int state;
  private Instrument o(String s) { return ports.data().instrument("GOOG  160115C" + s); }
  @Override public void bar(Bar bar) {
    long t = ports.clock().timeOfDay() / 60_000_000_000L;
    if (state == 0 && t >= 590) { state = 1; ports.execution().structure(new Structure().buy(o("00740000"), 1).sell(o("00750000"), 2).buy(o("00760000"), 1), 7); }
    else if (state == 1 && t >= 765) { state = 2; ports.execution().structure(new Structure().sell(o("00740000"), 1).buy(o("00750000"), 2).sell(o("00760000"), 1), 7); }
  }
}
