package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headlines through the whole chain, from a file to the decision log. */
class NewsRunTest {
  @Test
  void goodNewsMakesTheRegimeAndReplays(@TempDir final Path folder) throws IOException {
    final Path news =
        Files.writeString(
            folder.resolve("news.csv"),
            """
            time,headline,source,symbol
            2015-12-23T15:00:00Z,Google crashes,WIRE,GOOG
            2015-12-24T15:00:00Z,Google beats estimates,WIRE,GOOG
            2015-12-24T15:01:00Z,Broker upgrades Google to buy,WIRE,GOOG
            2015-12-24T15:02:00Z,"Shares rally, hit record high",WIRE,GOOG
            """);
    final Path runs = folder.resolve("runs");
    final Launch.Ended ended = Launch.millrace("backtest", "--news", news, "--runs", runs);
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.err()).contains("1 of 4 headlines");
    final Path run;
    try (Stream<Path> all = Files.list(runs)) {
      run = all.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    final List<String> inputs =
        lines("journal", "cat", run, "--queue", "input", "--template", "news");
    assertThat(inputs).hasSize(3);
    assertThat(inputs.get(0)).contains("Google beats estimates");
    final List<String> outputs = lines("journal", "cat", run, "--template", "engine_output");
    assertThat(outputs)
        .anyMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("bullish_news"));
    assertThat(outputs)
        .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("bearish_news"));
    assertThat(Launch.millrace("replay", run, "--verify").code()).isZero();
    assertThat(Files.readString(run.resolve("manifest.json"))).contains("\"path\" : \"news.csv\"");
  }

  @Test
  void badRowEndsWithOneSentenceAndNothingMade(@TempDir final Path folder) throws IOException {
    final Path news = Files.writeString(folder.resolve("news.csv"), "time,headline\nsoon,x\n");
    final Path runs = folder.resolve("runs");
    final Launch.Ended ended = Launch.millrace("backtest", "--news", news, "--runs", runs);
    assertThat(ended.code()).isNotZero();
    assertThat(ended.problems()).hasSize(1);
    assertThat(ended.err()).contains("line 2: has the time 'soon'");
    assertThat(runs).doesNotExist();
  }

  private static List<String> lines(final Object... arguments) {
    final Launch.Ended ended = Launch.millrace(arguments);
    assertThat(ended.code()).as("%s", ended.err()).isZero();
    return ended.out().lines().toList();
  }
}
