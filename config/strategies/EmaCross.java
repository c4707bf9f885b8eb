import io.millrace.core.strategy.Bar;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import io.millrace.core.strategy.indicator.Ema;

/** Long while the fast average is above the slow one, else out. */
public final class EmaCross implements Strategy {
  private static final int FAST = 10;
  private static final int SLOW = 30;

  private final Ema fast = new Ema(FAST);
  private final Ema slow = new Ema(SLOW);
  private Ports ports;

  public static StrategyBundle bundle() {
    return StrategyBundle.named("ema-cross")
        .universe("GOOG")
        .timeframe("1m")
        .venue("touch", "fees-per-share")
        .create(EmaCross::new);
  }

  @Override
  public void start(Ports given) {
    ports = given;
  }

  @Override
  public void bar(Bar bar) {
    fast.update(bar.close());
    slow.update(bar.close());
    if (!slow.ready()) {
      return;
    }
    boolean in = ports.data().exposure(bar.instrument()) > 0;
    if (fast.value() > slow.value() && !in) {
      ports.execution().targetPercent(bar.instrument(), 1.0);
    } else if (fast.value() < slow.value() && in) {
      ports.execution().close(bar.instrument());
    }
  }
}
