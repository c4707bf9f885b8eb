package io.millrace.runtime.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import io.millrace.core.strategy.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Strategies as people write them load, as source and in a jar, and run. */
final class BenignCorpusTest {
  private static final int BARS = 200;
  private static final int LEAST = 50;
  private static final String HEAD =
      """
      import io.millrace.codecs.*;
      import io.millrace.core.strategy.*;
      import io.millrace.core.strategy.indicator.*;
      import java.math.*;
      import java.time.*;
      import java.util.*;
      import java.util.function.*;
      import java.util.stream.*;
      public final class S implements Strategy {
      public static StrategyBundle bundle() {
      return StrategyBundle.named("s").universe("SPY", "QQQ").timeframe("5m").create(S::new);
      }
      private Ports ports;
      """;

  record Benign(String name, String source) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Benign> strategies() {
    final List<Benign> all = new ArrayList<>();
    for (final String section : Attack.text("benign.txt").split("(?m)^== ", -1)) {
      if (!section.startsWith("#")) {
        final String[] parts = section.split("\n", 2);
        final String start =
            parts[1].contains("void start(")
                ? ""
                : "@Override public void start(Ports p) { ports = p; }\n";
        all.add(new Benign(parts[0], HEAD + start + parts[1] + "}\n"));
      }
    }
    return all;
  }

  @Test
  void thereAreFifty() {
    assertThat(new HashSet<>(strategies())).hasSizeGreaterThanOrEqualTo(LEAST);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void loadsAndRuns(final Benign benign) throws StrategyException {
    final LoadedStrategy loaded =
        StrategyLoader.load("S.java", benign.source().getBytes(StandardCharsets.UTF_8));
    final List<String> told = run(loaded);
    final Map<String, byte[]> classes = Compiled.classes(benign.source());
    assertThat(run(StrategyLoader.load("s.jar", Compiled.jar(classes))))
        .as("the same in a jar")
        .isEqualTo(told);
  }

  private static List<String> run(final LoadedStrategy loaded) {
    final FakeMarket market = new FakeMarket();
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    strategy.start(market.ports);
    for (int i = 0; i < BARS; i++) {
      loaded.budget().begin();
      strategy.bar(market.bar(100 + 5 * StrictMath.sin(i / 7.0)));
    }
    assertGoesOn(loaded, strategy);
    loaded.budget().begin();
    strategy.timer("slice");
    strategy.stop();
    return market.told;
  }

  /** Another one that loads what this one saves has the same to save. */
  private static void assertGoesOn(final LoadedStrategy loaded, final Strategy strategy) {
    if (!loaded.checkpoints()) {
      return;
    }
    final StateWriter writer = new StateWriter();
    loaded.budget().begin();
    strategy.state(writer);
    final FakeMarket market = new FakeMarket();
    loaded.budget().begin();
    final Strategy restored = loaded.bundle().strategy();
    restored.start(market.ports);
    final StateReader reader = new StateReader(writer.buffer(), 0, writer.length());
    loaded.budget().begin();
    restored.state(reader);
    reader.end();
    final StateWriter again = new StateWriter();
    restored.state(again);
    assertThat(bytes(again)).isEqualTo(bytes(writer));
  }

  private static byte[] bytes(final StateWriter writer) {
    final byte[] bytes = new byte[writer.length()];
    writer.buffer().getBytes(0, bytes);
    return bytes;
  }
}
