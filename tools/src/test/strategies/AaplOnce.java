import io.millrace.core.strategy.*;
/** All equity on the first minute, held over the 7:1 split in adjusted prices. */
public final class AaplOnce implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("aaplonce").universe("AAPL").timeframe("1m").venue("touch","fees-per-share","mark-last").create(AaplOnce::new);
  }
  @Override public void start(Ports given) { ports = given; }
  @Override public void bar(Bar bar) {
    if (ports.data().exposure(bar.instrument()) == 0) ports.execution().targetPercent(bar.instrument(), 1.0);
  }
}
