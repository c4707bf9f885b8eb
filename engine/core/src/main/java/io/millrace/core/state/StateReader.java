package io.millrace.core.state;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Loads what a {@link StateWriter} saved. */
public final class StateReader implements StateCodec {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private final DirectBuffer buffer;
  private final int end;
  private int at;
  private String part = "the beginning";

  /**
   * Reads from the start of a range.
   *
   * @param buffer holds what was saved
   * @param offset of its first byte
   * @param length in bytes
   */
  public StateReader(final DirectBuffer buffer, final int offset, final int length) {
    buffer.boundsCheck(offset, length);
    this.buffer = buffer;
    at = offset;
    end = offset + length;
  }

  /** Demands that all was read. */
  public void end() {
    if (at != end) {
      throw new StateException(
          "a checkpoint has " + (end - at) + " bytes more than " + part + " takes");
    }
  }

  @Override
  public boolean loading() {
    return true;
  }

  @Override
  public void part(final String name) {
    final String found = text(null);
    if (!name.equals(found)) {
      throw new StateException(
          "a checkpoint has part " + found + " where " + name + " is due, behind " + part);
    }
    part = name;
  }

  @Override
  public boolean flag(final boolean value) {
    return int8((byte) 0) != 0;
  }

  @Override
  public byte int8(final byte value) {
    return buffer.getByte(take(Byte.BYTES));
  }

  @Override
  public int int32(final int value) {
    return buffer.getInt(take(Integer.BYTES), ORDER);
  }

  @Override
  public long int64(final long value) {
    return buffer.getLong(take(Long.BYTES), ORDER);
  }

  @Override
  public double float64(final double value) {
    return Double.longBitsToDouble(int64(0));
  }

  @Override
  public String text(final String value) {
    final int length = int32(0);
    if (length == StateWriter.NO_TEXT) {
      return null;
    }
    if (length < 0 || length > StateWriter.MAX_TEXT) {
      throw new StateException("a checkpoint has a text of " + length + " bytes in " + part);
    }
    final byte[] bytes = new byte[length];
    buffer.getBytes(take(length), bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void all(final boolean[] values) {
    final int length = int32(0);
    if (length != values.length) {
      throw otherLength(length, values.length);
    }
    fill(values);
  }

  @Override
  public void all(final byte[] values) {
    final int length = int32(0);
    if (length != values.length) {
      throw otherLength(length, values.length);
    }
    fill(values);
  }

  @Override
  public void all(final int[] values) {
    final int length = int32(0);
    if (length != values.length) {
      throw otherLength(length, values.length);
    }
    fill(values);
  }

  @Override
  public void all(final long[] values) {
    final int length = int32(0);
    if (length != values.length) {
      throw otherLength(length, values.length);
    }
    fill(values);
  }

  @Override
  public void all(final double[] values) {
    final int length = int32(0);
    if (length != values.length) {
      throw otherLength(length, values.length);
    }
    fill(values);
  }

  @Override
  public boolean[] grown(final boolean[] values) {
    final int length = length(Byte.BYTES);
    final boolean[] loaded = length == values.length ? values : new boolean[length];
    fill(loaded);
    return loaded;
  }

  @Override
  public byte[] grown(final byte[] values) {
    final int length = length(Byte.BYTES);
    final byte[] loaded = length == values.length ? values : new byte[length];
    fill(loaded);
    return loaded;
  }

  @Override
  public int[] grown(final int[] values) {
    final int length = length(Integer.BYTES);
    final int[] loaded = length == values.length ? values : new int[length];
    fill(loaded);
    return loaded;
  }

  @Override
  public long[] grown(final long[] values) {
    final int length = length(Long.BYTES);
    final long[] loaded = length == values.length ? values : new long[length];
    fill(loaded);
    return loaded;
  }

  @Override
  public double[] grown(final double[] values) {
    final int length = length(Double.BYTES);
    final double[] loaded = length == values.length ? values : new double[length];
    fill(loaded);
    return loaded;
  }

  private void fill(final boolean[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = flag(false);
    }
  }

  private void fill(final byte[] values) {
    buffer.getBytes(take(values.length), values);
  }

  private void fill(final int[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = int32(0);
    }
  }

  private void fill(final long[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = int64(0);
    }
  }

  private void fill(final double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = float64(0);
    }
  }

  private int length(final int width) {
    final int length = int32(0);
    if (length < 0 || length > (end - at) / width) {
      throw new StateException("a checkpoint has an array of " + length + " values in " + part);
    }
    return length;
  }

  private int take(final int bytes) {
    final int from = at;
    if (end - from < bytes) {
      throw new StateException("a checkpoint ends within " + part);
    }
    at = from + bytes;
    return from;
  }

  private StateException otherLength(final int found, final int due) {
    return new StateException(
        "a checkpoint has " + found + " values where " + part + " has " + due);
  }
}
