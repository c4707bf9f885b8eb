import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** Turtles on days: in above the highest of twenty days before, out below the lowest of ten. */
public final class SpyDonchian implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("spydonchian").universe("SPY").timeframe("1d").venue("next-open","fees-ibkr-fixed","mark-last").risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(SpyDonchian::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Donchian in = new Donchian(20), out = new Donchian(10);
  @Override public void bar(Bar bar) {
    Instrument i = bar.instrument();
    boolean ready = in.ready();
    double high = in.upper(), low = out.lower();
    in.update(bar.high(), bar.low()); out.update(bar.high(), bar.low());
    if (!ready) return;
    double held = ports.data().exposure(i);
    if (held == 0 && bar.close() > high) ports.execution().targetPercent(i, 1.0);
    else if (held > 0 && bar.close() < low) ports.execution().close(i);
  }
}
