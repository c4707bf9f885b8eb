package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.journal.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A checkpoint that one process made is restored in another, which then decides as the whole run
 * did.
 */
class RestoreTest {
  @TempDir private Path temp;

  private static long inputs() {
    return Recorded.summary().get("inputs").asLong();
  }

  @Test
  void restoredInANewProcessAtThreePointsItDecidesTheSame() {
    decidesTheSame(Recorded.copy(temp.resolve("run")), Recorded.summary(), 3);
  }

  @Test
  @Tag("slow")
  void restoredInANewProcessAtAHundredPointsItDecidesTheSame() {
    decidesTheSame(Recorded.copy(temp.resolve("run")), Recorded.summary(), 100);
  }

  /**
   * Saves at random points of a run, and goes on from each to the end in a process of its own.
   *
   * @param run a copy that may be changed
   * @param summary what the run said at its end
   * @return the points, ascending
   */
  static SortedSet<Long> decidesTheSame(final Path run, final JsonNode summary, final int count) {
    final long seed = System.nanoTime();
    System.out.println("RestoreTest seed " + seed);
    final long inputs = summary.get("inputs").asLong();
    final SplittableRandom random = new SplittableRandom(seed);
    final TreeSet<Long> points = new TreeSet<>();
    while (points.size() < count) {
      points.add(random.nextLong(1, inputs + 1));
    }
    Recorded.delete(run.resolve("checkpoints")); // the one at its end
    final Launch.Ended made =
        Launch.millrace(
            "replay",
            run,
            "--checkpoint-at",
            points.stream().map(String::valueOf).collect(Collectors.joining(",")));
    assertThat(made.code()).as("seed %d: %s", seed, made).isZero();
    assertThat(new CheckpointStore(run.resolve("checkpoints")).sequences())
        .containsExactlyElementsOf(points.descendingSet());
    for (final long point : points) {
      final Launch.Ended restored =
          Launch.millrace("replay", run, "--from", point, "--verify", "--json");
      assertThat(restored.code()).as("seed %d, %d: %s", seed, point, restored).isZero();
      final JsonNode told = Recorded.json(restored.out());
      assertThat(told.get("from_checkpoint").asLong()).isEqualTo(point);
      assertThat(told.get("reexecuted").asLong()).isEqualTo(inputs - point);
      assertThat(told.get("digest"))
          .as("seed %d, restored behind input %d", seed, point)
          .isEqualTo(summary.get("digest"));
      assertThat(restored.problems()).isEmpty();
    }
    return points;
  }

  /** The short way to a state shows what the long way does. */
  @Test
  void theStateAtAnInputIsTheSameFromItsCheckpoint() throws IOException {
    final Path run = Recorded.copy(temp.resolve("run"));
    final long until = inputs() * 2 / 3;
    final long checkpoint = until - 1_000;
    final Launch.Ended whole = Launch.millrace("replay", run, "--until", until, "--from", 0);
    assertThat(whole.code()).as("%s", whole).isZero();
    final Launch.Ended made =
        Launch.millrace("replay", run, "--until", until, "--checkpoint-at", checkpoint);
    assertThat(made.code()).as("%s", made).isZero();
    final Launch.Ended shown = Launch.millrace("replay", run, "--until", until);
    assertThat(shown.code()).as("%s", shown).isZero();
    assertThat(Recorded.json(shown.out())).isEqualTo(Recorded.json(whole.out()));

    final CheckpointStore store = new CheckpointStore(run.resolve("checkpoints"));
    final byte[] bytes = Files.readAllBytes(store.file(checkpoint));
    Files.write(store.file(checkpoint), Arrays.copyOf(bytes, bytes.length / 2));
    final Launch.Ended fallen = Launch.millrace("replay", run, "--until", until);
    assertThat(fallen.code()).as("%s", fallen).isZero();
    assertThat(fallen.problems()).singleElement().asString().contains("cut off or changed");
    assertThat(Recorded.json(fallen.out())).isEqualTo(Recorded.json(whole.out()));
  }

  /** Making checkpoints, on any threads, changes no output; and the state saved is the same. */
  @Test
  void checkpointsChangeNothingAndAreTheSameOnAnyThreads() throws IOException {
    byte[] inline = null;
    for (final String topology : List.of("inline", "staged")) {
      final Launch.Ended ended =
          Launch.millrace(
              "backtest",
              "--topology",
              topology,
              "--runs",
              temp.resolve(topology),
              "--set",
              "checkpoints.every_inputs=50000",
              "--set",
              "checkpoints.keep=1000",
              "--json");
      assertThat(ended.code()).as("%s", ended).isZero();
      final JsonNode summary = Recorded.json(ended.out());
      assertThat(summary.get("digest")).as(topology).isEqualTo(Recorded.summary().get("digest"));
      final Path run = Path.of(summary.get("run_dir").asText());
      final CheckpointStore store = new CheckpointStore(run.resolve("checkpoints"));
      assertThat(store.sequences()).startsWith(inputs());
      final byte[] last = state(store);
      assertThat(inline == null ? last : inline).as(topology).isEqualTo(last);
      inline = last;
      final Launch.Ended off =
          Launch.millrace("replay", run, "--from", inputs(), "--verify", "--json");
      assertThat(Recorded.json(off.out()).get("digest"))
          .as("%s", off)
          .isEqualTo(summary.get("digest"));
    }
    final Launch.Ended none =
        Launch.millrace(
            "backtest",
            "--runs",
            temp.resolve("none"),
            "--set",
            "checkpoints.every_inputs=0",
            "--json");
    final JsonNode summary = Recorded.json(none.out());
    assertThat(summary.get("digest")).isEqualTo(Recorded.summary().get("digest"));
    assertThat(Path.of(summary.get("run_dir").asText()).resolve("checkpoints")).doesNotExist();
  }

  /** The parts, without the header, which names the run. */
  private static byte[] state(final CheckpointStore store) {
    final var content = store.read(inputs());
    final int header =
        io.millrace.codecs.MessageHeaderDecoder.ENCODED_LENGTH
            + io.millrace.codecs.CheckpointHeaderDecoder.BLOCK_LENGTH;
    final byte[] bytes = new byte[content.capacity() - header];
    content.getBytes(header, bytes);
    return bytes;
  }

  @Test
  void aPlaceWithoutACheckpointBeforeItIsToldAndReachedTheLongWay() {
    final Launch.Ended ended = Launch.millrace("replay", Recorded.run(), "--from", 5, "--json");
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.problems())
        .singleElement()
        .asString()
        .contains("no checkpoint at or before input 5 that can be used");
    assertThat(Recorded.json(ended.out()).get("digest"))
        .isEqualTo(Recorded.summary().get("digest"));
  }

  @Test
  void whatCannotBeIsRefusedInOneSentence() {
    final Path run = Recorded.run();
    for (final List<Object> wrong :
        List.<List<Object>>of(
            List.of("replay", run, "--from", -1),
            List.of("replay", run, "--from", 20, "--until", 10),
            List.of("replay", run, "--checkpoint-at", "0"),
            List.of("replay", run, "--checkpoint-at", "99999999999"),
            List.of("replay", run, "--checkpoint-at", "5", "--topology", "fused"))) {
      final Launch.Ended ended = Launch.millrace(wrong.toArray());
      assertThat(ended.problems()).as("%s: %s", wrong, ended).hasSize(1);
      assertThat(ended.code()).as("%s: %s", wrong, ended).isEqualTo(2);
    }
  }
}
