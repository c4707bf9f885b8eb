package io.millrace.core.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * A 64-bit chain over every output byte, in order. Two runs that decided the same have the same
 * digest; it says nothing of when or on which threads.
 *
 * <p>Each eight bytes (the last ones zero padded) and then the length are mixed in by the round and
 * merge steps of xxHash64 (constants and rotations as in its specification).
 */
public final class Digest {
  private static final long SEED = 0x4D694C6C52616345L; // "MiLlRacE"
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final int ROUND_ROTATION = 31;
  private static final int HASH_ROTATION = 27;

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

  /**
   * Goes on from where another one stood.
   *
   * @param digest its value
   * @param count its outputs
   */
  public void resume(final long digest, final long count) {
    value = digest;
    outputs = count;
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
    final long round = Long.rotateLeft(word * PRIME_2, ROUND_ROTATION) * PRIME_1;
    return Long.rotateLeft(hash ^ round, HASH_ROTATION) * PRIME_1 + PRIME_4;
  }
}
