package io.millrace.core.engines.hedge;

import io.millrace.core.market.Fixed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;

/** GOOG's options of 2015-12-24 (LEAN sample data): minute quotes, open interest, spot. */
final class GoogDay {
  static final LocalDate DATE = LocalDate.of(2015, 12, 24);
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final long MILLIS = 1_000_000L;
  private static final long MINUTE = 60_000L * MILLIS;

  /** A close of one minute of one contract, or of the underlying (contract null). */
  record Row(long time, String contract, long bid, long ask) {}

  /** A contract: key, strike, expiry instant, right. */
  record Contract(String key, double strike, long expiry, boolean call) {}

  final List<Contract> contracts = new ArrayList<>();
  final List<Row> rows = new ArrayList<>();
  final Map<String, Long> interest = new HashMap<>();

  private GoogDay() {}

  /** The day; a test that needs it is skipped, saying so, where the data is not there. */
  static GoogDay load() throws IOException {
    final String shared = System.getProperty("millrace.shared", "");
    final Path lean = Path.of(shared, "data", "lean");
    final Path quotes = lean.resolve("option/usa/minute/goog/20151224_quote_american.zip");
    if (shared.isEmpty() || !Files.isReadable(quotes)) {
      System.err.println(
          "SKIPPED, no sample data: set -Dmillrace.shared (looked at " + quotes + ")");
      Assumptions.abort("no sample data at " + quotes);
    }
    final GoogDay day = new GoogDay();
    final long midnight = DATE.atStartOfDay(NEW_YORK).toEpochSecond() * 1_000L * MILLIS;
    day.readQuotes(quotes, midnight);
    day.readInterest(lean.resolve("option/usa/minute/goog/20151224_openinterest_american.zip"));
    day.readSpot(lean.resolve("equity/usa/minute/goog/20151224_quote.zip"), midnight);
    // The underlying first in each minute, then contracts by key.
    day.rows.sort(
        Comparator.comparingLong(Row::time)
            .thenComparing(row -> row.contract() == null ? "" : row.contract()));
    day.contracts.sort(Comparator.comparing(Contract::key));
    return day;
  }

  private void readQuotes(final Path zip, final long midnight) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (final var entry : java.util.Collections.list(file.entries())) {
        final String key = key(entry.getName());
        contracts.add(contract(key));
        for (final String line : lines(file, entry)) {
          final String[] cells = line.split(",", -1);
          rows.add(
              new Row(
                  midnight + Long.parseLong(cells[0]) * MILLIS + MINUTE,
                  key,
                  price(cells[4]),
                  price(cells[9])));
        }
      }
    }
  }

  private void readInterest(final Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (final var entry : java.util.Collections.list(file.entries())) {
        for (final String line : lines(file, entry)) {
          interest.put(key(entry.getName()), Long.parseLong(line.split(",", -1)[1].trim()));
        }
      }
    }
  }

  private void readSpot(final Path zip, final long midnight) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (final var entry : java.util.Collections.list(file.entries())) {
        for (final String line : lines(file, entry)) {
          final String[] cells = line.split(",", -1);
          final long millis = Long.parseLong(cells[0]);
          if (millis >= 34_200_000L && millis < 46_800_000L) {
            rows.add(
                new Row(
                    midnight + millis * MILLIS + MINUTE, null, price(cells[4]), price(cells[9])));
          }
        }
      }
    }
  }

  private static List<String> lines(final ZipFile file, final java.util.zip.ZipEntry entry)
      throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(file.getInputStream(entry), StandardCharsets.US_ASCII))) {
      return reader.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  /** right_strike_expiry from DATE_und_minute_kind_american_right_strike_expiry.csv. */
  private static String key(final String name) {
    return name.substring(name.indexOf("american_") + "american_".length(), name.length() - 4);
  }

  private static Contract contract(final String key) {
    final String[] parts = key.split("_", -1);
    final LocalDate expiry = LocalDate.parse(parts[2], DateTimeFormatter.BASIC_ISO_DATE);
    final LocalTime close = expiry.equals(DATE) ? LocalTime.of(13, 0) : LocalTime.of(16, 0);
    return new Contract(
        key,
        Long.parseLong(parts[1]) / 10_000.0,
        expiry.atTime(close).atZone(NEW_YORK).toEpochSecond() * 1_000L * MILLIS,
        parts[0].equals("call"));
  }

  private static long price(final String cell) {
    return cell.isEmpty() ? Fixed.NONE : Long.parseLong(cell) * (Fixed.ONE / 10_000);
  }

  /** Defines all contracts and their open interest; ids by key. */
  Map<String, Integer> define(final Desk desk) {
    final Map<String, Integer> ids = new HashMap<>();
    desk.at(rows.get(0).time() - MINUTE);
    for (final Contract contract : contracts) {
      ids.put(contract.key(), desk.optionAt(contract.strike(), contract.expiry(), contract.call()));
    }
    for (final Contract contract : contracts) {
      final Long open = interest.get(contract.key());
      if (open != null) {
        desk.openInterest(ids.get(contract.key()), open);
      }
    }
    return ids;
  }

  /** Feeds one row. */
  static void feed(final Desk desk, final Map<String, Integer> ids, final Row row) {
    desk.at(row.time());
    if (row.contract() == null) {
      desk.spot(Fixed.toDouble(row.bid()), Fixed.toDouble(row.ask()));
    } else if (desk.market.instruments().expiry(ids.get(row.contract())) > row.time()) {
      desk.quoteFixed(ids.get(row.contract()), row.bid(), row.ask());
    }
  }
}
