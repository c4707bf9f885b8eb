package io.millrace.core.trade;

import io.millrace.codecs.Reason;
import io.millrace.codecs.StrategyKind;
import io.millrace.core.market.Books;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.market.OptionChain;

/**
 * Picks the legs of a structure from one expiry of the live chain.
 *
 * <p>Of the contracts of a right that pass every filter (delta in its band, two-sided touch, open
 * interest, relative spread), the one whose delta is nearest the target is taken; the lower strike
 * wins a tie. When none passes, the obstacle is what stopped the contract that came furthest.
 */
final class LegPicker {
  private static final int NOT_FOUND = -1;
  // How far a contract came; the order of the filters.
  private static final int NO_CONTRACT = 0;
  private static final int NO_DELTA = 1;
  private static final int NO_TOUCH = 2;
  private static final int LOW_INTEREST = 3;
  private static final int WIDE = 4;

  private final TradeConfig.Chain config;
  private final Market market;
  private OptionChain chain;
  private ChainGreeks greeks;
  private int firstRow;
  private int endRow;
  private int progress;

  LegPicker(final TradeConfig.Chain config, final Market market) {
    this.config = config;
    this.market = market;
  }

  /** Looks at one expiry from now on. */
  LegPicker expiry(final OptionChain ofChain, final ChainGreeks ofGreeks, final int expiry) {
    chain = ofChain;
    greeks = ofGreeks;
    firstRow = ofGreeks.firstRow(expiry);
    endRow = ofGreeks.endRow(expiry);
    return this;
  }

  /**
   * Fills in the legs.
   *
   * @return NONE, or what was in the way
   */
  Reason pick(final StrategyKind kind, final Structure into) {
    progress = NO_CONTRACT;
    switch (kind) {
      case CALL_DEBIT_SPREAD:
        return debit(true, into);
      case PUT_DEBIT_SPREAD:
        return debit(false, into);
      case BEAR_CALL_SPREAD:
        return credit(true, config.creditDelta(), into) ? multiplier(into) : obstacle();
      case BULL_PUT_SPREAD:
        return credit(false, config.creditDelta(), into) ? multiplier(into) : obstacle();
      case IRON_CONDOR:
        return credit(false, config.condorDelta(), into) && credit(true, config.condorDelta(), into)
            ? multiplier(into)
            : obstacle();
      default:
        throw new IllegalArgumentException(kind + " is not in the library of structures");
    }
  }

  /** Buys the strike near the money, sells the one further out. */
  private Reason debit(final boolean call, final Structure into) {
    final double low = config.minDelta();
    final double high = config.maxDelta();
    final int bought = find(call, low, high, high, firstRow, endRow);
    if (bought == NOT_FOUND) {
      return obstacle();
    }
    progress = NO_CONTRACT;
    final int sold = further(call, bought, low, high, low);
    if (sold == NOT_FOUND) {
      return obstacle();
    }
    inOrder(into, call ? bought : sold, call ? 1 : -1, call ? sold : bought, call ? -1 : 1);
    return multiplier(into);
  }

  /** Sells the strike nearer the money, buys the one further out. */
  private boolean credit(final boolean call, final double soldDelta, final Structure into) {
    progress = NO_CONTRACT;
    final int sold = find(call, config.minDelta(), config.maxDelta(), soldDelta, firstRow, endRow);
    if (sold == NOT_FOUND) {
      return false;
    }
    progress = NO_CONTRACT;
    final double below = Math.abs(greeks.delta(sold));
    final int bought = further(call, sold, config.wingMinDelta(), below, config.wingDelta());
    if (bought == NOT_FOUND) {
      return false;
    }
    inOrder(into, call ? sold : bought, call ? -1 : 1, call ? bought : sold, call ? 1 : -1);
    return true;
  }

  /** Further out of the money than a row: higher strikes for calls, lower for puts. */
  private int further(
      final boolean call, final int row, final double low, final double high, final double target) {
    return call
        ? find(true, low, high, target, row + 1, endRow)
        : find(false, low, high, target, firstRow, row);
  }

  private int find(
      final boolean call,
      final double low,
      final double high,
      final double target,
      final int from,
      final int to) {
    final boolean[] calls = chain.calls();
    int found = NOT_FOUND;
    double nearest = Double.POSITIVE_INFINITY;
    for (int row = from; row < to; row++) {
      if (calls[row] == call) {
        final int reached = reaches(row, low, high);
        progress = Math.max(progress, reached);
        final double distance = Math.abs(Math.abs(greeks.delta(row)) - target);
        if (reached > WIDE && distance < nearest) {
          found = row;
          nearest = distance;
        }
      }
    }
    return found;
  }

  /** How far a contract comes through the filters; above {@link #WIDE} = all of them. */
  private int reaches(final int row, final double low, final double high) {
    if (!greeks.usable(row)) {
      return NO_CONTRACT;
    }
    final double delta = Math.abs(greeks.delta(row));
    if (delta < low || delta > high) {
      return NO_DELTA;
    }
    final int id = chain.instrumentIds()[row];
    final Books books = market.books();
    if (!books.regular(id) || books.bid(id) <= 0) {
      return NO_TOUCH;
    }
    if (chain.openInterests()[row] < config.minOpenInterest()) {
      return LOW_INTEREST;
    }
    // (ask - bid) / mid = 2 (ask - bid) / (ask + bid)
    final double spread = 2.0 * (books.ask(id) - books.bid(id)) / (books.ask(id) + books.bid(id));
    return spread > config.maxRelativeSpread() ? WIDE : WIDE + 1;
  }

  private Reason obstacle() {
    switch (progress) {
      case NO_CONTRACT:
      case NO_TOUCH:
        return Reason.NO_TOUCH;
      case NO_DELTA:
        return Reason.NO_STRIKE_IN_DELTA_BAND;
      case LOW_INTEREST:
        return Reason.OPEN_INTEREST_TOO_LOW;
      default:
        return Reason.SPREAD_TOO_WIDE;
    }
  }

  private void inOrder(
      final Structure into,
      final int lower,
      final int lowerQuantity,
      final int higher,
      final int higherQuantity) {
    leg(into, lower, lowerQuantity);
    leg(into, higher, higherQuantity);
  }

  private void leg(final Structure into, final int row, final int quantity) {
    final int id = chain.instrumentIds()[row];
    into.leg(
        id,
        chain.calls()[row],
        quantity,
        market.instruments().strike(id),
        market.books().bid(id),
        market.books().ask(id),
        greeks.delta(row),
        greeks.iv(row));
  }

  /** All legs must deliver the same number of units: an adjusted contract does not fit. */
  private Reason multiplier(final Structure into) {
    final Instruments instruments = market.instruments();
    final long multiplier = instruments.multiplier(into.instrumentId(0));
    for (int i = 1; i < into.count(); i++) {
      if (instruments.multiplier(into.instrumentId(i)) != multiplier) {
        return Reason.NO_POSITIVE_WIDTH;
      }
    }
    into.multiplier(multiplier);
    return Reason.NONE;
  }
}
