package io.millrace.tools.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where folds begin and end. */
class FoldsTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long DAY = 1440 * MINUTE;
  private static final long T = 16_000 * DAY;

  private static Folds.Plan plan(final boolean rolling, final long purge, final long embargo) {
    return new Folds.Plan(3, 2, rolling, purge, embargo, -1);
  }

  @Test
  void anchoredTrainingGrowsAndTestsFollowOneAnother() {
    final List<Folds.Fold> folds = Folds.cut(plan(false, 2 * DAY, DAY), T, T + 50 * DAY);
    assertThat(folds).hasSize(3);
    for (int k = 1; k <= 3; k++) {
      final Folds.Fold fold = folds.get(k - 1);
      final long border = T + (k + 1L) * 10 * DAY;
      assertThat(fold.trainAfter()).isEqualTo(T);
      assertThat(fold.trainUntil()).isEqualTo(border - 2 * DAY);
      assertThat(fold.testAfter()).isEqualTo(border + DAY);
      assertThat(fold.testUntil()).isEqualTo(border + 10 * DAY);
      assertThat(fold.trainFrom()).isEqualTo(T);
      assertThat(fold.testFrom()).isEqualTo(border + DAY - 10 * DAY);
    }
  }

  @Test
  void rollingTrainingKeepsItsLengthAndWarmsUpOnWhatLiesBefore() {
    final List<Folds.Fold> folds = Folds.cut(plan(true, 0, 0), T, T + 50 * DAY);
    assertThat(folds.get(0).trainFrom()).isEqualTo(T);
    assertThat(folds.get(2).trainAfter()).isEqualTo(T + 20 * DAY);
    assertThat(folds.get(2).trainFrom()).isEqualTo(T + 10 * DAY);
    assertThat(folds)
        .allSatisfy(fold -> assertThat(fold.trainUntil() - fold.trainAfter()).isEqualTo(20 * DAY));
  }

  @Test
  void theEmbargoIsAHundredthOfTheTimeUnlessGiven() {
    assertThat(Folds.cut(plan(false, 0, -1), T, T + 500 * MINUTE).get(0).testAfter())
        .isEqualTo(T + 200 * MINUTE + 5 * MINUTE);
  }

  @Test
  void nothingOfATestIsEverTrainedOnBeforeIt() {
    for (final boolean rolling : new boolean[] {false, true}) {
      long before = Long.MIN_VALUE;
      for (final Folds.Fold fold : Folds.cut(plan(rolling, MINUTE, -1), T + 7, T + 997 * MINUTE)) {
        assertThat(fold.trainUntil()).isLessThan(fold.testAfter());
        assertThat(fold.testAfter()).isGreaterThanOrEqualTo(before);
        before = fold.testUntil();
      }
      assertThat(before).isEqualTo(T + 997 * MINUTE);
    }
  }

  /** 106,000 days behind the year 2015 are beyond what a long of nanoseconds holds. */
  @Test
  void lengthsBeyondAHundredYearsAreRefused() {
    assertThatThrownBy(() -> Folds.span("--embargo", "106000d"))
        .isInstanceOf(SweepException.class)
        .hasMessageContaining("--embargo '106000d' is longer than a hundred years");
    assertThatThrownBy(() -> Folds.span("--purge", "999999999d"))
        .isInstanceOf(SweepException.class);
    assertThat(Folds.span("--warm-up", "36525d")).isPositive();
    assertThatThrownBy(
            () -> Folds.cut(new Folds.Plan(2, Integer.MAX_VALUE, false, 0, 0, 0), 0, 1L << 60))
        .isInstanceOf(SweepException.class)
        .hasMessageContaining("--train-parts 1 to 1000");
  }

  @Test
  void partsTooShortForWhatIsTakenOffAreTold() {
    assertThatThrownBy(() -> Folds.cut(plan(false, 21 * DAY, 0), T, T + 50 * DAY))
        .isInstanceOf(SweepException.class)
        .hasMessageContaining("10 d, too short for a purge of 21 d");
    assertThatThrownBy(() -> Folds.cut(plan(false, 0, 10 * DAY), T, T + 50 * DAY))
        .hasMessageContaining("an embargo of 10 d");
    assertThatThrownBy(() -> Folds.span("--purge", "2 weeks"))
        .hasMessageContaining("15m, 2h or 1d");
  }

  @Test
  void aRunOfAFoldIsCutToItsWindowAndWarmsUpWithoutTrading() {
    final StrategyBundle bundle =
        StrategyBundle.named("mine").param("fast", 12, 2, 100).create(() -> new Strategy() {});
    final List<Axis> axes = List.of(Axis.parse("fast=5,6", bundle));
    final List<Folds.Fold> folds = Folds.cut(plan(false, 0, DAY), T, T + 50 * DAY);
    final Plan plan =
        new Plan(
            axes,
            List.of(Map.of("fast", "5"), Map.of("fast", "6")),
            folds,
            List.of(new Plan.Argument("--to", "2020-01-01"), new Plan.Argument("--cash", "1000")));
    assertThat(plan.first()).hasSize(6);
    assertThat(plan.first().get(3).arguments())
        .containsExactly(
            "--cash",
            "1000",
            "--param",
            "fast=6",
            "--from",
            Folds.instant(T),
            "--to",
            Folds.instant(T + 30 * DAY));
    assertThat(plan.row(Row.Stage.TEST, folds.get(1), 1).arguments())
        .endsWith(
            "--from",
            Folds.instant(T + 21 * DAY),
            "--to",
            Folds.instant(T + 40 * DAY),
            "--trade-after",
            Folds.instant(T + 31 * DAY));
    assertThat(plan.row(Row.Stage.TEST, folds.get(1), 1).number()).isEqualTo(11);
  }
}
