package io.millrace.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.OptionRight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionChainTest {
  private static final long DAY = 86_400 * Wire.SECOND;

  private record Contract(long expiry, long strike, OptionRight right) {}

  private final Wire wire = Wire.usual();
  private int last;

  private int stock() {
    wire.stock(++last, "S" + last);
    wire.define();
    return last;
  }

  private int option(
      final int underlying, final OptionRight right, final long strike, final long expiry) {
    wire.option(++last, underlying, right, strike, expiry);
    wire.define();
    return last;
  }

  private static List<String> rows(final OptionChain chain) {
    final List<String> rows = new ArrayList<>();
    for (int i = chain.from(); i < chain.to(); i++) {
      rows.add(
          (chain.expiries()[i] - Wire.OPEN) / DAY
              + " "
              + chain.strikes()[i]
              + (chain.calls()[i] ? " C" : " P"));
    }
    return rows;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rowsAreSortedByExpiryStrikeAndRightInWhateverOrderTheyAreDefined(final long seed) {
    final List<Contract> contracts = new ArrayList<>();
    final List<String> expected = new ArrayList<>();
    for (int expiry = 1; expiry <= 5; expiry++) {
      for (int strike = 90; strike < 150; strike++) {
        for (final OptionRight right : List.of(OptionRight.CALL, OptionRight.PUT)) {
          contracts.add(new Contract(Wire.OPEN + expiry * DAY, strike * Fixed.ONE, right));
          expected.add(expiry + " " + (double) strike + (right == OptionRight.CALL ? " C" : " P"));
        }
      }
    }
    Collections.shuffle(contracts, new Random(seed));
    final int stock = stock();
    for (final Contract c : contracts) {
      option(stock, c.right(), c.strike(), c.expiry());
    }
    final OptionChain chain = wire.market.chain(stock);
    assertThat(rows(chain)).isEqualTo(expected);
    for (int id = 2; id <= last; id++) {
      assertThat(chain.instrumentIds()[wire.market.row(id)]).isEqualTo(id);
    }
  }

  @Test
  void whatARowHoldsMovesWithIt() {
    final int stock = stock();
    final int far = option(stock, OptionRight.PUT, 110 * Fixed.ONE, Wire.OPEN + 2 * DAY);
    wire.optionQuote(far, Wire.price(1.5), Wire.price(1.7));
    wire.openInterest(far, 42);
    final OptionChain chain = wire.market.chain(stock);
    final int layout = chain.layout();
    option(stock, OptionRight.CALL, 100 * Fixed.ONE, Wire.OPEN + DAY);
    assertThat(chain.layout()).as("whoever has columns beside these is told").isNotEqualTo(layout);
    final int row = wire.market.row(far);
    assertThat(row).isEqualTo(1);
    assertThat(chain.bids()[row]).isEqualTo(1.5);
    assertThat(chain.asks()[row]).isEqualTo(1.7);
    assertThat(chain.openInterests()[row]).isEqualTo(42);
    assertThat(chain.quoteTimes()[row]).isEqualTo(Wire.OPEN);
    assertThat(chain.bids()[0]).isNaN();
    assertThat(chain.openInterests()[0]).isZero();
    assertThat(chain.hasOpenInterest()).isTrue();
  }

  @Test
  void aMissingSideIsNaN() {
    final int stock = stock();
    final int call = option(stock, OptionRight.CALL, 100 * Fixed.ONE, Wire.OPEN + DAY);
    wire.optionQuote(call, Fixed.NONE, Wire.price(0.05));
    assertThat(wire.market.chain(stock).bids()[0]).isNaN();
    assertThat(wire.market.chain(stock).asks()[0]).isEqualTo(0.05);
  }

  @Test
  void anExpiryGoesAtItsInstant() {
    final int stock = stock();
    option(stock, OptionRight.CALL, 100 * Fixed.ONE, Wire.OPEN + DAY);
    option(stock, OptionRight.PUT, 100 * Fixed.ONE, Wire.OPEN + DAY);
    option(stock, OptionRight.CALL, 100 * Fixed.ONE, Wire.OPEN + 2 * DAY);
    final OptionChain chain = wire.market.chain(stock);
    wire.at(Wire.OPEN + DAY - 1);
    assertThat(rows(chain)).hasSize(3);
    wire.at(Wire.OPEN + DAY);
    assertThat(rows(chain)).containsExactly("2 100.0 C");
    wire.at(Wire.OPEN + 5 * DAY);
    assertThat(rows(chain)).isEmpty();
  }

  @Test
  void expiriesOfTwoChainsGoEachAtItsTime() {
    final int a = stock();
    final int b = stock();
    option(a, OptionRight.CALL, 100 * Fixed.ONE, Wire.OPEN + 3 * DAY);
    option(b, OptionRight.CALL, 100 * Fixed.ONE, Wire.OPEN + DAY);
    option(b, OptionRight.CALL, 100 * Fixed.ONE, Wire.OPEN + 2 * DAY);
    wire.at(Wire.OPEN + 2 * DAY);
    assertThat(rows(wire.market.chain(a))).hasSize(1);
    assertThat(rows(wire.market.chain(b))).isEmpty();
    wire.at(Wire.OPEN + 3 * DAY);
    assertThat(rows(wire.market.chain(a))).isEmpty();
  }

  @Test
  void aContractThatIsDefinedAfterItsExpiryIsNeverLive() {
    final int stock = stock();
    option(stock, OptionRight.CALL, 100 * Fixed.ONE, Wire.OPEN + DAY);
    option(stock, OptionRight.CALL, 100 * Fixed.ONE, Wire.OPEN + 9 * DAY);
    wire.at(Wire.OPEN + 2 * DAY);
    option(stock, OptionRight.PUT, 90 * Fixed.ONE, Wire.OPEN + DAY / 2);
    assertThat(rows(wire.market.chain(stock))).containsExactly("9 100.0 C");
    option(stock, OptionRight.PUT, 90 * Fixed.ONE, Wire.OPEN + DAY + 1);
    assertThat(rows(wire.market.chain(stock))).containsExactly("9 100.0 C");
  }

  @Test
  void aStockWithoutOptionsHasNoChain() {
    assertThat(wire.market.chain(stock())).isNull();
    assertThat(wire.market.chain(1 << 19)).isNull();
  }
}
