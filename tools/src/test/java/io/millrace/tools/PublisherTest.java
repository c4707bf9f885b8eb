package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** State files are read by programs that know nothing of the engine, while it runs. */
@Tag("slow")
@Timeout(240)
class PublisherTest {
  /** The half day in some ten seconds. */
  private static final int SPEED = 1_200;

  private static final int REPLAYED = 4;

  @TempDir private Path temp;

  @Test
  void readerNeverSeesAPartAndEachFileIsTheReplayedState() throws Exception {
    final Launch.Child child =
        new Launch().start("run", "--mode", "paper", "--speed", SPEED, "--runs", temp, "--json");
    // Name of the file, then input sequence, then content.
    final Map<String, NavigableMap<Long, JsonNode>> seen = new HashMap<>();
    long reads = 0;
    while (child.process().isAlive()) {
      reads += readAll(seen);
      Thread.sleep(5);
    }
    final Launch.Ended ended = child.await();
    assertThat(ended.code()).as("%s", ended).isZero();
    reads += readAll(seen);
    final Path run = Path.of(Recorded.json(ended.out()).get("run_dir").asText());
    final String id = run.getFileName().toString();
    System.out.println(reads + " reads of " + seen.keySet());
    assertThat(seen)
        .containsKeys(
            "nav_state",
            "positions_state",
            "risk_snapshot",
            "engine_features",
            "suggestions",
            "trade_ideas",
            "orders",
            "router_health",
            "diagnostics",
            "latency",
            "run");
    seen.values().forEach(versions -> versions.values().forEach(file -> assertHead(file, id)));
    assertThat(seen.get("diagnostics")).as("versions seen").hasSizeGreaterThan(REPLAYED);
    assertReplayed(run, seen);
  }

  private static void assertHead(final JsonNode file, final String id) {
    assertThat(file.get("schema_version").isInt()).as("%s", file).isTrue();
    assertThat(file.get("run_id").asText()).isEqualTo(id);
    assertThat(file.get("input_sequence").isIntegralNumber()).isTrue();
    assertThat(file.get("updated_ts").isNumber()).isTrue();
  }

  private static void assertReplayed(
      final Path run, final Map<String, NavigableMap<Long, JsonNode>> seen) {
    final Long[] sequences = seen.get("diagnostics").keySet().toArray(Long[]::new);
    for (int i = 0; i < REPLAYED; i++) {
      final long sequence = sequences[(sequences.length - 1) * (i + 1) / REPLAYED];
      if (sequence == 0) {
        continue;
      }
      final Launch.Ended ended = Launch.millrace("replay", run, "--until", sequence);
      assertThat(ended.code()).as("%s", ended).isZero();
      final JsonNode replayed = Recorded.json(ended.out());
      int compared = 0;
      for (final var file : seen.entrySet()) {
        final JsonNode content = file.getValue().get(sequence);
        if (content != null && replayed.has(file.getKey())) {
          compared++;
          assertThat(content)
              .as("%s at input %d", file.getKey(), sequence)
              .isEqualTo(replayed.get(file.getKey()));
        }
      }
      assertThat(compared).as("files at input %d", sequence).isPositive();
    }
  }

  /** Reads every state file there is; a part of one would be no JSON. */
  private long readAll(final Map<String, NavigableMap<Long, JsonNode>> seen) throws IOException {
    long reads = 0;
    for (final Path run : directories()) {
      final Path state = run.resolve("state");
      if (!Files.isDirectory(state)) {
        continue;
      }
      for (final Path file : list(state)) {
        final String name = file.getFileName().toString();
        if (!name.endsWith(".json")) {
          continue;
        }
        final byte[] bytes;
        try {
          bytes = Files.readAllBytes(file);
        } catch (final NoSuchFileException e) {
          throw new AssertionError(name + " was away for a moment", e);
        }
        final JsonNode content = JsonMapper.builder().build().readTree(bytes);
        assertThat(content.isObject()).as("%s: %s", name, content).isTrue();
        seen.computeIfAbsent(name.substring(0, name.length() - 5), key -> new TreeMap<>())
            .put(content.get("input_sequence").asLong(), content);
        reads++;
      }
    }
    return reads;
  }

  private Iterable<Path> directories() throws IOException {
    return list(temp).stream().filter(Files::isDirectory).toList();
  }

  private static java.util.List<Path> list(final Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
