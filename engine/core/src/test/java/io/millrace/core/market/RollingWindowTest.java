package io.millrace.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RollingWindowTest {
  private static final int VOLUME = 0;
  private static final int SIGNED = 1;

  @Test
  void rowLeavesWhenItIsAsOldAsTheSpan() {
    final RollingWindow window = new RollingWindow(8, 1, 10);
    window.push(100);
    window.add(0, 1);
    window.push(105);
    window.add(0, 2);

    window.expire(109);
    assertThat(window.sum(0)).isEqualTo(3);
    window.expire(110);
    assertThat(window.sum(0)).isEqualTo(2);
    assertThat(window.time(0)).isEqualTo(105);
  }

  @Test
  void oldestRowMakesRoomWhenTheWindowIsFull() {
    final RollingWindow window = new RollingWindow(3, 1, RollingWindow.COUNT_ONLY);
    for (int i = 1; i <= 5; i++) {
      window.push(i);
      window.add(0, i);
    }
    assertThat(window.full()).isTrue();
    assertThat(window.size()).isEqualTo(3);
    assertThat(window.value(0, 0)).isEqualTo(3);
    assertThat(window.sum(0)).isEqualTo(3 + 4 + 5);
  }

  @Test
  void reusedRowStartsFromZero() {
    final RollingWindow window = new RollingWindow(1, 2, RollingWindow.COUNT_ONLY);
    window.push(1);
    window.add(0, 7);
    window.add(1, 9);
    window.push(2);
    window.add(0, 5);
    assertThat(window.value(0, 0)).isEqualTo(5);
    assertThat(window.value(0, 1)).isZero();
    assertThat(window.sum(1)).isZero();
  }

  @Test
  void emptiedWindowSumsToExactlyZero() {
    final RollingWindow window = new RollingWindow(4, 1, 10);
    window.push(1);
    window.add(0, 0.1);
    window.push(2);
    window.add(0, 1e17);
    window.push(3);
    window.add(0, 0.7);
    window.expire(100);
    assertThat(window.size()).isZero();
    assertThat(window.sum(0)).isZero();
  }

  @Test
  void smallNumberSurvivesAHugeOneThatCameAndWent() {
    final RollingWindow window = new RollingWindow(2, 1, RollingWindow.COUNT_ONLY);
    window.push(1);
    window.add(0, 1e16);
    window.push(2);
    window.add(0, 0.1);
    window.push(3);
    window.add(0, 0.2);
    // A plain running sum would have rounded 0.1 away against 1e16.
    assertThat(window.sum(0)).isEqualTo(0.1 + 0.2);
  }

  @Test
  void numberThatIsNotFiniteIsRefused() {
    final RollingWindow window = new RollingWindow(2, 1, 10);
    window.push(1);
    assertThatThrownBy(() -> window.add(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> window.add(0, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(window.sum(0)).isZero();
  }

  @Test
  void rowIsNeededToAddTo() {
    final RollingWindow window = new RollingWindow(2, 1, 10);
    assertThatThrownBy(() -> window.add(0, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sumsDoNotDriftOverAMillionTicks() {
    sumsDoNotDrift(1_000_000, 42);
  }

  @Test
  @Tag("slow")
  void sumsDoNotDriftOverTenMillionTicks() {
    sumsDoNotDrift(10_000_000, 43);
  }

  private static void sumsDoNotDrift(final int ticks, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final RollingWindow byCount = new RollingWindow(1000, 2, RollingWindow.COUNT_ONLY);
    final RollingWindow byTime = new RollingWindow(4096, 2, 1_000_000);
    long time = 0;
    for (int i = 0; i < ticks; i++) {
      time += random.nextInt(2000);
      // Sizes over twelve decades, as tick data of several markets have.
      final double size = StrictMath.pow(10, random.nextDouble(-4, 8));
      final double signed = random.nextBoolean() ? size : -size;
      tick(byCount, time, size, signed);
      tick(byTime, time, size, signed);
    }
    compare(byCount, seed);
    compare(byTime, seed);
  }

  private static void tick(
      final RollingWindow window, final long time, final double size, final double signed) {
    window.push(time);
    window.add(VOLUME, size);
    window.add(SIGNED, signed);
  }

  private static void compare(final RollingWindow window, final long seed) {
    assertThat(window.size()).as("seed %d", seed).isGreaterThan(500);
    for (final int column : new int[] {VOLUME, SIGNED}) {
      BigDecimal fresh = BigDecimal.ZERO;
      for (int row = 0; row < window.size(); row++) {
        fresh = fresh.add(new BigDecimal(window.value(row, column)), MathContext.UNLIMITED);
      }
      final double expected = fresh.doubleValue();
      assertThat(window.sum(column))
          .as("column %d, seed %d", column, seed)
          .isCloseTo(expected, within(1e-9 * Math.abs(expected)));
    }
  }
}
