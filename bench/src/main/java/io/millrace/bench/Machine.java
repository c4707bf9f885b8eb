package io.millrace.bench;

import io.millrace.kernels.Kernels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the figures were taken on. No names of hosts or places.
 *
 * @param cpu model, as the kernel tells it
 * @param cores available to this process
 * @param java version and vendor of the JVM
 * @param kernels which twin runs and how wide
 * @param os name and release line of the operating system
 */
record Machine(String cpu, int cores, String java, String kernels, String os) {
  static Machine here() {
    return new Machine(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version() + " " + System.getProperty("java.vm.name"),
        Kernels.select().description(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  private static String cpuModel() {
    try {
      for (final String line :
          Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8)) {
        if (line.toLowerCase(Locale.ROOT).startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (final IOException absent) {
      return System.getProperty("os.arch");
    }
    return System.getProperty("os.arch");
  }

  /** Runnable threads on the machine, mean of the last minute; -1 where it is not told. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  String line() {
    return cpu + ", " + cores + " cores, " + os + ", Java " + java + ", kernels " + kernels;
  }
}
