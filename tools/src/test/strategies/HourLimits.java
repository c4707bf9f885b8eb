import io.millrace.core.strategy.*;
/** Rests half a percent below each hour's close, over night too; sells when it is above by a percent. */
public final class HourLimits implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("hourlimits").universe("AAPL").timeframe("1h").venue("bar-close","fees-ibkr-tiered","mark-last").risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(HourLimits::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private long ticket;
  @Override public void bar(Bar bar) {
    Instrument i = bar.instrument();
    MarketData d = ports.data();
    if (d.position(i) == 0) {
      if (ticket != 0) ports.execution().cancel(ticket);
      ticket = ports.execution().limit(i, 100, Math.floor(bar.close() * 0.995 * 100) / 100);
    } else if (bar.close() > d.averagePrice(i) * 1.01) { ticket = 0; ports.execution().close(i); }
  }
}
