package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The day that ships with the project: GOOG on 2015-12-24, a half day. */
class SampleDayTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("millrace.root"), "tools/data/curated");
  private static final LocalDate DAY = LocalDate.of(2015, 12, 24);

  @Test
  void countsAreThoseOfTheSourceFiles() {
    final Map<CuratedKind, Integer> rows = new EnumMap<>(CuratedKind.class);
    long last = Long.MIN_VALUE;
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(SAMPLE, "lean", List.of("goog"), DAY, DAY))) {
      while (reader.next()) {
        rows.merge(reader.kind(), 1, Integer::sum);
        assertThat(reader.eventTime()).isGreaterThanOrEqualTo(last);
        last = reader.eventTime();
      }
      assertThat(reader.instruments()).as("underlying and 2,192 contracts").isEqualTo(2_193);
    }
    assertThat(rows)
        .containsExactly(
            Map.entry(CuratedKind.INSTRUMENT, 2_193),
            Map.entry(CuratedKind.OPEN_INTEREST, 2_058),
            Map.entry(CuratedKind.QUOTE, 260),
            Map.entry(CuratedKind.OPTION_QUOTE, 275_552),
            Map.entry(CuratedKind.BAR, 227),
            Map.entry(CuratedKind.OPTION_TRADE, 958));
  }

  @Test
  void readingMakesNoObjectPerRow() {
    final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long rows = 0;
    long before = 0;
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(SAMPLE, "lean", List.of("goog"), DAY, DAY))) {
      while (reader.next()) {
        if (reader.kind() == CuratedKind.OPTION_QUOTE && rows++ == 0) {
          before = threads.getCurrentThreadAllocatedBytes();
        }
      }
      final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      // A vector of 2,048 rows costs a few wrappers per column; the smallest object per row would
      // be 16 bytes.
      assertThat(allocated / (double) rows).as("bytes per row").isLessThan(8);
    }
  }

  @Test
  void figuresAreThoseThatWereCountedOnTheSource() throws Exception {
    assertThat(
            LeanFixture.rows(
                SAMPLE,
                "goog/option_quote_1m/2015-12-24.parquet",
                "count(DISTINCT expiry_date), count(DISTINCT strike), count(DISTINCT ts),"
                    + " count(*) FILTER (bid IS NOT NULL AND ask IS NOT NULL),"
                    + " count(*) FILTER (bid > ask), count(*) FILTER (bid = ask)"))
        .containsExactly("12|188|211|163230|0|2");
    assertThat(
            LeanFixture.rows(
                SAMPLE,
                "goog/open_interest/2015-12-24.parquet",
                "sum(open_interest), count(*) FILTER (open_interest = 0)"))
        .containsExactly("179502|743");
    assertThat(
            LeanFixture.rows(
                SAMPLE, "goog/option_trade_1m/2015-12-24.parquet", "sum(volume) / 100000000"))
        .containsExactly("7471.0");
  }

  @Test
  void atTheFirstBarsEndTheFarPutIsAskedAtItsClose() throws Exception {
    // LEAN's own regression of this day buys this put at 54.80 at the end of the first bar.
    final long time = LeanFixture.CHRISTMAS_EVE + 571 * LeanFixture.MINUTE;
    assertThat(
            LeanFixture.query(
                "SELECT ask FROM '"
                    + SAMPLE.resolve("lean/goog/option_quote_1m/2015-12-24.parquet")
                    + "' WHERE symbol = 'GOOG  160617P00750000' AND ts = "
                    + time))
        .containsExactly("5480000000");
  }

  @Test
  void everyFileThatShipsHasItsChecksum() throws Exception {
    try (Stream<Path> all = Files.walk(SAMPLE)) {
      final List<Path> files = all.filter(file -> file.toString().endsWith(".parquet")).toList();
      assertThat(files)
          .hasSize(9)
          .allSatisfy(file -> assertThat(Checksum.promised(file)).isEqualTo(Checksum.of(file)));
    }
  }

  @Test
  void importingTheSourceAgainGivesTheSameFiles(@TempDir final Path folder) throws Exception {
    final Path shared = Path.of(System.getProperty("millrace.shared", "absent"), "data/lean");
    assumeThat(shared).as("SKIPPED: no real data at %s", shared).isDirectory();
    final ImportResult result =
        LeanImport.run(
            new ImportRequest(
                List.of(shared), folder, Set.of("goog"), DAY, DAY, false, Set.of("1m")),
            (done, all, file) -> {});
    assertThat(result.files()).hasSize(9);
    assertThat(result.refused()).isEmpty();
    for (final ImportResult.CuratedFile file : result.files()) {
      assertThat(Files.mismatch(folder.resolve(file.path()), SAMPLE.resolve(file.path())))
          .as(file.path().toString())
          .isEqualTo(-1);
      assertThat(SAMPLE.resolve(file.path() + ".sha256"))
          .hasSameTextualContentAs(folder.resolve(file.path() + ".sha256"));
    }
  }

  /**
   * Another program read the same zips; its prices are dollars, its times the starts of the bars.
   */
  @Test
  void everyQuoteIsThatOfAnIndependentReading() throws Exception {
    final Path other =
        Path.of(
            System.getProperty("millrace.shared", "absent"),
            "data/parquet-derived/goog_option_minute_quote_20151224.parquet");
    assumeThat(other).as("SKIPPED: no real data at %s", other).isRegularFile();
    assertThat(
            LeanFixture.query(
                "SELECT count(*) FROM '"
                    + SAMPLE.resolve("lean/goog/option_quote_1m/2015-12-24.parquet")
                    + "' ours JOIN '"
                    + other
                    + """
                    ' theirs ON ours.ts = epoch_us(bar_start_utc) * 1000 + 60000000000
                      AND ours.expiry_date = theirs.expiry
                      AND ours.strike = round(theirs.strike * 1e8)::BIGINT
                      AND upper(ours."right"[1]) = theirs."right"
                    WHERE ours.bid IS NOT DISTINCT FROM round(bid_close * 1e8)::BIGINT
                      AND ours.ask IS NOT DISTINCT FROM round(ask_close * 1e8)::BIGINT
                      AND ours.bid_size = theirs.bid_size::BIGINT * 100000000
                      AND ours.ask_size = theirs.ask_size::BIGINT * 100000000
                    """))
        .containsExactly("275552");
  }
}
