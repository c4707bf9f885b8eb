package io.millrace.tools.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of curated rows, one schema each; {@code tools/data/README.md} explains every column.
 *
 * <p>The order of the constants is the order in which rows of one instant leave the reader: first
 * what an instrument is, then what is known before trading, then the book, then what traded. A bar
 * is delivered after the quotes of its end, so that whoever acts on a bar sees the book as it stood
 * at that instant.
 *
 * <p>Units: times are nanoseconds since 1970-01-01T00:00:00 UTC; prices, sizes and volumes are 1e-8
 * of the currency or of the unit; a missing price is null and its size is 0.
 */
public enum CuratedKind {
  /**
   * Definition of what can be traded on a date, the underlying first, then contracts by expiry,
   * strike, right.
   */
  INSTRUMENT(
      0,
      "symbol VARCHAR!, kind VARCHAR!, underlying VARCHAR, right VARCHAR, style VARCHAR, settlement VARCHAR!,"
          + " strike BIGINT, expiry_date DATE, expiry BIGINT!, multiplier BIGINT!, tick_size BIGINT!,"
          + " lot_size BIGINT!, min_notional BIGINT!, currency VARCHAR!, timezone VARCHAR!, session_open BIGINT!,"
          + " session_close BIGINT!",
      "ts, expiry_date NULLS FIRST, strike, \"right\", symbol"),
  /** Open contracts as published before the session; a plain count. */
  OPEN_INTEREST(1, Columns.CONTRACT + ", open_interest BIGINT!", Columns.BY_CONTRACT),
  /** A funding rate of a perpetual: what will be paid, or at its own instant was paid. */
  FUNDING(2, "symbol VARCHAR!, rate BIGINT!, next_funding BIGINT!", "ts"),
  /** Mark and index price of a perpetual. */
  MARK_PRICE(3, "symbol VARCHAR!, mark BIGINT!, index BIGINT", "ts"),
  /** Top of book of anything but an option. */
  QUOTE(4, "symbol VARCHAR!, " + Columns.TOUCH, "ts"),
  /**
   * A level of a book that changed, or stands in a snapshot; rows of one update follow one another.
   */
  DEPTH(
      5,
      "symbol VARCHAR!, update_id BIGINT!, snapshot BOOLEAN!, side UTINYINT!, price BIGINT!, size BIGINT!",
      "ts"),
  /** Top of book of an option. */
  OPTION_QUOTE(6, Columns.CONTRACT + ", " + Columns.TOUCH, Columns.BY_CONTRACT),
  /** Volatility and Greeks of an option as a vendor gives them; plain numbers, null = not given. */
  VENDOR_GREEKS(
      7,
      Columns.CONTRACT
          + ", iv DOUBLE, delta DOUBLE, gamma DOUBLE, vega DOUBLE, theta DOUBLE, vanna DOUBLE, charm DOUBLE",
      Columns.BY_CONTRACT),
  /** A print. */
  TRADE(
      8,
      "symbol VARCHAR!, price BIGINT!, size BIGINT!, aggressor UTINYINT!, condition BIGINT!, exchange VARCHAR",
      "ts"),
  /** A finished bar of trades; its time is its end. */
  BAR(9, "symbol VARCHAR!, " + Columns.BARS, "ts"),
  /** A finished bar of an option's trades; its time is its end. */
  OPTION_TRADE(10, Columns.CONTRACT + ", " + Columns.BARS, Columns.BY_CONTRACT),
  /**
   * Price and split factors of a symbol, by last date they hold for. Reference data, never an
   * event.
   */
  FACTOR(
      Columns.REFERENCE,
      "symbol VARCHAR!, date DATE!, price_factor BIGINT!, split_factor BIGINT!, reference_price BIGINT",
      "ts"),
  /** Market phases of a date. Reference data, never an event. */
  SESSION(
      Columns.REFERENCE,
      "symbol VARCHAR!, date DATE!, asset VARCHAR!, phase VARCHAR!, open BIGINT!, close BIGINT!, early_close BOOLEAN!",
      "ts, asset, open"),
  /** Tickers a symbol went by, by last date. Reference data, never an event. */
  MAP(Columns.REFERENCE, "symbol VARCHAR!, date DATE!, ticker VARCHAR!, exchange VARCHAR", "ts");

  /** Version of all the schemas here, kept in each file's footer. */
  static final int SCHEMA_VERSION = 1;

  /** Name in a file's footer of the version. */
  static final String VERSION_KEY = "millrace_schema";

  /** Name in a file's footer of the kind. */
  static final String KIND_KEY = "millrace_kind";

  // Filled by List.copyOf with records of strings; the checker knows no immutable list of the JDK.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Column> columns;

  private final int rank;
  private final String order;

  CuratedKind(final int rank, final String columns, final String order) {
    this.rank = rank;
    final List<Column> all = new ArrayList<>();
    all.add(new Column("ts", "BIGINT", false));
    for (final String column : columns.split(", *", -1)) {
      final int space = column.indexOf(' ');
      final boolean nullable = !column.endsWith("!");
      final String type = column.substring(space + 1, column.length() - (nullable ? 0 : 1));
      all.add(new Column(column.substring(0, space), type, nullable));
    }
    this.columns = List.copyOf(all);
    this.order = order;
  }

  /** One column of a kind. */
  record Column(String name, String type, boolean nullable) {}

  /** What several kinds share; a constant of the enum could not be used before it is declared. */
  private static final class Columns {
    /** Rank of kinds that are no events. */
    static final int REFERENCE = -1;

    static final String CONTRACT =
        "symbol VARCHAR!, expiry_date DATE!, strike BIGINT!, right VARCHAR!, style VARCHAR!";
    static final String TOUCH =
        "bid BIGINT, bid_size BIGINT!, ask BIGINT, ask_size BIGINT!, bid_open BIGINT, bid_high BIGINT,"
            + " bid_low BIGINT, ask_open BIGINT, ask_high BIGINT, ask_low BIGINT";
    static final String BARS =
        "interval BIGINT!, open BIGINT!, high BIGINT!, low BIGINT!, close BIGINT!, volume BIGINT!";
    static final String BY_CONTRACT = "ts, expiry_date, strike, \"right\"";

    private Columns() {}
  }

  /** Columns in file order; the first is always {@code ts}. */
  List<Column> columns() {
    return columns;
  }

  /** Sort key of a file; rows equal in it keep the order of their source. */
  String order() {
    return order;
  }

  /** Name in paths and footers. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether rows are events that the reader delivers, as opposed to reference data. */
  public boolean isEvent() {
    return rank != Columns.REFERENCE;
  }

  /** Place of the kind among rows of the same instant, from 0. */
  int rank() {
    return rank;
  }

  /** Whether rows name option contracts of a folder's root symbol. */
  boolean isContracts() {
    return this == OPEN_INTEREST
        || this == OPTION_QUOTE
        || this == VENDOR_GREEKS
        || this == OPTION_TRADE;
  }

  /**
   * The kind that a folder holds; null when it is none. {@code quote_1m} is a quote sampled each
   * minute.
   */
  static CuratedKind ofFolder(final String folder) {
    return Arrays.stream(values())
        .filter(kind -> folder.matches(kind.code() + "(_[1-9][0-9]*[smhd])?"))
        .findFirst()
        .orElse(null);
  }

  /**
   * The sampling that a folder of this kind names, {@code 1m} for {@code quote_1m}; empty for rows
   * of their own time.
   */
  String resolutionOf(final String folder) {
    return folder.length() == code().length() ? "" : folder.substring(code().length() + 1);
  }

  /** Whether rows can be sampled, so that a symbol may have several folders of the kind. */
  boolean isSampled() {
    return switch (this) {
      case QUOTE, OPTION_QUOTE, TRADE, BAR, OPTION_TRADE -> true;
      default -> false;
    };
  }

  /** Name of this kind's folder for a sampling; empty for rows of their own time. */
  String folder(final String resolution) {
    return resolution.isEmpty() ? code() : code() + "_" + resolution;
  }
}
