package io.millrace.tools.news;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.engines.sentiment.Headlines;
import io.millrace.core.engines.sentiment.Lexicon;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.tools.data.CsvRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shipped words say of headlines of our own making. */
class ShippedLexiconTest {
  private final Lexicon lexicon = ConfigLoader.load(null, List.of()).config().lexicon();
  private final Headlines headlines = new Headlines(lexicon);

  private double tone(final Headlines by, final String headline) {
    final byte[] text = headline.getBytes(StandardCharsets.UTF_8);
    return by.tone(text, text.length);
  }

  @Test
  void madeUpHeadlinesAreUnderstood() throws IOException {
    final SoftAssertions softly = new SoftAssertions();
    try (InputStream in = getClass().getResourceAsStream("/news/made-up-headlines.csv")) {
      final CsvRecords records =
          new CsvRecords(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      records.next();
      while (records.next()) {
        final String headline =
            String.join(",", records.fields().subList(1, records.fields().size()));
        softly
            .assertThat((int) Math.signum(tone(headlines, headline)))
            .as(headline)
            .isEqualTo(Integer.parseInt(records.fields().get(0)));
      }
    }
    softly.assertAll();
  }

  @Test
  void intensifierMakesItWorse() {
    assertThat(tone(headlines, "Acme sharply falls")).isLessThan(tone(headlines, "Acme falls"));
    assertThat(tone(headlines, "Acme falls")).isLessThan(tone(headlines, "Acme marginally falls"));
  }

  @Test
  void wordsCanBeAddedChangedAndTakenOut(@TempDir final Path folder) throws IOException {
    final Path file =
        Files.writeString(
            folder.resolve("millrace.yaml"),
            "lexicon:\n  valences:\n    moonshot: 3.0\n    bullish: -1.0\n    bearish: null\n");
    final Lexicon changed = ConfigLoader.load(file, List.of()).config().lexicon();
    assertThat(changed.valences()).containsEntry("moonshot", 3.0).containsEntry("bullish", -1.0);
    assertThat(changed.valences()).doesNotContainKey("bearish");
    assertThat(lexicon.valences()).containsKey("bearish").doesNotContainKey("moonshot");
    assertThat(tone(new Headlines(changed), "Acme moonshot")).isPositive();
  }
}
