package io.millrace.tools.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Market hours and instrument terms of a LEAN data root, for US equities and the options on them.
 */
final class LeanReference {
  /** What is traded, by its names in LEAN's two databases. */
  enum Asset {
    EQUITY("Equity"),
    OPTION("Option");

    private final String entry;

    Asset(final String entry) {
      this.entry = entry;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A phase of a date, in nanoseconds UTC. */
  record Phase(String name, long open, long close, boolean earlyClose) {}

  /** Terms of an instrument, 1e-8. */
  record Terms(String currency, long multiplier, long tickSize, long lotSize) {}

  private record Segment(String name, long open, long close) {}

  private record Hours(
      ZoneId zone,
      Map<DayOfWeek, List<Segment>> week,
      Set<LocalDate> holidays,
      Map<LocalDate, Long> earlyCloses) {}

  /** The regular session among the phases. */
  static final String MARKET = "market";

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SECONDS_PER_DAY = 86_400L;
  private static final DateTimeFormatter US_DATE =
      DateTimeFormatter.ofPattern("M/d/uuuu", Locale.ROOT);

  /**
   * A contract's last session is looked for this far before its date: longer than any closure since
   * 1934.
   */
  private static final int MAX_CLOSED_DAYS = 10;

  private final Path hoursFile;
  private final Map<Asset, Hours> hours = new HashMap<>();
  private final Map<Asset, Terms> terms = new HashMap<>();
  private final Map<LocalDate, Long> expiries = new HashMap<>();

  private LeanReference(final Path hoursFile) {
    this.hoursFile = hoursFile;
  }

  /** Reads both databases of a data root. */
  static LeanReference of(final Path root) {
    final Path hoursFile = root.resolve(LeanFile.MARKET_HOURS);
    final Path termsFile = root.resolve(LeanFile.SYMBOL_PROPERTIES);
    final LeanReference reference = new LeanReference(hoursFile);
    try {
      reference.readHours();
      reference.readTerms(termsFile);
      return reference;
    } catch (final IOException e) {
      final boolean first = reference.hours.size() < Asset.values().length;
      throw new DataException(
          first ? hoursFile : termsFile,
          "",
          "cannot be read (" + e.getMessage() + ")",
          "put LEAN's file there: sessions and tick sizes of the data come from it",
          e);
    }
  }

  private void readHours() throws IOException {
    final JsonNode entries;
    try (var in = Files.newInputStream(hoursFile)) {
      entries = new ObjectMapper().readTree(in).path("entries");
    }
    for (final Asset asset : Asset.values()) {
      final String name = asset.entry + "-usa-[*]";
      final JsonNode entry = entries.path(name);
      if (entry.isMissingNode()) {
        throw new DataException(
            hoursFile, "entry " + name, "is missing", "use LEAN's own market hours database");
      }
      try {
        hours.put(asset, hours(entry));
      } catch (final DateTimeException | NumberFormatException e) {
        throw new DataException(
            hoursFile,
            "entry " + name,
            "has a date, time or zone that does not parse (" + e.getMessage() + ")",
            "use LEAN's own market hours database",
            e);
      }
    }
  }

  private static Hours hours(final JsonNode entry) {
    final Map<DayOfWeek, List<Segment>> week = new HashMap<>();
    for (final DayOfWeek day : DayOfWeek.values()) {
      final List<Segment> segments = new ArrayList<>();
      for (final JsonNode segment : entry.path(day.name().toLowerCase(Locale.ROOT))) {
        segments.add(
            new Segment(
                segment.path("state").asText(),
                secondOfDay(segment.path("start").asText()),
                secondOfDay(segment.path("end").asText())));
      }
      week.put(day, segments);
    }
    final Set<LocalDate> holidays = new HashSet<>();
    entry.path("holidays").forEach(day -> holidays.add(LocalDate.parse(day.asText(), US_DATE)));
    final Map<LocalDate, Long> earlyCloses = new HashMap<>();
    for (final Map.Entry<String, JsonNode> day : entry.path("earlyCloses").properties()) {
      earlyCloses.put(LocalDate.parse(day.getKey(), US_DATE), secondOfDay(day.getValue().asText()));
    }
    final ZoneId zone = ZoneId.of(entry.path("exchangeTimeZone").asText());
    return new Hours(zone, week, holidays, earlyCloses);
  }

  /** {@code HH:mm:ss}, or {@code 1.00:00:00} for the end of the day. */
  private static long secondOfDay(final String time) {
    if (time.equals("1.00:00:00")) {
      return SECONDS_PER_DAY;
    }
    return LocalTime.parse(time).toSecondOfDay();
  }

  private void readTerms(final Path file) throws IOException {
    for (final String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      for (final Asset asset : Asset.values()) {
        // market,symbol,type,description,quote_currency,contract_multiplier,minimum_price_variation,lot_size
        if (line.startsWith("usa,[*]," + asset.code() + ",")) {
          final String[] fields = line.split(",", -1);
          try {
            terms.put(
                asset, new Terms(fields[4], fixed(fields[5]), fixed(fields[6]), fixed(fields[7])));
          } catch (final ArrayIndexOutOfBoundsException | NumberFormatException e) {
            throw new DataException(
                file,
                "row usa,[*]," + asset.code(),
                "does not hold multiplier, tick and lot",
                "use LEAN's own symbol properties database",
                e);
          }
        }
      }
    }
    for (final Asset asset : Asset.values()) {
      if (!terms.containsKey(asset)) {
        throw new DataException(
            file,
            "row usa,[*]," + asset.code(),
            "is missing",
            "use LEAN's own symbol properties database");
      }
    }
  }

  private static long fixed(final String text) {
    final byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    return Decimal.parse(ascii, 0, ascii.length, Decimal.PLACES);
  }

  /** Terms of an asset. */
  Terms terms(final Asset asset) {
    return terms.get(asset);
  }

  /** Time zone of the exchange, as the tz database names it. */
  String zone() {
    return hours.get(Asset.EQUITY).zone.getId();
  }

  /**
   * The instant that wall-clock midnight of a date would be at the offset that holds at its noon.
   * LEAN's times are wall clock after midnight; on the two days a year when clocks move, at 02:00
   * on a Sunday, no US market is open before they do.
   */
  long dayStart(final LocalDate date) {
    final ZoneId zone = hours.get(Asset.EQUITY).zone;
    final long offset = date.atTime(12, 0).atZone(zone).getOffset().getTotalSeconds();
    return (date.toEpochDay() * SECONDS_PER_DAY - offset) * NANOS_PER_SECOND;
  }

  /**
   * The phases of a date; empty when the market is closed. An early close ends the phase that it
   * falls into and drops those after it, as LEAN does. The database keeps neither holidays nor
   * early closes for options on equities: they keep those of their underlyings.
   */
  List<Phase> phases(final Asset asset, final LocalDate date) {
    final Hours own = hours.get(asset);
    final Hours equity = hours.get(Asset.EQUITY);
    if (own.holidays.contains(date) || equity.holidays.contains(date)) {
      return List.of();
    }
    final Long early = own.earlyCloses.getOrDefault(date, equity.earlyCloses.get(date));
    final long start = dayStart(date);
    final List<Phase> phases = new ArrayList<>();
    for (final Segment segment : own.week.get(date.getDayOfWeek())) {
      final boolean cut = early != null && early < segment.close;
      if (!cut || early > segment.open) {
        phases.add(
            new Phase(
                segment.name,
                start + segment.open * NANOS_PER_SECOND,
                start + (cut ? early : segment.close) * NANOS_PER_SECOND,
                cut));
      }
    }
    return phases;
  }

  /** The regular session of a date; null when the market is closed. */
  Phase session(final Asset asset, final LocalDate date) {
    for (final Phase phase : phases(asset, date)) {
      if (phase.name.equals(MARKET)) {
        return phase;
      }
    }
    return null;
  }

  /**
   * The instant from which a contract is no more: the close of the last session on or before the
   * date in its name. Until February 2015 monthly contracts were named by the Saturday after the
   * Friday on which they last traded.
   */
  long expiry(final LocalDate named) {
    return expiries.computeIfAbsent(named, this::findExpiry);
  }

  private long findExpiry(final LocalDate named) {
    for (int back = 0; back <= MAX_CLOSED_DAYS; back++) {
      final Phase session = session(Asset.OPTION, named.minusDays(back));
      if (session != null) {
        return session.close;
      }
    }
    throw new DataException(
        hoursFile,
        "",
        "has no session in the " + MAX_CLOSED_DAYS + " days up to " + named,
        "use a database that covers the expiries of the data");
  }

  /** The date of the first session after a date. */
  LocalDate nextSession(final LocalDate date) {
    for (int ahead = 1; ahead <= MAX_CLOSED_DAYS; ahead++) {
      if (session(Asset.EQUITY, date.plusDays(ahead)) != null) {
        return date.plusDays(ahead);
      }
    }
    throw new DataException(
        hoursFile,
        "",
        "has no session in the " + MAX_CLOSED_DAYS + " days after " + date,
        "use a database that covers the dates of the data");
  }
}
