package io.millrace.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EquityCurveTest {
  private static final long SECOND = 1_000_000_000L;

  private static ObjectNode json(final EquityCurve curve, final double start) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    curve.write(node, start);
    return node;
  }

  @Test
  void aMillionPointsFitAndNoExtremeIsLost() {
    final long seed = 3;
    final SplittableRandom random = new SplittableRandom(seed);
    final EquityCurve curve = new EquityCurve();
    double least = Double.MAX_VALUE;
    double greatest = 0;
    double deepest = 0;
    double value = 0;
    for (long i = 0; i < 1_000_000; i++) {
      value = 100 + 40 * random.nextDouble();
      final double fall = random.nextDouble();
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      deepest = Math.max(deepest, fall);
      curve.active(i * 7 * SECOND);
      curve.equity(i * 7 * SECOND, value, fall, 1, 1);
    }
    final ObjectNode node = json(curve, 100);
    final int points = node.get("time").size();
    assertThat(points).isBetween(EquityCurve.MOST / 2, EquityCurve.MOST);
    double low = Double.MAX_VALUE;
    double high = 0;
    double fell = 0;
    for (int i = 0; i < points; i++) {
      low = Math.min(low, node.get("equity_low").get(i).asDouble());
      high = Math.max(high, node.get("equity_high").get(i).asDouble());
      fell = Math.max(fell, node.get("drawdown").get(i).asDouble());
    }
    assertThat(low).as("seed " + seed).isEqualTo(least);
    assertThat(high).as("seed " + seed).isEqualTo(greatest);
    assertThat(fell).as("seed " + seed).isEqualTo(deepest);
    assertThat(node.get("equity").get(points - 1).asDouble()).isEqualTo(value);
  }

  @Test
  void nightsAreLeftOutAndTheDayBeginsWithItsData() {
    final EquityCurve curve = new EquityCurve();
    curve.equity(0, 1000, 0, 0, 0); // midnight: told before there is a market
    for (int day = 0; day < 2; day++) {
      for (int i = 0; i < 10; i++) {
        final long time = (day * 86_400L + 34_200 + i) * SECOND;
        curve.active(time);
        curve.benchmark(time, 50 + day * 5);
      }
    }
    final JsonNode node = json(curve, 1000);
    assertThat(node.get("time").get(0).asDouble()).isEqualTo(34_200);
    assertThat(node.get("time").size()).isLessThan(25);
    assertThat(node.get("equity").get(0).asDouble()).isEqualTo(1000);
    // The benchmark is scaled to the capital: 55 / 50.
    assertThat(node.get("benchmark").get(node.get("time").size() - 1).asDouble()).isEqualTo(1100);
  }
}
