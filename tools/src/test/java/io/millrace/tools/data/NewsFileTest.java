package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of reading headlines at the door. */
class NewsFileTest {
  private static final long NOON = 1_450_958_400_000_000_000L; // 2015-12-24T12:00:00Z

  @TempDir private Path folder;

  private List<NewsFile.Row> read(final String name, final String text) throws IOException {
    return NewsFile.read(Files.writeString(folder.resolve(name), text), List.of("goog", "aapl"))
        .rows();
  }

  @Test
  void jsonLinesAndCsvSayTheSame() throws IOException {
    final List<NewsFile.Row> expected =
        List.of(
            new NewsFile.Row(NOON, "GOOG", "WIRE", "Say \"up\", then, down"),
            new NewsFile.Row(NOON + 500_000_000L, "AAPL", "", "Two lines"));
    assertThat(
            read(
                "a.jsonl",
                "{\"time\":\"2015-12-24T07:00:00.5-05:00\",\"headline\":\"Two\\nlines\","
                    + "\"symbol\":\"aapl\",\"more\":[1]}\n\n"
                    + "{\"time\":1450958400,\"headline\":\"Say \\\"up\\\", then, down\","
                    + "\"source\":\"WIRE\"}\n"))
        .isEqualTo(expected);
    assertThat(
            read(
                "a.csv",
                String.join(
                    "\r\n",
                    "\uFEFFsymbol,Time,source,headline",
                    "AAPL,1450958400.5,,\"Two\nlines\"",
                    ",2015-12-24T12:00:00Z,WIRE,\"Say \"\"up\"\", then, down\"",
                    "")))
        .isEqualTo(expected);
  }

  @Test
  void everyBadRowIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "bad.jsonl",
                    "{\"time\":\"2015-12-24 12:00\",\"headline\":\"no zone\"}\n"
                        + "[1]\n"
                        + "{\"time\":1450958400,\"headline\":\"  \"}\n"
                        + "{\"time\":1450958400,\"headline\":\"x\",\"symbol\":\"MSFT\"}\n"
                        + "{\"headline\":\"x\"}\n"
                        + "{\"time\":1450958400,\"headline\":\"x\"\n"
                        + "{\"time\":99999999999,\"headline\":\"far off\"}\n"
                        + "{\"time\":1450958400,\"headline\":\""
                        + "x".repeat(1025)
                        + "\"}\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 1: has the time '2015-12-24 12:00', which is neither")
        .hasMessageContaining("line 2: is no JSON object")
        .hasMessageContaining("line 3: has no headline")
        .hasMessageContaining("line 4: is about 'MSFT', which is not among the symbols")
        .hasMessageContaining("line 5: has no time")
        .hasMessageContaining("line 6: is not JSON")
        .hasMessageContaining("line 7: has the time '99999999999'")
        .hasMessageContaining("line 8: has a headline of 1025 bytes");
  }

  @Test
  void csvThatIsNoneIsRefused() {
    assertThatThrownBy(() -> read("a.csv", "when,what\n1,2\n"))
        .hasMessageContaining("no columns time and headline");
    assertThatThrownBy(() -> read("b.csv", "time,headline\n1450958400,\"open\n"))
        .hasMessageContaining("line 2: opens a quote that is never closed");
    assertThatThrownBy(() -> read("c.csv", "time,headline\n1450958400,a,b\n"))
        .hasMessageContaining("line 2: has 3 fields where the header has 2");
  }

  @Test
  void hostileTextIsMadeHarmless() throws IOException {
    final NewsFile.Row row =
        read(
                "a.jsonl",
                "{\"time\":1450958400,\"headline\":\"a\\u0000\\u001b[2Jb\","
                    + "\"source\":\"J\\u00f6urnal of everything\"}")
            .get(0);
    assertThat(row.headline()).isEqualTo("a [2Jb");
    assertThat(row.source()).isEqualTo("J?urnal of every");
  }

  @Test
  void fileThatIsNoTextOrNotThereIsRefused() throws IOException {
    final Path bytes = folder.resolve("a.csv");
    Files.write(bytes, "time,headline\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> NewsFile.read(bytes, List.of("goog")))
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> NewsFile.read(folder.resolve("none.csv"), List.of("goog")))
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> read("a.txt", "")).hasMessageContaining("name it .jsonl or .csv");
  }

  @Test
  void emptyFileHasNoHeadlines() throws IOException {
    assertThat(read("a.csv", "")).isEmpty();
    assertThat(read("a.jsonl", "\n")).isEmpty();
  }
}
