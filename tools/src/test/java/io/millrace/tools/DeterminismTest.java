package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first law: the same input gives the same bytes in every topology, on JDK 17 and 25, for every
 * vector width, collector, time zone and locale. The table is {@code tools/bin/prove-determinism}.
 */
@Tag("slow")
class DeterminismTest {
  private static final int VARIANTS_WITHOUT_JDK_25 = 26;

  @TempDir private Path temp;

  @Test
  void everyVariantOfTheMachineDecidesTheSame() throws Exception {
    final Path table = temp.resolve("table.txt");
    final ProcessBuilder builder =
        new ProcessBuilder(Launch.ROOT.resolve("tools/bin/prove-determinism").toString());
    builder.environment().put("MILLRACE_CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("TMPDIR", temp.toString());
    final Process process =
        builder.redirectErrorStream(true).redirectOutput(table.toFile()).start();
    try {
      assertThat(process.waitFor(20, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    final List<String> rows = Files.readAllLines(table, StandardCharsets.UTF_8);
    rows.forEach(System.out::println);
    assertThat(process.exitValue()).as("%s", String.join("\n", rows)).isZero();
    assertThat(rows).noneMatch(row -> row.contains("DIFFERS"));
    assertThat(rows.stream().filter(row -> row.endsWith("  same")).count())
        .as("variants that were compared")
        .isGreaterThanOrEqualTo(VARIANTS_WITHOUT_JDK_25);
  }
}
