package io.millrace.tools.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.tools.data.CryptoTerms.Market;
import io.millrace.tools.data.CsvLines.BadRowException;
import io.millrace.tools.data.Definition.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Imports captured exchange feeds as hftbacktest's collector writes them: gzipped lines of a time
 * of receipt and the exchange's own JSON. Files are read in the order of their names, as one feed a
 * symbol, so that a book goes on from one file to the next.
 */
public final class HftbacktestImport {
  /** Name of the source: the first folder under the curated root. */
  public static final String SOURCE = "hftbacktest";

  /** A market shows within so many lines, or not at all. */
  private static final int LINES_TO_TELL = 1_000;

  private final Curation curation;
  private final CryptoTerms terms;
  private final TreeMap<FeedLines.Key, FeedLines.Feed> feeds = new TreeMap<>();

  private HftbacktestImport(final Curation curation, final CryptoTerms terms) {
    this.curation = curation;
    this.terms = terms;
  }

  /**
   * Imports.
   *
   * @param terms of Binance's instruments
   * @throws DataException when anything is wrong with a source or the curated root cannot be
   *     written; then nothing was written
   */
  public static ImportResult run(
      final ImportRequest request, final CryptoTerms terms, final ImportProgress progress) {
    final List<Path> ignored = new ArrayList<>();
    final List<Path> files =
        SourceFiles.find(
            request,
            name -> name.endsWith(".gz"),
            "give the collector's .gz files, or a folder of them",
            ignored);
    return Curation.run(
        request,
        SOURCE,
        ignored,
        progress,
        curation -> new HftbacktestImport(curation, terms).build(files));
  }

  private void build(final List<Path> files) throws SQLException, IOException {
    curation.willRead(files);
    final RowCounts counts = curation.counts();
    try {
      for (final Path file : files) {
        curation.reading(file);
        final Market market = marketOf(file);
        SourceText.each(
            file,
            curation.problems(),
            (entry, in) -> read(file, in, new FeedLines(market, this::open), counts));
      }
      curation.count(counts);
      if (curation.problems().isEmpty()) {
        for (final Map.Entry<FeedLines.Key, FeedLines.Feed> feed : feeds.entrySet()) {
          finish(feed.getKey(), feed.getValue().rows(), files);
        }
      }
    } finally {
      for (final FeedLines.Feed feed : feeds.values()) {
        feed.rows().close();
      }
    }
  }

  private FeedLines.Feed open(final FeedLines.Key key) {
    final String folder =
        key.market() == null
            ? key.symbol().toLowerCase(java.util.Locale.ROOT) + "-perp"
            : CryptoTerms.folder(key.market(), key.symbol());
    if (!curation.request().takesSymbol(folder, key.symbol())) {
      return null;
    }
    return feeds.computeIfAbsent(
        key, made -> new FeedLines.Feed(new Gathered(curation, folder, TradingDays.ALWAYS_OPEN)));
  }

  private void finish(final FeedLines.Key key, final Gathered rows, final List<Path> files)
      throws SQLException, IOException {
    final Definition definition =
        key.market() == null
            ? CryptoTerms.define(
                rows.name(),
                "perpetual",
                "cash",
                rows.learned(new Terms("USD", Decimal.ONE, 0, 0, 0)))
            : terms.define(key.market(), key.symbol(), rows);
    rows.finish(files, definition);
  }

  /** The first lines tell which of Binance's markets a file is of. */
  private Market marketOf(final Path file) throws SQLException {
    final Market[] found = new Market[1];
    final Problems unheard = new Problems(); // said when the file is read in earnest
    SourceText.each(
        file,
        unheard,
        (entry, in) -> {
          final TextLines line = new TextLines(in);
          final FeedLines lines = new FeedLines(null, key -> null);
          for (int i = 0; i < LINES_TO_TELL && found[0] == null; i++) {
            try {
              if (!line.next()) {
                return;
              }
              found[0] = FeedLines.marketOf(lines.parse(line));
            } catch (final BadRowException e) {
              found[0] = null; // said when the file is read in earnest
            }
          }
        });
    return found[0] == null ? Market.USDM : found[0];
  }

  private void read(
      final Path file, final InputStream in, final FeedLines lines, final RowCounts counts)
      throws IOException, SQLException {
    final TextLines line = new TextLines(in);
    boolean more = true;
    while (more) {
      try {
        more = line.next();
        if (more) {
          counts.read();
          final JsonNode node = lines.parse(line);
          lines.take(node, counts);
        }
      } catch (final BadRowException e) {
        counts.refuse(file, SourceText.place("", line.lineNumber()), e);
      }
    }
  }
}
