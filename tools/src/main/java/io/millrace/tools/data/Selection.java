package io.millrace.tools.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
 * @param resolution samplings to take, the preferred one first, separated by commas: {@code tick},
 *     {@code 1s}, {@code 1m}, {@code 1h}, {@code 1d}. Of the samplings that a symbol has of one
 *     thing the first of these is read, and none when it has none of these; trades and bars are the
 *     same thing twice. Empty = each thing has one sampling, or it is an error
 */
public record Selection(
    Path curated,
    String source,
    List<String> symbols,
    LocalDate from,
    LocalDate to,
    Set<CuratedKind> kinds,
    String resolution) {
  private static final Pattern BY_MINUTES = Pattern.compile("\\d+[mhd]");
  private static final String SUFFIX = ".parquet";
  private static final int SHOWN = 10;

  /** Kinds of which one sampling of one kind is read. */
  private static final List<Set<CuratedKind>> ALTERNATIVES =
      List.of(
          EnumSet.of(CuratedKind.OPEN_INTEREST),
          EnumSet.of(CuratedKind.FUNDING),
          EnumSet.of(CuratedKind.MARK_PRICE),
          EnumSet.of(CuratedKind.DEPTH),
          EnumSet.of(CuratedKind.VENDOR_GREEKS),
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

  /**
   * The files of one kind of one symbol, by the date or year that they are named by.
   *
   * @param yearly whether they are of a year each, and so may hold dates outside the selection
   */
  record DatedFiles(
      int symbolIndex, CuratedKind kind, boolean yearly, TreeMap<String, Path> byName) {
    /** Upper-case symbol of the folder that they lie in. */
    String folder() {
      final Path kindFolder = byName.firstEntry().getValue().getParent();
      return kindFolder.getParent().getFileName().toString().toUpperCase(Locale.ROOT);
    }

    /** Whether its rows are of whole minutes, or move no price. */
    boolean byMinutes() {
      final String folder = byName.firstEntry().getValue().getParent().getFileName().toString();
      return switch (kind) {
        case QUOTE, DEPTH, OPTION_QUOTE, TRADE, BAR, OPTION_TRADE ->
            BY_MINUTES.matcher(kind.resolutionOf(folder)).matches();
        default -> true;
      };
    }

    /**
     * Place among rows of the same instant: by kind, then by symbol; unique.
     *
     * @param symbols number of symbols of the selection
     */
    int rank(final int symbols) {
      return 2 * (kind.rank() * symbols + symbolIndex) + (yearly ? 0 : 1);
    }
  }

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
      final TreeMap<String, TreeMap<String, Path>> found = found(folder);
      final List<DatedFiles> events = new ArrayList<>();
      for (final Set<CuratedKind> alternatives : ALTERNATIVES) {
        final String name = chosen(folder, alternatives, found.keySet());
        if (name != null) {
          split(i, CuratedKind.ofFolder(name), found.get(name), events);
        }
      }
      if (events.isEmpty()) {
        throw new DataException(
            folder,
            "",
            "holds no events "
                + (from == null ? "" : "from " + from + " ")
                + (to == null ? "" : "to " + to + " ")
                + "of the kinds asked for"
                + (resolution.isEmpty() ? "" : " sampled by " + resolution),
            "import the data first, or choose other dates");
      }
      if (!resolution.isEmpty()
          && events.stream().noneMatch(dated -> dated.kind().isSampled())
          && found.keySet().stream().anyMatch(name -> CuratedKind.ofFolder(name).isSampled())) {
        throw new DataException(
            folder,
            "",
            "holds nothing sampled by " + resolution,
            "choose a resolution of " + samplings(found.keySet()));
      }
      split(i, CuratedKind.INSTRUMENT, definitions(folder, found, events), files);
      files.addAll(events);
    }
    return files;
  }

  /** Adds files of years and files of dates as lists of their own. */
  private static void split(
      final int symbolIndex,
      final CuratedKind kind,
      final TreeMap<String, Path> all,
      final List<DatedFiles> files) {
    for (final boolean yearly : new boolean[] {true, false}) {
      final TreeMap<String, Path> some = new TreeMap<>(all);
      some.keySet().removeIf(name -> isYear(name) != yearly);
      if (!some.isEmpty()) {
        files.add(new DatedFiles(symbolIndex, kind, yearly, some));
      }
    }
  }

  private static boolean isYear(final String name) {
    return name.length() == 4;
  }

  /** The definitions of every date or year that there are events of. */
  private static TreeMap<String, Path> definitions(
      final Path folder,
      final TreeMap<String, TreeMap<String, Path>> found,
      final List<DatedFiles> events) {
    final TreeMap<String, Path> there =
        found.getOrDefault(CuratedKind.INSTRUMENT.code(), new TreeMap<>());
    final TreeMap<String, Path> definitions = new TreeMap<>();
    for (final DatedFiles dated : events) {
      for (final String name : dated.byName.keySet()) {
        final Path file = there.get(name);
        if (file == null) {
          throw new DataException(
              folder.resolve(CuratedKind.INSTRUMENT.code()).resolve(name + SUFFIX),
              "",
              "is missing, though there is " + dated.kind.code() + " of that date",
              "import the date again");
        }
        definitions.put(name, file);
      }
    }
    return definitions;
  }

  /** The folder to read of several that tell the same; null when there is none. */
  private String chosen(
      final Path symbol, final Set<CuratedKind> alternatives, final Set<String> found) {
    final List<String> there =
        found.stream()
            .filter(folder -> alternatives.contains(CuratedKind.ofFolder(folder)))
            .toList();
    final boolean sampled = alternatives.iterator().next().isSampled();
    if (sampled && !resolution.isEmpty() && !there.isEmpty()) {
      return preferred(symbol, there);
    }
    if (there.size() <= 1) {
      return there.isEmpty() ? null : there.get(0);
    }
    throw choice(symbol, there);
  }

  private String preferred(final Path symbol, final List<String> there) {
    for (final String sampling : resolution.split(",", -1)) {
      final List<String> wanted =
          there.stream().filter(folder -> samplingOf(folder).equals(sampling.strip())).toList();
      if (wanted.size() == 1) {
        return wanted.get(0);
      }
      if (wanted.size() > 1) {
        throw choice(symbol, there);
      }
    }
    return null;
  }

  private static DataException choice(final Path symbol, final List<String> there) {
    return new DataException(
        symbol,
        "",
        "holds the same in several samplings (" + String.join(", ", there) + ")",
        "choose a resolution of " + samplings(there));
  }

  private static String samplings(final Collection<String> folders) {
    return folders.stream()
        .filter(folder -> CuratedKind.ofFolder(folder).isSampled())
        .map(Selection::samplingOf)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String samplingOf(final String folder) {
    final String sampling = CuratedKind.ofFolder(folder).resolutionOf(folder);
    return sampling.isEmpty() ? ImportRequest.TICK : sampling;
  }

  /** The files of the dates and kinds, by folder; folders without any are left out. */
  private TreeMap<String, TreeMap<String, Path>> found(final Path folder) {
    final TreeMap<String, TreeMap<String, Path>> found = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      throw absent(folder);
    }
    try {
      for (final Path child : list(folder)) {
        final CuratedKind kind = CuratedKind.ofFolder(child.getFileName().toString());
        if (kind != null
            && kind.isEvent()
            && (kind == CuratedKind.INSTRUMENT || kinds.contains(kind))) {
          final TreeMap<String, Path> byName = byName(child);
          if (!byName.isEmpty()) {
            found.put(child.getFileName().toString(), byName);
          }
        }
      }
    } catch (final IOException e) {
      throw new DataException(
          folder, "", "cannot be read (" + e + ")", "see that it is readable", e);
    }
    return found;
  }

  /** The first folder of a path that is not there, and what there is in its place. */
  private DataException absent(final Path folder) {
    if (!Files.isDirectory(curated)) {
      return new DataException(
          curated, "", "does not exist", "import data into it, or name the root of curated data");
    }
    final Path ofSource = curated.resolve(source);
    return Files.isDirectory(ofSource)
        ? new DataException(
            folder,
            "",
            "does not exist" + instead(ofSource),
            "import data of this symbol, or correct its name")
        : new DataException(
            ofSource,
            "",
            "does not exist" + instead(curated),
            "import data from this source, or correct its name");
  }

  private static String instead(final Path folder) {
    try {
      final String there =
          list(folder).stream()
              .filter(Files::isDirectory)
              .map(path -> path.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .limit(SHOWN)
              .collect(Collectors.joining(", "));
      return there.isEmpty() ? "; the folder is empty" : "; there is " + there;
    } catch (final IOException e) {
      return "";
    }
  }

  private TreeMap<String, Path> byName(final Path folder) throws IOException {
    final TreeMap<String, Path> byName = new TreeMap<>();
    for (final Path file : list(folder)) {
      final String all = file.getFileName().toString();
      if (all.endsWith(SUFFIX)) {
        final String name = all.substring(0, all.length() - SUFFIX.length());
        if (takes(file, name)) {
          byName.put(name, file);
        }
      }
    }
    return byName;
  }

  private boolean takes(final Path file, final String name) {
    try {
      if (isYear(name)) {
        final int year = Integer.parseInt(name);
        return (from == null || from.getYear() <= year) && (to == null || to.getYear() >= year);
      }
      final LocalDate date = LocalDate.parse(name);
      return (from == null || !date.isBefore(from)) && (to == null || !date.isAfter(to));
    } catch (final DateTimeException | NumberFormatException e) {
      throw new DataException(
          file,
          "",
          "is not named by a date or a year",
          "name it like 2015-12-24.parquet or 2015.parquet, or remove it",
          e);
    }
  }

  private static TreeSet<Path> list(final Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
