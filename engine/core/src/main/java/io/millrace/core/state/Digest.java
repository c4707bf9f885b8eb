package io.millrace.core.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A 64-bit chain over every output byte, in order. Two runs that decided the same have the same
 * digest; it says nothing of when or on which threads.
 *
 * <p>Each eight bytes (the last ones zero padded) and then the length are mixed in by xor, multiply
 * with an odd constant and rotate, as in the inner loop of 64-bit hashes such as xxHash.
 */
public final class Digest {
  private static final long SEED = 0x4D694C6C52616345L; // "MiLlRacE"
  private static final long MULTIPLIER = 0x9E3779B185EBCA87L;
  private static final int ROTATION = 31;

  private long value = SEED;
  private long outputs;

  /** Adds one output message. */
  public void add(final DirectBuffer buffer, final int offset, final int length) {
    long hash = value;
    int at = offset;
    final int wholeEnd = offset + (length & ~7);
    for (; at < wholeEnd; at += Long.BYTES) {
      hash = mix(hash, buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
    }
    long tail = 0;
    for (int shift = 0; at < offset + length; at++, shift += Byte.SIZE) {
      tail |= (buffer.getByte(at) & 0xFFL) << shift;
    }
    hash = mix(hash, tail);
    value = mix(hash, length);
    outputs++;
  }

  /** The digest so far. */
  public long value() {
    return value;
  }

  /** How many outputs went in. */
  public long outputs() {
    return outputs;
  }

  /** As the 16 hexadecimal digits that people see. */
  public static String text(final long digest) {
    final String hex = Long.toHexString(digest);
    return "0".repeat(2 * Long.BYTES - hex.length()) + hex;
  }

  private static long mix(final long hash, final long word) {
    return Long.rotateLeft((hash ^ word) * MULTIPLIER, ROTATION);
  }
}
