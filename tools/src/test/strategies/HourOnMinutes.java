import io.millrace.core.strategy.*;
/** Hours made of minutes: long after a rise, at the open of the next minute. */
public final class HourOnMinutes implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("houronminutes").universe("SPY").timeframe("1h").venue("next-open","fees-per-share","mark-last").create(HourOnMinutes::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private double before = Double.NaN;
  @Override public void bar(Bar bar) {
    boolean up = bar.close() > before, first = Double.isNaN(before);
    before = bar.close();
    if (first) return;
    boolean in = ports.data().exposure(bar.instrument()) > 0;
    if (up && !in) ports.execution().market(bar.instrument(), 500);
    else if (!up && in) ports.execution().close(bar.instrument());
  }
}
