package io.millrace.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

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

  /**
   * Whether the virtual machine has fused multiply-add instructions; assumed where it does not say.
   * Without them Math.fma is exact but thousands of times slower.
   */
  static boolean fastFma() {
    HotSpotDiagnosticMXBean hotspot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (hotspot == null) {
      return true;
    }
    try {
      return Boolean.parseBoolean(hotspot.getVMOption("UseFMA").getValue());
    } catch (IllegalArgumentException unknown) {
      return true;
    }
  }

  private static String findObstacle() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "the module jdk.incubator.vector is not there (--add-modules jdk.incubator.vector)";
    }
    if (!fastFma()) {
      return "fused multiply-add is missing or switched off";
    }
    int bits = VectorLanes.preferredBits();
    return bits >= 256 ? "" : "the hardware has only " + bits + "-bit vectors of doubles";
  }
}
