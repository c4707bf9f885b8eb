package io.millrace.kernels;

/**
 * Takes one kernel from the scalar to the vector path, both of the same bits, by the number of
 * blocks alone.
 *
 * <p>Until the second compiler has seen it, vector code boxes every vector and is a hundred times
 * slower than scalar code, which is fast from the first compiler on. So a kernel begins on the
 * scalar path; then one block in {@value #EVERY} is computed on the vector path, which is enough
 * for the compiler to take it up; and once that must be done (HotSpot compiles a method for good
 * after 5,000 calls, or 600 with 15,000 calls and rounds of its loop), all are. A short run never
 * leaves the scalar path, and loses little: to have the vectors compiled takes half a second of a
 * core or more, whether before the run, beside it or within it.
 *
 * <p>Compiled code is the virtual machine's, so blocks are counted for all instances together: the
 * second run in one process goes on where the first one stopped.
 */
final class Ramp {
  /** Blocks on the scalar path where a block takes a few microseconds: about two option days. */
  static final int CHEAP = 32_768;

  /** Blocks on the scalar path where a block takes tens of microseconds. */
  static final int DEAR = 4_096;

  /** One block in this many is a vector block, then. */
  static final int EVERY = 4;

  /** Vector blocks after which the compiler takes a method up, however short they are. */
  static final int ENOUGH_BLOCKS = 6_000;

  /** Fewer do, if at least so many ... */
  static final int FEW_BLOCKS = 800;

  /** ... have gone, together with their rounds of eight rows, so many times. */
  static final int ENOUGH_ROUNDS = 18_000;

  /**
   * What a kernel has done so far. Threads may lose counts to one another: that delays the other
   * path, and no result depends on the path.
   */
  static final class Count {
    private int blocks;
    private int vectorBlocks;
    private int rounds;
    private boolean done;
  }

  private final Lanes first;
  private final Lanes then;
  private final int begin;
  private final Count count;

  /**
   * One path for ever, if both are the same.
   *
   * @param begin blocks before the first one on the other path
   * @param count of the kernel, shared by all its ramps
   */
  Ramp(Lanes first, Lanes then, int begin, Count count) {
    this.first = first;
    this.then = then;
    this.begin = begin;
    this.count = count;
  }

  /** The path of the next block, of so many rows. */
  Lanes next(int rows) {
    if (count.done) {
      return then;
    }
    int block = count.blocks++;
    if (block < begin || block % EVERY != 0) {
      return first;
    }
    count.vectorBlocks++;
    count.rounds += rows / Lanes.LANES;
    count.done =
        count.vectorBlocks >= ENOUGH_BLOCKS
            || (count.vectorBlocks >= FEW_BLOCKS
                && count.vectorBlocks + count.rounds >= ENOUGH_ROUNDS);
    return then;
  }
}
