package io.millrace.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.NoteKind;
import io.millrace.codecs.Side;
import io.millrace.codecs.StrategyNoteDecoder;
import io.millrace.codecs.TradeDecoder;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.MarketScript;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.MarkRule;
import io.millrace.core.portfolio.Portfolio;
import io.millrace.core.portfolio.PortfolioConfig;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.StateException;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import io.millrace.core.strategy.indicator.Ema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StrategyHostStateTest {
  private static final long SECOND = BarBuilder.SECOND;
  private static final long MINUTE = BarBuilder.MINUTE;
  private static final long START = 16_793 * BarBuilder.DAY;
  private static final long DEAR_BYTES = 1 << 20;

  /** A strategy by what its {@code state} does. */
  private static class Kept implements Strategy {
    Ports ports;
    long count;

    @Override
    public void start(final Ports given) {
      ports = given;
    }

    @Override
    public void trade(final Trade trade) {
      count++;
    }

    @Override
    public void state(final StateCodec codec) {
      count = codec.int64(count);
    }
  }

  /** One that uses all that a host keeps: history, bars, timers, lines, tickets, indicators. */
  private static final class Busy implements Strategy {
    private final Ema average = new Ema(5);
    private final Deque<Double> prices = new ArrayDeque<>();
    private Ports ports;
    private long begun;
    private long ticket;
    private String last = "";

    @Override
    public void start(final Ports given) {
      ports = given;
      begun = given.clock().now();
      given.clock().every("minute", MINUTE);
      given.clock().at("once", begun + 90 * SECOND);
      given.log().info("started with " + given.data().universeSize());
      given.execution().market(given.data().universe(0), 1);
    }

    @Override
    public void quote(final Quote quote) {
      prices.addLast(quote.mid());
      if (prices.size() > 7) {
        prices.removeFirst();
      }
    }

    @Override
    public void bar(final Bar bar) {
      average.update(bar.close());
      final double before = ports.data().close(bar.instrument(), 3);
      if (average.ready() && bar.close() > average.value()) {
        ticket = ports.execution().limit(bar.instrument(), 1 + prices.size(), bar.close());
        ports.clock().at("cancel " + ticket % 5, ports.clock().now() + 7 * SECOND);
      }
      ports.log().info(bar.instrument() + " " + bar.close() + " after " + before + last);
    }

    @Override
    public void timer(final String name) {
      last = " " + name;
      if (name.startsWith("cancel")) {
        ports.execution().cancel(ticket);
      }
      final double mean = prices.stream().mapToDouble(Double::doubleValue).sum();
      ports.log().info(name + " " + (ports.clock().now() - begun) + " " + mean);
    }

    @Override
    public void state(final StateCodec codec) {
      average.state(codec);
      ticket = codec.int64(ticket);
      last = codec.text(last);
      final int size = codec.int32(prices.size());
      for (int i = 0; i < size; i++) {
        // Taken off at one end and put on at the other: whole again after a turn.
        prices.addLast(codec.float64(codec.loading() ? 0 : prices.removeFirst()));
      }
    }
  }

  /** A market, a host, and what it said. */
  private static final class Floor {
    final MarketScript script = new MarketScript();
    final Orders orders = new Orders(16);
    final Portfolio portfolio =
        new Portfolio(new PortfolioConfig(1_000, 0, 0.01, 1, 1, 1, MarkRule.MID), script.market());
    final Supplier<Strategy> factory;
    final Set<Callback> callbacks;
    final StrategyHost host;
    final Outputs out = new Outputs();
    final OrderIntent intent = new OrderIntent();
    long cause;

    Floor(final Supplier<Strategy> factory, final Set<Callback> callbacks) {
      this.factory = factory;
      this.callbacks = callbacks;
      host =
          new StrategyHost(
              StrategyBundle.named("mine").universe("S1", "S2").timeframe("1m").create(factory),
              callbacks,
              new Budget(1_000_000, DEAR_BYTES, 100),
              new StrategySettings(
                  new ZoneOffsets(new long[] {0}, new long[] {0}),
                  0,
                  1,
                  0,
                  true,
                  0,
                  MarkRule.MID,
                  Long.MIN_VALUE,
                  Map.of()),
              script.market(),
              portfolio,
              orders,
              id -> null);
    }

    Floor defined() {
      for (int i = 0; i < 3; i++) {
        host.onInstrument(script.equity(0, 0));
      }
      return this;
    }

    byte[] saved() {
      final StateWriter writer = new StateWriter();
      script.market().state(writer);
      orders.state(writer);
      portfolio.state(writer);
      host.state(writer);
      final byte[] bytes = new byte[writer.length()];
      writer.buffer().getBytes(0, bytes);
      return bytes;
    }

    Floor restored() {
      final byte[] saved = saved();
      final Floor other = new Floor(factory, callbacks);
      final StateReader reader =
          new StateReader(new org.agrona.concurrent.UnsafeBuffer(saved), 0, saved.length);
      other.script.market().state(reader);
      other.orders.state(reader);
      other.portfolio.state(reader);
      other.host.state(reader);
      reader.end();
      other.cause = cause;
      return other;
    }

    private void begin(final long now) {
      out.reset(++cause, now);
      host.begin(now, out);
    }

    private void end(final long now) {
      host.advance(now);
      while (host.pending()) {
        host.next(intent);
      }
      host.takeStopped();
    }

    void trade(final int id, final long now, final double price) {
      final TradeDecoder trade = script.trade(id, now, price, 1, Side.NONE);
      begin(now);
      host.onTrade(id, now, trade.price(), trade.size(), Side.NONE);
      end(now);
    }

    void quote(final int id, final long now, final double price) {
      script.quote(id, now, price - 0.01, 5, price + 0.01, 5);
      begin(now);
      host.onQuote(id, now);
      end(now);
    }

    void bar(final int id, final long now, final double price) {
      final BarDecoder bar =
          script.bar(id, now, MINUTE, price, price + 1, price - 1, price + 0.5, 9);
      begin(now);
      host.onBar(bar);
      end(now);
    }

    byte[] bytes() {
      final byte[] bytes = new byte[out.length()];
      out.buffer().getBytes(0, bytes);
      return bytes;
    }
  }

  private static Floor of(final Supplier<Strategy> factory) {
    return new Floor(factory, EnumSet.allOf(Callback.class)).defined();
  }

  private static Floor started(final Supplier<Strategy> factory) {
    final Floor floor = of(factory);
    floor.trade(1, START, 100);
    return floor;
  }

  @Test
  void aRestoredHostGoesOnBitForBit() {
    for (long seed = 1; seed <= 10; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      final Floor straight = of(Busy::new);
      Floor restored = of(Busy::new);
      long now = START;
      int said = 0;
      for (int i = 0; i < 1_500; i++) {
        now += random.nextLong(10 * SECOND);
        final long at = now;
        final int id = random.nextInt(1, 4); // the third is not of the universe
        final double price = random.nextInt(9_000, 11_000) / 100.0;
        final int kind = id == 2 ? 2 : random.nextInt(2);
        final Consumer<Floor> event =
            floor -> {
              if (kind == 0) {
                floor.trade(id, at, price);
              } else if (kind == 1) {
                floor.quote(id, at, price);
              } else {
                floor.bar(id, at, price);
              }
            };
        event.accept(straight);
        event.accept(restored);
        said += straight.out.count();
        assertThat(restored.bytes()).as("seed %d, event %d", seed, i).isEqualTo(straight.bytes());
        if (random.nextInt(20) == 0) {
          restored = restored.restored();
        }
      }
      assertThat(restored.saved()).as("seed %d", seed).isEqualTo(straight.saved());
      assertThat(said).as("seed %d", seed).isGreaterThan(500);
    }
  }

  @Test
  void itStartsAgainAtTheTimeItStartedAndNothingOfItCounts() {
    final Floor floor = started(Busy::new);
    floor.quote(1, START + SECOND, 100);
    final Floor other = floor.restored();
    other.quote(1, START + 2 * SECOND, 100);
    assertThat(other.out.count()).as("no line, no order").isZero();
    // "once" is due 90 seconds after the start, and the clock of the start was that of the start.
    other.quote(1, START + 91 * SECOND, 100);
    final StrategyNoteDecoder note = new StrategyNoteDecoder();
    final List<String> lines = new ArrayList<>();
    for (int i = 0; i < other.out.count(); i++) {
      lines.add(text(other.out.read(i, note)));
    }
    assertThat(lines).endsWith("minute 91000000000 300.0", "once 91000000000 300.0");
  }

  private static String text(final StrategyNoteDecoder note) {
    assertThat(note.kind()).isEqualTo(NoteKind.LOG);
    final byte[] bytes = new byte[note.textLength()];
    note.getText(bytes, 0, bytes.length);
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static void assertNoCheckpoint(final Supplier<Strategy> factory, final String why) {
    final Floor floor = started(factory);
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(floor::saved)
        .withMessageContaining(why);
    floor.trade(1, START + SECOND, 100);
    assertThat(floor.host.ended()).as("the run goes on").isFalse();
  }

  @Test
  void aStateThatThrowsMakesNoCheckpointAndTheRunGoesOn() {
    assertNoCheckpoint(
        () ->
            new Kept() {
              @Override
              public void state(final StateCodec codec) {
                throw new IllegalStateException("not today");
              }
            },
        "the state of mine cannot be saved: StrategyHostStateTest.java:");
  }

  @Test
  void aStateBeyondTheBudgetMakesNoCheckpoint() {
    final double[] large = new double[(int) DEAR_BYTES / 8];
    assertNoCheckpoint(
        () ->
            new Kept() {
              @Override
              public void state(final StateCodec codec) {
                codec.all(large);
              }
            },
        "(strategy.budget_bytes)");
    assertNoCheckpoint(
        () ->
            new Kept() {
              @Override
              public void state(final StateCodec codec) {
                while (count >= 0) {
                  codec.flag(true);
                }
              }
            },
        "strategy.budget_");
  }

  /** A replay makes no checkpoints: what each of them changed would be missing there. */
  @Test
  void savingThatChangesTheStrategyStopsItAtItsStart() {
    final Floor floor =
        started(
            () ->
                new Kept() {
                  @Override
                  public void state(final StateCodec codec) {
                    count = codec.int64(count) + 1;
                  }
                });
    assertThat(floor.host.ended()).isTrue();
  }

  @Test
  void savingThatChangesTheStrategyLaterIsTold() {
    final Floor floor =
        started(
            () ->
                new Kept() {
                  @Override
                  public void state(final StateCodec codec) {
                    count = codec.int64(count) + (count > 0 ? 1 : 0);
                  }
                });
    floor.trade(1, START + SECOND, 100);
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(floor::saved)
        .withMessageContaining("state() of mine saves two things one after the other");
    assertThat(floor.host.ended()).as("the run goes on").isFalse();
  }

  @Test
  void aFieldThatDoesNotTakeWhatComesBackIsTold() {
    final Floor floor =
        started(
            () ->
                new Kept() {
                  @Override
                  public void state(final StateCodec codec) {
                    codec.int64(count);
                  }
                });
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(floor::restored)
        .withMessageStartingWith("state() of mine does not take what it saved");
  }

  @Test
  void aStateThatReadsLessThanItSavedIsTold() {
    final Floor floor =
        started(
            () ->
                new Kept() {
                  @Override
                  public void state(final StateCodec codec) {
                    super.state(codec);
                    if (!codec.loading()) {
                      codec.text("more");
                    }
                  }
                });
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(floor::restored)
        .withMessageContaining("bytes more than");
  }

  @Test
  void ordersTimersAndLinesHaveNoPlaceInState() {
    final List<Consumer<Ports>> effects =
        List.of(
            ports -> ports.execution().market(ports.data().universe(0), 1),
            ports -> ports.execution().cancelAll(),
            ports -> ports.clock().every("again", SECOND),
            ports -> ports.clock().cancel("again"),
            ports -> ports.log().info("saving"));
    for (final Consumer<Ports> effect : effects) {
      assertNoCheckpoint(
          () ->
              new Kept() {
                @Override
                public void state(final StateCodec codec) {
                  effect.accept(ports);
                }
              },
          "state() only saves and loads");
    }
  }

  @Test
  void aCodecThatWasKeptIsOfNoUse() {
    final List<StateCodec> kept = new ArrayList<>();
    final Floor floor =
        started(
            () ->
                new Kept() {
                  @Override
                  public void state(final StateCodec codec) {
                    kept.add(codec);
                  }
                });
    floor.saved();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> kept.get(0).int64(1))
        .withMessage("a codec is of use within state() alone");
  }

  @Test
  void aStrategyThatKeepsWhatItDoesNotSaveHasNoCheckpointWhileItRuns() {
    final Floor floor = new Floor(Kept::new, EnumSet.of(Callback.TRADE)).defined();
    floor.restored(); // it has not started
    floor.trade(1, START, 100);
    assertThatExceptionOfType(StateException.class)
        .isThrownBy(floor::saved)
        .withMessage("mine has fields that change and no state() that saves them");
    floor.host.onStop();
    assertThat(floor.restored().host.ended()).isTrue();
  }

  @Test
  void aStrategyThatWasStoppedStaysStoppedAndIsNotAsked() {
    final Floor floor =
        started(
            () ->
                new Kept() {
                  @Override
                  public void trade(final Trade trade) {
                    throw new IllegalStateException("over");
                  }

                  @Override
                  public void state(final StateCodec codec) {
                    throw new IllegalStateException("never asked");
                  }
                });
    final Floor other = floor.restored();
    assertThat(other.host.ended()).isTrue();
    other.trade(1, START + SECOND, 100);
    assertThat(other.out.count()).isZero();
  }
}
