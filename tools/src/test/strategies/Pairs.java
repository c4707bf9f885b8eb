import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** The ratio of two shares returns to its mean: one long, the other short. */
public final class Pairs implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("pairs").universe("AAPL","SPY").timeframe("1d").venue("next-open","fees-per-share","mark-last").allowShort().risk(RiskPolicy.DEFAULT.withMaxLeverage(2).withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(Pairs::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final ZScore z = new ZScore(60);
  @Override public void bar(Bar bar) {
    MarketData d = ports.data();
    Instrument a = d.universe(0), s = d.universe(1);
    if (bar.instrument() != s || Double.isNaN(d.last(a))) return;
    z.update(d.last(a) / d.last(s));
    if (!z.ready()) return;
    double held = d.position(a), v = z.value();
    if (held == 0 && Math.abs(v) > 2) {
      double sign = v < 0 ? 1 : -1;
      ports.execution().market(a, sign * Math.floor(30000 / d.last(a)));
      ports.execution().market(s, -sign * Math.floor(30000 / d.last(s)));
    } else if (held > 0 && v > -0.5 || held < 0 && v < 0.5) {
      ports.execution().close(a); ports.execution().close(s);
    }
  }
}
