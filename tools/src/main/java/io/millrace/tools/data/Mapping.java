package io.millrace.tools.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.tools.data.Definition.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What the columns of a user's own CSV or parquet mean, as a YAML file says it; the data page has
 * an example. Everything wrong with the file is told at once, by field.
 *
 * @param source first folder under the curated root
 * @param kind quote, trade or bar
 * @param resolution sampling; empty = rows of their own time
 * @param symbol of all rows; empty = a column has it
 * @param columns the file's column of each role: a name, or a number from 1
 * @param header whether a CSV begins with column names
 * @param delimiter between the fields of a CSV
 * @param decimal what stands before the decimals of a number: a point or a comma
 * @param time how times are written
 * @param priceDivisor what prices are divided by, 1e-8 of 1
 * @param days dates and sessions
 * @param instrument kind of the instruments
 * @param terms of the instruments; a tick or lot of 0 = as the data shows them
 * @param expiry nanoseconds UTC; 0 = never
 */
record Mapping(
    String source,
    CuratedKind kind,
    String resolution,
    String symbol,
    Map<Role, String> columns,
    boolean header,
    char delimiter,
    char decimal,
    Time time,
    long priceDivisor,
    TradingDays days,
    String instrument,
    Terms terms,
    long expiry) {

  /** What a column can be. */
  enum Role {
    TIME,
    SYMBOL,
    OPEN,
    HIGH,
    LOW,
    CLOSE,
    VOLUME,
    BID,
    BID_SIZE,
    ASK,
    ASK_SIZE,
    PRICE,
    SIZE,
    AGGRESSOR,
    BUYER_IS_MAKER;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How times are written.
   *
   * @param unit nanoseconds of a unit of Unix time; 0 = as text
   * @param pattern of text; null = ISO 8601
   * @param zone of text that names none
   * @param atStart whether the time of a sampled row is its start
   */
  record Time(long unit, DateTimeFormatter pattern, ZoneId zone, boolean atStart) {}

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final long MAX_BYTES = 1 << 20;
  private static final Set<String> INSTRUMENTS =
      Set.of("equity", "etf", "index", "future", "perpetual", "inverse_perpetual", "crypto_spot");
  private static final Map<String, Long> UNITS =
      Map.of("unix_s", 1_000_000_000L, "unix_ms", 1_000_000L, "unix_us", 1_000L, "unix_ns", 1L);

  /** Reads fields of one mapping, and keeps what is wrong with them. */
  private static final class Reader {
    private final Path file;
    private final JsonNode tree;
    private final Problems problems = new Problems();

    Reader(final Path file, final JsonNode tree) {
      this.file = file;
      this.tree = tree;
    }

    void wrong(final String field, final String value, final String allowed) {
      problems.add(file, "field " + field, "is '" + value + "'", "give " + allowed);
    }

    String text(final String field, final String otherwise) {
      final JsonNode node = tree.at("/" + field.replace('.', '/'));
      return node.isMissingNode() || node.isNull() ? otherwise : node.asText();
    }

    <T> T parsed(
        final String field,
        final String otherwise,
        final String allowed,
        final Function<String, T> parser) {
      final String text = text(field, otherwise);
      try {
        final T value = parser.apply(text);
        if (value != null) {
          return value;
        }
      } catch (final DateTimeException | IllegalArgumentException | ArithmeticException e) {
        // told below
      }
      wrong(field, text, allowed);
      return null;
    }

    /** Which of two words it is: true for the first; null = neither. */
    static Boolean word(final String text, final String yes, final String no) {
      if (text.equals(yes)) {
        return Boolean.TRUE;
      }
      return text.equals(no) ? Boolean.FALSE : null;
    }

    long fixed(final String field, final String otherwise, final long least) {
      final Long value =
          parsed(
              field,
              otherwise,
              "a number " + (least == 0 ? "of 0 or more" : "above 0"),
              text -> Decimal.round(text) >= least ? Decimal.round(text) : null);
      return value == null ? Decimal.ONE : value;
    }
  }

  /**
   * Reads a mapping.
   *
   * @throws DataException with everything that is wrong with it
   */
  static Mapping read(final Path file, final String defaultSource) {
    final Reader reader = new Reader(file, tree(file));
    unknown(reader);
    final CuratedKind kind =
        reader.parsed(
            "kind",
            "",
            "quote, trade or bar",
            text ->
                switch (text) {
                  case "quote" -> CuratedKind.QUOTE;
                  case "trade" -> CuratedKind.TRADE;
                  case "bar" -> CuratedKind.BAR;
                  default -> null;
                });
    final String resolution =
        reader.parsed(
            "interval",
            "",
            "an interval such as 1m, 1h or 1d, and none for ticks and trades",
            text -> text.matches("|[1-9][0-9]{0,3}[smhd]") ? text : null);
    if (kind == CuratedKind.BAR && "".equals(resolution)) {
      reader.wrong("interval", "", "the interval of the bars, such as 1d");
    }
    if (kind == CuratedKind.TRADE && resolution != null && !resolution.isEmpty()) {
      reader.wrong("interval", resolution, "none: trades have a time of their own");
    }
    final Map<Role, String> columns = columns(reader, kind);
    final String symbol = reader.text("symbol", "");
    if (!symbol.matches("|[A-Za-z0-9_][A-Za-z0-9._-]{0,31}")) {
      reader.wrong("symbol", symbol, "1 to 32 letters, digits, '.', '-' or '_'");
    }
    if (symbol.isEmpty() == !columns.containsKey(Role.SYMBOL)) {
      reader.wrong("symbol", symbol, "the symbol of all rows, or columns.symbol, and not both");
    }
    final String source =
        reader.parsed(
            "source",
            defaultSource,
            "1 to 32 letters, digits, '.', '-' or '_'",
            text -> text.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,31}") ? text : null);
    final Character delimiter =
        reader.parsed(
            "delimiter",
            ",",
            "one character that is no quote, such as \",\", \";\" or \"\\t\"",
            text -> text.length() == 1 && text.charAt(0) != '"' ? text.charAt(0) : null);
    final Character decimal =
        reader.parsed(
            "decimal",
            ".",
            "\".\" or \",\"",
            text -> text.equals(".") || text.equals(",") ? text.charAt(0) : null);
    if (decimal != null && decimal.equals(delimiter)) {
      reader.wrong("decimal", "" + decimal, "another character than the delimiter's");
    }
    final Boolean header =
        reader.parsed(
            "header", "true", "true or false", text -> Reader.word(text, "true", "false"));
    final Time time = time(reader);
    final long divisor = reader.fixed("price_divisor", "1", 1);
    final TradingDays days = days(reader);
    final String instrument =
        reader.parsed(
            "instrument.kind",
            "equity",
            "equity, etf, index, future, perpetual, inverse_perpetual or crypto_spot",
            text -> INSTRUMENTS.contains(text) ? text : null);
    final String currency =
        reader.parsed(
            "instrument.currency",
            "USD",
            "1 to 8 letters or digits",
            text -> text.matches("[A-Za-z0-9]{1,8}") ? text : null);
    final Terms terms =
        new Terms(
            currency,
            reader.fixed("instrument.multiplier", "1", 1),
            reader.fixed("instrument.tick", "0", 0),
            reader.fixed("instrument.lot", "0", 0),
            reader.fixed("instrument.min_notional", "0", 0));
    final Long expiry =
        reader.parsed(
            "instrument.expiry",
            "",
            "an instant such as 2013-12-20T14:30:00Z",
            text ->
                text.isEmpty()
                    ? Long.valueOf(0)
                    : Long.valueOf(
                        Math.multiplyExact(Instant.parse(text).getEpochSecond(), 1_000_000_000L)));
    if ("future".equals(instrument) && expiry != null && expiry == 0) {
      reader.wrong("instrument.expiry", "", "the last instant of the future");
    }
    reader.problems.throwIfAny();
    return new Mapping(
        source,
        kind,
        resolution,
        symbol,
        columns,
        header,
        delimiter,
        decimal,
        time,
        divisor,
        days,
        instrument,
        terms,
        expiry);
  }

  private static JsonNode tree(final Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new DataException(
            file, "", "is larger than " + MAX_BYTES + " bytes", "give a mapping of columns");
      }
      final JsonNode tree = YAML.readTree(Files.readAllBytes(file));
      if (tree == null || !tree.isObject()) {
        throw new DataException(
            file, "", "is no mapping of names to values", "begin with 'kind: bar'");
      }
      return tree;
    } catch (final JsonProcessingException e) {
      throw new DataException(
          file,
          e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr(),
          String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
              ? "says a thing twice"
              : "is no YAML that can be read",
          "write it as the data page shows",
          e);
    } catch (final IOException e) {
      throw new DataException(
          file,
          "",
          "cannot be read (" + e.getClass().getSimpleName() + ")",
          "give a file that is there",
          e);
    }
  }

  private static void unknown(final Reader reader) {
    final Map<String, Set<String>> known =
        Map.of(
            "",
            Set.of(
                "source",
                "kind",
                "interval",
                "symbol",
                "columns",
                "header",
                "delimiter",
                "decimal",
                "time",
                "price_divisor",
                "session",
                "instrument"),
            "time",
            Set.of("format", "zone", "at"),
            "session",
            Set.of("zone", "open", "close"),
            "instrument",
            Set.of("kind", "currency", "multiplier", "tick", "lot", "min_notional", "expiry"));
    for (final String part : List.of("", "time", "session", "instrument")) {
      final JsonNode node = part.isEmpty() ? reader.tree : reader.tree.path(part);
      for (final Map.Entry<String, JsonNode> field : node.properties()) {
        if (!known.get(part).contains(field.getKey())) {
          final List<String> allowed = new ArrayList<>(known.get(part));
          allowed.sort(null);
          reader.problems.add(
              reader.file,
              "field " + (part.isEmpty() ? "" : part + ".") + field.getKey(),
              "is not known",
              "known are " + String.join(", ", allowed));
        }
      }
    }
  }

  private static Map<Role, String> columns(final Reader reader, final CuratedKind kind) {
    final EnumMap<Role, String> columns = new EnumMap<>(Role.class);
    for (final Map.Entry<String, JsonNode> column : reader.tree.path("columns").properties()) {
      try {
        columns.put(
            Role.valueOf(column.getKey().toUpperCase(Locale.ROOT)), column.getValue().asText());
      } catch (final IllegalArgumentException e) {
        final List<String> roles = new ArrayList<>();
        for (final Role role : Role.values()) {
          roles.add(role.code());
        }
        reader.problems.add(
            reader.file,
            "field columns." + column.getKey(),
            "is not known",
            "known are " + String.join(", ", roles));
      }
    }
    final List<Role> needed = new ArrayList<>(List.of(Role.TIME));
    if (kind == CuratedKind.BAR) {
      needed.addAll(List.of(Role.OPEN, Role.HIGH, Role.LOW, Role.CLOSE));
    } else if (kind == CuratedKind.QUOTE) {
      needed.addAll(List.of(Role.BID, Role.ASK));
    } else if (kind == CuratedKind.TRADE) {
      needed.addAll(List.of(Role.PRICE, Role.SIZE));
    }
    for (final Role role : needed) {
      if (columns.getOrDefault(role, "").isEmpty()) {
        reader.wrong("columns." + role.code(), "", "the column that has it");
      }
    }
    return columns;
  }

  private static Time time(final Reader reader) {
    final String format = reader.text("time.format", "iso");
    DateTimeFormatter pattern = null;
    if (!format.equals("iso") && !UNITS.containsKey(format)) {
      pattern =
          reader.parsed(
              "time.format",
              format,
              "iso, unix_s, unix_ms, unix_us, unix_ns or a pattern such as yyyyMMdd HH:mm",
              text ->
                  DateTimeFormatter.ofPattern(proleptic(text), Locale.ROOT)
                      .withResolverStyle(ResolverStyle.STRICT)); // no 30 February, no 24:00
    }
    final ZoneId zone =
        reader.parsed("time.zone", "UTC", "a time zone such as America/New_York", ZoneId::of);
    final Boolean atStart =
        reader.parsed(
            "time.at",
            "start",
            "start or end, of what a sampled row covers",
            text -> Reader.word(text, "start", "end"));
    return new Time(UNITS.getOrDefault(format, 0L), pattern, zone, atStart != null && atStart);
  }

  /** Years without an era, but within quotes. */
  private static String proleptic(final String pattern) {
    final StringBuilder text = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      final char c = pattern.charAt(i);
      quoted ^= c == '\'';
      text.append(c == 'y' && !quoted ? 'u' : c);
    }
    return text.toString();
  }

  private static TradingDays days(final Reader reader) {
    if (!reader.tree.has("session")) {
      return TradingDays.ALWAYS_OPEN;
    }
    final ZoneId zone =
        reader.parsed("session.zone", "UTC", "a time zone such as America/New_York", ZoneId::of);
    final LocalTime open =
        reader.parsed("session.open", "", "a time such as \"09:30\"", LocalTime::parse);
    final LocalTime close =
        reader.parsed("session.close", "", "a time such as \"16:00\"", LocalTime::parse);
    if (open != null && close != null && !close.isAfter(open)) {
      reader.wrong("session.close", close.toString(), "a time after session.open");
    }
    return new TradingDays(zone, open, close);
  }
}
