package io.millrace.tools.data;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A LEAN file by its place in LEAN's folders: {@code equity/usa/minute/goog/20151224_quote.zip} and
 * kin.
 *
 * @param path where it is
 * @param root the LEAN data root it is under
 * @param symbol lower case ticker
 * @param date trading date; null for reference data of all dates
 * @param content what its rows are
 * @param resolution sampling of its rows, {@code 1m}, {@code 1s}; empty for ticks and reference
 *     data
 * @param style exercise style of its contracts; empty when they are none
 */
record LeanFile(
    Path path,
    Path root,
    String symbol,
    LocalDate date,
    Content content,
    String resolution,
    String style) {

  /** What the rows of a LEAN file are, and which curated kind they become. */
  enum Content {
    EQUITY_QUOTE_BAR(CuratedKind.QUOTE, "quote"),
    EQUITY_TRADE_BAR(CuratedKind.BAR, "trade"),
    EQUITY_QUOTE_TICK(CuratedKind.QUOTE, "quote"),
    EQUITY_TRADE_TICK(CuratedKind.TRADE, "trade"),
    OPTION_QUOTE_BAR(CuratedKind.OPTION_QUOTE, "quote"),
    OPTION_TRADE_BAR(CuratedKind.OPTION_TRADE, "trade"),
    OPTION_OPEN_INTEREST(CuratedKind.OPEN_INTEREST, "openinterest"),
    FACTOR_FILE(CuratedKind.FACTOR, ""),
    MAP_FILE(CuratedKind.MAP, "");

    private final CuratedKind kind;
    private final String word;

    Content(final CuratedKind kind, final String word) {
      this.kind = kind;
      this.word = word;
    }

    CuratedKind kind() {
      return kind;
    }
  }

  /** An option contract as an entry's name gives it. */
  record Contract(boolean call, long strike, LocalDate expiry) {}

  /** What a data root needs to have beside the data. */
  static final String MARKET_HOURS = "market-hours/market-hours-database.json";

  /** Terms of the instruments. */
  static final String SYMBOL_PROPERTIES = "symbol-properties/symbol-properties-database.csv";

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  private static final Pattern EQUITY =
      Pattern.compile(
          "equity/usa/(minute|second|tick)/([a-z0-9.]+)/(\\d{8})_(quote|trade)(?:\\.zip)+");
  private static final Pattern OPTION =
      Pattern.compile(
          "option/usa/minute/([a-z0-9.]+)/(\\d{8})_(quote|trade|openinterest)_(american|european)(?:\\.zip)+");
  private static final Pattern REFERENCE =
      Pattern.compile("equity/usa/(factor_files|map_files)/([a-z0-9.]+)\\.csv");
  private static final Pattern CONTRACT_TERMS =
      Pattern.compile("_(call|put)_(\\d{1,12})_(\\d{8})\\.csv");

  /** A strike in an entry's name is in 1e-4 of the currency. */
  private static final long STRIKE_TO_FIXED = 10_000L;

  /** Folders and file name of all the paths above. */
  private static final int DEPTH_EVENT = 5;

  private static final int DEPTH_REFERENCE = 4;

  /** Says what a path is; null when this import has no format for it. */
  static LeanFile of(final Path path) {
    final Path absolute = path.toAbsolutePath().normalize();
    final int names = absolute.getNameCount();
    try {
      if (names > DEPTH_EVENT) {
        final Path root = root(absolute, DEPTH_EVENT);
        final String place = place(absolute, DEPTH_EVENT);
        final Matcher equity = EQUITY.matcher(place);
        if (equity.matches()) {
          return equity(absolute, root, equity);
        }
        final Matcher option = OPTION.matcher(place);
        if (option.matches()) {
          return option(absolute, root, option);
        }
      }
      if (names > DEPTH_REFERENCE) {
        final Matcher reference = REFERENCE.matcher(place(absolute, DEPTH_REFERENCE));
        if (reference.matches()) {
          final Content content =
              reference.group(1).equals("factor_files") ? Content.FACTOR_FILE : Content.MAP_FILE;
          final Path root = root(absolute, DEPTH_REFERENCE);
          return new LeanFile(absolute, root, reference.group(2), null, content, "", "");
        }
      }
      return null;
    } catch (final DateTimeException e) {
      return null;
    }
  }

  private static LeanFile equity(final Path path, final Path root, final Matcher place) {
    final boolean quote = place.group(4).equals("quote");
    final boolean tick = place.group(1).equals("tick");
    final Content content =
        tick
            ? quote ? Content.EQUITY_QUOTE_TICK : Content.EQUITY_TRADE_TICK
            : quote ? Content.EQUITY_QUOTE_BAR : Content.EQUITY_TRADE_BAR;
    final String resolution = tick ? "" : "1" + place.group(1).charAt(0);
    final LocalDate date = LocalDate.parse(place.group(3), DAY);
    return new LeanFile(path, root, place.group(2), date, content, resolution, "");
  }

  private static LeanFile option(final Path path, final Path root, final Matcher place) {
    final LocalDate date = LocalDate.parse(place.group(2), DAY);
    return switch (place.group(3)) {
      case "quote" ->
          new LeanFile(
              path, root, place.group(1), date, Content.OPTION_QUOTE_BAR, "1m", place.group(4));
      case "trade" ->
          new LeanFile(
              path, root, place.group(1), date, Content.OPTION_TRADE_BAR, "1m", place.group(4));
      default ->
          new LeanFile(
              path, root, place.group(1), date, Content.OPTION_OPEN_INTEREST, "", place.group(4));
    };
  }

  private static String place(final Path path, final int depth) {
    final StringBuilder place = new StringBuilder();
    for (int i = path.getNameCount() - depth; i < path.getNameCount(); i++) {
      place.append(place.isEmpty() ? "" : "/").append(path.getName(i));
    }
    return place.toString().toLowerCase(Locale.ROOT);
  }

  private static Path root(final Path path, final int depth) {
    Path root = path;
    for (int i = 0; i < depth; i++) {
      root = root.getParent();
    }
    return root;
  }

  /** The factor or map file of a symbol in a data root. */
  static LeanFile reference(final Path root, final String symbol, final Content content) {
    final String folder = content == Content.FACTOR_FILE ? "factor_files" : "map_files";
    final Path path = root.resolve("equity/usa").resolve(folder).resolve(symbol + ".csv");
    return new LeanFile(path, root, symbol, null, content, "", "");
  }

  /** Nanoseconds that a row covers; 0 for rows of an instant. */
  long intervalNanos() {
    return switch (resolution) {
      case "1m" -> 60_000_000_000L;
      case "1s" -> 1_000_000_000L;
      default -> 0L;
    };
  }

  /** Whether this holds contracts, one entry each. */
  boolean isOption() {
    return content.kind.isContracts();
  }

  /** Whether an equity entry's name says the same as the file's place. */
  boolean names(final String entry) {
    final String lower = entry.toLowerCase(Locale.ROOT);
    final String length =
        switch (resolution) {
          case "1m" -> "minute";
          case "1s" -> "second";
          default -> "tick";
        };
    final String day = DAY.format(date);
    return lower.equals(day + "_" + symbol + "_" + length + "_" + content.word + ".csv")
        || lower.equals(day + "_" + symbol + "_" + content.word + "_" + length + ".csv");
  }

  /**
   * The contract that an option entry's name gives; null when the name says something else than the
   * file's place.
   */
  Contract contract(final String entry) {
    final String lower = entry.toLowerCase(Locale.ROOT);
    final String prefix = DAY.format(date) + "_" + symbol + "_minute_" + content.word + "_" + style;
    if (!lower.startsWith(prefix)) {
      return null;
    }
    final Matcher terms = CONTRACT_TERMS.matcher(lower.substring(prefix.length()));
    if (!terms.matches()) {
      return null;
    }
    try {
      final long strike = Math.multiplyExact(Long.parseLong(terms.group(2)), STRIKE_TO_FIXED);
      final LocalDate expiry = LocalDate.parse(terms.group(3), DAY);
      return OptionSymbol.fits(symbol, strike)
          ? new Contract(terms.group(1).equals("call"), strike, expiry)
          : null;
    } catch (final ArithmeticException | DateTimeException e) {
      return null;
    }
  }
}
