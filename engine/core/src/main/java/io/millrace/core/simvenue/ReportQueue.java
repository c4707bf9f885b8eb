package io.millrace.core.simvenue;

import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.ExecutionReportEncoder;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import org.agrona.concurrent.UnsafeBuffer;

/** Reports on their way to us: a ring of encoded messages in the order in which they are due. */
final class ReportQueue implements Stateful {
  private static final int BLOCK = ExecutionReportEncoder.BLOCK_LENGTH;

  private final ExecutionReportEncoder encoder = new ExecutionReportEncoder();
  private final ExecutionReportDecoder decoder = new ExecutionReportDecoder();
  private final UnsafeBuffer buffer;
  private final long[] due;
  private int head;
  private int count;

  ReportQueue(final int capacity) {
    buffer = new UnsafeBuffer(new byte[capacity * BLOCK]);
    due = new long[capacity];
  }

  /** Opens the next report, all fields zero. */
  ExecutionReportEncoder add(final long dueTime) {
    if (count == due.length) {
      throw new IllegalStateException(
          "more than " + due.length + " reports on their way: raise venue.max_reports");
    }
    final int slot = (head + count) % due.length;
    count++;
    due[slot] = dueTime;
    buffer.setMemory(slot * BLOCK, BLOCK, (byte) 0);
    return encoder.wrap(buffer, slot * BLOCK);
  }

  /** Takes the next report if it is due. */
  boolean poll(final long now) {
    if (count == 0 || due[head] > now) {
      return false;
    }
    decoder.wrap(buffer, head * BLOCK, BLOCK, ExecutionReportDecoder.SCHEMA_VERSION);
    head = head + 1 == due.length ? 0 : head + 1;
    count--;
    return true;
  }

  /** The report that {@link #poll} took; good until something new is added. */
  ExecutionReportDecoder report() {
    return decoder;
  }

  int count() {
    return count;
  }

  @Override
  public void state(final StateCodec codec) {
    final int reports = codec.int32(count);
    if (codec.loading()) {
      head = 0;
      count = reports;
    }
    for (int i = 0; i < reports; i++) {
      final int slot = (head + i) % due.length;
      due[slot] = codec.int64(due[slot]);
      for (int at = 0; at < BLOCK; at++) {
        final int index = slot * BLOCK + at;
        buffer.putByte(index, codec.int8(buffer.getByte(index)));
      }
    }
  }
}
