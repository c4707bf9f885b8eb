import io.millrace.core.strategy.*;
/** Two symbols at fixed weights each three weeks: what is over sells first. */
public final class Rebalance implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("rebalance").universe("SPY","AAPL").timeframe("1d").venue("next-open","fees-per-share","mark-last")
   .risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(Rebalance::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int month = -1, pending;
  private final double[] weight = {0.6, 0.4};
  @Override public void bar(Bar bar) {
    if (bar.instrument() != ports.data().universe(1)) return;
    int m = (int) (ports.clock().day() / 21);
    if (m == month) return;
    month = m;
    for (int sell = 1; sell >= 0; sell--)
      for (int i = 0; i < 2; i++) {
        Instrument it = ports.data().universe(i);
        boolean over = ports.data().position(it) * ports.data().last(it) > weight[i] * 0.9975 * ports.data().equity();
        if (over == (sell == 1)) ports.execution().targetPercent(it, weight[i]);
      }
  }
}
