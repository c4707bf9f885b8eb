import io.millrace.core.strategy.*;
/** Rests 100 at the bid, then what it has at the ask: the queue of ticks. */
public final class IbmQueue implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("ibmqueue").universe("IBM").venue("touch","fees-ibkr-tiered","mark-last").create(IbmQueue::new);
  }
  @Override public void start(Ports given) { ports = given; }
  private long ticket, before; private double at;
  @Override public void quote(Quote q) {
    if (!ports.data().open(q.instrument()) || !(q.bid() < q.ask())) return;
    double held = ports.data().position(q.instrument());
    double want = held > 0 ? q.ask() : q.bid();
    if (want == at || q.time() - before < 2_000_000_000L) return;
    if (ticket != 0) ports.execution().cancel(ticket);
    ticket = ports.execution().postOnly(q.instrument(), held > 0 ? -held : 100, want);
    at = want; before = q.time();
  }
  @Override public void fill(Fill f) { at = Double.NaN; }
}
