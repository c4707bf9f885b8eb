package io.millrace.core.strategy;

import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionRight;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;

/** The one object that stands for an instrument in a run; it remembers nothing itself. */
final class HostInstrument implements Instrument {
  private final Instruments instruments;
  private final int id;
  private final Instrument underlying;

  HostInstrument(final Instruments instruments, final int id, final Instrument underlying) {
    this.instruments = instruments;
    this.id = id;
    this.underlying = underlying;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public String symbol() {
    return instruments.symbol(id);
  }

  @Override
  public InstrumentKind kind() {
    return instruments.kind(id);
  }

  @Override
  public double tickSize() {
    return Fixed.toDouble(instruments.tickSize(id));
  }

  @Override
  public double lotSize() {
    return Fixed.toDouble(instruments.lotSize(id));
  }

  @Override
  public double multiplier() {
    return Fixed.toDouble(instruments.multiplier(id));
  }

  @Override
  public Instrument underlying() {
    return underlying;
  }

  @Override
  public double strike() {
    return instruments.option(id) ? Fixed.toDouble(instruments.strike(id)) : Double.NaN;
  }

  @Override
  public OptionRight right() {
    return instruments.right(id);
  }

  @Override
  public long expiry() {
    return instruments.expiry(id);
  }

  @Override
  public String toString() {
    return symbol();
  }
}
