import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** A crossing of hours, bought at the next open and guarded by a stop 1.5 % below the fill. */
public final class AaplStops implements Strategy {
  private Ports ports;
  private boolean above;
  private long stop;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("aaplstops").universe("AAPL").timeframe("1h").venue("next-open", "mark-last", "fees-per-share")
        .risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(AaplStops::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Ema fast = new Ema(12), slow = new Ema(26);
  @Override public void bar(Bar bar) {
    fast.update(bar.close()); slow.update(bar.close());
    if (!slow.ready()) return;
    boolean now = fast.value() > slow.value();
    double held = ports.data().position(bar.instrument());
    if (now && !above && held == 0) ports.execution().market(bar.instrument(), 100);
    else if (!now && above && held > 0) {
      ports.execution().cancel(stop);
      ports.execution().close(bar.instrument());
    }
    above = now;
  }
  @Override public void fill(Fill fill) {
    if (fill.quantity() > 0) stop = ports.execution().stop(fill.instrument(), -100, fill.price() * 0.985);
  }
}
