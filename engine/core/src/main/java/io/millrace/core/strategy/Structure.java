package io.millrace.core.strategy;

/** Parts of a multi-leg order, in order. */
public final class Structure {
  /** Most legs. */
  public static final int MAX_LEGS = 4;

  private final Instrument[] instrument = new Instrument[MAX_LEGS];
  private final int[] ratio = new int[MAX_LEGS];
  private int count;

  /** No legs yet. */
  public Structure() {}

  /**
   * Adds a leg that is bought.
   *
   * @param contracts in one unit, above 0
   */
  public Structure buy(final Instrument leg, final int contracts) {
    return add(leg, contracts);
  }

  /**
   * Adds a leg that is sold.
   *
   * @param contracts in one unit, above 0
   */
  public Structure sell(final Instrument leg, final int contracts) {
    return add(leg, -contracts);
  }

  private Structure add(final Instrument leg, final int contracts) {
    if (leg == null || contracts == 0 || count == MAX_LEGS) {
      throw new IllegalArgumentException(
          "a structure has 1 to " + MAX_LEGS + " legs, each an instrument and above 0 contracts");
    }
    for (int i = 0; i < count; i++) {
      if (instrument[i] == leg) {
        throw new IllegalArgumentException(leg.symbol() + " is in the structure already");
      }
    }
    instrument[count] = leg;
    ratio[count++] = contracts;
    return this;
  }

  /** How many legs. */
  public int count() {
    return count;
  }

  /** Instrument of a leg. */
  public Instrument instrument(final int leg) {
    return instrument[leg];
  }

  /** Contracts of a leg in one unit, below 0 = sold. */
  public int ratio(final int leg) {
    return ratio[leg];
  }
}
