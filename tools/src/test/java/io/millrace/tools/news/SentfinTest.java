package io.millrace.tools.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The figures of the README, from the shipped lexicon and the labelled headlines. */
class SentfinTest {
  /** Figures are told to a tenth of a point. */
  private static final double ROUNDING = 0.0005;

  private static final Predicate<Sentfin.Row> HELD_OUT = Sentfin.Row::heldOut;

  private static HeadlineMeasure measure;

  @BeforeAll
  static void read() throws IOException {
    final Path data = HeadlineMeasure.data();
    if (data == null) {
      System.err.println(
          "SKIPPED, no labelled headlines: set -Dmillrace.shared to where data/news is");
    }
    Assumptions.assumeTrue(data != null, "no labelled headlines");
    measure = new HeadlineMeasure(data);
    System.out.print(measure.table());
  }

  @Test
  void heldOutHeadlinesAreToldAsWellAsWeSay() {
    final Scores scores = measure.measure(HELD_OUT, Sentfin.Row::agreed, measure::ours);
    assertThat(scores.total()).isEqualTo(2203);
    assertThat(scores.accuracy()).isCloseTo(0.808, within(ROUNDING));
    assertThat(scores.macroF1()).isCloseTo(0.811, within(ROUNDING));
  }

  @Test
  void plainVaderIsAsGoodAsWeSay() {
    final Scores scores = measure.measure(HELD_OUT, Sentfin.Row::agreed, measure::vader);
    assertThat(scores.accuracy()).isCloseTo(0.529, within(ROUNDING));
    assertThat(scores.macroF1()).isCloseTo(0.530, within(ROUNDING));
  }

  @Test
  void oursBeatsPlainVaderByTenPointsWhateverTheLabels() {
    assertThat(margin(measure::ours, measure::vader)).isGreaterThan(0.10);
    assertThat(
            measure.measure(HELD_OUT, Sentfin.Row::polar, measure::ours).macroF1()
                - measure.measure(HELD_OUT, Sentfin.Row::polar, measure::vader).macroF1())
        .isGreaterThan(0.10);
    assertThat(
            measure.entities(HELD_OUT, measure::ours).macroF1()
                - measure.entities(HELD_OUT, measure::vader).macroF1())
        .isGreaterThan(0.10);
  }

  private static double margin(
      final java.util.function.ToIntFunction<String> ours,
      final java.util.function.ToIntFunction<String> other) {
    return measure.measure(HELD_OUT, Sentfin.Row::agreed, ours).macroF1()
        - measure.measure(HELD_OUT, Sentfin.Row::agreed, other).macroF1();
  }

  @Test
  void wordsAreNotLearntByHeart() {
    final double train =
        measure.measure(HELD_OUT.negate(), Sentfin.Row::agreed, measure::ours).macroF1();
    final double heldOut = measure.measure(HELD_OUT, Sentfin.Row::agreed, measure::ours).macroF1();
    assertThat(train - heldOut).isLessThan(0.02);
  }
}
