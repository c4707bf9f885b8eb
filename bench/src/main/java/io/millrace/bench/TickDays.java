package io.millrace.bench;

import io.millrace.tools.data.BinanceImport;
import io.millrace.tools.data.CryptoTerms;
import io.millrace.tools.data.CuratedKind;
import io.millrace.tools.data.ImportRequest;
import io.millrace.tools.data.Selection;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Whole days of quotes and trades of three perpetuals, as curated parquet: made by a random walk
 * with a fixed seed, written as the CSV that Binance publishes, and imported by the import itself.
 * Four rows in five are quotes, the rest are trades at the touch; times are whole milliseconds, in
 * bursts, as the venue's are.
 */
final class TickDays {
  /** As curated data and strategies name them. */
  static final List<String> SYMBOLS = List.of("BTCUSDT-PERP", "ETHUSDT-PERP", "SOLUSDT-PERP");

  private static final String ENDING = "-PERP";
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 8);
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long SEED = 20261121L;
  private static final double QUOTES = 0.8;
  private static final double BURST = 0.6;
  private static final double MOVES = 0.15;
  private static final double UP = 0.5;
  private static final int[] START_TICKS = {420_000, 225_000, 100_000};
  private static final int MOST_LOTS = 9_000;

  private TickDays() {}

  /**
   * Writes and imports the days.
   *
   * @param folder that does not exist yet; the CSV in it is deleted again
   * @param perDay rows of each symbol and day
   */
  static Selection write(final Path folder, final int days, final int perDay) {
    final Path csv = folder.resolve("futures/um");
    final Path curated = folder.resolve("curated");
    try {
      Files.createDirectories(csv);
      for (int symbol = 0; symbol < SYMBOLS.size(); symbol++) {
        final SplittableRandom random = new SplittableRandom(SEED + symbol);
        int bid = START_TICKS[symbol];
        for (int day = 0; day < days; day++) {
          bid = day(csv, symbol, FIRST.plusDays(day), perDay, bid, random);
        }
      }
      BinanceImport.run(
          new ImportRequest(List.of(csv), curated, Set.of(), null, null, false),
          CryptoTerms.Market.USDM,
          new CryptoTerms(),
          (done, all, file) -> {});
      RawChronicle.delete(csv);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot write ticks in " + folder, e);
    }
    return selection(folder);
  }

  /** What {@link #write} left in a folder. */
  static Selection selection(final Path folder) {
    return new Selection(
        folder.resolve("curated"),
        BinanceImport.SOURCE,
        SYMBOLS,
        null,
        null,
        EnumSet.of(CuratedKind.QUOTE, CuratedKind.TRADE),
        "");
  }

  private static int day(
      final Path csv,
      final int symbol,
      final LocalDate date,
      final int rows,
      final int startBid,
      final SplittableRandom random)
      throws IOException {
    final String pair =
        SYMBOLS.get(symbol).substring(0, SYMBOLS.get(symbol).length() - ENDING.length());
    final long midnight = date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    // Rows of a burst share a millisecond: the gap between bursts fills the day.
    final double gap = DAY_MILLIS / (rows * (1 - BURST)) * 0.98;
    final StringBuilder line = new StringBuilder(96);
    int bid = startBid;
    int spread = 1;
    double clock = 0;
    long id = date.toEpochDay() * 100_000_000L;
    try (OutputStream quotes = open(csv.resolve(pair + "-bookTicker-" + date + ".csv"));
        OutputStream trades = open(csv.resolve(pair + "-aggTrades-" + date + ".csv"))) {
      for (int row = 0; row < rows; row++) {
        if (random.nextDouble() >= BURST) {
          clock += gap * 2 * random.nextDouble();
        }
        final long time = midnight + Math.min((long) clock, DAY_MILLIS - 1);
        id++;
        line.setLength(0);
        if (random.nextDouble() < QUOTES) {
          if (random.nextDouble() < MOVES) {
            bid += random.nextDouble() < UP ? 1 : -1;
            spread = random.nextDouble() < MOVES ? 2 : 1;
          }
          line.append(id).append(',');
          tenths(line, bid).append(',');
          lots(line, random).append(',');
          tenths(line, bid + spread).append(',');
          lots(line, random).append(',').append(time).append(',').append(time).append('\n');
          quotes.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
        } else {
          final boolean sold = random.nextDouble() < UP;
          line.append(id).append(',');
          tenths(line, sold ? bid : bid + spread).append(',');
          lots(line, random).append(',').append(id).append(',').append(id).append(',');
          line.append(time).append(',').append(sold).append('\n');
          trades.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    }
    return bid;
  }

  private static OutputStream open(final Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  private static StringBuilder tenths(final StringBuilder line, final int ticks) {
    return line.append(ticks / 10).append('.').append(ticks % 10);
  }

  private static StringBuilder lots(final StringBuilder line, final SplittableRandom random) {
    final int lots = 1 + random.nextInt(MOST_LOTS);
    line.append(lots / 1000).append('.');
    return line.append((char) ('0' + lots / 100 % 10))
        .append((char) ('0' + lots / 10 % 10))
        .append((char) ('0' + lots % 10));
  }
}
