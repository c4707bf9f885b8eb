package io.millrace.tools.data;

import io.millrace.tools.data.ImportResult.CuratedFile;
import io.millrace.tools.data.LeanReference.Asset;
import io.millrace.tools.data.LeanReference.Phase;
import io.millrace.tools.data.LeanReference.Terms;
import io.millrace.tools.data.LeanRows.Factor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/**
 * Imports LEAN data of US equities and the options on them into curated parquet.
 *
 * <p>Every file is built in full beside the curated root before the first one gets its place, so an
 * import that fails leaves everything as it was. The same sources give the same bytes. Definitions
 * and sessions of a date are derived from what is curated for that date, whichever import brought
 * it.
 */
public final class LeanImport {
  /** Name of the source: the first folder under the curated root. */
  public static final String SOURCE = "lean";

  /** File name of reference data that has no date. */
  private static final String ALL_DATES = "all";

  private final Request request;
  private final Progress progress;
  private final Problems problems = new Problems();
  private final Map<Path, LeanReference> references = new HashMap<>();
  private final TreeMap<Path, Built> built = new TreeMap<>();
  private final List<Path> ignored = new ArrayList<>();
  private long rowsMerged;
  private long bytesDone;
  private long bytesAll;

  private LeanImport(final Request request, final Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * What to import.
   *
   * @param sources LEAN data roots, folders in one, or single files in LEAN's folders
   * @param out the curated root
   * @param symbols lower-case tickers to take; empty = all
   * @param from first date to take; null = from the first
   * @param to last date to take; null = to the last
   * @param skipBadRows whether a wrong row is left out and counted, instead of refusing the import
   */
  public record Request(
      List<Path> sources,
      Path out,
      Set<String> symbols,
      LocalDate from,
      LocalDate to,
      boolean skipBadRows) {
    /** Copies its collections; tickers become lower case. */
    public Request {
      sources = List.copyOf(sources);
      symbols =
          symbols.stream()
              .map(symbol -> symbol.toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
    }

    private boolean takes(final LeanFile file) {
      return (symbols.isEmpty() || symbols.contains(file.symbol()))
          && (file.date() == null
              || ((from == null || !file.date().isBefore(from))
                  && (to == null || !file.date().isAfter(to))));
    }
  }

  /** Hears how far an import is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called before each source file and at the end.
     *
     * @param bytesDone bytes of source files read
     * @param bytesAll bytes of all source files
     * @param file what is being read; null at the end
     */
    void at(long bytesDone, long bytesAll, Path file);
  }

  /** A curated file in the making. */
  private record Built(
      CuratedKind kind,
      String symbol,
      LocalDate date,
      long rowsIn,
      long rowsOut,
      Map<RowRefusal, Long> refused,
      List<Path> sources,
      long firstTime,
      long lastTime) {}

  /** What ends up in one curated file. */
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

  /** A symbol on a date, and the data root that it came from. */
  private record Day(String symbol, LocalDate date) implements Comparable<Day> {
    @Override
    public int compareTo(final Day other) {
      final int bySymbol = symbol.compareTo(other.symbol);
      return bySymbol != 0 ? bySymbol : date.compareTo(other.date);
    }
  }

  /**
   * Imports.
   *
   * @throws DataException when anything is wrong with a source or the curated root cannot be
   *     written; then nothing was written
   */
  public static ImportResult run(final Request request, final Progress progress) {
    return new LeanImport(request, progress).run();
  }

  private ImportResult run() {
    final List<LeanFile> files = find();
    try (Staging staging = Staging.open(request.out)) {
      try (DuckDBConnection database = DuckDb.open(DuckDb.IMPORT_MEMORY, staging.spill())) {
        build(files, staging, database);
      }
      problems.throwIfAny();
      return publish(staging);
    } catch (final SQLException | IOException e) {
      throw new DataException(
          request.out,
          "",
          "could not be written (" + e.getMessage().lines().findFirst().orElse("") + ")",
          "see that there is space and that this user may write there",
          e);
    }
  }

  // ---- what there is

  private List<LeanFile> find() {
    final TreeSet<Path> paths = new TreeSet<>();
    for (final Path source : request.sources) {
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
                + " equity minute, second and tick quotes and trades, option minute quotes, trades"
                + " and open interest, factor and map files");
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
      if (file == null) {
        ignored.add(path);
      } else if (request.takes(file)) {
        files.add(file);
      }
    }
    problems.throwIfAny();
    if (files.isEmpty()) {
      throw new DataException(
          request.sources.isEmpty() ? Path.of(".") : request.sources.get(0),
          "",
          "holds nothing to import for these symbols and dates",
          "give a LEAN data folder, and see the --symbol, --from and --to filters");
    }
    return files;
  }

  private LeanReference reference(final LeanFile file) {
    return references.computeIfAbsent(file.root(), LeanReference::of);
  }

  // ---- building

  private void build(
      final List<LeanFile> files, final Staging staging, final DuckDBConnection database)
      throws SQLException, IOException {
    final TreeMap<Target, List<LeanFile>> targets = new TreeMap<>();
    final TreeMap<Day, LeanFile> days = new TreeMap<>();
    final TreeMap<String, LeanFile> symbols = new TreeMap<>();
    for (final LeanFile file : files) {
      symbols.putIfAbsent(file.symbol(), file);
      bytesAll += Files.size(file.path());
      if (file.date() != null) {
        days.putIfAbsent(new Day(file.symbol(), file.date()), file);
        targets
            .computeIfAbsent(
                new Target(file.symbol(), file.date(), file.content().kind(), file.resolution()),
                target -> new ArrayList<>())
            .add(file);
      }
    }
    final Map<String, List<Factor>> factors = new HashMap<>();
    for (final Map.Entry<String, LeanFile> symbol : symbols.entrySet()) {
      factors.put(symbol.getKey(), buildReference(symbol.getValue(), staging, database));
    }
    days.keySet().removeIf(day -> !isOpen(day, days.get(day)));
    for (final Map.Entry<Target, List<LeanFile>> target : targets.entrySet()) {
      final Target key = target.getKey();
      if (days.containsKey(new Day(key.symbol, key.date))) {
        buildRows(key, target.getValue(), factors.get(key.symbol), staging, database);
      }
    }
    for (final Map.Entry<Day, LeanFile> day : days.entrySet()) {
      final LeanReference reference = reference(day.getValue());
      buildSessions(day.getKey(), reference, staging, database);
      buildInstruments(day.getKey(), reference, staging, database);
    }
    progress.at(bytesAll, bytesAll, null);
  }

  private boolean isOpen(final Day day, final LeanFile file) {
    final boolean open = reference(file).session(Asset.EQUITY, day.date) != null;
    if (!open) {
      problems.add(
          file.path(),
          "",
          "is of " + day.date + ", when the market was closed by " + LeanFile.MARKET_HOURS,
          "correct the date in its name, or the market hours");
    }
    return open;
  }

  private List<Factor> buildReference(
      final LeanFile any, final Staging staging, final DuckDBConnection database)
      throws SQLException, IOException {
    final LeanReference reference = reference(any);
    final LeanFile map = LeanFile.reference(any.root(), any.symbol(), LeanFile.Content.MAP_FILE);
    try (CuratedWriter out = new CuratedWriter(database, CuratedKind.MAP)) {
      final LeanRows rows = new LeanRows(map, reference, request.skipBadRows, problems);
      rows.readMap(out);
      finish(
          any.symbol(),
          null,
          "",
          List.of(rows),
          List.of(map.path()),
          CuratedKind.MAP,
          out,
          staging);
    }
    final LeanFile factor =
        LeanFile.reference(any.root(), any.symbol(), LeanFile.Content.FACTOR_FILE);
    try (CuratedWriter out = new CuratedWriter(database, CuratedKind.FACTOR)) {
      final LeanRows rows = new LeanRows(factor, reference, request.skipBadRows, problems);
      final List<Factor> factors = rows.factors();
      rows.writeFactors(factors, out);
      finish(
          any.symbol(),
          null,
          "",
          List.of(rows),
          List.of(factor.path()),
          CuratedKind.FACTOR,
          out,
          staging);
      return factors;
    }
  }

  private void buildRows(
      final Target target,
      final List<LeanFile> files,
      final List<Factor> factors,
      final Staging staging,
      final DuckDBConnection database)
      throws SQLException, IOException {
    final List<LeanRows> read = new ArrayList<>();
    try (CuratedWriter out = new CuratedWriter(database, target.kind)) {
      for (final LeanFile file : files) {
        progress.at(bytesDone, bytesAll, file.path());
        final LeanReference reference = reference(file);
        final LeanRows rows =
            new LeanRows(file, reference, request.skipBadRows, problems)
                .afterSplit(isAfterSplit(target.date, factors, reference));
        rows.readInto(out);
        rowsMerged += rows.rowsMerged();
        read.add(rows);
        bytesDone += Files.size(file.path());
      }
      finish(
          target.symbol,
          target.date,
          target.resolution,
          read,
          files.stream().map(LeanFile::path).toList(),
          target.kind,
          out,
          staging);
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

  /** Phases of a date, for the symbol and for the options on it. */
  private void buildSessions(
      final Day day,
      final LeanReference reference,
      final Staging staging,
      final DuckDBConnection database)
      throws SQLException, IOException {
    try (CuratedWriter out = new CuratedWriter(database, CuratedKind.SESSION)) {
      for (final Asset asset : Asset.values()) {
        for (final Phase phase : reference.phases(asset, day.date)) {
          out.row(reference.dayStart(day.date)).put(day.symbol.toUpperCase(Locale.ROOT));
          out.put(day.date).put(asset.code()).put(phase.name());
          out.put(phase.open()).put(phase.close()).put(phase.earlyClose()).end();
        }
      }
      finish(day.symbol, day.date, "", List.of(), List.of(), CuratedKind.SESSION, out, staging);
    }
  }

  /** The symbol, then every contract that any curated row of the date names. */
  private void buildInstruments(
      final Day day,
      final LeanReference reference,
      final Staging staging,
      final DuckDBConnection database)
      throws SQLException, IOException {
    final String symbol = day.symbol.toUpperCase(Locale.ROOT);
    final long time = reference.dayStart(day.date);
    try (CuratedWriter out = new CuratedWriter(database, CuratedKind.INSTRUMENT)) {
      out.row(time).put(symbol).put("equity").put((String) null).put((String) null);
      out.put((String) null).put("physical").putPrice(Decimal.NONE).put((LocalDate) null).put(0L);
      terms(out, reference.terms(Asset.EQUITY));
      out.put(reference.zone());
      session(out, reference.session(Asset.EQUITY, day.date));
      for (final Contract contract : contracts(day, staging, database)) {
        out.row(time).put(contract.symbol).put("option").put(symbol).put(contract.right);
        out.put(contract.style).put("physical").put(contract.strike).put(contract.expiry);
        out.put(reference.expiry(contract.expiry));
        terms(out, reference.terms(Asset.OPTION));
        out.put(reference.zone());
        session(out, reference.session(Asset.OPTION, day.date));
      }
      finish(day.symbol, day.date, "", List.of(), List.of(), CuratedKind.INSTRUMENT, out, staging);
    }
  }

  private static void terms(final CuratedWriter out, final Terms terms) throws SQLException {
    out.put(terms.multiplier()).put(terms.tickSize()).put(terms.lotSize()).put(0L);
    out.put(terms.currency());
  }

  private static void session(final CuratedWriter out, final Phase session) throws SQLException {
    out.put(session.open()).put(session.close()).end();
  }

  private record Contract(
      String symbol, LocalDate expiry, long strike, String right, String style) {}

  private static List<Contract> contracts(
      final Day day, final Staging staging, final DuckDBConnection database)
      throws SQLException, IOException {
    final Path folder = Path.of(SOURCE, day.symbol);
    final List<String> files = new ArrayList<>();
    for (final String name : staging.folders(folder)) {
      final CuratedKind kind = CuratedKind.ofFolder(name);
      if (kind != null && kind.isContracts()) {
        final Path file = staging.upcoming(folder.resolve(name).resolve(day.date + ".parquet"));
        if (file != null) {
          files.add(DuckDb.quoted(file));
        }
      }
    }
    final List<Contract> contracts = new ArrayList<>();
    if (files.isEmpty()) {
      return contracts;
    }
    final String rows =
        files.stream()
            .map(
                file ->
                    "SELECT symbol, expiry_date, strike, \"right\", style FROM read_parquet("
                        + file
                        + ")")
            .collect(Collectors.joining(" UNION "));
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT * FROM (" + rows + ") ORDER BY expiry_date, strike, \"right\", style")) {
      while (row.next()) {
        contracts.add(
            new Contract(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                row.getLong(3),
                row.getString(4),
                row.getString(5)));
      }
    }
    return contracts;
  }

  /** Writes a gathered file to its staging place, unless nothing came together for it. */
  private void finish(
      final String symbol,
      final LocalDate date,
      final String resolution,
      final List<LeanRows> read,
      final List<Path> sources,
      final CuratedKind kind,
      final CuratedWriter out,
      final Staging staging)
      throws SQLException, IOException {
    final EnumMap<RowRefusal, Long> refused = new EnumMap<>(RowRefusal.class);
    long rowsIn = 0;
    for (final LeanRows rows : read) {
      rowsIn += rows.rowsIn();
      rows.refused().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
    }
    if (rowsIn == 0 && out.rows() == 0) {
      return;
    }
    final Path place =
        Path.of(
            SOURCE,
            symbol,
            kind.folder(resolution),
            (date == null ? ALL_DATES : date.toString()) + ".parquet");
    out.write(staging.staged(place));
    final boolean event = kind.isEvent() && kind != CuratedKind.INSTRUMENT && out.rows() > 0;
    built.put(
        place,
        new Built(
            kind,
            symbol,
            date,
            rowsIn,
            out.rows(),
            refused,
            sources,
            event ? out.firstTime() : Long.MAX_VALUE,
            event ? out.lastTime() : Long.MIN_VALUE));
  }

  // ---- the result

  private ImportResult publish(final Staging staging) throws IOException {
    final List<CuratedFile> files = new ArrayList<>();
    final EnumMap<RowRefusal, Long> refused = new EnumMap<>(RowRefusal.class);
    long rowsIn = 0;
    long rowsOut = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (final Map.Entry<Path, Built> entry : built.entrySet()) {
      final Built file = entry.getValue();
      files.add(
          new CuratedFile(
              entry.getKey(),
              file.kind,
              file.symbol,
              file.date,
              file.rowsIn,
              file.rowsOut,
              file.refused,
              file.sources,
              staging.publish(entry.getKey())));
      rowsIn += file.rowsIn;
      rowsOut += file.sources.isEmpty() ? 0 : file.rowsOut;
      file.refused.forEach((reason, count) -> refused.merge(reason, count, Long::sum));
      first = Math.min(first, file.firstTime);
      last = Math.max(last, file.lastTime);
    }
    final boolean any = first <= last;
    return new ImportResult(
        rowsIn,
        rowsOut,
        rowsMerged,
        refused,
        any ? first : 0,
        any ? last : 0,
        List.copyOf(files),
        List.copyOf(ignored));
  }
}
