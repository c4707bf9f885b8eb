import io.millrace.codecs.OptionRight;
import io.millrace.core.strategy.Bar;
import io.millrace.core.strategy.Chain;
import io.millrace.core.strategy.Instrument;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;

/** Buys the farthest expiry's put at the money once, and sells it at the close. */
public final class PutToTheClose implements Strategy {
  private static final long DAY = 86_400_000_000_000L;
  private Ports ports;
  private Instrument held;

  public static StrategyBundle bundle() {
    return StrategyBundle.named("put-to-the-close")
        .universe("GOOG")
        .venue("touch", "fees-per-share")
        .create(PutToTheClose::new);
  }

  @Override
  public void start(Ports given) {
    ports = given;
  }

  @Override
  public void bar(Bar bar) {
    if (held == null) {
      Chain chain = ports.data().chain(bar.instrument());
      long expiry = 0;
      for (int i = 0; i < chain.expiryCount(); i++) {
        if (chain.expiry(i) <= ports.clock().now() + 180 * DAY) {
          expiry = chain.expiry(i);
        }
      }
      int best = -1;
      for (int row = 0; row < chain.size(); row++) {
        Instrument option = chain.instrument(row);
        if (option.expiry() == expiry
            && option.right() == OptionRight.PUT
            && (best < 0
                || Math.abs(option.strike() - bar.close())
                    < Math.abs(chain.instrument(best).strike() - bar.close()))) {
          best = row;
        }
      }
      held = chain.instrument(best);
      ports.log().info("buys " + held.symbol() + " at " + chain.ask(best));
      ports.execution().market(held, 1);
    } else if (ports.clock().untilClose(bar.instrument()) <= 0) {
      ports.execution().close(held);
    }
  }
}
