package io.millrace.tools.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tools.data.CsvLines.BadRowException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a chain as JSON, of Cboe's delayed quotes or of the snapshots that options-desk keeps of
 * them. The options are read one at a time.
 *
 * <p>Cboe's {@code timestamp} is UTC and the file's; the quotes in it are 15 minutes old. A row is
 * of the timestamp: that is when it could be known.
 */
final class CboeJson {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MAX_OPTIONS = 1_000_000;

  private final Path file;
  private final RowCounts counts;
  private final ChainQuote quote = new ChainQuote();
  private final List<JsonNode> options = new ArrayList<>();
  private String stamp = "";
  private String symbol = "";
  private double price = Double.NaN;

  CboeJson(final Path file, final RowCounts counts) {
    this.file = file;
    this.counts = counts;
  }

  /** Reads the text. */
  void read(final InputStream in, final CboeChains chains) throws IOException, SQLException {
    try (JsonParser parser = new ObjectMapper().createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        wrong("holds no JSON object");
        return;
      }
      object(parser);
    } catch (final JsonProcessingException e) {
      wrong("is no JSON that can be read (" + e.getOriginalMessage() + ")");
      return;
    }
    final long time = time();
    if (time == 0 || options.isEmpty()) {
      wrong(time == 0 ? "has no time that can be read" : "has no options");
      return;
    }
    for (int i = 0; i < options.size(); i++) {
      counts.read();
      try {
        row(options.get(i), time, chains);
      } catch (final BadRowException e) {
        counts.refuse(file, "option " + (i + 1), e);
      }
    }
  }

  private void wrong(final String what) {
    counts
        .problems()
        .add(
            file,
            "",
            what,
            "give a chain as Cboe's delayed quotes have it, with timestamp and data.options");
  }

  /** An object: the file, or its {@code data}. */
  private void object(final JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      final String field = parser.currentName();
      final JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT && field.equals("data")) {
        object(parser);
      } else if (token == JsonToken.START_ARRAY
          && (field.equals("options") || field.equals("quotes"))) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          if (options.size() == MAX_OPTIONS) {
            throw new IOException("more than " + MAX_OPTIONS + " options");
          }
          options.add(parser.readValueAsTree());
        }
      } else if (token.isScalarValue()) {
        switch (field) {
          case "timestamp", "updated" -> stamp = parser.getText();
          case "symbol" -> symbol = symbol.isEmpty() ? parser.getText() : symbol;
          case "current_price", "underlyingPrice" -> price = parser.getValueAsDouble(Double.NaN);
          default -> {}
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private long time() {
    try {
      final Instant instant =
          stamp.contains("T")
              ? OffsetDateTime.parse(stamp).toInstant()
              : LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC);
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (final DateTimeException | ArithmeticException e) {
      return 0;
    }
  }

  private void row(final JsonNode option, final long time, final CboeChains chains)
      throws BadRowException, SQLException {
    quote.of(option.path(option.has("option") ? "option" : "symbol").asText());
    quote
        .touch(
            fixed(option, "bid"),
            fixed(option, "bid_size"),
            fixed(option, "ask"),
            fixed(option, "ask_size"))
        .open(open(option))
        .greeks(
            plain(option, "iv"),
            plain(option, "delta"),
            plain(option, "gamma"),
            plain(option, "vega"),
            plain(option, "theta"))
        .cross(plain(option, "vanna"), Double.NaN);
    final CboeChains.Chain chain = chains.of(quote.root());
    if (chain == null) {
      counts.merge(1);
      return;
    }
    int written = 0;
    if (price > 0) {
      written += chain.price(time, io.millrace.core.market.Fixed.fromDouble(price));
    }
    try {
      written += quote.write(chain.rows(), time, chain.midnight(time));
    } catch (final BadRowException e) {
      counts.add(written);
      throw e;
    }
    counts.add(written - 1L);
  }

  private static long open(final JsonNode option) throws BadRowException {
    final String field = option.has("open_interest") ? "open_interest" : "openInterest";
    return option.path(field).isNumber() ? fixed(option, field) / Decimal.ONE : -1;
  }

  /** A number as 1e-8; null or missing = 0. */
  private static long fixed(final JsonNode option, final String field) throws BadRowException {
    final JsonNode value = option.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    try {
      if (value.isNumber()) {
        return io.millrace.core.market.Fixed.fromDouble(value.asDouble());
      }
    } catch (final ArithmeticException e) {
      // told below
    }
    throw new BadRowException(
        RowRefusal.NOT_A_NUMBER, "has " + field + " " + value + ", where a number belongs");
  }

  private static double plain(final JsonNode option, final String field) throws BadRowException {
    final JsonNode value = option.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Double.NaN;
    }
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw new BadRowException(
          RowRefusal.NOT_A_NUMBER, "has " + field + " " + value + ", where a number belongs");
    }
    return value.asDouble();
  }
}
