package io.millrace.runtime.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.core.strategy.Budget;
import io.millrace.core.strategy.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a strategy writes into the run's log is the same in a replay and on every JDK. */
final class PlainTextTest {
  /** JDKs before 19 write it as 8.409999999999999E21. */
  private static final double ODD = Double.parseDouble("8.41E21");

  private static String text(final Object object) {
    final Budget budget = new Budget(100_000, 100_000, 64);
    budget.begin();
    return Guards.text(object, budget);
  }

  private static String format(final String format, final Object... arguments) {
    final Budget budget = new Budget(100_000, 100_000, 64);
    budget.begin();
    return Guards.String_format(format, arguments, budget);
  }

  @Test
  void whatLiesInAContainerTellsNoIdentity() {
    final Map<String, double[]> weights = new LinkedHashMap<>();
    weights.put("GOOG", new double[2]);
    assertThat(text(weights)).isEqualTo("{GOOG=double[]}");
    assertThat(text(Arrays.asList(new int[1], new Object(), null, 'c')))
        .isEqualTo("[int[], object, null, c]");
    assertThat(format("%s and %S", new int[1], List.of(new Object())))
        .isEqualTo("int[] and [OBJECT]");
    assertThat(text(Optional.of(new long[0]))).isEqualTo("Optional[long[]]");
  }

  @Test
  void numbersInAContainerHaveTheDigitsOfEveryJdk() {
    assertThat(text(List.of(ODD, 1.5f, 3, true))).isEqualTo("[8.41E21, 1.5, 3, true]");
    assertThat(text(Map.of("a", Optional.of(ODD)))).isEqualTo("{a=Optional[8.41E21]}");
    assertThat(format("%s|%5.1f|%s", ODD, 2.25, ODD)).isEqualTo("8.41E21|  2.3|8.41E21");
  }

  @Test
  void aContainerWithinItselfIsNamed() {
    final List<Object> list = new ArrayList<>();
    list.add(list);
    assertThat(text(list)).isEqualTo("[(this Collection)]");
  }

  @Test
  void aMessageOfTheMachineNamesNoAddress() {
    assertThat(text(new ClassCastException("S is in loader 'x' @43cacc70")))
        .isEqualTo("java.lang.ClassCastException");
    assertThat(text(new IllegalStateException("why")))
        .isEqualTo("java.lang.IllegalStateException: why");
  }

  @Test
  void noLocaleIsAsked() {
    final Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      final DoubleSummaryStatistics all = new DoubleSummaryStatistics();
      all.accept(1.5);
      assertThat(text(all)).contains("sum=1.500000");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aRecordIsWrittenAsItsComponentsAre() throws StrategyException {
    final LoadedStrategy loaded =
        StrategyLoader.load(
            "S.java",
            """
            import io.millrace.core.strategy.*;
            public final class S implements Strategy {
              static StrategyBundle bundle() {
                return StrategyBundle.named("s").universe("SPY").create(S::new);
              }
              record Empty() {}
              record All(boolean a, byte b, char c, short d, int e, long f, float g, double h,
                  double[] i, Object j) {}
              @Override public void bar(Bar bar) {
                throw new IllegalStateException(
                    "" + new All(true, (byte) 1, 'c', (short) 2, 3, 4L, 1.5f, 8.41E21, new double[1],
                        new Empty()));
              }
            }
            """
                .getBytes(StandardCharsets.UTF_8));
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    loaded.budget().begin();
    assertThat(catchThrowable(() -> strategy.bar(null)))
        .hasMessage(
            "S$All[a=true, b=1, c=c, d=2, e=3, f=4, g=1.5, h=8.41E21, i=double[], j=S$Empty[]]");
  }
}
