package io.millrace.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writer process is killed with SIGKILL at a random moment under load. */
@Timeout(300)
final class JournalCrashTest {
  @TempDir private Path temp;

  @Test
  void acknowledgedRecordsSurviveAKill() throws Exception {
    killAndVerify(0);
    killAndVerify(1);
  }

  @Test
  @Tag("slow")
  void acknowledgedRecordsSurviveTwentyKills() throws Exception {
    for (int i = 2; i < 22; i++) {
      killAndVerify(i);
    }
  }

  private void killAndVerify(final int seed) throws Exception {
    final Path run = temp.resolve("run" + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final Process writer = start(run, 1 + random.nextInt(5));
    final long killAt = 1_000L + random.nextInt(40_000);
    long acknowledged = 0;
    try (DataInputStream output = new DataInputStream(writer.getInputStream())) {
      while (acknowledged < killAt) {
        acknowledged = output.readLong();
      }
      assertThatThrownBy(() -> RunLock.acquire(run)).hasMessageContaining("another instance");
      assertThat(RunLock.held(run)).as("seed %d", seed).isTrue();
      // Through the handle: the process's own method would close the pipe that still holds
      // acknowledgements.
      assertThat(writer.toHandle().destroyForcibly()).isTrue();
      while (true) {
        acknowledged = output.readLong();
      }
    } catch (EOFException e) {
      // The end of a killed process's output: what was acknowledged is known now.
      assertThat(acknowledged).as("seed %d", seed).isGreaterThanOrEqualTo(killAt);
    } finally {
      writer.destroyForcibly().waitFor();
    }
    final VerifyResult result = JournalVerifier.verify(run.resolve("input"));
    assertThat(result.end())
        .as("seed %d: %s", seed, result.fault())
        .isIn(JournalEnd.OPEN, JournalEnd.TORN);
    assertThat(result.lastSequence()).as("seed %d", seed).isGreaterThanOrEqualTo(acknowledged);
    try (JournalReader reader = JournalReader.open(run.resolve("input"))) {
      while (reader.next()) {
        assertThat(reader.buffer().getLong(reader.offset())).isEqualTo(reader.sequence());
      }
      assertThat(reader.sequence()).isEqualTo(result.lastSequence());
    }
    assertThat(RunLock.held(run)).as("a killed process holds nothing, seed %d", seed).isFalse();
    // Neither our lock nor Chronicle's stands in the way of the next start.
    RunLock.acquire(run).close();
  }

  private Process start(final Path run, final int batch) throws IOException {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    final Path options = Path.of(System.getProperty("millrace.root"), "tools", "bin");
    command.add("@" + options.resolve("jvm.options"));
    if (Runtime.version().feature() >= 22) {
      command.add("@" + options.resolve("jvm-25.options"));
    }
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            run.toString(),
            Integer.toString(batch)));
    final Path errors = Files.createTempFile(temp, "errors", ".txt");
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }
}
