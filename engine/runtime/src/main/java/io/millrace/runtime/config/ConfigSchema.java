package io.millrace.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code config/schemas/config.schema.json}: what each setting may be, and a plain sentence for
 * each one that is not.
 *
 * <p>JSON Schema has no bounds for text, so those of durations and exact decimals ({@code
 * x-minimum}, {@code x-maximum}) and powers of two are checked here.
 */
final class ConfigSchema {
  private static final String RESOURCE = "/millrace/schemas/config.schema.json";

  private final JsonNode root;
  private final Schema schema;

  ConfigSchema() {
    try (InputStream in = ConfigSchema.class.getResourceAsStream(RESOURCE)) {
      final String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      root = new ObjectMapper().readTree(text);
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(text, InputFormat.JSON);
    } catch (final IOException e) {
      throw new UncheckedIOException("the config schema inside the program is not readable", e);
    }
  }

  JsonNode root() {
    return root;
  }

  /** The schema of a child; missing where there can be none. */
  static JsonNode child(final JsonNode node, final String name) {
    final JsonNode property = node.path("properties").path(name);
    return property.isMissingNode() && open(node) ? node.get("additionalProperties") : property;
  }

  /** Whether a section takes keys of the user's own, as a list of words does. */
  static boolean open(final JsonNode node) {
    return node.path("additionalProperties").isObject();
  }

  /** Whether a setting is an exact decimal, which is kept as text. */
  static boolean isDecimal(final JsonNode node) {
    return node.path("x-kind").asText().equals("decimal");
  }

  /** Whether a setting is a duration, which is kept as text. */
  static boolean isDuration(final JsonNode node) {
    return node.path("x-kind").asText().equals("duration");
  }

  /** One sentence for each setting that is not what it may be. */
  List<String> check(final Settings settings) {
    final Map<String, String> wrong = new LinkedHashMap<>();
    beyondText(settings, settings.tree(), root, "", wrong);
    if (wrong.isEmpty() || finite(settings.tree())) {
      for (final Error error : schema.validate(settings.tree())) {
        final String key = key(error.getInstanceLocation());
        wrong.computeIfAbsent(key, k -> sentence(settings, k, error));
      }
    }
    // What a wrong setting was put in the place of is not told again.
    final Set<String> told = Set.copyOf(wrong.keySet());
    wrong.keySet().removeIf(key -> told.contains(settings.origin(key).replaceAll(",.*", "")));
    return new ArrayList<>(wrong.values());
  }

  private String sentence(final Settings settings, final String key, final Error error) {
    JsonNode node = root;
    JsonNode value = settings.tree();
    final NodePath path = error.getInstanceLocation();
    for (int i = 0; i < path.getNameCount(); i++) {
      final Object part = path.getElement(i);
      if (part instanceof final Integer index) {
        node = node.path("items");
        value = value.path(index);
      } else {
        node = child(node, part.toString());
        value = value.path(part.toString());
      }
    }
    final String remedy =
        switch (error.getKeyword()) {
          case "uniqueItems" -> "must name each word once";
          case "required" -> "must have " + error.getProperty();
          case "additionalProperties" -> "cannot have " + error.getProperty();
          case "propertyNames" -> "must have names of 1 to 64 characters";
          default -> "must be " + allowed(key, node);
        };
    return where(settings, key) + key + " is " + Settings.shown(value) + ": " + remedy;
  }

  /** What the schema language has no words for. */
  private void beyondText(
      final Settings settings,
      final JsonNode value,
      final JsonNode node,
      final String key,
      final Map<String, String> wrong) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              field ->
                  beyondText(
                      settings,
                      field.getValue(),
                      child(node, field.getKey()),
                      key.isEmpty() ? field.getKey() : key + "." + field.getKey(),
                      wrong));
      return;
    }
    final boolean fits =
        switch (node.path("x-kind").asText()) {
          case "duration" ->
              !value.isTextual()
                  || !Settings.isDuration(value.textValue())
                  || (wholeNanos(value) && within(node, Settings.nanos(value.textValue()), true));
          case "decimal" ->
              !value.isTextual()
                  || !value.textValue().matches(node.get("pattern").asText())
                  || within(node, new BigDecimal(value.textValue()), false);
          default ->
              (!value.isNumber() || Double.isFinite(value.doubleValue()))
                  && (!node.path("x-power-of-two").asBoolean()
                      || !value.canConvertToInt()
                      || Integer.bitCount(value.intValue()) == 1);
        };
    if (!fits) {
      wrong.put(
          key,
          where(settings, key)
              + key
              + " is "
              + Settings.shown(value)
              + ": must be "
              + allowed(key, node));
    }
  }

  private static boolean finite(final JsonNode value) {
    if (value.isContainerNode()) {
      for (final JsonNode child : value) {
        if (!finite(child)) {
          return false;
        }
      }
      return true;
    }
    return !value.isNumber() || Double.isFinite(value.doubleValue());
  }

  private static boolean wholeNanos(final JsonNode value) {
    return Settings.nanos(value.textValue()).stripTrailingZeros().scale() <= 0;
  }

  private static boolean within(
      final JsonNode node, final BigDecimal value, final boolean duration) {
    return beyond(node, "x-minimum", value, duration) >= 0
        && beyond(node, "x-maximum", value, duration) <= 0
        && (!node.has("x-exclusive-minimum")
            || beyond(node, "x-exclusive-minimum", value, duration) > 0);
  }

  private static int beyond(
      final JsonNode node, final String bound, final BigDecimal value, final boolean duration) {
    if (!node.has(bound)) {
      return 0;
    }
    final String text = node.get(bound).asText();
    return value.compareTo(duration ? Settings.nanos(text) : new BigDecimal(text));
  }

  private static String where(final Settings settings, final String key) {
    String written = key;
    // An item of a list was written where the list was.
    while (settings.origin(written).equals(Settings.DEFAULT) && written.indexOf('.') > 0) {
      written = written.substring(0, written.lastIndexOf('.'));
    }
    final String origin = settings.origin(written);
    return origin.equals(Settings.DEFAULT) ? "" : origin + ": ";
  }

  private static String key(final NodePath path) {
    final StringBuilder text = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      text.append(text.length() == 0 ? "" : ".").append(path.getElement(i));
    }
    return text.toString();
  }

  /** What a setting may be, in words that follow "must be". */
  static String allowed(final String key, final JsonNode node) {
    if (node.has("enum")) {
      final List<String> values = new ArrayList<>();
      node.get("enum").forEach(value -> values.add(value.asText()));
      return "one of " + String.join(", ", values);
    }
    return switch (node.path("x-kind").asText()) {
      case "duration" ->
          "a duration " + range(node, "x-") + ", written like 250ms, 5s, 15min or 7d";
      case "decimal" -> "a decimal " + range(node, "x-") + " with at most eight decimals";
      default ->
          switch (node.path("type").asText()) {
            case "boolean" -> "true or false";
            case "integer" ->
                (node.path("x-power-of-two").asBoolean() ? "a power of two " : "a whole number ")
                    + range(node, "");
            case "number" ->
                (key.endsWith("_pct") ? "a fraction " : "a number ")
                    + range(node, "")
                    + (key.endsWith("_pct") ? " (0.05 = 5 %)" : "");
            case "array" ->
                node.path("items").path("type").asText().equals("object")
                    ? "a list of entries, as its comment in config/defaults.yaml shows"
                    : "a list of words such as [not, never]";
            case "string" -> "a word of at most " + node.path("maxLength").asInt() + " characters";
            default -> "a section with settings beneath it";
          };
    };
  }

  /** The bounds in words. */
  static String range(final JsonNode node, final String prefix) {
    final JsonNode least = node.path(prefix + "minimum");
    final JsonNode most = node.path(prefix + "maximum");
    final JsonNode above =
        node.path(prefix.isEmpty() ? "exclusiveMinimum" : prefix + "exclusive-minimum");
    final JsonNode below = node.path("exclusiveMaximum");
    if (above.isMissingNode()) {
      return below.isMissingNode()
          ? "between " + least.asText() + " and " + most.asText()
          : "from " + least.asText() + " to below " + below.asText();
    }
    return "above "
        + above.asText()
        + (below.isMissingNode()
            ? " and at most " + most.asText()
            : " and below " + below.asText());
  }
}
