import io.millrace.core.state.StateCodec;
import io.millrace.core.strategy.Bar;
import io.millrace.core.strategy.Parameters;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import io.millrace.core.strategy.indicator.Ema;

/** Long while the fast average is above the slow one, else out. */
public final class EmaCross implements Strategy {
  private final Ema fast;
  private final Ema slow;
  private Ports ports;

  EmaCross(Parameters values) {
    fast = new Ema(values.whole("fast"));
    slow = new Ema(values.whole("slow"));
  }

  public static StrategyBundle bundle() {
    return StrategyBundle.named("ema-cross")
        .universe("GOOG")
        .timeframe("1m")
        .param("fast", 10, 2, 200)
        .param("slow", 30, 3, 1_000)
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

  @Override
  public void state(StateCodec codec) {
    fast.state(codec);
    slow.state(codec);
  }
}
