package io.millrace.tools.data;

import io.millrace.tools.data.LeanReference.Asset;
import io.millrace.tools.data.LeanReference.Venue;
import io.millrace.tools.data.LeanRows.Factor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Imports LEAN data into curated parquet: US equities, the options on them and indices; crypto,
 * crypto perpetuals and futures of any market.
 *
 * <p>Minutes, seconds and ticks become a file a date, daily and hourly bars a file a year.
 * Definitions and sessions are derived from what is curated for a date or year, whichever import
 * brought it.
 */
public final class LeanImport {
  /** Name of the source: the first folder under the curated root. */
  public static final String SOURCE = "lean";

  /** Name of the source where prices are adjusted for splits and dividends. */
  public static final String ADJUSTED_SOURCE = "lean-adjusted";

  private final ImportRequest request;
  private final Options options;
  private final Curation curation;
  private final LeanDefinitions definitions;
  private final Map<Path, LeanReference> references = new HashMap<>();

  private LeanImport(final ImportRequest request, final Options options, final Curation curation) {
    this.request = request;
    this.options = options;
    this.curation = curation;
    this.definitions = new LeanDefinitions(curation, options);
  }

  /**
   * What is particular to LEAN.
   *
   * @param adjusted whether prices and sizes of equities are adjusted by their factor files; then
   *     equities alone are taken, into {@link #ADJUSTED_SOURCE}
   * @param expiries last instants of futures by lower-case contract, such as {@code es201312}, for
   *     those whose rule is not known
   */
  public record Options(boolean adjusted, Map<String, Instant> expiries) {
    /** As it is in the files. */
    public static final Options RAW = new Options(false, Map.of());

    /** Copies the map. */
    public Options {
      expiries = Map.copyOf(expiries);
    }
  }

  /** What ends up in one curated file of a date. */
  private record Target(String symbol, LocalDate date, CuratedKind kind, String resolution)
      implements Comparable<Target> {
    private static final Comparator<Target> ORDER =
        Comparator.comparing(Target::symbol)
            .thenComparing(Target::date)
            .thenComparing(Target::kind)
            .thenComparing(Target::resolution);

    @Override
    public int compareTo(final Target other) {
      return ORDER.compare(this, other);
    }
  }

  /** A symbol on a date or in a year. */
  private record Day(String symbol, long part) implements Comparable<Day> {
    private static final Comparator<Day> ORDER =
        Comparator.comparing(Day::symbol).thenComparing(Day::part);

    @Override
    public int compareTo(final Day other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Imports as it is in the files.
   *
   * @throws DataException when anything is wrong with a source or the curated root cannot be
   *     written; then nothing was written
   */
  public static ImportResult run(final ImportRequest request, final ImportProgress progress) {
    return run(request, Options.RAW, progress);
  }

  /**
   * Imports.
   *
   * @throws DataException when anything is wrong with a source or the curated root cannot be
   *     written; then nothing was written
   */
  public static ImportResult run(
      final ImportRequest request, final Options options, final ImportProgress progress) {
    final List<Path> ignored = new ArrayList<>();
    final List<LeanFile> files = find(request, options, ignored);
    return Curation.run(
        request,
        options.adjusted ? ADJUSTED_SOURCE : SOURCE,
        ignored,
        progress,
        curation -> new LeanImport(request, options, curation).build(files));
  }

  // ---- what there is

  private static List<LeanFile> find(
      final ImportRequest request, final Options options, final List<Path> ignored) {
    final Problems problems = new Problems();
    final TreeSet<Path> paths = new TreeSet<>();
    for (final Path source : request.sources()) {
      if (!Files.exists(source)) {
        problems.add(source, "", "does not exist", "give a LEAN data folder or a file in one");
        continue;
      }
      if (Files.isRegularFile(source) && LeanFile.of(source) == null) {
        problems.add(
            source,
            "",
            "is not a file that this import knows",
            "keep LEAN's folders, such as equity/usa/minute/goog/20151224_quote.zip; known are"
                + " quotes and trades of equities, crypto, crypto futures and futures, index"
                + " bars, option minutes and open interest, margin interest, factor and map files");
        continue;
      }
      try (Stream<Path> all = Files.walk(source)) {
        all.filter(Files::isRegularFile)
            .forEach(path -> paths.add(path.toAbsolutePath().normalize()));
      } catch (final IOException e) {
        problems.add(source, "", "cannot be read (" + e + ")", "see that it is readable");
      }
    }
    final List<LeanFile> files = new ArrayList<>();
    for (final Path path : paths) {
      final LeanFile file = LeanFile.of(path);
      if (file == null || (options.adjusted && file.venue().asset() != Asset.EQUITY)) {
        ignored.add(path);
      } else if (takes(request, file)) {
        if (file.venue().asset() == Asset.FUTURE) {
          contracts(request, file, problems, files);
        } else {
          files.add(file);
        }
      }
    }
    problems.throwIfAny();
    if (files.isEmpty()) {
      throw new DataException(
          request.sources().isEmpty() ? Path.of(".") : request.sources().get(0),
          "",
          "holds nothing to import for these symbols and dates",
          "give a LEAN data folder, and see the --symbol, --from and --to filters");
    }
    return files;
  }

  private static boolean takes(final ImportRequest request, final LeanFile file) {
    final boolean future = file.venue().asset() == Asset.FUTURE; // its contracts have symbols
    return (future || request.takesSymbol(file.symbol(), file.venue().ticker()))
        && (file.date() == null || request.takes(file.date()))
        && (!file.content().kind().isSampled() || request.takesResolution(file.resolution()));
  }

  private static void contracts(
      final ImportRequest request,
      final LeanFile file,
      final Problems problems,
      final List<LeanFile> files) {
    for (final String entry : SourceText.entries(file.path(), problems)) {
      final LeanFile contract = file.contractEntry(entry);
      if (contract == null) {
        problems.add(
            file.path(),
            "entry " + entry,
            "has a name that does not fit the file",
            "name it as LEAN does, for instance 20131007_es_minute_trade_201312.csv");
      } else if (request.takesSymbol(
          contract.symbol(),
          file.venue().ticker(),
          file.venue().ticker() + contract.contractMonth())) {
        files.add(contract);
      }
    }
  }

  private LeanReference reference(final LeanFile file) {
    return references.computeIfAbsent(file.root(), LeanReference::of);
  }

  // ---- building

  private void build(final List<LeanFile> files) throws SQLException, IOException {
    final TreeMap<Target, List<LeanFile>> targets = new TreeMap<>();
    final TreeMap<String, List<LeanFile>> undated = new TreeMap<>();
    final TreeMap<Day, LeanFile> days = new TreeMap<>();
    final TreeMap<String, LeanFile> symbols = new TreeMap<>();
    for (final LeanFile file : files) {
      symbols.putIfAbsent(file.symbol(), file);
      if (file.date() != null) {
        days.putIfAbsent(new Day(file.symbol(), Curation.partOf(file.date())), file);
        targets
            .computeIfAbsent(
                new Target(file.symbol(), file.date(), file.content().kind(), file.resolution()),
                target -> new ArrayList<>())
            .add(file);
      } else if (!file.content().isReference()) {
        undated.computeIfAbsent(file.symbol(), symbol -> new ArrayList<>()).add(file);
      }
    }
    curation.willRead(
        files.stream()
            .filter(file -> !file.content().isReference())
            .map(LeanFile::path)
            .distinct()
            .toList());
    final Map<String, List<Factor>> factors = new HashMap<>();
    for (final Map.Entry<String, LeanFile> symbol : symbols.entrySet()) {
      factors.put(symbol.getKey(), buildReference(symbol.getValue()));
    }
    days.entrySet().removeIf(day -> !isOpen(day.getValue()));
    for (final Map.Entry<Target, List<LeanFile>> target : targets.entrySet()) {
      final Target key = target.getKey();
      if (days.containsKey(new Day(key.symbol, Curation.partOf(key.date)))) {
        buildRows(key, target.getValue(), factors.get(key.symbol));
      }
    }
    for (final Map.Entry<String, List<LeanFile>> bars : undated.entrySet()) {
      final List<Factor> ofSymbol = factors.get(bars.getKey());
      for (final LeanFile file : bars.getValue()) {
        for (final long part : buildUndated(file, ofSymbol)) {
          days.putIfAbsent(new Day(file.symbol(), part), file);
        }
      }
    }
    if (curation.problems().isEmpty()) {
      for (final Map.Entry<Day, LeanFile> day : days.entrySet()) {
        final LeanFile any = day.getValue();
        definitions.build(any, reference(any), day.getKey().part);
      }
    }
  }

  /** Whether the file's market was open at all on its date; a market of futures is by stretches. */
  private boolean isOpen(final LeanFile file) {
    final Asset asset = file.venue().asset();
    final LeanReference reference = reference(file);
    final boolean open =
        asset == Asset.FUTURE
            || reference.alwaysOpen(file.venue())
            || reference.session(asset == Asset.OPTION ? Venue.EQUITIES : file.venue(), file.date())
                != null;
    if (!open) {
      curation
          .problems()
          .add(
              file.path(),
              "",
              "is of " + file.date() + ", when the market was closed by " + LeanFile.MARKET_HOURS,
              "correct the date in its name, or the market hours");
    }
    return open;
  }

  /** Curates map and factor file of a US equity or the underlying of options. */
  private List<Factor> buildReference(final LeanFile any) throws SQLException, IOException {
    final Asset asset = any.venue().asset();
    if (asset != Asset.EQUITY && asset != Asset.OPTION) {
      return List.of();
    }
    final LeanReference reference = reference(any);
    final LeanFile map = LeanFile.reference(any.root(), any.symbol(), LeanFile.Content.MAP_FILE);
    try (CuratedWriter out = curation.writer(CuratedKind.MAP)) {
      final RowCounts counts = curation.counts();
      new LeanRows(map, reference, request, counts).readMap(out);
      curation.finish(any.symbol(), CuratedKind.MAP, "", null, counts, List.of(map.path()), out);
    }
    final LeanFile factor =
        LeanFile.reference(any.root(), any.symbol(), LeanFile.Content.FACTOR_FILE);
    if (options.adjusted && !Files.exists(factor.path())) {
      curation
          .problems()
          .add(
              factor.path(),
              "",
              "does not exist, so that prices cannot be adjusted",
              "put LEAN's factor file there, or import raw prices");
    }
    try (CuratedWriter out = curation.writer(CuratedKind.FACTOR)) {
      final RowCounts counts = curation.counts();
      final LeanRows rows = new LeanRows(factor, reference, request, counts);
      final List<Factor> factors = rows.factors();
      rows.writeFactors(factors, out);
      curation.finish(
          any.symbol(), CuratedKind.FACTOR, "", null, counts, List.of(factor.path()), out);
      return factors;
    }
  }

  private LeanRows rows(final LeanFile file, final List<Factor> factors, final RowCounts counts) {
    final LeanRows rows = new LeanRows(file, reference(file), request, counts);
    return options.adjusted ? rows.adjustedBy(factors) : rows;
  }

  private void buildRows(
      final Target target, final List<LeanFile> files, final List<Factor> factors)
      throws SQLException, IOException {
    final RowCounts counts = curation.counts();
    try (CuratedWriter out = curation.writer(target.kind)) {
      for (final LeanFile file : files) {
        curation.reading(file.path());
        rows(file, factors, counts)
            .afterSplit(isAfterSplit(target.date, factors, reference(file)))
            .readInto(out);
      }
      curation.finish(
          target.symbol,
          target.kind,
          target.resolution,
          Curation.partOf(target.date),
          counts,
          files.stream().map(LeanFile::path).toList(),
          out);
    }
  }

  /** Curates a file of all dates; returns the parts that it has rows of. */
  private List<Long> buildUndated(final LeanFile file, final List<Factor> factors)
      throws SQLException, IOException {
    curation.reading(file.path());
    final RowCounts counts = curation.counts();
    final CuratedKind kind = file.content().kind();
    try (CuratedWriter out = curation.writer(kind)) {
      rows(file, factors, counts).readInto(out);
      curation.count(counts);
      for (final long part : out.parts()) {
        curation.finish(
            file.symbol(), kind, file.resolution(), part, null, List.of(file.path()), out);
      }
      return List.copyOf(out.parts());
    }
  }

  /** Whether a date is the first session after the last date of a split factor. */
  private static boolean isAfterSplit(
      final LocalDate date, final List<Factor> factors, final LeanReference reference) {
    for (int i = 0; i + 1 < factors.size(); i++) {
      final Factor factor = factors.get(i);
      if (factor.splitFactor() != factors.get(i + 1).splitFactor()
          && factor.date().isBefore(date)
          && !factor.date().isBefore(date.minusDays(10))
          && reference.nextSession(factor.date()).equals(date)) {
        return true;
      }
    }
    return false;
  }
}
