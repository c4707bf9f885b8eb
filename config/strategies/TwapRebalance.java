import io.millrace.core.state.StateCodec;
import io.millrace.core.strategy.Instrument;
import io.millrace.core.strategy.MarketData;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;

/** Goes to equal weights over the universe in slices of time, maker first. */
public final class TwapRebalance implements Strategy {
  private static final long MINUTE = 60_000_000_000L;
  private static final int SLICES = 12;

  private Ports ports;
  private int slice;

  public static StrategyBundle bundle() {
    return StrategyBundle.named("twap-rebalance").universe("GOOG").create(TwapRebalance::new);
  }

  @Override
  public void start(Ports given) {
    ports = given;
    ports.clock().every("slice", 5 * MINUTE);
  }

  @Override
  public void timer(String name) {
    MarketData data = ports.data();
    Instrument first = data.universe(0);
    if (!data.open(first) || slice == SLICES) {
      return;
    }
    slice++;
    double share = 0.98 * slice / SLICES / data.universeSize();
    for (int i = 0; i < data.universeSize(); i++) {
      Instrument instrument = data.universe(i);
      double price = data.mark(instrument);
      if (price > 0) {
        double wanted = Math.floor(data.equity() * share / price);
        ports.execution().work(instrument, wanted - data.exposure(instrument));
      }
    }
  }

  @Override
  public void state(StateCodec codec) {
    slice = codec.int32(slice);
  }
}
