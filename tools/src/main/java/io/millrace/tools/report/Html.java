package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Text for a page: escaped, and numbers as people read them. */
final class Html {
  /** What stands where there is no number. */
  static final String NONE = "–";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Html() {}

  /** Text that cannot become markup. */
  static String text(final String text) {
    final StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(Character.isISOControl(c) ? '?' : c);
      }
    }
    return out.toString();
  }

  /** A text of the tree; nothing for null. */
  static String text(final JsonNode node) {
    return node.isMissingNode() || node.isNull() ? NONE : text(node.asText());
  }

  /** An amount with two decimals, or none over a million. */
  static String money(final JsonNode node) {
    return absent(node) ? NONE : money(node.asDouble());
  }

  /** An amount with two decimals. */
  static String money(final double value) {
    return format("%,.2f", value);
  }

  /** An amount with its sign. */
  static String gain(final JsonNode node) {
    return absent(node) ? NONE : sign(node.asDouble()) + money(Math.abs(node.asDouble()));
  }

  /** A fraction as percent. */
  static String percent(final JsonNode node) {
    return absent(node) ? NONE : percent(node.asDouble());
  }

  /** A fraction as percent; more decimals where it is small. */
  static String percent(final double value) {
    final double size = Math.abs(value);
    return format(
        size != 0 && size < 0.0995 ? size < 0.001 ? "%.4f %%" : "%.2f %%" : "%.1f %%", 100 * value);
  }

  /** A fraction as percent with its sign. */
  static String change(final JsonNode node) {
    return absent(node) ? NONE : sign(node.asDouble()) + percent(Math.abs(node.asDouble()));
  }

  /** A number with two decimals. */
  static String number(final JsonNode node) {
    return absent(node) ? NONE : format("%,.2f", node.asDouble());
  }

  /** A number as it is written, without more than is needed. */
  static String plain(final JsonNode node) {
    return absent(node) ? NONE : text(node.decimalValue().stripTrailingZeros().toPlainString());
  }

  /** A whole number. */
  static String count(final JsonNode node) {
    return absent(node) ? NONE : format("%,d", node.asLong());
  }

  /** Microseconds. */
  static String micros(final JsonNode node) {
    final double value = node.asDouble();
    return value < 100 ? format("%.2f", value) : format("%,.0f", value);
  }

  /** A length of time in its largest units. */
  static String duration(final JsonNode node) {
    if (absent(node)) {
      return NONE;
    }
    final double seconds = node.asDouble();
    if (seconds < 60) {
      return format(seconds < 10 && seconds != Math.rint(seconds) ? "%.1f s" : "%.0f s", seconds);
    }
    if (seconds < 3_600) {
      return format("%.0f min", seconds / 60);
    }
    if (seconds < 48 * 3_600) {
      return format("%.1f h", seconds / 3_600);
    }
    return format("%,.0f days", seconds / 86_400);
  }

  /** Date and minute, UTC, of Unix seconds. */
  static String time(final JsonNode node) {
    return absent(node) ? NONE : MINUTE.format(instant(node.asDouble()));
  }

  /** Date, UTC. */
  static String day(final JsonNode node) {
    return absent(node) ? NONE : DAY.format(instant(node.asDouble()));
  }

  /** An instant of Unix seconds. */
  static Instant instant(final double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1e3));
  }

  /** Class of a number: gain, loss or nothing. */
  static String tone(final JsonNode node) {
    final double value = node.asDouble();
    return absent(node) || value == 0 ? "" : value > 0 ? "gain" : "loss";
  }

  private static String sign(final double value) {
    return value > 0 ? "+" : value < 0 ? "−" : "";
  }

  private static boolean absent(final JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static String format(final String form, final Object value) {
    return minus(String.format(Locale.ROOT, form, value));
  }

  /** A printed number with a true minus sign, and none before a zero. */
  static String minus(final String number) {
    return number.replaceFirst("^-(?=[0.,]*([^0-9.,]|$))", "").replace("-", "−");
  }

  /** A file that ships beside this class. */
  static String resource(final String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new UncheckedIOException(name + " inside the program is not readable", e);
    }
  }
}
