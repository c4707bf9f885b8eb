package io.millrace.runtime.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonLinesTest {
  private static final int WAITING = 1 << 16;

  @TempDir private Path directory;

  private static ObjectNode line(final int number) {
    return JsonNodeFactory.instance.objectNode().put("number", number).put("text", "é\n");
  }

  private List<String> linesOf(final String... names) throws IOException {
    final List<String> lines = new ArrayList<>();
    for (final String name : names) {
      lines.addAll(Files.readAllLines(directory.resolve(name)));
    }
    return lines;
  }

  @Test
  void rotationKeepsEveryLineInOrderAndOverwritesNothing() throws IOException {
    final int lineBytes =
        line(0).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1;
    try (JsonLines log = new JsonLines(directory.resolve("fills.jsonl"), 2L * lineBytes, WAITING)) {
      for (int i = 0; i < 5; i++) {
        log.append(line(i));
        log.flush();
      }
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("fills.1.jsonl", "fills.2.jsonl", "fills.jsonl");
    }
    assertThat(linesOf("fills.1.jsonl", "fills.2.jsonl", "fills.jsonl"))
        .containsExactly(
            line(0).toString(),
            line(1).toString(),
            line(2).toString(),
            line(3).toString(),
            line(4).toString());
  }

  @Test
  void whatIsThereIsAppendedToAndCounted() throws IOException {
    final Path file = directory.resolve("fills.jsonl");
    for (int i = 0; i < 2; i++) {
      try (JsonLines log = new JsonLines(file, 1L << 20, WAITING)) {
        log.append(line(i));
      }
    }
    assertThat(linesOf("fills.jsonl")).containsExactly(line(0).toString(), line(1).toString());
  }

  @Test
  void linesWaitWhileTheDirectoryTakesNoneAndAreWrittenWhenItDoes() throws IOException {
    final Path place = directory.resolve("gone");
    try (JsonLines log = new JsonLines(place.resolve("fills.jsonl"), 1L << 20, WAITING)) {
      log.append(line(1));
      assertThatThrownBy(log::flush)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("fills.jsonl cannot be written");
      Files.createDirectory(place);
      log.flush();
      assertThat(log.lost()).isZero();
    }
    assertThat(linesOf("gone/fills.jsonl")).containsExactly(line(1).toString());
  }

  @Test
  void beyondTheBoundLinesAreCountedAsLost() {
    final JsonLines log = new JsonLines(directory.resolve("fills.jsonl"), 1L << 20, 100);
    for (int i = 0; i < 10; i++) {
      log.append(line(i));
    }
    assertThat(log.full()).isTrue();
    assertThat(log.lost()).isEqualTo(7);
    log.close();
  }
}
