package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunDirectoryTest {
  @TempDir private Path temp;

  @Test
  void runIdsSortByTimeThenCounter() {
    final List<String> ids =
        List.of(
            RunDirectory.runId(0, 0),
            RunDirectory.runId(0, 1),
            RunDirectory.runId(1, 0),
            RunDirectory.runId(1_450_967_400_000_000_000L, 0),
            RunDirectory.runId(1_450_967_400_000_000_000L, 9999),
            RunDirectory.runId(1_450_967_400_000_000_001L, 3));
    assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(RunDirectory::isRunId);
    assertThat(ids.get(3)).isEqualTo("20151224T143000.000000000Z-0000");
  }

  @Test
  void aRunIsFreshAndTheLastOneIsFound() throws IOException {
    final Path runs = temp.resolve("runs");
    assertThat(RunDirectory.latest(runs)).isEmpty();
    final RunDirectory first = RunDirectory.create(runs, RunDirectory.runId(5, 0));
    final RunDirectory second = RunDirectory.create(runs, RunDirectory.runId(5, 1));
    Files.createDirectory(runs.resolve("zzz-not-a-run"));
    assertThat(RunDirectory.latest(runs)).contains(second);
    assertThat(RunDirectory.list(runs)).containsExactly(first, second);
    assertThat(Stream.of(first.input(), first.decisions(), first.state(), first.report()))
        .allMatch(Files::isDirectory);
    assertThat(RunDirectory.open(first.path()).id()).isEqualTo(RunDirectory.runId(5, 0));
    assertThatThrownBy(() -> RunDirectory.create(runs, first.id()))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("already there");
    assertThatThrownBy(() -> RunDirectory.open(temp))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("is not a run");
  }

  @Test
  void runsUnderARegularFileAreOneClearMessage() throws IOException {
    final Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> RunDirectory.create(file.resolve("runs"), RunDirectory.runId(5, 0)))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("user may write");
  }

  @Test
  void aReplacedFileIsOldOrNewAndLeavesNothingElse() throws IOException {
    final Path target = temp.resolve("manifest.json");
    AtomicFile.write(target, "{\"a\":1}");
    AtomicFile.write(target, "{\"a\":2}");
    assertThat(target).hasContent("{\"a\":2}");
    AtomicFile.replace(target, ByteBuffer.wrap(new byte[] {'x', 'y', 'z'}, 1, 1));
    assertThat(target).hasContent("y");
    assertThat(temp.toFile().list()).containsExactly("manifest.json");
  }

  @Test
  void aFailedReplacementLeavesTheOldAndNothingHalfWritten() throws IOException {
    final Path target = Files.createDirectory(temp.resolve("taken"));
    Files.createFile(target.resolve("inside"));
    assertThatThrownBy(() -> AtomicFile.write(target, "x"))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("cannot write " + target);
    assertThat(temp.toFile().list()).containsExactly("taken");
    assertThat(target.resolve("inside")).exists();
  }
}
