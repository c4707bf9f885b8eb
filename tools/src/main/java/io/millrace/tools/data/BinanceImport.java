package io.millrace.tools.data;

import io.millrace.tools.data.BinanceFile.Content;
import io.millrace.tools.data.CryptoTerms.Market;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Imports Binance's public data: klines, trades or aggregated trades, best quotes, depth, funding
 * rates.
 */
public final class BinanceImport {
  /** Name of the source: the first folder under the curated root. */
  public static final String SOURCE = "binance";

  private static final String REMEDY =
      "give Binance's files by their names, such as BTCUSDT-1m-2023-01-01.zip; known are klines,"
          + " trades, aggTrades, bookTicker, fundingRate and T_DEPTH";

  private final Curation curation;
  private final CryptoTerms terms;

  private BinanceImport(final Curation curation, final CryptoTerms terms) {
    this.curation = curation;
    this.terms = terms;
  }

  private record Instrument(Market market, String symbol) implements Comparable<Instrument> {
    private static final Comparator<Instrument> ORDER =
        Comparator.comparing(Instrument::market).thenComparing(Instrument::symbol);

    @Override
    public int compareTo(final Instrument other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Imports.
   *
   * @param market of files whose folders do not tell; null = such files are refused
   * @param terms of the instruments
   * @throws DataException when anything is wrong with a source or the curated root cannot be
   *     written; then nothing was written
   */
  public static ImportResult run(
      final ImportRequest request,
      final Market market,
      final CryptoTerms terms,
      final ImportProgress progress) {
    final List<Path> ignored = new ArrayList<>();
    final List<Path> paths =
        SourceFiles.find(request, path -> BinanceFile.of(Path.of(path)) != null, REMEDY, ignored);
    final SortedMap<Instrument, List<BinanceFile>> files = sort(request, paths, market);
    return Curation.run(
        request,
        SOURCE,
        ignored,
        progress,
        curation -> new BinanceImport(curation, terms).build(files));
  }

  private static SortedMap<Instrument, List<BinanceFile>> sort(
      final ImportRequest request, final List<Path> paths, final Market said) {
    final Problems problems = new Problems();
    final TreeMap<Instrument, List<BinanceFile>> files = new TreeMap<>();
    for (final Path path : paths) {
      final BinanceFile file = BinanceFile.of(path);
      final Market market = file.market() == null ? said : file.market();
      if (market == null) {
        problems.add(
            path,
            "",
            "does not show its market",
            "say it with --market spot, usdm or coinm, or keep Binance's folders");
      } else if (!CryptoTerms.isSymbol(market, file.symbol())) {
        problems.add(
            path,
            "",
            "is of '" + file.symbol() + "', no pair or perpetual of that market",
            "see that its name and --market fit; contracts with a delivery date are not taken");
      } else if (request.takesSymbol(CryptoTerms.folder(market, file.symbol()), file.symbol())
          && (file.content() != Content.KLINES || request.takesResolution(file.resolution()))) {
        files
            .computeIfAbsent(new Instrument(market, file.symbol()), key -> new ArrayList<>())
            .add(file);
      }
    }
    files.values().forEach(list -> oneKindOfTrades(list, problems));
    problems.throwIfAny();
    if (files.isEmpty()) {
      throw new DataException(
          paths.get(0), "", "is of none of the symbols and samplings asked for", REMEDY);
    }
    return files;
  }

  private static void oneKindOfTrades(final List<BinanceFile> files, final Problems problems) {
    final BinanceFile single = first(files, Content.TRADES);
    final BinanceFile aggregated = first(files, Content.AGG_TRADES);
    if (single != null && aggregated != null) {
      problems.add(
          aggregated.path(),
          "",
          "holds the trades that " + single.path().getFileName() + " holds too",
          "give trades or aggTrades, not both");
    }
  }

  private static BinanceFile first(final List<BinanceFile> files, final Content content) {
    return files.stream().filter(file -> file.content() == content).findFirst().orElse(null);
  }

  private void build(final SortedMap<Instrument, List<BinanceFile>> files)
      throws SQLException, IOException {
    curation.willRead(
        files.values().stream().flatMap(List::stream).map(BinanceFile::path).toList());
    for (final Map.Entry<Instrument, List<BinanceFile>> entry : files.entrySet()) {
      final Instrument instrument = entry.getKey();
      final String folder = CryptoTerms.folder(instrument.market, instrument.symbol);
      try (Gathered rows = new Gathered(curation, folder, TradingDays.ALWAYS_OPEN)) {
        final RowCounts counts = curation.counts();
        final BookUpdates book = new BookUpdates(rows);
        // A day's snapshot comes before its updates, by the content's place and then by name.
        for (final BinanceFile file :
            entry.getValue().stream()
                .sorted(
                    Comparator.comparing(BinanceImport::day)
                        .thenComparing(BinanceFile::content)
                        .thenComparing(BinanceFile::path))
                .toList()) {
          curation.reading(file.path());
          SourceText.each(
              file.path(),
              curation.problems(),
              (text, in) -> new BinanceRows(file, rows, book, counts).read(text, in));
        }
        curation.count(counts);
        if (curation.problems().isEmpty()) {
          rows.finish(
              entry.getValue().stream().map(BinanceFile::path).toList(),
              terms.define(instrument.market, instrument.symbol, rows));
        }
      }
    }
  }

  /** The date in a file's name. */
  private static String day(final BinanceFile file) {
    return file.path()
        .getFileName()
        .toString()
        .replaceFirst(".*?(\\d{4}-\\d{2}(-\\d{2})?).*", "$1");
  }
}
