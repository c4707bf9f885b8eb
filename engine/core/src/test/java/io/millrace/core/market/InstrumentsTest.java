package io.millrace.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Tier;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstrumentsTest {
  private static final long EXPIRY = Wire.OPEN + 86_400 * Wire.SECOND;

  private final Wire wire = Wire.usual();
  private final Instruments instruments = wire.market.instruments();

  @BeforeEach
  void aStock() {
    wire.stock(1, "GOOG");
    wire.define();
  }

  private void refused(final String why, final InstrumentDefinitionEncoder definition) {
    final int before = instruments.last();
    assertThatThrownBy(wire::define)
        .as(why + " " + definition.sbeTemplateId())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
    assertThat(instruments.last()).as("nothing half-way in").isEqualTo(before);
  }

  @Test
  void idsAreDenseFromOne() {
    refused("the next free id is 2", wire.stock(3, "MSFT"));
    refused("the next free id is 2", wire.stock(0, "MSFT"));
    refused("the next free id is 2", wire.stock(-1, "MSFT"));
    wire.stock(2, "MSFT");
    wire.define();
    assertThat(instruments.last()).isEqualTo(2);
    assertThat(instruments.defined(2)).isTrue();
    assertThat(instruments.defined(3)).isFalse();
    assertThat(instruments.defined(0)).isFalse();
    assertThat(instruments.symbol(2)).isEqualTo("MSFT");
  }

  @Test
  void stepsAndMultiplierAreAboveZero() {
    refused("above 0", wire.stock(2, "A").tickSize(0));
    refused("above 0", wire.stock(2, "A").lotSize(-1));
    refused("above 0", wire.stock(2, "A").multiplier(0));
    refused("above 0", wire.stock(2, "A").tickSize(Fixed.NONE));
  }

  @Test
  void anOptionNeedsUnderlyingStrikeExpiryAndRight() {
    refused("needs underlying", wire.option(2, 0, OptionRight.CALL, Fixed.ONE, EXPIRY));
    refused("needs underlying", wire.option(2, 1, OptionRight.NONE, Fixed.ONE, EXPIRY));
    refused("needs underlying", wire.option(2, 1, OptionRight.PUT, 0, EXPIRY));
    refused("needs underlying", wire.option(2, 1, OptionRight.PUT, Fixed.NONE, EXPIRY));
    refused("needs underlying", wire.option(2, 1, OptionRight.PUT, Fixed.ONE, 0));
    refused("not defined before it", wire.option(2, 2, OptionRight.PUT, Fixed.ONE, EXPIRY));
    refused("not defined before it", wire.option(2, 9, OptionRight.PUT, Fixed.ONE, EXPIRY));
  }

  @Test
  void anIdKeepsItsName() {
    refused("cannot become MSFT", wire.stock(1, "MSFT"));
    assertThat(instruments.symbol(1)).isEqualTo("GOOG");
  }

  @Test
  void aSecondDefinitionReplacesSessionAndSizes() {
    wire.stock(1, "GOOG").sessionOpen(5).sessionClose(9).tickSize(7).tier(Tier.ALT_EXT);
    wire.define();
    assertThat(instruments.last()).isEqualTo(1);
    assertThat(instruments.sessionOpen(1)).isEqualTo(5);
    assertThat(instruments.sessionClose(1)).isEqualTo(9);
    assertThat(instruments.tickSize(1)).isEqualTo(7);
    assertThat(instruments.tier(1)).isEqualTo(Tier.ALT_EXT);
  }

  @Test
  void whatAContractIsNeverChanges() {
    wire.option(2, 1, OptionRight.CALL, 100, EXPIRY);
    wire.define();
    for (final Consumer<InstrumentDefinitionEncoder> change :
        java.util.List.<Consumer<InstrumentDefinitionEncoder>>of(
            d -> d.strike(101),
            d -> d.expiry(EXPIRY + 1),
            d -> d.right(OptionRight.PUT),
            d -> d.kind(io.millrace.codecs.InstrumentKind.EQUITY))) {
      final InstrumentDefinitionEncoder again = wire.option(2, 1, OptionRight.CALL, 100, EXPIRY);
      change.accept(again);
      refused("is another contract now", again);
      assertThat(instruments.strike(2)).isEqualTo(100);
    }
    wire.option(2, 1, OptionRight.CALL, 100, EXPIRY);
    wire.define(); // the same again is fine
    assertThat(wire.market.chain(1).to()).as("one row, not two").isEqualTo(1);
  }

  @Test
  void aSessionIsOpenFromItsStartToBeforeItsEnd() {
    wire.stock(2, "NYSE").sessionOpen(100).sessionClose(200);
    wire.define();
    assertThat(instruments.sessionOpen(2, 99)).isFalse();
    assertThat(instruments.sessionOpen(2, 100)).isTrue();
    assertThat(instruments.sessionOpen(2, 199)).isTrue();
    assertThat(instruments.sessionOpen(2, 200)).isFalse();
    assertThat(instruments.sessionOpen(1, 5)).as("without a session always open").isTrue();
  }

  @Test
  void theRootOfAnOptionIsItsUnderlying() {
    wire.option(2, 1, OptionRight.PUT, 100, EXPIRY);
    wire.define();
    assertThat(instruments.root(2)).isEqualTo(1);
    assertThat(instruments.root(1)).isEqualTo(1);
    assertThat(instruments.option(2)).isTrue();
    assertThat(instruments.option(1)).isFalse();
  }

  @Test
  void columnsGrowAndKeepWhatTheyHold() {
    for (int id = 2; id <= 300; id++) {
      wire.stock(id, "S" + id).tickSize(id);
      wire.define();
    }
    for (int id = 2; id <= 300; id++) {
      assertThat(instruments.tickSize(id)).isEqualTo(id);
      assertThat(instruments.symbol(id)).isEqualTo("S" + id);
      assertThat(wire.market.books().bid(id)).isEqualTo(Fixed.NONE);
      assertThat(wire.market.books().last(id)).isEqualTo(Fixed.NONE);
    }
  }
}
