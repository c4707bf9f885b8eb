package io.millrace.core.strategy;

import io.millrace.core.state.StateCodec;

/**
 * The codec that a strategy gets: it charges the budget by bytes, which bounds what a strategy can
 * save, and is of no use once the call is over.
 */
final class MeteredCodec implements StateCodec {
  private static final int BYTES_PER_STEP = 64;
  private static final int MAX_CHARACTER_BYTES = 3;

  private final StateCodec codec;
  private final Budget budget;
  private boolean closed;

  MeteredCodec(final StateCodec codec, final Budget budget) {
    this.codec = codec;
    this.budget = budget;
  }

  /** The call is over: a strategy that kept this must not save behind the host's back. */
  void close() {
    closed = true;
  }

  private StateCodec charged(final long bytes) {
    if (closed) {
      throw new IllegalStateException("a codec is of use within state() alone");
    }
    budget.steps(1 + bytes / BYTES_PER_STEP);
    budget.bytes(bytes);
    return codec;
  }

  private StateCodec charged(final int length, final int width) {
    return charged(Integer.BYTES + (long) length * width);
  }

  /** A text is charged by the most that its characters can take. */
  private StateCodec charged(final String text) {
    return charged(text == null ? 0 : text.length(), MAX_CHARACTER_BYTES);
  }

  @Override
  public boolean loading() {
    return codec.loading();
  }

  @Override
  public void part(final String name) {
    charged(name).part(name);
  }

  @Override
  public boolean flag(final boolean value) {
    return charged(Byte.BYTES).flag(value);
  }

  @Override
  public byte int8(final byte value) {
    return charged(Byte.BYTES).int8(value);
  }

  @Override
  public int int32(final int value) {
    return charged(Integer.BYTES).int32(value);
  }

  @Override
  public long int64(final long value) {
    return charged(Long.BYTES).int64(value);
  }

  @Override
  public double float64(final double value) {
    return charged(Double.BYTES).float64(value);
  }

  @Override
  public String text(final String value) {
    final String text = charged(value).text(value);
    charged(text);
    return text;
  }

  @Override
  public void all(final boolean[] values) {
    charged(values.length, Byte.BYTES).all(values);
  }

  @Override
  public void all(final byte[] values) {
    charged(values.length, Byte.BYTES).all(values);
  }

  @Override
  public void all(final int[] values) {
    charged(values.length, Integer.BYTES).all(values);
  }

  @Override
  public void all(final long[] values) {
    charged(values.length, Long.BYTES).all(values);
  }

  @Override
  public void all(final double[] values) {
    charged(values.length, Double.BYTES).all(values);
  }

  @Override
  public boolean[] grown(final boolean[] values) {
    final boolean[] grown = charged(values.length, Byte.BYTES).grown(values);
    charged(grown.length, Byte.BYTES);
    return grown;
  }

  @Override
  public byte[] grown(final byte[] values) {
    final byte[] grown = charged(values.length, Byte.BYTES).grown(values);
    charged(grown.length, Byte.BYTES);
    return grown;
  }

  @Override
  public int[] grown(final int[] values) {
    final int[] grown = charged(values.length, Integer.BYTES).grown(values);
    charged(grown.length, Integer.BYTES);
    return grown;
  }

  @Override
  public long[] grown(final long[] values) {
    final long[] grown = charged(values.length, Long.BYTES).grown(values);
    charged(grown.length, Long.BYTES);
    return grown;
  }

  @Override
  public double[] grown(final double[] values) {
    final double[] grown = charged(values.length, Double.BYTES).grown(values);
    charged(grown.length, Double.BYTES);
    return grown;
  }
}
