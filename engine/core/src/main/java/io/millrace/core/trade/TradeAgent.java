package io.millrace.core.trade;

import io.millrace.codecs.Action;
import io.millrace.codecs.Feature;
import io.millrace.codecs.IdeaStatus;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.Reason;
import io.millrace.codecs.Side;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.StrategyKind;
import io.millrace.codecs.SuggestionDecoder;
import io.millrace.codecs.TagsDecoder;
import io.millrace.codecs.TradeIdeaEncoder;
import io.millrace.core.market.Books;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.SuggestionDraft;
import io.millrace.kernels.Kernels;

/**
 * Turns the composite suggestion into ideas.
 *
 * <table>
 * <caption>What is proposed</caption>
 * <tr><th>composite</th><th>confidence</th><th>ideas</th></tr>
 * <tr><td>long</td><td>minConfidence</td><td>volatility rich: bull put spread, else call debit
 *   spread; if the chain has none, the other of the two; if neither, long stock</td></tr>
 * <tr><td>long</td><td>stockConfidence</td><td>long stock as well</td></tr>
 * <tr><td>short</td><td>the same</td><td>bear call spread, put debit spread, short stock</td></tr>
 * <tr><td>spread</td><td>minConfidence</td><td>the structure of its side, at neutralRiskShare of
 *   the risk; no stock</td></tr>
 * <tr><td>flat, complex</td><td>neutralConfidence</td><td>in a range or with rich volatility, and
 *   volatility not cheap: iron condor, at neutralRiskShare of the risk</td></tr>
 * <tr><td>anything</td><td>below</td><td>nothing</td></tr>
 * </table>
 *
 * <p>What was wanted but does not qualify is appended as DECLINED with the reason. Costs, worst
 * case and breakevens are at the legs' mids (the legs carry bid and ask for the natural price),
 * without fees. Breakevens bound the profit: it lies above the low one and below the high one; null
 * = open on that side.
 *
 * <p>Side: of stock its direction; of a structure BUY when it pays a debit, SELL when it takes a
 * credit. Target and stop: price of the stock, or net price of the structure per unit of multiplier
 * in the sense of the cost (debit above 0, credit below). Stock is judged by a lognormal with no
 * drift over its horizon, so its expected value is 0.
 */
public final class TradeAgent {
  private static final double DAYS_OF_YEAR = 365.0;

  private final TradeConfig config;
  private final Market market;
  private final ChainSearch search;
  private final Lognormal lognormal;
  private final IdeaKey key;
  private final long budget;
  private final long neutralBudget;
  private final long maxNotional;
  private final SnapshotDecoder snapshot = new SnapshotDecoder();
  private final SuggestionDecoder composite = new SuggestionDecoder();
  private final FeatureTable features = new FeatureTable();
  private final TradeIdeaEncoder idea = new TradeIdeaEncoder();
  private final Structure structure = new Structure();
  private final Payoff payoff = new Payoff();
  private Outputs out;
  private int underlyingId;
  private long tags;
  private double confidence;

  /**
   * A trade agent.
   *
   * @param source the Greeks of the live chains
   * @param kernels owned by this agent's thread
   */
  public TradeAgent(
      final TradeConfig config,
      final Market market,
      final ChainGreeks.Source source,
      final Kernels kernels) {
    this.config = config;
    this.market = market;
    search = new ChainSearch(config.chain(), market, source);
    lognormal = new Lognormal(kernels);
    key = new IdeaKey(config.ideaWindowNanos());
    final long capital = Fixed.fromDouble(config.capital());
    budget = Fixed.mul(capital, Fixed.fromDouble(config.perTradeRisk()));
    neutralBudget = Fixed.mul(budget, Fixed.fromDouble(config.neutralRiskShare()));
    maxNotional = Fixed.mul(capital, Fixed.fromDouble(config.maxNotionalPct()));
  }

  /**
   * Appends the ideas that the composite calls for, proposed and declined.
   *
   * @param snapshotIndex the Snapshot in {@code outputs}
   * @param compositeIndex the composite Suggestion in {@code outputs}
   * @return how many TradeIdea messages were appended; they are the last ones
   */
  public int propose(final Outputs outputs, final int snapshotIndex, final int compositeIndex) {
    out = outputs;
    out.read(snapshotIndex, snapshot);
    out.read(compositeIndex, composite);
    features.clear();
    features.load(snapshot);
    underlyingId = snapshot.instrumentId();
    tags = SuggestionDraft.tagBits(composite);
    confidence = composite.confidence();
    final int before = out.count();
    final Action action = composite.action();
    switch (action) {
      case LONG:
      case SHORT:
        takeSide(action == Action.LONG);
        break;
      case SPREAD:
        lean(composite.expectedMove());
        break;
      case FLAT:
      case COMPLEX:
        stayNeutral();
        break;
      default:
        throw new IllegalStateException("composite without a stance: " + action);
    }
    return out.count() - before;
  }

  private void takeSide(final boolean up) {
    if (confidence < config.minConfidence()) {
      return;
    }
    final boolean structured = structureOf(up, budget);
    if (!structured || confidence >= config.stockConfidence()) {
      stock(up);
    }
  }

  private void lean(final double move) {
    if (confidence >= config.minConfidence() && move != 0) {
      structureOf(move > 0, neutralBudget);
    }
  }

  private void stayNeutral() {
    final boolean range = TagsDecoder.rangeBound(tags);
    final boolean wanted = range || TagsDecoder.volRich(tags);
    if (confidence >= config.neutralConfidence()
        && wanted
        && !TagsDecoder.volCheap(tags)
        && search.hasChain(underlyingId)) {
      final Reason why = range ? Reason.IDEA_RANGE : Reason.IDEA_VOL_RICH;
      option(StrategyKind.IRON_CONDOR, why, neutralBudget);
    }
  }

  /** Proposes the structure that volatility favours, or else the other; whether one was found. */
  private boolean structureOf(final boolean up, final long risk) {
    if (!search.hasChain(underlyingId)) {
      return false;
    }
    final StrategyKind debit = up ? StrategyKind.CALL_DEBIT_SPREAD : StrategyKind.PUT_DEBIT_SPREAD;
    final StrategyKind credit = up ? StrategyKind.BULL_PUT_SPREAD : StrategyKind.BEAR_CALL_SPREAD;
    if (TagsDecoder.volRich(tags)) {
      return option(credit, Reason.IDEA_VOL_RICH, risk) || option(debit, Reason.IDEA_STANCE, risk);
    }
    final Reason why = TagsDecoder.volCheap(tags) ? Reason.IDEA_VOL_CHEAP : Reason.IDEA_STANCE;
    return option(debit, why, risk) || option(credit, Reason.IDEA_STANCE, risk);
  }

  private boolean option(final StrategyKind kind, final Reason why, final long risk) {
    final Reason obstacle = search.find(kind, underlyingId, structure, payoff);
    if (obstacle != Reason.NONE) {
      declineStructure(kind, obstacle);
      return false;
    }
    final long units = units(risk, payoff.maxLoss(), lotSize());
    final boolean proposed = units > 0;
    final Side side = payoff.net() > 0 ? Side.BUY : Side.SELL;
    key.start(underlyingId, kind, side, out.eventTime());
    for (int i = 0; i < structure.count(); i++) {
      key.leg(structure.instrumentId(i), structure.quantity(i));
    }
    lognormal.of(structure, payoff);
    final long tick = tickSize();
    begin(kind, proposed, side, proposed ? why : Reason.SIZE_BELOW_ONE)
        .units(units)
        .costPerUnit(payoff.cost())
        .maxLossPerUnit(payoff.maxLoss())
        .maxProfitPerUnit(payoff.maxProfit())
        .breakevenLow(payoff.breakevenLow())
        .breakevenHigh(payoff.breakevenHigh())
        .targetExit(Fixed.floorTo(payoff.netAfterProfit(config.targetShare()), tick))
        .stop(Fixed.floorTo(payoff.netAfterLoss(config.stopShare()), tick))
        .probabilityOfProfit(lognormal.probabilityOfProfit())
        .expectedValue(lognormal.expectedValue());
    final TradeIdeaEncoder.LegsEncoder legs = idea.legsCount(structure.count());
    for (int i = 0; i < structure.count(); i++) {
      final int quantity = structure.quantity(i);
      legs.next()
          .instrumentId(structure.instrumentId(i))
          .side(quantity > 0 ? Side.BUY : Side.SELL)
          .ratio(Math.abs(quantity))
          .bid(structure.bid(i))
          .ask(structure.ask(i))
          .delta(structure.delta(i))
          .iv(structure.iv(i));
    }
    out.end(idea);
    return proposed;
  }

  private void stock(final boolean up) {
    final Instruments instruments = market.instruments();
    final InstrumentKind instrument = instruments.kind(underlyingId);
    if (instrument != InstrumentKind.EQUITY && instrument != InstrumentKind.ETF) {
      return;
    }
    final StrategyKind kind = up ? StrategyKind.LONG_STOCK : StrategyKind.SHORT_STOCK;
    final Side side = up ? Side.BUY : Side.SELL;
    final Books books = market.books();
    if (!books.regular(underlyingId) || books.bid(underlyingId) <= 0) {
      decline(kind, side, Reason.NO_TOUCH);
      return;
    }
    final double volatility =
        features.get(
            Feature.ATM_IV_30D, features.get(Feature.ATM_IV, features.get(Feature.REALIZED_VOL)));
    if (!(volatility > 0)) {
      decline(kind, side, Reason.NO_VOLATILITY);
      return;
    }
    final TradeConfig.Stock rules = config.stock();
    final double deviation = volatility * Math.sqrt(rules.horizonDays() / DAYS_OF_YEAR);
    final double distance =
        Math.max(rules.minStop(), Math.min(rules.maxStop(), rules.stopDeviations() * deviation));
    final long entry = books.mid(underlyingId);
    final long tick = instruments.tickSize(underlyingId);
    final long away = Fixed.mul(entry, Fixed.fromDouble(distance));
    final long gain = Fixed.mul(entry, Fixed.fromDouble(distance * rules.targetRatio()));
    // Rounded so that the stop never lies nearer, and the target never further, than meant.
    final long stop = up ? Fixed.floorTo(entry - away, tick) : Fixed.ceilTo(entry + away, tick);
    final long target = up ? Fixed.floorTo(entry + gain, tick) : Fixed.ceilTo(entry - gain, tick);
    final long multiplier = instruments.multiplier(underlyingId);
    final long notional = Fixed.mul(entry, multiplier);
    final long maxLoss = Fixed.mul(Math.abs(entry - stop), multiplier);
    final long lot = instruments.lotSize(underlyingId);
    final long units = Math.min(units(budget, maxLoss, lot), units(maxNotional, notional, lot));
    key.start(underlyingId, kind, side, out.eventTime()).leg(underlyingId, up ? 1 : -1);
    begin(kind, units > 0, side, units > 0 ? Reason.IDEA_STANCE : Reason.SIZE_BELOW_ONE)
        .units(units)
        .costPerUnit(up ? notional : -notional)
        .maxLossPerUnit(maxLoss)
        .maxProfitPerUnit(up ? Fixed.NONE : notional)
        .breakevenLow(up ? entry : Fixed.NONE)
        .breakevenHigh(up ? Fixed.NONE : entry)
        .targetExit(target)
        .stop(stop)
        .probabilityOfProfit(lognormal.probabilityBeyondForward(up, deviation))
        .expectedValue(0)
        .legsCount(1)
        .next()
        .instrumentId(underlyingId)
        .side(side)
        .ratio(1)
        .bid(books.bid(underlyingId))
        .ask(books.ask(underlyingId))
        .delta(1)
        .iv(0);
    out.end(idea);
  }

  private void declineStructure(final StrategyKind kind, final Reason obstacle) {
    final boolean debit =
        kind == StrategyKind.CALL_DEBIT_SPREAD || kind == StrategyKind.PUT_DEBIT_SPREAD;
    decline(kind, debit ? Side.BUY : Side.SELL, obstacle);
  }

  private void decline(final StrategyKind kind, final Side side, final Reason why) {
    key.start(underlyingId, kind, side, out.eventTime());
    begin(kind, false, side, why)
        .maxProfitPerUnit(Fixed.NONE)
        .breakevenLow(Fixed.NONE)
        .breakevenHigh(Fixed.NONE)
        .targetExit(Fixed.NONE)
        .stop(Fixed.NONE)
        .legsCount(0);
    out.end(idea);
  }

  private TradeIdeaEncoder begin(
      final StrategyKind kind, final boolean proposed, final Side side, final Reason why) {
    out.begin(idea);
    idea.instrumentId(underlyingId)
        .strategy(kind)
        .status(proposed ? IdeaStatus.PROPOSED : IdeaStatus.DECLINED)
        .side(side)
        .reason(why)
        .key(key.value())
        .confidence(confidence);
    Outputs.putBits(idea.buffer(), idea.offset() + TradeIdeaEncoder.tagsEncodingOffset(), tags);
    return idea;
  }

  /** Whole lots that an amount of money covers, 1e-8 units, rounded down; 0 = not one. */
  private static long units(final long money, final long perUnit, final long lot) {
    final long perLot = Fixed.mul(perUnit, lot);
    return perLot <= 0 ? 0 : Math.multiplyExact(money / perLot, lot);
  }

  private long lotSize() {
    long lot = market.instruments().lotSize(structure.instrumentId(0));
    for (int i = 1; i < structure.count(); i++) {
      lot = Math.max(lot, market.instruments().lotSize(structure.instrumentId(i)));
    }
    return lot;
  }

  private long tickSize() {
    long tick = market.instruments().tickSize(structure.instrumentId(0));
    for (int i = 1; i < structure.count(); i++) {
      tick = Math.min(tick, market.instruments().tickSize(structure.instrumentId(i)));
    }
    return tick;
  }
}
