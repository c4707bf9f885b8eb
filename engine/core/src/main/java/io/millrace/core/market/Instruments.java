package io.millrace.core.market;

import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Tier;
import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/**
 * Static data of every instrument, in columns indexed by instrument id (dense from 1; row 0 is
 * unused).
 */
public final class Instruments {
  /** Most instruments of one run; a definition beyond it is refused. */
  public static final int MAX_INSTRUMENTS = 1 << 20;

  private static final int INITIAL = 64;

  private int last;
  private String[] symbol = new String[INITIAL];
  private InstrumentKind[] kind = new InstrumentKind[INITIAL];
  private OptionRight[] right = new OptionRight[INITIAL];
  private OptionStyle[] style = new OptionStyle[INITIAL];
  private Settlement[] settlement = new Settlement[INITIAL];
  private Tier[] tier = new Tier[INITIAL];
  private int[] underlying = new int[INITIAL];
  private int[] correlationGroup = new int[INITIAL];
  private int[] liquidityBucket = new int[INITIAL];
  private long[] tickSize = new long[INITIAL];
  private long[] lotSize = new long[INITIAL];
  private long[] minNotional = new long[INITIAL];
  private long[] multiplier = new long[INITIAL];
  private long[] strike = new long[INITIAL];
  private long[] expiry = new long[INITIAL];
  private long[] sessionOpen = new long[INITIAL];
  private long[] sessionClose = new long[INITIAL];

  /**
   * Adds an instrument, or replaces the session and sizes of one that is there.
   *
   * @throws IllegalArgumentException if the id is not the next one, a field is out of range, or a
   *     contract that is there would become another one
   */
  void define(final InstrumentDefinitionDecoder definition) {
    final int id = definition.instrumentId();
    final String name = definition.symbol();
    if (id < 1 || id > last + 1 || id > MAX_INSTRUMENTS) {
      throw new IllegalArgumentException(
          "instrument " + name + " has id " + id + "; the next free id is " + (last + 1));
    }
    if (definition.tickSize() <= 0 || definition.lotSize() <= 0 || definition.multiplier() <= 0) {
      throw new IllegalArgumentException(
          "instrument " + name + " needs tick size, lot size and multiplier above 0");
    }
    if (definition.settlement() == Settlement.COIN
        && definition.kind() != InstrumentKind.PERPETUAL
        && definition.kind() != InstrumentKind.FUTURE) {
      throw new IllegalArgumentException(
          "instrument " + name + " is settled in coin, which only perpetuals and futures are");
    }
    final int parent = definition.underlyingId();
    if (parent < 0 || parent >= id) {
      throw new IllegalArgumentException(
          "instrument " + name + " names underlying " + parent + ", not defined before it");
    }
    if (definition.kind() == InstrumentKind.OPTION
        && (parent == 0
            || definition.strike() <= 0
            || definition.expiry() <= 0
            || definition.right() == OptionRight.NONE)) {
      throw new IllegalArgumentException(
          "option " + name + " needs underlying, strike, expiry and right");
    }
    if (id <= last && !symbol[id].equals(name)) {
      throw new IllegalArgumentException(
          "instrument id " + id + " is " + symbol[id] + " and cannot become " + name);
    }
    if (id <= last && another(id, definition)) {
      throw new IllegalArgumentException(
          "instrument " + name + " is another contract now; give it a new id and symbol");
    }
    grow(id);
    last = Math.max(last, id);
    symbol[id] = name;
    kind[id] = definition.kind();
    right[id] = definition.right();
    style[id] = definition.style();
    settlement[id] = definition.settlement();
    tier[id] = definition.tier();
    underlying[id] = parent;
    correlationGroup[id] = definition.correlationGroup();
    liquidityBucket[id] = definition.liquidityBucket();
    tickSize[id] = definition.tickSize();
    lotSize[id] = definition.lotSize();
    minNotional[id] = definition.minNotional();
    multiplier[id] = definition.multiplier();
    strike[id] = definition.strike();
    expiry[id] = definition.expiry();
    sessionOpen[id] = definition.sessionOpen();
    sessionClose[id] = definition.sessionClose();
  }

  /** What chains are sorted by and positions are valued by cannot change under them. */
  private boolean another(final int id, final InstrumentDefinitionDecoder definition) {
    return kind[id] != definition.kind()
        || inverse(id) != (definition.settlement() == Settlement.COIN)
        || underlying[id] != definition.underlyingId()
        || (kind[id] == InstrumentKind.OPTION
            && (right[id] != definition.right()
                || strike[id] != definition.strike()
                || expiry[id] != definition.expiry()));
  }

  /** Highest id so far; ids are 1 to this. */
  public int last() {
    return last;
  }

  /** Whether the id is defined. */
  public boolean defined(final int id) {
    return id >= 1 && id <= last;
  }

  /** Unique name. */
  public String symbol(final int id) {
    return symbol[id];
  }

  /** What is traded. */
  public InstrumentKind kind(final int id) {
    return kind[id];
  }

  /** Whether it is an option. */
  public boolean option(final int id) {
    return kind[id] == InstrumentKind.OPTION;
  }

  /** Call, put or none. */
  public OptionRight right(final int id) {
    return right[id];
  }

  /** Exercise style. */
  public OptionStyle style(final int id) {
    return style[id];
  }

  /** What is delivered. */
  public Settlement settlement(final int id) {
    return settlement[id];
  }

  /** Risk tier. */
  public Tier tier(final int id) {
    return tier[id];
  }

  /** Id of the underlying; 0 = none. */
  public int underlying(final int id) {
    return underlying[id];
  }

  /** The underlying of a derivative, else the instrument itself. */
  public int root(final int id) {
    return underlying[id] == 0 ? id : underlying[id];
  }

  /** Correlation group; 0 = none. */
  public int correlationGroup(final int id) {
    return correlationGroup[id];
  }

  /** Liquidity bucket; 0 = most liquid. */
  public int liquidityBucket(final int id) {
    return liquidityBucket[id];
  }

  /** Smallest price step, 1e-8. */
  public long tickSize(final int id) {
    return tickSize[id];
  }

  /** Smallest quantity step, 1e-8. */
  public long lotSize(final int id) {
    return lotSize[id];
  }

  /** Smallest order value, 1e-8; 0 = none. */
  public long minNotional(final int id) {
    return minNotional[id];
  }

  /** Units of the underlying per contract, 1e-8. */
  public long multiplier(final int id) {
    return multiplier[id];
  }

  /**
   * Whether it is an inverse contract: its multiplier is its face value in the currency that it is
   * quoted in, and it pays in the coin that it is on.
   */
  public boolean inverse(final int id) {
    return settlement[id] == Settlement.COIN;
  }

  /**
   * Value of a quantity at a price: price × quantity × multiplier, rounded half to even twice; of
   * an inverse contract its face value, which is what its coins are worth at that price.
   */
  public long value(final int id, final long quantity, final long price) {
    return inverse(id)
        ? Fixed.mul(multiplier[id], quantity)
        : Fixed.mul(Fixed.mul(price, quantity), multiplier[id]);
  }

  /** Strike, 1e-8. */
  public long strike(final int id) {
    return strike[id];
  }

  /** Instant of expiry, nanoseconds; 0 = never. */
  public long expiry(final int id) {
    return expiry[id];
  }

  /** Start of the regular session, nanoseconds; 0 = always open. */
  public long sessionOpen(final int id) {
    return sessionOpen[id];
  }

  /** End of the regular session, nanoseconds; 0 = always open. */
  public long sessionClose(final int id) {
    return sessionClose[id];
  }

  /** Whether the regular session is open: from its start, to before its end. */
  public boolean sessionOpen(final int id, final long now) {
    return sessionClose[id] == 0 || (now >= sessionOpen[id] && now < sessionClose[id]);
  }

  void state(final StateCodec codec) {
    last = codec.int32(last);
    underlying = codec.grown(underlying);
    correlationGroup = codec.grown(correlationGroup);
    liquidityBucket = codec.grown(liquidityBucket);
    tickSize = codec.grown(tickSize);
    lotSize = codec.grown(lotSize);
    minNotional = codec.grown(minNotional);
    multiplier = codec.grown(multiplier);
    strike = codec.grown(strike);
    expiry = codec.grown(expiry);
    sessionOpen = codec.grown(sessionOpen);
    sessionClose = codec.grown(sessionClose);
    if (codec.loading()) {
      final int size = underlying.length;
      symbol = new String[size];
      kind = new InstrumentKind[size];
      right = new OptionRight[size];
      style = new OptionStyle[size];
      settlement = new Settlement[size];
      tier = new Tier[size];
    }
    for (int id = 1; id <= last; id++) {
      symbol[id] = codec.text(symbol[id]);
      names(codec, id);
    }
  }

  /** What is a code in the message stays one. */
  private void names(final StateCodec codec, final int id) {
    final boolean saving = !codec.loading();
    kind[id] = InstrumentKind.get((short) codec.int32(saving ? kind[id].value() : 0));
    right[id] = OptionRight.get((short) codec.int32(saving ? right[id].value() : 0));
    style[id] = OptionStyle.get((short) codec.int32(saving ? style[id].value() : 0));
    settlement[id] = Settlement.get((short) codec.int32(saving ? settlement[id].value() : 0));
    tier[id] = Tier.get((short) codec.int32(saving ? tier[id].value() : 0));
  }

  private void grow(final int id) {
    if (id < symbol.length) {
      return;
    }
    final int size = symbol.length * 2;
    symbol = Arrays.copyOf(symbol, size);
    kind = Arrays.copyOf(kind, size);
    right = Arrays.copyOf(right, size);
    style = Arrays.copyOf(style, size);
    settlement = Arrays.copyOf(settlement, size);
    tier = Arrays.copyOf(tier, size);
    underlying = Arrays.copyOf(underlying, size);
    correlationGroup = Arrays.copyOf(correlationGroup, size);
    liquidityBucket = Arrays.copyOf(liquidityBucket, size);
    tickSize = Arrays.copyOf(tickSize, size);
    lotSize = Arrays.copyOf(lotSize, size);
    minNotional = Arrays.copyOf(minNotional, size);
    multiplier = Arrays.copyOf(multiplier, size);
    strike = Arrays.copyOf(strike, size);
    expiry = Arrays.copyOf(expiry, size);
    sessionOpen = Arrays.copyOf(sessionOpen, size);
    sessionClose = Arrays.copyOf(sessionClose, size);
  }
}
