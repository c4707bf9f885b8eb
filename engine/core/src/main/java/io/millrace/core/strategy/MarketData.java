package io.millrace.core.strategy;

/** What is known now, read-only. Prices are NaN where there is none. */
public interface MarketData {
  /**
   * An instrument by name.
   *
   * @throws IllegalArgumentException if the run has none of that name; the message names those of
   *     the universe
   */
  Instrument instrument(String symbol);

  /** Instruments of the universe, in the order of the bundle. */
  int universeSize();

  /** The i-th instrument of the universe. */
  Instrument universe(int i);

  /** Best bid. */
  double bid(Instrument instrument);

  /** Best ask. */
  double ask(Instrument instrument);

  /** Last print, or close of the last bar. */
  double last(Instrument instrument);

  /** Price to value by, as the portfolio's {@code mark} setting says. */
  double mark(Instrument instrument);

  /** Whether the regular session is open now. */
  boolean open(Instrument instrument);

  /** The live options of an underlying, as they stand; null if it has none. */
  Chain chain(Instrument underlying);

  /** Units held, below 0 = short. */
  double position(Instrument instrument);

  /** Units held plus units of own working orders. */
  double exposure(Instrument instrument);

  /** Average entry price of what is held, NaN = nothing. */
  double averagePrice(Instrument instrument);

  /** Worth of the account now: cash plus what is held at its marks. */
  double equity();

  /** Cash. */
  double cash();

  /**
   * Close of a bar of the timeframe.
   *
   * @param back 0 = the last one finished, up to 255
   * @return NaN where there is none
   */
  double close(Instrument instrument, int back);

  /** Last funding rate of a perpetual, fraction for each funding interval; NaN = none yet. */
  double fundingRate(Instrument instrument);
}
