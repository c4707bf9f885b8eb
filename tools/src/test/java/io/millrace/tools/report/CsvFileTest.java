package io.millrace.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.market.Fixed;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvFileTest {
  @TempDir private Path folder;

  @Test
  void moneyIsWrittenExactlyAndReadsBack() throws Exception {
    final long seed = 23;
    final SplittableRandom random = new SplittableRandom(seed);
    final long[] values = new long[1_000];
    final long[] corners = {
      0, 1, -1, Fixed.ONE, -Fixed.ONE, 10, -105, Long.MAX_VALUE, Long.MIN_VALUE + 1, 123_000_000L
    };
    for (int i = 0; i < values.length; i++) {
      values[i] =
          i < corners.length ? corners[i] : random.nextLong() >> random.nextInt(Long.SIZE - 1);
    }
    try (CsvFile csv = new CsvFile(folder, "money.csv", "money", "text")) {
      for (final long value : values) {
        csv.fixed(value).text("x").end();
      }
      csv.commit();
    }
    final List<String> lines = Files.readAllLines(folder.resolve("money.csv"));
    for (int i = 0; i < values.length; i++) {
      final String cell = lines.get(i + 1).substring(0, lines.get(i + 1).indexOf(','));
      assertThat(cell).as("seed %d", seed).doesNotContainPattern("\\.[0-9]*0$");
      assertThat(new BigDecimal(cell))
          .as("seed %d", seed)
          .isEqualByComparingTo(BigDecimal.valueOf(values[i], 8));
    }
  }

  @Test
  void textWithCommasAndQuotesIsQuoted() throws Exception {
    try (CsvFile csv = new CsvFile(folder, "text.csv", "a", "b", "c")) {
      csv.text("one, \"two\"").fixed(Fixed.NONE).number(Double.NaN).end();
      csv.commit();
    }
    assertThat(Files.readString(folder.resolve("text.csv")))
        .isEqualTo("a,b,c\n\"one, \"\"two\"\"\",,\n");
  }

  @Test
  void aFileThatIsNotCommittedLeavesNothing() {
    try (CsvFile csv = new CsvFile(folder, "half.csv", "a", "b")) {
      csv.number(1).number(2).end();
      assertThatThrownBy(() -> csv.number(3).end()).isInstanceOf(IllegalStateException.class);
    }
    assertThat(folder).isEmptyDirectory();
  }
}
