package io.millrace.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds defaults.yaml, its comments, the schema and the records against one another. */
final class DefaultsTest {
  private static final Pattern RANGE = Pattern.compile("\\[([^\\[\\]]+)]$");
  private static final String NANOS = "_nanos";

  private final ObjectNode defaults = ConfigLoader.defaults();
  private final JsonNode schema = new ConfigSchema().root();

  @Test
  void keysOfTheDefaultsAreTheComponentsOfTheRecords() {
    final TreeSet<String> components = new TreeSet<>();
    components(Config.class, "", components);
    // Told once, as account.initial_cash.
    assertThat(components.remove("trade.capital")).isTrue();
    final TreeSet<String> keys = new TreeSet<>();
    leaves(defaults, "", keys);
    assertThat(keys).isEqualTo(components);
  }

  @Test
  void schemaHasTheSameKeysAllDescribedAndRequired() {
    final TreeSet<String> keys = new TreeSet<>();
    leaves(defaults, "", keys);
    final TreeSet<String> described = new TreeSet<>();
    described(schema, "", described);
    assertThat(described).isEqualTo(keys);
  }

  @Test
  void rangesInTheCommentsAreThoseOfTheSchema() throws IOException {
    final Map<String, String> comments = comments();
    final List<String> differences = new ArrayList<>();
    comments.forEach(
        (key, comment) -> {
          final JsonNode node = node(key);
          final Matcher matcher = RANGE.matcher(comment);
          final String said = matcher.find() ? matcher.group(1) : "";
          if (!said.equals(range(node))) {
            differences.add(key + " says [" + said + "], the schema [" + range(node) + "]");
          }
          assertThat(comment.replaceAll(RANGE.pattern(), "").strip())
              .as("meaning of %s", key)
              .isNotEmpty();
        });
    assertThat(differences).isEmpty();
    final TreeSet<String> keys = new TreeSet<>();
    leaves(defaults, "", keys);
    assertThat(comments.keySet()).isEqualTo(keys);
  }

  /** The schema's range in the words of the comments. */
  private static String range(final JsonNode node) {
    if (node.has("enum")) {
      final List<String> values = new ArrayList<>();
      node.get("enum").forEach(value -> values.add(value.asText()));
      return String.join(" | ", values);
    }
    if (node.path("type").asText().equals("object")) {
      return range(node.get("additionalProperties"));
    }
    final String prefix = node.has("x-kind") ? "x-" : "";
    final String words = ConfigSchema.range(node, prefix);
    return node.has(prefix + "maximum") || node.has("exclusiveMaximum")
        ? words
            .replaceFirst("^between (\\S+) and (\\S+)$", "$1 to $2")
            .replaceFirst("^from (\\S+) to below", "$1 to below")
            .replaceFirst("^above (\\S+) and at most", "above $1 to")
            .replaceFirst("^above (\\S+) and below", "above $1 to below")
        : "";
  }

  private JsonNode node(final String key) {
    JsonNode node = schema;
    for (final String part : key.split("\\.", -1)) {
      node = node.path("properties").path(part);
    }
    assertThat(node.isMissingNode()).as("schema of %s", key).isFalse();
    return node;
  }

  /** Comment of each setting: at the end of its line, or on the line above. */
  private static Map<String, String> comments() throws IOException {
    final Path config = Path.of(System.getProperty("millrace.root", "../..")).resolve("config");
    final Map<String, String> comments = comments(config.resolve("defaults.yaml"), "");
    comments.putAll(comments(config.resolve("lexicon/finance.yaml"), "lexicon."));
    return comments;
  }

  private static Map<String, String> comments(final Path file, final String section)
      throws IOException {
    final Map<String, String> comments = new TreeMap<>();
    final Pattern setting =
        Pattern.compile("^( *)([a-z_][a-z0-9_]*):(?: +([^#]*?))?(?: +# (.*))?$");
    final List<String> path = new ArrayList<>();
    String above = "";
    int braces = 0; // within a list of words nothing is a setting
    for (final String line : Files.readAllLines(file)) {
      if (line.strip().startsWith("# ")) {
        above = line.strip().substring(2);
        continue;
      }
      final Matcher matcher = setting.matcher(line);
      final boolean word = braces > 0;
      braces += (int) line.chars().filter(c -> c == '{').count();
      braces -= (int) line.chars().filter(c -> c == '}').count();
      if (word || !matcher.matches()) {
        continue;
      }
      final int depth = matcher.group(1).length() / 2;
      while (path.size() > depth) {
        path.remove(path.size() - 1);
      }
      final String value = matcher.group(3);
      if (value == null || value.isEmpty()) {
        path.add(matcher.group(2));
      } else {
        final String parents = path.isEmpty() ? "" : String.join(".", path) + ".";
        final String key = section + parents + matcher.group(2);
        comments.put(key, matcher.group(4) == null ? above : matcher.group(4));
      }
      above = "";
    }
    return comments;
  }

  private static void components(final Class<?> record, final String path, final Set<String> into) {
    for (final RecordComponent component : record.getRecordComponents()) {
      final String name = new SnakeCaseStrategy().translate(component.getName());
      if (component.getType().isRecord()) {
        components(component.getType(), path + name + ".", into);
      } else {
        into.add(
            path
                + (name.endsWith(NANOS)
                    ? name.substring(0, name.length() - NANOS.length())
                    : name));
      }
    }
  }

  private void leaves(final JsonNode node, final String path, final Set<String> into) {
    for (final Map.Entry<String, JsonNode> field : node.properties()) {
      final String key = path + field.getKey();
      if (field.getValue().isObject() && !ConfigSchema.open(node(key))) {
        leaves(field.getValue(), key + ".", into);
      } else {
        into.add(key);
      }
    }
  }

  private static void described(final JsonNode node, final String path, final Set<String> into) {
    assertThat(node.path("additionalProperties").isBoolean()).as(path).isTrue();
    final TreeSet<String> required = new TreeSet<>();
    node.get("required").forEach(name -> required.add(name.asText()));
    for (final Map.Entry<String, JsonNode> field : node.get("properties").properties()) {
      final String key = path + field.getKey();
      final JsonNode child = field.getValue();
      assertThat(child.path("description").asText()).as(key).isNotBlank();
      assertThat(required).contains(field.getKey());
      if (child.has("properties")) {
        described(child, key + ".", into);
      } else {
        into.add(key);
      }
    }
  }
}
