package io.millrace.core.engines.hedge;

import io.millrace.codecs.Engine;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Regime;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.OptionChain;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import io.millrace.kernels.Kernels;
import java.util.Arrays;

/**
 * The dealer field of every underlying with options: Greeks, pressures, exposures, walls and
 * regime.
 *
 * <p>Quotes and open interest only leave a mark at their row; {@link #evaluate} solves for the
 * volatilities of the rows that changed, holds the others, and computes all Greeks and sums anew.
 * Nothing is allocated once the contracts are defined and each underlying has been evaluated once.
 *
 * <p>Greeks and volatilities come from mid prices, from a vendor, or from a vendor and where it has
 * none from mid prices: {@link GreeksSource}. Whatever the source, a contract needs a sound quote.
 * {@code vendor_greeks} and a quality flag tell what was used.
 *
 * <p>{@code hedge_regime_energy} is |Σ s·γ·OI| / Σ γ·OI, after the fields of related underlyings
 * are blended in ({@link Fusion}): 0 when what dealers are long and short cancels, 1 when all of it
 * has one sign; it does not change with the size of open interest. Confidence is the share of the
 * open interest struck near the money whose Greeks are usable, times the configured factors for a
 * forward without parity and for a degraded chain.
 */
public final class HedgeEngine implements ChainGreeks.Source, Stateful {
  private static final int INITIAL = 64;

  private final HedgeConfig config;
  private final Market market;
  private final Kernels kernels;
  private final RegimeRules rules;
  private final long staleNanos;
  private final FeatureTable features = new FeatureTable();
  private final EngineOutputEncoder output = new EngineOutputEncoder();
  private final Fusion fusion;
  private Fusion.Field volatilityIndex = new Fusion.Field();
  private Dealer[] dealers = new Dealer[INITIAL];
  private int quality;
  private double confidence;
  private boolean thin;
  private Regime regime = Regime.NONE;

  /** What is kept of one underlying. */
  private static final class Dealer {
    final MarkedChain marked;
    final DealerField field;
    final StrikeLadder ladder;
    final ZeroGamma zeroGamma;
    final String symbol;
    final Fusion.Field shared = new Fusion.Field();
    int ladderLayout = -1;

    /** Open interest or contracts changed since zero gamma was priced. */
    boolean repriceDue = true;

    Dealer(final OptionChain chain, final HedgeEngine engine) {
      marked = new MarkedChain(chain, engine.market.instruments(), engine.config, engine.kernels);
      field = new DealerField(engine.kernels);
      ladder = new StrikeLadder(engine.kernels);
      zeroGamma = new ZeroGamma(engine.config, engine.kernels);
      symbol = engine.market.instruments().symbol(chain.underlyingId());
      engine.fusion.join(symbol, shared);
      if (symbol.equals(engine.config.volatilityIndex())) {
        engine.volatilityIndex = shared;
      }
    }

    void state(final StateCodec codec) {
      marked.state(codec);
      ladder.state(codec);
      zeroGamma.state(codec);
      shared.state(codec);
      ladderLayout = codec.int32(ladderLayout);
      repriceDue = codec.flag(repriceDue);
    }
  }

  /** An engine on the kernels that the machine and the system property select. */
  public HedgeEngine(final HedgeConfig config, final Market market) {
    this(config, market, Kernels.select());
  }

  HedgeEngine(final HedgeConfig config, final Market market, final Kernels kernels) {
    this.config = config;
    this.market = market;
    this.kernels = kernels;
    rules = new RegimeRules(config);
    fusion = new Fusion(config);
    staleNanos = config.staleQuoteSeconds() * MarkedChain.NANOS_PER_SECOND;
  }

  /**
   * An accepted quote of an option.
   *
   * @param underlyingId whose chain
   * @param row of the chain
   */
  public void onOptionQuote(final int underlyingId, final int row) {
    if (underlyingId < dealers.length && dealers[underlyingId] != null) {
      dealers[underlyingId].marked.touch(row);
    }
  }

  /**
   * Accepted open interest of an option.
   *
   * @param underlyingId whose chain
   * @param row of the chain
   */
  public void onOpenInterest(final int underlyingId, final int row) {
    if (underlyingId < dealers.length && dealers[underlyingId] != null) {
      dealers[underlyingId].repriceDue = true;
    }
  }

  /**
   * Accepted Greeks of a vendor.
   *
   * @param underlyingId whose chain
   * @param row of the chain
   */
  public void onVendorGreeks(final int underlyingId, final int row) {
    if (config.greeksSource() != GreeksSource.COMPUTED) {
      onOpenInterest(underlyingId, row);
    }
  }

  /** Loads after the market, whose chains it stands beside. */
  @Override
  public void state(final StateCodec codec) {
    codec.part("hedge");
    final int length = codec.int32(dealers.length);
    if (codec.loading()) {
      dealers = new Dealer[length];
    }
    for (int id = 0; id < length; id++) {
      if (codec.flag(dealers[id] != null)) {
        dealer(id, market.chain(id)).state(codec);
      }
    }
  }

  @Override
  public ChainGreeks greeks(final int underlyingId) {
    return underlyingId < dealers.length && dealers[underlyingId] != null
        ? dealers[underlyingId].marked
        : null;
  }

  /**
   * Evaluates one underlying and appends its output.
   *
   * @param underlyingId what is due
   * @param now event time, nanoseconds
   * @return index of the EngineOutput
   */
  public int evaluate(final int underlyingId, final long now, final Outputs out) {
    features.clear();
    confidence = 0.0;
    regime = Regime.DEGRADED;
    quality = 0;
    final OptionChain chain = market.chain(underlyingId);
    if (chain == null || chain.from() >= chain.to()) {
      withoutChain(underlyingId, chain, now);
    } else {
      final Dealer dealer = dealer(underlyingId, chain);
      dealer.shared.sound = false;
      measure(dealer, now);
    }
    putFriction(now);
    return emit(underlyingId, out);
  }

  /**
   * {@code vix_friction_factor}: how far calls outweigh puts near the spot of the volatility index,
   * max(0, C − P) / (C + P) with C and P the gamma × open interest struck within {@code
   * near_money}. Whoever bought those calls is hedged by buying volatility as it rises, and that
   * falls together with selling shares: the nearer to 1, the more a fall feeds on itself. 0 and
   * flagged without a fresh, sound chain of the index.
   */
  private void putFriction(final long now) {
    final boolean fresh = volatilityIndex.fresh(now, staleNanos);
    quality = QualityEncoder.noVix(quality, !fresh);
    features.put(Feature.VIX_FRICTION_FACTOR, fresh ? volatilityIndex.callExcess : 0.0);
  }

  private void withoutChain(final int underlyingId, final OptionChain chain, final long now) {
    quality = QualityEncoder.noChain(quality, true);
    quality = QualityEncoder.missingGreeks(quality, true);
    features.put(Feature.CONTRACTS_USED, 0.0);
    features.put(Feature.CONTRACTS_EXCLUDED, chain == null ? 0.0 : chain.to());
    final double mark = spot(underlyingId);
    if (mark > 0.0) {
      features.put(Feature.SPOT, mark);
    } else {
      quality = QualityEncoder.noSpot(quality, true);
    }
    if (chain != null && greeks(underlyingId) != null) {
      // All contracts expired: the Greeks must say so too.
      dealers[underlyingId].shared.sound = false;
      dealers[underlyingId].marked.mark(mark, now);
    }
  }

  private void measure(final Dealer dealer, final long now) {
    final MarkedChain marked = dealer.marked;
    final boolean priced = marked.mark(spot(marked.underlyingId()), now);
    dealer.repriceDue |= marked.changed();
    countContracts(marked, priced);
    if (!priced) {
      quality = QualityEncoder.noSpot(quality, true);
      quality = QualityEncoder.missingGreeks(quality, true);
      return;
    }
    features.put(Feature.SPOT, marked.spot());
    quality = QualityEncoder.noBook(quality, marked.spotFromParity());
    if (!marked.spotFromParity()
        && now - market.books().markTime(marked.underlyingId()) > staleNanos) {
      quality = QualityEncoder.staleQuotes(quality, true);
      thin = true;
    }
    quality = QualityEncoder.deAmericanised(quality, marked.deAmericanised());
    final int front = readSmile(marked);
    final double pain = maxPain(marked);
    if (pain > 0.0) {
      features.put(Feature.MAX_PAIN, pain);
    }
    final DealerField field = dealer.field;
    field.sum(marked, config.nearMoney());
    features.put(Feature.NO_OPEN_INTEREST, field.withoutInterest);
    if (marked.used() == 0) {
      quality = QualityEncoder.missingGreeks(quality, true);
    } else if (!field.held) {
      quality = QualityEncoder.noOpenInterest(quality, true);
    } else {
      climb(dealer, now);
      judge(dealer, front, now);
    }
  }

  /** Price to value by; 0 = none. */
  private double spot(final int underlyingId) {
    final long mark = market.books().mark(underlyingId);
    return mark == Fixed.NONE || mark <= 0 ? 0.0 : Fixed.toDouble(mark);
  }

  /** What is used and left out; without a spot everything is left out, whatever its quote. */
  private void countContracts(final MarkedChain marked, final boolean priced) {
    final OptionChain chain = marked.chain();
    final int live = chain.to() - chain.from();
    final int[] excluded = marked.excluded;
    for (final Exclusion reason : Exclusion.all()) {
      final int count = excluded[reason.code()];
      if (priced && count > 0) {
        features.put(reason.feature(), count);
      }
    }
    if (marked.vendorUsed() > 0) {
      quality = QualityEncoder.vendorGreeks(quality, true);
      features.put(Feature.VENDOR_GREEKS, marked.vendorUsed());
    }
    features.put(Feature.CONTRACTS_USED, marked.used());
    features.put(Feature.CONTRACTS_EXCLUDED, chain.to() - marked.used());
    final boolean zeroBids = marked.withoutBid() > config.maxZeroBidShare() * live;
    final boolean stale = excluded[Exclusion.STALE.code()] > config.maxStaleShare() * live;
    final boolean few = marked.used() < config.minContracts();
    quality = QualityEncoder.zeroBids(quality, zeroBids);
    quality = QualityEncoder.staleQuotes(quality, stale);
    quality = QualityEncoder.fewContracts(quality, few);
    thin = zeroBids || stale || few;
  }

  /** At-the-money volatilities, skew, forward; returns the front expiry or -1. */
  private int readSmile(final MarkedChain marked) {
    final int front = marked.front();
    if (front < 0) {
      return front;
    }
    final Expiries expiries = marked.expiries;
    final double atmIv = expiries.atmIv[front];
    features.put(Feature.ATM_IV, atmIv);
    features.put(Feature.ATM_IV_30D, marked.atmIv30());
    putLevel(Feature.ATM_IV_7D, expiries.atmIvWithin(7));
    putLevel(Feature.ATM_IV_60D, expiries.atmIvWithin(60));
    putLevel(Feature.ATM_IV_90D, expiries.atmIvWithin(90));
    features.put(Feature.EXPECTED_MOVE, atmIv * Math.sqrt(expiries.tau[front]));
    features.put(Feature.FRONT_FORWARD, expiries.forward[front]);
    features.put(Feature.FRONT_DAYS, expiries.tau[front] * Expiries.DAYS_PER_YEAR);
    quality = QualityEncoder.configuredCarry(quality, !expiries.parity[front]);
    final double skew =
        SmileReader.skew25(
            marked, marked.chain().calls(), expiries.firstRow[front], expiries.endRow[front]);
    if (!Double.isNaN(skew)) {
      features.put(Feature.SKEW_25D, skew);
    }
    return front;
  }

  /** Of the nearest live expiry with open interest. */
  private static double maxPain(final MarkedChain marked) {
    double strike = MaxPain.NONE;
    for (int e = 0; e < marked.expiries() && strike == MaxPain.NONE; e++) {
      strike =
          MaxPain.strike(marked.chain(), marked.multiplier, marked.firstRow(e), marked.endRow(e));
    }
    return strike;
  }

  /** Gamma by strike, and the level where it changes sign. */
  private void climb(final Dealer dealer, final long now) {
    final MarkedChain marked = dealer.marked;
    final StrikeLadder ladder = dealer.ladder;
    final ZeroGamma zeroGamma = dealer.zeroGamma;
    if (dealer.ladderLayout != marked.layout()) {
      dealer.ladderLayout = marked.layout();
      ladder.layOut(marked.chain());
      zeroGamma.reserve(marked.contracts.capacity());
    }
    final boolean reprice = dealer.repriceDue || zeroGamma.due(marked.spot(), now);
    dealer.repriceDue = false;
    final double[] interest = marked.chain().openInterests();
    final double[] gamma = marked.greeks.gamma();
    final boolean[] calls = marked.chain().calls();
    ladder.clear();
    if (reprice) {
      zeroGamma.clear();
    }
    for (int row = marked.from(); row < marked.to(); row++) {
      if (marked.usable(row) && interest[row] > 0.0) {
        final double weight = interest[row] * marked.multiplier[row];
        ladder.add(row, calls[row], gamma[row] * weight);
        if (reprice) {
          zeroGamma.add(marked.contracts, row, weight, marked.sign[row]);
        }
      }
    }
    ladder.close();
    if (reprice) {
      zeroGamma.price(marked.spot(), now);
    }
  }

  private void judge(final Dealer dealer, final int front, final long now) {
    final DealerField field = dealer.field;
    fusion.blend(dealer.symbol, field, now);
    final StrikeLadder ladder = dealer.ladder;
    final double spot = dealer.marked.spot();
    final Expiries expiries = dealer.marked.expiries;
    final double atmIv = front < 0 ? 0.0 : expiries.atmIv[front];
    final int gammaSign = sign(fusion.gammaRatio);
    final int vannaSign = sign(fusion.vannaRatio);
    final double energy = Math.abs(fusion.gammaRatio);
    final double concentration = ladder.concentration();
    final double squeezeRatio = ladder.squeezeRatio(spot);
    final double vannaShare = rules.vannaShare(field.gex, field.vex, atmIv);
    putGamma(field);
    features.put(Feature.GAMMA_SIGN, gammaSign);
    features.put(Feature.HEDGE_REGIME_ENERGY, energy);
    features.put(Feature.GAMMA_CONCENTRATION, concentration);
    features.put(Feature.SQUEEZE_RATIO, squeezeRatio);
    features.put(Feature.GAMMA_SPREAD, field.gammaSpread);
    putLevel(Feature.CALL_WALL, ladder.callWall());
    putLevel(Feature.PUT_WALL, ladder.putWall());
    putLevel(Feature.ZERO_GAMMA, dealer.zeroGamma.level());
    if (dealer.marked.partial()) {
      quality = QualityEncoder.missingGreeks(quality, true);
      return;
    }
    putVannaAndCharm(field);
    features.put(Feature.VANNA_SIGN, vannaSign);
    features.put(Feature.VANNA_FLOW_SHARE, vannaShare);
    confidence = field.coverage;
    if (front >= 0 && !expiries.parity[front]) {
      confidence *= config.configuredCarryConfidence();
    }
    if (thin) {
      confidence *= config.degradedConfidence();
      return;
    }
    share(dealer, now);
    regime =
        rules.judge(
            gammaSign,
            vannaSign,
            energy,
            field.gammaSpread,
            Math.abs(ladder.gammaPeak() - spot) / spot,
            concentration,
            dealer.marked.nearestDays(),
            squeezeRatio,
            vannaShare);
  }

  /** Leaves the own field for those that this underlying is related to. */
  private void share(final Dealer dealer, final long now) {
    final Fusion.Field shared = dealer.shared;
    shared.gammaRatio = dealer.field.gammaRatio;
    shared.vannaRatio = dealer.field.vannaRatio;
    shared.charmRatio = dealer.field.charmRatio;
    shared.callExcess = dealer.ladder.callExcess(dealer.marked.spot(), config.nearMoney());
    shared.time = now;
    shared.sound = true;
  }

  /** Exposures in currency are those of the own options; net pressures have the related blended. */
  private void putGamma(final DealerField field) {
    final boolean blended = fusion.used > 0;
    features.put(Feature.GAMMA_PRESSURE, field.gamma);
    features.put(
        Feature.NET_GAMMA_PRESSURE, blended ? fusion.gammaRatio * field.gamma : field.netGamma);
    features.put(Feature.GEX_1PCT, field.gex);
    features.put(Feature.DEALER_CONVENTION, config.dealerConvention().code());
    if (fusion.configured) {
      features.put(Feature.RELATED_USED, fusion.used);
      features.put(Feature.OWN_GAMMA_RATIO, field.gammaRatio);
      features.put(Feature.OWN_VANNA_RATIO, field.vannaRatio);
    }
  }

  private void putVannaAndCharm(final DealerField field) {
    final boolean blended = fusion.used > 0;
    features.put(Feature.VANNA_PRESSURE, field.vanna);
    features.put(Feature.CHARM_PRESSURE, field.charm);
    features.put(
        Feature.NET_VANNA_PRESSURE, blended ? fusion.vannaRatio * field.vannaSize : field.netVanna);
    features.put(
        Feature.NET_CHARM_PRESSURE, blended ? fusion.charmRatio * field.charmSize : field.netCharm);
    features.put(Feature.VEX_1VOL, field.vex);
    features.put(Feature.CEX_1DAY, field.cex);
  }

  /** A price level or a volatility, if there is one. */
  private void putLevel(final Feature feature, final double level) {
    if (level > 0.0) {
      features.put(feature, level);
    }
  }

  private int sign(final double ratio) {
    return Math.abs(ratio) < config.neutralBand() || ratio == 0.0 ? 0 : ratio > 0.0 ? 1 : -1;
  }

  private Dealer dealer(final int underlyingId, final OptionChain chain) {
    if (underlyingId >= dealers.length) {
      dealers = Arrays.copyOf(dealers, Integer.highestOneBit(underlyingId) << 1);
    }
    if (dealers[underlyingId] == null) {
      dealers[underlyingId] = new Dealer(chain, this);
    }
    return dealers[underlyingId];
  }

  private int emit(final int underlyingId, final Outputs out) {
    out.begin(output);
    output.instrumentId(underlyingId).engine(Engine.HEDGE).regime(regime).confidence(confidence);
    Outputs.putBits(
        output.buffer(), output.offset() + EngineOutputEncoder.qualityEncodingOffset(), quality);
    features.store(output);
    return out.end(output);
  }
}
