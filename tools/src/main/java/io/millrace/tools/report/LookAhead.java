package io.millrace.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.journal.JournalEnd;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.JournalReader;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.SyncMode;
import io.millrace.runtime.pipeline.Outbox;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.run.RunException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The look-ahead test: the input journal is copied up to a point, the copy is re-executed by a
 * fresh pipeline that can see nothing else, and every decision must be the recorded one, byte for
 * byte. A decision that used anything later than its own input differs or is missing.
 */
public final class LookAhead {
  private static final int BODY = MessageHeaderDecoder.ENCODED_LENGTH;

  private final RunDirectory run;
  private final Supplier<Pipeline> pipelines;

  /**
   * What one point showed.
   *
   * @param inputs where the journal was cut
   * @param outputs decisions compared
   * @param differs first output that is not the recorded one, 0 = none
   */
  public record Point(long inputs, long outputs, long differs) {}

  /**
   * @param run its input and decision journals
   * @param pipelines fresh ones, in the state in which the run began
   */
  public LookAhead(final RunDirectory run, final Supplier<Pipeline> pipelines) {
    this.run = run;
    this.pipelines = pipelines;
  }

  /**
   * Cuts after an input and compares.
   *
   * @param until last input kept, 1 and up
   */
  public Point at(final long until) {
    final Path copy = temporary();
    try {
      truncate(copy, until);
      return compare(copy, until);
    } finally {
      delete(copy);
    }
  }

  /** Evenly spaced points of a run, the last one within it. */
  public static List<Long> points(final long inputs, final int count) {
    final List<Long> points = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      final long point = Math.multiplyExact(inputs, (long) i) / (count + 1);
      if (point > 0 && !points.contains(point)) {
        points.add(point);
      }
    }
    return points;
  }

  /** Tests all points and writes what came of it. */
  void write(
      final ObjectNode node, final long inputs, final int count, final LongConsumer progress) {
    final ArrayNode list = node.putArray("points");
    boolean same = true;
    long done = 0;
    for (final long at : points(inputs, count)) {
      final Point point = at(at);
      done += point.inputs();
      progress.accept(done);
      same &= point.differs() == 0;
      final ObjectNode row = list.addObject();
      row.put("inputs", point.inputs());
      row.put("outputs", point.outputs());
      row.put("differs", point.differs() == 0 ? null : point.differs());
    }
    node.put("status", list.isEmpty() ? "none" : same ? "ok" : "fault");
  }

  private void truncate(final Path copy, final long until) {
    try (JournalReader reader = JournalReader.open(run.input());
        JournalWriter writer =
            JournalWriter.open(
                copy,
                JournalOptions.defaults().withSyncMode(SyncMode.NONE).withDiskReserveBytes(0))) {
      while (reader.sequence() < until && reader.next()) {
        writer.append(
            reader.sequence(),
            reader.ingressTimeNanos(),
            reader.templateId(),
            reader.buffer(),
            reader.offset(),
            reader.length());
      }
      intact(reader);
      writer.flush();
    }
  }

  private Point compare(final Path copy, final long until) {
    final Pipeline pipeline = pipelines.get();
    final Slot slot = new Slot();
    try (JournalReader inputs = JournalReader.open(copy);
        JournalReader recorded = JournalReader.open(run.decisions())) {
      final Comparison comparison = new Comparison(recorded);
      final Outbox outbox = new Outbox(comparison::accept);
      while (comparison.differs == 0 && inputs.next()) {
        slot.wrap(
            inputs.sequence(),
            inputs.ingressTimeNanos(),
            inputs.buffer(),
            inputs.offset(),
            inputs.length());
        pipeline.decide(slot);
        outbox.emit(slot);
      }
      intact(inputs);
      comparison.nothingLeft(until);
      return new Point(until, comparison.outputs, comparison.differs);
    }
  }

  private static void intact(final JournalReader reader) {
    if (reader.end() == JournalEnd.FAULT) {
      throw new JournalException(reader.fault().toString());
    }
  }

  /** Holds outputs against the recorded ones. */
  private static final class Comparison {
    private final JournalReader recorded;
    private final UnsafeBuffer expected = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer actual = new UnsafeBuffer(0, 0);
    private long outputs;
    private long differs;

    private Comparison(final JournalReader recorded) {
      this.recorded = recorded;
    }

    private void accept(
        final long eventTime,
        final int templateId,
        final DirectBuffer buffer,
        final int offset,
        final int length) {
      if (differs != 0) {
        return;
      }
      outputs++;
      if (!recorded.next()) {
        differs = outputs;
        return;
      }
      expected.wrap(recorded.buffer(), recorded.offset(), recorded.length());
      actual.wrap(buffer, offset, length);
      if (recorded.templateId() != templateId || !expected.equals(actual)) {
        differs = outputs;
      }
    }

    /** What was recorded next must have been caused by an input that was cut off. */
    private void nothingLeft(final long until) {
      if (differs == 0
          && recorded.next()
          && recorded
                  .buffer()
                  .getLong(recorded.offset() + BODY + Outputs.CAUSE_OFFSET, ByteOrder.LITTLE_ENDIAN)
              <= until) {
        differs = outputs + 1;
      }
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("millrace-look-ahead");
    } catch (final IOException e) {
      throw new RunException(
          "no temporary directory for the look-ahead test ("
              + e.getMessage()
              + "); free the disk or set java.io.tmpdir",
          e);
    }
  }

  private static void delete(final Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (final IOException e) {
      throw new RunException(tree + " cannot be deleted (" + e.getMessage() + ")", e);
    }
  }
}
