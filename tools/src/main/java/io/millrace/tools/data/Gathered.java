package io.millrace.tools.data;

import io.millrace.tools.data.Definition.Terms;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows of one symbol from any number of source files, by kind and sampling, until all are read and
 * go out date by date, with definitions and sessions beside them.
 */
final class Gathered implements AutoCloseable {
  private static final long NANOS_PER_HOUR = 3_600_000_000_000L;

  private final Curation curation;
  private final String symbol;
  private final String name;
  private final TradingDays days;
  private final TreeMap<String, Sheet> sheets = new TreeMap<>();
  private final StepFinder tick = new StepFinder();
  private final StepFinder lot = new StepFinder();
  private Sheet last;
  private LocalDate date;
  private long dateStart = Long.MAX_VALUE;
  private long dateEnd = Long.MIN_VALUE;

  private record Sheet(CuratedKind kind, String resolution, boolean yearly, CuratedWriter rows) {}

  /**
   * @param symbol folder of the symbol, lower case
   */
  Gathered(final Curation curation, final String symbol, final TradingDays days) {
    this.curation = curation;
    this.symbol = symbol;
    this.name = symbol.toUpperCase(Locale.ROOT);
    this.days = days;
  }

  /** Upper-case symbol, as rows carry it. */
  String name() {
    return name;
  }

  /** Learns the tick from prices. */
  StepFinder tick() {
    return tick;
  }

  /** Learns the lot from sizes. */
  StepFinder lot() {
    return lot;
  }

  /**
   * Starts a row and puts its symbol, unless it is one of an option.
   *
   * @param resolution sampling; empty for rows of their own time
   * @param time event time; the end of what a sampled row covers
   */
  CuratedWriter row(final CuratedKind kind, final String resolution, final long time)
      throws SQLException {
    final Sheet sheet = sheet(kind, resolution);
    turnTo(resolution.isEmpty() ? time : time - 1);
    final long part = sheet.yearly ? Curation.partOfYear(date.getYear()) : Curation.partOf(date);
    final CuratedWriter rows = sheet.rows.row(time, part);
    return kind.isContracts() ? rows : rows.put(name);
  }

  private void turnTo(final long time) {
    if (time < dateStart || time >= dateEnd) {
      date = days.dateOf(time);
      dateStart = days.start(date);
      dateEnd = days.start(date.plusDays(1));
    }
  }

  /** The date that an event of a time of its own is of. */
  LocalDate dateOf(final long time) {
    turnTo(time);
    return date;
  }

  private Sheet sheet(final CuratedKind kind, final String resolution) throws SQLException {
    if (last != null && last.kind == kind && last.resolution.equals(resolution)) {
      return last;
    }
    final String folder = kind.folder(resolution);
    Sheet sheet = sheets.get(folder);
    if (sheet == null) {
      sheet = new Sheet(kind, resolution, isYearly(resolution), curation.writer(kind));
      sheets.put(folder, sheet);
    }
    last = sheet;
    return sheet;
  }

  /** Whether rows of a sampling are so few that a file holds a year of them. */
  static boolean isYearly(final String resolution) {
    return intervalOf(resolution) >= NANOS_PER_HOUR;
  }

  /** Nanoseconds of a sampling such as {@code 5m}; 0 for rows of their own time. */
  static long intervalOf(final String resolution) {
    if (resolution.isEmpty()) {
      return 0;
    }
    final long count = Long.parseLong(resolution.substring(0, resolution.length() - 1));
    return count
        * switch (resolution.charAt(resolution.length() - 1)) {
          case 's' -> NANOS_PER_HOUR / 3_600;
          case 'm' -> NANOS_PER_HOUR / 60;
          case 'h' -> NANOS_PER_HOUR;
          default -> 24 * NANOS_PER_HOUR;
        };
  }

  /**
   * Writes everything.
   *
   * @param sources files that were read for the symbol
   * @param definition the instrument, but for its session
   */
  void finish(final List<Path> sources, final Definition definition)
      throws SQLException, IOException {
    final TreeSet<Long> parts = new TreeSet<>();
    for (final Map.Entry<String, Sheet> entry : sheets.entrySet()) {
      final Sheet sheet = entry.getValue();
      for (final long part : sheet.rows.parts()) {
        if (!curation.takes(part)) {
          curation.leaveOut(sheet.rows.extent(part).rows());
          continue;
        }
        parts.add(part);
        curation.finish(symbol, sheet.kind, sheet.resolution, part, null, sources, sheet.rows);
      }
    }
    for (final long part : parts) {
      define(definition, part);
    }
  }

  private void define(final Definition definition, final long part)
      throws SQLException, IOException {
    final List<LocalDate> dates = dates(part);
    try (CuratedWriter instruments = curation.writer(CuratedKind.INSTRUMENT);
        CuratedWriter sessions = curation.writer(CuratedKind.SESSION)) {
      for (final LocalDate day : dates) {
        final long start = days.start(day);
        definition.during(days, day).write(instruments, start, part);
        sessions.row(start, part).put(name).put(day).put(definition.kind()).put("market");
        sessions.put(days.alwaysOpen() ? start : days.open(day));
        sessions.put(days.alwaysOpen() ? days.start(day.plusDays(1)) : days.close(day));
        sessions.put(false).end();
      }
      final long first = days.start(dates.get(0));
      for (final Curation.Contract contract : curation.contracts(symbol, part)) {
        option(definition, contract, days, dates.get(0)).write(instruments, first, part);
      }
      curation.finish(symbol, CuratedKind.INSTRUMENT, "", part, null, List.of(), instruments);
      curation.finish(symbol, CuratedKind.SESSION, "", part, null, List.of(), sessions);
    }
  }

  /** Dates of a part that need a definition of their own. */
  private List<LocalDate> dates(final long part) throws SQLException, IOException {
    if (part >= 0) {
      return List.of(LocalDate.ofEpochDay(part));
    }
    final long[] span = curation.span(symbol, part);
    final List<LocalDate> dates = new ArrayList<>();
    final LocalDate end = days.dateOf(span[1] - 1);
    for (LocalDate day = days.dateOf(span[0] - 1); !day.isAfter(end); day = day.plusDays(1)) {
      final boolean weekend =
          day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
      if (days.alwaysOpen() ? dates.isEmpty() : !weekend || dates.isEmpty()) {
        dates.add(day);
      }
    }
    return dates;
  }

  private static Definition option(
      final Definition underlying,
      final Curation.Contract contract,
      final TradingDays days,
      final LocalDate day) {
    return new Definition(
            contract.symbol(),
            "option",
            new Definition.Contract(
                underlying.symbol(),
                contract.right(),
                contract.style(),
                contract.strike(),
                contract.expiry()),
            underlying.kind().equals("index") ? "cash" : "physical",
            ListedOptions.expiry(contract.symbol(), contract.expiry()),
            ListedOptions.TERMS,
            days.zone().getId(),
            0,
            0)
        .during(days, day);
  }

  /** Terms with the steps that were learned where none are given. */
  Terms learned(final Terms given) {
    return new Terms(
        given.currency(),
        given.multiplier(),
        given.tickSize() == 0 ? tick.step() : given.tickSize(),
        given.lotSize() == 0 ? lot.step() : given.lotSize(),
        given.minNotional());
  }

  @Override
  public void close() throws SQLException {
    for (final Sheet sheet : sheets.values()) {
      sheet.rows.close();
    }
  }
}
