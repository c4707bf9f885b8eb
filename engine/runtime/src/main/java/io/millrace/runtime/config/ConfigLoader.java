package io.millrace.runtime.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.core.market.Fixed;
import io.millrace.core.state.Digest;
import io.millrace.core.strategy.StrategyBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Authored YAML to resolved {@link Config}: shipped defaults, then the user's file, then {@code
 * --set} options; unknown keys, wrong types, values out of range and settings that do not fit one
 * another are all told at once.
 *
 * <p>Two notations are read into {@code long} fields: a duration such as {@code 250ms} or {@code
 * 15min} sets the field of the same name that ends in {@code _nanos}; a quoted decimal such as
 * {@code "0.005"} is an exact fixed-point number.
 */
public final class ConfigLoader {
  private static final String DEFAULTS = "/millrace/defaults.yaml";
  private static final String LEXICON = "/millrace/lexicon/finance.yaml";
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(?:\\.\\d+)?");
  private static final int LETTERS_PER_SLIP = 3;
  private static final String SET = "--set ";

  /** A problem of a line of a file: file, line, and the rest. */
  private static final Pattern PLACE = Pattern.compile("(.*?):(\\d{1,9}): .*", Pattern.DOTALL);

  /** Problems of files by file and line, then those without a line, as they were found. */
  private static final Comparator<String> BY_PLACE =
      Comparator.comparing(ConfigLoader::hasNoLine)
          .thenComparing(problem -> part(problem, 1))
          .thenComparingInt(problem -> hasNoLine(problem) ? 0 : Integer.parseInt(part(problem, 2)));

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
   * @param origins where a setting that is not a default was written: dotted key to {@code
   *     file:line} or {@code --set}
   */
  public record Resolved(
      Config config,
      ObjectNode tree,
      long digest,
      List<String> warnings,
      Map<String, String> origins) {}

  private final ConfigSchema schema = new ConfigSchema();
  private final Settings settings = new Settings(defaults());
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private ConfigLoader() {}

  /**
   * Loads.
   *
   * @param file the user's YAML, or null for the defaults alone
   * @param sets {@code key=value} options, dotted keys
   * @throws ConfigException with everything that is wrong
   */
  public static Resolved load(final Path file, final List<String> sets) {
    return load(file == null ? List.of() : List.of(file), sets, null, null);
  }

  /**
   * Loads for a strategy: its policies take the place of the settings that they govern.
   *
   * @param files YAML files, each over the ones before: the user's, then venue presets
   * @param sets {@code key=value} options, dotted keys
   * @param bundle the strategy's declaration, or null
   * @param place file and line of the bundle
   * @throws ConfigException with everything that is wrong
   */
  public static Resolved load(
      final List<Path> files,
      final List<String> sets,
      final StrategyBundle bundle,
      final String place) {
    return load(files, sets, List.of(), bundle, place);
  }

  /**
   * Loads for a strategy with values of its parameters.
   *
   * @param files YAML files, each over the ones before: the user's, then venue presets
   * @param sets {@code key=value} options, dotted keys
   * @param parameters {@code name=value} options, names as the bundle declares them
   * @param bundle the strategy's declaration, or null
   * @param place file and line of the bundle
   * @throws ConfigException with everything that is wrong
   */
  public static Resolved load(
      final List<Path> files,
      final List<String> sets,
      final List<String> parameters,
      final StrategyBundle bundle,
      final String place) {
    return new ConfigLoader().resolve(files, sets, parameters, bundle, place);
  }

  /** The shipped defaults, as authored. */
  public static ObjectNode defaults() {
    final ObjectNode tree = shipped(DEFAULTS);
    tree.set("lexicon", shipped(LEXICON));
    return tree;
  }

  private static ObjectNode shipped(final String resource) {
    try (InputStream in = ConfigLoader.class.getResourceAsStream(resource)) {
      return (ObjectNode) YAML.readTree(in);
    } catch (final IOException e) {
      throw new UncheckedIOException("the shipped " + resource + " is not readable", e);
    }
  }

  /** The records of a tree that was resolved before, as a manifest keeps it. */
  public static Config bind(final JsonNode tree) {
    return bind(
        tree,
        reason ->
            "the config of this run does not fit this version ("
                + reason
                + "); replay it with the version in its manifest");
  }

  private static Config bind(final JsonNode tree, final UnaryOperator<String> problem) {
    try {
      final ObjectNode resolved = (ObjectNode) converted(tree, new ConfigSchema().root());
      // Ideas are sized by the account that there is: one number, told once.
      ((ObjectNode) resolved.get("trade"))
          .put("capital", Fixed.toDouble(resolved.get("account").get("initial_cash").longValue()));
      return BINDER.treeToValue(resolved, Config.class);
    } catch (final JsonProcessingException e) {
      throw new ConfigException(List.of(problem.apply(reason(e))));
    } catch (final ClassCastException | NullPointerException | ArithmeticException e) {
      throw new ConfigException(
          List.of(problem.apply("a section or value is not as it should be")));
    } catch (final IllegalArgumentException e) {
      throw new ConfigException(List.of(problem.apply(e.getMessage())));
    }
  }

  /** Why a record refused its section: its own words, or the setting that the binder names. */
  private static String reason(final JsonProcessingException e) {
    if (e.getCause() != null) {
      return root(e).getMessage();
    }
    final StringBuilder section = new StringBuilder();
    if (e instanceof final JsonMappingException mapping) {
      mapping.getPath().stream()
          .filter(reference -> reference.getFieldName() != null)
          .forEach(
              reference ->
                  section
                      .append(section.length() == 0 ? "" : ".")
                      .append(reference.getFieldName()));
    }
    if (e instanceof UnrecognizedPropertyException) {
      return section + " is unknown";
    }
    return section
        + (String.valueOf(e.getOriginalMessage()).startsWith("Missing creator property")
            ? " is missing"
            : " is not as it should be");
  }

  private static Throwable root(final Throwable thrown) {
    Throwable at = thrown;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return at;
  }

  private static boolean hasNoLine(final String problem) {
    return problem.startsWith(SET) || !PLACE.matcher(problem).matches();
  }

  private static String part(final String problem, final int group) {
    final Matcher place = PLACE.matcher(problem);
    return hasNoLine(problem) || !place.matches() ? "" : place.group(group);
  }

  private Resolved resolve(
      final List<Path> files,
      final List<String> sets,
      final List<String> parameters,
      final StrategyBundle bundle,
      final String place) {
    for (final Path file : files) {
      final ConfigFile authored = ConfigFile.read(file);
      if (authored.blank()) {
        warnings.add(file + " is empty: the shipped defaults hold");
      }
      merge(
          settings.tree(),
          authored.tree(),
          "",
          schema.root(),
          key ->
              authored.lines().containsKey(key)
                  ? file + ":" + authored.lines().get(key)
                  : "" + file);
    }
    for (final String set : sets) {
      apply(set);
    }
    if (problems.isEmpty()) {
      ParameterMerge.apply(settings, bundle, place, parameters, problems);
    }
    if (bundle != null && problems.isEmpty()) {
      PolicyMerge.apply(settings, bundle, place, problems);
    }
    fractions(settings.tree(), "");
    problems.addAll(schema.check(settings));
    if (problems.isEmpty()) {
      problems.addAll(ConfigRelations.check(settings));
    }
    if (!problems.isEmpty()) {
      problems.sort(BY_PLACE);
      throw new ConfigException(problems);
    }
    final ObjectNode tree = settings.tree();
    final Config config = bind(tree, reason -> "the config cannot be used: " + reason);
    settings.origins().replaceAll((key, origin) -> origin.startsWith(SET) ? SET.strip() : origin);
    return new Resolved(
        config, tree, digest(tree), List.copyOf(warnings), Map.copyOf(settings.origins()));
  }

  private void merge(
      final ObjectNode base,
      final JsonNode over,
      final String path,
      final JsonNode section,
      final UnaryOperator<String> origin) {
    for (final Map.Entry<String, JsonNode> field : over.properties()) {
      final String name = field.getKey();
      final String key = path + name;
      final JsonNode value = field.getValue();
      final JsonNode node = ConfigSchema.child(section, name);
      final String place = origin.apply(key) + ": ";
      if (node.isMissingNode()) {
        problems.add(
            place
                + "unknown key "
                + key
                + suggestion(key, name, base)
                + (place.startsWith(SET)
                    ? "; give KEY=VALUE with a KEY such as risk.open_orders_total, see"
                    : "; see")
                + " config/defaults.yaml");
      } else if (node.path("type").asText().equals("object")) {
        if (value.isObject()) {
          final JsonNode under = base.get(name);
          merge(
              under instanceof final ObjectNode there ? there : base.putObject(name),
              value,
              key + ".",
              node,
              origin);
        } else if (!value.isNull()) { // all settings of a section may be commented out
          problems.add(place + key + " is " + Settings.shown(value) + ": must be a section");
        }
      } else if (!value.isNull()) {
        base.set(name, normal(value, node));
        settings.origins().put(key, origin.apply(key));
      } else if (ConfigSchema.open(section)) {
        base.remove(name);
        settings.origins().put(key, origin.apply(key));
      } else {
        problems.add(place + key + " has no value; give it one or remove it");
      }
    }
  }

  /** An exact decimal is kept as text, quoted or not. */
  private static JsonNode normal(final JsonNode value, final JsonNode node) {
    return ConfigSchema.isDecimal(node) && value.isNumber() && Double.isFinite(value.doubleValue())
        ? JsonNodeFactory.instance.textNode(value.decimalValue().toPlainString())
        : value;
  }

  private void apply(final String set) {
    final int equals = set.indexOf('=');
    if (equals <= 0) {
      problems.add(SET + set + ": not KEY=VALUE, such as risk.open_orders_total=10");
      return;
    }
    final ObjectNode root = YAML.createObjectNode();
    ObjectNode over = root;
    final String[] parts = set.substring(0, equals).split("\\.", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      over = over.putObject(parts[i]);
    }
    try {
      final JsonNode value = ConfigFile.value(set.substring(equals + 1));
      over.set(
          parts[parts.length - 1],
          value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value);
    } catch (final JsonProcessingException e) {
      problems.add(SET + set + ": the VALUE of KEY=VALUE is not YAML; quote it");
      return;
    }
    merge(settings.tree(), root, "", schema.root(), key -> SET + set);
  }

  private String suggestion(final String key, final String name, final ObjectNode base) {
    final String elsewhere = find(settings.tree(), name, "");
    if (elsewhere != null && !elsewhere.equals(key)) {
      return "; did you mean " + elsewhere;
    }
    String best = null;
    int distance = Math.max(2, name.length() / LETTERS_PER_SLIP) + 1;
    for (final Iterator<String> it = base.fieldNames(); it.hasNext(); ) {
      final String candidate = it.next();
      final int d = edits(name, candidate);
      if (d < distance) {
        distance = d;
        best = candidate;
      }
    }
    return best == null ? "" : "; did you mean " + best;
  }

  /** The first key anywhere whose last part is the name, or null. */
  private static String find(final JsonNode node, final String name, final String path) {
    for (final Map.Entry<String, JsonNode> field : node.properties()) {
      final String key = path + field.getKey();
      final String found =
          field.getKey().equals(name) ? key : find(field.getValue(), name, key + ".");
      if (found != null && !found.startsWith("lexicon.")) {
        return found;
      }
    }
    return null;
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
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      final int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }

  /** A value over 1 where a fraction is meant is read as percent, and said so. */
  private void fractions(final ObjectNode node, final String path) {
    for (final Map.Entry<String, JsonNode> field : List.copyOf(node.properties())) {
      final String key = path + field.getKey();
      final JsonNode value = field.getValue();
      if (key.equals("strategy.parameters")) {
        continue; // what a strategy calls pct is its own affair
      }
      if (value.isObject()) {
        fractions((ObjectNode) value, key + ".");
      } else if (key.endsWith("_pct")
          && value.isNumber()
          && value.doubleValue() > 1
          && value.doubleValue() <= 100) {
        final BigDecimal fraction = value.decimalValue().movePointLeft(2);
        warnings.add(
            settings.origin(key) + ": " + key + " is " + value + ": read as percent, " + fraction);
        node.put(field.getKey(), fraction);
      }
    }
  }

  /** Durations and exact decimals become the whole numbers that the records take. */
  private static JsonNode converted(final JsonNode node, final JsonNode section) {
    if (!node.isObject()) {
      return node;
    }
    final ObjectNode result = YAML.createObjectNode();
    for (final Map.Entry<String, JsonNode> field : List.copyOf(node.properties())) {
      final JsonNode value = field.getValue();
      final JsonNode setting = ConfigSchema.child(section, field.getKey());
      // What this version does not know is told by its look.
      final boolean unknown = setting.isMissingNode();
      if (value.isTextual()
          && (unknown || ConfigSchema.isDuration(setting))
          && Settings.isDuration(value.textValue())) {
        result.put(field.getKey() + "_nanos", Settings.nanos(value.textValue()).longValueExact());
      } else if (value.isTextual()
          && (unknown || ConfigSchema.isDecimal(setting))
          && DECIMAL.matcher(value.textValue()).matches()) {
        result.put(field.getKey(), Fixed.parse(value.textValue()));
      } else {
        result.set(field.getKey(), converted(value, setting));
      }
    }
    return result;
  }

  private static long digest(final ObjectNode tree) {
    final byte[] bytes = tree.toString().getBytes(StandardCharsets.UTF_8);
    final Digest digest = new Digest();
    digest.add(new UnsafeBuffer(bytes), 0, bytes.length);
    return digest.value();
  }
}
