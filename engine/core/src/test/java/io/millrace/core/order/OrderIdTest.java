package io.millrace.core.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.slot.Outputs;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class OrderIdTest {
  private static final long MAX_CAUSE = (1L << 38) - 1;

  @Property
  void aNameHoldsGenerationCauseAndOrdinal(
      @ForAll @IntRange(max = 4095) final int generation,
      @ForAll @LongRange(max = MAX_CAUSE) final long cause,
      @ForAll @IntRange(max = 8191) final int ordinal) {
    final long id = OrderId.of(generation, cause, ordinal);
    assertThat(OrderId.generation(id)).isEqualTo(generation);
    assertThat(OrderId.cause(id)).isEqualTo(cause);
    assertThat(OrderId.ordinal(id)).isEqualTo(ordinal);
    assertThat(id).as("ids of one run are in the order of their making").isNotNegative();
  }

  @Example
  void namesAreAsPeopleSeeThem() {
    assertThat(OrderId.text(OrderId.of(0, 123, 4))).isEqualTo("123.4");
    assertThat(OrderId.text(OrderId.of(2, 123, 4))).isEqualTo("2:123.4");
  }

  @Example
  void outOfRangeIsAnErrorNotAnotherName() {
    assertThatThrownBy(() -> OrderId.of(4096, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OrderId.of(-1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OrderId.of(0, MAX_CAUSE + 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OrderId.of(0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OrderId.of(0, 1, 8192)).isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void everyOrdinalThatAnInputMayCauseHasAName() {
    final long last = OrderId.of(0, 1, Outputs.MAX_OUTPUTS - 1);
    assertThat(OrderId.ordinal(last)).isEqualTo(Outputs.MAX_OUTPUTS - 1);
  }
}
