package io.millrace.tools.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep believes of the processes that run its rows. */
class WorkersTest {
  @TempDir private Path temp;

  private List<Outcome> outcomes(final String script, final int rows) throws Exception {
    final Path file = temp.resolve("worker.sh");
    Files.writeString(file, script);
    final List<Row> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(new Row(i, Row.Stage.FULL, 0, i, List.of()));
    }
    final List<Outcome> outcomes = new ArrayList<>();
    try (Workers workers =
        new Workers(List.of("sh", file.toString()), temp.resolve("workers.log"), 0)) {
      workers.run(all, 1, outcomes::add);
    }
    return outcomes;
  }

  /** A JVM prints warnings of its own to stdout: the next answer is not the next row's. */
  @Test
  void aLineThatIsNoAnswerTakesNoRowsPlace() throws Exception {
    final List<Outcome> outcomes =
        outcomes(
            """
            echo 'OpenJDK 64-Bit Server VM warning: something'
            n=0
            while read request; do
              echo 'OpenJDK 64-Bit Server VM warning: something else'
              echo "{\\"row\\":$n,\\"status\\":\\"DONE\\",\\"metrics\\":{\\"is\\":$n}}"
              n=$((n + 1))
            done
            """,
            3);
    assertThat(outcomes).hasSize(3);
    for (final Outcome outcome : outcomes) {
      assertThat(outcome.status()).as("%s", outcome).isEqualTo(Outcome.Status.DONE);
      assertThat(outcome.metrics()).containsEntry("is", (double) outcome.row().number());
    }
  }

  @Test
  void aProcessThatEndsIsAFailedRow() throws Exception {
    final List<Outcome> outcomes = outcomes("read request; echo nothing; exit 7", 2);
    assertThat(outcomes).hasSize(2);
    assertThat(outcomes)
        .allSatisfy(
            outcome ->
                assertThat(outcome.reason()).isEqualTo("its process ended with exit code 7"));
  }
}
