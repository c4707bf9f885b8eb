package io.millrace.core.state;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Saves: little-endian values one behind the other, arrays and texts behind their length. */
public final class StateWriter implements StateCodec {
  static final int NO_TEXT = -1;
  static final int MAX_TEXT = 1 << 20;
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
  private int length;

  /** Forgets what was written; the room stays. */
  public void reset() {
    length = 0;
  }

  /** What was written, from 0 to {@link #length()}. */
  public DirectBuffer buffer() {
    return buffer;
  }

  /** Bytes written. */
  public int length() {
    return length;
  }

  @Override
  public boolean loading() {
    return false;
  }

  @Override
  public void part(final String name) {
    text(name);
  }

  @Override
  public boolean flag(final boolean value) {
    int8((byte) (value ? 1 : 0));
    return value;
  }

  @Override
  public byte int8(final byte value) {
    buffer.putByte(length, value);
    length += Byte.BYTES;
    return value;
  }

  @Override
  public int int32(final int value) {
    buffer.putInt(length, value, ORDER);
    length += Integer.BYTES;
    return value;
  }

  @Override
  public long int64(final long value) {
    buffer.putLong(length, value, ORDER);
    length += Long.BYTES;
    return value;
  }

  @Override
  public double float64(final double value) {
    int64(Double.doubleToRawLongBits(value));
    return value;
  }

  @Override
  public String text(final String value) {
    if (value == null) {
      int32(NO_TEXT);
      return null;
    }
    final byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_TEXT) {
      throw new StateException(
          "a text of " + bytes.length + " bytes cannot be saved, at most " + MAX_TEXT);
    }
    int32(bytes.length);
    buffer.putBytes(length, bytes);
    length += bytes.length;
    return value;
  }

  @Override
  public void all(final boolean[] values) {
    int32(values.length);
    for (final boolean value : values) {
      flag(value);
    }
  }

  @Override
  public void all(final byte[] values) {
    int32(values.length);
    buffer.putBytes(length, values);
    length += values.length;
  }

  @Override
  public void all(final int[] values) {
    int32(values.length);
    for (final int value : values) {
      int32(value);
    }
  }

  @Override
  public void all(final long[] values) {
    int32(values.length);
    for (final long value : values) {
      int64(value);
    }
  }

  @Override
  public void all(final double[] values) {
    int32(values.length);
    for (final double value : values) {
      float64(value);
    }
  }

  @Override
  public boolean[] grown(final boolean[] values) {
    all(values);
    return values;
  }

  @Override
  public byte[] grown(final byte[] values) {
    all(values);
    return values;
  }

  @Override
  public int[] grown(final int[] values) {
    all(values);
    return values;
  }

  @Override
  public long[] grown(final long[] values) {
    all(values);
    return values;
  }

  @Override
  public double[] grown(final double[] values) {
    all(values);
    return values;
  }
}
