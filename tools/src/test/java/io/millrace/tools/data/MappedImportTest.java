package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.tools.data.MappedImport.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of the imports by a mapping, each on a few rows. */
class MappedImportTest {
  private static final String DAILY =
      """
      kind: bar
      interval: 1d
      symbol: SPY
      columns: {time: Date, open: Open, high: High, low: Low, close: Close, volume: Volume}
      session: {zone: America/New_York, open: "09:30", close: "16:00"}
      instrument: {kind: etf, currency: USD, tick: 0.01, lot: 1}
      """;

  private Path folder;
  private Path out;

  @BeforeEach
  void folders(@TempDir final Path temporary) throws IOException {
    folder = Files.createDirectories(temporary.resolve("data"));
    out = temporary.resolve("curated");
  }

  private ImportResult csv(final String mapping, final String rows, final boolean skip)
      throws IOException {
    Files.writeString(folder.resolve("rows.csv"), rows);
    final Path file = Files.writeString(folder.resolve("mapping.yaml"), mapping);
    return MappedImport.run(
        new ImportRequest(List.of(folder.resolve("rows.csv")), out, Set.of(), null, null, skip),
        Format.CSV,
        file,
        (done, all, path) -> {});
  }

  private List<String> rows(final String place, final String columns) throws Exception {
    return LeanFixture.query("SELECT " + columns + " FROM '" + out.resolve(place) + "'");
  }

  private static long utc(final String instant) {
    return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
  }

  @Test
  void aDailyBarIsOfTheCloseOfItsDateInTheMarketsZone() throws Exception {
    csv(
        DAILY,
        """
        Date,Close,Open,High,Low,Adj,Volume
        2013-07-01,101.5,100,102,99,x,"1000"
        2013-12-02,103,101.5,103,101,x,2000
        """,
        false);
    assertThat(rows("csv/spy/bar_1d/2013.parquet", "ts, open, close, volume"))
        .containsExactly(
            utc("2013-07-01T20:00:00Z") + "|10000000000|10150000000|100000000000",
            utc("2013-12-02T21:00:00Z") + "|10150000000|10300000000|200000000000");
    assertThat(
            rows(
                "csv/spy/instrument/2013.parquet",
                "min(ts), any_value(kind), any_value(tick_size), max(session_close), count(*)"))
        .as("a definition a weekday, from the first bar to the last")
        .containsExactly(
            utc("2013-07-01T04:00:00Z") + "|etf|1000000|" + utc("2013-12-02T21:00:00Z") + "|111");
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(out, "csv", List.of("spy"), null, null))) {
      int bars = 0;
      while (reader.next()) {
        bars += reader.kind() == CuratedKind.BAR ? 1 : 0;
      }
      assertThat(bars).isEqualTo(2);
    }
  }

  private void refused(final String mapping, final String rows, final String... words) {
    assertThatThrownBy(() -> csv(mapping, rows, false))
        .isInstanceOf(DataException.class)
        .message()
        .contains(words);
    assertThat(out.resolve("csv/spy")).doesNotExist();
  }

  /** Read leniently, 30 February is the 28th, and 24:00 the midnight before. */
  @Test
  void daysAndHoursThatDoNotExistAreRefused() {
    refused(DAILY, "Date,Open,High,Low,Close,Volume\n2013-02-30,1,1,1,1,1\n", "time '2013-02-30'");
    final String hourly =
        """
        kind: trade
        symbol: SPY
        columns: {time: t, price: p, size: s}
        time: {format: "yyyy-MM-dd HH:mm"}
        instrument: {kind: crypto_spot, currency: USD}
        """;
    refused(hourly, "t,p,s\n2013-02-30 10:00,1,1\n", "time '2013-02-30 10:00'");
    refused(hourly, "t,p,s\n2013-02-28 24:00,1,1\n", "time '2013-02-28 24:00'");
  }

  @Test
  void yearsOfTwoDigitsAndHalvesOfTheDayAreRead() throws Exception {
    csv(
        """
        kind: trade
        symbol: SPY
        columns: {time: t, price: p, size: s}
        time: {format: "M/d/yy h:mm a"}
        instrument: {kind: crypto_spot, currency: USD}
        """,
        "t,p,s\n2/28/13 1:05 PM,1,1\n",
        false);
    assertThat(rows("csv/spy/trade/2013-02-28.parquet", "ts"))
        .containsExactly(String.valueOf(utc("2013-02-28T13:05:00Z")));
  }

  @Test
  void aRowWithMoreFieldsThanTheHeaderIsRefused() throws Exception {
    refused(
        DAILY,
        "Date,Open,High,Low,Close,Volume\n2013-07-01,100,102,99,101,1,000\n",
        "has 7 fields, more than the header's 6");
    csv(DAILY, "Date,Open,High,Low,Close,Volume\n2013-07-01,100,102,99,101,1000,\n", false);
    assertThat(rows("csv/spy/bar_1d/2013.parquet", "volume")).containsExactly("100000000000");
  }

  @Test
  void aNameThatStandsTwiceInTheHeaderOrTheMappingIsRefused() {
    refused(
        DAILY,
        "Date,Open,Open,High,Low,Close,Volume\n2013-07-01,100,1,102,99,101,1\n",
        "has two columns 'Open'");
    refused(DAILY + "kind: trade\n", "Date\n", "says a thing twice");
  }

  @Test
  void ticksOfSeveralSymbolsWithoutAHeaderInUnixTime() throws Exception {
    csv(
        """
        source: mine
        kind: trade
        header: false
        delimiter: ";"
        columns: {time: 1, symbol: 2, price: 3, size: 4, aggressor: 5}
        time: {format: unix_ms}
        price_divisor: 100
        instrument: {kind: crypto_spot, currency: USDT}
        """,
        "1680566400000.5;BTC;2800010;0.5;buy\n1680566400001;ETH;180000;2;S\n1680566400002;BTC;2800020;0.25;\n",
        false);
    assertThat(rows("mine/btc/trade/2023-04-04.parquet", "ts, price, size, aggressor"))
        .containsExactly(
            "1680566400000500000|2800010000000|50000000|1",
            "1680566400002000000|2800020000000|25000000|0");
    assertThat(rows("mine/eth/trade/2023-04-04.parquet", "aggressor")).containsExactly("2");
    assertThat(rows("mine/btc/instrument/2023-04-04.parquet", "tick_size, lot_size, session_open"))
        .as("steps as the data shows them")
        .containsExactly("10000000|25000000|0");
  }

  @Test
  void numbersWithADecimalCommaAreReadAsTheirCountryWritesThem() throws Exception {
    final String german =
        """
        kind: trade
        symbol: SAP
        delimiter: ";"
        decimal: ","
        columns: {time: Zeit, price: Kurs, size: Zahl}
        time: {format: "dd.MM.yyyy HH:mm:ss", zone: Europe/Berlin}
        """;
    csv(german, "Zeit;Kurs;Zahl\n04.03.2024 09:00:00;1.170,55;1.000\n", false);
    assertThat(rows("csv/sap/trade/2024-03-04.parquet", "ts, price, size"))
        .containsExactly(utc("2024-03-04T08:00:00Z") + "|117055000000|100000000000");
    assertThatThrownBy(() -> csv(german, "Zeit;Kurs;Zahl\n04.03.2024 09:00:00;170.55;1\n", false))
        .as("a point that groups no thousands is not dropped")
        .hasMessageContaining("has price '170.55', where a number belongs");
    assertThatThrownBy(() -> csv(german.replace("\";\"", "\",\""), "Zeit,Kurs,Zahl\n", false))
        .hasMessageContaining("field decimal: is ','");
  }

  @Test
  void sampledQuotesMoveToTheirEndAndTextTimesKeepTheirZone() throws Exception {
    final String mapping =
        """
        kind: quote
        interval: 1m
        symbol: X
        columns: {time: t, bid: b, ask: a}
        time: {format: "yyyyMMdd HH:mm", zone: America/New_York, at: %s}
        """;
    csv(mapping.formatted("start"), "t,b,a\n20131007 09:30,10,\n", false);
    assertThat(rows("csv/x/quote_1m/2013-10-07.parquet", "ts, bid, ask"))
        .containsExactly(utc("2013-10-07T13:31:00Z") + "|1000000000|null");
    csv(mapping.formatted("end"), "t,b,a\n20131007 09:30,10,11\n", false);
    assertThat(rows("csv/x/quote_1m/2013-10-07.parquet", "ts"))
        .containsExactly(String.valueOf(utc("2013-10-07T13:30:00Z")));
  }

  @Test
  void everythingWrongWithAMappingIsToldAtOnce() throws Exception {
    assertThatThrownBy(
            () ->
                csv(
                    """
                    kind: candles
                    symbol: ../up
                    colour: red
                    columns: {time: t, openn: o}
                    time: {format: "bogus {", zone: Mars}
                    session: {open: late, close: "16:00"}
                    instrument: {kind: bond, tick: -1}
                    """,
                    "t\n",
                    true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("mapping.yaml, field colour: is not known")
        .hasMessageContaining("field kind: is 'candles'")
        .hasMessageContaining("field columns.openn: is not known")
        .hasMessageContaining("field symbol: is '../up'")
        .hasMessageContaining("field time.format: is 'bogus {'")
        .hasMessageContaining("field time.zone: is 'Mars'")
        .hasMessageContaining("field session.open: is 'late'")
        .hasMessageContaining("field instrument.kind: is 'bond'")
        .hasMessageContaining("field instrument.tick: is '-1'");
    assertThatThrownBy(() -> csv("kind: [", "t\n", true)).hasMessageContaining("is no YAML");
    assertThatThrownBy(() -> csv("", "t\n", true)).hasMessageContaining("is no mapping");
    assertThat(out).doesNotExist();
  }

  @Test
  void aMissingColumnAndBadRowsAreNamedByLine() throws Exception {
    assertThatThrownBy(() -> csv(DAILY, "Date,Open,High,Low,Close\n", true))
        .hasMessageContaining("rows.csv, line 1: has no column 'Volume'")
        .hasMessageContaining("name one of Date, Open, High, Low, Close for volume");
    final String bad =
        """
        Date,Open,High,Low,Close,Volume
        2013-07-01,1,1,1,1,5
        2013-07-01,1,1,1,1,5
        yesterday,1,1,1,1,5
        2013-07-02,1,0.5,1,1,5
        2013-07-02,-1,1,1,1,5
        2013-07-02,1e999,1,1,1,5
        2013-07-02,"1,1,1,1,5
        2013-07-03,1,1,1,1
        """;
    assertThatThrownBy(() -> csv(DAILY, bad, false))
        .hasMessageContaining("line 3: is of the time of the row before")
        .hasMessageContaining("line 4: has time 'yesterday'")
        .hasMessageContaining("line 5: has an open, high, low and close that no bar can have")
        .hasMessageContaining("line 6: has open -1, where a price above zero belongs")
        .hasMessageContaining("line 7: has open '1e999', where a number belongs")
        .hasMessageContaining("line 8: has a quote that is not closed");
    assertThat(out).doesNotExist();
    final ImportResult result = csv(DAILY, bad, true);
    assertThat(result.rowsIn()).isEqualTo(8);
    assertThat(result.rowsOut())
        .as("the first, and the last, whose volume is missing")
        .isEqualTo(2);
  }

  @Test
  void parquetIsReadByTheSameMapping() throws Exception {
    final Path file = folder.resolve("x.parquet");
    try (var database = java.sql.DriverManager.getConnection("jdbc:duckdb:");
        var statement = database.createStatement()) {
      statement.execute(
          "COPY (SELECT DATE '2013-07-01' AS d, 1.5::DOUBLE AS o, 2::DOUBLE AS h, 1::DOUBLE AS l,"
              + " 1.25::DECIMAL(9,2) AS c, 7::BIGINT AS v) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    final Path mapping =
        Files.writeString(
            folder.resolve("m.yaml"),
            DAILY.replaceFirst(
                "columns: .*",
                "columns: {time: d, open: o, high: h, low: l, close: c, volume: v}"));
    final ImportRequest request =
        new ImportRequest(List.of(file), out, Set.of(), null, null, false);
    MappedImport.run(request, Format.PARQUET, mapping, (done, all, path) -> {});
    assertThat(rows("parquet/spy/bar_1d/2013.parquet", "ts, open, close, volume"))
        .containsExactly(utc("2013-07-01T20:00:00Z") + "|150000000|125000000|700000000");
    Files.writeString(mapping, DAILY);
    assertThatThrownBy(
            () -> MappedImport.run(request, Format.PARQUET, mapping, (done, all, path) -> {}))
        .hasMessageContaining("x.parquet: has no column 'Date'");
    Files.write(file, new byte[] {'P', 'A', 'R', '1', 0});
    assertThatThrownBy(
            () -> MappedImport.run(request, Format.PARQUET, mapping, (done, all, path) -> {}))
        .hasMessageContaining("x.parquet: is not a whole parquet file");
  }

  @Test
  void realParquetGivesWhatTheLeanImportGives(@TempDir final Path curated) throws Exception {
    final Path shared = Path.of(System.getProperty("millrace.shared", "absent"), "data");
    assumeThat(shared).as("SKIPPED: no real data at %s", shared).isDirectory();
    final Path mapping =
        Files.writeString(
            folder.resolve("m.yaml"),
            DAILY.replaceFirst(
                "columns: .*",
                "columns: {time: date, open: open, high: high, low: low, close: close, volume: volume}"));
    final ImportResult result =
        MappedImport.run(
            new ImportRequest(
                List.of(shared.resolve("parquet-derived/spy_daily_raw_1998_2021.parquet")),
                curated,
                Set.of(),
                null,
                null,
                false),
            Format.PARQUET,
            mapping,
            (done, all, path) -> {});
    assertThat(result.rowsOut()).isEqualTo(5_849);
    LeanImport.run(
        new ImportRequest(
            List.of(shared.resolve("lean/equity/usa/daily/spy.zip")),
            curated,
            Set.of(),
            null,
            null,
            false),
        (done, all, path) -> {});
    final String columns = "SELECT open, high, low, close, volume FROM '";
    assertThat(
            LeanFixture.query(
                "SELECT count(*) FROM ("
                    + columns
                    + curated.resolve("parquet/spy/bar_1d/*.parquet")
                    + "' EXCEPT "
                    + columns
                    + curated.resolve("lean/spy/bar_1d/*.parquet")
                    + "')"))
        .containsExactly("0");
    final Path trades =
        Files.writeString(
            folder.resolve("t.yaml"),
            """
            kind: trade
            symbol: BTCUSDT
            columns: {time: event_ts, price: price, size: qty, buyer_is_maker: buyer_is_maker}
            instrument: {kind: perpetual, currency: USDT}
            """);
    MappedImport.run(
        new ImportRequest(
            List.of(shared.resolve("parquet-derived/btcusdt_usdm_trades_20230404_05.parquet")),
            curated,
            Set.of(),
            null,
            null,
            true),
        Format.PARQUET,
        trades,
        (done, all, path) -> {});
    assertThat(
            LeanFixture.query(
                "SELECT min(ts), count(*) FROM '"
                    + curated.resolve("parquet/btcusdt/trade/*.parquet")
                    + "'"))
        .containsExactly("1680652700455000000|12935");
  }
}
