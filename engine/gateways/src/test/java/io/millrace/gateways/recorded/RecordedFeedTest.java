package io.millrace.gateways.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.TimerTickDecoder;
import io.millrace.codecs.TradeDecoder;
import io.millrace.codecs.TradeEncoder;
import io.millrace.gateways.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded events with ticks between them: a stream that the source alone decides. */
class RecordedFeedTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long T = 1_450_967_400L * SECOND;

  /** Trades at given times, numbered by price; its bytes are spoiled by every move. */
  private static final class Trades implements EventSource {
    private final long[] times;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TradeEncoder trade = new TradeEncoder();
    private final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
    private int at = -1;
    private boolean closed;
    private boolean defines;
    private long open;
    private long close;

    Trades(final long... times) {
      this.times = times;
    }

    /** The first event is a definition instead; close 0 = always open. */
    Trades session(final long sessionOpen, final long sessionClose) {
      defines = true;
      open = sessionOpen;
      close = sessionClose;
      return this;
    }

    @Override
    public boolean next() {
      buffer.setMemory(0, 256, (byte) 0x5A);
      at++;
      if (at >= times.length) {
        return false;
      }
      if (at == 0 && defines) {
        definition
            .wrapAndApplyHeader(buffer, offset(), header)
            .eventTime(times[0])
            .sessionOpen(open)
            .sessionClose(close);
      } else {
        trade.wrapAndApplyHeader(buffer, offset(), header).eventTime(times[at]).price(at);
      }
      return true;
    }

    @Override
    public long eventTime() {
      return times[at];
    }

    @Override
    public DirectBuffer buffer() {
      return buffer;
    }

    @Override
    public int offset() {
      return 4;
    }

    @Override
    public int length() {
      return MessageHeaderEncoder.ENCODED_LENGTH
          + (at == 0 && defines
              ? InstrumentDefinitionEncoder.BLOCK_LENGTH
              : TradeEncoder.BLOCK_LENGTH);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static RecordedFeed feed(final long... times) {
    return new RecordedFeed(new Trades(times), SECOND, Pace.unpaced());
  }

  /** What the feed gives: {@code tick@ns} or {@code trade n@ns}, times since T. */
  private static String input(final Feed feed) {
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    header.wrap(feed.buffer(), feed.offset());
    if (header.templateId() == TimerTickDecoder.TEMPLATE_ID) {
      final TimerTickDecoder tick = new TimerTickDecoder();
      tick.wrapAndApplyHeader(feed.buffer(), feed.offset(), header);
      assertThat(feed.length())
          .isEqualTo(MessageHeaderDecoder.ENCODED_LENGTH + TimerTickDecoder.BLOCK_LENGTH);
      return "tick@" + (tick.eventTime() - T);
    }
    if (header.templateId() == InstrumentDefinitionEncoder.TEMPLATE_ID) {
      return "definition";
    }
    final TradeDecoder trade = new TradeDecoder();
    trade.wrapAndApplyHeader(feed.buffer(), feed.offset(), header);
    return "trade " + trade.price() + "@" + (trade.eventTime() - T);
  }

  private static List<String> drain(final RecordedFeed feed) {
    final List<String> inputs = new ArrayList<>();
    while (feed.poll() == Feed.Poll.INPUT) {
      inputs.add(input(feed));
    }
    assertThat(feed.poll()).isEqualTo(Feed.Poll.END);
    return inputs;
  }

  @Test
  void aTickComesAtEveryWholeIntervalBetweenEvents() {
    assertThat(drain(feed(T + 1, T + 5, T + 2 * SECOND + 7)))
        .containsExactly(
            "trade 0@1",
            "trade 1@5",
            "tick@" + SECOND,
            "tick@" + 2 * SECOND,
            "trade 2@" + (2 * SECOND + 7));
  }

  @Test
  void aTickComesBeforeTheEventsOfItsInstant() {
    assertThat(drain(feed(T + 1, T + SECOND, T + SECOND)))
        .containsExactly("trade 0@1", "tick@" + SECOND, "trade 1@" + SECOND, "trade 2@" + SECOND);
  }

  @Test
  void theFirstEventHasNoTickBeforeIt() {
    assertThat(drain(feed(T))).containsExactly("trade 0@0");
    assertThat(drain(feed())).isEmpty();
  }

  @Test
  void inALongGapTicksStopAndStartAgainJustBeforeTheNextEvent() {
    final long gap = 10_000 * SECOND;
    final List<String> inputs = drain(feed(T, T + gap + 5, T + gap + SECOND));
    assertThat(inputs).hasSize(1 + RecordedFeed.MAX_QUIET_TICKS + 1 + 1 + 1 + 1);
    assertThat(inputs.get(1)).isEqualTo("tick@" + SECOND);
    assertThat(inputs.get(RecordedFeed.MAX_QUIET_TICKS))
        .isEqualTo("tick@" + RecordedFeed.MAX_QUIET_TICKS * SECOND);
    assertThat(inputs.subList(RecordedFeed.MAX_QUIET_TICKS + 1, inputs.size()))
        .containsExactly(
            "tick@" + gap,
            "trade 1@" + (gap + 5),
            "tick@" + (gap + SECOND),
            "trade 2@" + (gap + SECOND));
  }

  @Test
  void quietTicksAreFartherApartOnceOneHasFollowedTheEvent() {
    final long minute = 60 * SECOND;
    final long gap = 60 * minute;
    final List<String> inputs =
        drain(
            new RecordedFeed(
                new Trades(T, T + 5, T + minute, T + gap), SECOND, minute, Pace.unpaced()));
    assertThat(inputs.subList(0, 5))
        .containsExactly(
            "trade 0@0", "trade 1@5", "tick@" + SECOND, "tick@" + minute, "trade 2@" + minute);
    assertThat(inputs.subList(5, 8))
        .containsExactly("tick@" + (minute + SECOND), "tick@" + 2 * minute, "tick@" + 3 * minute);
    assertThat(inputs.subList(14, inputs.size()))
        .as("ten minutes, then just before the next event")
        .containsExactly(
            "tick@" + 10 * minute, "tick@" + 11 * minute, "tick@" + gap, "trade 3@" + gap);
  }

  @Test
  void aQuietIntervalIsAMultipleOfTheOther() {
    assertThatThrownBy(
            () -> new RecordedFeed(new Trades(T), 2 * SECOND, 3 * SECOND, Pace.unpaced()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RecordedFeed(new Trades(T), 2 * SECOND, SECOND, Pace.unpaced()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aGapOfJustTheBoundLosesNoTick() {
    final int ticks = RecordedFeed.MAX_QUIET_TICKS;
    assertThat(drain(feed(T, T + ticks * SECOND))).hasSize(ticks + 2);
    assertThat(drain(feed(T, T + (ticks + 1) * SECOND))).hasSize(ticks + 3);
    assertThat(drain(feed(T, T + (ticks + 2) * SECOND))).as("one left out").hasSize(ticks + 3);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aRunThatGoesOnGivesTheSameStreamFromWhereItStopped(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final long[] times = new long[60];
    long time = T + random.nextLong(SECOND);
    for (int i = 0; i < times.length; i++) {
      times[i] = time;
      time +=
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextLong(SECOND);
            case 2 -> random.nextLong(5 * SECOND);
            default -> random.nextInt(20) == 0 ? random.nextLong(2000 * SECOND) : SECOND;
          };
    }
    final List<String> whole = drain(feed(times));
    for (int skipped = 0; skipped <= whole.size(); skipped++) {
      final RecordedFeed feed = feed(times);
      feed.skip(skipped);
      assertThat(feed.given()).isEqualTo(skipped);
      assertThat(drain(feed))
          .as("after " + skipped)
          .isEqualTo(whole.subList(skipped, whole.size()));
      assertThat(feed.given()).isEqualTo(whole.size());
    }
  }

  @Test
  void skippingPastTheEndIsTheEnd() {
    final RecordedFeed feed = feed(T, T + 1);
    feed.skip(99);
    assertThat(feed.given()).isEqualTo(2);
    assertThat(feed.poll()).isEqualTo(Feed.Poll.END);
  }

  @Test
  void anInputThatWasWaitedForIsNotLostBySkipping() {
    final RecordedFeed feed =
        new RecordedFeed(new Trades(T, T + 1, T + 2).session(0, 0), SECOND, new Pace(() -> 0L, 1));
    assertThat(feed.poll()).isEqualTo(Feed.Poll.INPUT);
    assertThat(feed.poll()).as("not due yet").isEqualTo(Feed.Poll.IDLE);
    feed.skip(1);
    assertThat(feed.given()).isEqualTo(2);
    assertThat(feed.poll()).isEqualTo(Feed.Poll.INPUT);
    assertThat(input(feed)).isEqualTo("trade 2@2");
  }

  @Test
  void thePaceDecidesWhenNeverWhat() {
    final long[] clock = {1000};
    final RecordedFeed feed =
        new RecordedFeed(
            new Trades(T, T + SECOND / 2, T + SECOND + 1).session(0, 0),
            SECOND,
            new Pace(() -> clock[0], 10));
    final List<String> inputs = new ArrayList<>();
    int idle = 0;
    for (Feed.Poll poll = feed.poll(); poll != Feed.Poll.END; poll = feed.poll()) {
      if (poll == Feed.Poll.INPUT) {
        inputs.add(input(feed));
      } else {
        idle++;
        clock[0] += SECOND / 1000;
      }
    }
    assertThat(inputs)
        .containsExactly(
            "definition", "trade 1@" + SECOND / 2, "tick@" + SECOND, "trade 2@" + (SECOND + 1));
    assertThat(idle).as("a second at ten times the speed, polled every millisecond").isEqualTo(101);
  }

  @Test
  void thePaceStartsAnewBehindWhatWasSkipped() {
    final long[] clock = {0};
    final Pace pace = new Pace(() -> clock[0], 1);
    final RecordedFeed feed =
        new RecordedFeed(
            new Trades(T, T + 100 * SECOND, T + 100 * SECOND + 5).session(0, 0), SECOND, pace);
    feed.skip(101);
    assertThat(feed.poll()).as("at once").isEqualTo(Feed.Poll.INPUT);
    assertThat(input(feed)).isEqualTo("trade 1@" + 100 * SECOND);
    assertThat(feed.poll()).isEqualTo(Feed.Poll.IDLE);
    clock[0] = 5;
    assertThat(feed.poll()).isEqualTo(Feed.Poll.INPUT);
  }

  @Test
  void theNightGoesByAtOnce() {
    final long open = T + 3600 * SECOND;
    final long[] clock = {0};
    final RecordedFeed feed =
        new RecordedFeed(
            new Trades(T, T + 5, open, open + 2, open + 7200 * SECOND)
                .session(open, open + 3600 * SECOND),
            1_000_000 * SECOND, // no tick among them
            new Pace(() -> clock[0], 1));
    final List<String> night = new ArrayList<>();
    while (feed.poll() == Feed.Poll.INPUT) {
      night.add(input(feed));
    }
    assertThat(night)
        .as("up to the first of the session")
        .containsExactly("definition", "trade 1@5", "trade 2@" + 3600 * SECOND);
    assertThat(feed.poll()).as("in the session the pace holds").isEqualTo(Feed.Poll.IDLE);
    clock[0] = 2;
    assertThat(feed.poll()).isEqualTo(Feed.Poll.INPUT);
    assertThat(input(feed)).isEqualTo("trade 3@" + (3600 * SECOND + 2));
    assertThat(feed.poll()).as("after the close nothing is waited for").isEqualTo(Feed.Poll.INPUT);
    assertThat(feed.poll()).isEqualTo(Feed.Poll.END);
  }

  @Test
  void aSpeedIsNotNegativeNorUnbounded() {
    for (final double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 2e9}) {
      assertThatThrownBy(() -> new Pace(() -> 0L, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not between 0 and 1e9");
    }
  }

  @Test
  void anIntervalIsAboveZero() {
    assertThatThrownBy(() -> new RecordedFeed(new Trades(), 0, Pace.unpaced()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tick interval 0");
  }

  @Test
  void closingTheFeedClosesItsSource() {
    final Trades source = new Trades();
    new RecordedFeed(source, SECOND, Pace.unpaced()).close();
    assertThat(source.closed).isTrue();
  }

  @Test
  void windowsThatFollowOneAnotherHaveEachEventOnceAndNothingFromBeyond() {
    final long[] times = {T, T + 1, T + 2, T + 3, T + 4};
    assertThat(within(new Trades(times), Long.MIN_VALUE, T + 2)).containsExactly(0, 1, 2);
    assertThat(within(new Trades(times), T + 2, Long.MAX_VALUE)).containsExactly(3, 4);
    // A definition from before the window is needed in it.
    assertThat(within(new Trades(times).session(T, 0), T + 2, T + 3)).containsExactly(0, 3);
  }

  private static List<Integer> within(final Trades trades, final long after, final long until) {
    final List<Integer> seen = new ArrayList<>();
    try (TimeWindow window = new TimeWindow(trades, after, until)) {
      while (window.next()) {
        seen.add(trades.at);
      }
    }
    assertThat(trades.closed).isTrue();
    return seen;
  }
}
