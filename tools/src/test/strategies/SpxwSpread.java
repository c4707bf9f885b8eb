import io.millrace.core.strategy.*;
/** Five put spreads on the index of the day, bought and held until they are paid in cash. */
public final class SpxwSpread implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("spxwspread").universe("SPX").timeframe("1m").venue("touch","fees-per-share").sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.0)).create(SpxwSpread::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int bars;
  private Instrument o(String s) { return ports.data().instrument(s); }
  @Override public void bar(Bar bar) {
    if (++bars != 30) return; // 10:00 in New York
    ports.execution().structure(new Structure().buy(o("SPXW  210104P03800000"), 1).sell(o("SPXW  210104P03700000"), 1), 5);
  }
}
