package io.millrace.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.Side;
import org.junit.jupiter.api.Test;

class LeeReadyTest {
  private final MarketScript script = new MarketScript();
  private final int id = script.equity(0, 0);
  private final LeeReady rule = new LeeReady(script.market().books());

  private int sign(final double price, final Side aggressor) {
    rule.grow(id);
    return rule.sign(id, Fixed.fromDouble(price), aggressor);
  }

  @Test
  void feedHasTheFirstWord() {
    script.quote(id, 1, 10, 1, 10.02, 1);
    assertThat(sign(10.02, Side.SELL)).isEqualTo(-1);
    assertThat(sign(10.00, Side.BUY)).isEqualTo(1);
  }

  @Test
  void aboveTheMidIsABuyAndBelowASell() {
    script.quote(id, 1, 10, 1, 10.02, 1);
    assertThat(sign(10.02, Side.NONE)).isEqualTo(1);
    assertThat(sign(10.00, Side.NONE)).isEqualTo(-1);
  }

  @Test
  void halfATickAboveTheMidIsABuy() {
    script.quote(id, 1, 10, 1, 10.01, 1);
    assertThat(sign(10.00500001, Side.NONE)).isEqualTo(1);
    assertThat(sign(10.00499999, Side.NONE)).isEqualTo(-1);
  }

  @Test
  void atTheMidTheTickDecides() {
    script.quote(id, 1, 10, 1, 10.02, 1);
    sign(10.00, Side.NONE);
    assertThat(sign(10.01, Side.NONE)).isEqualTo(1);
    assertThat(sign(10.01, Side.NONE)).as("zero tick keeps the last direction").isEqualTo(1);
    sign(10.02, Side.NONE);
    assertThat(sign(10.01, Side.NONE)).isEqualTo(-1);
  }

  @Test
  void withoutABookTheTickDecides() {
    assertThat(sign(10, Side.NONE)).as("nothing to go by").isZero();
    assertThat(sign(11, Side.NONE)).isEqualTo(1);
    assertThat(sign(10, Side.NONE)).isEqualTo(-1);
  }

  @Test
  void crossedBookIsNotAQuoteToJudgeBy() {
    sign(10, Side.NONE);
    script.quote(id, 1, 11, 1, 10.5, 1);
    assertThat(sign(10.2, Side.NONE)).as("below the crossed mid, but an uptick").isEqualTo(1);
  }
}
