package io.millrace.kernels;

/**
 * Takes one kernel from the scalar to the vector path, both of the same bits, by the number of
 * blocks alone.
 *
 * <p>Until the second compiler has seen it, vector code boxes every vector and is a hundred times
 * slower than scalar code, which is fast from the first compiler on. So a kernel begins on the
 * scalar path; then one block in {@value #EVERY} is computed on the vector path, which is enough
 * for the compiler to take it up; and once that must be done, all are. A short run never leaves the
 * scalar path, and loses little.
 */
final class Ramp {
  /** Blocks on the scalar path where a block takes a few microseconds: half a second or so. */
  static final int CHEAP = 131_072;

  /** Blocks on the scalar path where a block takes tens of microseconds: half a second or so. */
  static final int DEAR = 8_192;

  /** One block in this many is a vector block, then. */
  static final int EVERY = 16;

  /** How many of them there are before all blocks are: about what the second compiler waits for. */
  static final int VECTOR_BLOCKS = 1_024;

  private final Lanes first;
  private final Lanes then;
  private final int begin;
  private final int end;
  private int blocks;

  /**
   * One path for ever, if both are the same.
   *
   * @param begin blocks before the first one on the other path
   */
  Ramp(Lanes first, Lanes then, int begin) {
    this.first = first;
    this.then = then;
    this.begin = begin;
    end = begin + EVERY * VECTOR_BLOCKS;
  }

  /** The path of the next block. */
  Lanes next() {
    if (blocks >= end) {
      return then;
    }
    int block = blocks++;
    return block >= begin && block % EVERY == 0 ? then : first;
  }
}
