package io.millrace.core.trade;

import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OpenInterestDecoder;
import io.millrace.codecs.OpenInterestEncoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.OptionQuoteEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.core.agents.Snapshots;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.market.OptionChain;
import io.millrace.core.slot.Outputs;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A market with one stock at 750 and a chain of it: strikes 600 to 900 by 5, quotes of a flat
 * volatility rounded to a nickel, Greeks by the textbook formula.
 */
final class TestChain implements ChainGreeks {
  static final long NOW = 1_450_969_200_000_000_000L;
  static final double SPOT = 750;
  static final double VOLATILITY = 0.2;

  private static final long DAY = 86_400_000_000_000L;
  private static final double NICKEL = 0.05;

  final Market market =
      new Market(MarketLimits.withoutConfirmation(1_000_000_000L, 0, 1_000_000_000L, 0));
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
  private final Outputs alerts = new Outputs();
  private final int[] days;
  private int lastId = Snapshots.UNDERLYING;
  private int layoutShift;
  private double volatility = VOLATILITY;

  TestChain(final int... days) {
    this.days = days;
    alerts.reset(1, NOW);
    market.advance(NOW);
    define(Snapshots.UNDERLYING, 0, InstrumentKind.EQUITY, OptionRight.NONE, 0, 0, Fixed.ONE);
    stock(749.95, 750.05);
    for (final int day : days) {
      for (int strike = 600; strike <= 900; strike += 5) {
        option(day, strike, OptionRight.CALL);
        option(day, strike, OptionRight.PUT);
      }
    }
    for (int row = 0; days.length > 0 && row < chain().to(); row++) {
      final double mid = textbook(row);
      final double half = Math.max(NICKEL, Math.rint(mid * 0.02 / NICKEL) * NICKEL);
      final double rounded = Math.rint(mid / NICKEL) * NICKEL;
      quote(row, rounded - half, rounded + half);
      interest(row, 500);
    }
  }

  OptionChain chain() {
    return market.chain(Snapshots.UNDERLYING);
  }

  /** From now on Greeks are those of another volatility. */
  void volatility(final double other) {
    volatility = other;
  }

  /** Pretends that contracts were defined since the Greeks were computed. */
  void outdated() {
    layoutShift = 1;
  }

  private void option(final int day, final int strike, final OptionRight right) {
    define(
        lastId + 1,
        Snapshots.UNDERLYING,
        InstrumentKind.OPTION,
        right,
        strike,
        NOW + day * DAY,
        100 * Fixed.ONE);
  }

  private void define(
      final int id,
      final int underlying,
      final InstrumentKind kind,
      final OptionRight right,
      final double strike,
      final long expiry,
      final long multiplier) {
    lastId = id;
    final InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder();
    encoder
        .wrap(buffer, 0)
        .eventTime(NOW)
        .instrumentId(id)
        .underlyingId(underlying)
        .kind(kind)
        .right(right)
        .style(OptionStyle.NONE)
        .tickSize(Fixed.fromDouble(underlying == 0 ? 0.01 : NICKEL))
        .lotSize(Fixed.ONE)
        .multiplier(multiplier)
        .strike(Fixed.fromDouble(strike))
        .expiry(expiry)
        .symbol("T" + id);
    market.onInstrument(
        new InstrumentDefinitionDecoder()
            .wrap(
                buffer,
                0,
                InstrumentDefinitionDecoder.BLOCK_LENGTH,
                InstrumentDefinitionDecoder.SCHEMA_VERSION));
  }

  void stock(final double bid, final double ask) {
    new QuoteEncoder()
        .wrap(buffer, 0)
        .eventTime(NOW)
        .instrumentId(Snapshots.UNDERLYING)
        .bid(bid == 0 ? Fixed.NONE : Fixed.fromDouble(bid))
        .bidSize(Fixed.ONE)
        .ask(Fixed.fromDouble(ask))
        .askSize(Fixed.ONE);
    market.onQuote(
        new QuoteDecoder().wrap(buffer, 0, QuoteDecoder.BLOCK_LENGTH, QuoteDecoder.SCHEMA_VERSION),
        alerts);
  }

  void quote(final int row, final double bid, final double ask) {
    new OptionQuoteEncoder()
        .wrap(buffer, 0)
        .eventTime(NOW)
        .instrumentId(chain().instrumentIds()[row])
        .bid(bid <= 0 ? Fixed.NONE : Fixed.fromDouble(bid))
        .bidSize(Fixed.ONE)
        .ask(Fixed.fromDouble(ask))
        .askSize(Fixed.ONE);
    market.onOptionQuote(
        new OptionQuoteDecoder()
            .wrap(buffer, 0, OptionQuoteDecoder.BLOCK_LENGTH, OptionQuoteDecoder.SCHEMA_VERSION),
        alerts);
  }

  void interest(final int row, final long contracts) {
    new OpenInterestEncoder()
        .wrap(buffer, 0)
        .eventTime(NOW)
        .instrumentId(chain().instrumentIds()[row])
        .openInterest(contracts);
    market.onOpenInterest(
        new OpenInterestDecoder()
            .wrap(buffer, 0, OpenInterestDecoder.BLOCK_LENGTH, OpenInterestDecoder.SCHEMA_VERSION),
        alerts);
  }

  /** Normal distribution by its series around 0 (Marsaglia 2004): obvious, and good to 1e-15. */
  static double normal(final double x) {
    double sum = x;
    double term = x;
    for (int i = 3; Math.abs(term) > 1e-18; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private double d1(final int row) {
    final double s = volatility * Math.sqrt(days(row) / 365);
    return Math.max(-7, Math.min(7, Math.log(SPOT / chain().strikes()[row]) / s + s / 2));
  }

  private double textbook(final int row) {
    final double s = volatility * Math.sqrt(days(row) / 365);
    final double strike = chain().strikes()[row];
    final double call = SPOT * normal(d1(row)) - strike * normal(d1(row) - s);
    return chain().calls()[row] ? call : call - SPOT + strike;
  }

  @Override
  public int underlyingId() {
    return Snapshots.UNDERLYING;
  }

  @Override
  public int layout() {
    return chain().layout() - layoutShift;
  }

  @Override
  public long time() {
    return NOW;
  }

  @Override
  public double spot() {
    return SPOT;
  }

  @Override
  public int from() {
    return chain().from();
  }

  @Override
  public int to() {
    return chain().to();
  }

  @Override
  public boolean usable(final int row) {
    return chain().bids()[row] > 0 && chain().asks()[row] > chain().bids()[row];
  }

  @Override
  public double iv(final int row) {
    return volatility;
  }

  @Override
  public double delta(final int row) {
    final double call = normal(d1(row));
    return chain().calls()[row] ? call : call - 1;
  }

  @Override
  public double gamma(final int row) {
    return 0;
  }

  @Override
  public double vega(final int row) {
    return 0;
  }

  @Override
  public double theta(final int row) {
    return 0;
  }

  @Override
  public double mid(final int row) {
    return (chain().bids()[row] + chain().asks()[row]) / 2;
  }

  @Override
  public double days(final int row) {
    return expiryDays(expiryOf(row));
  }

  @Override
  public int expiryOf(final int row) {
    int expiry = 0;
    while (chain().expiries()[row] != NOW + days[expiry] * DAY) {
      expiry++;
    }
    return expiry;
  }

  @Override
  public int expiries() {
    return days.length;
  }

  @Override
  public int firstRow(final int expiry) {
    return expiry * (to() / days.length);
  }

  @Override
  public int endRow(final int expiry) {
    return firstRow(expiry + 1);
  }

  @Override
  public double expiryDays(final int expiry) {
    return days[expiry];
  }

  @Override
  public double forward(final int expiry) {
    return SPOT;
  }

  @Override
  public double atmIv(final int expiry) {
    return volatility;
  }

  @Override
  public double atmIv30() {
    return volatility;
  }
}
