package io.millrace.kernels;

/**
 * Tells whether the vector path may be used, without loading a class of the vector module: {@code
 * VectorLanes} is touched only after the module and the width are known to be there.
 */
final class VectorSupport {
  private static final String OBSTACLE = findObstacle();

  private VectorSupport() {}

  static boolean usable() {
    return OBSTACLE.isEmpty();
  }

  /** Why not; empty if usable. */
  static String obstacle() {
    return OBSTACLE;
  }

  /** Only if {@link #usable}. */
  static Lanes lanes() {
    return new VectorLanes();
  }

  private static String findObstacle() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "the module jdk.incubator.vector is not there (--add-modules jdk.incubator.vector)";
    }
    int bits = VectorLanes.preferredBits();
    return bits >= 256 ? "" : "the hardware has only " + bits + "-bit vectors of doubles";
  }
}
