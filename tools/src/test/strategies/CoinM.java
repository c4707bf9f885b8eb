import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** Shorts an inverse perpetual of 100 dollars a contract while it is above its mean by two deviations. */
public final class CoinM implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("coinm").universe("BTCUSD-PERP.BINANCE").timeframe("5m").venue("touch","fees-binance-coinm","mark-mid").allowShort().create(CoinM::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final ZScore z = new ZScore(24);
  @Override public void bar(Bar bar) {
    Instrument i = bar.instrument();
    z.update(bar.close());
    if (!z.ready()) return;
    double held = ports.data().exposure(i);
    if (held == 0 && z.value() > 1.5) ports.execution().targetPercent(i, -0.5);
    else if (held == 0 && z.value() < -1.5) ports.execution().targetPercent(i, 0.5);
    else if (held * z.value() > 0) ports.execution().close(i);
  }
}
