package io.millrace.tools.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tools.data.CryptoTerms.Market;
import io.millrace.tools.data.CsvLines.BadRowException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads lines of a captured exchange feed: a time of receipt, a space, the exchange's own JSON.
 * Known are Binance's depth, bookTicker, trade and markPrice streams and depth snapshots, and
 * Hyperliquid's l2Book and trades.
 */
final class FeedLines {
  private static final int MICROS_DIGITS = 16;
  private static final int NANOS_DIGITS = 19;

  /** A trade that was not made in the ordinary way, as the curated condition says. */
  private static final long SPECIAL = 0x2;

  private static final byte BUY = 1;
  private static final byte SELL = 2;

  private final ObjectMapper json = new ObjectMapper();
  private final Function<Key, Feed> opener;
  private final Map<Key, Feed> feeds = new TreeMap<>();
  private final FeedClock clock = new FeedClock();
  private Market market;
  private Feed current;
  private long received;

  /** What a feed is of; Hyperliquid's is told by a null market. */
  record Key(Market market, String symbol) implements Comparable<Key> {
    @Override
    public int compareTo(final Key other) {
      return toString().compareTo(other.toString());
    }
  }

  /** The state of one instrument's feed. */
  static final class Feed {
    private final Gathered rows;
    private final BookUpdates book;
    private long lastTicker = Long.MIN_VALUE;
    private long lastTrade = Long.MIN_VALUE;
    private long rate = Long.MIN_VALUE;
    private long nextFunding;
    private long books;

    Feed(final Gathered rows) {
      this.rows = rows;
      this.book = new BookUpdates(rows);
    }

    Gathered rows() {
      return rows;
    }
  }

  /**
   * @param market of the lines, as {@link #marketOf} finds it
   * @param opener makes the feed of an instrument, or gives one that an earlier file began; null =
   *     it is not wanted
   */
  FeedLines(final Market market, final Function<Key, Feed> opener) {
    this.market = market;
    this.opener = opener;
  }

  /** The market that a line is of; null when it does not show. */
  static Market marketOf(final JsonNode line) {
    final JsonNode data = line.has("data") ? line.path("data") : line;
    if (data.path("s").asText("").endsWith("_PERP")
        || data.path("symbol").asText("").endsWith("_PERP")) {
      return Market.COINM;
    }
    final String event = data.path("e").asText("");
    final boolean ticker = data.has("B") && data.has("A");
    if (event.equals("depthUpdate") || event.equals("trade") || ticker) {
      return data.has("pu") || data.has("X") || event.equals("bookTicker")
          ? Market.USDM
          : Market.SPOT;
    }
    return event.equals("markPriceUpdate") ? Market.USDM : null;
  }

  /** The JSON of a line. */
  JsonNode parse(final TextLines line) throws BadRowException {
    int space = 0;
    while (space < line.length() && line.bytes()[space] != ' ') {
      space++;
    }
    received = received(line, space);
    try {
      final JsonNode node = json.readTree(line.bytes(), space, line.length() - space);
      if (node == null || !node.isObject()) {
        throw new BadRowException(RowRefusal.MALFORMED_RECORD, "holds no JSON object");
      }
      return node;
    } catch (final JsonProcessingException e) {
      throw new BadRowException(
          RowRefusal.MALFORMED_RECORD, "is no JSON (" + e.getOriginalMessage() + ")");
    } catch (final IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
  }

  private static long received(final TextLines line, final int digits) throws BadRowException {
    try {
      final long time = Decimal.parse(line.bytes(), 0, digits, 0);
      if (digits == NANOS_DIGITS) {
        return time;
      }
      if (digits == MICROS_DIGITS) {
        return time * 1_000;
      }
    } catch (final NumberFormatException | ArithmeticException e) {
      // told below
    }
    throw new BadRowException(
        RowRefusal.MALFORMED_RECORD,
        "does not begin with a time of receipt in 16 (microseconds) or 19 (nanoseconds) digits");
  }

  /** Takes a line. */
  void take(final JsonNode line, final RowCounts counts) throws BadRowException, SQLException {
    if (line.has("channel")) {
      hyperliquid(line, counts);
      return;
    }
    final JsonNode data = line.has("data") ? line.path("data") : line;
    if (data.has("lastUpdateId")) {
      snapshot(data, counts);
      return;
    }
    final boolean ticker = data.has("B") && data.has("A") && data.has("u");
    final String event = ticker ? "bookTicker" : data.path("e").asText("");
    switch (event) {
      case "depthUpdate", "bookTicker", "trade", "markPriceUpdate" -> {}
      default -> {
        counts.merge(1); // an answer to a subscription, or a stream that is not kept
        return;
      }
    }
    final Feed feed = feed(data.path("s").asText(""));
    if (feed == null) {
      counts.merge(1);
      return;
    }
    switch (event) {
      case "depthUpdate" -> depth(feed, data, counts);
      case "bookTicker" -> ticker(feed, data);
      case "trade" -> trade(feed, data, counts);
      default -> mark(feed, data, counts);
    }
  }

  private Feed feed(final String symbol) throws BadRowException {
    if (!CryptoTerms.isSymbol(market, symbol)) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_SYMBOL, "names '" + symbol + "', no pair or perpetual");
    }
    current = feed(new Key(market, symbol));
    return current;
  }

  private Feed feed(final Key key) {
    return feeds.computeIfAbsent(key, opener);
  }

  private long time(final JsonNode data) throws BadRowException {
    if (data.has("E")) {
      return clock.at(received, whole(data, "E"));
    }
    if (!clock.canEstimate()) {
      throw new BadRowException(RowRefusal.NO_TIME, "");
    }
    return clock.estimate(received);
  }

  /** A depth snapshot names no symbol: it is of the feed that the lines before it are of. */
  private void snapshot(final JsonNode data, final RowCounts counts)
      throws BadRowException, SQLException {
    if (current == null) {
      throw new BadRowException(RowRefusal.NO_TIME, "");
    }
    final long time = time(data);
    levels(current, data.path("bids"), data.path("asks"));
    current.book.snapshot(time, whole(data, "lastUpdateId"), counts);
  }

  private void depth(final Feed feed, final JsonNode data, final RowCounts counts)
      throws BadRowException, SQLException {
    final long time = time(data);
    levels(feed, data.path("b"), data.path("a"));
    final RowRefusal refusal =
        feed.book.update(
            time,
            whole(data, "U"),
            whole(data, "u"),
            data.has("pu") ? whole(data, "pu") : -1,
            counts);
    if (refusal != null) {
      throw new BadRowException(refusal, "");
    }
  }

  private static void levels(final Feed feed, final JsonNode bids, final JsonNode asks)
      throws BadRowException {
    feed.book.begin();
    for (final JsonNode level : bids) {
      feed.book.level(true, price(level.path(0).asText(), true), size(level.path(1).asText()));
    }
    for (final JsonNode level : asks) {
      feed.book.level(false, price(level.path(0).asText(), true), size(level.path(1).asText()));
    }
  }

  private void ticker(final Feed feed, final JsonNode data) throws BadRowException, SQLException {
    final long update = whole(data, "u");
    final long bid = price(data.path("b").asText(), false);
    final long ask = price(data.path("a").asText(), false);
    final long bidSize = size(data.path("B").asText());
    final long askSize = size(data.path("A").asText());
    final long time = time(data);
    if (update <= feed.lastTicker) {
      throw new BadRowException(RowRefusal.DUPLICATE, "");
    }
    feed.lastTicker = update;
    feed.rows.tick().see(bid);
    feed.rows.tick().see(ask);
    feed.rows.lot().see(bidSize);
    feed.rows.lot().see(askSize);
    feed.rows
        .row(CuratedKind.QUOTE, "", time)
        .putPrice(bid == 0 ? Decimal.NONE : bid)
        .put(bid == 0 ? 0 : bidSize)
        .putPrice(ask == 0 ? Decimal.NONE : ask)
        .put(ask == 0 ? 0 : askSize)
        .putNoRange()
        .end();
  }

  private void trade(final Feed feed, final JsonNode data, final RowCounts counts)
      throws BadRowException, SQLException {
    final String made = data.path("X").asText("MARKET");
    final boolean ordinary = made.equals("MARKET");
    final long price = price(data.path("p").asText(), ordinary);
    final long size = size(data.path("q").asText());
    if (price == 0 || (!ordinary && size == 0)) {
      counts.merge(1); // a settlement without a price
      return;
    }
    final long id = whole(data, "t");
    final long time = time(data);
    if (id <= feed.lastTrade) {
      throw new BadRowException(RowRefusal.DUPLICATE, "");
    }
    feed.lastTrade = id;
    print(feed, time, price, size, data.path("m").asBoolean() ? SELL : BUY, ordinary);
  }

  private static void print(
      final Feed feed,
      final long time,
      final long price,
      final long size,
      final byte aggressor,
      final boolean ordinary)
      throws BadRowException, SQLException {
    if (size == 0) {
      throw new BadRowException(RowRefusal.ZERO_SIZE, "is a trade of nothing");
    }
    feed.rows.tick().see(price);
    feed.rows.lot().see(size);
    feed.rows
        .row(CuratedKind.TRADE, "", time)
        .put(price)
        .put(size)
        .put(aggressor)
        .put(ordinary ? 0L : SPECIAL)
        .put((String) null)
        .end();
  }

  private void mark(final Feed feed, final JsonNode data, final RowCounts counts)
      throws BadRowException, SQLException {
    final long mark = price(data.path("p").asText(), true);
    final long index = data.has("i") ? price(data.path("i").asText(), false) : 0;
    final String text = data.path("r").asText("");
    final long rate = text.isEmpty() ? 0 : number(text);
    final long next = text.isEmpty() ? 0 : Math.multiplyExact(whole(data, "T"), 1_000_000L);
    final long time = time(data);
    feed.rows
        .row(CuratedKind.MARK_PRICE, "", time)
        .put(mark)
        .putPrice(index == 0 ? Decimal.NONE : index)
        .end();
    if (!text.isEmpty() && (rate != feed.rate || next != feed.nextFunding)) {
      feed.rate = rate;
      feed.nextFunding = next;
      feed.rows.row(CuratedKind.FUNDING, "", time).put(rate).put(next).end();
      counts.add(1);
    }
  }

  // ---- Hyperliquid

  private void hyperliquid(final JsonNode line, final RowCounts counts)
      throws BadRowException, SQLException {
    final JsonNode data = line.path("data");
    switch (line.path("channel").asText()) {
      case "l2Book" -> {
        final Feed feed = coin(data.path("coin").asText());
        if (feed == null) {
          counts.merge(1);
          return;
        }
        final long time = clock.at(received, whole(data, "time"));
        feed.book.begin();
        for (int side = 0; side < 2; side++) {
          for (final JsonNode level : data.path("levels").path(side)) {
            final long price = price(level.path("px").asText(), true);
            feed.book.level(side == 0, price, size(level.path("sz").asText()));
          }
        }
        feed.book.snapshot(time, ++feed.books, counts);
      }
      case "trades" -> {
        int kept = 0;
        try {
          for (final JsonNode trade : data) {
            kept += coinTrade(trade) ? 1 : 0;
          }
        } catch (final BadRowException e) {
          counts.add(kept); // the line is refused, though these were taken
          throw e;
        }
        if (kept == 0) {
          counts.merge(1);
        } else {
          counts.add(kept - 1L);
        }
      }
      default -> counts.merge(1);
    }
  }

  private boolean coinTrade(final JsonNode trade) throws BadRowException, SQLException {
    final Feed feed = coin(trade.path("coin").asText());
    if (feed == null) {
      return false;
    }
    final String side = trade.path("side").asText();
    if (!side.equals("A") && !side.equals("B")) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_VALUE, "has side '" + side + "', where A or B belongs");
    }
    final long price = price(trade.path("px").asText(), true);
    final long size = size(trade.path("sz").asText());
    final long time = clock.at(received, whole(trade, "time"));
    print(feed, time, price, size, side.equals("B") ? BUY : SELL, true);
    return true;
  }

  private Feed coin(final String coin) throws BadRowException {
    if (!coin.matches("[A-Za-z0-9]{1,20}")) {
      throw new BadRowException(
          RowRefusal.UNKNOWN_SYMBOL, "names '" + coin + "', no coin of a perpetual");
    }
    return feed(new Key(null, coin));
  }

  // ---- numbers

  private static long whole(final JsonNode data, final String field) throws BadRowException {
    final JsonNode value = data.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
      throw new BadRowException(RowRefusal.MALFORMED_RECORD, "has no whole number '" + field + "'");
    }
    return value.asLong();
  }

  private static long price(final String text, final boolean aboveZero) throws BadRowException {
    final long price = number(text);
    if (price < 0) {
      throw new BadRowException(RowRefusal.NEGATIVE_PRICE, "holds the negative price " + text);
    }
    if (price == 0 && aboveZero) {
      throw new BadRowException(RowRefusal.ZERO_PRICE, "holds a price of zero");
    }
    return price;
  }

  private static long size(final String text) throws BadRowException {
    final long size = number(text);
    if (size < 0) {
      throw new BadRowException(RowRefusal.NEGATIVE_SIZE, "holds the negative size " + text);
    }
    return size;
  }

  private static long number(final String text) throws BadRowException {
    try {
      return Decimal.round(text);
    } catch (final NumberFormatException | ArithmeticException e) {
      throw new BadRowException(
          RowRefusal.NOT_A_NUMBER, "holds '" + text + "', where a number belongs");
    }
  }
}
