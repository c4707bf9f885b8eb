package io.millrace.tools.data;

import io.millrace.tools.data.ImportResult.CuratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * One import under way, whatever the format: every curated file is built in full beside the curated
 * root before the first one gets its place, so that an import that fails leaves everything as it
 * was. The same sources give the same bytes.
 */
final class Curation {
  /** File name of reference data that has no date. */
  static final String ALL_DATES = "all";

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private final ImportRequest request;
  private final String source;
  private final ImportProgress progress;
  private final Staging staging;
  private final Problems problems = new Problems();
  private final RowCounts totals;
  private final TreeMap<Path, Built> built = new TreeMap<>();
  private DuckDBConnection database;
  private long bytesDone;
  private long bytesAll;

  private Curation(
      final ImportRequest request,
      final String source,
      final ImportProgress progress,
      final Staging staging) {
    this.request = request;
    this.source = source;
    this.progress = progress;
    this.staging = staging;
    this.totals = new RowCounts(request.skipBadRows(), problems);
  }

  /** Reads sources and finishes curated files. */
  @FunctionalInterface
  interface Work {
    /** Does all of it; what is wrong with a source goes to {@link #problems}. */
    void build(Curation curation) throws SQLException, IOException;
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

  /** An option contract that curated rows name. */
  record Contract(String symbol, LocalDate expiry, long strike, String right, String style) {}

  /**
   * Imports.
   *
   * @param source first folder under the curated root
   * @param ignored files found beside the sources and left alone
   * @throws DataException when anything is wrong with a source or the curated root cannot be
   *     written; then nothing was written
   */
  static ImportResult run(
      final ImportRequest request,
      final String source,
      final List<Path> ignored,
      final ImportProgress progress,
      final Work work) {
    try (Staging staging = Staging.open(request.out())) {
      final Curation curation = new Curation(request, source, progress, staging);
      try (DuckDBConnection database = DuckDb.open(DuckDb.IMPORT_MEMORY, staging.spill())) {
        curation.database = database;
        work.build(curation);
      }
      curation.problems.throwIfAny();
      progress.at(curation.bytesAll, curation.bytesAll, null);
      return curation.publish(ignored);
    } catch (final SQLException | IOException e) {
      throw new DataException(
          request.out(),
          "",
          "could not be written ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")",
          "see that there is space and that this user may write there",
          e);
    }
  }

  ImportRequest request() {
    return request;
  }

  Problems problems() {
    return problems;
  }

  /** Fresh counts, to be handed to {@link #finish} or {@link #count} once. */
  RowCounts counts() {
    return new RowCounts(request.skipBadRows(), problems);
  }

  /** Adds counts of rows that no single curated file stands for. */
  void count(final RowCounts counts) {
    totals.include(counts);
  }

  CuratedWriter writer(final CuratedKind kind) throws SQLException {
    return new CuratedWriter(database, kind);
  }

  /** Says which files will be read, for the progress. */
  void willRead(final List<Path> files) throws IOException {
    for (final Path file : files) {
      bytesAll += Files.size(file);
    }
  }

  /** Says which file is read now. */
  void reading(final Path file) throws IOException {
    progress.at(bytesDone, bytesAll, file);
    bytesDone += Files.size(file);
  }

  /** The key of a date as a part of a writer's rows. */
  static long partOf(final LocalDate date) {
    return date.toEpochDay();
  }

  /** The key of a year as a part of a writer's rows: below 0, apart from all dates after 1970. */
  static long partOfYear(final int year) {
    return -year;
  }

  /** Whether a date, or any date of a year, is wanted. */
  boolean takes(final long part) {
    return part < 0 ? request.takesYear((int) -part) : request.takes(LocalDate.ofEpochDay(part));
  }

  /** Counts gathered rows of dates that are not wanted. */
  void leaveOut(final long rows) {
    totals.leaveOut(RowRefusal.OTHER_DATE, rows);
  }

  /** File name of a part. */
  static String nameOf(final long part) {
    return part < 0 ? String.valueOf(-part) : LocalDate.ofEpochDay(part).toString();
  }

  /**
   * Writes one part of the rows gathered to its staging place, unless nothing came together for it.
   *
   * @param resolution sampling; empty for rows of their own time
   * @param part key of the date or year; null = all rows, reference data of all dates
   * @param counts what became of the source rows of this file alone; null when they are counted for
   *     several files together, or there are none
   * @param sources files read for it; empty when it is derived
   */
  void finish(
      final String symbol,
      final CuratedKind kind,
      final String resolution,
      final Long part,
      final RowCounts counts,
      final List<Path> sources,
      final CuratedWriter out)
      throws SQLException, IOException {
    final CuratedWriter.Extent extent = part == null ? out.extent() : out.extent(part);
    final long rowsIn = counts == null ? sources.isEmpty() ? 0 : extent.rows() : counts.in();
    if (rowsIn == 0 && extent.rows() == 0) {
      return;
    }
    if (counts != null) {
      totals.include(counts);
    }
    final String name = part == null ? ALL_DATES : nameOf(part);
    final Path place = Path.of(source, symbol, kind.folder(resolution), name + ".parquet");
    out.write(staging.staged(place), part);
    final boolean event = kind.isEvent() && kind != CuratedKind.INSTRUMENT && extent.rows() > 0;
    built.put(
        place,
        new Built(
            kind,
            symbol,
            part == null || part < 0 ? null : LocalDate.ofEpochDay(part),
            rowsIn,
            extent.rows(),
            counts == null ? Map.of() : new EnumMap<>(counts.refused()),
            sources,
            event ? extent.firstTime() : Long.MAX_VALUE,
            event ? extent.lastTime() : Long.MIN_VALUE));
  }

  /** Quoted paths of what will be curated of a symbol and part, of kinds that a test chooses. */
  private List<String> upcoming(
      final String symbol, final long part, final Predicate<CuratedKind> wanted)
      throws IOException {
    final Path folder = Path.of(source, symbol);
    final List<String> files = new ArrayList<>();
    for (final String name : staging.folders(folder)) {
      final CuratedKind kind = CuratedKind.ofFolder(name);
      if (kind != null && wanted.test(kind)) {
        final Path file = staging.upcoming(folder.resolve(name).resolve(nameOf(part) + ".parquet"));
        if (file != null) {
          files.add(DuckDb.quoted(file));
        }
      }
    }
    return files;
  }

  /**
   * First and last event time of all that is or will be curated of a symbol and part; null when
   * there is nothing.
   */
  long[] span(final String symbol, final long part) throws SQLException, IOException {
    final List<String> files =
        upcoming(symbol, part, kind -> kind.isEvent() && kind != CuratedKind.INSTRUMENT);
    if (files.isEmpty()) {
      return null;
    }
    final String times =
        files.stream()
            .map(file -> "SELECT ts FROM read_parquet(" + file + ")")
            .collect(Collectors.joining(" UNION ALL "));
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery("SELECT min(ts), max(ts) FROM (" + times + ")")) {
      row.next();
      final long first = row.getLong(1);
      return row.wasNull() ? null : new long[] {first, row.getLong(2)};
    }
  }

  /** Every option contract that any curated row of a symbol and part names, or will name. */
  List<Contract> contracts(final String symbol, final long part) throws SQLException, IOException {
    final List<Contract> contracts = new ArrayList<>();
    contractsByDay(symbol, part, "0").values().forEach(contracts::addAll);
    return contracts;
  }

  /** The same by the day, in UTC, of the rows that name them. */
  Map<LocalDate, List<Contract>> contractsByDay(final String symbol, final long part)
      throws SQLException, IOException {
    return contractsByDay(symbol, part, "(ts - 1) // " + NANOS_PER_DAY);
  }

  private Map<LocalDate, List<Contract>> contractsByDay(
      final String symbol, final long part, final String day) throws SQLException, IOException {
    final List<String> files = upcoming(symbol, part, CuratedKind::isContracts);
    final TreeMap<LocalDate, List<Contract>> contracts = new TreeMap<>();
    if (files.isEmpty()) {
      return contracts;
    }
    final String rows =
        files.stream()
            .map(
                file ->
                    "SELECT symbol, expiry_date, strike, \"right\", style, "
                        + day
                        + " FROM read_parquet("
                        + file
                        + ")")
            .collect(Collectors.joining(" UNION "));
    try (Statement statement = database.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT * FROM ("
                    + rows
                    + ") ORDER BY expiry_date, strike, \"right\", style, symbol")) {
      while (row.next()) {
        contracts
            .computeIfAbsent(LocalDate.ofEpochDay(row.getLong(6)), of -> new ArrayList<>())
            .add(
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

  private ImportResult publish(final List<Path> ignored) throws IOException {
    final List<CuratedFile> files = new ArrayList<>();
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
      rowsOut += file.sources.isEmpty() ? 0 : file.rowsOut;
      first = Math.min(first, file.firstTime);
      last = Math.max(last, file.lastTime);
    }
    final boolean any = first <= last;
    return new ImportResult(
        totals.in(),
        rowsOut,
        totals.merged(),
        totals.added(),
        new EnumMap<>(totals.refused()),
        any ? first : 0,
        any ? last : 0,
        List.copyOf(files),
        List.copyOf(ignored));
  }
}
