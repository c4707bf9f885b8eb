package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The sample day, recorded once for all tests of this process; copied where a test damages it. */
final class Recorded {
  private static Path runs;
  private static JsonNode summary;

  private Recorded() {}

  /** What the recorded run said at its end. */
  static synchronized JsonNode summary() {
    if (summary == null) {
      try {
        runs = Files.createTempDirectory("millrace-recorded");
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(runs)));
      final Launch.Ended ended =
          Launch.millrace("backtest", "--topology", "fused", "--runs", runs, "--json");
      assertThat(ended.code()).as("%s", ended).isZero();
      summary = json(ended.out());
    }
    return summary;
  }

  /** The run's directory; not to be changed. */
  static Path run() {
    return Path.of(summary().get("run_dir").asText());
  }

  /** A copy of the run that a test may change. */
  static Path copy(final Path to) {
    return copy(run(), to);
  }

  /** A copy of any tree. */
  static Path copy(final Path from, final Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (final Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }

  /** Parses one JSON object. */
  static JsonNode json(final String text) {
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (final IOException e) {
      throw new UncheckedIOException("no JSON: " + text, e);
    }
  }

  /** Parses JSON lines. */
  static List<JsonNode> jsonLines(final String text) {
    return text.lines().map(Recorded::json).toList();
  }

  /** Deletes a tree. */
  static void delete(final Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
