package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules of what the LEAN import takes beside US minutes: daily and hourly bars, crypto, perpetuals,
 * futures, adjusted prices.
 */
class LeanMarketsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3_600 * SECOND;
  private static final long DAY = 24 * HOUR;

  private LeanFixture lean;

  @BeforeEach
  void root(@TempDir final Path folder) throws IOException {
    lean = new LeanFixture(folder);
  }

  private static long utc(final String instant) {
    return Instant.parse(instant).getEpochSecond() * SECOND;
  }

  private Path daily(final String rows) throws IOException {
    return lean.zip("equity/usa/daily/goog.zip", Map.of("goog.csv", rows));
  }

  // ---- daily and hourly bars

  @Test
  void aDailyBarIsKnownAtTheCloseOfItsSession() throws Exception {
    daily("20151223 00:00,7530000,7540000,7500000,7510000,100\n20151224 00:00,1,1,1,1,5\n");
    lean.run();
    assertThat(lean.rows("goog/bar_1d/2015.parquet", "ts, \"interval\", close, volume"))
        .as("the second is a half day")
        .containsExactly(
            utc("2015-12-23T21:00:00Z") + "|" + DAY + "|75100000000|10000000000",
            utc("2015-12-24T18:00:00Z") + "|" + DAY + "|10000|500000000");
    assertThat(lean.rows("goog/instrument/2015.parquet", "ts, session_close"))
        .containsExactly(
            utc("2015-12-23T05:00:00Z") + "|" + utc("2015-12-23T21:00:00Z"),
            utc("2015-12-24T05:00:00Z") + "|" + utc("2015-12-24T18:00:00Z"));
  }

  @Test
  void anHourlyBarEndsWithItsHourOrWithTheSession() throws Exception {
    lean.zip(
        "equity/usa/hour/goog.zip",
        Map.of("goog.csv", "20151224 09:00,1,1,1,1,5\n20151224 12:00,2,2,2,2,5\n"));
    lean.run();
    assertThat(lean.rows("goog/bar_1h/2015.parquet", "ts"))
        .containsExactly(
            String.valueOf(utc("2015-12-24T15:00:00Z")),
            String.valueOf(utc("2015-12-24T18:00:00Z")));
  }

  @Test
  void eachYearIsAFileAndOnlyTheYearsAskedForAreWritten() throws Exception {
    daily("20141231 00:00,1,1,1,1,5\n20151223 00:00,1,1,1,1,5\n20160104 00:00,1,1,1,1,5\n");
    final ImportResult result =
        LeanImport.run(
            new ImportRequest(
                List.of(lean.root),
                lean.out,
                Set.of(),
                LocalDate.of(2015, 6, 1),
                LocalDate.of(2016, 1, 31),
                false),
            (done, all, file) -> {});
    assertThat(lean.files())
        .filteredOn(file -> file.contains("bar_1d") && file.endsWith("parquet"))
        .containsExactly("lean/goog/bar_1d/2015.parquet", "lean/goog/bar_1d/2016.parquet");
    assertThat(result.rowsIn()).isEqualTo(2);
    assertThat(result.rowsOut()).isEqualTo(2);
  }

  @Test
  void aDailyBarOfAHolidayAndABadDateAreRefused() throws Exception {
    daily("20151225 00:00,1,1,1,1,5\n2015122 00:00,1,1,1,1,5\n20151228,1,1,1,1,5\n");
    assertThatThrownBy(lean::run)
        .hasMessageContaining("entry goog.csv, line 1: column 1 is 20151225 00:00, when the market")
        .hasMessageContaining("line 2: column 1 is '2015122 00:00', no date and time")
        .hasMessageContaining("line 3: column 1 is '20151228', no date and time");
    assertThat(lean.files()).isEmpty();
    assertThat(lean.run(true).refused())
        .containsOnly(Map.entry(RowRefusal.MARKET_CLOSED, 1L), Map.entry(RowRefusal.BAD_DATE, 2L));
  }

  @Test
  void aYearIsReadFromTheFirstDateAskedForToTheLast() throws Exception {
    daily("20151221 00:00,1,1,1,1,5\n20151222 00:00,1,1,1,1,5\n20151223 00:00,1,1,1,1,5\n");
    lean.run();
    final LocalDate day = LocalDate.of(2015, 12, 22);
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(lean.out, "lean", List.of("goog"), day, day))) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.kind()).isEqualTo(CuratedKind.INSTRUMENT);
      assertThat(reader.eventTime()).isEqualTo(utc("2015-12-22T05:00:00Z"));
      assertThat(reader.next()).isTrue();
      assertThat(reader.eventTime()).isEqualTo(utc("2015-12-22T21:00:00Z"));
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void theResolutionAskedForIsReadAndNoOther() throws Exception {
    daily("20151224 00:00,1,1,1,1,5\n");
    lean.googTrades("34200000,1,1,1,1,1\n34260000,1,1,1,1,1\n");
    lean.googQuotes("34200000,1,1,1,1,2,2,2,2,2,3\n");
    lean.run();
    assertThatThrownBy(() -> rows("")).hasMessageContaining("choose a resolution of 1d, 1m.");
    assertThat(rows("1d")).as("the session and its bar").isEqualTo(2);
    assertThat(rows("1m")).as("the session, two bars, a quote").isEqualTo(4);
    assertThat(rows("tick,1m")).isEqualTo(4);
    assertThatThrownBy(() -> rows("1s")).hasMessageContaining("sampled by 1s");
  }

  private int rows(final String resolution) {
    int rows = 0;
    try (CuratedReader reader =
        CuratedReader.open(
            new Selection(
                lean.out,
                "lean",
                List.of("goog"),
                null,
                null,
                EnumSet.allOf(CuratedKind.class),
                resolution))) {
      while (reader.next()) {
        rows++;
      }
    }
    return rows;
  }

  // ---- adjusted prices

  private ImportResult adjusted() {
    return LeanImport.run(
        new ImportRequest(List.of(lean.root), lean.out, Set.of(), null, null, false),
        new LeanImport.Options(true, Map.of()),
        (done, all, file) -> {});
  }

  @Test
  void adjustedPricesCarryBothFactorsOfTheirDateAndSizesTheSplit() throws Exception {
    lean.write(
        "equity/usa/factor_files/goog.csv",
        "20151223,0.9,0.25,750\n20151228,0.95,0.5,750\n20501231,1,1,0\n");
    daily("20151223 00:00,7530000,7540000,7500000,7510000,100\n20151224 00:00,1,3,1,3,5\n");
    lean.googQuotes(
        "34200000,7500000,7500000,7500000,7500000,2,7510000,7510000,7510000,7510000,3\n");
    adjusted();
    assertThat(adjustedRows("goog/bar_1d/2015.parquet", "close, volume"))
        .as("751 x 0.9 x 0.25 and 100 / 0.25; the second 0.0003 x 0.95 x 0.5 and 5 / 0.5")
        .containsExactly("16897500000|40000000000", "14250|1000000000");
    assertThat(adjustedRows("goog/quote_1m/2015-12-24.parquet", "bid, bid_size, ask, ask_size"))
        .containsExactly("35625000000|400000000|35672500000|600000000");
    assertThat(adjustedRows("goog/instrument/2015.parquet", "DISTINCT tick_size"))
        .as("adjusted prices lie on no tick")
        .containsExactly("1");
  }

  @Test
  void withoutAFactorFileNothingIsAdjusted() throws Exception {
    daily("20151223 00:00,1,1,1,1,5\n");
    assertThatThrownBy(this::adjusted)
        .hasMessageContaining("goog.csv: does not exist, so that prices cannot be adjusted");
    assertThat(lean.files()).isEmpty();
  }

  private List<String> adjustedRows(final String place, final String columns) throws Exception {
    return LeanFixture.query(
        "SELECT " + columns + " FROM '" + lean.out.resolve("lean-adjusted").resolve(place) + "'");
  }

  // ---- crypto

  private ImportResult crypto(final String place, final String entry, final String rows)
      throws IOException {
    lean.cryptoHours();
    lean.zip(place, Map.of(entry, rows));
    return lean.run();
  }

  @Test
  void cryptoPricesAreDecimalsAndTheDayIsUtc() throws Exception {
    crypto(
        "crypto/bybit/minute/btcusdt/20221213_quote.zip",
        "20221213_btcusdt_minute_quote.csv",
        "86340000,17207.18,17211.24,17205,17205.01,0.00531,17208.86,17213,17206.29,17206.77,2.5833652000000003\n");
    assertThat(
            lean.rows(
                "btcusdt.bybit/quote_1m/2022-12-13.parquet", "ts, symbol, bid, bid_size, ask_size"))
        .as("the last minute of the day ends at midnight; sizes are rounded to 1e-8")
        .containsExactly(
            utc("2022-12-14T00:00:00Z") + "|BTCUSDT.BYBIT|1720501000000|531000|258336520");
    assertThat(
            lean.rows(
                "btcusdt.bybit/instrument/2022-12-13.parquet",
                "ts, kind, multiplier, tick_size, lot_size, currency, session_open, session_close"))
        .as("a session of 24 hours is none")
        .containsExactly(
            utc("2022-12-13T00:00:00Z") + "|crypto_spot|100000000|1000000|1000|USDT|0|0");
  }

  @Test
  void cryptoTicksHaveBothSidesAndNewOnesAFlag() throws Exception {
    crypto(
        "crypto/bybit/tick/btcusdt/20221213_quote.zip",
        "20221213_btcusdt_tick_quote.csv",
        "100,1.5,2,1.6,3\n100,1.5,2,,0,0\n200,9,1,9,1,1\n");
    assertThat(lean.rows("btcusdt.bybit/quote/2022-12-13.parquet", "bid, bid_size, ask, ask_size"))
        .containsExactly("150000000|200000000|160000000|300000000", "150000000|200000000|null|0");
    final ImportResult trades =
        crypto(
            "crypto/bybit/tick/btcusdt/20221213_trade.zip",
            "20221213_btcusdt_tick_trade.csv",
            "100,1.5,0.25\n250.5,1.6,3,0\n");
    assertThat(trades.refused()).containsOnly(Map.entry(RowRefusal.SUSPICIOUS_TICK, 1L));
    assertThat(lean.rows("btcusdt.bybit/trade/2022-12-13.parquet", "ts, price, size"))
        .containsExactly(
            (utc("2022-12-13T00:00:00Z") + 100_000_000L) + "|150000000|25000000",
            (utc("2022-12-13T00:00:00Z") + 250_500_000L) + "|160000000|300000000");
  }

  @Test
  void aPerpetualIsKeptApartFromTheCoinAndItsFundingIsPaidAtItsRow() throws Exception {
    lean.write(
        "cryptofuture/bybit/margin_interest/btcusdt.csv",
        "20221213 00:00:00,-0.0002016\n20221213 08:00:00,-0.00022398\n");
    crypto(
        "cryptofuture/bybit/minute/btcusdt/20221213_trade.zip",
        "20221213_btcusdt_minute_trade_perp.csv",
        "0,17199.5,17210.5,17199,17210,1110128\n");
    assertThat(lean.rows("btcusdt-perp.bybit/bar_1m/2022-12-13.parquet", "symbol, close, volume"))
        .containsExactly("BTCUSDT-PERP.BYBIT|1721000000000|111012800000000");
    assertThat(lean.rows("btcusdt-perp.bybit/funding/2022-12-13.parquet", "ts, rate, next_funding"))
        .containsExactly(
            utc("2022-12-13T00:00:00Z") + "|-20160|" + utc("2022-12-13T00:00:00Z"),
            utc("2022-12-13T08:00:00Z") + "|-22398|" + utc("2022-12-13T08:00:00Z"));
    assertThat(lean.rows("btcusdt-perp.bybit/instrument/2022-12-13.parquet", "kind, settlement"))
        .containsExactly("perpetual|cash");
  }

  @Test
  void aPerpetualQuotedInDollarsIsInverse() throws Exception {
    crypto(
        "cryptofuture/bybit/minute/btcusd/20221213_trade.zip",
        "20221213_btcusd_minute_trade_perp.csv",
        "0,17199.5,17210.5,17199,17210,1110128\n");
    assertThat(lean.rows("btcusd-perp.bybit/instrument/2022-12-13.parquet", "kind, settlement"))
        .containsExactly("perpetual|coin");
  }

  @Test
  void dailyCryptoEndsAtMidnightAndItsSecondKindKeepsTheEarlierDefinition() throws Exception {
    lean.cryptoHours();
    lean.zip(
        "crypto/bybit/daily/btcusdt_trade.zip",
        Map.of("btcusdt.csv", "20221210 00:00,1,2,1,2,5\n20221213 00:00,1,2,1,2,5\n"));
    lean.run();
    lean.zip(
        "crypto/bybit/daily/btcusdt_quote.zip",
        Map.of("btcusdt.csv", "20221213 00:00,1,1,1,1,2,2,2,2,2,3\n"));
    lean.run();
    assertThat(lean.rows("btcusdt.bybit/bar_1d/2022.parquet", "ts"))
        .containsExactly(
            String.valueOf(utc("2022-12-11T00:00:00Z")),
            String.valueOf(utc("2022-12-14T00:00:00Z")));
    assertThat(lean.rows("btcusdt.bybit/instrument/2022.parquet", "ts"))
        .containsExactly(String.valueOf(utc("2022-12-10T00:00:00Z")));
    final LocalDate day = LocalDate.of(2022, 12, 13);
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(lean.out, "lean", List.of("btcusdt.bybit"), day, day))) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.eventTime())
          .as("the definition that holds when the dates begin")
          .isEqualTo(utc("2022-12-13T00:00:00Z"));
      assertThat(reader.next()).isTrue();
      assertThat(reader.kind()).isEqualTo(CuratedKind.QUOTE);
    }
  }

  // ---- futures

  @Test
  void eachContractOfAFutureIsAnInstrumentWithExpiryMultiplierAndTheSessionOfTheHour()
      throws Exception {
    lean.futureHours();
    lean.zip(
        "future/cme/minute/es/20131007_trade.zip",
        Map.of(
            "20131007_es_minute_trade_201312.csv", "0,1676.5,1676.5,1676.5,1676.5,9\n",
            "20131007_es_minute_trade_201403.csv", "0,1670,1670,1670,1670,1\n"));
    lean.run();
    assertThat(lean.rows("es201312.cme/bar_1m/2013-10-07.parquet", "ts, close"))
        .containsExactly(utc("2013-10-07T00:01:00Z") + "|167650000000");
    assertThat(lean.rows("es201403.cme/bar_1m/2013-10-07.parquet", "close"))
        .containsExactly("167000000000");
    assertThat(
            lean.rows(
                "es201312.cme/instrument/2013-10-07.parquet",
                "ts, kind, expiry, multiplier, session_open, session_close"))
        .as("the third Friday in December; New York is at UTC-4 on this day")
        .containsExactly(
            utc("2013-10-07T00:00:00Z")
                + "|future|"
                + utc("2013-12-20T14:30:00Z")
                + "|5000000000|"
                + utc("2013-10-06T22:00:00Z")
                + "|"
                + utc("2013-10-07T21:00:00Z"),
            utc("2013-10-07T22:00:00Z")
                + "|future|"
                + utc("2013-12-20T14:30:00Z")
                + "|5000000000|"
                + utc("2013-10-07T22:00:00Z")
                + "|"
                + utc("2013-10-08T21:00:00Z"));
  }

  @Test
  void aFutureOfUnknownRuleNeedsItsExpirySaid() throws Exception {
    lean.futureHours();
    lean.zip(
        "future/cme/minute/cl/20131007_trade.zip",
        Map.of("20131007_cl_minute_trade_201312.csv", "0,100.5,100.5,100.5,100.5,9\n"));
    assertThatThrownBy(lean::run)
        .hasMessageContaining("contract cl201312: expires by a rule that is not known")
        .hasMessageContaining("--expiry cl201312=");
    assertThat(lean.files()).isEmpty();
    LeanImport.run(
        new ImportRequest(List.of(lean.root), lean.out, Set.of("cl"), null, null, false),
        new LeanImport.Options(false, Map.of("cl201312", Instant.parse("2013-11-20T19:30:00Z"))),
        (done, all, file) -> {});
    assertThat(lean.rows("cl201312.cme/instrument/2013-10-07.parquet", "DISTINCT expiry"))
        .containsExactly(String.valueOf(utc("2013-11-20T19:30:00Z")));
  }

  // ---- real data

  private static Path shared() {
    final Path shared = Path.of(System.getProperty("millrace.shared", "absent"), "data/lean");
    assumeThat(shared).as("SKIPPED: no real data at %s", shared).isDirectory();
    return shared;
  }

  @Test
  void realSpyAndAppleAdjustedAreTheKnownPrices(@TempDir final Path folder) throws Exception {
    LeanImport.run(
        new ImportRequest(
            List.of(shared()),
            folder,
            Set.of("spy", "aapl"),
            LocalDate.of(2013, 10, 7),
            LocalDate.of(2014, 6, 9),
            false,
            Set.of("1m", "1d")),
        new LeanImport.Options(true, Map.of()),
        (done, all, file) -> {});
    assertThat(
            LeanFixture.query(
                "SELECT ask FROM '"
                    + folder.resolve("lean-adjusted/spy/quote_1m/2013-10-07.parquet")
                    + "' WHERE ts = "
                    + utc("2013-10-07T13:31:00Z")))
        .as("167.45 x 0.8646266")
        .containsExactly("14478172417");
    assertThat(
            LeanFixture.query(
                "SELECT close FROM '"
                    + folder.resolve("lean-adjusted/aapl/bar_1d/2014.parquet")
                    + "' WHERE ts IN ("
                    + utc("2014-06-06T20:00:00Z")
                    + ", "
                    + utc("2014-06-09T20:00:00Z")
                    + ") ORDER BY ts"))
        .as("645.54 before the 7:1 split and 93.70 after it are 1.6 % apart: no jump is left")
        .containsExactly("2077772026", "2111018366");
  }

  @Test
  void realDataOfEveryKindIsTakenWhole(@TempDir final Path folder) throws Exception {
    final ImportResult result =
        LeanImport.run(
            new ImportRequest(
                List.of(
                    shared().resolve("crypto"),
                    shared().resolve("cryptofuture"),
                    shared().resolve("future"),
                    shared().resolve("index"),
                    shared().resolve("equity/usa/daily"),
                    shared().resolve("equity/usa/hour"),
                    shared().resolve("equity/usa/second")),
                folder,
                Set.of(),
                null,
                null,
                false),
            (done, all, file) -> {});
    assertThat(result.refused()).isEmpty();
    assertThat(result.rowsIn()).isEqualTo(result.rowsOut()).isGreaterThan(200_000);
    assertThat(
            LeanFixture.query(
                "SELECT count(*) FROM '" + folder.resolve("lean/spy/bar_1d/*.parquet") + "'"))
        .containsExactly("5849");
    assertThat(
            LeanFixture.query(
                "SELECT count(*), min(bid) > 0 FROM '"
                    + folder.resolve("lean/btcusdt.bybit/quote_1m/2022-12-13.parquet")
                    + "'"))
        .as("quotes of that day stop at 12:00")
        .containsExactly("721|true");
  }
}
