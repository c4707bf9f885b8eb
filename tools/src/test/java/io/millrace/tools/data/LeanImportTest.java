package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of the LEAN import, each on the smallest files that show it. */
class LeanImportTest {
  private static final String QUOTE_DAY = "goog/quote_1m/2015-12-24.parquet";
  private static final String OPTION_DAY = "goog/option_quote_1m/2015-12-24.parquet";
  private static final long MINUTE = LeanFixture.MINUTE;

  private LeanFixture lean;

  @BeforeEach
  void root(@TempDir final Path folder) throws IOException {
    lean = new LeanFixture(folder);
  }

  @Test
  void barIsKnownAtItsEndNotAtItsStart() throws Exception {
    lean.googTrades("34200000,7495500,7499900,7485400,7485400,11492\n");
    lean.run();
    final long end = LeanFixture.CHRISTMAS_EVE + 34_200_000L * 1_000_000 + MINUTE;
    assertThat(lean.rows("goog/bar_1m/2015-12-24.parquet", "ts, \"interval\""))
        .containsExactly(end + "|" + MINUTE);
  }

  @Test
  void pricesAreDeciCentsAndBecomeFixedPoint() throws Exception {
    lean.googTrades("34200000,7495500,7499900,7485400,7485401,11492\n");
    lean.run();
    assertThat(lean.rows("goog/bar_1m/2015-12-24.parquet", "open, high, low, close, volume"))
        .containsExactly("74955000000|74999000000|74854000000|74854010000|1149200000000");
  }

  @Test
  void missingSideIsNullWithSizeZero() throws Exception {
    lean.googOptions("call_10000000_20151224", "34200000,,,,,0,21500,21500,5000,5000,19\n");
    lean.run();
    assertThat(lean.rows(OPTION_DAY, "symbol, bid, bid_size, ask, ask_size, ask_open"))
        .containsExactly("GOOG  151224C01000000|null|0|50000000|1900000000|215000000");
  }

  @Test
  void bidOfZeroIsNoBid() throws Exception {
    lean.googOptions("put_7500000_20160617", "34200000,0,0,0,0,12,500,500,500,500,3\n");
    lean.run();
    assertThat(lean.rows(OPTION_DAY, "bid, bid_size, ask")).containsExactly("null|0|5000000");
  }

  @Test
  void crossedQuoteIsAStateAndStays() throws Exception {
    lean.googQuotes(
        "34200000,7500000,7500000,7500000,7500000,1,7490000,7490000,7490000,7490000,2\n");
    assertThat(lean.run().refused()).isEmpty();
    assertThat(lean.rows(QUOTE_DAY, "bid > ask")).containsExactly("true");
  }

  @Test
  void halfDayClosesAtOneAndHasNoEvening() throws Exception {
    lean.googTrades("34200000,1,1,1,1,1\n");
    lean.run();
    final long one = LeanFixture.CHRISTMAS_EVE + 13 * 60 * MINUTE;
    assertThat(lean.rows("goog/session/2015-12-24.parquet", "asset, phase, close, early_close"))
        .containsExactly(
            "equity|premarket|" + (LeanFixture.CHRISTMAS_EVE + 570 * MINUTE) + "|false",
            "equity|market|" + one + "|true",
            "option|market|" + one + "|true");
  }

  @Test
  void contractOfAHalfDayExpiresAtItsEarlyClose() throws Exception {
    lean.googOptions("call_7500000_20151224", "34200000,1,1,1,1,1,2,2,2,2,2\n");
    lean.run();
    assertThat(lean.rows("goog/instrument/2015-12-24.parquet", "symbol, expiry, multiplier, style"))
        .containsExactly(
            "GOOG|0|100000000|null",
            "GOOG  151224C00750000|"
                + (LeanFixture.CHRISTMAS_EVE + 13 * 60 * MINUTE)
                + "|10000000000|american");
  }

  @Test
  void saturdayExpiryEndsAtFridaysClose() throws Exception {
    lean.zip(
        "option/usa/minute/aapl/20140606_openinterest_american.zip",
        Map.of(
            "20140606_aapl_minute_openinterest_american_call_10000000_20150117.csv",
            "23460000,9325\n"));
    lean.run();
    // 2015-01-16 16:00 in New York, five hours behind UTC
    final long friday = LocalDate.of(2015, 1, 16).toEpochDay() * 1_440 * MINUTE + 21 * 60 * MINUTE;
    assertThat(lean.rows("aapl/instrument/2014-06-06.parquet", "symbol, expiry"))
        .containsExactly("AAPL|0", "AAPL  150117C01000000|" + friday);
  }

  @Test
  void saturdayExpiryAfterGoodFridayEndsOnThursday() throws Exception {
    lean.zip(
        "option/usa/minute/aapl/20140407_openinterest_american.zip",
        Map.of(
            "20140407_aapl_minute_openinterest_american_put_5000000_20140419.csv", "23460000,1\n"));
    lean.run();
    final long thursday =
        LocalDate.of(2014, 4, 17).toEpochDay() * 1_440 * MINUTE + 20 * 60 * MINUTE;
    assertThat(lean.rows("aapl/instrument/2014-04-07.parquet", "expiry"))
        .containsExactly("0", String.valueOf(thursday));
  }

  @Test
  void contractThatExpiredBeforeTheDateIsAPhantom() throws Exception {
    lean.zip(
        "option/usa/minute/aapl/20140609_openinterest_american.zip",
        Map.of(
            "20140609_aapl_minute_openinterest_american_call_6450000_20140607.csv", "23460000,7\n",
            "20140609_aapl_minute_openinterest_american_call_6450000_20140613.csv",
                "23460000,8\n"));
    final ImportResult result = lean.run();
    assertThat(result.refused()).containsExactly(Map.entry(RowRefusal.EXPIRED_CONTRACT, 1L));
    assertThat(lean.rows("aapl/open_interest/2014-06-09.parquet", "symbol, open_interest"))
        .containsExactly("AAPL  140613C00645000|8");
  }

  @Test
  void openInterestOfTheFirstSessionAfterASplitIsOfContractsThatAreNoMore() throws Exception {
    lean.write(
        "equity/usa/factor_files/aapl.csv",
        "20140606,0.9011818,0.03571430,645.57\n20140806,0.9011818,0.25,94.97\n20501231,1,1,0\n");
    lean.zip(
        "option/usa/minute/aapl/20140609_openinterest_american.zip",
        Map.of(
            "20140609_aapl_minute_openinterest_american_call_6450000_20140613.csv",
            "23460000,8\n"));
    lean.zip(
        "option/usa/minute/aapl/20140609_trade_american.zip",
        Map.of(
            "20140609_aapl_minute_trade_american_call_921400_20140613.csv",
            "34200000,17000,17000,17000,17000,28\n"));
    final ImportResult result = lean.run();
    assertThat(result.refused()).containsExactly(Map.entry(RowRefusal.BEFORE_SPLIT, 1L));
    assertThat(lean.rows("aapl/instrument/2014-06-09.parquet", "symbol"))
        .containsExactly("AAPL", "AAPL  140613C00092140");
    assertThat(lean.rows("aapl/factor/all.parquet", "date, split_factor, reference_price"))
        .containsExactly(
            "2014-06-06|3571430|64557000000",
            "2014-08-06|25000000|9497000000",
            "2050-12-31|100000000|null");
  }

  @Test
  void quoteTicksOfOneSideMakeOneTwoSidedQuoteAPair() throws Exception {
    lean.zip(
        "equity/usa/tick/ibm/20131007_quote.zip",
        Map.of(
            "20131007_ibm_Quote_Tick.csv",
            """
            34200000,1800100,300,0,0,P,1,0
            34200000,0,0,1818000,3000,P,1,0
            34200277,1819000,200,0,0,Q,1,0
            34200277,0,0,1820000,100,K,1,0
            34200300,0,0,1820000,100,N,1,0
            34200400,1819500,100,0,0,N,1,1
            34200500,1819200,100,0,0,N,1,0
            """));
    final ImportResult result = lean.run();
    assertThat(lean.rows("ibm/quote/2013-10-07.parquet", "bid, bid_size, ask, ask_size, bid_open"))
        .containsExactly(
            "18001000000|30000000000|18180000000|300000000000|null",
            "18190000000|20000000000|18200000000|10000000000|null",
            "18192000000|10000000000|18200000000|10000000000|null");
    assertThat(result.refused()).containsExactly(Map.entry(RowRefusal.SUSPICIOUS_TICK, 1L));
    assertThat(result.rowsIn()).isEqualTo(7);
    assertThat(result.rowsIn())
        .isEqualTo(
            result.rowsOut()
                + result.rowsMerged()
                + result.refused().get(RowRefusal.SUSPICIOUS_TICK));
  }

  @Test
  void tradeTickKeepsFlagsExchangeAndItsFractionOfAMillisecond() throws Exception {
    lean.zip(
        "equity/usa/tick/ibm/20131007_trade.zip",
        Map.of("20131007_ibm_Trade_Tick.csv", "34200000.367,1815200,283,P,20002020,0\n"));
    lean.run();
    final long midnight = LocalDate.of(2013, 10, 7).toEpochDay() * 1_440 * MINUTE + 4 * 60 * MINUTE;
    assertThat(
            lean.rows(
                "ibm/trade/2013-10-07.parquet", "ts, price, size, aggressor, condition, exchange"))
        .containsExactly(
            (midnight + 34_200_000_367_000L) + "|18152000000|28300000000|0|" + 0x20002020L + "|P");
  }

  @Test
  void doubledZipSuffixIsTaken() throws Exception {
    lean.zip(
        "equity/usa/minute/goog/20151224_trade.zip.zip",
        Map.of("20151224_goog_minute_trade.csv", "34200000,1,1,1,1,1\n"));
    assertThat(lean.run().rowsOut()).isEqualTo(1);
  }

  @Test
  void sameSourceGivesSameBytes() throws Exception {
    lean.googTrades("34200000,1,1,1,1,1\n");
    lean.googOptions("put_7500000_20160617", "34200000,,,,,0,500,500,500,500,3\n");
    assertThat(lean.run().files()).allMatch(file -> file.status() == ImportResult.Status.WRITTEN);
    assertThat(lean.run().files()).allMatch(file -> file.status() == ImportResult.Status.UNCHANGED);
  }

  @Test
  void bytesDoNotDependOnZoneOrLocale(@TempDir final Path other) throws Exception {
    final String rows = "34200000,1,1,1,1,1\n";
    lean.googTrades(rows);
    lean.run();
    final LeanFixture abroad = new LeanFixture(other);
    abroad.googTrades(rows);
    final TimeZone zone = TimeZone.getDefault();
    final Locale locale = Locale.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      Locale.setDefault(new Locale("ar", "EG"));
      abroad.run();
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
    assertThat(abroad.files()).isEqualTo(lean.files()).isNotEmpty();
    for (final String file : lean.files()) {
      assertThat(Files.mismatch(lean.out.resolve(file), abroad.out.resolve(file)))
          .as(file)
          .isEqualTo(-1);
    }
  }

  @Test
  void importInPartsDefinesWhatIsThereFromBoth() throws Exception {
    final Path quotes =
        lean.googOptions("put_7500000_20160617", "34200000,,,,,0,500,500,500,500,3\n");
    lean.run();
    Files.delete(quotes);
    lean.zip(
        "option/usa/minute/goog/20151224_openinterest_american.zip",
        Map.of(
            "20151224_goog_minute_openinterest_american_call_7500000_20160617.csv",
            "23460000,5\n"));
    lean.run();
    assertThat(lean.rows("goog/instrument/2015-12-24.parquet", "symbol"))
        .containsExactly("GOOG", "GOOG  160617C00750000", "GOOG  160617P00750000");
  }

  @Test
  void filtersChooseSymbolsAndDates() throws Exception {
    lean.googTrades("34200000,1,1,1,1,1\n");
    lean.zip(
        "equity/usa/minute/goog/20151223_trade.zip",
        Map.of("20151223_goog_minute_trade.csv", "34200000,1,1,1,1,1\n"));
    lean.zip(
        "equity/usa/minute/spy/20151224_trade.zip",
        Map.of("20151224_spy_minute_trade.csv", "34200000,1,1,1,1,1\n"));
    final LocalDate day = LocalDate.of(2015, 12, 24);
    LeanImport.run(
        new ImportRequest(List.of(lean.root), lean.out, Set.of("GOOG"), day, day, false),
        (done, all, file) -> {});
    assertThat(lean.files())
        .containsExactly(
            "lean/goog/bar_1m/2015-12-24.parquet",
            "lean/goog/bar_1m/2015-12-24.parquet.sha256",
            "lean/goog/instrument/2015-12-24.parquet",
            "lean/goog/instrument/2015-12-24.parquet.sha256",
            "lean/goog/session/2015-12-24.parquet",
            "lean/goog/session/2015-12-24.parquet.sha256");
  }

  // ---- what is wrong at the door

  @Test
  void badRowsRefuseTheImportAndAllAreNamedAtOnce() throws Exception {
    lean.googTrades(
        """
        34200000,1,1,1,1
        34260000,1,1,1,x,1
        34320000,1,1,1,-1,1
        34320000,1,1,1,1,1
        34300000,1,1,1,1,1
        34380000,1,1,2,1,1
        86400000,1,1,1,1,1
        34440000,1,1,1,1,-1
        34500000,0,0,0,0,1
        """);
    assertThatThrownBy(lean::run)
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "20151224_trade.zip, entry 20151224_goog_minute_trade.csv, line 1: has 5 columns instead of 6; correct the row, or leave such rows out with --skip-bad-rows.")
        .hasMessageContaining("line 2: column 5 is 'x', where a number belongs")
        .hasMessageContaining("line 3: column 5 is the negative price -1")
        .hasMessageContaining("line 5: column 1 is 34300000, not after the row before")
        .hasMessageContaining("line 6: has an open, high, low and close that no bar can have")
        .hasMessageContaining("line 7: column 1 is 86400000, no milliseconds after midnight")
        .hasMessageContaining("line 8: column 6 is the negative size -1")
        .hasMessageContaining("line 9: column 2 is a trade price of zero");
    assertThat(lean.files()).isEmpty();
    assertThat(lean.out).doesNotExist();
  }

  @Test
  void badRowsAreCountedByReasonWhenSkipped() throws Exception {
    lean.googTrades("34200000,1,1,1,1\n34260000,1,1,1,x,1\n34320000,1,1,1,1,1\n");
    final ImportResult result = lean.run(true);
    assertThat(result.refused())
        .containsOnly(
            Map.entry(RowRefusal.COLUMN_COUNT, 1L), Map.entry(RowRefusal.NOT_A_NUMBER, 1L));
    assertThat(result.rowsIn()).isEqualTo(3);
    assertThat(result.rowsOut()).isEqualTo(1);
  }

  @Test
  void onlyTheFirstTwentyPlacesAreListedAndTheRestCounted() throws Exception {
    lean.googTrades("x\n".repeat(25));
    assertThatThrownBy(lean::run)
        .hasMessageContaining("line 20: has 1 columns instead of 6\n  and 5 more")
        .hasMessageNotContaining("line 21");
  }

  @Test
  void numberTooLongForFixedPointIsRefusedNotWrapped() throws Exception {
    lean.googTrades("34200000,1,99999999999999999,1,1,1\n");
    assertThatThrownBy(lean::run).hasMessageContaining("column 3 is '99999999999999999'");
  }

  @Test
  void entryNameThatSaysSomethingElseIsRefused() throws Exception {
    lean.zip(
        "option/usa/minute/goog/20151224_quote_american.zip",
        Map.of(
            "20151224_goog_minute_quote_american_call_7500000_20161399.csv",
                "34200000,1,1,1,1,1,2,2,2,2,2\n",
            "20151224_aapl_minute_quote_american_call_7500000_20160617.csv",
                "34200000,1,1,1,1,1,2,2,2,2,2\n",
            "20151224_goog_minute_quote_american_call_7500001_20160617.csv",
                "34200000,1,1,1,1,1,2,2,2,2,2\n"));
    assertThatThrownBy(lean::run)
        .hasMessageContaining(
            "20151224_aapl_minute_quote_american_call_7500000_20160617.csv: has a name that does not fit the file")
        .hasMessageContaining("20161399")
        .hasMessageContaining("call_7500001")
        .hasMessageContaining("name it as LEAN does");
    assertThat(lean.run(true).refused()).containsExactly(Map.entry(RowRefusal.ENTRY_NAME, 3L));
  }

  @Test
  void truncatedZipIsRefusedWhole() throws Exception {
    final Path zip = lean.googTrades("34200000,1,1,1,1,1\n");
    final byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, java.util.Arrays.copyOf(bytes, bytes.length - 30));
    assertThatThrownBy(() -> lean.run(true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("20151224_trade.zip: is not a whole zip")
        .hasMessageContaining("fetch the file again");
    assertThat(lean.files()).isEmpty();
  }

  @Test
  void flippedByteInAZipIsFoundByItsChecksum() throws Exception {
    final Path zip = lean.googTrades("34200000,1,1,1,1,1\n");
    final byte[] bytes = Files.readAllBytes(zip);
    // the first local header: 30 bytes, the entry's name, then the deflated rows
    bytes[30 + "20151224_goog_minute_trade.csv".length() + 4] ^= 1;
    Files.write(zip, bytes);
    assertThatThrownBy(lean::run)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("entry 20151224_goog_minute_trade.csv");
    assertThat(lean.files()).isEmpty();
  }

  @Test
  void failureLeavesEarlierFilesAsTheyWere() throws Exception {
    lean.googTrades("34200000,1,1,1,1,1\n");
    lean.run();
    final byte[] before =
        Files.readAllBytes(lean.out.resolve("lean/goog/bar_1m/2015-12-24.parquet"));
    lean.googTrades("34200000,2,2,2,2,2\n34260000,x,2,2,2,2\n");
    assertThatThrownBy(lean::run).isInstanceOf(DataException.class);
    assertThat(lean.out.resolve("lean/goog/bar_1m/2015-12-24.parquet")).hasBinaryContent(before);
    assertThat(lean.files()).allMatch(file -> file.startsWith("lean/goog/"));
  }

  @Test
  void leftoversOfAKilledImportAreCleared() throws Exception {
    Files.createDirectories(lean.out.resolve(".import/files/lean"));
    Files.writeString(lean.out.resolve(".import/files/lean/half.parquet"), "half");
    lean.googTrades("34200000,1,1,1,1,1\n");
    lean.run();
    assertThat(lean.out.resolve(".import")).doesNotExist();
    assertThat(lean.out.resolve("lean/half.parquet")).doesNotExist();
  }

  @Test
  void dateWithoutASessionIsRefused() throws Exception {
    lean.zip(
        "equity/usa/minute/goog/20151225_trade.zip",
        Map.of("20151225_goog_minute_trade.csv", "34200000,1,1,1,1,1\n"));
    assertThatThrownBy(lean::run)
        .hasMessageContaining("is of 2015-12-25, when the market was closed");
  }

  @Test
  void missingMarketHoursIsSaidWithTheRemedy() throws Exception {
    lean.googTrades("34200000,1,1,1,1,1\n");
    Files.delete(lean.root.resolve(LeanFile.MARKET_HOURS));
    assertThatThrownBy(lean::run)
        .hasMessageContaining("market-hours-database.json: cannot be read")
        .hasMessageContaining("put LEAN's file there");
  }

  @Test
  void unknownFileAndMissingPathAreSaid() throws Exception {
    final Path strange = lean.write("notes.txt", "");
    assertThatThrownBy(
            () ->
                LeanImport.run(
                    new ImportRequest(
                        List.of(strange, lean.root.resolve("none")),
                        lean.out,
                        Set.of(),
                        null,
                        null,
                        false),
                    (done, all, file) -> {}))
        .hasMessageContaining("notes.txt: is not a file that this import knows")
        .hasMessageContaining("none: does not exist");
  }

  @Test
  void folderThatMayNotBeWrittenIsSaid() throws Exception {
    lean.googTrades("34200000,1,1,1,1,1\n");
    Files.writeString(lean.out, "a file where a folder should be");
    assertThatThrownBy(lean::run)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("choose a folder that this user may write to");
  }

  @Test
  void secondImportAtTheSameTimeIsRefused() throws Exception {
    lean.googTrades("34200000,1,1,1,1,1\n");
    try (Staging other = Staging.open(lean.out)) {
      assertThat(other.spill()).isNotNull();
      assertThatThrownBy(lean::run).hasMessageContaining("another import is writing there");
    }
    assertThat(lean.run().rowsOut()).isEqualTo(1);
  }

  // ---- real files

  @Test
  void realTickQuotesOfIbmMakeABookThatTradesHappenIn(@TempDir final Path folder) throws Exception {
    final Path shared = Path.of(System.getProperty("millrace.shared", "absent"), "data/lean");
    assumeThat(shared).as("SKIPPED: no real data at %s", shared).isDirectory();
    final ImportResult result =
        LeanImport.run(
            new ImportRequest(
                List.of(shared.resolve("equity/usa/tick/ibm")),
                folder,
                Set.of(),
                null,
                null,
                false),
            (done, all, file) -> {});
    assertThat(result.rowsIn()).isEqualTo(109_067 + 24_293 + 96 + 2);
    final String quotes = "'" + folder.resolve("lean/ibm/quote/2013-10-07.parquet") + "'";
    final List<String> crossed =
        LeanFixture.query("SELECT count(*) FILTER (bid > ask) * 1000 < count(*) FROM " + quotes);
    assertThat(crossed).as("fewer than 0.1 % crossed").containsExactly("true");
    final List<String> inside =
        LeanFixture.query(
            "SELECT avg((t.price BETWEEN q.bid AND q.ask)::INT) > 0.96 FROM '"
                + folder.resolve("lean/ibm/trade/2013-10-07.parquet")
                + "' t ASOF JOIN "
                + quotes
                + " q ON t.ts >= q.ts WHERE t.ts BETWEEN 1381152600000000000 AND 1381176000000000000");
    assertThat(inside).as("trades at or inside the best quotes").containsExactly("true");
  }

  @Test
  void realAppleChangesItsContractsOverTheSplit(@TempDir final Path folder) throws Exception {
    final Path shared = Path.of(System.getProperty("millrace.shared", "absent"), "data/lean");
    assumeThat(shared).as("SKIPPED: no real data at %s", shared).isDirectory();
    final ImportResult result =
        LeanImport.run(
            new ImportRequest(
                List.of(shared),
                folder,
                Set.of("aapl"),
                LocalDate.of(2014, 6, 6),
                LocalDate.of(2014, 6, 9),
                false,
                Set.of("1m")),
            (done, all, file) -> {});
    assertThat(result.refused())
        .containsOnly(
            Map.entry(RowRefusal.EXPIRED_CONTRACT, 172L),
            Map.entry(RowRefusal.BEFORE_SPLIT, 2_165L));
    assertThat(strikes(folder, "2014-06-06")).containsExactly("195.0|1050.0");
    assertThat(strikes(folder, "2014-06-09")).containsExactly("28.57|150.0");
  }

  private static List<String> strikes(final Path curated, final String date) throws SQLException {
    return LeanFixture.rows(
        curated, "aapl/instrument/" + date + ".parquet", "min(strike) / 1e8, max(strike) / 1e8");
  }
}
