package io.millrace.tools.data;

import io.millrace.tools.data.LeanFactors.Factor;
import io.millrace.tools.data.LeanReference.Asset;
import io.millrace.tools.data.LeanReference.Venue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Imports LEAN data into curated parquet: US equities and indices, and the options on them; crypto,
 * crypto perpetuals and futures of any market, and options on futures.
 *
 * <p>Minutes, seconds and ticks become a file a date, daily and hourly rows a file a year.
 * Definitions and sessions are derived from what is curated for a date or year, whichever import
 * brought it.
 */
public final class LeanImport {
  /** Name of the source: the first folder under the curated root. */
  public static final String SOURCE = "lean";

  /** Name of the source where prices are adjusted for splits and dividends. */
  public static final String ADJUSTED_SOURCE = "lean-adjusted";

  /** Of files that tell the same the finest comes first, and a universe file last. */
  private static final Comparator<LeanFile> FINEST_FIRST =
      Comparator.comparing((LeanFile file) -> file.content() == LeanFile.Content.UNIVERSE)
          .thenComparingLong(LeanFile::intervalNanos)
          .thenComparing(LeanFile::path);

  private final ImportRequest request;
  private final Options options;
  private final Curation curation;
  private final LeanDefinitions definitions;
  private final References references;

  private LeanImport(
      final ImportRequest request,
      final Options options,
      final References references,
      final Curation curation) {
    this.request = request;
    this.options = options;
    this.references = references;
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

  /** The databases of the data roots, read once. */
  private static final class References {
    private final Map<Path, LeanReference> byRoot = new HashMap<>();

    private LeanReference of(final LeanFile file) {
      return byRoot.computeIfAbsent(file.root(), LeanReference::of);
    }
  }

  /** What ends up in one curated file of a date or year. */
  private record Target(String symbol, long part, CuratedKind kind, String resolution)
      implements Comparable<Target> {
    private static final Comparator<Target> ORDER =
        Comparator.comparing(Target::symbol)
            .thenComparing(Target::part)
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
    final References references = new References();
    final List<LeanFile> files = find(request, options, references, ignored);
    return Curation.run(
        request,
        options.adjusted ? ADJUSTED_SOURCE : SOURCE,
        ignored,
        progress,
        curation -> new LeanImport(request, options, references, curation).build(files));
  }

  // ---- what there is

  private static List<LeanFile> find(
      final ImportRequest request,
      final Options options,
      final References references,
      final List<Path> ignored) {
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
                + " bars, quotes, trades and open interest of options, universe files, margin"
                + " interest, factor and map files");
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
      final LeanFile file = known(LeanFile.of(path), references);
      if (file == null || (options.adjusted && file.venue().asset() != Asset.EQUITY)) {
        ignored.add(path);
      } else if (takes(request, file)) {
        if (isManyFutures(file)) {
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

  /** A universe file counts on the next session, whose prices it is made of. */
  private static LeanFile known(final LeanFile file, final References references) {
    return file == null || file.content() != LeanFile.Content.UNIVERSE
        ? file
        : file.knownOn(references.of(file).nextSession(file.date()));
  }

  private static boolean takes(final ImportRequest request, final LeanFile file) {
    final boolean sampled = file.content().kind().isSampled() || !file.resolution().isEmpty();
    return (isManyFutures(file)
            || request.takesSymbol(file.symbol(), file.venue().ticker(), future(file)))
        && (file.date() == null || request.takes(file.date()))
        && (file.year() == 0 || request.takesYear(file.year()))
        && (!sampled || request.takesResolution(file.resolution()));
  }

  /** Whether it holds futures, whose contracts have symbols of their own. */
  private static boolean isManyFutures(final LeanFile file) {
    return file.venue().asset() == Asset.FUTURE && !file.isOption();
  }

  /** The name of a contract month without its market; of others the ticker. */
  private static String future(final LeanFile file) {
    final String ticker = file.venue().ticker();
    return file.venue().asset() == Asset.FUTURE ? ticker + file.contractMonth() : ticker;
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
      } else if (request.takesSymbol(contract.symbol(), file.venue().ticker(), future(contract))) {
        files.add(contract);
      }
    }
  }

  private LeanReference reference(final LeanFile file) {
    return references.of(file);
  }

  // ---- building

  private void build(final List<LeanFile> files) throws SQLException, IOException {
    final TreeMap<Target, List<LeanFile>> targets = new TreeMap<>();
    final TreeMap<String, List<LeanFile>> undated = new TreeMap<>();
    final TreeMap<Day, LeanFile> days = new TreeMap<>();
    final TreeMap<String, LeanFile> symbols = new TreeMap<>();
    for (final LeanFile file : files) {
      symbols.putIfAbsent(file.symbol(), file);
      if (file.date() != null || file.year() != 0) {
        final long part =
            file.date() != null ? Curation.partOf(file.date()) : Curation.partOfYear(file.year());
        days.putIfAbsent(new Day(file.symbol(), part), file);
        targets
            .computeIfAbsent(
                new Target(file.symbol(), part, file.content().kind(), file.curatedResolution()),
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
      if (days.containsKey(new Day(key.symbol, key.part))) {
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
            || file.date() == null
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
      new LeanFactors(map, reference, counts).tickersInto(out);
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
      final LeanFactors rows = new LeanFactors(factor, reference, counts);
      final List<Factor> factors = rows.factors();
      rows.write(factors, out);
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
    files.sort(FINEST_FIRST);
    final LeanSplits splits = new LeanSplits(factors, reference(files.get(0)));
    final LeanOpenInterest.Told told = new LeanOpenInterest.Told();
    final RowCounts counts = curation.counts();
    try (CuratedWriter out = curation.writer(target.kind);
        CuratedWriter greeks = curation.writer(CuratedKind.VENDOR_GREEKS)) {
      for (final LeanFile file : files) {
        curation.reading(file.path());
        rows(file, factors, counts).splitAt(splits).after(told).greeksInto(greeks).readInto(out);
      }
      finish(target, files, counts, out);
      final List<Path> universes =
          files.stream()
              .filter(file -> file.content() == LeanFile.Content.UNIVERSE)
              .map(LeanFile::path)
              .toList();
      curation.finish(
          target.symbol, CuratedKind.VENDOR_GREEKS, "", target.part, null, universes, greeks);
    }
  }

  private void finish(
      final Target target,
      final List<LeanFile> files,
      final RowCounts counts,
      final CuratedWriter out)
      throws SQLException, IOException {
    final boolean greeksAlone =
        out.extent().rows() == 0
            && files.stream().allMatch(file -> file.content() == LeanFile.Content.UNIVERSE);
    if (greeksAlone) {
      curation.count(counts);
      return;
    }
    curation.finish(
        target.symbol,
        target.kind,
        target.resolution,
        target.part,
        counts,
        files.stream().map(LeanFile::path).toList(),
        out);
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
            file.symbol(), kind, file.curatedResolution(), part, null, List.of(file.path()), out);
      }
      return List.copyOf(out.parts());
    }
  }
}
