package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import io.millrace.tools.data.Mapping.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * Imports a user's own files, CSV (plain, zipped or gzipped) or parquet, whose columns a {@link
 * Mapping} tells the meaning of.
 */
public final class MappedImport {
  private final Curation curation;
  private final Mapping mapping;

  private MappedImport(final Curation curation, final Mapping mapping) {
    this.curation = curation;
    this.mapping = mapping;
  }

  /** What the files are. */
  public enum Format {
    /** Lines of fields. */
    CSV,
    /** Parquet. */
    PARQUET
  }

  /**
   * Imports.
   *
   * @param mappingFile what the columns mean
   * @throws DataException when the mapping, or anything of a source, is wrong, or the curated root
   *     cannot be written; then nothing was written
   */
  public static ImportResult run(
      final ImportRequest request,
      final Format format,
      final Path mappingFile,
      final ImportProgress progress) {
    final String name = format.name().toLowerCase(java.util.Locale.ROOT);
    final Mapping mapping = Mapping.read(mappingFile, name);
    final List<Path> ignored = new ArrayList<>();
    final List<Path> files =
        SourceFiles.find(
            request,
            format == Format.PARQUET
                ? path -> path.endsWith(".parquet")
                : path -> path.matches(".*\\.(csv|txt|tsv)(\\.gz)?|.*\\.zip"),
            format == Format.PARQUET
                ? "give .parquet files, or a folder of them"
                : "give .csv, .tsv or .txt files, plain, .gz or .zip, or a folder of them",
            ignored);
    return Curation.run(
        request,
        mapping.source(),
        ignored,
        progress,
        curation -> new MappedImport(curation, mapping).build(format, files));
  }

  private void build(final Format format, final List<Path> files) throws SQLException, IOException {
    curation.willRead(files);
    final RowCounts counts = curation.counts();
    try (MappedRows rows = new MappedRows(curation, mapping, counts)) {
      for (final Path file : files) {
        curation.reading(file);
        rows.nextFile();
        if (format == Format.PARQUET) {
          parquet(file, rows);
        } else {
          SourceText.each(
              file, curation.problems(), (entry, in) -> csv(file, entry, in, rows, counts));
        }
      }
      curation.count(counts);
      if (curation.problems().isEmpty()) {
        rows.finish(files);
      }
    }
  }

  // ---- CSV

  private void csv(
      final Path file,
      final String entry,
      final InputStream in,
      final MappedRows rows,
      final RowCounts counts)
      throws IOException, SQLException {
    final TextLines lines = new TextLines(in);
    final List<String> fields = new ArrayList<>();
    Map<Role, Integer> places = null;
    int names = 0;
    boolean more = true;
    while (more) {
      final String place;
      try {
        more = lines.next();
        if (!more) {
          break;
        }
        place = SourceText.place(entry, lines.lineNumber());
        split(new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8), fields);
      } catch (final BadRowException e) {
        counts.read();
        counts.refuse(file, SourceText.place(entry, lines.lineNumber()), e);
        continue;
      }
      if (places == null) {
        places = places(mapping.header() ? List.copyOf(fields) : null, file, entry);
        if (places == null) {
          return;
        }
        if (mapping.header()) {
          names = fields.size();
          continue;
        }
      }
      if (mapping.header() && beyond(fields, names)) {
        counts.read();
        counts.refuse(
            file,
            place,
            new BadRowException(
                RowRefusal.COLUMN_COUNT,
                "has " + fields.size() + " fields, more than the header's " + names));
        continue;
      }
      final Map<Role, Integer> columns = places;
      rows.take(
          role -> {
            final Integer column = columns.get(role);
            return column == null || column >= fields.size() ? null : fields.get(column);
          },
          file,
          place);
    }
  }

  /** Whether a line has more than empty fields behind its last column, as 1,000 without quotes. */
  private static boolean beyond(final List<String> fields, final int names) {
    return fields.stream().skip(names).anyMatch(field -> !field.isBlank());
  }

  /** Column of each role, from 0; null when one is missing, which is then a problem. */
  private Map<Role, Integer> places(
      final List<String> header, final Path file, final String entry) {
    final EnumMap<Role, Integer> places = new EnumMap<>(Role.class);
    boolean whole = true;
    for (final Map.Entry<Role, String> column : mapping.columns().entrySet()) {
      int at = -1;
      if (header == null) {
        at =
            column.getValue().matches("[1-9][0-9]{0,3}")
                ? Integer.parseInt(column.getValue()) - 1
                : -1;
      } else {
        for (int i = 0; i < header.size(); i++) {
          if (header.get(i).strip().equals(column.getValue())) {
            if (at >= 0) {
              whole = false;
              twice(file, SourceText.place(entry, 1), column.getValue());
            }
            at = i;
          }
        }
      }
      if (at < 0) {
        whole = false;
        missing(file, SourceText.place(entry, 1), column, header);
      }
      places.put(column.getKey(), at);
    }
    return whole ? places : null;
  }

  private void twice(final Path file, final String place, final String name) {
    curation
        .problems()
        .add(
            file,
            place,
            "has two columns '" + name + "'",
            "name them apart, or give their numbers with header: false and the first line taken out");
  }

  private void missing(
      final Path file,
      final String place,
      final Map.Entry<Role, String> column,
      final List<String> there) {
    curation
        .problems()
        .add(
            file,
            place,
            there == null
                ? "has no names, so that columns."
                    + column.getKey().code()
                    + " cannot be '"
                    + column.getValue()
                    + "'"
                : "has no column '" + column.getValue() + "'",
            there == null
                ? "give the number of the column, from 1"
                : "name one of " + String.join(", ", there) + " for " + column.getKey().code());
  }

  /** Splits a line at the delimiter; a field in quotes may hold it, and a doubled quote. */
  private void split(final String line, final List<String> fields) throws BadRowException {
    fields.clear();
    final StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = line.startsWith("\uFEFF") ? 1 : 0; i < line.length(); i++) {
      final char c = line.charAt(i);
      if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"' && (quoted || field.isEmpty())) {
        quoted = !quoted;
      } else if (c == mapping.delimiter() && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    if (quoted) {
      throw new BadRowException(RowRefusal.MALFORMED_RECORD, "has a quote that is not closed");
    }
    fields.add(field.toString());
  }

  // ---- parquet

  private void parquet(final Path file, final MappedRows rows) {
    try (DuckDBConnection database = DuckDb.open(DuckDb.READER_MEMORY, null);
        Statement statement = database.createStatement()) {
      final Map<String, String> types = types(file, statement);
      final EnumMap<Role, Integer> places = new EnumMap<>(Role.class);
      final List<String> selected = new ArrayList<>();
      for (final Map.Entry<Role, String> column : mapping.columns().entrySet()) {
        if (!types.containsKey(column.getValue())) {
          missing(file, "", column, List.copyOf(types.keySet()));
          return;
        }
        final String name = DuckDb.name(column.getValue().replace("\"", "\"\""));
        final boolean instant = types.get(column.getValue()).equals("TIMESTAMP WITH TIME ZONE");
        if (instant && column.getKey() == Role.TIME) {
          rows.timesAreInstants();
        }
        selected.add("CAST(" + (instant ? "epoch_ns(" + name + ")" : name) + " AS VARCHAR)");
        places.put(column.getKey(), selected.size());
      }
      read(file, statement, String.join(", ", selected), places, rows);
    } catch (final SQLException e) {
      curation
          .problems()
          .add(
              file,
              "",
              "is not a whole parquet file ("
                  + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                  + ")",
              "fetch the file again");
    }
  }

  private static Map<String, String> types(final Path file, final Statement statement)
      throws SQLException {
    final Map<String, String> types = new LinkedHashMap<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet("
                + DuckDb.quoted(file)
                + "))")) {
      while (row.next()) {
        types.put(row.getString(1), row.getString(2));
      }
    }
    return types;
  }

  private static void read(
      final Path file,
      final Statement statement,
      final String columns,
      final Map<Role, Integer> places,
      final MappedRows rows)
      throws SQLException {
    final String[] texts = new String[places.size() + 1];
    try (ResultSet row =
        statement.executeQuery(
            "SELECT " + columns + " FROM read_parquet(" + DuckDb.quoted(file) + ")")) {
      long number = 0;
      while (row.next()) {
        number++;
        for (int i = 1; i < texts.length; i++) {
          texts[i] = row.getString(i);
        }
        rows.take(
            role -> {
              final Integer column = places.get(role);
              return column == null ? null : texts[column];
            },
            file,
            "row " + number);
      }
    }
  }
}
