package io.millrace.core.engines.elasticity;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.Engine;
import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Regime;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Indicators;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.market.RealizedVolatility;
import io.millrace.core.market.RollingWindow;
import io.millrace.core.market.Sessions;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/**
 * Energy to move the price of an underlying: (resistance of the book × hedge multiplier × indicator
 * factor) × move in percent, for each side; see {@link Resistance} for the formulas.
 *
 * <p>Elasticity is 1 / energy; asymmetry is (down - up) / (down + up), positive when up is easier;
 * the cost of a day's move is the mean energy of the two sides times one standard deviation of a
 * day in percent, from the engine's own realised volatility, else the hedge engine's at-the-money
 * implied one.
 *
 * <p>Confidence: that of liquidity × (0.5 + 0.5 × that of the hedge engine), and × 0.9 while the
 * indicators warm up. Without a base cost there are no features, and confidence is 0.
 */
public final class ElasticityEngine implements Stateful {
  private static final int INITIAL = 64;
  private static final int MIN_RETURNS = 2;
  private static final int CALENDAR_DAYS = 365;
  private static final double PERCENT = 100.0;
  private static final double HALF = 0.5;
  private static final double WARMING_UP_FACTOR = 0.9;

  private final ElasticityConfig config;
  private final Resistance resistance;
  private final Instruments instruments;
  private final BarBuilder bars;
  private final EngineOutputDecoder input = new EngineOutputDecoder();
  private final EngineOutputEncoder output = new EngineOutputEncoder();
  private final FeatureTable hedge = new FeatureTable();
  private final FeatureTable liquidity = new FeatureTable();
  private final FeatureTable features = new FeatureTable();
  private Indicators[] indicators = new Indicators[INITIAL];
  private RealizedVolatility[] volatility = new RealizedVolatility[INITIAL];
  private double[] lastClose = new double[INITIAL];
  private long[] lastEnd = new long[INITIAL];
  private long[] lastSession = new long[INITIAL];

  /** An engine that has seen nothing. */
  public ElasticityEngine(final ElasticityConfig config, final Market market) {
    this.config = config;
    resistance = new Resistance(config);
    instruments = market.instruments();
    bars = new BarBuilder(instruments, config.barNanos());
  }

  /** Makes room for a defined instrument, off the hot path; without it, its first event does. */
  public void onInstrument(final int id) {
    if (id >= indicators.length) {
      final int size = Math.max(id + 1, indicators.length * 2);
      indicators = Arrays.copyOf(indicators, size);
      volatility = Arrays.copyOf(volatility, size);
      lastClose = Arrays.copyOf(lastClose, size);
      lastEnd = Arrays.copyOf(lastEnd, size);
      lastSession = Arrays.copyOf(lastSession, size);
    }
    if (!instruments.option(id) && indicators[id] == null) {
      bars.grow(id);
      indicators[id] = new Indicators();
      volatility[id] = newVolatility();
    }
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("elasticity");
    bars.state(codec);
    lastClose = codec.grown(lastClose);
    lastEnd = codec.grown(lastEnd);
    lastSession = codec.grown(lastSession);
    if (codec.loading()) {
      indicators = new Indicators[lastEnd.length];
      volatility = new RealizedVolatility[lastEnd.length];
    }
    for (int id = 0; id < indicators.length; id++) {
      if (codec.flag(indicators[id] != null)) {
        if (codec.loading()) {
          indicators[id] = new Indicators();
          volatility[id] = newVolatility();
        }
        indicators[id].state(codec);
        volatility[id].state(codec);
      }
    }
  }

  private RealizedVolatility newVolatility() {
    return new RealizedVolatility(config.volatilityBars(), RollingWindow.COUNT_ONLY);
  }

  private boolean follow(final int id) {
    if (id >= indicators.length || indicators[id] == null) {
      if (instruments.option(id)) {
        return false;
      }
      onInstrument(id);
    }
    return true;
  }

  /**
   * A print; options are ignored.
   *
   * @param price 1e-8, above 0
   * @param size 1e-8, 0 or more
   */
  public void onTrade(final int id, final long time, final long price, final long size) {
    if (follow(id) && bars.onTrade(id, time, price, size)) {
      finished(id);
    }
  }

  /** A finished bar of the feed; options are ignored. */
  public void onBar(final BarDecoder bar) {
    final int id = bar.instrumentId();
    if (follow(id) && bars.onBar(bar)) {
      finished(id);
    }
  }

  private void finished(final int id) {
    final double close = Fixed.toDouble(bars.close());
    indicators[id].update(Fixed.toDouble(bars.high()), Fixed.toDouble(bars.low()), close);
    final long end = bars.end();
    // The last nanosecond of the bar lies in its session.
    final long session = Sessions.start(instruments, id, end - 1);
    final boolean alwaysOpen = instruments.sessionClose(id) == 0;
    // No return across a closed market: its variance is not that of trading time.
    if (lastClose[id] > 0 && end > lastEnd[id] && (alwaysOpen || session == lastSession[id])) {
      volatility[id].update(end, lastClose[id], close, end - lastEnd[id]);
    }
    lastClose[id] = close;
    lastEnd[id] = end;
    lastSession[id] = session;
  }

  /**
   * Writes the features of an underlying.
   *
   * @param hedgeIndex index of the hedge engine's output among {@code out}; below 0 = none
   * @param liquidityIndex index of the liquidity engine's output; below 0 = none
   * @return index of the EngineOutput
   */
  public int evaluate(
      final int underlyingId,
      final long now,
      final Outputs out,
      final int hedgeIndex,
      final int liquidityIndex) {
    final int id = underlyingId;
    if (follow(id) && bars.advance(id, now)) {
      finished(id);
    }
    features.clear();
    double confidence = load(out, hedgeIndex, hedge);
    final boolean hedged = hedge.has(Feature.GAMMA_SIGN) && hedge.has(Feature.HEDGE_REGIME_ENERGY);
    confidence = HALF + (hedged ? HALF * confidence : 0.0);
    confidence *= load(out, liquidityIndex, liquidity);
    int quality = 0;
    if (!hedged) {
      quality = QualityEncoder.missingGreeks(quality, true);
    }
    final Indicators of = indicators[id];
    if (of == null || !of.bandsReady()) {
      quality = QualityEncoder.warmingUp(quality, true);
      confidence *= WARMING_UP_FACTOR;
    }
    final double spot = hedge.get(Feature.SPOT, lastClose[id]);
    Regime regime = Regime.DEGRADED;
    if (resistance.known(liquidity, spot)) {
      regime = measure(id, spot);
    } else {
      quality = QualityEncoder.noTrades(quality, true);
      confidence = 0;
    }
    out.begin(output);
    output.instrumentId(id).engine(Engine.ELASTICITY).regime(regime).confidence(confidence);
    Outputs.putBits(
        output.buffer(), output.offset() + EngineOutputEncoder.qualityEncodingOffset(), quality);
    features.store(output);
    return out.end(output);
  }

  private double load(final Outputs out, final int index, final FeatureTable table) {
    table.clear();
    if (index < 0) {
      return 0;
    }
    out.read(index, input);
    final double confidence = input.confidence();
    table.load(input);
    return confidence;
  }

  private Regime measure(final int id, final double spot) {
    final double base = resistance.base(liquidity, spot);
    final double sign = hedge.get(Feature.GAMMA_SIGN);
    final double pressure = Math.max(0.0, Math.min(1.0, hedge.get(Feature.HEDGE_REGIME_ENERGY)));
    final double hedgeUp =
        resistance.hedgeMultiplier(sign, pressure, resistance.wallNearness(hedge, spot, true));
    final double hedgeDown =
        resistance.hedgeMultiplier(sign, pressure, resistance.wallNearness(hedge, spot, false));
    final double bias = config.indicatorWeight() * overbought(id);
    final double up = base * hedgeUp * (1 + bias);
    final double down = base * hedgeDown * (1 - bias);
    final double asymmetry = (down - up) / (down + up);
    features.put(Feature.BASE_COST_PER_1PCT, base);
    features.put(Feature.HEDGE_MULTIPLIER_UP, hedgeUp);
    features.put(Feature.HEDGE_MULTIPLIER_DOWN, hedgeDown);
    features.put(Feature.ENERGY_TO_MOVE_1PCT_UP, up);
    features.put(Feature.ENERGY_TO_MOVE_1PCT_DOWN, down);
    features.put(Feature.ELASTICITY_UP, 1 / up);
    features.put(Feature.ELASTICITY_DOWN, 1 / down);
    features.put(Feature.ELASTICITY_ASYMMETRY, asymmetry);
    final double dailyVolatility = dailyVolatility(id);
    if (dailyVolatility > 0) {
      features.put(
          Feature.EXPECTED_MOVE_COST_1_DAY, HALF * (up + down) * dailyVolatility * PERCENT);
    }
    return regime(up, down, asymmetry);
  }

  private double overbought(final int id) {
    final Indicators of = indicators[id];
    return of != null && of.bandsReady() ? Resistance.overbought(of.percentB(), of.rsi()) : 0.0;
  }

  private double dailyVolatility(final int id) {
    final RealizedVolatility of = volatility[id];
    final double annual =
        of != null && of.size() >= MIN_RETURNS
            ? of.annualised(Sessions.year(instruments, id, config.sessionYearNanos()))
            : hedge.get(Feature.ATM_IV);
    final int days =
        instruments.sessionClose(id) == 0 ? CALENDAR_DAYS : config.sessionDaysPerYear();
    return annual / StrictMath.sqrt(days);
  }

  /**
   * The first that holds: both sides from the high threshold; both up to the low one; one side
   * clearly the easier; else normal.
   */
  private Regime regime(final double up, final double down, final double asymmetry) {
    if (Math.min(up, down) >= config.highEnergy()) {
      return Regime.HIGH_RESISTANCE;
    }
    if (Math.max(up, down) <= config.lowEnergy()) {
      return Regime.LOW_RESISTANCE;
    }
    if (Math.abs(asymmetry) >= config.asymmetry()) {
      return asymmetry > 0 ? Regime.ASYMMETRIC_UP : Regime.ASYMMETRIC_DOWN;
    }
    return Regime.NORMAL;
  }
}
