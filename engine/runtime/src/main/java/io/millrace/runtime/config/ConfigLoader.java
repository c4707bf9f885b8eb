package io.millrace.runtime.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.core.market.Fixed;
import io.millrace.core.state.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Authored YAML to resolved {@link Config}: shipped defaults, then the user's file, then {@code
 * --set} options; unknown keys, wrong types and values out of range are all told at once.
 *
 * <p>Two notations are read into {@code long} fields: a duration such as {@code 250ms} or {@code
 * 15min} sets the field of the same name that ends in {@code _nanos}; a quoted decimal such as
 * {@code "0.005"} is an exact fixed-point number.
 */
public final class ConfigLoader {
  private static final String DEFAULTS = "/millrace/defaults.yaml";
  private static final String SCHEMA = "/millrace/schemas/config.schema.json";
  private static final Pattern DURATION =
      Pattern.compile("(\\d+(?:\\.\\d+)?) ?(ns|us|ms|s|min|h|d)");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(?:\\.\\d+)?");
  private static final Map<String, Long> UNIT_NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "min", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L);
  private static final int MAX_EDIT_DISTANCE = 4;

  private static final ObjectMapper YAML = new YAMLMapper(new YAMLFactory());
  private static final ObjectMapper BINDER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /**
   * A config that can be run.
   *
   * @param config the records
   * @param tree the same as authored, whole
   * @param digest hash of the tree
   * @param warnings one sentence each
   */
  public record Resolved(Config config, ObjectNode tree, long digest, List<String> warnings) {}

  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private String source = "the shipped defaults";

  private ConfigLoader() {}

  /**
   * Loads.
   *
   * @param file the user's YAML, or null for the defaults alone
   * @param sets {@code key=value} options, dotted keys
   * @throws ConfigException with everything that is wrong
   */
  public static Resolved load(final Path file, final List<String> sets) {
    return new ConfigLoader().resolve(file, sets);
  }

  /** The records of a tree that was resolved before, as a manifest keeps it. */
  public static Config bind(final JsonNode tree) {
    final ObjectNode resolved = (ObjectNode) converted(tree);
    // Ideas are sized by the account that there is: one number, told once.
    ((ObjectNode) resolved.get("trade"))
        .put("capital", Fixed.toDouble(resolved.get("account").get("initial_cash").longValue()));
    try {
      return BINDER.treeToValue(resolved, Config.class);
    } catch (final JsonProcessingException e) {
      throw new ConfigException(
          List.of(
              "the config of this run does not fit this version ("
                  + e.getOriginalMessage()
                  + "); replay it with the version in its manifest"));
    }
  }

  private Resolved resolve(final Path file, final List<String> sets) {
    final ObjectNode tree = defaults();
    if (file != null) {
      source = file.toString();
      merge(tree, read(file), "");
    }
    for (final String set : sets) {
      source = "--set " + set;
      apply(tree, set);
    }
    if (problems.isEmpty()) {
      check(tree, file);
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    final List<String> warnings = new ArrayList<>();
    fractions(tree, "", warnings);
    return new Resolved(bind(tree), tree, digest(tree), warnings);
  }

  private static ObjectNode defaults() {
    try (InputStream in = ConfigLoader.class.getResourceAsStream(DEFAULTS)) {
      return (ObjectNode) YAML.readTree(in);
    } catch (final IOException e) {
      throw new UncheckedIOException("the shipped defaults are not readable", e);
    }
  }

  private JsonNode read(final Path file) {
    try {
      final String text = Files.readString(file, StandardCharsets.UTF_8);
      locate(text);
      final JsonNode node = YAML.readTree(text);
      if (node == null || node.isMissingNode() || node.isNull()) {
        return YAML.createObjectNode();
      }
      if (!node.isObject()) {
        throw new ConfigException(
            List.of(file + " is not a mapping of keys; begin with a section such as `risk:`"));
      }
      return node;
    } catch (final JsonProcessingException e) {
      final JsonLocation at = e.getLocation();
      throw new ConfigException(
          List.of(
              file
                  + (at == null ? "" : ":" + at.getLineNr())
                  + " is not YAML ("
                  + firstLine(e.getOriginalMessage())
                  + "); mend the line"));
    } catch (final IOException e) {
      throw new ConfigException(
          List.of(file + " cannot be read; name an existing file with --config"));
    }
  }

  /** Remembers the line of every key, for the messages. */
  private void locate(final String text) throws IOException {
    final Deque<String> path = new ArrayDeque<>();
    try (JsonParser parser = YAML.getFactory().createParser(text)) {
      String name = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case FIELD_NAME -> {
            name = parser.currentName();
            lines.put(join(path, name), parser.currentTokenLocation().getLineNr());
          }
          case START_OBJECT -> path.addLast(name);
          case END_OBJECT -> path.removeLast();
          default -> {}
        }
      }
    }
  }

  private static String join(final Deque<String> path, final String name) {
    final StringBuilder text = new StringBuilder();
    for (final String part : path) {
      if (!part.isEmpty()) {
        text.append(part).append('.');
      }
    }
    return text.append(name).toString();
  }

  private void merge(final ObjectNode base, final JsonNode over, final String path) {
    for (final Map.Entry<String, JsonNode> field : over.properties()) {
      final String key = path + field.getKey();
      final JsonNode old = base.get(field.getKey());
      final JsonNode value = field.getValue();
      if (value.isNull() && old != null) {
        continue; // null keeps the default
      }
      if (old == null) {
        problems.add(
            place(key) + "unknown key " + key + suggestion(field.getKey(), base) + "; see config/defaults.yaml");
      } else if (old.isObject() && value.isObject()) {
        merge((ObjectNode) old, value, key + ".");
      } else if (old.isObject() != value.isObject()) {
        problems.add(place(key) + key + (old.isObject() ? " is a section" : " is one value"));
      } else {
        base.set(field.getKey(), value);
      }
    }
  }

  private void apply(final ObjectNode tree, final String set) {
    final int equals = set.indexOf('=');
    if (equals <= 0) {
      problems.add("--set " + set + " is not key=value, such as risk.max_open_orders=10");
      return;
    }
    ObjectNode over = YAML.createObjectNode();
    final ObjectNode root = over;
    final String[] parts = set.substring(0, equals).split("\\.", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      over = over.putObject(parts[i]);
    }
    try {
      over.set(parts[parts.length - 1], YAML.readTree(set.substring(equals + 1)));
    } catch (final JsonProcessingException e) {
      problems.add("--set " + set + " has a value that is not YAML");
      return;
    }
    lines.clear();
    merge(tree, root, "");
  }

  private void check(final ObjectNode tree, final Path file) {
    final Schema schema;
    try (InputStream in = ConfigLoader.class.getResourceAsStream(SCHEMA)) {
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    } catch (final IOException e) {
      throw new UncheckedIOException("the config schema inside the program is not readable", e);
    }
    if (file != null) {
      source = file.toString();
    }
    for (final com.networknt.schema.Error error : schema.validate(tree)) {
      final String key = error.getInstanceLocation().toString().replaceFirst("^[$/.]+", "").replace('/', '.');
      final JsonNode value = tree.at("/" + key.replace('.', '/'));
      problems.add(place(key) + key + " is " + value.toString() + ": " + error.getMessage());
    }
  }

  private String place(final String key) {
    final Integer line = lines.get(key);
    return line == null ? source + ": " : source + ":" + line + ": ";
  }

  private static String suggestion(final String key, final ObjectNode base) {
    String best = null;
    int distance = MAX_EDIT_DISTANCE;
    for (final Iterator<String> it = base.fieldNames(); it.hasNext(); ) {
      final String candidate = it.next();
      final int d = edits(key, candidate);
      if (d < distance) {
        distance = d;
        best = candidate;
      }
    }
    return best == null ? "" : "; did you mean " + best;
  }

  private static int edits(final String a, final String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        final int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      final int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }

  /** A value over 1 where a fraction is meant is read as percent, and said so. */
  private static void fractions(
      final ObjectNode node, final String path, final List<String> warnings) {
    for (final Map.Entry<String, JsonNode> field : List.copyOf(node.properties())) {
      if (field.getValue().isObject()) {
        fractions((ObjectNode) field.getValue(), path + field.getKey() + ".", warnings);
      } else if (field.getKey().endsWith("_pct")
          && field.getValue().isNumber()
          && field.getValue().doubleValue() > 1) {
        final BigDecimal fraction = field.getValue().decimalValue().movePointLeft(2);
        warnings.add(
            path + field.getKey() + " is " + field.getValue() + ": read as percent, " + fraction);
        node.put(field.getKey(), fraction);
      }
    }
  }

  /** Durations and exact decimals become the whole numbers that the records take. */
  private static JsonNode converted(final JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    final ObjectNode result = YAML.createObjectNode();
    for (final Map.Entry<String, JsonNode> field : List.copyOf(node.properties())) {
      final JsonNode value = field.getValue();
      if (value.isTextual() && DURATION.matcher(value.textValue()).matches()) {
        result.put(field.getKey() + "_nanos", nanos(value.textValue()));
      } else if (value.isTextual() && DECIMAL.matcher(value.textValue()).matches()) {
        result.put(field.getKey(), Fixed.parse(value.textValue()));
      } else {
        result.set(field.getKey(), converted(value));
      }
    }
    return result;
  }

  private static long nanos(final String text) {
    final Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    return new BigDecimal(matcher.group(1))
        .multiply(BigDecimal.valueOf(UNIT_NANOS.get(matcher.group(2))))
        .longValueExact();
  }

  private static long digest(final ObjectNode tree) {
    final byte[] bytes = tree.toString().getBytes(StandardCharsets.UTF_8);
    final Digest digest = new Digest();
    digest.add(new UnsafeBuffer(bytes), 0, bytes.length);
    return digest.value();
  }

  private static String firstLine(final String message) {
    final int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
