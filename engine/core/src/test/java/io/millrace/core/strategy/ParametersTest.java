package io.millrace.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a bundle declares, and what its strategy reads. */
class ParametersTest {
  private static final class Reads implements Strategy {
    private final int fast;
    private final double enter;

    Reads(final Parameters values) {
      fast = values.whole("fast");
      enter = values.number("enter");
    }
  }

  private static StrategyBundle.Builder mine() {
    return StrategyBundle.named("mine").param("fast", 12, 2, 100).param("enter", 2.0, 0.5, 4.0);
  }

  private static Reads made(final Map<String, Double> values) {
    return (Reads) mine().create(Reads::new).strategy(values);
  }

  @Test
  void whatIsNotGivenHasItsDefault() {
    assertThat(made(Map.of()).fast).isEqualTo(12);
    assertThat(made(Map.of()).enter).isEqualTo(2.0);
    assertThat(made(Map.of("fast", 5.0)).fast).isEqualTo(5);
    assertThat(made(Map.of("fast", 5.0)).enter).isEqualTo(2.0);
  }

  @Test
  void boundsBelongToWhatIsAllowed() {
    assertThat(made(Map.of("fast", 2.0)).fast).isEqualTo(2);
    assertThat(made(Map.of("fast", 100.0)).fast).isEqualTo(100);
    assertThatThrownBy(() -> made(Map.of("fast", 101.0)))
        .hasMessage("parameter fast of mine is 101.0; it must be a whole number from 2 to 100");
    assertThatThrownBy(() -> made(Map.of("fast", 2.5))).hasMessageContaining("a whole number");
    assertThatThrownBy(() -> made(Map.of("enter", Double.NaN)))
        .hasMessageContaining("a number from 0.5 to 4.0");
    assertThatThrownBy(() -> made(Map.of("slow", 5.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsReadMustBeDeclared() {
    assertThatThrownBy(
            () ->
                mine()
                    .create(
                        values -> {
                          values.number("slow");
                          return new Strategy() {};
                        })
                    .strategy())
        .hasMessageContaining("declares no parameter 'slow'; it declares fast, enter");
    assertThatThrownBy(
            () ->
                mine()
                    .create(
                        values -> {
                          values.whole("enter");
                          return new Strategy() {};
                        })
                    .strategy())
        .hasMessageContaining("read it with number()");
  }

  @Test
  void aDeclarationIsChecked() {
    assertThatThrownBy(() -> mine().param("fast", 1, 1, 2)).hasMessageContaining("twice");
    assertThatThrownBy(() -> mine().param("Slow", 1, 1, 2)).hasMessageContaining("'Slow'");
    assertThatThrownBy(() -> mine().param("risk.x", 1, 1, 2)).hasMessageContaining("'risk.x'");
    assertThatThrownBy(() -> mine().param("slow", 1, 2, 3)).hasMessageContaining("outside");
    assertThatThrownBy(() -> mine().param("slow", 2, 3, 1)).hasMessageContaining("least first");
    assertThatThrownBy(() -> mine().param("slow", 1.0, 0.0, Double.NaN))
        .hasMessageContaining("bounds");
  }
}
