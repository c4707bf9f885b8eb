package io.millrace.tools.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to read of the curated data.
 *
 * @param curated the curated root
 * @param source first folder under it, such as {@code lean}
 * @param symbols folders of symbols, in the order in which their instruments get ids
 * @param from first date; null = from the first
 * @param to last date; null = to the last
 * @param kinds kinds to read; definitions are always read
 * @param resolution which sampling to take where a symbol has several for the same thing: {@code
 *     tick}, {@code 1s}, {@code 1m}; empty = there is no choice to make, or it is an error. Trades
 *     and bars are the same thing twice.
 */
public record Selection(
    Path curated,
    String source,
    List<String> symbols,
    LocalDate from,
    LocalDate to,
    Set<CuratedKind> kinds,
    String resolution) {
  private static final String SUFFIX = ".parquet";

  /** Name of the sampling of rows that have their own time. */
  private static final String TICK = "tick";

  /** Kinds of which one sampling of one kind is read. */
  private static final List<Set<CuratedKind>> ALTERNATIVES =
      List.of(
          EnumSet.of(CuratedKind.OPEN_INTEREST),
          EnumSet.of(CuratedKind.QUOTE),
          EnumSet.of(CuratedKind.OPTION_QUOTE),
          EnumSet.of(CuratedKind.TRADE, CuratedKind.BAR),
          EnumSet.of(CuratedKind.OPTION_TRADE));

  /** Copies its collections; symbols become lower case. */
  public Selection {
    symbols = symbols.stream().map(symbol -> symbol.toLowerCase(Locale.ROOT)).toList();
    kinds = Set.copyOf(kinds);
  }

  /** Everything of some symbols. */
  public static Selection of(
      final Path curated,
      final String source,
      final List<String> symbols,
      final LocalDate from,
      final LocalDate to) {
    return new Selection(curated, source, symbols, from, to, EnumSet.allOf(CuratedKind.class), "");
  }

  /** The files of one kind of one symbol, by date. */
  record DatedFiles(int symbolIndex, CuratedKind kind, TreeMap<LocalDate, Path> byDate) {}

  /**
   * The files of the selection: for each symbol its definitions, then each other kind.
   *
   * @throws DataException when there are none, or a choice of sampling is needed
   */
  List<DatedFiles> files() {
    if (symbols.isEmpty()) {
      throw new DataException(
          curated, "", "is to be read without a symbol", "name at least one symbol");
    }
    final List<DatedFiles> files = new ArrayList<>();
    for (int i = 0; i < symbols.size(); i++) {
      final Path folder = curated.resolve(source).resolve(symbols.get(i));
      final TreeMap<String, TreeMap<LocalDate, Path>> found = found(folder);
      final List<DatedFiles> events = new ArrayList<>();
      for (final Set<CuratedKind> alternatives : ALTERNATIVES) {
        final String name = chosen(folder, alternatives, found.keySet());
        if (name != null) {
          events.add(new DatedFiles(i, CuratedKind.ofFolder(name), found.get(name)));
        }
      }
      if (events.isEmpty()) {
        throw new DataException(
            folder,
            "",
            "holds no events "
                + (from == null ? "" : "from " + from + " ")
                + (to == null ? "" : "to " + to + " ")
                + "of the kinds asked for",
            "import the data first, or choose other dates");
      }
      files.add(definitions(i, folder, found, events));
      files.addAll(events);
    }
    return files;
  }

  private static DatedFiles definitions(
      final int symbolIndex,
      final Path folder,
      final TreeMap<String, TreeMap<LocalDate, Path>> found,
      final List<DatedFiles> events) {
    final TreeMap<LocalDate, Path> definitions =
        found.getOrDefault(CuratedKind.INSTRUMENT.code(), new TreeMap<>());
    for (final DatedFiles kind : events) {
      for (final LocalDate date : kind.byDate.keySet()) {
        if (!definitions.containsKey(date)) {
          throw new DataException(
              folder.resolve(CuratedKind.INSTRUMENT.code()).resolve(date + SUFFIX),
              "",
              "is missing, though there is " + kind.kind.code() + " of that date",
              "import the date again");
        }
      }
    }
    return new DatedFiles(symbolIndex, CuratedKind.INSTRUMENT, definitions);
  }

  /** The folder to read of several that tell the same; null when there is none. */
  private String chosen(
      final Path symbol, final Set<CuratedKind> alternatives, final Set<String> found) {
    final List<String> there =
        found.stream()
            .filter(folder -> alternatives.contains(CuratedKind.ofFolder(folder)))
            .toList();
    if (there.size() <= 1) {
      return there.isEmpty() ? null : there.get(0);
    }
    final List<String> wanted =
        there.stream().filter(folder -> samplingOf(folder).equals(resolution)).toList();
    if (wanted.size() == 1) {
      return wanted.get(0);
    }
    final String choices =
        there.stream().map(Selection::samplingOf).distinct().collect(Collectors.joining(", "));
    throw new DataException(
        symbol,
        "",
        "holds the same in several samplings (" + String.join(", ", there) + ")",
        "choose a resolution of " + choices);
  }

  private static String samplingOf(final String folder) {
    final String sampling = CuratedKind.ofFolder(folder).resolutionOf(folder);
    return sampling.isEmpty() ? TICK : sampling;
  }

  /** The files of the dates and kinds, by folder; folders without any are left out. */
  private TreeMap<String, TreeMap<LocalDate, Path>> found(final Path folder) {
    final TreeMap<String, TreeMap<LocalDate, Path>> found = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder, "", "does not exist", "import data of this symbol, or correct its name");
    }
    try {
      for (final Path child : list(folder)) {
        final CuratedKind kind = CuratedKind.ofFolder(child.getFileName().toString());
        if (kind != null
            && kind.isEvent()
            && (kind == CuratedKind.INSTRUMENT || kinds.contains(kind))) {
          final TreeMap<LocalDate, Path> byDate = byDate(child);
          if (!byDate.isEmpty()) {
            found.put(child.getFileName().toString(), byDate);
          }
        }
      }
    } catch (final IOException e) {
      throw new DataException(
          folder, "", "cannot be read (" + e + ")", "see that it is readable", e);
    }
    return found;
  }

  private TreeMap<LocalDate, Path> byDate(final Path folder) throws IOException {
    final TreeMap<LocalDate, Path> byDate = new TreeMap<>();
    for (final Path file : list(folder)) {
      final String name = file.getFileName().toString();
      if (name.endsWith(SUFFIX)) {
        final LocalDate date = date(file, name.substring(0, name.length() - SUFFIX.length()));
        if ((from == null || !date.isBefore(from)) && (to == null || !date.isAfter(to))) {
          byDate.put(date, file);
        }
      }
    }
    return byDate;
  }

  private static LocalDate date(final Path file, final String name) {
    try {
      return LocalDate.parse(name);
    } catch (final DateTimeException e) {
      throw new DataException(
          file, "", "is not named by a date", "name it like 2015-12-24.parquet, or remove it", e);
    }
  }

  private static TreeSet<Path> list(final Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
