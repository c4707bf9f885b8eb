package io.millrace.tools.data;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to import, whatever the format.
 *
 * @param sources folders or files of the format
 * @param out the curated root
 * @param symbols lower-case symbols to take; empty = all
 * @param from first date to take; null = from the first
 * @param to last date to take; null = to the last
 * @param skipBadRows whether a wrong row is left out and counted, instead of refusing the import
 * @param resolutions samplings to take, such as {@code 1m}, {@code 1d}, {@code tick}; empty = all
 */
public record ImportRequest(
    List<Path> sources,
    Path out,
    Set<String> symbols,
    LocalDate from,
    LocalDate to,
    boolean skipBadRows,
    Set<String> resolutions) {
  /** Name of the sampling of rows that have their own time. */
  static final String TICK = "tick";

  /** Copies its collections; symbols and resolutions become lower case. */
  public ImportRequest {
    sources = List.copyOf(sources);
    symbols = lower(symbols);
    resolutions = lower(resolutions);
  }

  /** All samplings. */
  public ImportRequest(
      final List<Path> sources,
      final Path out,
      final Set<String> symbols,
      final LocalDate from,
      final LocalDate to,
      final boolean skipBadRows) {
    this(sources, out, symbols, from, to, skipBadRows, Set.of());
  }

  private static Set<String> lower(final Set<String> names) {
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether rows of a date are wanted. */
  boolean takes(final LocalDate date) {
    return (from == null || !date.isBefore(from)) && (to == null || !date.isAfter(to));
  }

  /** Whether any date of a year is wanted. */
  boolean takesYear(final int year) {
    return (from == null || from.getYear() <= year) && (to == null || to.getYear() >= year);
  }

  /** Whether a sampling is wanted; empty is that of ticks. */
  boolean takesResolution(final String resolution) {
    return resolutions.isEmpty() || resolutions.contains(resolution.isEmpty() ? TICK : resolution);
  }

  /** Whether a symbol is wanted, by any of the names it goes by. */
  boolean takesSymbol(final String... names) {
    if (symbols.isEmpty()) {
      return true;
    }
    for (final String name : names) {
      if (symbols.contains(name.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
