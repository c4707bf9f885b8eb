package io.millrace.core.market;

import static io.millrace.core.market.Wire.SECOND;
import static io.millrace.core.market.Wire.price;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.OptionRight;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an underlying is looked at: by event time alone. */
class EvaluationsTest {
  private static final long T = Wire.OPEN;

  private static Wire market(final double move) {
    final Wire wire = new Wire(MarketLimits.withoutConfirmation(60 * SECOND, 0, SECOND, move));
    wire.at(T);
    for (int id = 1; id <= 3; id++) {
      wire.stock(id, "S" + id);
      wire.define();
    }
    wire.option(4, 2, OptionRight.CALL, price(100), T + 86_400 * SECOND);
    wire.define();
    return wire;
  }

  private static void trade(final Wire wire, final int id, final long time, final double at) {
    wire.at(time);
    wire.trade(id, price(at), Fixed.ONE);
  }

  /** Ids due at a time, as the pipeline asks. */
  private static List<Integer> due(final Wire wire, final long now) {
    final Evaluations evaluations = wire.market.evaluations();
    final List<Integer> ids = new ArrayList<>();
    assertThat(evaluations.any(now) || evaluations.next(now, wire.market.books()) == 0).isTrue();
    for (int id = evaluations.next(now, wire.market.books());
        id != 0;
        id = evaluations.next(now, wire.market.books())) {
      ids.add(id);
    }
    return ids;
  }

  @Test
  void anUpdateIsDueAtTheNextWholeInterval() {
    final Wire wire = market(0);
    trade(wire, 1, T + SECOND / 2, 100);
    assertThat(due(wire, T + SECOND / 2)).isEmpty();
    assertThat(due(wire, T + SECOND - 1)).isEmpty();
    assertThat(due(wire, T + SECOND)).containsExactly(1);
    assertThat(due(wire, T + SECOND)).as("once").isEmpty();
    assertThat(due(wire, T + 9 * SECOND)).as("nothing new, nothing due").isEmpty();
  }

  @Test
  void anUpdateOnTheIntervalWaitsForTheNextSoThatItsBurstIsComplete() {
    final Wire wire = market(0);
    for (int i = 0; i < 1000; i++) {
      trade(wire, 1, T, 100 + i);
      assertThat(due(wire, T)).isEmpty();
    }
    assertThat(due(wire, T + SECOND)).containsExactly(1);
    assertThat(due(wire, T + 2 * SECOND)).isEmpty();
  }

  @Test
  void aQuoteOfAnOptionMakesItsUnderlyingDue() {
    final Wire wire = market(0);
    wire.optionQuote(4, price(1), price(2));
    assertThat(due(wire, T + SECOND)).containsExactly(2);
  }

  @Test
  void theLowestIdComesFirstInWhateverOrderTheyChanged() {
    final Wire wire = market(0);
    trade(wire, 3, T, 100);
    trade(wire, 1, T, 100);
    trade(wire, 2, T, 100);
    assertThat(due(wire, T + SECOND)).containsExactly(1, 2, 3);
    trade(wire, 2, T + SECOND, 100);
    trade(wire, 1, T + SECOND, 100);
    trade(wire, 3, T + 3 * SECOND, 100);
    assertThat(due(wire, T + 3 * SECOND)).containsExactly(1, 2);
    assertThat(due(wire, T + 4 * SECOND)).containsExactly(3);
  }

  @Test
  void aPriceMovePastTheThresholdIsDueAtOnce() {
    final Wire wire = market(0.01);
    trade(wire, 1, T, 100);
    assertThat(due(wire, T + SECOND)).containsExactly(1);
    trade(wire, 1, T + SECOND + 1, 101);
    assertThat(due(wire, T + SECOND + 1)).as("the threshold itself does not").isEmpty();
    trade(wire, 1, T + SECOND + 2, 101.01);
    assertThat(due(wire, T + SECOND + 2)).containsExactly(1);
    trade(wire, 1, T + SECOND + 3, 102);
    assertThat(due(wire, T + SECOND + 3)).as("it is measured from the last look").isEmpty();
    trade(wire, 1, T + SECOND + 4, 99);
    assertThat(due(wire, T + SECOND + 4)).as("down counts as up").containsExactly(1);
  }

  @Test
  void oneInstantIsEvaluatedOnceHoweverItMoves() {
    final Wire wire = market(0.01);
    trade(wire, 1, T, 100);
    assertThat(due(wire, T + SECOND)).containsExactly(1);
    trade(wire, 1, T + SECOND + 5, 110);
    assertThat(due(wire, T + SECOND + 5)).containsExactly(1);
    trade(wire, 1, T + SECOND + 5, 130);
    assertThat(due(wire, T + SECOND + 5)).isEmpty();
    assertThat(due(wire, T + 2 * SECOND))
        .as("the rest of the burst at the interval")
        .containsExactly(1);
  }

  @Test
  void withoutAThresholdAMoveWaitsForTheInterval() {
    final Wire wire = market(0);
    trade(wire, 1, T, 100);
    assertThat(due(wire, T + SECOND)).containsExactly(1);
    trade(wire, 1, T + SECOND + 1, 500);
    assertThat(due(wire, T + SECOND + 1)).isEmpty();
  }

  @Test
  void afterAGapTheOldUpdateIsStillDueOnce() {
    final Wire wire = market(0);
    trade(wire, 1, T, 100);
    trade(wire, 1, T + 600 * SECOND, 101);
    assertThat(due(wire, T + 600 * SECOND)).containsExactly(1);
    assertThat(due(wire, T + 601 * SECOND)).isEmpty();
  }

  @Test
  void manyUnderlyingsGrowWithoutLosingOne() {
    final Wire wire = market(0);
    final List<Integer> expected = new ArrayList<>();
    for (int id = 5; id <= 200; id++) {
      wire.stock(id, "S" + id);
      wire.define();
      expected.add(id);
    }
    for (int id = 200; id >= 5; id--) {
      trade(wire, id, T, 100);
    }
    assertThat(due(wire, T + SECOND)).isEqualTo(expected);
  }
}
