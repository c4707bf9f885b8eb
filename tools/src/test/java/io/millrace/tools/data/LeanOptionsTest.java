package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.OptionQuoteDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules of importing options that are not minutes on equities: on indices and futures, by hours and
 * days, and the universe files.
 */
class LeanOptionsTest {
  private static final String QUOTE = "34200000,1000,1000,1000,1000,2,2000,2000,2000,2000,3\n";

  private LeanFixture lean;

  @BeforeEach
  void root(@TempDir final Path folder) throws IOException {
    lean = new LeanFixture(folder);
  }

  private static long utc(final String instant) {
    return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
  }

  private void index(final String root, final String date, final String contract, final String rows)
      throws IOException {
    lean.zip(
        "indexoption/usa/minute/" + root + "/" + date + "_quote_european.zip",
        Map.of(date + "_" + root + "_minute_quote_european_" + contract + ".csv", rows));
  }

  // ---- on indices

  @Test
  void spxwLiesWithItsIndexAndEndsAtFourWhereSpxEndsInTheMorning() throws Exception {
    lean.indexHours();
    index("spx", "20210114", "call_38000000_20210115", QUOTE);
    index("spxw", "20210114", "call_38000000_20210115", QUOTE);
    lean.run();
    assertThat(
            lean.rows(
                "spx/instrument/2021-01-14.parquet",
                "symbol, kind, underlying, style, settlement, multiplier, tick_size, expiry"))
        .containsExactly(
            "SPX|index|null|null|cash|100000000|1000000|0",
            "SPX   210115C03800000|option|SPX|european|cash|10000000000|5000000|"
                + utc("2021-01-15T14:30:00Z"),
            "SPXW  210115C03800000|option|SPX|european|cash|10000000000|5000000|"
                + utc("2021-01-15T21:00:00Z"));
  }

  @Test
  void theClockOfTheIndexIsChicagosAndThatOfItsOptionsNewYorks() throws Exception {
    lean.indexHours();
    lean.zip(
        "index/usa/minute/spx/20210114_trade.zip",
        Map.of("20210114_spx_minute_trade.csv", "30600000,3814.98,3820.18,3814.98,3818.33,59\n"));
    index("spxw", "20210114", "call_38000000_20210115", QUOTE);
    lean.run();
    final String end = String.valueOf(utc("2021-01-14T14:31:00Z"));
    assertThat(lean.rows("spx/bar_1m/2021-01-14.parquet", "ts")).containsExactly(end);
    assertThat(lean.rows("spx/option_quote_1m/2021-01-14.parquet", "ts, bid, ask"))
        .containsExactly(end + "|10000000|20000000");
    assertThat(lean.rows("spx/instrument/2021-01-14.parquet", "session_open, session_close"))
        .containsOnly(utc("2021-01-14T14:30:00Z") + "|" + utc("2021-01-14T21:15:00Z"));
  }

  @Test
  void aHalfDayOfTheIndexEndsItsOptionsAtOneInNewYork() throws Exception {
    lean.indexHours();
    index("spxw", "20201224", "call_38000000_20201224", QUOTE);
    index("spx", "20201224", "call_38000000_20201225", QUOTE);
    lean.run();
    assertThat(lean.rows("spx/instrument/2020-12-24.parquet", "symbol, expiry, session_close"))
        .as("one named by the holiday ends on the session before it, by its opening prices")
        .containsExactly(
            "SPX|0|" + utc("2020-12-24T18:00:00Z"),
            "SPXW  201224C03800000|"
                + utc("2020-12-24T18:00:00Z")
                + "|"
                + utc("2020-12-24T18:00:00Z"),
            "SPX   201225C03800000|"
                + utc("2020-12-24T14:30:00Z")
                + "|"
                + utc("2020-12-24T18:00:00Z"));
  }

  @Test
  void contractsOfTwoRootsWithOneStrikeAndDateAreReadApart() throws Exception {
    lean.indexHours();
    index("spx", "20210114", "call_38000000_20210115", QUOTE);
    index(
        "spxw",
        "20210114",
        "call_38000000_20210115",
        "34200000,5000,5000,5000,5000,2,6000,6000,6000,6000,3\n");
    lean.run();
    final List<String> rows = new ArrayList<>();
    final OptionQuoteDecoder quote = new OptionQuoteDecoder();
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(lean.out, "lean", List.of("spx"), null, null))) {
      while (reader.next()) {
        if (reader.kind() == CuratedKind.OPTION_QUOTE) {
          quote.wrapAndApplyHeader(reader.buffer(), reader.offset(), new MessageHeaderDecoder());
          rows.add(reader.symbol(quote.instrumentId()) + " " + quote.bid());
        }
      }
    }
    assertThat(rows)
        .containsExactly("SPX   210115C03800000 10000000", "SPXW  210115C03800000 50000000");
  }

  @Test
  void anIndexWhoseRulesAreNotKnownIsLeftAlone() throws Exception {
    lean.googTrades("34200000,1,1,1,1,1\n");
    index("nqx", "20210114", "call_38000000_20210115", QUOTE);
    assertThat(lean.run().ignored())
        .anyMatch(path -> path.toString().endsWith("nqx/20210114_quote_european.zip"));
  }

  // ---- by hours and days

  private void year(
      final String sampling, final String kind, final String contract, final String rows)
      throws IOException {
    lean.zip(
        "option/usa/" + sampling + "/goog_2015_" + kind + "_american.zip",
        Map.of("goog_" + kind + "_american_" + contract + ".csv", rows));
  }

  @Test
  void hoursAndDaysOfContractsAreKnownAtTheirEndInAFileAYear() throws Exception {
    final String rows = ",1000,1000,1000,1000,2,2000,2000,2000,2000,3\n";
    year(
        "hour",
        "quote",
        "put_7500000_20160617",
        "20151223 09:00" + rows + "20151223 15:00" + rows + "20151224 12:00" + rows);
    year("daily", "quote", "put_7500000_20160617", "20151224 00:00" + rows);
    year("hour", "trade", "put_7500000_20160617", "20151223 15:00,1000,1000,1000,1000,7\n");
    lean.run();
    assertThat(lean.rows("goog/option_quote_1h/2015.parquet", "ts, symbol, bid, ask_size"))
        .containsExactly(
            utc("2015-12-23T15:00:00Z") + "|GOOG  160617P00750000|10000000|300000000",
            utc("2015-12-23T21:00:00Z") + "|GOOG  160617P00750000|10000000|300000000",
            utc("2015-12-24T18:00:00Z") + "|GOOG  160617P00750000|10000000|300000000");
    assertThat(lean.rows("goog/option_quote_1d/2015.parquet", "ts"))
        .containsExactly(String.valueOf(utc("2015-12-24T18:00:00Z")));
    assertThat(lean.rows("goog/option_trade_1h/2015.parquet", "ts, \"interval\", volume"))
        .containsExactly(utc("2015-12-23T21:00:00Z") + "|3600000000000|700000000");
  }

  @Test
  void aContractIsDefinedOnEachDateThatNamesItWithThatSession() throws Exception {
    final String rows = ",1000,1000,1000,1000,2,2000,2000,2000,2000,3\n";
    lean.zip(
        "option/usa/hour/goog_2015_quote_american.zip",
        Map.of(
            "goog_quote_american_put_7500000_20160617.csv",
            "20151223 09:00" + rows + "20151224 12:00" + rows,
            "goog_quote_american_call_7500000_20151223.csv",
            "20151223 09:00" + rows + "20151224 09:00" + rows));
    assertThat(lean.run().refused()).containsExactly(Map.entry(RowRefusal.EXPIRED_CONTRACT, 1L));
    assertThat(lean.rows("goog/instrument/2015.parquet", "symbol, session_close"))
        .containsExactly(
            "GOOG|" + utc("2015-12-23T21:00:00Z"),
            "GOOG  151223C00750000|" + utc("2015-12-23T21:00:00Z"),
            "GOOG  160617P00750000|" + utc("2015-12-23T21:00:00Z"),
            "GOOG|" + utc("2015-12-24T18:00:00Z"),
            "GOOG  160617P00750000|" + utc("2015-12-24T18:00:00Z"));
  }

  @Test
  void openInterestOfHoursAndDaysIsKnownBeforeTheSessionAndEntersOnce() throws Exception {
    year("hour", "openinterest", "put_7500000_20160617", "20151223 06:00,5\n");
    year("daily", "openinterest", "put_7500000_20160617", "20151223 00:00,5\n20151224 00:00,6\n");
    final ImportResult result = lean.run();
    assertThat(lean.rows("goog/open_interest/2015.parquet", "ts, open_interest"))
        .containsExactly(utc("2015-12-23T12:00:00Z") + "|5", utc("2015-12-24T14:30:00Z") + "|6");
    assertThat(result.refused()).containsExactly(Map.entry(RowRefusal.DUPLICATE, 1L));
    assertThat(result.rowsIn()).isEqualTo(3);
  }

  @Test
  void openInterestGoesByTheSamplingOfItsFolder() throws Exception {
    year("hour", "openinterest", "put_7500000_20160617", "20151223 06:00,5\n");
    year("daily", "openinterest", "put_7500000_20160617", "20151224 00:00,6\n");
    LeanImport.run(
        new ImportRequest(List.of(lean.root), lean.out, Set.of(), null, null, false, Set.of("1d")),
        (done, all, file) -> {});
    assertThat(lean.rows("goog/open_interest/2015.parquet", "open_interest")).containsExactly("6");
  }

  @Test
  void aRowOfAnotherYearIsRefusedByFileAndLine() throws Exception {
    year("daily", "openinterest", "put_7500000_20160617", "20141224 00:00,6\n");
    assertThatThrownBy(lean::run)
        .hasMessageContaining(
            "goog_2015_openinterest_american.zip, entry"
                + " goog_openinterest_american_put_7500000_20160617.csv, line 1: column 1 is"
                + " 20141224 00:00, in a file of the year 2015");
  }

  @Test
  void anEntryOfAnotherTickerInAFileOfAYearIsRefused() throws Exception {
    lean.zip(
        "option/usa/hour/goog_2015_quote_american.zip",
        Map.of("googl_quote_american_put_7500000_20160617.csv", "20151223 09:00,1\n"));
    assertThatThrownBy(lean::run)
        .hasMessageContaining("has a name that does not fit the file")
        .hasMessageContaining("goog_quote_american_call_7500000_20160617.csv");
  }

  // ---- on futures

  @Test
  void optionsOnAFutureLieWithItAndBringIt() throws Exception {
    lean.futureHours();
    lean.zip(
        "futureoption/cme/minute/es/201312/20131007_quote_american.zip",
        Map.of(
            "20131007_es_minute_quote_american_call_17000000_20131220.csv",
            "43200000,20.25,20.25,20.25,20.25,5,1.35,1.35,1.35,1.35,5\n",
            "20131007_es_minute_quote_american_call_17000000_20131115.csv",
            "43200000,,,,,0,1.35,1.35,1.35,1.35,5\n"));
    lean.run();
    assertThat(
            lean.rows(
                "es201312.cme/instrument/2013-10-07.parquet",
                "DISTINCT symbol, underlying, settlement, multiplier, tick_size, expiry"))
        .containsExactlyInAnyOrder(
            "ES201312.CME|null|cash|5000000000|25000000|" + utc("2013-12-20T14:30:00Z"),
            "ES    131115C01700000|ES201312.CME|physical|5000000000|5000000|"
                + utc("2013-11-15T21:00:00Z"),
            "ES    131220C01700000|ES201312.CME|physical|5000000000|5000000|"
                + utc("2013-12-20T14:30:00Z"));
    assertThat(lean.rows("es201312.cme/option_quote_1m/2013-10-07.parquet", "ts, bid, ask"))
        .contains(utc("2013-10-07T12:01:00Z") + "|2025000000|135000000");
  }

  // ---- universe files

  private static final String NAMES =
      "#expiry,strike,right,open,high,low,close,volume,open_interest,implied_volatility,delta,"
          + "gamma,vega,theta,rho\n,,,749,749,748,748.5,100,,,,,,,\n";

  private void universe(final String rows) throws IOException {
    lean.write("option/usa/universes/goog/20151223.csv", NAMES + rows);
  }

  @Test
  void aUniverseIsKnownAtTheCloseOfTheNextSessionWithoutItsPrices() throws Exception {
    universe("20160617,750,C,1,2,1,2,9,17,0.33,0.63,0.0061,0.69,-0.53,0.2\n");
    final ImportResult result = lean.run();
    final long close = utc("2015-12-24T18:00:00Z");
    assertThat(lean.rows("goog/open_interest/2015-12-24.parquet", "ts, symbol, open_interest"))
        .containsExactly(close + "|GOOG  160617C00750000|17");
    assertThat(
            lean.rows(
                "goog/vendor_greeks/2015-12-24.parquet",
                "ts, symbol, iv, delta, gamma, round(vega, 6), theta, vanna, charm"))
        .as("vega per 1.00 of volatility, theta a calendar day")
        .containsExactly(close + "|GOOG  160617C00750000|0.33|0.63|0.0061|69.0|-0.53|null|null");
    assertThat(lean.files()).noneMatch(file -> file.contains("quote") || file.contains("bar"));
    assertThat(result.refused()).containsExactly(Map.entry(RowRefusal.LOOK_AHEAD, 1L));
    assertThat(result.rowsIn() + result.rowsAdded()).isEqualTo(2 + 1);
    assertThat(result.rowsOut()).isEqualTo(2);
  }

  @Test
  void whatAUniverseDoesNotSayDoesNotEnter() throws Exception {
    universe(
        """
        20160617,750,C,0,0,0,0,0,,0.33,0.63,0.0061,0.69,-0.53,0.2
        20160617,760,C,0,0,0,0,0,5,0,0,0,0,0,0
        20160617,770,C,0,0,0,0,0,,0,0,0,0,0,0
        20151224,750,P,0,0,0,0,0,5,0.33,-0.63,0.0061,0.69,-0.53,0.2
        """);
    assertThat(lean.run().refused())
        .as("nothing said of one, and one had expired when the file is known")
        .containsOnly(
            Map.entry(RowRefusal.LOOK_AHEAD, 1L),
            Map.entry(RowRefusal.EMPTY_OPTION, 1L),
            Map.entry(RowRefusal.EXPIRED_CONTRACT, 1L));
    assertThat(lean.rows("goog/open_interest/2015-12-24.parquet", "symbol"))
        .containsExactly("GOOG  160617C00760000");
    assertThat(lean.rows("goog/vendor_greeks/2015-12-24.parquet", "symbol"))
        .containsExactly("GOOG  160617C00750000");
  }

  @Test
  void openInterestPublishedBeforeTheSessionStandsAgainstTheUniverses() throws Exception {
    lean.zip(
        "option/usa/minute/goog/20151224_openinterest_american.zip",
        Map.of(
            "20151224_goog_minute_openinterest_american_call_7500000_20160617.csv",
            "23460000,16\n"));
    universe("20160617,750,C,0,0,0,0,0,17,0,0,0,0,0,0\n");
    assertThat(lean.run().refused())
        .containsOnly(Map.entry(RowRefusal.LOOK_AHEAD, 1L), Map.entry(RowRefusal.DUPLICATE, 1L));
    assertThat(lean.rows("goog/open_interest/2015-12-24.parquet", "open_interest"))
        .containsExactly("16");
  }

  @Test
  void aUniverseIsChosenByTheDateOnWhichItIsKnown() throws Exception {
    universe("20160617,750,C,0,0,0,0,0,17,0,0,0,0,0,0\n");
    final LocalDate named = LocalDate.of(2015, 12, 23);
    assertThatThrownBy(
            () ->
                LeanImport.run(
                    new ImportRequest(List.of(lean.root), lean.out, Set.of(), named, named, false),
                    (done, all, file) -> {}))
        .hasMessageContaining("holds nothing to import for these symbols and dates");
  }

  @Test
  void wrongRowsOfAUniverseAreNamedAndOtherColumnsRefuseIt() throws Exception {
    universe(
        """
        20160617,x,C,0,0,0,0,0,17,0,0,0,0,0,0
        20160617,750,X,0,0,0,0,0,17,0,0,0,0,0,0
        20160617,750,C,0,0,0,0,0,-1,0,0,0,0,0,0
        20160617,750,C,0,0,0,0,0,1,0.3,2,0,0,0,0
        20160617,750,C,0,0,0,0,0,1,NaN,2,0,0,0,0
        2016,750,C,0,0,0,0,0,1,0.3,2,0,0,0,0
        20160617,750,C
        """);
    assertThatThrownBy(lean::run)
        .hasMessageContaining("20151223.csv, line 3: column 2 is 'x', where a number belongs")
        .hasMessageContaining("line 4: column 3 is 'X', neither C nor P")
        .hasMessageContaining("line 5: column 9 is -1")
        .hasMessageContaining("line 6: has a negative volatility or gamma, or a delta beyond 1")
        .hasMessageContaining("line 7: column 10 is 'NaN', where a number belongs")
        .hasMessageContaining("line 8: column 1 is '2016', no date")
        .hasMessageContaining("line 9: has 3 columns instead of 15");
    lean.write("option/usa/universes/goog/20151223.csv", "#expiry,strike,call\n20160617,1,1\n");
    assertThatThrownBy(lean::run).hasMessageContaining("line 1: does not name the columns #expiry");
    assertThat(lean.run(true).rowsOut()).isZero();
  }

  // ---- real files

  private static Path shared() {
    final Path shared = Path.of(System.getProperty("millrace.shared", "absent"), "data/lean");
    assumeThat(shared).as("SKIPPED: no real data at %s", shared).isDirectory();
    return shared;
  }

  private static ImportResult take(final Path out, final Path... sources) {
    return LeanImport.run(
        new ImportRequest(List.of(sources), out, Set.of(), null, null, false),
        (done, all, file) -> {});
  }

  private static void assertAllCounted(final ImportResult result) {
    assertThat(result.rowsIn() + result.rowsAdded())
        .isEqualTo(
            result.rowsOut()
                + result.rowsMerged()
                + result.refused().values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void realIndexOptionsAreTakenWhole(@TempDir final Path folder) throws Exception {
    final ImportResult result =
        take(folder, shared().resolve("indexoption"), shared().resolve("index/usa/minute"));
    assertThat(result.rowsIn()).isEqualTo(36_088);
    assertThat(result.rowsOut()).isEqualTo(36_088);
    assertThat(
            LeanFixture.query(
                "SELECT count(*), count(*) FILTER (expiry % 86400000000000 = 52200000000000) FROM '"
                    + folder.resolve("lean/spx/instrument/*.parquet")
                    + "' WHERE symbol LIKE 'SPX %'"))
        .as("of SPX every contract expires at 09:30 in New York")
        .containsExactly("12|12");
  }

  @Test
  void realOptionsByHoursAndDaysAreTakenOverTheSplit(@TempDir final Path folder) throws Exception {
    final ImportResult result =
        LeanImport.run(
            new ImportRequest(
                List.of(shared().resolve("option")),
                folder,
                Set.of("aapl"),
                null,
                null,
                false,
                Set.of("1h")),
            (done, all, file) -> {});
    assertThat(result.rowsIn()).isEqualTo(4_659 + 31_407 + 8_346 + 43);
    assertAllCounted(result);
    assertThat(
            LeanFixture.query(
                "SELECT ts // 86400000000000, min(strike) / 1e8, max(strike) / 1e8 FROM '"
                    + folder.resolve("lean/aapl/instrument/2014.parquet")
                    + "' WHERE kind = 'option' GROUP BY 1 ORDER BY 1"))
        .as("strikes of 2014-06-06 and, after 7 for 1, of 2014-06-09")
        .containsExactly("16227|195.0|1050.0", "16230|27.86|150.0");
  }

  @Test
  void realUniversesHoldTheUnitsThatTheirGreeksImply(@TempDir final Path folder) throws Exception {
    final ImportResult result = take(folder, shared().resolve("option/usa/universes/goog"));
    assertAllCounted(result);
    // Black-Scholes: vega = gamma S² sigma T, and theta = -gamma S² sigma² / 2 where rates are
    // small.
    assertThat(median(folder, "vega / (gamma * 748.5 * 748.5 * iv) * 365"))
        .as("days to expiry")
        .isCloseTo(22, within(1.0));
    assertThat(median(folder, "theta * 365 / (-gamma * 748.5 * 748.5 * iv * iv / 2)"))
        .as("theta by calendar days")
        .isCloseTo(1, within(0.1));
  }

  /** Over calls near the money that expire on 2016-01-15, as GOOG stood at 748.5. */
  private static double median(final Path curated, final String number) throws Exception {
    return Double.parseDouble(
        LeanFixture.query(
                "SELECT median("
                    + number
                    + ") FROM '"
                    + curated.resolve("lean/goog/vendor_greeks/2015-12-24.parquet")
                    + "' WHERE expiry_date = '2016-01-15' AND strike BETWEEN 720e8 AND 780e8 AND"
                    + " \"right\" = 'call'")
            .get(0));
  }
}
