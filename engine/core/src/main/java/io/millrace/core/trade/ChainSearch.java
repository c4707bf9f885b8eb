package io.millrace.core.trade;

import io.millrace.codecs.Reason;
import io.millrace.codecs.StrategyKind;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.Market;
import io.millrace.core.market.OptionChain;

/**
 * Finds a structure in the chain: tries the expiries in the DTE window, the one nearest the target
 * first (the earlier of two as near), until one gives legs that form the structure and pay enough.
 */
final class ChainSearch {
  private static final double DAYS_OF_YEAR = 365.0;
  private static final int NONE_LEFT = -1;

  private final TradeConfig.Chain config;
  private final Market market;
  private final ChainGreeks.Source source;
  private final LegPicker picker;

  ChainSearch(
      final TradeConfig.Chain config, final Market market, final ChainGreeks.Source source) {
    this.config = config;
    this.market = market;
    this.source = source;
    picker = new LegPicker(config, market);
  }

  /** Whether the underlying has options at all. */
  boolean hasChain(final int underlyingId) {
    return market.chain(underlyingId) != null;
  }

  /**
   * Fills in a structure and its payoff.
   *
   * @return NONE, or what was in the way in the expiry that was tried first
   */
  Reason find(
      final StrategyKind kind,
      final int underlyingId,
      final Structure structure,
      final Payoff payoff) {
    structure.clear(kind);
    final OptionChain chain = market.chain(underlyingId);
    final ChainGreeks greeks = source.greeks(underlyingId);
    if (greeks == null || greeks.layout() != chain.layout()) {
      return Reason.NO_GREEKS;
    }
    Reason obstacle = Reason.NO_EXPIRY_IN_WINDOW;
    int expiry = next(greeks, NONE_LEFT);
    while (expiry != NONE_LEFT) {
      final Reason reason = attempt(kind, chain, greeks, expiry, structure, payoff);
      if (reason == Reason.NONE) {
        return Reason.NONE;
      }
      obstacle = obstacle == Reason.NO_EXPIRY_IN_WINDOW ? reason : obstacle;
      expiry = next(greeks, expiry);
    }
    structure.clear(kind);
    return obstacle;
  }

  private Reason attempt(
      final StrategyKind kind,
      final OptionChain chain,
      final ChainGreeks greeks,
      final int expiry,
      final Structure structure,
      final Payoff payoff) {
    structure
        .clear(kind)
        .expiry(
            greeks.expiryDays(expiry) / DAYS_OF_YEAR, greeks.forward(expiry), greeks.atmIv(expiry));
    final Reason obstacle = picker.expiry(chain, greeks, expiry).pick(kind, structure);
    if (obstacle != Reason.NONE) {
      return obstacle;
    }
    payoff.of(structure, structure.netMid());
    final boolean debit =
        kind == StrategyKind.CALL_DEBIT_SPREAD || kind == StrategyKind.PUT_DEBIT_SPREAD;
    final boolean signed = debit ? payoff.net() > 0 : payoff.net() < 0;
    if (!signed || !payoff.canWin() || !payoff.boundedRisk() || !(structure.forward() > 0)) {
      return Reason.NO_POSITIVE_WIDTH;
    }
    final double least = debit ? config.minDebitReward() : config.minCreditReward();
    return payoff.reward() < least ? Reason.POOR_REWARD : Reason.NONE;
  }

  /** The expiry that comes after another in the order of trial. */
  private int next(final ChainGreeks greeks, final int after) {
    final double bar = after == NONE_LEFT ? -1 : distance(greeks, after);
    int best = NONE_LEFT;
    for (int expiry = 0; expiry < greeks.expiries(); expiry++) {
      final double days = greeks.expiryDays(expiry);
      final double distance = distance(greeks, expiry);
      final boolean later = distance > bar || (distance == bar && expiry > after);
      if (days >= config.minDays()
          && days <= config.maxDays()
          && later
          && (best == NONE_LEFT || distance < distance(greeks, best))) {
        best = expiry;
      }
    }
    return best;
  }

  private double distance(final ChainGreeks greeks, final int expiry) {
    return Math.abs(greeks.expiryDays(expiry) - config.targetDays());
  }
}
