package io.millrace.tools.data;

import io.millrace.tools.data.LeanReference.Asset;
import io.millrace.tools.data.LeanReference.Venue;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A LEAN file by its place in LEAN's folders: {@code equity/usa/minute/goog/20151224_quote.zip} and
 * kin; of futures, one contract's entry in such a file.
 *
 * @param path where it is
 * @param root the LEAN data root it is under
 * @param symbol folder that its rows are curated in: the ticker, with {@code -perp} for a
 *     perpetual, the contract month for a future, and the market unless that is {@code usa}
 * @param venue what is traded where
 * @param date trading date; null for files of several dates; of a universe file the date on which
 *     it is known
 * @param year the one year that a file of several dates is of; 0 = of any
 * @param content what its rows are
 * @param resolution sampling of the folder that it lies in, {@code 1m}, {@code 1d}; empty for ticks
 *     and reference data
 * @param style exercise style of its contracts; empty when they are none
 * @param entry the one entry to read; null = all
 */
record LeanFile(
    Path path,
    Path root,
    String symbol,
    Venue venue,
    LocalDate date,
    int year,
    Content content,
    String resolution,
    String style,
    String entry) {

  /** What the rows of a LEAN file are, and which curated kind they become. */
  enum Content {
    QUOTE_BAR(CuratedKind.QUOTE, "quote"),
    TRADE_BAR(CuratedKind.BAR, "trade"),
    QUOTE_TICK(CuratedKind.QUOTE, "quote"),
    TRADE_TICK(CuratedKind.TRADE, "trade"),
    OPTION_QUOTE_BAR(CuratedKind.OPTION_QUOTE, "quote"),
    OPTION_TRADE_BAR(CuratedKind.OPTION_TRADE, "trade"),
    OPTION_OPEN_INTEREST(CuratedKind.OPEN_INTEREST, "openinterest"),
    UNIVERSE(CuratedKind.OPEN_INTEREST, ""),
    MARGIN_INTEREST(CuratedKind.FUNDING, ""),
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

    /** Whether it is of all dates and known to hold no event. */
    boolean isReference() {
      return !kind.isEvent();
    }
  }

  /** An option contract as an entry's name gives it. */
  record Contract(boolean call, long strike, LocalDate expiry) {}

  /** What a data root needs to have beside the data. */
  static final String MARKET_HOURS = "market-hours/market-hours-database.json";

  /** Terms of the instruments. */
  static final String SYMBOL_PROPERTIES = "symbol-properties/symbol-properties-database.csv";

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final String USA = "usa";

  private static final Pattern DATED =
      Pattern.compile(
          "(equity|index|crypto|cryptofuture|future)/([a-z0-9]+)/(minute|second|tick)/([a-z0-9.]+)/"
              + "(\\d{8})_(quote|trade)(?:\\.zip)+");
  private static final Pattern UNDATED =
      Pattern.compile(
          "(equity|index|crypto|cryptofuture|future)/([a-z0-9]+)/(hour|daily)/([a-z0-9.]+?)"
              + "(?:_(quote|trade))?(?:\\.zip)+");
  private static final String CONTRACTS =
      "_(quote|trade|openinterest)_(american|european)(?:\\.zip)+";
  private static final Pattern OPTION =
      Pattern.compile("(option|indexoption)/usa/minute/([a-z0-9.]+)/(\\d{8})" + CONTRACTS);
  private static final Pattern OPTION_YEAR =
      Pattern.compile("(option|indexoption)/usa/(hour|daily)/([a-z0-9.]+)_(\\d{4})" + CONTRACTS);
  private static final Pattern FUTURE_OPTION =
      Pattern.compile("futureoption/([a-z0-9]+)/minute/([a-z0-9]+)/(\\d{6})/(\\d{8})" + CONTRACTS);
  private static final Pattern UNIVERSE =
      Pattern.compile("option/usa/universes/([a-z0-9.]+)/(\\d{8})\\.csv");
  private static final Pattern MARGIN =
      Pattern.compile("cryptofuture/([a-z0-9]+)/margin_interest/([a-z0-9.]+)\\.csv");
  private static final Pattern REFERENCE =
      Pattern.compile("equity/usa/(factor_files|map_files)/([a-z0-9.]+)\\.csv");
  private static final Pattern CONTRACT_TERMS =
      Pattern.compile("_(call|put)_(\\d{1,12})_(\\d{8})\\.csv");
  private static final Pattern CONTRACT_MONTH = Pattern.compile(".*_(\\d{6})(?:\\d{2})?\\.csv");

  /** A strike in an entry's name is in 1e-4 of the currency. */
  private static final long STRIKE_TO_FIXED = 10_000L;

  /** Decimal places of a price in 1e-4 read as 1e-8. */
  private static final int DECI_CENT_PLACES = 4;

  /** Folders and file name of all the paths above. */
  private static final int DEPTH_FUTURE_OPTION = 6;

  private static final int DEPTH_EVENT = 5;

  private static final int DEPTH_UNDATED = 4;

  /** Says what a path is; null when this import has no format for it. */
  static LeanFile of(final Path path) {
    final Path absolute = path.toAbsolutePath().normalize();
    final int names = absolute.getNameCount();
    try {
      LeanFile file = null;
      if (names > DEPTH_EVENT) {
        final Path root = root(absolute, DEPTH_EVENT);
        final String place = place(absolute, DEPTH_EVENT);
        final Matcher dated = DATED.matcher(place);
        final Matcher option = OPTION.matcher(place);
        final Matcher universe = UNIVERSE.matcher(place);
        if (dated.matches()) {
          file = dated(absolute, root, dated);
        } else if (option.matches()) {
          file = option(absolute, root, option);
        } else if (universe.matches()) {
          file = universe(absolute, root, universe);
        }
      }
      if (file == null && names > DEPTH_FUTURE_OPTION) {
        file = futureOption(absolute);
      }
      if (file == null && names > DEPTH_UNDATED) {
        file = undated(absolute);
      }
      return file;
    } catch (final DateTimeException e) {
      return null;
    }
  }

  private static LeanFile dated(final Path path, final Path root, final Matcher place) {
    final boolean quote = place.group(6).equals("quote");
    final boolean tick = place.group(3).equals("tick");
    final Venue venue = venue(place.group(1), place.group(2), place.group(4));
    if (!known(venue) || (tick && venue.asset() == Asset.FUTURE)) {
      return null;
    }
    final Content content =
        tick
            ? quote ? Content.QUOTE_TICK : Content.TRADE_TICK
            : quote ? Content.QUOTE_BAR : Content.TRADE_BAR;
    final String resolution = tick ? "" : "1" + place.group(3).charAt(0);
    final LocalDate date = LocalDate.parse(place.group(5), DAY);
    return new LeanFile(path, root, symbol(venue), venue, date, 0, content, resolution, "", null);
  }

  private static LeanFile undated(final Path path) {
    final Path root = root(path, DEPTH_UNDATED);
    final String place = place(path, DEPTH_UNDATED);
    final Matcher bars = UNDATED.matcher(place);
    if (bars.matches()) {
      final Venue venue = venue(bars.group(1), bars.group(2), bars.group(4));
      final boolean plain = venue.asset() == Asset.EQUITY || venue.asset() == Asset.INDEX;
      if (!known(venue) || plain != (bars.group(5) == null)) {
        return null;
      }
      final Content content = "quote".equals(bars.group(5)) ? Content.QUOTE_BAR : Content.TRADE_BAR;
      final String resolution = "1" + bars.group(3).charAt(0);
      return new LeanFile(path, root, symbol(venue), venue, null, 0, content, resolution, "", null);
    }
    final Matcher options = OPTION_YEAR.matcher(place);
    if (options.matches()) {
      return optionYear(path, root, options);
    }
    final Matcher margin = MARGIN.matcher(place);
    if (margin.matches()) {
      final Venue venue = venue("cryptofuture", margin.group(1), margin.group(2));
      return new LeanFile(
          path, root, symbol(venue), venue, null, 0, Content.MARGIN_INTEREST, "", "", null);
    }
    final Matcher reference = REFERENCE.matcher(place);
    if (reference.matches()) {
      return reference(
          root,
          reference.group(2),
          reference.group(1).equals("factor_files") ? Content.FACTOR_FILE : Content.MAP_FILE);
    }
    return null;
  }

  private static Venue venue(final String asset, final String market, final String ticker) {
    return new Venue(Asset.valueOf(asset.toUpperCase(Locale.ROOT)), market, ticker);
  }

  private static boolean known(final Venue venue) {
    return switch (venue.asset()) {
      case EQUITY, OPTION, INDEX -> venue.market().equals(USA);
      case INDEXOPTION -> ListedOptions.isIndex(venue.ticker().toUpperCase(Locale.ROOT));
      case CRYPTO, CRYPTOFUTURE, FUTURE -> true;
    };
  }

  private static String symbol(final Venue venue) {
    return switch (venue.asset()) {
      case EQUITY, OPTION, INDEX -> venue.ticker();
      case INDEXOPTION ->
          ListedOptions.underlying(venue.ticker().toUpperCase(Locale.ROOT))
              .toLowerCase(Locale.ROOT);
      case CRYPTO, FUTURE -> venue.ticker() + "." + venue.market();
      case CRYPTOFUTURE -> venue.ticker() + "-perp." + venue.market();
    };
  }

  private static LeanFile option(final Path path, final Path root, final Matcher place) {
    final Venue venue = venue(place.group(1), USA, place.group(2));
    final LocalDate date = LocalDate.parse(place.group(3), DAY);
    return known(venue)
        ? contracts(path, root, symbol(venue), venue, date, "1m", place.group(4), place.group(5))
        : null;
  }

  private static LeanFile futureOption(final Path path) {
    final Matcher place = FUTURE_OPTION.matcher(place(path, DEPTH_FUTURE_OPTION));
    if (!place.matches()) {
      return null;
    }
    // The database has hours of the futures alone: their options trade with them.
    final Venue venue = venue("future", place.group(1), place.group(2));
    if (!FutureExpiry.isKnown(venue.ticker())) {
      return null;
    }
    final String future = venue.ticker() + place.group(3) + "." + venue.market();
    final LocalDate date = LocalDate.parse(place.group(4), DAY);
    final Path root = root(path, DEPTH_FUTURE_OPTION);
    return contracts(path, root, future, venue, date, "1m", place.group(5), place.group(6));
  }

  private static LeanFile optionYear(final Path path, final Path root, final Matcher place) {
    final Venue venue = venue(place.group(1), USA, place.group(3));
    if (!known(venue)) {
      return null;
    }
    final String resolution = "1" + place.group(2).charAt(0);
    final int year = Integer.parseInt(place.group(4));
    final Content content = contracts(place.group(5));
    return new LeanFile(
        path, root, symbol(venue), venue, null, year, content, resolution, place.group(6), null);
  }

  private static LeanFile contracts(
      final Path path,
      final Path root,
      final String symbol,
      final Venue venue,
      final LocalDate date,
      final String resolution,
      final String word,
      final String style) {
    return new LeanFile(
        path, root, symbol, venue, date, 0, contracts(word), resolution, style, null);
  }

  private static Content contracts(final String word) {
    return switch (word) {
      case "quote" -> Content.OPTION_QUOTE_BAR;
      case "trade" -> Content.OPTION_TRADE_BAR;
      default -> Content.OPTION_OPEN_INTEREST;
    };
  }

  private static LeanFile universe(final Path path, final Path root, final Matcher place) {
    final Venue venue = new Venue(Asset.OPTION, USA, place.group(1));
    final LocalDate date = LocalDate.parse(place.group(2), DAY);
    final String style = ListedOptions.style(place.group(1).toUpperCase(Locale.ROOT));
    return new LeanFile(
        path, root, symbol(venue), venue, date, 0, Content.UNIVERSE, "1d", style, null);
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
    final Venue venue = new Venue(Asset.EQUITY, USA, symbol);
    return new LeanFile(path, root, symbol, venue, null, 0, content, "", "", null);
  }

  /**
   * One contract's entry of a file of futures; null when the name says something else than the
   * file's place.
   */
  LeanFile contractEntry(final String name) {
    final String lower = name.toLowerCase(Locale.ROOT);
    final String start =
        date == null
            ? venue.ticker() + "_" + content.word + "_"
            : DAY.format(date) + "_" + venue.ticker() + "_" + length() + "_" + content.word + "_";
    final Matcher month = CONTRACT_MONTH.matcher(lower);
    if (!lower.startsWith(start) || !month.matches()) {
      return null;
    }
    final String contract = venue.ticker() + month.group(1) + "." + venue.market();
    return new LeanFile(path, root, contract, venue, date, 0, content, resolution, style, name);
  }

  /** The contract month of a future, {@code yyyyMM}. */
  String contractMonth() {
    return symbol.substring(venue.ticker().length(), symbol.lastIndexOf('.'));
  }

  /** Nanoseconds that a row covers; 0 for rows of an instant. */
  long intervalNanos() {
    return switch (resolution) {
      case "1d" -> 86_400_000_000_000L;
      case "1h" -> 3_600_000_000_000L;
      case "1m" -> 60_000_000_000L;
      case "1s" -> 1_000_000_000L;
      default -> 0L;
    };
  }

  private String length() {
    return switch (resolution) {
      case "1d" -> "daily";
      case "1h" -> "hour";
      case "1m" -> "minute";
      case "1s" -> "second";
      default -> "tick";
    };
  }

  /** Sampling of what its rows become; empty for rows of their own time. */
  String curatedResolution() {
    return content.kind.isSampled() ? resolution : "";
  }

  /** The same, known on another date than that in its name. */
  LeanFile knownOn(final LocalDate known) {
    return new LeanFile(path, root, symbol, venue, known, year, content, resolution, style, entry);
  }

  /** Whether this holds option contracts. */
  boolean isOption() {
    return content.kind.isContracts();
  }

  /** Whether this holds option contracts, one entry each. */
  boolean isByContract() {
    return isOption() && content != Content.UNIVERSE;
  }

  /** Upper-case ticker: of options their root, of others that of the symbol. */
  String ticker() {
    return venue.ticker().toUpperCase(Locale.ROOT);
  }

  /** Decimal places of a price as it stands, read as 1e-8. */
  int pricePlaces() {
    return switch (venue.asset()) {
      case EQUITY, OPTION, INDEXOPTION -> DECI_CENT_PLACES;
      case INDEX, CRYPTO, CRYPTOFUTURE, FUTURE -> Decimal.PLACES;
    };
  }

  /** Whether an entry's name says the same as the file's place. */
  boolean names(final String name) {
    if (entry != null) {
      return name.equals(entry);
    }
    final String lower = name.toLowerCase(Locale.ROOT).replace("_perp.csv", ".csv");
    final String ticker = venue.ticker();
    if (date == null) {
      return lower.equals(ticker + ".csv") || lower.equals(ticker + "_" + content.word + ".csv");
    }
    final String start = DAY.format(date) + "_" + ticker + "_";
    return lower.equals(start + length() + "_" + content.word + ".csv")
        || lower.equals(start + content.word + "_" + length() + ".csv");
  }

  /** A name that an entry of this file can have. */
  String exampleName() {
    final String day = date == null ? "" : DAY.format(date) + "_";
    return isOption()
        ? contractStart() + "_call_7500000_20160617.csv"
        : date == null
            ? venue.ticker() + ".csv"
            : day + venue.ticker() + "_" + length() + "_" + content.word + ".csv";
  }

  /** How the name of an option's entry begins. */
  private String contractStart() {
    final String start =
        date == null
            ? venue.ticker() + "_"
            : DAY.format(date) + "_" + venue.ticker() + "_" + length() + "_";
    return start + content.word + "_" + style;
  }

  /**
   * The contract that an option entry's name gives; null when the name says something else than the
   * file's place.
   */
  Contract contract(final String name) {
    final String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.startsWith(contractStart())) {
      return null;
    }
    final Matcher terms = CONTRACT_TERMS.matcher(lower.substring(contractStart().length()));
    if (!terms.matches()) {
      return null;
    }
    try {
      final long strike = Math.multiplyExact(Long.parseLong(terms.group(2)), STRIKE_TO_FIXED);
      final LocalDate expiry = LocalDate.parse(terms.group(3), DAY);
      return OptionSymbol.fits(ticker(), strike)
          ? new Contract(terms.group(1).equals("call"), strike, expiry)
          : null;
    } catch (final ArithmeticException | DateTimeException e) {
      return null;
    }
  }
}
