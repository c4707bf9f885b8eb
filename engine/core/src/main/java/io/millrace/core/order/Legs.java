package io.millrace.core.order;

import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.Side;
import io.millrace.codecs.TradeIdeaDecoder;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;

/** Parts of a multi-leg structure, in order; none for a single instrument. Reused. */
public final class Legs implements Stateful {
  /** Most legs of one structure. */
  public static final int MAX_LEGS = 4;

  private final int[] instrumentId = new int[MAX_LEGS];
  private final Side[] side = new Side[MAX_LEGS];
  private final int[] ratio = new int[MAX_LEGS];
  private int count;

  /** Forgets all legs. */
  public Legs clear() {
    count = 0;
    return this;
  }

  /**
   * Adds a leg.
   *
   * @param ratio contracts per unit, above 0
   * @throws IllegalArgumentException if there are too many legs or the ratio is not above 0
   */
  public Legs add(final int instrumentId, final Side side, final int ratio) {
    if (count == MAX_LEGS || ratio <= 0) {
      throw new IllegalArgumentException(
          "leg " + count + " with ratio " + ratio + " of " + instrumentId);
    }
    this.instrumentId[count] = instrumentId;
    this.side[count] = side;
    this.ratio[count] = ratio;
    count++;
    return this;
  }

  /** Copies another's legs. */
  public Legs copy(final Legs other) {
    clear();
    for (int i = 0; i < other.count; i++) {
      add(other.instrumentId[i], other.side[i], other.ratio[i]);
    }
    return this;
  }

  /** Reads the legs of an idea (consumes its group). */
  public Legs read(final TradeIdeaDecoder.LegsDecoder legs) {
    clear();
    while (legs.hasNext()) {
      legs.next();
      add(legs.instrumentId(), legs.side(), legs.ratio());
    }
    return this;
  }

  /** Reads the legs of an order request (consumes its group). */
  public Legs read(final OrderRequestDecoder.LegsDecoder legs) {
    clear();
    while (legs.hasNext()) {
      legs.next();
      add(legs.instrumentId(), legs.side(), legs.ratio());
    }
    return this;
  }

  @Override
  public void state(final StateCodec codec) {
    count = codec.int32(count);
    for (int i = 0; i < count; i++) {
      instrumentId[i] = codec.int32(instrumentId[i]);
      side[i] = Side.get((short) codec.int32(codec.loading() ? 0 : side[i].value()));
      ratio[i] = codec.int32(ratio[i]);
    }
  }

  /** How many legs; 0 = single instrument. */
  public int count() {
    return count;
  }

  /** Instrument of leg {@code i}. */
  public int instrumentId(final int i) {
    return instrumentId[i];
  }

  /** Direction of leg {@code i} when the structure is bought. */
  public Side side(final int i) {
    return side[i];
  }

  /** +1 bought, -1 sold. */
  public int sign(final int i) {
    return side[i] == Side.BUY ? 1 : -1;
  }

  /** Contracts per unit of leg {@code i}. */
  public int ratio(final int i) {
    return ratio[i];
  }
}
