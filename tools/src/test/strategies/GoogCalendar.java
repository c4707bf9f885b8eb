import io.millrace.core.strategy.*;
/** Three calendars, opened and closed as one. */
public final class GoogCalendar implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("googcalendar").universe("GOOG").timeframe("1m").venue("touch","fees-per-share").sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.0)).create(GoogCalendar::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int state;
  private Instrument o(String s) { return ports.data().instrument(s); }
  @Override public void bar(Bar bar) {
    long t = ports.clock().timeOfDay() / 1_000_000L;
    if (state == 0 && t >= 35940000) { state = 1; ports.execution().structure(new Structure().sell(o("GOOG  160115C00750000"), 1).buy(o("GOOG  160219C00750000"), 1), 3); }
    else if (state == 1 && t >= 45120000) { state = 2; ports.execution().structure(new Structure().buy(o("GOOG  160115C00750000"), 1).sell(o("GOOG  160219C00750000"), 1), 3); }
  }
}
