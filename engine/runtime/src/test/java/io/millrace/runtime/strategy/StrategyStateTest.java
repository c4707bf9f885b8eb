package io.millrace.runtime.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Tier;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.market.MarketLimits;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.MarkRule;
import io.millrace.core.portfolio.Portfolio;
import io.millrace.core.portfolio.PortfolioConfig;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateException;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import io.millrace.core.strategy.Callback;
import io.millrace.core.strategy.StrategyHost;
import io.millrace.core.strategy.StrategySettings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a strategy a checkpoint keeps, and that saving and loading are contained. */
@Timeout(60)
final class StrategyStateTest {
  private static final long NOW = 1_768_832_400_000_000_000L;
  private static final String HEAD =
      """
      import io.millrace.core.state.*;
      import io.millrace.core.strategy.*;
      import io.millrace.core.strategy.indicator.*;
      import java.util.*;
      import java.util.function.*;
      public final class S implements Strategy {
      static StrategyBundle bundle() {
      return StrategyBundle.named("s").universe("SPY").create(S::new);
      }
      """;

  private static LoadedStrategy load(final String members) throws StrategyException {
    return StrategyLoader.load("S.java", (HEAD + members + "}").getBytes(StandardCharsets.UTF_8));
  }

  private static StrategyHost host(final LoadedStrategy loaded) {
    final Market market =
        new Market(MarketLimits.withoutConfirmation(Long.MAX_VALUE, 0, 1_000_000_000L, 0));
    final Portfolio portfolio =
        new Portfolio(new PortfolioConfig(1_000, 0, 0.01, 1, 1, 1, MarkRule.MID), market);
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    final InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder();
    encoder
        .wrap(buffer, 0)
        .eventTime(NOW)
        .instrumentId(1)
        .kind(InstrumentKind.ETF)
        .right(OptionRight.NONE)
        .style(OptionStyle.NONE)
        .settlement(Settlement.PHYSICAL)
        .tier(Tier.CORE)
        .tickSize(Fixed.ONE / 100)
        .lotSize(Fixed.ONE)
        .multiplier(Fixed.ONE)
        .strike(Fixed.NONE)
        .currency("USD")
        .symbol("SPY");
    final InstrumentDefinitionDecoder decoder = new InstrumentDefinitionDecoder();
    decoder.wrap(
        buffer,
        0,
        InstrumentDefinitionEncoder.BLOCK_LENGTH,
        InstrumentDefinitionEncoder.SCHEMA_VERSION);
    market.onInstrument(decoder);
    return new StrategyHost(
        loaded.bundle(),
        loaded.callbacks(),
        loaded.budget(),
        new StrategySettings(
            Zones.of("UTC"), 0, 1, 0, true, 0, MarkRule.MID, Long.MIN_VALUE, Map.of()),
        market,
        portfolio,
        new Orders(16),
        id -> null);
  }

  /** A host whose strategy has started. */
  private static StrategyHost started(final LoadedStrategy loaded) {
    final StrategyHost host = host(loaded);
    host.onInstrument(1);
    final Outputs out = new Outputs();
    out.reset(1, NOW);
    host.begin(NOW, out);
    host.onQuote(1, NOW);
    assertThat(host.ended()).isFalse();
    return host;
  }

  private static void assertNoCheckpoint(final String members, final String... why)
      throws StrategyException {
    final StrategyHost host = started(load(members));
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> host.state(new StateWriter()))
        .satisfies(thrown -> assertThat(thrown.getMessage()).containsAnyOf(why));
    assertThat(host.ended()).as("the run goes on").isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (;;) { }",
        "while (true) { codec.int64(1); }",
        "for (;;) { try { codec.flag(true); } catch (RuntimeException e) { } }",
        "for (;;) { try { while (true) { codec.text(\"more\"); } } catch (Throwable t) { } }",
        "double[] much = new double[1 << 20]; for (;;) { codec.all(much); }",
        "long[] much = new long[1 << 20]; for (;;) { much = codec.grown(much); }",
        "Sma long1 = new Sma(1_000_000); for (;;) { long1.state(codec); }",
        "String s = \"x\".repeat(1 << 19); for (;;) { codec.part(s); }",
        "Stateful[] self = new Stateful[1]; self[0] = c -> c.of(self[0]); codec.of(self[0]);",
        "codec.of(new Deep());",
        "state(codec);",
        "kept.add(codec); for (;;) { kept.get(kept.size() - 1).float64(1); }",
      })
  void aStateWithoutEndIsStopped(final String body) throws StrategyException {
    assertNoCheckpoint(
        "List<StateCodec> kept = new ArrayList<>(); static final class Deep implements Stateful {\n"
            + "@Override public void state(StateCodec codec) { codec.of(this); } }\n"
            + "@Override public void state(StateCodec codec) {\n"
            + body
            + "\n}",
        "(strategy.budget_steps)",
        "(strategy.budget_bytes)",
        "(strategy.budget_depth)");
  }

  @Test
  void aCodecKeptForLaterIsOfNoUse() throws StrategyException {
    final LoadedStrategy loaded =
        load(
            """
            StateCodec kept; int quotes;
            @Override public void quote(Quote q) { if (++quotes > 1) { kept.int64(1); } }
            @Override public void state(StateCodec codec) { kept = codec; }
            """);
    final StrategyHost host = started(loaded);
    host.state(new StateWriter());
    final Outputs out = new Outputs();
    out.reset(2, NOW + 1);
    host.begin(NOW + 1, out);
    host.onQuote(1, NOW + 1);
    assertThat(host.ended()).as("it threw, as any callback may").isTrue();
  }

  @Test
  void aRestoredStrategyHasWhatWasSaved() throws StrategyException {
    final LoadedStrategy loaded =
        load(
            """
            private final Ema mean = new Ema(3); private long seen; private Ports ports;
            @Override public void start(Ports p) { ports = p; seen = -1; p.log().info("started"); }
            @Override public void quote(Quote q) {
              seen++; mean.update(seen); ports.log().info(seen + " " + mean.value());
            }
            @Override public void state(StateCodec codec) {
              mean.state(codec); seen = codec.int64(seen);
            }
            """);
    final StrategyHost host = started(loaded);
    final StateWriter saved = new StateWriter();
    host.state(saved);
    final StrategyHost other = host(loaded);
    final StateReader reader = new StateReader(saved.buffer(), 0, saved.length());
    other.state(reader);
    reader.end();
    for (int i = 2; i < 9; i++) {
      assertThat(quote(other, i)).isNotEmpty().isEqualTo(quote(host, i));
    }
  }

  private static byte[] quote(final StrategyHost host, final int cause) {
    final Outputs out = new Outputs();
    out.reset(cause, NOW + cause);
    host.begin(NOW + cause, out);
    host.onQuote(1, NOW + cause);
    final byte[] bytes = new byte[out.length()];
    out.buffer().getBytes(0, bytes);
    return bytes;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        // what start() and constructors set, and cannot change
        "Ports p; @Override public void start(Ports g) { p = g; } | none",
        "final Ports[] p = new Ports[1]; | p",
        "MarketData d; EventClock c; @Override public void start(Ports g) { d = g.data(); c = g.clock(); } | none",
        "Ports p; @Override public void bar(Bar b) { p = null; } | p",
        "final Parameters given; S(Parameters p) { given = p; } | none",
        "final double size = 3; String name = \"x\"; int length; S() { length = 4; } | none",
        "static final class Rule { final double in = 1; } final Rule rule = new Rule(); | none",
        "record Level(double price, String name) { } final Level level = new Level(1, \"a\"); | none",
        // what callbacks change
        "long n; @Override public void bar(Bar b) { n++; } | n",
        "long n; @Override public void start(Ports g) { n = g.clock().now(); } | n",
        "long n; final Runnable r = () -> { n++; }; | n r",
        "final Ema mean = new Ema(3); | mean",
        "final double[] prices = new double[3]; | prices",
        "List<Double> prices = new ArrayList<>(); | prices",
        "Instrument i; @Override public void start(Ports g) { i = g.data().universe(0); } | i",
        "static final class Leg { double best; void f() { best++; } } final Leg leg = new Leg(); | S$Leg.best",
        "static class A { } static final class B extends A { int n; void f() { n++; } } final A a = new B(); | S$B.n",
        "static final class Best { double x; void f() { x++; } } @Override public void bar(Bar b) { new Best().f(); } | none",
        // what is saved
        "long n; @Override public void bar(Bar b) { n++; } @Override public void state(StateCodec c) { n = c.int64(n); } | none",
        "static final class Leg implements Stateful { int n; public void state(StateCodec c) { n = c.int32(n) ; } } final Leg leg = new Leg(); | S$Leg.n",
      })
  void fieldsThatChangeAndAreNotSavedAreKnown(final String members, final String fields)
      throws StrategyException {
    final LoadedStrategy loaded = load(members);
    if (fields == null) {
      assertThat(loaded.unsaved()).isEmpty();
    } else {
      assertThat(loaded.unsaved()).containsExactly(fields.split(" ", -1));
    }
    assertThat(loaded.checkpoints()).isEqualTo(fields == null);
    assertThat(loaded.callbacks().contains(Callback.STATE)).isEqualTo(fields == null);
    final StrategyHost host = started(loaded);
    if (fields == null) {
      host.state(new StateWriter());
    } else {
      assertThatExceptionOfType(StateException.class)
          .isThrownBy(() -> host.state(new StateWriter()))
          .withMessage("s has fields that change and no state() that saves them");
    }
  }
}
