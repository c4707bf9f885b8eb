package io.millrace.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.strategy.Parameter;
import io.millrace.core.strategy.StrategyBundle;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Makes {@code strategy.parameters} whole: every parameter that the bundle declares, with the value
 * of the command line, else of a file, else its default; and nothing of other strategies, which
 * does not matter to the run. A value is kept in one form, so that 2 and 2.0 are the same config.
 */
final class ParameterMerge {
  /** Origin of a value of the command line. */
  static final String PARAM = "--param";

  private static final String KEY = "strategy.parameters";

  private final Settings settings;
  private final StrategyBundle bundle;
  private final String place;
  private final List<String> problems;

  private ParameterMerge(
      final Settings settings,
      final StrategyBundle bundle,
      final String place,
      final List<String> problems) {
    this.settings = settings;
    this.bundle = bundle;
    this.place = place;
    this.problems = problems;
  }

  /**
   * Merges.
   *
   * @param bundle of the strategy that trades, or null
   * @param place file and line of the bundle: the origin of defaults
   * @param given {@code NAME=VALUE} of the command line
   * @param problems takes a sentence for each name that is not declared and each value not allowed
   */
  static void apply(
      final Settings settings,
      final StrategyBundle bundle,
      final String place,
      final List<String> given,
      final List<String> problems) {
    final JsonNode authored = settings.at(KEY);
    final ObjectNode all = ((ObjectNode) settings.tree().get("strategy")).putObject("parameters");
    if (bundle == null) {
      return;
    }
    new ParameterMerge(settings, bundle, place, problems)
        .merge(all, authored.path(bundle.name()), given);
  }

  private void merge(final ObjectNode all, final JsonNode authored, final List<String> given) {
    final ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (final Parameter parameter : bundle.parameters()) {
      values.set(parameter.name(), node(parameter, BigDecimal.valueOf(parameter.standard())));
      settings.origins().putIfAbsent(key(parameter.name()), place);
    }
    for (final Map.Entry<String, JsonNode> field : authored.properties()) {
      put(values, field.getKey(), field.getValue(), settings.origin(key(field.getKey())));
    }
    for (final String one : given) {
      final int equals = one.indexOf('=');
      if (equals <= 0) {
        problems.add(PARAM + " " + one + ": not NAME=VALUE, such as fast=12");
        continue;
      }
      final String name = one.substring(0, equals).strip();
      put(values, name, number(one.substring(equals + 1).strip()), PARAM + " " + one);
      settings.origins().put(key(name), PARAM);
    }
    if (!values.isEmpty()) {
      all.set(bundle.name(), values);
    }
  }

  private String key(final String name) {
    return KEY + "." + bundle.name() + "." + name;
  }

  private static JsonNode number(final String text) {
    try {
      return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
    } catch (final NumberFormatException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  private void put(
      final ObjectNode values, final String name, final JsonNode value, final String origin) {
    final Parameter parameter =
        bundle.parameters().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElse(null);
    if (parameter == null) {
      problems.add(origin + ": " + bundle.unknownParameter(name));
    } else if (!value.isNumber() || !parameter.allows(value.doubleValue())) {
      problems.add(
          origin
              + ": parameter "
              + name
              + " of "
              + bundle.name()
              + " is "
              + Settings.shown(value)
              + ": must be "
              + parameter.allowed());
    } else {
      values.set(name, node(parameter, value.decimalValue()));
    }
  }

  private static JsonNode node(final Parameter parameter, final BigDecimal value) {
    return parameter.whole()
        ? JsonNodeFactory.instance.numberNode(value.intValueExact())
        : JsonNodeFactory.instance.numberNode(value.doubleValue());
  }
}
