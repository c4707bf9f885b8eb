package io.millrace.tools.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tools.data.Definition.Terms;
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

/** Market hours and instrument terms of a LEAN data root. */
final class LeanReference {
  /** What is traded, by its names in LEAN's two databases. */
  enum Asset {
    EQUITY("Equity"),
    OPTION("Option"),
    INDEX("Index"),
    INDEXOPTION("IndexOption"),
    CRYPTO("Crypto"),
    CRYPTOFUTURE("CryptoFuture"),
    FUTURE("Future");

    private final String entry;

    Asset(final String entry) {
      this.entry = entry;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is traded where.
   *
   * @param asset what
   * @param market LEAN's name of the exchange, such as {@code usa}
   * @param ticker lower-case ticker; {@code [*]} = any
   */
  record Venue(Asset asset, String market, String ticker) {
    /** US equities. */
    static final Venue EQUITIES = new Venue(Asset.EQUITY, "usa", ANY);

    /** Options on US equities. */
    static final Venue OPTIONS = new Venue(Asset.OPTION, "usa", ANY);

    private String hoursEntry() {
      return asset.entry + "-" + market + "-" + ticker.toUpperCase(Locale.ROOT);
    }

    private String termsEntry() {
      return (market + "," + ticker + "," + asset.code()).toUpperCase(Locale.ROOT);
    }

    /** The market whose holidays and early closes it keeps where it has none of its own. */
    private Venue model() {
      return switch (asset) {
        case OPTION -> EQUITIES;
        case INDEXOPTION ->
            new Venue(
                Asset.INDEX,
                market,
                ListedOptions.underlying(ticker.toUpperCase(Locale.ROOT)).toLowerCase(Locale.ROOT));
        default -> this;
      };
    }

    private Venue any() {
      return new Venue(asset, market, ANY);
    }
  }

  /** A phase of a date, in nanoseconds UTC. */
  record Phase(String name, long open, long close, boolean earlyClose) {}

  /** What an expiry is known by: the options of a venue and the date in a contract's name. */
  private record Expiry(Venue venue, LocalDate named) {}

  private record Segment(String name, long open, long close) {}

  private record Hours(
      ZoneId zone,
      ZoneId dataZone,
      Map<DayOfWeek, List<Segment>> week,
      Set<LocalDate> holidays,
      Map<LocalDate, Long> earlyCloses,
      Map<LocalDate, Long> lateOpens) {
    boolean alwaysOpen() {
      for (final DayOfWeek day : DayOfWeek.values()) {
        final List<Segment> segments = week.get(day);
        if (segments.size() != 1
            || segments.get(0).open != 0
            || segments.get(0).close != SECONDS_PER_DAY) {
          return false;
        }
      }
      return true;
    }
  }

  /** The regular session among the phases. */
  static final String MARKET = "market";

  private static final String ANY = "[*]";
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SECONDS_PER_DAY = 86_400L;
  private static final DateTimeFormatter US_DATE =
      DateTimeFormatter.ofPattern("M/d/uuuu", Locale.ROOT);

  /**
   * A contract's last session is looked for this far before its date: longer than any closure since
   * 1934.
   */
  private static final int MAX_CLOSED_DAYS = 10;

  /** Columns of a row of the symbol properties up to the lot size. */
  private static final int TERMS_COLUMNS = 8;

  private static final int LEAST_ORDER_COLUMN = 9;

  private final Path hoursFile;
  private final Path termsFile;
  private final JsonNode entries;
  private final Map<String, String[]> termsRows = new HashMap<>();
  private final Map<Venue, Hours> hours = new HashMap<>();
  private final Map<Venue, Terms> terms = new HashMap<>();
  private final Map<Expiry, Long> expiries = new HashMap<>();

  private LeanReference(final Path hoursFile, final Path termsFile) throws IOException {
    this.hoursFile = hoursFile;
    this.termsFile = termsFile;
    try (var in = Files.newInputStream(hoursFile)) {
      entries = new ObjectMapper().readTree(in).path("entries");
    }
  }

  /** Reads both databases of a data root. */
  static LeanReference of(final Path root) {
    final Path hoursFile = root.resolve(LeanFile.MARKET_HOURS);
    final Path termsFile = root.resolve(LeanFile.SYMBOL_PROPERTIES);
    Path read = hoursFile;
    try {
      final LeanReference reference = new LeanReference(hoursFile, termsFile);
      read = termsFile;
      reference.readTerms();
      return reference;
    } catch (final IOException e) {
      throw new DataException(
          read,
          "",
          "cannot be read (" + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")",
          "put LEAN's file there: sessions and tick sizes of the data come from it",
          e);
    }
  }

  private void readTerms() throws IOException {
    // market,symbol,type,description,quote_currency,contract_multiplier,minimum_price_variation,
    // lot_size,market_ticker,minimum_order_size
    for (final String line : Files.readAllLines(termsFile, StandardCharsets.UTF_8)) {
      final String[] fields = line.split(",", -1);
      if (fields.length >= TERMS_COLUMNS && !line.startsWith("#")) {
        termsRows.put(
            (fields[0] + "," + fields[1] + "," + fields[2]).toUpperCase(Locale.ROOT), fields);
      }
    }
  }

  // ---- hours

  private Hours hours(final Venue venue) {
    return hours.computeIfAbsent(venue, this::readHours);
  }

  private Hours readHours(final Venue venue) {
    final String any = venue.any().hoursEntry();
    final String name = entries.has(venue.hoursEntry()) ? venue.hoursEntry() : any;
    final JsonNode entry = entries.path(name);
    if (entry.isMissingNode()) {
      throw new DataException(
          hoursFile, "entry " + name, "is missing", "use LEAN's own market hours database");
    }
    try {
      final Hours own = parse(entry);
      if (!name.equals(any) && entries.has(any)) {
        inherit(own, parse(entries.path(any)));
      }
      return own;
    } catch (final DateTimeException | NumberFormatException e) {
      throw new DataException(
          hoursFile,
          "entry " + name,
          "has a date, time or zone that does not parse (" + e.getMessage() + ")",
          "use LEAN's own market hours database",
          e);
    }
  }

  /** An entry of its own keeps the special days of its market, unless it says otherwise. */
  private static void inherit(final Hours own, final Hours market) {
    for (final LocalDate holiday : market.holidays) {
      if (!own.earlyCloses.containsKey(holiday) && !own.lateOpens.containsKey(holiday)) {
        own.holidays.add(holiday);
      }
    }
    market.earlyCloses.forEach(
        (date, close) ->
            own.earlyCloses.putIfAbsent(date, shifted(close, date, market.zone, own.zone)));
  }

  /** A second of a date as the clock of another zone shows it, at the offsets of its noon. */
  private static long shifted(
      final long second, final LocalDate date, final ZoneId from, final ZoneId to) {
    return second + (dayStart(from, date) - dayStart(to, date)) / NANOS_PER_SECOND;
  }

  private static Hours parse(final JsonNode entry) {
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
    final ZoneId zone = ZoneId.of(entry.path("exchangeTimeZone").asText());
    final String data = entry.path("dataTimeZone").asText("");
    return new Hours(
        zone,
        data.isEmpty() ? zone : ZoneId.of(data),
        week,
        holidays,
        times(entry.path("earlyCloses")),
        times(entry.path("lateOpens")));
  }

  private static Map<LocalDate, Long> times(final JsonNode days) {
    final Map<LocalDate, Long> times = new HashMap<>();
    for (final Map.Entry<String, JsonNode> day : days.properties()) {
      times.put(LocalDate.parse(day.getKey(), US_DATE), secondOfDay(day.getValue().asText()));
    }
    return times;
  }

  /** {@code HH:mm:ss}, or {@code 1.00:00:00} for the end of the day. */
  private static long secondOfDay(final String time) {
    if (time.equals("1.00:00:00") || time.equals("1:00:00:00")) {
      return SECONDS_PER_DAY;
    }
    return LocalTime.parse(time).toSecondOfDay();
  }

  // ---- terms

  /** Terms of an instrument. */
  Terms terms(final Venue venue) {
    return terms.computeIfAbsent(venue, this::findTerms);
  }

  private Terms findTerms(final Venue venue) {
    String[] row = termsRows.get(venue.termsEntry());
    if (row == null) {
      row = termsRows.get(venue.any().termsEntry());
    }
    if (row == null) {
      throw new DataException(
          termsFile,
          "row "
              + venue.market
              + ","
              + venue.ticker.toUpperCase(Locale.ROOT)
              + ","
              + venue.asset.code(),
          "is missing",
          "use LEAN's own symbol properties database, or add the row");
    }
    try {
      return new Terms(row[4], fixed(row[5]), fixed(row[6]), fixed(row[7]), leastOrder(venue, row));
    } catch (final NumberFormatException | ArithmeticException e) {
      throw new DataException(
          termsFile,
          "row " + row[0] + "," + row[1] + "," + row[2],
          "does not hold multiplier, tick and lot",
          "use LEAN's own symbol properties database",
          e);
    }
  }

  /** The least order is a value in the quote currency on Binance; elsewhere it is a quantity. */
  private static long leastOrder(final Venue venue, final String[] row) {
    return venue.asset == Asset.CRYPTO
            && venue.market.startsWith("binance")
            && row.length > LEAST_ORDER_COLUMN
            && !row[LEAST_ORDER_COLUMN].isBlank()
        ? fixed(row[LEAST_ORDER_COLUMN])
        : 0;
  }

  private static long fixed(final String text) {
    final byte[] ascii = text.strip().getBytes(StandardCharsets.US_ASCII);
    return Decimal.parse(ascii, 0, ascii.length, Decimal.PLACES);
  }

  // ---- days

  /** Time zone of the exchange, as the tz database names it. */
  String zone(final Venue venue) {
    return hours(venue).zone.getId();
  }

  /** Whether the market never closes. */
  boolean alwaysOpen(final Venue venue) {
    return hours(venue).alwaysOpen();
  }

  /**
   * The instant that wall-clock midnight of a date would be at the offset that holds at its noon,
   * in the zone of the data. LEAN's times are wall clock after midnight; on the two days a year
   * when clocks move, at 02:00 on a Sunday, no US market is open before they do.
   */
  long dayStart(final Venue venue, final LocalDate date) {
    return dayStart(hours(venue).dataZone, date);
  }

  private static long dayStart(final ZoneId zone, final LocalDate date) {
    final long offset = date.atTime(12, 0).atZone(zone).getOffset().getTotalSeconds();
    return (date.toEpochDay() * SECONDS_PER_DAY - offset) * NANOS_PER_SECOND;
  }

  /**
   * The phases of a date; empty when the market is closed. An early close ends the phase that it
   * falls into and drops those after it, unless the market opens again late. The database keeps
   * neither holidays nor early closes for options: they keep those of their underlyings.
   */
  List<Phase> phases(final Venue venue, final LocalDate date) {
    final Hours own = hours(venue);
    final Hours model = hours(venue.model());
    if (own.holidays.contains(date) || model.holidays.contains(date)) {
      return List.of();
    }
    final Long early = earlyClose(own, model, date);
    final Long late = own.lateOpens.get(date);
    final long start = dayStart(own.zone, date);
    final List<Phase> phases = new ArrayList<>();
    for (final Segment segment : own.week.get(date.getDayOfWeek())) {
      final boolean cut = early != null && early < segment.close && early > segment.open;
      final boolean dropped =
          early != null && early <= segment.open && (late == null || late > segment.open);
      if (!dropped) {
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

  private static Long earlyClose(final Hours own, final Hours model, final LocalDate date) {
    final Long modelled = model.earlyCloses.get(date);
    return modelled == null || own.earlyCloses.containsKey(date)
        ? own.earlyCloses.get(date)
        : Long.valueOf(shifted(modelled, date, model.zone, own.zone));
  }

  /** The regular session of a date; null when the market is closed. */
  Phase session(final Venue venue, final LocalDate date) {
    for (final Phase phase : phases(venue, date)) {
      if (phase.name.equals(MARKET)) {
        return phase;
      }
    }
    return null;
  }

  /**
   * The unbroken stretch of phases that holds an instant, or the next one: what counts as the
   * session of a market that trades round the clock but for a break.
   */
  Phase stretch(final Venue venue, final long instant) {
    final LocalDate first =
        LocalDate.ofEpochDay(Math.floorDiv(instant, NANOS_PER_SECOND * SECONDS_PER_DAY) - 2);
    Phase open = null;
    for (int i = 0; i < MAX_CLOSED_DAYS; i++) {
      for (final Phase phase : phases(venue, first.plusDays(i))) {
        if (open != null && open.close == phase.open) {
          open = new Phase(MARKET, open.open, phase.close, phase.earlyClose);
        } else if (open != null && open.close > instant) {
          return open;
        } else {
          open = new Phase(MARKET, phase.open, phase.close, phase.earlyClose);
        }
      }
    }
    if (open != null && open.close > instant) {
      return open;
    }
    throw noSession("around " + first);
  }

  /**
   * The instant from which an option is no more. On equities: the close of the last session on or
   * before the date in its name. Until February 2015 monthly contracts were named by the Saturday
   * after the Friday on which they last traded. On indices: on the date of that session at the time
   * of its root, or at an early close that comes first. On futures: as the exchange has it.
   *
   * @param venue of the options
   * @param named the date in the contract's name
   */
  long expiry(final Venue venue, final LocalDate named) {
    return expiries.computeIfAbsent(new Expiry(venue, named), this::findExpiry);
  }

  private long findExpiry(final Expiry expiry) {
    if (expiry.venue.asset == Asset.FUTURE) {
      return FutureExpiry.ofOption(expiry.venue.ticker, expiry.named);
    }
    for (int back = 0; back <= MAX_CLOSED_DAYS; back++) {
      final LocalDate date = expiry.named.minusDays(back);
      final Phase session = session(expiry.venue, date);
      if (session != null && expiry.venue.asset == Asset.INDEXOPTION) {
        final String root = expiry.venue.ticker.toUpperCase(Locale.ROOT);
        return Math.min(ListedOptions.expiry(root, date), session.close);
      }
      if (session != null) {
        return session.close;
      }
    }
    throw noSession("in the " + MAX_CLOSED_DAYS + " days up to " + expiry.named);
  }

  /** The date of the first session after a date. */
  LocalDate nextSession(final LocalDate date) {
    for (int ahead = 1; ahead <= MAX_CLOSED_DAYS; ahead++) {
      if (session(Venue.EQUITIES, date.plusDays(ahead)) != null) {
        return date.plusDays(ahead);
      }
    }
    throw noSession("in the " + MAX_CLOSED_DAYS + " days after " + date);
  }

  private DataException noSession(final String when) {
    return new DataException(
        hoursFile,
        "",
        "has no session " + when,
        "use a database that covers the dates of the data");
  }
}
