package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.config.ConfigLoader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run's config changes of the shipped defaults, and how many numbers decide in it. */
final class ChangedSettings {
  /** Sections whose numbers shape decisions. */
  private static final List<String> DECIDING =
      List.of(
          "hedge",
          "liquidity",
          "sentiment",
          "elasticity",
          "snapshot",
          "agents",
          "composer",
          "trade",
          "router");

  private static final List<String> NOT_PARAMETERS =
      List.of("engine", "account", "strategy.trade_after");

  /**
   * What presets and policies set for a strategy: how it is filled and bounded, not what it does.
   */
  private static final List<String> TERMS = List.of("venue", "risk", "portfolio", "policies");

  private final Map<String, String> changed = new TreeMap<>();
  private int numbers;
  private int parameters;

  /**
   * Compares.
   *
   * @param strategy whether one traded, whose presets and policies are among the settings
   */
  ChangedSettings(final JsonNode config, final boolean strategy) {
    compare("", config, ConfigLoader.defaults());
    for (final String section : DECIDING) {
      config.path(section).forEach(value -> numbers += value.isNumber() ? 1 : 0);
    }
    parameters =
        (int)
            changed.keySet().stream()
                .filter(key -> !in(NOT_PARAMETERS, key) && !(strategy && in(TERMS, key)))
                .count();
  }

  private void compare(final String at, final JsonNode now, final JsonNode shipped) {
    if (now.isObject() && (shipped == null || shipped.isObject())) {
      now.properties()
          .forEach(
              field ->
                  compare(
                      at.isEmpty() ? field.getKey() : at + "." + field.getKey(),
                      field.getValue(),
                      shipped == null ? null : shipped.get(field.getKey())));
    } else if (!now.equals(shipped) && !sameNumber(now, shipped)) {
      changed.put(at, now.isValueNode() ? now.asText() : now.toString());
    }
  }

  private static boolean in(final List<String> sections, final String key) {
    return sections.stream().anyMatch(section -> (key + ".").startsWith(section + "."));
  }

  private static boolean sameNumber(final JsonNode a, final JsonNode b) {
    return b != null && a.isNumber() && b.isNumber() && a.doubleValue() == b.doubleValue();
  }

  /** Changed settings that may shape decisions. */
  int parameters() {
    return parameters;
  }

  /** Numbers in the sections that shape decisions. */
  int numbers() {
    return numbers;
  }

  /** Writes each changed setting with its value. */
  void write(final ObjectNode node) {
    changed.forEach(node::put);
  }
}
