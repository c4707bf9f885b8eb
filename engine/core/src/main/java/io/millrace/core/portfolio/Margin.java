package io.millrace.core.portfolio;

import io.millrace.codecs.OptionRight;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Perpetuals;
import java.util.Arrays;

/**
 * What the account must be good for by the configured {@link MarginModel}, against its equity: cash
 * plus what is held at its marks (perpetuals at the mark price, where it is told). Requirements are
 * of that equity, so what an option is worth now is not counted twice: a spread needs what it is
 * worth less the least that it pays at expiry, a credit of c and a width of w thus w − c.
 *
 * <p>By underlying, and its options by expiry: a later expiry covers no earlier one. All products
 * round half to even once. Fees are not in it.
 *
 * <p>{@link #with} asks what it would be with an order: orders are laid over what is held.
 */
public final class Margin {
  /** Cannot be carried at all. */
  public static final long BEYOND = Long.MAX_VALUE / 4;

  private static final int INITIAL = 32;
  private static final int STEPS = 5;

  private final MarginConfig config;
  private final Instruments instruments;
  private final Books books;
  private final Perpetuals perpetuals;
  private final Positions positions;
  private final Account account;
  private final Valuation valuation;
  private final ExpiryPayoff payoff = new ExpiryPayoff();
  private final long[] tierFrom;
  private final long[] tierInitial;
  private final long[] tierMaintenance;
  private int[] ids = new int[INITIAL];
  private long[] units = new long[INITIAL];
  private int count;

  Margin(
      final MarginConfig config,
      final Instruments instruments,
      final Books books,
      final Perpetuals perpetuals,
      final Positions positions,
      final Account account,
      final Valuation valuation) {
    this.config = config;
    this.instruments = instruments;
    this.books = books;
    this.perpetuals = perpetuals;
    this.positions = positions;
    this.account = account;
    this.valuation = valuation;
    final int tiers = Math.max(1, config.tiers().size());
    tierFrom = new long[tiers];
    tierInitial = new long[tiers];
    tierMaintenance = new long[tiers];
    tierInitial[0] = Fixed.fromDouble(config.derivativeInitialPct());
    tierMaintenance[0] = Fixed.fromDouble(config.derivativeMaintenancePct());
    for (int i = 0; i < config.tiers().size(); i++) {
      final MarginTier tier = config.tiers().get(i);
      tierFrom[i] = Fixed.fromDouble(tier.from());
      tierInitial[i] = Fixed.fromDouble(tier.initial());
      tierMaintenance[i] = Fixed.fromDouble(tier.maintenance());
    }
  }

  /** Whether anything is demanded. */
  public boolean demanded() {
    return config.model() != MarginModel.NONE;
  }

  /** Cash plus what is held, at the prices that margin goes by, 1e-8. */
  public long equity() {
    long worth = account.cash();
    for (int i = 0; i < positions.heldCount(); i++) {
      final int id = positions.held(i);
      worth = Math.addExact(worth, positions.worth(id, price(id)));
    }
    return worth;
  }

  /** Begins with what is held. */
  public Margin held() {
    count = 0;
    for (int i = 0; i < positions.heldCount(); i++) {
      final int id = positions.held(i);
      with(id, positions.quantity(id));
    }
    return this;
  }

  /** Units held of an instrument, signed, as the account knows them. */
  public long position(final int id) {
    return positions.quantity(id);
  }

  /** Lays a quantity over it, signed. */
  public Margin with(final int id, final long quantity) {
    int at = 0;
    while (at < count && ids[at] < id) {
      at++;
    }
    if (at < count && ids[at] == id) {
      units[at] = Math.addExact(units[at], quantity);
      return this;
    }
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, count * 2);
      units = Arrays.copyOf(units, count * 2);
    }
    System.arraycopy(ids, at, ids, at + 1, count - at);
    System.arraycopy(units, at, units, at + 1, count - at);
    ids[at] = id;
    units[at] = quantity;
    count++;
    return this;
  }

  /** Equity needed to open it, 1e-8; {@link #BEYOND} = it cannot be carried. */
  public long initial() {
    return required(true);
  }

  /** Equity needed to hold it, 1e-8. */
  public long maintenance() {
    return required(false);
  }

  private long required(final boolean initial) {
    if (!demanded()) {
      return 0;
    }
    long sum = 0;
    for (int i = 0; i < count; i++) {
      final int id = ids[i];
      switch (instruments.kind(id)) {
        case FUTURE, PERPETUAL -> sum = add(sum, derivative(id, units[i], initial));
        case CRYPTO_SPOT -> sum = add(sum, Math.abs(value(id, units[i])));
        case EQUITY, ETF, OPTION -> {
          if (firstOfRoot(i)) {
            sum = add(sum, underlying(instruments.root(id), initial));
          }
        }
        default -> {
          // An index is not held.
        }
      }
    }
    return sum;
  }

  private static long add(final long a, final long b) {
    return Math.min(BEYOND, Math.addExact(a, b));
  }

  /** Price that margin goes by; 0 where there is none. */
  private long price(final int id) {
    final long told = perpetuals.mark(id);
    final long price = told == Fixed.NONE ? valuation.price(id) : told;
    return price == Fixed.NONE ? 0 : price;
  }

  private long value(final int id, final long quantity) {
    return instruments.value(id, quantity, price(id));
  }

  /** Each part of the value at the rate of its tier. */
  private long derivative(final int id, final long quantity, final boolean initial) {
    final long value = Math.abs(value(id, quantity));
    if (config.model() == MarginModel.CASH) {
      return value;
    }
    long sum = 0;
    for (int i = 0; i < tierFrom.length && value > tierFrom[i]; i++) {
      final long end = i + 1 < tierFrom.length ? Math.min(value, tierFrom[i + 1]) : value;
      final long rate = initial ? tierInitial[i] : tierMaintenance[i];
      sum = Math.addExact(sum, Fixed.mul(end - tierFrom[i], rate));
    }
    return sum;
  }

  // ---- Stock and options of one underlying

  private boolean firstOfRoot(final int index) {
    for (int i = 0; i < index; i++) {
      if (security(ids[i]) && instruments.root(ids[i]) == instruments.root(ids[index])) {
        return false;
      }
    }
    return true;
  }

  private boolean security(final int id) {
    return switch (instruments.kind(id)) {
      case EQUITY, ETF, OPTION -> true;
      default -> false;
    };
  }

  private long underlying(final int root, final boolean initial) {
    if (config.model() == MarginModel.PORTFOLIO) {
      return worstMove(root);
    }
    final long stock = stock(root);
    long sum = stock(root, stock, initial);
    long cover = stock;
    for (int i = 0; i < count; i++) {
      if (instruments.option(ids[i]) && instruments.root(ids[i]) == root && firstOfExpiry(i)) {
        final long used = coverUsed(i, cover);
        sum = add(sum, options(i, cover));
        cover -= used;
      }
    }
    return sum;
  }

  private long stock(final int root) {
    for (int i = 0; i < count; i++) {
      if (ids[i] == root) {
        return units[i];
      }
    }
    return 0;
  }

  private long stock(final int root, final long quantity, final boolean initial) {
    final long value = quantity == 0 ? 0 : Math.abs(value(root, quantity));
    if (config.model() != MarginModel.REG_T) {
      // Paid in full when it is bought, it needs nothing to be held: a few cents below zero after a
      // gap are owed, not a reason to sell all.
      if (quantity < 0) {
        return BEYOND;
      }
      return initial ? value : 0;
    }
    final double rate =
        quantity > 0
            ? initial ? config.stockInitialPct() : config.stockMaintenancePct()
            : initial ? config.shortInitialPct() : config.shortMaintenancePct();
    return Fixed.mul(value, Fixed.fromDouble(rate));
  }

  private boolean firstOfExpiry(final int index) {
    for (int i = 0; i < index; i++) {
      if (sameExpiry(i, index)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameExpiry(final int a, final int b) {
    return instruments.option(ids[a])
        && instruments.root(ids[a]) == instruments.root(ids[b])
        && instruments.expiry(ids[a]) == instruments.expiry(ids[b]);
  }

  /** Shares that short calls (or, short, the short puts) of an expiry need beyond long options. */
  private long coverUsed(final int first, final long stock) {
    final OptionRight right = stock > 0 ? OptionRight.CALL : OptionRight.PUT;
    long net = 0;
    for (int i = first; i < count; i++) {
      if (sameExpiry(i, first) && instruments.right(ids[i]) == right) {
        net = Math.addExact(net, shares(i));
      }
    }
    final long needed = Math.max(0, -net);
    return stock > 0 ? Math.min(stock, needed) : -Math.min(-stock, needed);
  }

  private long shares(final int index) {
    return Fixed.mul(units[index], instruments.multiplier(ids[index]));
  }

  /** Options of one expiry: naked and long in full, or the worst case of all together. */
  private long options(final int first, final long stock) {
    final long spread = worstAtExpiry(first, stock);
    return config.model() == MarginModel.REG_T ? Math.min(spread, naked(first, stock)) : spread;
  }

  /** What they are worth less the least they pay at expiry, shares to cover calls counted in. */
  private long worstAtExpiry(final int first, final long stock) {
    payoff.clear();
    long worth = 0;
    for (int i = first; i < count; i++) {
      if (sameExpiry(i, first)) {
        payoff.add(instruments.right(ids[i]), instruments.strike(ids[i]), shares(i));
        worth = Math.addExact(worth, value(ids[i], units[i]));
      }
    }
    final long open = payoff.uncoveredCalls();
    final long covered = Math.min(open, Math.max(0, stock));
    if (open > covered) {
      return BEYOND;
    }
    // A share behind a short call pays what the call takes, above the share's price of now.
    final long spot = covered == 0 ? 0 : price(instruments.root(ids[first]));
    if (covered > 0) {
      payoff.add(OptionRight.CALL, spot, covered);
    }
    return Math.max(0, Math.subtractExact(worth, payoff.least()));
  }

  private long naked(final int first, final long stock) {
    final long spot = price(instruments.root(ids[first]));
    long callCover = Math.max(0, stock);
    long putCover = Math.max(0, -stock);
    long sum = 0;
    for (int i = first; i < count; i++) {
      if (!sameExpiry(i, first)) {
        continue;
      }
      if (units[i] >= 0) {
        sum = add(sum, value(ids[i], units[i]));
        continue;
      }
      final boolean call = instruments.right(ids[i]) == OptionRight.CALL;
      final long sold = -shares(i);
      final long covered = Math.min(sold, call ? callCover : putCover);
      callCover -= call ? covered : 0;
      putCover -= call ? 0 : covered;
      sum = add(sum, Fixed.mul(sold - covered, nakedUnit(ids[i], call, spot)));
    }
    return sum;
  }

  /** Beyond what it is worth: a share of the underlying less what it is out of the money. */
  private long nakedUnit(final int id, final boolean call, final long spot) {
    final long strike = instruments.strike(id);
    final long out = Math.max(0, call ? strike - spot : spot - strike);
    final long share = Fixed.mul(spot, Fixed.fromDouble(config.optionPct())) - out;
    final long base = call ? spot : strike;
    return Math.max(share, Fixed.mul(base, Fixed.fromDouble(config.optionLeastPct())));
  }

  /**
   * The worst loss over moves of the underlying of k/5 of the shock, k = -5 to 5. Stock moves with
   * it; a long option falls to what it would pay at expiry there, a short one keeps the time value
   * it has now.
   */
  private long worstMove(final int root) {
    final long spot = price(root);
    final long shock = Fixed.fromDouble(config.shockPct());
    long worst = 0;
    long shortUnits = 0;
    for (int step = -STEPS; step <= STEPS; step++) {
      final long moved = Math.addExact(spot, Fixed.mulDiv(Fixed.mul(spot, shock), step, STEPS));
      long loss = 0;
      for (int i = 0; i < count; i++) {
        if (security(ids[i]) && instruments.root(ids[i]) == root) {
          loss = Math.addExact(loss, lossAt(i, spot, moved));
        }
      }
      worst = Math.max(worst, loss);
    }
    for (int i = 0; i < count; i++) {
      if (instruments.option(ids[i]) && instruments.root(ids[i]) == root && units[i] < 0) {
        shortUnits = Math.subtractExact(shortUnits, shares(i));
      }
    }
    return Math.max(worst, Fixed.mul(shortUnits, Fixed.fromDouble(config.shortOptionLeast())));
  }

  private long lossAt(final int index, final long spot, final long moved) {
    final int id = ids[index];
    if (!instruments.option(id)) {
      return instruments.value(id, units[index], spot - moved);
    }
    final long now = price(id);
    final long then = intrinsic(id, moved);
    final long time = Math.max(0, now - intrinsic(id, spot));
    return instruments.value(
        id, units[index], now - (units[index] < 0 ? Math.addExact(then, time) : then));
  }

  private long intrinsic(final int id, final long spot) {
    final long strike = instruments.strike(id);
    return Math.max(0, instruments.right(id) == OptionRight.CALL ? spot - strike : strike - spot);
  }

  // ---- Liquidation

  boolean liquidates() {
    return demanded() && config.liquidate();
  }

  /** The held position whose closing leaves the least to be good for, then the largest. */
  int heaviest() {
    int heaviest = 0;
    long least = 0;
    long largest = 0;
    for (int i = 0; i < positions.heldCount(); i++) {
      final int id = positions.held(i);
      final long quantity = positions.quantity(id);
      final long rest = held().with(id, -quantity).maintenance();
      final long own = Math.abs(value(id, quantity));
      if (heaviest == 0 || rest < least || (rest == least && own > largest)) {
        heaviest = id;
        least = rest;
        largest = own;
      }
    }
    return heaviest;
  }

  /** By how much a trade at a price is worse than the price that margin goes by, 0 or more. */
  public long worse(final int id, final long signed, final long price) {
    return Math.max(0, instruments.value(id, signed, price) - value(id, signed));
  }

  /** Price that closing gets: the touch, or where nobody is, the price that margin goes by. */
  long closing(final int id) {
    final long touch = positions.quantity(id) > 0 ? books.bid(id) : books.ask(id);
    return touch > 0 ? touch : price(id);
  }

  /** What the venue keeps of a value closed. */
  long liquidationFee(final long value) {
    return Fixed.mul(value, Fixed.fromDouble(config.liquidationFeePct()));
  }
}
