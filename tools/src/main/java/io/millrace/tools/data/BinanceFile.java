package io.millrace.tools.data;

import io.millrace.tools.data.CryptoTerms.Market;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of Binance's public data by its name: {@code BTCUSDT-1m-2023-01-01.zip}, {@code
 * BTCUSDT-aggTrades-2023-01.csv} and kin. The market shows in the folders that Binance publishes it
 * in ({@code spot}, {@code futures/um}, {@code futures/cm}), or is said.
 *
 * @param path where it is
 * @param symbol as Binance writes it
 * @param market null = does not show
 * @param content what its rows are
 * @param resolution sampling of its rows; empty for rows of their own time
 */
record BinanceFile(Path path, String symbol, Market market, Content content, String resolution) {
  /** What the rows of a file are. */
  enum Content {
    KLINES,
    AGG_TRADES,
    TRADES,
    BOOK_TICKER,
    DEPTH_SNAPSHOT,
    DEPTH_UPDATE,
    FUNDING_RATE
  }

  private static final String SUFFIX = "\\.(?:csv|zip|csv\\.gz)";
  private static final Pattern DASHED =
      Pattern.compile(
          "([A-Z0-9_]{2,30})-(\\d{1,2}[smhdw]|aggtrades|trades|bookticker|fundingrate)-\\d{4}-\\d{2}(?:-\\d{2})?"
              + SUFFIX,
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DEPTH =
      Pattern.compile(
          "([A-Z0-9_]{2,30}?)_T_DEPTH_\\d{4}-\\d{2}-\\d{2}_depth_(snap|update)" + SUFFIX,
          Pattern.CASE_INSENSITIVE);

  /** Klines of these are of no price at which anything trades. */
  private static final Pattern OTHER_KLINES =
      Pattern.compile("(markprice|indexprice|premiumindex)klines", Pattern.CASE_INSENSITIVE);

  /** Says what a path is; null when this import has no format for it. */
  static BinanceFile of(final Path path) {
    final String name = path.getFileName().toString();
    final String place = path.toString().replace('\\', '/').toLowerCase(Locale.ROOT);
    if (OTHER_KLINES.matcher(place).find()) {
      return null;
    }
    final Matcher depth = DEPTH.matcher(name);
    if (depth.matches()) {
      final boolean snapshot = depth.group(2).toLowerCase(Locale.ROOT).equals("snap");
      return new BinanceFile(
          path,
          depth.group(1).toUpperCase(Locale.ROOT),
          market(place),
          snapshot ? Content.DEPTH_SNAPSHOT : Content.DEPTH_UPDATE,
          "");
    }
    final Matcher dashed = DASHED.matcher(name);
    if (!dashed.matches()) {
      return null;
    }
    final String what = dashed.group(2).toLowerCase(Locale.ROOT);
    final Content content =
        switch (what) {
          case "aggtrades" -> Content.AGG_TRADES;
          case "trades" -> Content.TRADES;
          case "bookticker" -> Content.BOOK_TICKER;
          case "fundingrate" -> Content.FUNDING_RATE;
          default -> Content.KLINES;
        };
    return new BinanceFile(
        path,
        dashed.group(1).toUpperCase(Locale.ROOT),
        market(place),
        content,
        content == Content.KLINES ? what.replace("1w", "7d") : "");
  }

  private static Market market(final String place) {
    if (place.contains("/futures/um/")) {
      return Market.USDM;
    }
    if (place.contains("/futures/cm/")) {
      return Market.COINM;
    }
    return place.contains("/spot/") ? Market.SPOT : null;
  }
}
