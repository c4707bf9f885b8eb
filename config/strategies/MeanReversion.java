import io.millrace.core.state.StateCodec;
import io.millrace.core.strategy.Bar;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.RiskPolicy;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import io.millrace.core.strategy.indicator.ZScore;

/** Buys two deviations below the mean of twenty bars, sells short two above, out at the mean. */
public final class MeanReversion implements Strategy {
  private static final int LENGTH = 20;
  private static final double ENTER = 2.0;

  private final ZScore score = new ZScore(LENGTH);
  private Ports ports;

  public static StrategyBundle bundle() {
    return StrategyBundle.named("mean-reversion")
        .universe("GOOG")
        .timeframe("1m")
        .venue("touch", "fees-per-share")
        .risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.05))
        .allowShort()
        .create(MeanReversion::new);
  }

  @Override
  public void start(Ports given) {
    ports = given;
  }

  @Override
  public void bar(Bar bar) {
    score.update(bar.close());
    if (!score.ready()) {
      return;
    }
    double z = score.value();
    double held = ports.data().exposure(bar.instrument());
    if (held == 0 && Math.abs(z) >= ENTER) {
      ports.execution().targetPercent(bar.instrument(), z < 0 ? 0.5 : -0.5);
    } else if (held * z > 0) {
      ports.execution().close(bar.instrument());
    }
  }

  @Override
  public void state(StateCodec codec) {
    score.state(codec);
  }
}
