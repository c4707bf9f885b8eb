import io.millrace.core.strategy.*;
/** Two straddles of the day, held until they expire. */
public final class GoogExpiry implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("googexpiry").universe("GOOG").timeframe("1m").venue("touch","fees-per-share").sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.0)).create(GoogExpiry::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int state;
  private Instrument o(String s) { return ports.data().instrument(s); }
  @Override public void bar(Bar bar) {
    long t = ports.clock().timeOfDay() / 1_000_000L;
    if (state == 0 && t >= 36000000) { state = 1; ports.execution().structure(new Structure().buy(o("GOOG  151224C00745000"), 1).buy(o("GOOG  151224P00745000"), 1), 2); }
    else if (state == 1 && t >= 999999999) { state = 2; ports.execution().structure(new Structure().sell(o("GOOG  151224C00745000"), 1).sell(o("GOOG  151224P00745000"), 1), 2); }
  }
}
