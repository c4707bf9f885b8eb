package io.millrace.core.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.Side;
import io.millrace.codecs.TradeIdeaDecoder;
import io.millrace.codecs.TradeIdeaEncoder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.slot.Outputs;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderIntentsTest {
  private static final int STOCK = 1;
  private static final int OPTIONS = 4;

  private final Market market = new Market(MarketLimits.withoutConfirmation(1, 0, 1, 0));
  private final OrderIntents intents =
      new OrderIntents(market.instruments(), Fixed.parse("0.0005"));
  private final Outputs out = new Outputs();
  private final TradeIdeaEncoder idea = new TradeIdeaEncoder();
  private final OrderIntent intent = new OrderIntent();

  private record Part(int id, Side side, int ratio, String bid, String ask) {}

  @BeforeEach
  void define() {
    out.reset(17, 1_000);
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    for (int id = STOCK; id <= STOCK + OPTIONS; id++) {
      final boolean option = id > STOCK;
      new InstrumentDefinitionEncoder()
          .wrap(buffer, 0)
          .instrumentId(id)
          .underlyingId(option ? STOCK : 0)
          .kind(option ? InstrumentKind.OPTION : InstrumentKind.EQUITY)
          .right(option ? OptionRight.CALL : OptionRight.NONE)
          .tickSize(Fixed.parse(option ? "0.05" : "0.01"))
          .lotSize(Fixed.ONE)
          .multiplier(option ? 100 * Fixed.ONE : Fixed.ONE)
          .strike(Fixed.parse("700"))
          .expiry(option ? 1_000_000 : 0)
          .symbol("T" + id);
      market.onInstrument(
          new InstrumentDefinitionDecoder()
              .wrap(
                  buffer,
                  0,
                  InstrumentDefinitionDecoder.BLOCK_LENGTH,
                  InstrumentDefinitionDecoder.SCHEMA_VERSION));
    }
  }

  private OrderIntent read(final String cost, final String maxLoss, final Part... parts) {
    out.begin(idea);
    idea.instrumentId(STOCK)
        .key(99)
        .units(3 * Fixed.ONE)
        .costPerUnit(Fixed.parse(cost))
        .maxLossPerUnit(Fixed.parse(maxLoss));
    final TradeIdeaEncoder.LegsEncoder legs = idea.legsCount(parts.length);
    for (final Part part : parts) {
      legs.next()
          .instrumentId(part.id)
          .side(part.side)
          .ratio(part.ratio)
          .bid(Fixed.parse(part.bid))
          .ask(Fixed.parse(part.ask));
    }
    return intents.read(out.read(out.end(idea), new TradeIdeaDecoder()), intent);
  }

  @Test
  void stockIsBoughtUpToTheFarTouchPlusTheCap() {
    // 750.05 · 1.0005 = 750.425025, down to the cent.
    read("750", "11.78", new Part(STOCK, Side.BUY, 1, "749.95", "750.05"));
    assertThat(intent.instrumentId()).isEqualTo(STOCK);
    assertThat(intent.side()).isEqualTo(Side.BUY);
    assertThat(intent.limitPrice()).isEqualTo(Fixed.parse("750.42"));
    assertThat(intent.quantity()).isEqualTo(3 * Fixed.ONE);
    assertThat(intent.legs().count()).isZero();
    assertThat(intent.purpose()).isEqualTo(Purpose.OPEN);
    assertThat(intent.key()).isEqualTo(99);
    assertThat(intent.ideaCause()).isEqualTo(17);
    assertThat(intent.ideaOrdinal()).isZero();
    // 42 cents more than the mid.
    assertThat(intent.maxLossPerUnit()).isEqualTo(Fixed.parse("12.20"));
  }

  @Test
  void stockIsSoldDownToTheFarTouchLessTheCap() {
    // 749.95 · 0.9995 = 749.575025, up to the cent.
    read("-750", "11.78", new Part(STOCK, Side.SELL, 1, "749.95", "750.05"));
    assertThat(intent.side()).isEqualTo(Side.SELL);
    assertThat(intent.limitPrice()).isEqualTo(Fixed.parse("749.58"));
    assertThat(intent.maxLossPerUnit()).isEqualTo(Fixed.parse("12.20"));
  }

  @Test
  void limitIsNeverInsideTheTouch() {
    // The cap on ten dollars is half a cent, less than a tick.
    read("10", "1", new Part(STOCK, Side.BUY, 1, "9.995", "10.005"));
    assertThat(intent.limitPrice()).isEqualTo(Fixed.parse("10.01"));
    read("10", "1", new Part(STOCK, Side.BUY, 1, "9.99", "10"));
    assertThat(intent.limitPrice()).isEqualTo(Fixed.parse("10"));
  }

  @Test
  void debitSpreadPaysAtMostTheNaturalPrice() {
    read(
        "412.5",
        "412.5",
        new Part(2, Side.BUY, 1, "8.10", "8.35"),
        new Part(3, Side.SELL, 1, "4", "4.20"));
    assertThat(intent.instrumentId()).isEqualTo(STOCK);
    assertThat(intent.side()).isEqualTo(Side.BUY);
    assertThat(intent.limitPrice()).isEqualTo(Fixed.parse("4.35"));
    assertThat(intent.legs().count()).isEqualTo(2);
    assertThat(intent.legs().instrumentId(1)).isEqualTo(3);
    assertThat(intent.legs().sign(1)).isEqualTo(-1);
    // The natural price is 22.50 a unit above the mid.
    assertThat(intent.maxLossPerUnit()).isEqualTo(Fixed.parse("435"));
  }

  @Test
  void creditStructureHasALimitBelowZero() {
    read(
        "-400",
        "1100",
        new Part(2, Side.BUY, 1, "2.10", "2.20"),
        new Part(3, Side.SELL, 1, "3.70", "3.90"),
        new Part(4, Side.SELL, 1, "3.30", "3.60"),
        new Part(5, Side.BUY, 1, "1.15", "1.30"));
    // 2.20 - 3.70 - 3.30 + 1.30
    assertThat(intent.limitPrice()).isEqualTo(Fixed.parse("-3.50"));
    assertThat(intent.maxLossPerUnit()).isEqualTo(Fixed.parse("1150"));
  }

  @Test
  void ratiosCountInTheNaturalPrice() {
    read(
        "0",
        "100",
        new Part(2, Side.BUY, 1, "5", "5.10"),
        new Part(3, Side.SELL, 2, "2.50", "2.60"));
    assertThat(intent.limitPrice()).isEqualTo(Fixed.parse("0.10"));
    assertThat(intent.legs().ratio(1)).isEqualTo(2);
  }

  @Test
  void declinedIdeaCannotBeTraded() {
    assertThatThrownBy(() -> read("0", "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("17.0");
  }

  @Test
  void capOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new OrderIntents(market.instruments(), Fixed.ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OrderIntents(market.instruments(), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
