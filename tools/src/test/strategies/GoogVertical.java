import io.millrace.core.strategy.*;
/** Ten call spreads, opened and closed as one. */
public final class GoogVertical implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("googvertical").universe("GOOG").timeframe("1m").venue("touch","fees-per-share").sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.0)).create(GoogVertical::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int state;
  private Instrument o(String s) { return ports.data().instrument(s); }
  @Override public void bar(Bar bar) {
    long t = ports.clock().timeOfDay() / 1_000_000L;
    if (state == 0 && t >= 35820000) { state = 1; ports.execution().structure(new Structure().buy(o("GOOG  160115C00750000"), 1).sell(o("GOOG  160115C00760000"), 1), 10); }
    else if (state == 1 && t >= 44700000) { state = 2; ports.execution().structure(new Structure().sell(o("GOOG  160115C00750000"), 1).buy(o("GOOG  160115C00760000"), 1), 10); }
  }
}
