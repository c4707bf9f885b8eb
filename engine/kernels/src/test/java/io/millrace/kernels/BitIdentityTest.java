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
import org.junit.jupiter.api.Test;

/**
 * Both paths give the same bits, and the right one is taken. Every width, compiler and JDK: see
 * AnalyticsBitIdentityTest of runtime, which has the engines in it too.
 */
class BitIdentityTest {
  private static final int SMALL = 203;
  private static final int LARGE = 4099;
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
    assertThat(child(List.of(), SMALL)).isEqualTo(expected);
  }

  @Test
  void withoutFusedMultiplyAddTheScalarPathIsTaken() throws Exception {
    List<String> flags = new ArrayList<>(VECTOR);
    flags.add("-XX:-UseFMA");
    assertThat(child(flags, 9)).endsWith(" scalar");
  }

  private static String digest(int rows, Kernels kernels) {
    return String.format("digest %016x", KernelDigest.of(kernels, rows));
  }

  private static String child(List<String> flags, int rows)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    Collections.addAll(
        command,
        "-cp",
        System.getProperty("java.class.path"),
        PrintDigest.class.getName(),
        Integer.toString(rows));
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
}
