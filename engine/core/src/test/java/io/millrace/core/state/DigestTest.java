package io.millrace.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;

class DigestTest {
  private static long of(final byte[]... messages) {
    final Digest digest = new Digest();
    for (final byte[] message : messages) {
      digest.add(new UnsafeBuffer(message), 0, message.length);
    }
    return digest.value();
  }

  @Property(tries = 200)
  void everyFlippedBitIsSeen(@ForAll @Size(min = 1, max = 40) final byte[] message) {
    final long whole = of(message);
    for (int bit = 0; bit < message.length * Byte.SIZE; bit++) {
      final byte[] flipped = message.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      assertThat(of(flipped)).as("bit " + bit).isNotEqualTo(whole);
    }
  }

  @Property(tries = 200)
  void whereTheBytesLieDoesNotMatter(@ForAll @Size(max = 40) final byte[] message) {
    final byte[] shifted = new byte[message.length + 13];
    System.arraycopy(message, 0, shifted, 5, message.length);
    final Digest digest = new Digest();
    digest.add(new UnsafeBuffer(shifted), 5, message.length);
    assertThat(digest.value()).isEqualTo(of(message));
  }

  @Example
  void orderAndBoundariesMatter() {
    final byte[] a = {1, 2, 3};
    final byte[] b = {4, 5};
    assertThat(of(a, b)).isNotEqualTo(of(b, a));
    assertThat(of(a, b)).isNotEqualTo(of(new byte[] {1, 2, 3, 4, 5}));
    assertThat(of(new byte[] {1})).isNotEqualTo(of(new byte[] {1, 0}));
    assertThat(of(new byte[0])).isNotEqualTo(of());
    assertThat(of(new byte[8])).isNotEqualTo(of(new byte[16]));
  }

  @Example
  void theDigestIsTheSameOnEveryMachine() {
    // Held as recorded: a change of the function makes every old digest worthless.
    assertThat(Digest.text(of())).isEqualTo("4d694c6c52616345");
    assertThat(of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9})).isEqualTo(bySteps());
  }

  /** The definition of the page, step by step. */
  private static long bySteps() {
    long hash = 0x4D694C6C52616345L;
    for (final long word : new long[] {0x0807060504030201L, 9L, 9L}) {
      final long round = Long.rotateLeft(word * 0xC2B2AE3D27D4EB4FL, 31) * 0x9E3779B185EBCA87L;
      hash = Long.rotateLeft(hash ^ round, 27) * 0x9E3779B185EBCA87L + 0x85EBCA77C2B2AE63L;
    }
    return hash;
  }

  @Example
  void outputsAreCounted() {
    final Digest digest = new Digest();
    digest.add(new UnsafeBuffer(new byte[8]), 0, 8);
    digest.add(new UnsafeBuffer(new byte[8]), 0, 0);
    assertThat(digest.outputs()).isEqualTo(2);
  }

  @Example
  void theTextHasSixteenDigits() {
    assertThat(Digest.text(0)).isEqualTo("0000000000000000");
    assertThat(Digest.text(-1)).isEqualTo("ffffffffffffffff");
    assertThat(Digest.text(0x1F)).isEqualTo("000000000000001f");
  }
}
