import io.millrace.core.strategy.*;
/** Calls of hours: one bought and sold on each side of the split, of other strikes then. */
public final class AaplOptionHours implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("aaploptionhours").universe("AAPL").timeframe("1h").venue("touch","fees-per-share").sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.0)).create(AaplOptionHours::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int bars;
  private Instrument o(String s) { return ports.data().instrument(s); }
  @Override public void bar(Bar bar) {
    bars++; // seven a session: the first ends at 10:00
    if (bars == 1) ports.execution().market(o("AAPL  140613C00645000"), 3);
    else if (bars == 6) ports.execution().market(o("AAPL  140613C00645000"), -3);
    else if (bars == 8) ports.execution().market(o("AAPL  140719C00092860"), 20);
    else if (bars == 13) ports.execution().market(o("AAPL  140719C00092860"), -20);
  }
}
