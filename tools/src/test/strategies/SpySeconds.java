import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** Two averages of seconds, at the touch. */
public final class SpySeconds implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("spyseconds").universe("SPY").timeframe("1s").venue("touch","fees-per-share","mark-last").create(SpySeconds::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Ema fast = new Ema(60), slow = new Ema(300);
  @Override public void bar(Bar bar) {
    fast.update(bar.close()); slow.update(bar.close());
    if (!slow.ready()) return;
    boolean in = ports.data().exposure(bar.instrument()) > 0;
    if (fast.value() > slow.value() && !in) ports.execution().targetPercent(bar.instrument(), 0.5);
    else if (fast.value() < slow.value() && in) ports.execution().close(bar.instrument());
  }
}
