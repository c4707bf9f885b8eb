import io.millrace.codecs.Engine;
import io.millrace.codecs.Feature;
import io.millrace.codecs.OptionRight;
import io.millrace.core.state.StateCodec;
import io.millrace.core.strategy.Chain;
import io.millrace.core.strategy.Instrument;
import io.millrace.core.strategy.MarketData;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.Snapshot;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import io.millrace.core.strategy.Structure;

/** Sells one iron condor a day while dealers are long gamma: they then hold the price in place. */
public final class GammaRegimeCondor implements Strategy {
  private static final long TWO_WEEKS = 14 * 86_400_000_000_000L;
  private Ports ports;
  private long lastDay = Long.MIN_VALUE;

  public static StrategyBundle bundle() {
    return StrategyBundle.named("gamma-regime-condor")
        .universe("GOOG")
        .requires("option_quote", "open_interest")
        .venue("touch", "fees-per-share")
        .create(GammaRegimeCondor::new);
  }

  @Override
  public void start(Ports given) {
    ports = given;
  }

  @Override
  public void snapshot(Snapshot snapshot) {
    boolean longGamma = snapshot.feature(Feature.GEX_1PCT) > 0;
    if (!longGamma || snapshot.confidence(Engine.HEDGE) < 0.3 || lastDay == ports.clock().day()) {
      return;
    }
    MarketData data = ports.data();
    Structure condor = new Structure();
    double spare = 0;
    for (OptionRight right : new OptionRight[] {OptionRight.PUT, OptionRight.CALL}) {
      Instrument sold = near(data.chain(snapshot.instrument()), right, 0.35);
      Instrument bought = near(data.chain(snapshot.instrument()), right, 0.10);
      if (sold == null || sold == bought) {
        return;
      }
      condor.sell(sold, 1).buy(bought, 1);
      double mid = (data.bid(sold) + data.ask(sold) - data.bid(bought) - data.ask(bought)) / 2;
      spare += data.bid(sold) - data.ask(bought) - 0.75 * mid;
    }
    if (spare >= 0) { // the market makers' spread must leave most of the premium
      ports.execution().structure(condor, 1);
      lastDay = ports.clock().day();
    }
  }

  /** Of the first expiry at least two weeks off, the option whose delta is nearest. */
  private Instrument near(Chain chain, OptionRight right, double delta) {
    Instrument best = null;
    double distance = 1;
    for (int row = 0; row < chain.size(); row++) {
      Instrument option = chain.instrument(row);
      boolean soon = option.expiry() < ports.clock().now() + TWO_WEEKS;
      boolean later = best != null && option.expiry() > best.expiry(); // rows go by expiry
      double away = Math.abs(Math.abs(chain.delta(row)) - delta);
      if (option.right() == right && !soon && !later && away < distance) {
        best = option;
        distance = away;
      }
    }
    return best;
  }

  @Override
  public void state(StateCodec codec) {
    lastDay = codec.int64(lastDay);
  }
}
