package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.NavEventDecoder;
import io.millrace.codecs.RunMode;
import io.millrace.codecs.SessionHeaderEncoder;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.gateways.Feed;
import io.millrace.gateways.recorded.Pace;
import io.millrace.gateways.recorded.RecordedFeed;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.TimerInterval;
import io.millrace.runtime.strategy.LoadedStrategy;
import io.millrace.runtime.strategy.StrategyLoader;
import io.millrace.tools.data.CuratedReader;
import io.millrace.tools.data.Selection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the timer of recorded data may go by the minute, and that this changes no decision. */
final class TimerIntervalTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"EmaCross", "MeanReversion"})
  void tradesAndNavAreTheSameByMinutesAndBySeconds(final String name) throws Exception {
    final LoadedStrategy strategy = strategy(name, "", "");
    final List<String> seconds = new ArrayList<>();
    final List<String> minutes = new ArrayList<>();
    final long manyInputs = day(strategy, SECOND, seconds);
    final long fewInputs = day(strategy, MINUTE, minutes);
    assertThat(seconds).anyMatch(line -> line.startsWith("fill")).hasSizeGreaterThan(100);
    assertThat(minutes).isEqualTo(seconds);
    assertThat(manyInputs - fewInputs).as("ticks saved").isGreaterThan(20_000);
  }

  @Test
  void whoNeedsNoTimeBetweenMinutesGetsNone() throws Exception {
    assertThat(interval("EmaCross", "", "", true)).isEqualTo(MINUTE);
  }

  @Test
  void dataFinerThanAMinuteKeepTheConfiguredTimer() throws Exception {
    assertThat(interval("EmaCross", "", "", false)).isEqualTo(SECOND);
  }

  @Test
  void theBuiltInAgentsKeepTheConfiguredTimer() {
    final Config config = ConfigLoader.load(null, List.of()).config();
    assertThat(TimerInterval.nanos(config, null, true)).isEqualTo(SECOND);
  }

  @Test
  void timersKeepTheConfiguredTimer() throws Exception {
    assertThat(interval("TwapRebalance", "", "", true)).isEqualTo(SECOND);
  }

  @Test
  void latencyKeepsTheConfiguredTimer() throws Exception {
    assertThat(interval("EmaCross", "\"touch\", \"fees-per-share\"", "\"fees-per-share\"", true))
        .isEqualTo(SECOND);
  }

  @Test
  void barsBelowAMinuteKeepTheConfiguredTimer() throws Exception {
    assertThat(interval("EmaCross", "\"1m\"", "\"30s\"", true)).isEqualTo(SECOND);
    assertThat(interval("EmaCross", "\"1m\"", "\"1h\"", true)).isEqualTo(MINUTE);
  }

  @Test
  void aNavThatFallsBetweenTickAndMinuteKeepsTheConfiguredTimer() throws Exception {
    final LoadedStrategy strategy = strategy("EmaCross", "", "");
    assertThat(
            TimerInterval.nanos(
                config(strategy, "portfolio.nav_interval_millis=10000"), strategy, true))
        .isEqualTo(SECOND);
    assertThat(
            TimerInterval.nanos(
                config(strategy, "portfolio.nav_interval_millis=120000"), strategy, true))
        .isEqualTo(MINUTE);
  }

  @Test
  void workKeepsTheConfiguredTimerHoweverItIsNamed() throws Exception {
    assertThat(interval("EmaCross", "targetPercent(", "work(", true)).isEqualTo(SECOND);
    assertThat(
            interval(
                "EmaCross",
                "ports.execution().targetPercent(bar.instrument(), 1.0);",
                "java.util.function.ToLongBiFunction<io.millrace.core.strategy.Instrument, Double>"
                    + " go = ports.execution()::work; go.applyAsLong(bar.instrument(), 1.0);",
                true))
        .isEqualTo(SECOND);
  }

  private static long interval(
      final String name, final String from, final String to, final boolean byMinutes)
      throws Exception {
    final LoadedStrategy strategy = strategy(name, from, to);
    return TimerInterval.nanos(config(strategy), strategy, byMinutes);
  }

  private static LoadedStrategy strategy(final String name, final String from, final String to)
      throws Exception {
    final String file = name + ".java";
    final String source = Files.readString(Launch.ROOT.resolve("config/strategies").resolve(file));
    assertThat(source).contains(from);
    final String changed = from.isEmpty() ? source : source.replace(from, to);
    return StrategyLoader.load(file, changed.getBytes(StandardCharsets.UTF_8));
  }

  private static Config config(final LoadedStrategy strategy, final String... sets) {
    final List<Path> venues =
        strategy.bundle().venue().stream()
            .map(venue -> Launch.ROOT.resolve("config/venues/" + venue + ".yaml"))
            .toList();
    return ConfigLoader.load(venues, List.of(sets), strategy.bundle(), strategy.where()).config();
  }

  /** The shipped day; returns the inputs. */
  private static long day(
      final LoadedStrategy strategy, final long interval, final List<String> told) {
    final Config config = config(strategy);
    final Pipeline pipeline = new Pipeline(config, new StageTimes(), strategy);
    final Selection sample =
        Selection.of(
            Launch.ROOT.resolve("tools/data/curated"), "lean", List.of("goog"), null, null);
    final Slot slot = new Slot();
    long sequence = 0;
    try (CuratedReader reader = CuratedReader.open(sample)) {
      assertThat(reader.byMinutes()).as("the shipped day is sampled by minutes").isTrue();
      final RecordedFeed feed = new RecordedFeed(reader, SECOND, interval, Pace.unpaced());
      while (feed.poll() == Feed.Poll.INPUT) {
        if (sequence == 0) {
          final ExpandableArrayBuffer own = new ExpandableArrayBuffer(256);
          final int length = header(own, Slot.eventTime(feed.buffer(), feed.offset()), config);
          slot.wrap(++sequence, 0, own, 0, length);
          pipeline.decide(slot);
        }
        slot.wrap(++sequence, 0, feed.buffer(), feed.offset(), feed.length());
        pipeline.decide(slot);
        tell(slot.outputs(), told);
      }
    }
    return sequence;
  }

  private static int header(
      final ExpandableArrayBuffer buffer, final long time, final Config config) {
    final SessionHeaderEncoder encoder = new SessionHeaderEncoder();
    encoder
        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
        .eventTime(time)
        .runId("timer")
        .mode(RunMode.BACKTEST)
        .configDigest(0)
        .previousEndHash(0)
        .initialCash(config.account().initialCash());
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  /** All of a fill and a NAV but the numbers of inputs. */
  private static void tell(final Outputs outputs, final List<String> told) {
    final FillDecoder fill = new FillDecoder();
    final NavEventDecoder nav = new NavEventDecoder();
    for (int i = 0; i < outputs.count(); i++) {
      if (outputs.templateId(i) == FillDecoder.TEMPLATE_ID) {
        outputs.read(i, fill);
        told.add(
            "fill "
                + fill.eventTime()
                + " "
                + fill.side()
                + " "
                + fill.quantity()
                + " at "
                + fill.price()
                + " fee "
                + fill.fee());
      } else if (outputs.templateId(i) == NavEventDecoder.TEMPLATE_ID) {
        outputs.read(i, nav);
        told.add(
            "nav " + nav.eventTime() + " " + nav.nav() + " " + nav.peak() + " " + nav.drawdown());
      }
    }
  }
}
