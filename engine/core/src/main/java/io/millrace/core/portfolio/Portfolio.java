package io.millrace.core.portfolio;

import io.millrace.codecs.ExceptionRaisedEncoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.Severity;
import io.millrace.codecs.Side;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/**
 * What the account holds and is worth: cash, positions, NAV, peak, day's start, risk mode. Money is
 * exact; see {@link Positions} for the ledger's identity.
 *
 * <p>Marks are those of {@link Valuation}, expiry is that of {@link Settlements}: each part of a
 * settlement is a Fill with reason SETTLED, no fee and order id 0. Where {@link Margin} is
 * demanded, {@link Liquidations} close what equity no longer carries, with fills of reason
 * LIQUIDATED.
 */
public final class Portfolio implements Stateful {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final Instruments instruments;
  private final Positions positions;
  private final MarginHeld optionsHeld;
  private final Account account;
  private final Valuation valuation;
  private final Settlements settlements;
  private final Funding funding;
  private final Margin margin;
  private final Liquidations liquidations;
  private boolean liquidated;
  private final NavBook book;
  private final ExceptionRaisedEncoder exception = new ExceptionRaisedEncoder();

  /** As below, with no margin demanded. */
  public Portfolio(final PortfolioConfig config, final Market market) {
    this(config, MarginConfig.none(), market);
  }

  /** An empty account; it has no NAV until {@link #onAccount} tells the cash. */
  public Portfolio(
      final PortfolioConfig config, final MarginConfig marginConfig, final Market market) {
    instruments = market.instruments();
    final Books books = market.books();
    positions = new Positions(instruments);
    optionsHeld = new MarginHeld(instruments, books, positions);
    account = new Account(instruments, positions, optionsHeld);
    valuation = new Valuation(instruments, books, positions, config.mark());
    settlements =
        new Settlements(
            instruments,
            books,
            positions,
            account,
            Fixed.fromDouble(config.exerciseThreshold()),
            config.navIntervalMillis() * NANOS_PER_MILLI);
    funding = new Funding(instruments, market.perpetuals());
    book = new NavBook(config, instruments, positions, account, valuation, optionsHeld);
    margin =
        new Margin(
            marginConfig, instruments, books, market.perpetuals(), positions, account, valuation);
    liquidations = new Liquidations(instruments, positions, account, margin);
  }

  /**
   * Takes the account's cash as the venue, or the session header, tells it. A difference to our own
   * is money put in or taken out: it moves peak and day's start with it, so it is neither gain nor
   * loss.
   */
  public void onAccount(final long newCash) {
    book.transfer(account.cash(newCash));
  }

  /**
   * Takes a position as the venue reports it: the venue is right. A difference in quantity is
   * raised as an exception; the difference in cost counts as put in or taken out.
   *
   * @param signed quantity
   * @param averagePrice of the entry; without meaning when flat
   */
  public void onPositionReport(
      final int instrumentId, final long signed, final long averagePrice, final Outputs outputs) {
    requireDefined(instrumentId);
    final long before = positions.quantity(instrumentId);
    if (before == signed && positions.averagePrice(instrumentId) == averagePrice) {
      return;
    }
    book.transfer(account.replace(instrumentId, signed, averagePrice));
    if (before != signed) {
      outputs.begin(exception);
      exception
          .instrumentId(instrumentId)
          .severity(Severity.WARN)
          .value(Math.subtractExact(signed, before));
      outputs.end(exception);
    }
    account.tell(instrumentId, outputs);
  }

  /** Books a fill and tells the position. */
  public void onFill(final FillDecoder fill, final Outputs outputs) {
    onFill(fill.instrumentId(), fill.side(), fill.quantity(), fill.price(), fill.fee(), outputs);
  }

  /**
   * Books a fill and tells the position.
   *
   * @param quantity above 0
   * @param price per unit, 0 or more
   * @param fee above 0 = paid, below = rebate
   * @throws IllegalArgumentException if the fill cannot be one; nothing changed
   * @throws ArithmeticException on overflow; nothing changed
   */
  public void onFill(
      final int instrumentId,
      final Side side,
      final long quantity,
      final long price,
      final long fee,
      final Outputs outputs) {
    requireDefined(instrumentId);
    final long least = instruments.inverse(instrumentId) ? 1 : 0; // 1 / 0 coins are none
    if ((side != Side.BUY && side != Side.SELL) || quantity <= 0 || price < least) {
      throw new IllegalArgumentException(
          "fill of "
              + instruments.symbol(instrumentId)
              + " needs a side, a quantity above 0 and a price: "
              + side
              + " "
              + quantity
              + " at "
              + price);
    }
    account.book(instrumentId, side == Side.BUY ? quantity : -quantity, price, fee);
    account.tell(instrumentId, outputs);
  }

  /** A funding rate was accepted; what it says is due is paid by whoever holds the perpetual. */
  public void onFundingRate(final int instrumentId, final long now, final Outputs outputs) {
    funding.known(instrumentId);
    payFunding(now, outputs);
  }

  /** Counts among the fees: it is a cost of holding. */
  private void payFunding(final long now, final Outputs outputs) {
    while (funding.anyDue(now)) {
      final int id = funding.take(now);
      final long quantity = id == 0 ? 0 : positions.quantity(id);
      if (quantity != 0) {
        final long payment = funding.payment(id, quantity, valuation.held(id));
        account.pay(id, payment);
        account.tell(id, outputs);
      }
    }
  }

  /**
   * Settles what expired, pays funding and strikes a NAV when one is due: at each whole interval,
   * and at once after anything changed.
   *
   * @param now event time, nanoseconds
   * @return whether a NAV was struck; a NavEvent tells it where a figure differs from the last one
   *     told
   */
  public boolean mark(final long now, final Outputs outputs) {
    settlements.settle(now, outputs);
    payFunding(now, outputs);
    if (!book.mark(now, outputs)) {
      return false;
    }
    if (liquidations.judge(outputs)) {
      liquidated = true;
      book.mark(now, outputs);
    }
    return true;
  }

  /** As {@link #mark}, but strikes a NAV whether due or not (if the cash is known). */
  public boolean markNow(final long now, final Outputs outputs) {
    account.touch();
    return mark(now, outputs);
  }

  /** As {@link #markNow}, where no input comes any more: what expires at {@code now} is settled. */
  public boolean markLast(final long now, final Outputs outputs) {
    settlements.settle(now + 1, outputs);
    return markNow(now, outputs);
  }

  /** The operator stops all trading. */
  public void halt(final Outputs outputs) {
    book.trigger(RiskTrigger.OPERATOR_HALT, outputs);
  }

  /** The operator lets only reductions through. */
  public void reduceOnly(final Outputs outputs) {
    book.trigger(RiskTrigger.OPERATOR_REDUCE_ONLY, outputs);
  }

  /** The operator ends a halt or reduce-only; a loss that is still over its limit stops again. */
  public void resume(final Outputs outputs) {
    book.trigger(RiskTrigger.OPERATOR_RESUME, outputs);
  }

  private void requireDefined(final int id) {
    if (!instruments.defined(id)) {
      throw new IllegalArgumentException("position in instrument " + id + ", which is not defined");
    }
  }

  /**
   * Cash plus what is held at its marks as they stand now, 1e-8; {@link #nav} is the same as last
   * struck.
   */
  public long equity() {
    long worth = account.cash();
    for (int i = 0; i < positions.heldCount(); i++) {
      final int id = positions.held(i);
      worth = Math.addExact(worth, positions.worth(id, valuation.held(id)));
    }
    return worth;
  }

  /** The price that a unit would be valued by now, 1e-8; {@link Fixed#NONE} = none. */
  public long valuation(final int instrumentId) {
    return valuation.price(instrumentId);
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("portfolio");
    positions.state(codec);
    account.state(codec);
    optionsHeld.state(codec);
    funding.state(codec);
    book.state(codec);
    liquidated = codec.flag(liquidated);
  }

  /** Whether the venue closed positions since this was last asked. */
  public boolean takeLiquidated() {
    final boolean was = liquidated;
    liquidated = false;
    return was;
  }

  // ---- What others read

  /** What the account must be good for. */
  public Margin margin() {
    return margin;
  }

  /** Whether a NAV was ever struck. */
  public boolean hasNav() {
    return book.hasNav();
  }

  /** Cash and market value at the last mark, 1e-8; without meaning before {@link #hasNav}. */
  public long nav() {
    return book.nav();
  }

  /** Event time of the last mark, nanoseconds; 0 = none yet. */
  public long navTime() {
    return book.navTime();
  }

  /** Cash now, 1e-8. */
  public long cash() {
    return account.cash();
  }

  /** Money put in, less what was taken out, 1e-8. */
  public long invested() {
    return account.invested();
  }

  /** Highest NAV, 1e-8. */
  public long peak() {
    return book.peak();
  }

  /** Fraction of the peak that is lost, 1e-8, rounded up. */
  public long drawdown() {
    return book.drawdown();
  }

  /** NAV at the end of the day before (of the first mark on the first day), 1e-8. */
  public long dayStartNav() {
    return book.dayStartNav();
  }

  /** Fraction of the day's first NAV that is lost, 1e-8, rounded up; 0 when nothing is. */
  public long dailyLoss() {
    return book.dailyLoss();
  }

  /** Sum of |market value| at the last mark, 1e-8. */
  public long gross() {
    return book.gross();
  }

  /** Sum of market value at the last mark, 1e-8. */
  public long net() {
    return book.net();
  }

  /** Sum of |market value| of what is held short and is no option, at the last mark, 1e-8. */
  public long shortStock() {
    return book.shortStock();
  }

  /** Cash that held options may still cost at expiry, at the last mark, 1e-8. */
  public long marginHeld() {
    return book.marginHeld();
  }

  /** Realised profit before fees, all instruments, 1e-8. */
  public long realised() {
    return positions.totalRealised();
  }

  /** Profit not yet realised at the last mark, 1e-8. */
  public long unrealised() {
    return book.unrealised();
  }

  /** Fees paid, all instruments, 1e-8. */
  public long fees() {
    return positions.totalFees();
  }

  /** What risk may be taken. */
  public RiskMode riskMode() {
    return book.riskMode();
  }

  /** How many instruments are held. */
  public int heldCount() {
    return positions.heldCount();
  }

  /** Instrument id of the held position at {@code index}, ascending. */
  public int held(final int index) {
    return positions.held(index);
  }

  /** Signed quantity held, 1e-8; 0 = flat. */
  public long quantity(final int instrumentId) {
    return positions.quantity(instrumentId);
  }

  /** Average entry price, 1e-8; 0 when flat. */
  public long averagePrice(final int instrumentId) {
    return positions.averagePrice(instrumentId);
  }

  /** Signed cost of the position, 1e-8. */
  public long cost(final int instrumentId) {
    return positions.cost(instrumentId);
  }

  /** Realised profit before fees, 1e-8. */
  public long realised(final int instrumentId) {
    return positions.realised(instrumentId);
  }

  /** Fees paid, 1e-8. */
  public long fees(final int instrumentId) {
    return positions.fees(instrumentId);
  }

  /** Price it was last valued at, 1e-8; {@link Fixed#NONE} when flat. */
  public long markPrice(final int instrumentId) {
    return positions.markPrice(instrumentId);
  }

  /** Market value at the last mark price, signed, 1e-8. */
  public long marketValue(final int instrumentId) {
    return positions.marketValue(instrumentId);
  }
}
