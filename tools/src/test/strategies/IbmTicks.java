import io.millrace.core.strategy.*;
/** A hundred shares each thousandth print, bought and sold in turn. */
public final class IbmTicks implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("ibmticks").universe("IBM").timeframe("1m").venue("touch","fees-per-share","mark-last").create(IbmTicks::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int n;
  @Override public void trade(Trade trade) {
    if (++n % 1000 == 0) ports.execution().market(trade.instrument(), (n / 1000) % 2 == 1 ? 100 : -100);
  }
}
