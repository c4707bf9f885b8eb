package io.millrace.tools.data;

import io.millrace.core.market.Fixed;
import io.millrace.tools.data.CsvLines.BadRowException;
import io.millrace.tools.data.Mapping.Role;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Turns rows of text, by what their columns mean, into curated rows of their symbols. */
final class MappedRows implements AutoCloseable {
  /** ISO 8601: a date, a time if there is one, a zone if there is one; a space may stand for T. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[XXX][XX][X]")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  /** Points between thousands, before a decimal comma. */
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+(,\\d+)?");

  /** A size that nothing is said of. */
  private static final String NO_SIZE = "0";

  private final Curation curation;
  private final Mapping mapping;
  private final RowCounts counts;
  private final long interval;
  private final boolean atStart;
  private final TreeMap<String, Gathered> symbols = new TreeMap<>();
  private final Map<String, Long> lastTimes = new TreeMap<>();
  private boolean instants;

  /** The text of a row, by role; null or empty = missing. */
  @FunctionalInterface
  interface Row {
    /** Text of a column. */
    String text(Role role);
  }

  MappedRows(final Curation curation, final Mapping mapping, final RowCounts counts) {
    this.curation = curation;
    this.mapping = mapping;
    this.counts = counts;
    this.interval = Gathered.intervalOf(mapping.resolution());
    this.atStart = mapping.time().atStart();
  }

  /** Says that another file begins: its times begin anew, as the mapping says they are written. */
  void nextFile() {
    lastTimes.clear();
    instants = false;
  }

  /**
   * Says that the file at hand has instants, whatever the mapping says: they come as Unix nanos.
   */
  void timesAreInstants() {
    instants = true;
  }

  /** Takes a row; one that is wrong is refused. */
  void take(final Row row, final Path file, final String place) throws SQLException {
    counts.read();
    try {
      final String symbol = symbol(row);
      if (!curation.request().takesSymbol(symbol)) {
        counts.merge(1);
        return;
      }
      final long time = time(row);
      switch (mapping.kind()) {
        case BAR -> bar(row, gathered(symbol), time);
        case QUOTE -> quote(row, gathered(symbol), time);
        default -> trade(row, gathered(symbol), time);
      }
    } catch (final BadRowException e) {
      counts.refuse(file, place, e);
    }
  }

  private String symbol(final Row row) throws BadRowException {
    if (!mapping.symbol().isEmpty()) {
      return mapping.symbol().toLowerCase(Locale.ROOT);
    }
    final String text = needed(row, Role.SYMBOL).toLowerCase(Locale.ROOT);
    if (!text.matches("[a-z0-9_][a-z0-9._-]{0,31}")) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_SYMBOL,
          "has symbol '" + text + "'; 1 to 32 letters, digits, '.', '-' or '_' belong there");
    }
    return text;
  }

  private Gathered gathered(final String symbol) {
    return symbols.computeIfAbsent(symbol, made -> new Gathered(curation, symbol, mapping.days()));
  }

  private static String needed(final Row row, final Role role) throws BadRowException {
    final String text = row.text(role);
    if (text == null || text.isBlank()) {
      throw new BadRowException(RowRefusal.NOT_A_NUMBER, "has no " + role.code());
    }
    return text.strip();
  }

  // ---- time

  private long time(final Row row) throws BadRowException {
    final String text = needed(row, Role.TIME);
    try {
      final long written = written(text);
      if (interval == 0 || !atStart) {
        return written;
      }
      return interval < NANOS_PER_DAY || mapping.days().alwaysOpen()
          ? Math.addExact(written, interval)
          : closeOf(written);
    } catch (final DateTimeException | NumberFormatException | ArithmeticException e) {
      throw new BadRowException(
          RowRefusal.BAD_DATE, "has time '" + text + "', which is not as time.format says");
    }
  }

  /** A daily bar of a market with sessions is known at the close of its last one. */
  private long closeOf(final long start) {
    final LocalDate first = mapping.days().dateOf(start);
    return mapping.days().close(first.plusDays(interval / NANOS_PER_DAY - 1));
  }

  private long written(final String text) {
    final long unit = instants ? 1 : mapping.time().unit();
    if (unit != 0) {
      return Decimal.times(text, unit);
    }
    final DateTimeFormatter format = mapping.time().pattern();
    final TemporalAccessor parsed = (format == null ? ISO : format).parse(text);
    final LocalDate date = parsed.query(TemporalQueries.localDate());
    final LocalTime time = parsed.query(TemporalQueries.localTime());
    if (date == null) {
      throw new DateTimeException("no date");
    }
    final LocalDateTime local = LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time);
    if (parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
      final long offset = parsed.getLong(ChronoField.OFFSET_SECONDS);
      return nanos(local.atZone(java.time.ZoneOffset.ofTotalSeconds((int) offset)));
    }
    // A bare date of a market with sessions is a date of that market.
    final boolean bare = time == null && !mapping.days().alwaysOpen();
    return nanos(local.atZone(bare ? mapping.days().zone() : mapping.time().zone()));
  }

  private static long nanos(final ZonedDateTime time) {
    return Math.addExact(Math.multiplyExact(time.toEpochSecond(), 1_000_000_000L), time.getNano());
  }

  private void forward(final Gathered rows, final long time, final boolean strictly)
      throws BadRowException {
    final Long last = lastTimes.put(rows.name(), time);
    if (last != null && (time < last || (strictly && time == last))) {
      lastTimes.put(rows.name(), last);
      throw new BadRowException(
          RowRefusal.TIME_BACKWARDS,
          "is " + (time == last ? "of the time of" : "before") + " the row before");
    }
  }

  // ---- numbers

  private long number(final String text, final Role role) throws BadRowException {
    try {
      return Decimal.round(mapping.decimal() == ',' ? pointed(text.strip()) : text.strip());
    } catch (final NumberFormatException | ArithmeticException e) {
      throw new BadRowException(
          RowRefusal.NOT_A_NUMBER,
          "has " + role.code() + " '" + text + "', where a number belongs");
    }
  }

  /** A number with a decimal comma, as those with a point are written. */
  private static String pointed(final String text) {
    if (text.indexOf('.') >= 0 && !GROUPED.matcher(text).matches()) {
      throw new NumberFormatException("a point that groups no thousands");
    }
    return text.replace(".", "").replace(',', '.');
  }

  /** A price that is needed and above zero. */
  private long positive(final Row row, final Role role) throws BadRowException {
    final long price = scaled(number(needed(row, role), role));
    if (price <= 0) {
      throw new BadRowException(
          price == 0 ? RowRefusal.ZERO_PRICE : RowRefusal.NEGATIVE_PRICE,
          "has " + role.code() + " " + row.text(role) + ", where a price above zero belongs");
    }
    return price;
  }

  private long scaled(final long price) {
    return mapping.priceDivisor() == Decimal.ONE
        ? price
        : Fixed.mulDiv(price, Decimal.ONE, mapping.priceDivisor());
  }

  /** A size; one that is missing is 0. */
  private long size(final Row row, final Role role) throws BadRowException {
    final String text = row.text(role);
    final long size = number(text == null || text.isBlank() ? NO_SIZE : text, role);
    if (size < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_SIZE, "has the negative " + role.code() + " " + text);
    }
    return size;
  }

  // ---- kinds

  private void bar(final Row row, final Gathered rows, final long time)
      throws BadRowException, SQLException {
    final long open = positive(row, Role.OPEN);
    final long high = positive(row, Role.HIGH);
    final long low = positive(row, Role.LOW);
    final long close = positive(row, Role.CLOSE);
    final long volume = size(row, Role.VOLUME);
    if (high < low || open < low || open > high || close < low || close > high) {
      throw new BadRowException(
          RowRefusal.MALFORMED_BAR, "has an open, high, low and close that no bar can have");
    }
    forward(rows, time, true);
    rows.tick().see(open);
    rows.tick().see(high);
    rows.tick().see(low);
    rows.tick().see(close);
    rows.lot().see(volume);
    rows.row(CuratedKind.BAR, mapping.resolution(), time)
        .put(interval)
        .put(open)
        .put(high)
        .put(low)
        .put(close)
        .put(volume)
        .end();
  }

  private void quote(final Row row, final Gathered rows, final long time)
      throws BadRowException, SQLException {
    final long bid = touch(row, Role.BID);
    final long ask = touch(row, Role.ASK);
    final long bidSize = size(row, Role.BID_SIZE);
    final long askSize = size(row, Role.ASK_SIZE);
    forward(rows, time, false);
    see(rows, bid, bidSize);
    see(rows, ask, askSize);
    rows.row(CuratedKind.QUOTE, mapping.resolution(), time)
        .putPrice(bid)
        .put(bid == Decimal.NONE ? 0 : bidSize)
        .putPrice(ask)
        .put(ask == Decimal.NONE ? 0 : askSize)
        .putNoRange()
        .end();
  }

  private static void see(final Gathered rows, final long price, final long size) {
    if (price != Decimal.NONE) {
      rows.tick().see(price);
      rows.lot().see(size);
    }
  }

  /** A side of the book; empty or zero is no price. */
  private long touch(final Row row, final Role role) throws BadRowException {
    final String text = row.text(role);
    final long price = text == null || text.isBlank() ? 0 : scaled(number(text, role));
    if (price < 0) {
      throw new BadRowException(
          RowRefusal.NEGATIVE_PRICE, "has the negative " + role.code() + " " + text);
    }
    return price == 0 ? Decimal.NONE : price;
  }

  private void trade(final Row row, final Gathered rows, final long time)
      throws BadRowException, SQLException {
    final long price = positive(row, Role.PRICE);
    final long size = size(row, Role.SIZE);
    if (size == 0) {
      throw new BadRowException(RowRefusal.ZERO_SIZE, "is a trade of nothing");
    }
    final byte aggressor = aggressor(row);
    forward(rows, time, false);
    see(rows, price, size);
    rows.row(CuratedKind.TRADE, "", time)
        .put(price)
        .put(size)
        .put(aggressor)
        .put(0L)
        .put((String) null)
        .end();
  }

  /** 0 unknown, 1 buy, 2 sell. */
  private byte aggressor(final Row row) throws BadRowException {
    final boolean maker = mapping.columns().containsKey(Role.BUYER_IS_MAKER);
    final Role role = maker ? Role.BUYER_IS_MAKER : Role.AGGRESSOR;
    final String text = mapping.columns().containsKey(role) ? row.text(role) : null;
    if (text == null || text.isBlank()) {
      return 0;
    }
    final String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (maker ? "maker " + word : word) {
      case "maker true", "maker 1", "maker t", "sell", "s", "a", "ask", "2", "-1" -> 2;
      case "maker false", "maker 0", "maker f", "buy", "b", "bid", "1" -> 1;
      case "0", "none", "unknown" -> 0;
      default ->
          throw new BadRowException(
              RowRefusal.UNKNOWN_VALUE,
              "has "
                  + role.code()
                  + " '"
                  + text
                  + "', where "
                  + (maker ? "true or false" : "buy or sell")
                  + " belongs");
    };
  }

  /** Writes everything. */
  void finish(final java.util.List<Path> files) throws SQLException, java.io.IOException {
    for (final Gathered rows : symbols.values()) {
      rows.finish(
          files,
          new Definition(
              rows.name(),
              mapping.instrument().equals("inverse_perpetual") ? "perpetual" : mapping.instrument(),
              null,
              switch (mapping.instrument()) {
                case "equity", "etf", "crypto_spot" -> "physical";
                case "inverse_perpetual" -> "coin";
                default -> "cash";
              },
              mapping.expiry(),
              rows.learned(mapping.terms()),
              mapping.days().zone().getId(),
              0,
              0));
    }
  }

  @Override
  public void close() throws SQLException {
    for (final Gathered rows : symbols.values()) {
      rows.close();
    }
  }
}
