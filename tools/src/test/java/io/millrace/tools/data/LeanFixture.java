package io.millrace.tools.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A small LEAN data root, with the real formats and the market hours of the dates that the tests
 * use.
 */
final class LeanFixture {
  static final long MINUTE = 60_000_000_000L;

  /** 2015-12-24 00:00 in New York. */
  static final long CHRISTMAS_EVE = 1_450_933_200L * 1_000_000_000L;

  private static final String WEEKDAY =
      "[{\"start\":\"04:00:00\",\"end\":\"09:30:00\",\"state\":\"premarket\"},"
          + "{\"start\":\"09:30:00\",\"end\":\"16:00:00\",\"state\":\"market\"},"
          + "{\"start\":\"16:00:00\",\"end\":\"20:00:00\",\"state\":\"postmarket\"}]";
  private static final String OPTION_DAY =
      "[{\"start\":\"09:30:00\",\"end\":\"16:00:00\",\"state\":\"market\"}]";

  final Path root;
  final Path out;

  LeanFixture(final Path folder) throws IOException {
    this.root = folder.resolve("lean");
    this.out = folder.resolve("curated");
    write(
        LeanFile.MARKET_HOURS,
        "{\"entries\":{\"Equity-usa-[*]\":"
            + entry(WEEKDAY, "\"12/25/2015\",\"4/18/2014\"", "\"12/24/2015\":\"13:00:00\"")
            + ",\"Option-usa-[*]\":"
            + entry(OPTION_DAY, "", "")
            + "}}");
    write(
        LeanFile.SYMBOL_PROPERTIES,
        """
        market,symbol,type,description,quote_currency,contract_multiplier,minimum_price_variation,lot_size
        usa,[*],option,,USD,100,0.01,1
        usa,[*],equity,,USD,1,0.01,1
        """);
  }

  private static String entry(final String day, final String holidays, final String early) {
    final StringBuilder json = new StringBuilder("{\"exchangeTimeZone\":\"America/New_York\"");
    for (final String name : List.of("monday", "tuesday", "wednesday", "thursday", "friday")) {
      json.append(",\"").append(name).append("\":").append(day);
    }
    return json
        + ",\"saturday\":[],\"sunday\":[],\"holidays\":["
        + holidays
        + "],\"earlyCloses\":{"
        + early
        + "}}";
  }

  /** Adds what crypto needs: markets that never close, and the terms of BTCUSDT on Bybit. */
  void cryptoHours() throws IOException {
    final String day = "[{\"start\":\"00:00:00\",\"end\":\"1.00:00:00\",\"state\":\"market\"}]";
    addHours("Crypto-bybit-[*]", week(day, day, day, "UTC"));
    addHours("CryptoFuture-bybit-[*]", week(day, day, day, "UTC"));
    addTerms(
        "bybit,BTCUSDT,crypto,BTCUSDT,USDT,1,0.01,0.00001,BTCUSDT,1.07",
        "bybit,BTCUSDT,cryptofuture,BTCUSDT,USDT,1,0.1,0.001,BTCUSDT",
        "bybit,BTCUSD,cryptofuture,BTCUSD,USD,1,0.10,1,BTCUSD,1");
  }

  /** Adds what futures on CME need: sessions with a break of an hour, and terms. */
  void futureHours() throws IOException {
    final String day =
        "[{\"start\":\"00:00:00\",\"end\":\"09:30:00\",\"state\":\"premarket\"},"
            + "{\"start\":\"09:30:00\",\"end\":\"17:00:00\",\"state\":\"market\"},"
            + "{\"start\":\"18:00:00\",\"end\":\"1.00:00:00\",\"state\":\"postmarket\"}]";
    final String sunday =
        "[{\"start\":\"18:00:00\",\"end\":\"1.00:00:00\",\"state\":\"premarket\"}]";
    addHours("Future-cme-[*]", week(day, "[]", sunday, "America/New_York"));
    addTerms(
        "cme,ES,future,E-mini S&P 500 Futures,USD,50.0,0.25,1.0",
        "cme,CL,future,Crude,USD,1000.0,0.01,1.0");
  }

  /**
   * Adds what index options need: the index and its holidays and half days by the clock of Chicago,
   * and options whose data are by that of New York.
   */
  void indexHours() throws IOException {
    final String day = "[{\"start\":\"08:30:00\",\"end\":\"15:15:00\",\"state\":\"market\"}]";
    final String hours = week(day, "[]", "[]", "America/Chicago");
    final String index =
        hours.replace("\"dataTimeZone\":\"UTC\"", "\"dataTimeZone\":\"America/Chicago\"");
    addHours(
        "Index-usa-[*]",
        index.substring(0, index.length() - 1)
            + ",\"holidays\":[\"12/25/2020\"],\"earlyCloses\":{\"12/24/2020\":\"12:00:00\"}}");
    addHours(
        "IndexOption-usa-[*]",
        hours.replace("\"dataTimeZone\":\"UTC\"", "\"dataTimeZone\":\"America/New_York\""));
    addTerms("usa,[*],index,,USD,1,0.01,1", "usa,[*],indexoption,,USD,100,0.05,1");
  }

  private static String week(
      final String day, final String saturday, final String sunday, final String zone) {
    final StringBuilder json =
        new StringBuilder("{\"dataTimeZone\":\"UTC\",\"exchangeTimeZone\":\"" + zone + "\"");
    for (final String name : List.of("monday", "tuesday", "wednesday", "thursday", "friday")) {
      json.append(",\"").append(name).append("\":").append(day);
    }
    return json + ",\"saturday\":" + saturday + ",\"sunday\":" + sunday + "}";
  }

  private void addHours(final String entry, final String hours) throws IOException {
    final String all = Files.readString(root.resolve(LeanFile.MARKET_HOURS));
    write(
        LeanFile.MARKET_HOURS,
        all.substring(0, all.length() - 2) + ",\"" + entry + "\":" + hours + "}}");
  }

  private void addTerms(final String... rows) throws IOException {
    final String all = Files.readString(root.resolve(LeanFile.SYMBOL_PROPERTIES));
    write(LeanFile.SYMBOL_PROPERTIES, all + String.join("\n", rows) + "\n");
  }

  Path write(final String place, final String text) throws IOException {
    final Path file = root.resolve(place);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  Path zip(final String place, final Map<String, String> entries) throws IOException {
    final Path file = root.resolve(place);
    Files.createDirectories(file.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (final Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.US_ASCII));
        zip.closeEntry();
      }
    }
    return file;
  }

  Path googTrades(final String rows) throws IOException {
    return zip(
        "equity/usa/minute/goog/20151224_trade.zip",
        Map.of("20151224_goog_minute_trade.csv", rows));
  }

  Path googQuotes(final String rows) throws IOException {
    return zip(
        "equity/usa/minute/goog/20151224_quote.zip",
        Map.of("20151224_goog_minute_quote.csv", rows));
  }

  Path googOptions(final String contract, final String rows) throws IOException {
    return zip(
        "option/usa/minute/goog/20151224_quote_american.zip",
        Map.of("20151224_goog_minute_quote_american_" + contract + ".csv", rows));
  }

  ImportResult run() {
    return run(false);
  }

  ImportResult run(final boolean skipBadRows) {
    return LeanImport.run(
        new ImportRequest(List.of(root), out, Set.of(), null, null, skipBadRows),
        (done, all, file) -> {});
  }

  /** Rows of a curated file, one string each, columns joined by a bar. */
  List<String> rows(final String place, final String columns) throws SQLException {
    return rows(out, place, columns);
  }

  static List<String> rows(final Path curated, final String place, final String columns)
      throws SQLException {
    return query("SELECT " + columns + " FROM '" + curated.resolve("lean").resolve(place) + "'");
  }

  static List<String> query(final String query) throws SQLException {
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      final List<String> all = new ArrayList<>();
      while (rows.next()) {
        final StringBuilder row = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(i == 1 ? "" : "|").append(rows.getString(i));
        }
        all.add(row.toString());
      }
      return all;
    }
  }

  /** Every file under the curated root. */
  List<String> files() throws IOException {
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(out)) {
      return all.filter(Files::isRegularFile)
          .map(path -> out.relativize(path).toString())
          .sorted()
          .toList();
    }
  }
}
