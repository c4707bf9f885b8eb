package io.millrace.core.engines.hedge;

import io.millrace.codecs.DataFault;
import io.millrace.codecs.OptionStyle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** A recorded snapshot of one underlying's options, with the vendor's Greeks. NaN = not given. */
final class RealChain {
  /** One contract. */
  record Contract(
      String symbol,
      double strike,
      long expiry,
      boolean call,
      double bid,
      double ask,
      double interest,
      double iv,
      double delta,
      double gamma,
      double theta,
      double vega) {

    boolean bidden() {
      return bid > 0;
    }

    boolean offered() {
      return ask > 0;
    }
  }

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final long NANOS = 1_000_000_000L;
  private static final Pattern FIELD =
      Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|null|([-+.0-9eE]+))");
  private static final Pattern OBJECT =
      Pattern.compile("\\{\"symbol\":\"\\w+\",\"expiration[^}]*}");
  private static final Pattern SPOT = Pattern.compile("Last: ([0-9.]+)");
  private static final Pattern DATE = Pattern.compile("Date: (.+?) E[DS]T");
  private static final DateTimeFormatter QUOTED =
      DateTimeFormatter.ofPattern("MMMM d, yyyy 'at' h:mm a", Locale.US);
  private static final DateTimeFormatter LISTED =
      DateTimeFormatter.ofPattern("EEE MMM dd yyyy", Locale.US);

  final String name;
  double spot;
  long time;
  final List<Contract> contracts = new ArrayList<>();

  private RealChain(final String name) {
    this.name = name;
  }

  /** The shared data folder; a test that needs it is skipped, saying so, where it is not there. */
  static Path shared(final String folder) {
    final String root = System.getProperty("millrace.shared", "");
    final Path path = Path.of(root, "data", folder);
    if (root.isEmpty() || !Files.isDirectory(path)) {
      System.err.println("SKIPPED, no sample data: set -Dmillrace.shared (looked at " + path + ")");
      Assumptions.abort("no sample data at " + path);
    }
    return path;
  }

  /** All snapshots of the folder options-desk. */
  static List<Path> snapshots() throws IOException {
    try (Stream<Path> files = Files.walk(shared("options-desk"))) {
      return files.filter(file -> file.toString().endsWith(".json.gz")).sorted().toList();
    }
  }

  /** One of them. */
  static RealChain snapshot(final Path file) throws IOException {
    final RealChain chain = new RealChain(file.getFileName().toString());
    final String text;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    final Map<String, String> header = fields(text.substring(0, text.indexOf("\"quotes\"")));
    chain.spot = Double.parseDouble(header.get("underlyingPrice"));
    chain.time = nanos(OffsetDateTime.parse(header.get("updated")));
    final Matcher objects = OBJECT.matcher(text);
    while (objects.find()) {
      final Map<String, String> row = fields(objects.group());
      chain.contracts.add(
          new Contract(
              row.get("symbol"),
              number(row, "strike"),
              at(LocalDate.parse(row.get("expiration")), CLOSE),
              row.get("side").equals("call"),
              number(row, "bid"),
              number(row, "ask"),
              number(row, "openInterest"),
              number(row, "iv"),
              number(row, "delta"),
              number(row, "gamma"),
              number(row, "theta"),
              // Per volatility point there, per 1.00 here.
              number(row, "vega") * 100));
    }
    return chain;
  }

  /** The CBOE tables of SPX, all files together. */
  static RealChain cboe() throws IOException {
    final RealChain chain = new RealChain("cboe SPX 2025-10-01");
    try (Stream<Path> files = Files.list(shared("cboe-spx-20251001"))) {
      for (final Path file : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        chain.table(file);
      }
    }
    return chain;
  }

  private void table(final Path file) throws IOException {
    final List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      lines = reader.lines().toList();
    }
    spot = Double.parseDouble(group(SPOT, lines.get(1)));
    final LocalDateTime quoted = LocalDateTime.parse(group(DATE, lines.get(2)), QUOTED);
    time = quoted.atZone(NEW_YORK).toEpochSecond() * NANOS;
    for (final String line : lines.subList(4, lines.size())) {
      final String[] cells = line.split(",", -1);
      if (cells.length >= 22) {
        final double strike = Double.parseDouble(cells[11]);
        side(cells, 1, strike, true);
        side(cells, 12, strike, false);
      }
    }
  }

  /** One side of a row: symbol, last, net, bid, ask, volume, IV, delta, gamma, open interest. */
  private void side(final String[] cells, final int at, final double strike, final boolean call) {
    final LocalDate expiry = LocalDate.parse(cells[0], LISTED);
    contracts.add(
        new Contract(
            cells[at],
            strike,
            at(expiry, cells[at].startsWith("SPXW") ? CLOSE : OPEN),
            call,
            Double.parseDouble(cells[at + 3]),
            Double.parseDouble(cells[at + 4]),
            Double.parseDouble(cells[at + 9]),
            Double.parseDouble(cells[at + 6]),
            Double.parseDouble(cells[at + 7]),
            Double.parseDouble(cells[at + 8]),
            Double.NaN,
            Double.NaN));
  }

  /** Lists, quotes and gives Greeks; ids by symbol. */
  Map<String, Integer> feed(final Desk desk, final OptionStyle style) {
    desk.at(time);
    desk.spot(spot);
    final Map<String, Integer> ids = new HashMap<>();
    for (final Contract contract : contracts) {
      ids.put(
          contract.symbol(),
          desk.optionOn(
              Desk.UNDERLYING, contract.strike(), contract.expiry(), contract.call(), style));
    }
    for (final Contract contract : contracts) {
      final int id = ids.get(contract.symbol());
      if (contract.expiry() > time) {
        if (contract.interest() >= 0) {
          desk.openInterest(id, (long) contract.interest());
        }
        desk.quote(id, contract.bid(), contract.ask());
        if (desk.offerVendor(
                id,
                contract.iv(),
                contract.delta(),
                contract.gamma(),
                contract.vega(),
                contract.theta(),
                Double.NaN,
                Double.NaN)
            == DataFault.NONE) {
          desk.engine.onVendorGreeks(Desk.UNDERLYING, desk.market.row(id));
        }
      }
    }
    return ids;
  }

  static long at(final LocalDate day, final LocalTime instant) {
    return day.atTime(instant).atZone(NEW_YORK).toEpochSecond() * NANOS;
  }

  private static long nanos(final OffsetDateTime instant) {
    return instant.toEpochSecond() * NANOS + instant.getNano();
  }

  private static String group(final Pattern pattern, final String line) {
    final Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      throw new IllegalArgumentException(line);
    }
    return matcher.group(1);
  }

  private static Map<String, String> fields(final String object) {
    final Map<String, String> fields = new HashMap<>();
    final Matcher matcher = FIELD.matcher(object);
    while (matcher.find()) {
      final String text = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      if (text != null) {
        fields.putIfAbsent(matcher.group(1), text);
      }
    }
    return fields;
  }

  private static double number(final Map<String, String> row, final String field) {
    final String text = row.get(field);
    return text == null ? Double.NaN : Double.parseDouble(text);
  }
}
