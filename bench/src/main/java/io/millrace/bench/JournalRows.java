package io.millrace.bench;

import io.millrace.journal.JournalOptions;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.SyncMode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Price of the journal's framing, and of forcing it to the disk. */
final class JournalRows {
  private static final int TEMPLATE = 7;
  private static final int BATCH = 64;
  private static final int RECORDS = 400_000;
  private static final int ROUNDS = 9;
  private static final int FORCED_BATCHES = 300;
  private static final String RAW_EACH = "raw Chronicle, a document each";
  private static final String RAW_BATCH = "raw Chronicle, 64 a document";

  private final Effort effort;

  private JournalRows(final Effort effort) {
    this.effort = effort;
  }

  static List<Row> measure(final Effort effort) {
    return new JournalRows(effort).rows();
  }

  private List<Row> rows() {
    final List<Row> rows = new ArrayList<>();
    for (final int length : new int[] {64, 128}) {
      append(length, rows);
    }
    sync(rows);
    return rows;
  }

  private void append(final int length, final List<Row> rows) {
    final int records = effort.scaled(RECORDS, 20_000);
    final double[][] nanos =
        Turns.take(
            effort.quick() ? 1 : 2,
            effort.rounds(ROUNDS),
            List.of(
                () -> ours(length, 1, records, SyncMode.NONE),
                () -> raw(length, 1, records),
                () -> ours(length, BATCH, records, SyncMode.NONE),
                () -> raw(length, BATCH, records)));
    rows.add(
        new Row(
            "journal",
            "append " + length + " bytes, 1 record a document",
            "ns",
            nanos[0],
            RAW_EACH,
            nanos[1],
            Row.Goal.ratioAtMost(1.3),
            ""));
    rows.add(
        new Row(
            "journal",
            "append " + length + " bytes, batches of 64",
            "ns",
            nanos[2],
            RAW_EACH,
            nanos[1],
            Row.Goal.ratioAtMost(1.3),
            "as the pipeline appends at full speed"));
    rows.add(
        new Row(
            "journal",
            "append " + length + " bytes, batches of 64",
            "ns",
            nanos[2],
            RAW_BATCH,
            nanos[3],
            null,
            "sequence, CRC32C and chain against none"));
  }

  /** Batches of 64 in each mode; what a force costs is the disk's. */
  private void sync(final List<Row> rows) {
    final int records = effort.scaled(RECORDS, 20_000);
    final int forced = BATCH * effort.scaled(FORCED_BATCHES, 30);
    final double[][] nanos =
        Turns.take(
            1,
            effort.rounds(5),
            List.of(
                () -> ours(64, BATCH, records, SyncMode.NONE),
                () -> ours(64, BATCH, records, SyncMode.INTERVAL),
                () -> ours(64, BATCH, forced, SyncMode.EVERY)));
    rows.add(
        new Row(
            "journal",
            "append 64 bytes, sync interval (10 ms)",
            "ns",
            nanos[1],
            "the same, sync none",
            nanos[0],
            null,
            "batches of 64"));
    rows.add(
        new Row(
            "journal",
            "append 64 bytes, sync every",
            "ns",
            nanos[2],
            "the same, sync none",
            nanos[0],
            null,
            "a force for each batch of 64"));
  }

  private double ours(final int length, final int batch, final int records, final SyncMode sync) {
    final Path path = effort.fresh("journal");
    final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
    final double nanos;
    try (JournalWriter writer =
        JournalWriter.open(path, JournalOptions.defaults().withSyncMode(sync))) {
      final long start = now(sync);
      for (int i = 1; i <= records; i++) {
        payload.putLong(0, i);
        writer.append(i, i * 1_000L, TEMPLATE, payload, 0, length);
        if (i % batch == 0) {
          writer.flush();
        }
      }
      writer.flush();
      nanos = (double) (now(sync) - start) / records;
    }
    RawChronicle.delete(path);
    return nanos;
  }

  /** A force makes its thread wait for the disk, which is what is measured then. */
  private static long now(final SyncMode sync) {
    return sync == SyncMode.EVERY ? System.nanoTime() : CpuClock.nanos();
  }

  private double raw(final int length, final int batch, final int records) {
    final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
    final UnsafeBuffer document = new UnsafeBuffer(ByteBuffer.allocateDirect(length * batch));
    try (RawChronicle queue = new RawChronicle(effort.fresh("raw"))) {
      int end = 0;
      final long start = CpuClock.nanos();
      for (int i = 1; i <= records; i++) {
        payload.putLong(0, i);
        if (batch == 1) {
          queue.append(payload.addressOffset(), length);
        } else {
          document.putBytes(end, payload, 0, length);
          end += length;
          if (i % batch == 0) {
            queue.append(document.addressOffset(), end);
            end = 0;
          }
        }
      }
      if (end > 0) {
        queue.append(document.addressOffset(), end);
      }
      return (double) (CpuClock.nanos() - start) / records;
    }
  }
}
