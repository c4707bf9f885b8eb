package io.millrace.tools;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.TypeConversionException;

/**
 * A date, or an instant of UTC, as an option gives it.
 *
 * @param date the date; of an instant its UTC date
 * @param instant null = a date is meant, whole
 */
record Moment(LocalDate date, Instant instant) {
  private static final long NANOS = 1_000_000_000L;

  /** Reads {@code 2015-12-24} or {@code 2015-12-24T15:00:00Z}. */
  static Moment parse(final String text) {
    try {
      if (text.indexOf('T') < 0) {
        return new Moment(LocalDate.parse(text), null);
      }
      final Instant instant = Instant.parse(text);
      return new Moment(instant.atZone(ZoneOffset.UTC).toLocalDate(), instant);
    } catch (final DateTimeException e) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no date such as 2015-12-24, nor an instant such as 2015-12-24T15:00:00Z");
    }
  }

  /** An instant's nanoseconds since the epoch; of a date the other. */
  long nanosOr(final long other) {
    return instant == null ? other : instant.getEpochSecond() * NANOS + instant.getNano();
  }

  @Override
  public String toString() {
    return instant == null ? date.toString() : instant.toString();
  }
}
