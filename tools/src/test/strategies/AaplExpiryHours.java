import io.millrace.core.strategy.*;
/** A call of hours, held until it expires with the last bar of the day and brings shares. */
public final class AaplExpiryHours implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("aaplexpiryhours").universe("AAPL").timeframe("1h").venue("touch","fees-per-share").sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.0)).create(AaplExpiryHours::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int bars;
  @Override public void bar(Bar bar) {
    if (++bars == 1) ports.execution().market(ports.data().instrument("AAPL  140606C00642500"), 1);
  }
}
