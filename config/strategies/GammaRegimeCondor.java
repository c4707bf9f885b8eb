import io.millrace.codecs.Engine;
import io.millrace.codecs.Feature;
import io.millrace.codecs.OptionRight;
import io.millrace.core.strategy.Chain;
import io.millrace.core.strategy.Instrument;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.Snapshot;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import io.millrace.core.strategy.Structure;

/** Sells one iron condor a day while dealers are long gamma: they then hold the price in place. */
public final class GammaRegimeCondor implements Strategy {
  private static final long DAY = 86_400_000_000_000L;
  private static final double SOLD = 0.35;
  private static final double BOUGHT = 0.10;

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
    Chain chain = ports.data().chain(snapshot.instrument());
    Instrument shortPut = near(chain, OptionRight.PUT, SOLD);
    Instrument longPut = near(chain, OptionRight.PUT, BOUGHT);
    Instrument shortCall = near(chain, OptionRight.CALL, SOLD);
    Instrument longCall = near(chain, OptionRight.CALL, BOUGHT);
    if (shortPut == null || shortPut == longPut || shortCall == null || shortCall == longCall) {
      return;
    }
    double mid = mid(shortPut) - mid(longPut) + mid(shortCall) - mid(longCall);
    double credit = bid(shortPut) - ask(longPut) + bid(shortCall) - ask(longCall);
    if (credit >= 0.75 * mid) { // the market makers' spread must leave most of the premium
      ports.execution().structure(
          new Structure().buy(longPut, 1).sell(shortPut, 1).sell(shortCall, 1).buy(longCall, 1), 1);
      lastDay = ports.clock().day();
    }
  }

  private double mid(Instrument option) {
    return (bid(option) + ask(option)) / 2;
  }

  private double bid(Instrument option) {
    return ports.data().bid(option);
  }

  private double ask(Instrument option) {
    return ports.data().ask(option);
  }

  /** Of the first expiry at least two weeks off, the option whose delta is nearest. */
  private Instrument near(Chain chain, OptionRight right, double delta) {
    long expiry = 0;
    Instrument best = null;
    double distance = Double.MAX_VALUE;
    for (int row = 0; row < chain.size(); row++) {
      Instrument option = chain.instrument(row);
      if (option.expiry() < ports.clock().now() + 14 * DAY || option.right() != right) {
        continue;
      }
      expiry = expiry == 0 ? option.expiry() : expiry;
      double away = Math.abs(Math.abs(chain.delta(row)) - delta);
      if (option.expiry() == expiry && away < distance) {
        best = option;
        distance = away;
      }
    }
    return best;
  }
}
