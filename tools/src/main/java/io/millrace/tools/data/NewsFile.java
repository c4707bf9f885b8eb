package io.millrace.tools.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Reads a file of headlines: JSON lines ({@code .jsonl}, {@code .ndjson}, {@code .json}), or CSV
 * ({@code .csv}) with a header line and quotes as RFC 4180 has them.
 *
 * <p>Fields: {@code time} (ISO 8601 with zone, or Unix seconds as a decimal), {@code headline},
 * {@code source} (may be missing), {@code symbol} (may be missing: the first symbol of the run).
 * Others are passed over. All rows are checked before any goes out; what is wrong is told at once.
 */
public final class NewsFile {
  /** Largest file taken. */
  static final int MAX_BYTES = 64 << 20;

  /** Longest headline taken, UTF-8 bytes. */
  static final int MAX_HEADLINE_BYTES = 1024;

  /** Bytes of a publisher's name that are kept. */
  static final int SOURCE_BYTES = 16;

  private static final long NANOS = 1_000_000_000L;
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");
  private static final int SHOWN = 40;
  private static final String REMEDY = "mend or remove the row";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /**
   * A headline.
   *
   * @param time nanoseconds since the epoch
   * @param symbol upper case
   * @param source ASCII, at most 16 letters, may be empty
   * @param headline without control characters
   */
  public record Row(long time, String symbol, String source, String headline) {}

  /**
   * The headlines of a file.
   *
   * @param rows in order of time
   * @param file where they come from; null = no file
   * @param sha256 of the file, 64 hexadecimal digits; null = no file
   */
  public record Headlines(List<Row> rows, Path file, String sha256) {
    /** No headlines. */
    public static final Headlines NONE = new Headlines(List.of(), null, null);
  }

  private final Path file;
  private final List<String> symbols;
  private final Problems problems = new Problems();
  private final List<Row> rows = new ArrayList<>();
  private String sha256;

  private NewsFile(final Path file, final List<String> symbols) {
    this.file = file;
    this.symbols = symbols.stream().map(symbol -> symbol.toUpperCase(Locale.ROOT)).toList();
  }

  /**
   * Reads all rows, in order of time; rows of one time stay as they stand.
   *
   * @param file JSON lines or CSV
   * @param symbols of the run; the first is that of rows without one
   * @throws DataException with every row that cannot be taken, up to a bound
   */
  public static Headlines read(final Path file, final List<String> symbols) {
    final NewsFile news = new NewsFile(file, symbols);
    final String text = news.text();
    final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      news.csv(text);
    } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")) {
      news.json(text);
    } else {
      throw new DataException(
          file, "", "is neither JSON lines nor CSV by its name", "name it .jsonl or .csv");
    }
    news.problems.throwIfAny();
    news.rows.sort(Comparator.comparingLong(Row::time));
    return new Headlines(List.copyOf(news.rows), file, news.sha256);
  }

  private String text() {
    final byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (final IOException e) {
      throw new DataException(
          file, "", "cannot be read", "name a readable file of headlines with --news", e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new DataException(
          file, "", "has more than " + MAX_BYTES + " bytes", "split it by date");
    }
    sha256 = Checksum.of(bytes);
    try {
      final String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (final CharacterCodingException e) {
      throw new DataException(file, "", "has bytes that are not UTF-8", "save it as UTF-8", e);
    }
  }

  private void json(final String text) {
    int line = 0;
    for (final String each : text.split("\n", -1)) {
      line++;
      if (each.isBlank()) {
        continue;
      }
      try {
        final JsonNode node = JSON.readTree(each);
        if (node == null || !node.isObject()) {
          problem(line, "is no JSON object");
        } else {
          row(
              line,
              field(node, "time"),
              field(node, "headline"),
              field(node, "source"),
              field(node, "symbol"));
        }
      } catch (final JsonProcessingException e) {
        problem(line, "is not JSON");
      }
    }
  }

  /** A scalar as text; null when it is missing, null or no scalar. */
  private static String field(final JsonNode node, final String name) {
    final JsonNode value = node.get(name);
    return value == null || !value.isValueNode() || value.isNull() ? null : value.asText();
  }

  private void csv(final String text) {
    final CsvRecords records = new CsvRecords(text);
    if (!records.next()) {
      return;
    }
    final List<String> header =
        records.fields().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    final int time = header.indexOf("time");
    final int headline = header.indexOf("headline");
    if (time < 0 || headline < 0) {
      throw new DataException(
          file,
          "line 1",
          "has no columns time and headline",
          "begin with a header such as time,headline,source,symbol");
    }
    final int source = header.indexOf("source");
    final int symbol = header.indexOf("symbol");
    while (records.next()) {
      final List<String> fields = records.fields();
      if (records.unclosed()) {
        problem(records.line(), "opens a quote that is never closed");
      } else if (fields.size() != header.size()) {
        problem(
            records.line(),
            "has " + fields.size() + " fields where the header has " + header.size());
      } else {
        row(
            records.line(),
            fields.get(time),
            fields.get(headline),
            source < 0 ? null : fields.get(source),
            symbol < 0 ? null : fields.get(symbol));
      }
    }
  }

  private void row(
      final int line,
      final String time,
      final String headline,
      final String source,
      final String symbol) {
    final long nanos = time == null ? Long.MIN_VALUE : nanos(time.strip());
    if (nanos == Long.MIN_VALUE) {
      problem(
          line,
          time == null
              ? "has no time"
              : "has the time '"
                  + shown(time)
                  + "', which is neither ISO 8601 with a zone nor Unix seconds");
      return;
    }
    final String words = headline == null ? "" : headline.replaceAll("\\p{Cntrl}+", " ").strip();
    final int bytes = words.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_HEADLINE_BYTES) {
      problem(
          line,
          bytes == 0
              ? "has no headline"
              : "has a headline of " + bytes + " bytes, more than " + MAX_HEADLINE_BYTES);
      return;
    }
    final String about =
        symbol == null || symbol.isBlank()
            ? symbols.get(0)
            : symbol.strip().toUpperCase(Locale.ROOT);
    if (!symbols.contains(about)) {
      problem(line, "is about '" + shown(about) + "', which is not among the symbols of the run");
      return;
    }
    rows.add(new Row(nanos, about, publisher(source), words));
  }

  /** Nanoseconds since the epoch; {@code Long.MIN_VALUE} when it is no time from 1970 to 2200. */
  private static long nanos(final String text) {
    try {
      final Instant instant =
          text.matches("\\d{1,12}(\\.\\d{1,9})?")
              ? seconds(new BigDecimal(text))
              : OffsetDateTime.parse(text).toInstant();
      return instant.isBefore(FIRST) || !instant.isBefore(LAST)
          ? Long.MIN_VALUE
          : instant.getEpochSecond() * NANOS + instant.getNano();
    } catch (final DateTimeException | ArithmeticException e) {
      return Long.MIN_VALUE;
    }
  }

  private static Instant seconds(final BigDecimal seconds) {
    final BigDecimal whole = new BigDecimal(seconds.toBigInteger());
    return Instant.ofEpochSecond(
        whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValueExact());
  }

  private static String publisher(final String source) {
    if (source == null) {
      return "";
    }
    final String ascii = source.strip().replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.substring(0, Math.min(SOURCE_BYTES, ascii.length()));
  }

  private static String shown(final String text) {
    final String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= SHOWN ? clean : clean.substring(0, SHOWN) + "…";
  }

  private void problem(final int line, final String what) {
    problems.add(file, "line " + line, what, REMEDY);
  }
}
