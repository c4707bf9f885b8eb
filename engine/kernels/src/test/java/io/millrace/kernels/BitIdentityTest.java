package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** One digest, whatever runs the kernels. */
class BitIdentityTest {
  private static final int SMALL = 203;
  private static final int LARGE = 4099;
  private static final String VECTOR_MODE = "-D" + Kernels.MODE_PROPERTY + "=vector";
  private static final List<String> VECTOR = List.of("--add-modules", "jdk.incubator.vector");

  @Test
  void vectorAndScalarPathGiveTheSameBits() {
    assumeTrue(VectorSupport.usable(), VectorSupport::obstacle);
    Kernels vector = Kernels.select("vector");
    Kernels scalar = Kernels.select("scalar");
    assertThat(vector.description()).isIn("vector 512", "vector 256");
    for (int n : new int[] {9, 16, 127, 128, 129, SMALL, LARGE}) {
      assertThat(KernelDigest.of(vector, n)).as("%d rows", n).isEqualTo(KernelDigest.of(scalar, n));
    }
  }

  @Test
  void modeIsChosenByNameAndSaid() {
    assertThat(Kernels.select("scalar").description()).isEqualTo("scalar");
    assertThatThrownBy(() -> Kernels.select("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auto, vector, scalar");
  }

  @Test
  void withoutTheVectorModuleTheScalarPathIsTaken() throws Exception {
    String expected = digest(SMALL, Kernels.select("scalar")) + " scalar";
    assertThat(child(home(), List.of(), SMALL, 1)).isEqualTo(expected);
  }

  @Test
  void withoutFusedMultiplyAddTheScalarPathIsTaken() throws Exception {
    List<String> flags = new ArrayList<>(VECTOR);
    flags.add("-XX:-UseFMA");
    assertThat(child(home(), flags, 9, 1)).endsWith(" scalar");
  }

  @Test
  @Tag("slow")
  void everyWidthCompilerAndJdkGivesTheSameDigest() throws Exception {
    String small = digest(SMALL, Kernels.select("scalar"));
    String large = digest(LARGE, Kernels.select("scalar"));
    for (Path jdk : jdks()) {
      for (String avx : new String[] {"2", "3"}) {
        List<String> flags = new ArrayList<>(VECTOR);
        flags.add("-XX:UseAVX=" + avx);
        flags.add(VECTOR_MODE);
        assertThat(child(jdk, flags, LARGE, 60)).as("%s AVX %s", jdk, avx).startsWith(large);
        flags.add("-Xint");
        assertThat(child(jdk, flags, SMALL, 1)).as("%s AVX %s -Xint", jdk, avx).startsWith(small);
      }
      List<String> narrow = new ArrayList<>(VECTOR);
      narrow.addAll(List.of("-XX:MaxVectorSize=16"));
      assertThat(child(jdk, narrow, SMALL, 60)).isEqualTo(small + " scalar");
      List<String> scalar = new ArrayList<>(VECTOR);
      scalar.add("-D" + Kernels.MODE_PROPERTY + "=scalar");
      assertThat(child(jdk, scalar, LARGE, 20)).isEqualTo(large + " scalar");
      List<String> firstCompiler = new ArrayList<>(VECTOR);
      firstCompiler.addAll(List.of("-XX:TieredStopAtLevel=1", VECTOR_MODE));
      assertThat(child(jdk, firstCompiler, SMALL, 20)).startsWith(small);
    }
  }

  private static String digest(int rows, Kernels kernels) {
    return String.format("digest %016x", KernelDigest.of(kernels, rows));
  }

  private static String child(Path jdk, List<String> flags, int rows, int rounds)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(flags);
    Collections.addAll(
        command,
        "-cp",
        System.getProperty("java.class.path"),
        KernelDigest.class.getName(),
        Integer.toString(rows),
        Integer.toString(rounds));
    Path out = Files.createTempFile("digest", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      int exit = process.waitFor();
      String text = Files.readString(out, StandardCharsets.UTF_8);
      assertThat(exit).as("%s%n%s", command, text).isZero();
      return text.lines()
          .filter(line -> line.startsWith("digest "))
          .findFirst()
          .orElseThrow(() -> new AssertionError(text));
    } finally {
      Files.delete(out);
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("java.home"));
  }

  /** This JDK, and those installed beside it that are 17 or newer and have the vector module. */
  private static List<Path> jdks() throws IOException {
    List<Path> found = new ArrayList<>(List.of(home()));
    Path beside = home().toRealPath().getParent();
    try (Stream<Path> entries = Files.list(beside)) {
      entries
          .filter(p -> !Files.isSymbolicLink(p))
          .filter(
              p ->
                  Files.exists(p.resolve("jmods/jdk.incubator.vector.jmod"))
                      || Files.exists(p.resolve("lib/modules")))
          .filter(p -> Files.isExecutable(p.resolve("bin/javac")))
          .sorted()
          .filter(p -> !sameFile(p, home()))
          .forEach(found::add);
    }
    return found;
  }

  private static boolean sameFile(Path a, Path b) {
    try {
      return Files.isSameFile(a, b);
    } catch (IOException e) {
      return false;
    }
  }
}
