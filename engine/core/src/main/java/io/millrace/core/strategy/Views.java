package io.millrace.core.strategy;

import io.millrace.codecs.Action;
import io.millrace.codecs.Engine;
import io.millrace.codecs.Feature;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.Regime;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Side;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.SuggestionDecoder;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import io.millrace.core.slot.FeatureTable;

/** The reused objects behind the views that callbacks get. */
final class Views {
  private Views() {}

  static double price(final long fixed) {
    return fixed == Fixed.NONE ? Double.NaN : Fixed.toDouble(fixed);
  }

  /** A top of book. */
  static final class QuoteView implements Quote {
    private final Books books;
    private HostInstrument instrument;
    private long time;

    QuoteView(final Books books) {
      this.books = books;
    }

    QuoteView set(final HostInstrument whose, final long when) {
      instrument = whose;
      time = when;
      return this;
    }

    @Override
    public Instrument instrument() {
      return instrument;
    }

    @Override
    public long time() {
      return time;
    }

    @Override
    public double bid() {
      return price(books.bid(instrument.id()));
    }

    @Override
    public double bidSize() {
      return Fixed.toDouble(books.bidSize(instrument.id()));
    }

    @Override
    public double ask() {
      return price(books.ask(instrument.id()));
    }

    @Override
    public double askSize() {
      return Fixed.toDouble(books.askSize(instrument.id()));
    }

    @Override
    public double mid() {
      return price(books.mid(instrument.id()));
    }
  }

  /** A print. */
  static final class TradeView implements Trade {
    private HostInstrument instrument;
    private long time;
    private double price;
    private double size;
    private Side aggressor = Side.NONE;

    TradeView set(
        final HostInstrument what,
        final long when,
        final long atPrice,
        final long units,
        final Side who) {
      instrument = what;
      time = when;
      price = Fixed.toDouble(atPrice);
      size = Fixed.toDouble(units);
      aggressor = who;
      return this;
    }

    @Override
    public Instrument instrument() {
      return instrument;
    }

    @Override
    public long time() {
      return time;
    }

    @Override
    public double price() {
      return price;
    }

    @Override
    public double size() {
      return size;
    }

    @Override
    public Side aggressor() {
      return aggressor;
    }
  }

  /** A finished bar. */
  static final class BarView implements Bar {
    HostInstrument instrument;
    long start;
    long end;
    double open;
    double high;
    double low;
    double close;
    double volume;

    @Override
    public Instrument instrument() {
      return instrument;
    }

    @Override
    public long start() {
      return start;
    }

    @Override
    public long end() {
      return end;
    }

    @Override
    public double open() {
      return open;
    }

    @Override
    public double high() {
      return high;
    }

    @Override
    public double low() {
      return low;
    }

    @Override
    public double close() {
      return close;
    }

    @Override
    public double volume() {
      return volume;
    }
  }

  /** A part of an own order that traded. */
  static final class FillView implements Fill {
    long ticket;
    HostInstrument instrument;
    long time;
    double quantity;
    double price;
    double fee;
    Liquidity liquidity;

    @Override
    public long ticket() {
      return ticket;
    }

    @Override
    public Instrument instrument() {
      return instrument;
    }

    @Override
    public long time() {
      return time;
    }

    @Override
    public double quantity() {
      return quantity;
    }

    @Override
    public double price() {
      return price;
    }

    @Override
    public double fee() {
      return fee;
    }

    @Override
    public Liquidity liquidity() {
      return liquidity;
    }
  }

  /** A new state of an own order. */
  static final class OrderView implements OrderUpdate {
    long ticket;
    HostInstrument instrument;
    OrderState state;
    RejectReason reason;
    double filled;
    double leaves;

    @Override
    public long ticket() {
      return ticket;
    }

    @Override
    public Instrument instrument() {
      return instrument;
    }

    @Override
    public OrderState state() {
      return state;
    }

    @Override
    public RejectReason reason() {
      return reason;
    }

    @Override
    public double filled() {
      return filled;
    }

    @Override
    public double leaves() {
      return leaves;
    }
  }

  /** What the engines measured. */
  static final class SnapshotView implements Snapshot {
    private final FeatureTable features = new FeatureTable();
    private HostInstrument instrument;
    private SnapshotDecoder snapshot;
    private Action stance;
    private double stanceConfidence;

    SnapshotView set(
        final HostInstrument whose,
        final SnapshotDecoder measured,
        final SuggestionDecoder composite) {
      instrument = whose;
      snapshot = measured;
      stance = composite.action();
      stanceConfidence = composite.confidence();
      features.load(measured);
      return this;
    }

    @Override
    public Instrument instrument() {
      return instrument;
    }

    @Override
    public long time() {
      return snapshot.eventTime();
    }

    @Override
    public double spot() {
      return price(snapshot.spot());
    }

    @Override
    public Regime regime() {
      return snapshot.regime();
    }

    @Override
    public Regime regime(final Engine engine) {
      return switch (engine) {
        case HEDGE -> snapshot.hedgeRegime();
        case LIQUIDITY -> snapshot.liquidityRegime();
        case SENTIMENT -> snapshot.sentimentRegime();
        case ELASTICITY -> snapshot.elasticityRegime();
        default -> snapshot.regime();
      };
    }

    @Override
    public double confidence(final Engine engine) {
      return switch (engine) {
        case HEDGE -> snapshot.hedgeConfidence();
        case LIQUIDITY -> snapshot.liquidityConfidence();
        case SENTIMENT -> snapshot.sentimentConfidence();
        case ELASTICITY -> snapshot.elasticityConfidence();
        default -> Double.NaN;
      };
    }

    @Override
    public double feature(final Feature feature) {
      return features.get(feature, Double.NaN);
    }

    @Override
    public Action stance() {
      return stance;
    }

    @Override
    public double stanceConfidence() {
      return stanceConfidence;
    }
  }
}
