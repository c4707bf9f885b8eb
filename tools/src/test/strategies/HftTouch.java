import io.millrace.core.strategy.*;
/** Follows an imbalance of the touch, the size displayed, at once. */
public final class HftTouch implements Strategy {
  private Ports ports;
  public static StrategyBundle bundle() {
    return StrategyBundle.named("hfttouch").universe("BTCUSDT-PERP").venue("touch","fees-binance-vip9","mark-mid").allowShort().create(HftTouch::new);
  }
  @Override public void start(Ports given) { ports = given; }
  @Override public void quote(Quote q) {
    double b = q.bidSize(), a = q.askSize(), held = ports.data().exposure(q.instrument());
    if (b > 20 * a && held <= 0) ports.execution().target(q.instrument(), 1.5);
    else if (a > 20 * b && held >= 0) ports.execution().target(q.instrument(), -1.5);
  }
}
