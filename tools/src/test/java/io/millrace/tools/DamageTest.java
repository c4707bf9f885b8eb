package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One byte of a recorded run is not what it was: it is found, and named by its sequence. */
class DamageTest {
  private static final int DIFFERENCE = 3;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final Pattern SEQUENCE = Pattern.compile("sequence (\\d+)");

  @TempDir private Path temp;

  @Test
  void flippedByteOfAPayloadIsFoundInEachQueue() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    for (final String queue : List.of("input", "decisions")) {
      final long size = Files.size(file(run, queue));
      assertFound(run, queue, size / 2, 0x01);
    }
  }

  @Test
  @Tag("slow")
  void flippedByteAnywhereIsFound() throws IOException {
    final long seed = System.nanoTime();
    System.out.println("DamageTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final Path run = Recorded.copy(temp.resolve("run"));
    for (int i = 0; i < 12; i++) {
      final String queue = i % 2 == 0 ? "input" : "decisions";
      final long at = random.nextLong(Files.size(file(run, queue)));
      assertFound(run, queue, at, 1 << random.nextInt(8));
    }
  }

  @Test
  @Tag("slow")
  void flippedFramingIsFound() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    for (final String queue : List.of("input", "decisions")) {
      for (final String field : List.of("document header", "block magic", "record length")) {
        final long document = documentAt(file(run, queue), 3);
        final int offset =
            switch (field) {
              case "document header" -> 1;
              case "block magic" -> 4;
              default -> 4 + 20;
            };
        assertFound(run, queue, document + offset, 0x04);
      }
    }
  }

  @Test
  void truncatedQueueIsFound() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    for (final String queue : List.of("input", "decisions")) {
      final Path file = file(run, queue);
      final Path kept = Files.copy(file, temp.resolve(queue + ".kept"));
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        open.setLength(open.length() / 2);
      }
      assertDamage(run, queue, "cut at the half");
      Files.delete(file);
      Files.move(kept, file);
    }
  }

  @Test
  void runWithoutAManifestIsRefusedInOneSentence() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    Files.delete(run.resolve("manifest.json"));
    for (final Launch.Ended ended :
        List.of(
            Launch.millrace("replay", run, "--verify"),
            Launch.millrace("journal", "verify", run))) {
      assertThat(ended.problems()).as("%s", ended).hasSize(1);
      assertThat(ended.err()).contains(run.toString()).contains("manifest.json");
      assertThat(ended.code()).as("%s", ended).isEqualTo(USAGE);
    }
  }

  @Test
  void runWithoutItsDecisionsIsDamagedInOneSentence() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    Recorded.delete(run.resolve("decisions"));
    for (final Launch.Ended ended :
        List.of(
            Launch.millrace("replay", run),
            Launch.millrace("explain", run),
            Launch.millrace("journal", "stat", run))) {
      assertThat(ended.problems()).as("%s", ended).hasSize(1);
      assertThat(ended.err()).contains(run.toString()).contains("no directory 'decisions'");
      assertThat(ended.code()).as("%s", ended).isEqualTo(DIFFERENCE);
    }
  }

  @Test
  void manifestThatIsBrokenIsDamagedInOneSentenceForEveryCommand() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    final Path manifest = run.resolve("manifest.json");
    final String whole = Files.readString(manifest);
    Files.writeString(manifest, whole.substring(0, whole.length() / 2));
    for (final List<?> command :
        List.of(
            List.of("replay", run),
            List.of("explain", run),
            List.of("journal", "verify", run),
            List.of("journal", "cat", run),
            List.of("journal", "stat", run),
            List.of("tail", "--once", "--run", run))) {
      final Launch.Ended ended = Launch.millrace(command.toArray());
      assertThat(ended.problems()).as("%s: %s", command, ended).hasSize(1);
      assertThat(ended.err()).contains("manifest.json is not whole JSON (line ");
      assertThat(ended.code()).as("%s: %s", command, ended).isEqualTo(DIFFERENCE);
    }
  }

  @Test
  void manifestWhoseConfigDoesNotFitIsToldBySetting() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    final Path manifest = run.resolve("manifest.json");
    final ObjectNode tree = (ObjectNode) Recorded.json(Files.readString(manifest));
    ((ObjectNode) tree.at("/config/risk")).remove("max_shares");
    Files.writeString(manifest, tree.toString());
    final Launch.Ended ended = Launch.millrace("replay", run);
    assertThat(ended.problems()).as("%s", ended).hasSize(1);
    assertThat(ended.err())
        .contains(manifest.toString())
        .contains("risk.max_shares is missing")
        .doesNotContain("Deserialization");
    assertThat(ended.code()).as("%s", ended).isEqualTo(FAILED);
  }

  @Test
  void inputsThatEndBeforeTheManifestSaysAreFoundByAReplayToo() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    try (RandomAccessFile open = new RandomAccessFile(file(run, "input").toFile(), "rw")) {
      open.setLength(open.length() / 2);
    }
    for (final Launch.Ended ended :
        List.of(
            Launch.millrace("replay", run), Launch.millrace("replay", run, "--until", 308_000))) {
      assertThat(ended.code()).as("%s", ended).isEqualTo(DIFFERENCE);
      assertThat(ended.problems()).as("%s", ended).hasSize(1);
      assertThat(ended.err()).contains("ends at input ").contains("its manifest says");
    }
  }

  @Test
  void verifyWithUntilComparesUpToThereAndLeavesStdoutToTheState() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    final Launch.Ended same = Launch.millrace("replay", run, "--until", 20_000, "--verify");
    assertThat(same.code()).as("%s", same).isZero();
    assertThat(same.err()).contains("same: all ").contains("up to input 20,000 equal");
    assertThat(Recorded.json(same.out()).get("diagnostics").isObject()).isTrue();
    // The same inputs judged by another limit: every check of it differs.
    final Path manifest = run.resolve("manifest.json");
    final ObjectNode tree = (ObjectNode) Recorded.json(Files.readString(manifest));
    ((ObjectNode) tree.at("/config/risk")).put("max_contracts", 77);
    Files.writeString(manifest, tree.toString());
    final Launch.Ended differs = Launch.millrace("replay", run, "--until", 308_000, "--verify");
    assertThat(differs.code()).as("%s", differs).isEqualTo(DIFFERENCE);
    assertThat(differs.out()).isEmpty();
    assertThat(differs.problems()).last().asString().contains("the replay differs from the record");
  }

  @Test
  void directoryThatIsNoRunIsRefusedInOneSentence() {
    for (final Launch.Ended ended :
        List.of(
            Launch.millrace("replay", temp, "--verify"),
            Launch.millrace("journal", "verify", temp.resolve("absent")),
            Launch.millrace("explain", temp, "1.0"))) {
      assertThat(ended.problems()).as("%s", ended).hasSize(1);
      assertThat(ended.err()).contains("is not a run");
      assertThat(ended.code()).as("%s", ended).isEqualTo(USAGE);
    }
  }

  private static void assertFound(final Path run, final String queue, final long at, final int bits)
      throws IOException {
    flip(file(run, queue), at, bits);
    assertDamage(run, queue, "byte " + at + " flipped by " + bits);
    flip(file(run, queue), at, bits);
  }

  private static void assertDamage(final Path run, final String queue, final String what) {
    for (final Launch.Ended ended :
        List.of(
            Launch.millrace("replay", run, "--verify"),
            Launch.millrace("journal", "verify", run))) {
      final String told = queue + ", " + what + ": " + ended;
      assertThat(ended.code()).as(told).isEqualTo(DIFFERENCE);
      assertThat(ended.problems()).as(told).hasSize(1);
      assertThat(ended.err()).as(told).contains("damaged").doesNotContain("Exception");
      final Matcher sequence = SEQUENCE.matcher(ended.out() + ended.err());
      assertThat(sequence.find()).as("names a sequence: %s", told).isTrue();
      assertThat(ended.out() + ended.err()).as(told).contains(queue);
    }
  }

  /** Position of the header of the n-th document, as Chronicle chains them; -1 beyond the last. */
  private static long documentAt(final Path file, final int n) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      long position = 0;
      for (int i = 0; i < n; i++) {
        open.seek(position);
        if (position + 4 > open.length()) {
          return -1;
        }
        final int length = Integer.reverseBytes(open.readInt()) & 0x3FFF_FFFF;
        if (length == 0) {
          return -1;
        }
        position += 4 + (length + 3 & ~3);
      }
      return position + 4 <= open.length() ? position : -1;
    }
  }

  private static Path file(final Path run, final String queue) throws IOException {
    try (var files = Files.list(run.resolve(queue))) {
      return files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }

  private static void flip(final Path file, final long at, final int bits) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      final int was = open.read();
      open.seek(at);
      open.write(was ^ bits);
    }
  }
}
