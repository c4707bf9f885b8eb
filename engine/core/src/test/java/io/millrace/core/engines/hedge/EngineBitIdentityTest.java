package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.kernels.Kernels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One digest of the engine's outputs, whatever runs it. */
class EngineBitIdentityTest {
  private static final int SHORT = 4;
  private static final int LONG = 100;
  private static final List<String> VECTOR =
      List.of("--add-modules", "jdk.incubator.vector", "-D" + Kernels.MODE_PROPERTY + "=vector");

  @Test
  void vectorAndScalarKernelsGiveTheSameOutputs() {
    assumeTrue(Kernels.vectorObstacle().isEmpty(), Kernels::vectorObstacle);
    final long scalar = EngineDigest.ofScript(Kernels.select("scalar"), 30);
    assertThat(EngineDigest.ofScript(Kernels.select("vector"), 30)).isEqualTo(scalar);
    assertThat(EngineDigest.ofScript(Kernels.select("auto"), 30)).isEqualTo(scalar);
  }

  @Test
  void theSampleDayGivesTheSameOutputsOnBothPaths() throws Exception {
    final GoogDay day = GoogDay.load();
    assumeTrue(Kernels.vectorObstacle().isEmpty(), Kernels::vectorObstacle);
    assertThat(EngineDigest.ofDay(Kernels.select("vector"), day, 12))
        .isEqualTo(EngineDigest.ofDay(Kernels.select("scalar"), day, 12));
  }

  @Test
  @Tag("slow")
  void everyWidthCompilerAndJdkGivesTheSameOutputs() throws Exception {
    final String brief = digest(SHORT);
    final String whole = digest(LONG);
    for (final Path jdk : jdks()) {
      for (final String avx : new String[] {"2", "3"}) {
        final List<String> flags = new ArrayList<>(VECTOR);
        flags.add("-XX:UseAVX=" + avx);
        assertThat(child(jdk, flags, LONG)).as("%s AVX %s", jdk, avx).startsWith(whole);
        flags.add("-Xint");
        assertThat(child(jdk, flags, SHORT)).as("%s AVX %s -Xint", jdk, avx).startsWith(brief);
      }
      assertThat(child(jdk, List.of(), LONG)).as("%s", jdk).isEqualTo(whole + " scalar");
    }
  }

  private static String digest(final int evaluations) {
    return String.format(
        "digest %016x", EngineDigest.ofScript(Kernels.select("scalar"), evaluations));
  }

  private static String child(final Path jdk, final List<String> flags, final int evaluations)
      throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(flags);
    Collections.addAll(
        command,
        "--add-opens",
        "java.base/jdk.internal.misc=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        EngineDigest.class.getName(),
        Integer.toString(evaluations));
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
      return text.lines()
          .filter(line -> line.startsWith("digest "))
          .findFirst()
          .orElseThrow(() -> new AssertionError(text));
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
