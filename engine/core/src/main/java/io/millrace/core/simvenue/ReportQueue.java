package io.millrace.core.simvenue;

import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.ExecutionReportEncoder;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Reports on their way to us: a ring of encoded messages in the order in which they are due. */
final class ReportQueue implements Stateful {
  private static final int BLOCK = ExecutionReportEncoder.BLOCK_LENGTH;
  private static final int INSTRUMENT = ExecutionReportEncoder.instrumentIdEncodingOffset();

  private final ExecutionReportEncoder encoder = new ExecutionReportEncoder();
  private final ExecutionReportDecoder decoder = new ExecutionReportDecoder();
  private final UnsafeBuffer buffer;
  private final long[] due;
  // What each report adds to the position in its instrument.
  private final long[] signed;
  private int head;
  private int count;

  ReportQueue(final int capacity) {
    buffer = new UnsafeBuffer(new byte[capacity * BLOCK]);
    due = new long[capacity];
    signed = new long[capacity];
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
    signed[slot] = 0;
    buffer.setMemory(slot * BLOCK, BLOCK, (byte) 0);
    return encoder.wrap(buffer, slot * BLOCK);
  }

  /** The newest report adds to the position in its instrument, signed. */
  void moves(final long units) {
    signed[(head + count - 1) % due.length] = units;
  }

  /** What all reports in here add to the position in an instrument, signed. */
  long underWay(final int id) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      final int slot = (head + i) % due.length;
      if (signed[slot] != 0
          && buffer.getInt(slot * BLOCK + INSTRUMENT, ByteOrder.LITTLE_ENDIAN) == id) {
        sum = Math.addExact(sum, signed[slot]);
      }
    }
    return sum;
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
      signed[slot] = codec.int64(signed[slot]);
      for (int at = 0; at < BLOCK; at++) {
        final int index = slot * BLOCK + at;
        buffer.putByte(index, codec.int8(buffer.getByte(index)));
      }
    }
  }
}
