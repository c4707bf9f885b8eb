package io.millrace.bench;

import io.millrace.codecs.CommandEncoder;
import io.millrace.codecs.CommandType;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.TimerTickEncoder;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.Digest;
import io.millrace.gateways.Feed;
import io.millrace.gateways.recorded.EventSource;
import io.millrace.gateways.recorded.Pace;
import io.millrace.gateways.recorded.RecordedFeed;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.pipeline.Topology;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.Node;
import io.millrace.runtime.run.TimerInterval;
import io.millrace.runtime.strategy.LoadedStrategy;
import io.millrace.runtime.strategy.StrategyException;
import io.millrace.runtime.strategy.StrategyLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.agrona.ExpandableArrayBuffer;

/**
 * Backtests of the shipped EMA crossing: by the node, as {@code millrace backtest} runs them, or by
 * the pipeline alone, which journals nothing.
 */
final class Backtest {
  private static final int FLUSH_INPUTS = 256;

  private final LoadedStrategy strategy;
  private final ConfigLoader.Resolved config;

  /** What a run did; only one without journals counts its fills. */
  record Done(long inputs, long fills, String digest) {}

  /**
   * The strategy of {@code config/strategies/EmaCross.java} on other symbols, at the venue that it
   * names.
   *
   * @param sets settings over all others
   */
  Backtest(final Path root, final List<String> universe, final List<String> sets) {
    try {
      final String source =
          Files.readString(root.resolve("config/strategies/EmaCross.java"), StandardCharsets.UTF_8);
      final String symbols =
          universe.stream().map(symbol -> '"' + symbol + '"').collect(Collectors.joining(", "));
      strategy =
          StrategyLoader.load(
              "EmaCross.java",
              source.replace("\"GOOG\"", symbols).getBytes(StandardCharsets.UTF_8));
    } catch (final IOException e) {
      throw new UncheckedIOException("the EMA crossing is not in " + root, e);
    } catch (final StrategyException e) {
      throw new IllegalStateException("the EMA crossing does not load", e);
    }
    config =
        ConfigLoader.load(
            strategy.bundle().venue().stream()
                .map(venue -> root.resolve("config/venues/" + venue + ".yaml"))
                .toList(),
            sets,
            strategy.bundle(),
            strategy.where());
  }

  private RecordedFeed feed(final EventSource source) {
    final boolean byMinutes = source instanceof MinuteBars;
    return new RecordedFeed(
        source,
        config.config().engine().timerIntervalNanos(),
        TimerInterval.nanos(config.config(), strategy, byMinutes),
        Pace.unpaced());
  }

  /**
   * By the node, both journals on as shipped.
   *
   * @param runs where the run directory goes
   * @param progress told the inputs done, now and then
   */
  Done journaled(final EventSource source, final Path runs, final LongConsumer progress) {
    try {
      Files.createDirectories(runs);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot make " + runs, e);
    }
    final StageTimes times = new StageTimes();
    final RunDirectory run = RunDirectory.create(runs, RunDirectory.runId(0, 1));
    final Manifest manifest =
        new Manifest(
            Manifest.SCHEMA_VERSION,
            run.id(),
            0,
            "backtest",
            "inline",
            "bench",
            TimerTickEncoder.SCHEMA_VERSION,
            Digest.text(config.digest()),
            config.tree(),
            null,
            new Manifest.Data("ticks", List.of(), 0),
            null,
            null);
    manifest.write(run);
    try (RecordedFeed feed = feed(source)) {
      final Node.Outcome outcome =
          new Node(
                  run,
                  manifest,
                  config.config(),
                  feed,
                  Topology.INLINE,
                  false,
                  new Pipeline(config.config(), times, strategy),
                  null,
                  times,
                  alert -> {
                    throw new IllegalStateException(alert);
                  })
              .run(progress);
      if (outcome.halted() != null) {
        throw new IllegalStateException(outcome.halted().text(), outcome.halted().cause());
      }
      return new Done(outcome.manifest().end().inputs(), 0, outcome.manifest().end().digest());
    }
  }

  /** The inputs of a run from its queue, one after another; returns how many there were. */
  static long readQueue(final Path runs) {
    long inputs = 0;
    try (JournalReader reader =
        JournalReader.open(runs.resolve(RunDirectory.runId(0, 1)).resolve("input"))) {
      final Slot slot = new Slot();
      while (reader.next()) {
        slot.wrap(
            reader.sequence(),
            reader.ingressTimeNanos(),
            reader.buffer(),
            reader.offset(),
            reader.length());
        inputs++;
      }
      if (reader.fault() != null) {
        throw new IllegalStateException(reader.fault().toString());
      }
    }
    return inputs;
  }

  /** By the pipeline alone: the same inputs and outputs, the outputs digested and dropped. */
  Done bare(final EventSource source) {
    final Slot slot = new Slot();
    final ExpandableArrayBuffer own = new ExpandableArrayBuffer(256);
    long sequence = 0;
    long time = 0;
    final long[] fills = new long[1];
    try (Engine engine =
            Engine.bare(config.config(), strategy, input -> fills[0] += fills(input.outputs()));
        RecordedFeed feed = feed(source)) {
      while (feed.poll() == Feed.Poll.INPUT) {
        time = Slot.eventTime(feed.buffer(), feed.offset());
        if (sequence == 0) {
          final int length = SampleDay.header(own, time, config.config());
          slot.wrap(++sequence, 0, own, 0, length);
          engine.inline(slot, false);
        }
        slot.wrap(++sequence, 0, feed.buffer(), feed.offset(), feed.length());
        engine.inline(slot, (sequence & (FLUSH_INPUTS - 1)) == 0);
      }
      slot.wrap(++sequence, 0, own, 0, stop(own, time));
      engine.inline(slot, true);
      return new Done(sequence, fills[0], Digest.text(engine.digest()));
    }
  }

  private static int fills(final Outputs outputs) {
    int fills = 0;
    for (int i = 0; i < outputs.count(); i++) {
      fills += outputs.templateId(i) == FillDecoder.TEMPLATE_ID ? 1 : 0;
    }
    return fills;
  }

  private static int stop(final ExpandableArrayBuffer own, final long time) {
    final CommandEncoder encoder = new CommandEncoder();
    encoder
        .wrapAndApplyHeader(own, 0, new MessageHeaderEncoder())
        .eventTime(time)
        .command(CommandType.STOP)
        .instrumentId(0)
        .value(0)
        .text("end");
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }
}
