import io.millrace.core.strategy.*;
import io.millrace.core.strategy.indicator.*;
/** Against the Bollinger bands of adjusted days, long and short, out at the mean. */
public final class AaplBands implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("aaplbands").universe("AAPL").timeframe("1d").venue("bar-close","fees-none","mark-last").allowShort().cost(CostPolicy.DEFAULT.withCommissionBps(5).withSlippageBps(2)).risk(RiskPolicy.DEFAULT.withMaxDrawdown(0.9).withKillSwitchDd(0.9)).create(AaplBands::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private final Bollinger bands = new Bollinger(20, 2);
  @Override public void bar(Bar bar) {
    Instrument i = bar.instrument();
    bands.update(bar.close());
    if (!bands.ready()) return;
    double held = ports.data().exposure(i), c = bar.close();
    if (held == 0 && c < bands.lower()) ports.execution().targetPercent(i, 0.5);
    else if (held == 0 && c > bands.upper()) ports.execution().targetPercent(i, -0.5);
    else if (held > 0 && c >= bands.value() || held < 0 && c <= bands.value()) ports.execution().close(i);
  }
}
