package io.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Time that this process was on a core, all threads together: what a run costs on one core,
 * whatever threads libraries keep, collector and compiler included.
 */
final class ProcessClock {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ProcessClock() {}

  static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
