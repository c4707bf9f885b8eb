package io.millrace.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tree of settings by dotted keys, with where each one that is not a default was written. */
final class Settings {
  /** Origin of what nobody wrote. */
  static final String DEFAULT = "default";

  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?) ?(ns|us|ms|s|min|h|d)");
  private static final Map<String, Long> UNIT_NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "min", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L);
  private static final int SHOWN = 60;

  private final ObjectNode tree;
  private final Map<String, String> origins = new LinkedHashMap<>();

  Settings(final ObjectNode tree) {
    this.tree = tree;
  }

  ObjectNode tree() {
    return tree;
  }

  /** Origins of what is not a default: dotted key to {@code file:line} or {@code --set k=v}. */
  Map<String, String> origins() {
    return origins;
  }

  String origin(final String key) {
    return origins.getOrDefault(key, DEFAULT);
  }

  /** The value of a dotted key; missing where there is none. */
  JsonNode at(final String key) {
    JsonNode node = tree;
    for (final String part : key.split("\\.", -1)) {
      node = node.path(part);
    }
    return node;
  }

  /** A number, or a duration in nanoseconds. */
  BigDecimal number(final String key) {
    final JsonNode value = at(key);
    return value.isTextual() ? nanos(value.textValue()) : value.decimalValue();
  }

  /** Whether a text is a duration such as {@code 15min}. */
  static boolean isDuration(final String text) {
    return DURATION.matcher(text).matches();
  }

  /** Nanoseconds of a duration; may have a fraction. */
  static BigDecimal nanos(final String text) {
    final Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " is no duration such as 250ms");
    }
    return new BigDecimal(matcher.group(1))
        .multiply(BigDecimal.valueOf(UNIT_NANOS.get(matcher.group(2))));
  }

  /** A value for a message: as written, not too long. */
  static String shown(final JsonNode value) {
    final String text = value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
