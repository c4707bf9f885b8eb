package io.millrace.core.strategy;

import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionRight;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;

/** The one object that stands for an instrument in a run. */
final class HostInstrument implements Instrument {
  private final int id;
  private final String symbol;
  private final InstrumentKind kind;
  private final double tickSize;
  private final double lotSize;
  private final double multiplier;
  private final Instrument underlying;
  private final double strike;
  private final OptionRight right;
  private final long expiry;

  HostInstrument(final Instruments instruments, final int id, final Instrument underlying) {
    this.id = id;
    this.underlying = underlying;
    symbol = instruments.symbol(id);
    kind = instruments.kind(id);
    tickSize = Fixed.toDouble(instruments.tickSize(id));
    lotSize = Fixed.toDouble(instruments.lotSize(id));
    multiplier = Fixed.toDouble(instruments.multiplier(id));
    strike = instruments.option(id) ? Fixed.toDouble(instruments.strike(id)) : Double.NaN;
    right = instruments.right(id);
    expiry = instruments.expiry(id);
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public String symbol() {
    return symbol;
  }

  @Override
  public InstrumentKind kind() {
    return kind;
  }

  @Override
  public double tickSize() {
    return tickSize;
  }

  @Override
  public double lotSize() {
    return lotSize;
  }

  @Override
  public double multiplier() {
    return multiplier;
  }

  @Override
  public Instrument underlying() {
    return underlying;
  }

  @Override
  public double strike() {
    return strike;
  }

  @Override
  public OptionRight right() {
    return right;
  }

  @Override
  public long expiry() {
    return expiry;
  }

  @Override
  public String toString() {
    return symbol;
  }
}
