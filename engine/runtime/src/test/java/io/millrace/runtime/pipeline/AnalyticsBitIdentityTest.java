package io.millrace.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kernels.Kernels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One digest of all kernels, the four engines and the snapshot, whatever runs them. */
class AnalyticsBitIdentityTest {
  private static final int[] BRIEF = {203, 3};
  private static final int[] WHOLE = {4_099, 400};
  private static final String VECTOR = mode("vector");
  private static final String SCALAR = mode("scalar");

  private final String before = System.getProperty(Kernels.MODE_PROPERTY);

  @AfterEach
  void modeAsItWas() {
    if (before == null) {
      System.clearProperty(Kernels.MODE_PROPERTY);
    } else {
      System.setProperty(Kernels.MODE_PROPERTY, before);
    }
  }

  private static String mode(final String mode) {
    return "-D" + Kernels.MODE_PROPERTY + "=" + mode;
  }

  private static String here(final String mode, final int[] size) {
    System.setProperty(Kernels.MODE_PROPERTY, mode);
    return String.format("digest %016x", new AnalyticsDigest().of(size[0], size[1]));
  }

  @Test
  void bothPathsGiveTheSameOutputs() {
    final String scalar = here("scalar", new int[] {203, 40});
    assertThat(here("auto", new int[] {203, 40})).isEqualTo(scalar);
    if (Kernels.vectorObstacle().isEmpty()) {
      assertThat(here("vector", new int[] {203, 40})).isEqualTo(scalar);
    }
  }

  @Test
  void theScriptReachesEveryEngine() {
    System.setProperty(Kernels.MODE_PROPERTY, "scalar");
    final AnalyticsDigest digest = new AnalyticsDigest();
    digest.of(9, 40);
    assertThat(digest.outputs).hasSize(io.millrace.codecs.Engine.values().length - 1);
    assertThat(digest.outputs.values()).allMatch(count -> count >= 40);
    assertThat(digest.snapshots).isGreaterThanOrEqualTo(40);
    assertThat(digest.features).as("features in all outputs").isGreaterThan(40 * 40);
  }

  @Test
  @Tag("slow")
  void everyWidthCompilerAndJdkGivesTheSameDigest() throws Exception {
    final String brief = here("scalar", BRIEF);
    final String whole = here("scalar", WHOLE);
    for (final Path jdk : jdks()) {
      for (final String avx : new String[] {"-XX:UseAVX=2", "-XX:UseAVX=3"}) {
        proves(jdk, whole, WHOLE, avx, VECTOR);
        proves(jdk, whole, WHOLE, avx);
        proves(jdk, brief, BRIEF, avx, VECTOR, "-Xint");
      }
      proves(jdk, whole, WHOLE, SCALAR);
      proves(jdk, brief, BRIEF, SCALAR, "-Xint");
      assertThat(proves(jdk, whole, WHOLE, "-XX:MaxVectorSize=16")).endsWith(" scalar");
      proves(jdk, brief, BRIEF, VECTOR, "-XX:TieredStopAtLevel=1");
      proves(jdk, brief, BRIEF, VECTOR, "-XX:-TieredCompilation");
    }
  }

  /** Runs the digest in a JVM of its own and returns its line. */
  private static String proves(
      final Path jdk, final String expected, final int[] size, final String... flags)
      throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    Collections.addAll(
        command,
        "--add-modules",
        "jdk.incubator.vector",
        "--add-opens",
        "java.base/jdk.internal.misc=ALL-UNNAMED");
    Collections.addAll(command, flags);
    Collections.addAll(
        command,
        "-cp",
        System.getProperty("java.class.path"),
        AnalyticsDigest.class.getName(),
        Integer.toString(size[0]),
        Integer.toString(size[1]));
    final Path out = Files.createTempFile("digest", ".txt");
    try {
      final Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      final int exit = process.waitFor();
      final String text = Files.readString(out, StandardCharsets.UTF_8);
      assertThat(exit).as("%s%n%s", command, text).isZero();
      final String line =
          text.lines()
              .filter(each -> each.startsWith("digest "))
              .findFirst()
              .orElseThrow(() -> new AssertionError(text));
      System.out.println(jdk.getFileName() + " " + Arrays.toString(flags) + ": " + line);
      assertThat(line).as("%s %s", jdk, Arrays.toString(flags)).startsWith(expected);
      return line;
    } finally {
      Files.delete(out);
    }
  }

  /** This JDK and those installed beside it. */
  private static List<Path> jdks() throws IOException {
    final Path home = Path.of(System.getProperty("java.home")).toRealPath();
    final List<Path> found = new ArrayList<>(List.of(home));
    try (Stream<Path> entries = Files.list(home.getParent())) {
      entries
          .filter(path -> !Files.isSymbolicLink(path))
          .filter(path -> Files.isExecutable(path.resolve("bin/javac")))
          .filter(path -> !path.equals(home))
          .sorted()
          .forEach(found::add);
    }
    return found;
  }
}
