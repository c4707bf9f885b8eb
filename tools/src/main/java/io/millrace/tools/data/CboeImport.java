package io.millrace.tools.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports option chains from Cboe: the quote table saved as {@code quotedata.csv}, and delayed
 * quotes as JSON, also as options-desk keeps them, plain or gzipped.
 */
public final class CboeImport {
  /** Name of the source: the first folder under the curated root. */
  public static final String SOURCE = "cboe";

  private static final int MAX_CSV_BYTES = 1 << 28;

  private final Curation curation;

  private CboeImport(final Curation curation) {
    this.curation = curation;
  }

  /**
   * Imports.
   *
   * @throws DataException when anything is wrong with a source or the curated root cannot be
   *     written; then nothing was written
   */
  public static ImportResult run(final ImportRequest request, final ImportProgress progress) {
    final List<Path> ignored = new ArrayList<>();
    final List<Path> files =
        SourceFiles.find(
            request,
            name -> isCsv(name) || name.endsWith(".json") || name.endsWith(".json.gz"),
            "give quotedata.csv files or chains as JSON, plain or gzipped",
            ignored);
    return Curation.run(
        request, SOURCE, ignored, progress, curation -> new CboeImport(curation).build(files));
  }

  private static boolean isCsv(final String name) {
    return name.endsWith(".csv") || name.endsWith(".csv.gz");
  }

  private void build(final List<Path> files) throws SQLException, IOException {
    curation.willRead(files);
    final RowCounts counts = curation.counts();
    try (CboeChains chains = new CboeChains(curation)) {
      for (final Path file : files) {
        curation.reading(file);
        SourceText.each(
            file,
            curation.problems(),
            (entry, in) -> {
              if (isCsv(file.toString().toLowerCase(java.util.Locale.ROOT))) {
                new CboeCsv(file, counts).read(text(in), chains);
              } else {
                new CboeJson(file, counts).read(in, chains);
              }
            });
      }
      curation.count(counts);
      if (curation.problems().isEmpty()) {
        chains.finish(files);
      }
    }
  }

  private static String text(final InputStream in) throws IOException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final byte[] chunk = new byte[1 << 16];
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      if (bytes.size() > MAX_CSV_BYTES) {
        throw new IOException("more than " + MAX_CSV_BYTES + " bytes");
      }
      bytes.write(chunk, 0, read);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
