import io.millrace.core.strategy.Bar;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;

/** Buys with all equity on the first bar, and holds. */
public final class SpyOnce implements Strategy {
  private Ports ports;

  public static StrategyBundle bundle() {
    return StrategyBundle.named("spy-once")
        .universe("SPY")
        .timeframe("1m")
        .venue("touch", "fees-per-share", "mark-last")
        .create(SpyOnce::new);
  }

  @Override
  public void start(Ports given) {
    ports = given;
  }

  @Override
  public void bar(Bar bar) {
    if (ports.data().exposure(bar.instrument()) == 0) {
      ports.execution().targetPercent(bar.instrument(), 1.0);
    }
  }
}
