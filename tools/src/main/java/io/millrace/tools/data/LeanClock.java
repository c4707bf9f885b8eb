package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import io.millrace.tools.data.LeanReference.Phase;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;

/**
 * When a row of a LEAN file is known, and which curated part it belongs to.
 *
 * <p>LEAN's times are milliseconds after midnight, or date and time in files of several dates, in
 * the zone of the data. That of a bar is its start; the event time is its end, the first instant at
 * which the bar can be known: for a daily bar the close of the session.
 */
final class LeanClock {
  /** Decimal places of an event time when it is read from milliseconds as nanoseconds. */
  private static final int MILLIS_TO_NANOS_PLACES = 6;

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  /** Characters of a date and time such as {@code 20151224 09:00}. */
  private static final int DATE_TIME_LENGTH = 14;

  private static final int TIME_AT = 9;

  private final LeanFile file;
  private final LeanReference reference;
  private final ImportRequest request;
  private final Adjustment adjustment;
  private final long interval;
  private LocalDate day;
  private long dayStart;
  private long last;
  private long start;
  private long time;
  private long part;
  private boolean wanted;

  /**
   * @param adjustment is turned to the date of each row
   */
  LeanClock(
      final LeanFile file,
      final LeanReference reference,
      final ImportRequest request,
      final Adjustment adjustment) {
    this.file = file;
    this.reference = reference;
    this.request = request;
    this.adjustment = adjustment;
    this.interval = file.intervalNanos();
    if (file.date() != null) {
      turnTo(file.date());
      part = Curation.partOf(day);
    }
  }

  /** Begins an entry, whose rows have an order of their own. */
  void begin() {
    last = Long.MIN_VALUE;
  }

  /** Begins a row, which is wanted until its date says otherwise. */
  void beginRow() {
    wanted = true;
    start = last;
  }

  /** Ends a row that was good: those after it are later. */
  void endRow() {
    last = start;
  }

  /** Says that a row is none of those that count, such as a line of names. */
  void passOver() {
    wanted = false;
  }

  /** Whether the row at hand is of a date that is asked for. */
  boolean wanted() {
    return wanted;
  }

  /** When the row at hand is known, nanoseconds UTC. */
  long time() {
    return time;
  }

  /** The part that the row at hand belongs to, as {@link Curation} keys them. */
  long part() {
    return part;
  }

  /** Date of the row at hand. */
  LocalDate day() {
    return day;
  }

  /** Midnight of that date in the zone of the data, nanoseconds UTC. */
  long dayStart() {
    return dayStart;
  }

  private void turnTo(final LocalDate date) {
    day = date;
    dayStart = reference.dayStart(file.venue(), date);
    adjustment.on(date);
  }

  /** Reads the time of a bar, which is after that of the row before. */
  void bar(final CsvLines row) throws BadRowException {
    if (file.date() != null) {
      start = dayStart + millis(row);
      time = start + interval;
    } else {
      start = dateTime(row);
      part = Curation.partOfYear(day.getYear());
      wanted = request.takesYear(day.getYear());
      time = end(row);
    }
    checkOrder(row);
  }

  /** Reads the time of a tick, which is its own. */
  void tick(final CsvLines row) throws BadRowException {
    start = dayStart + millis(row);
    time = start;
    if (start < last) {
      throw new BadRowException(
          RowRefusal.TIME_BACKWARDS, "column 1 is " + row.text(0) + ", before the row before");
    }
  }

  /** Reads a time of its own that is after that of the row before. */
  void instant(final CsvLines row) throws BadRowException {
    if (file.date() != null) {
      start = dayStart + millis(row);
    } else {
      start = dateTime(row);
      part = Curation.partOf(day);
      wanted = request.takes(day);
    }
    time = start;
    checkOrder(row);
  }

  /**
   * Reads the time of what was published before a session: at the end of its interval, or where
   * that is the day, at the open, since nothing is said but that it was known before.
   */
  void beforeSession(final CsvLines row) throws BadRowException {
    if (file.date() != null) {
      instant(row);
      return;
    }
    start = dateTime(row);
    part = Curation.partOfYear(day.getYear());
    time = interval == NANOS_PER_DAY ? session(row).open() : start + interval;
    checkOrder(row);
  }

  /** Says when all rows of a file of one date are known. */
  void known(final long instant) {
    time = instant;
  }

  private void checkOrder(final CsvLines row) throws BadRowException {
    if (start <= last) {
      throw new BadRowException(
          RowRefusal.TIME_BACKWARDS, "column 1 is " + row.text(0) + ", not after the row before");
    }
  }

  /** The instant at which a daily or hourly bar is over. */
  private long end(final CsvLines row) throws BadRowException {
    if (reference.alwaysOpen(file.venue())) {
      return start + interval;
    }
    final Phase session = session(row);
    if (interval == NANOS_PER_DAY) {
      return session.close();
    }
    final boolean cut = start < session.close() && start + interval > session.close();
    return cut ? session.close() : start + interval;
  }

  private Phase session(final CsvLines row) throws BadRowException {
    final Phase session = reference.session(file.venue(), day);
    if (session == null) {
      throw new BadRowException(
          RowRefusal.MARKET_CLOSED,
          "column 1 is "
              + row.text(0)
              + ", when the market was closed by "
              + LeanFile.MARKET_HOURS);
    }
    return session;
  }

  /** Reads a date and time, and turns to that date. */
  private long dateTime(final CsvLines row) throws BadRowException {
    final String text = row.text(0);
    try {
      final LocalDate date = LocalDate.parse(text.substring(0, 8), DAY);
      if (!date.equals(day)) {
        turnTo(date);
      }
      if (text.length() < DATE_TIME_LENGTH) {
        throw new DateTimeException("too short");
      }
      if (file.year() != 0 && date.getYear() != file.year()) {
        throw new BadRowException(
            RowRefusal.TIME_OUTSIDE_DAY,
            "column 1 is " + text + ", in a file of the year " + file.year());
      }
      return dayStart + LocalTime.parse(text.substring(TIME_AT)).toNanoOfDay();
    } catch (final DateTimeException | StringIndexOutOfBoundsException e) {
      throw new BadRowException(
          RowRefusal.BAD_DATE,
          "column 1 is '" + text + "', no date and time such as 20151224 09:00");
    }
  }

  /** Nanoseconds after midnight. */
  private static long millis(final CsvLines row) throws BadRowException {
    final long time = row.decimal(0, MILLIS_TO_NANOS_PLACES);
    if (time < 0 || time >= NANOS_PER_DAY) {
      throw new BadRowException(
          RowRefusal.TIME_OUTSIDE_DAY,
          "column 1 is " + row.text(0) + ", no milliseconds after midnight");
    }
    return time;
  }
}
