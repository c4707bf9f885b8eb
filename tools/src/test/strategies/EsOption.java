import io.millrace.core.strategy.*;
/** Two calls on a future, bought and sold within the evening. */
public final class EsOption implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("esoption").universe("ES202003.CME").timeframe("1m").venue("touch").sizing(SizingPolicy.DEFAULT.withPerTradeRisk(1.0)).create(EsOption::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private int bars;
  private Instrument o() { return ports.data().instrument("ES    200320C03230000"); }
  @Override public void bar(Bar bar) {
    bars++;
    if (bars == 11) ports.execution().market(o(), 2);
    else if (bars == 51) ports.execution().market(o(), -2);
  }
}
