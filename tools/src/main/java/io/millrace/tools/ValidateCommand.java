package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.state.Digest;
import io.millrace.runtime.config.ConfigException;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.runtime.strategy.LoadedStrategy;
import io.millrace.runtime.strategy.StrategyConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace validate}: are config and strategies sound, and what do they come to. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks the config and every strategy of config/strategies, or those that are named: says all"
            + " that is wrong, and what they come to. With --strategy, what a run of it comes to.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private StrategyOptions options;
  @Mixin private ParameterOptions parameters;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME|FILE",
      description =
          "Strategies of config/strategies by name, or .java, .class or .jar files (default: all of"
              + " config/strategies)")
  private List<String> named = new ArrayList<>();

  @Option(
      names = "--json",
      description = "One JSON object on stdout: every setting with value, default and origin")
  private boolean json;

  /** One setting. */
  private record Row(String key, JsonNode value, JsonNode shipped, String origin) {
    boolean changed() {
      return !value.equals(shipped);
    }
  }

  @Override
  public Integer call() {
    final List<Path> files = named.stream().map(StrategyOptions::file).toList();
    final List<String> problems = new ArrayList<>();
    ConfigLoader.Resolved resolved = null;
    try {
      resolved = options.choose(parameters.given()).config();
    } catch (final ConfigException e) {
      problems.addAll(e.problems());
    }
    final List<StrategyCheck> strategies =
        StrategyCheck.all(
            files.isEmpty() ? StrategyCheck.files(Project.strategies()) : files,
            resolved == null ? StrategyConfig.DEFAULT : resolved.config().strategy(),
            resolved == null ? strategy -> List.of() : this::policies);
    strategies.forEach(strategy -> problems.addAll(strategy.problems()));
    final List<Row> rows = resolved == null ? List.of() : rows(resolved);
    if (json) {
      System.out.println(
          Terminal.json(json(resolved, rows, strategies, problems).toPrettyString()));
    } else if (resolved != null) {
      print(resolved, rows);
      strategies.forEach(strategy -> System.out.println(Terminal.plain(strategy.line())));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return ExitCodes.DONE;
  }

  /** What is wrong with a strategy's overrides and presets over the config. */
  private List<String> policies(final LoadedStrategy strategy) {
    try {
      final List<Path> presets =
          StrategyOptions.presets(strategy).stream().map(StrategyOptions::preset).toList();
      options.config().load(presets, List.of(), List.of(), strategy);
      return List.of();
    } catch (final ConfigException e) {
      return e.problems();
    }
  }

  private static List<Row> rows(final ConfigLoader.Resolved resolved) {
    final Map<String, JsonNode> shipped = new TreeMap<>();
    leaves(ConfigLoader.defaults(), "", shipped);
    final Map<String, JsonNode> values = new TreeMap<>();
    leaves(resolved.tree(), "", values);
    final JsonNode none = JsonNodeFactory.instance.nullNode();
    shipped.keySet().forEach(key -> values.putIfAbsent(key, none)); // a word that was taken out
    final List<Row> rows = new ArrayList<>();
    values.forEach(
        (key, value) ->
            rows.add(
                new Row(
                    key,
                    value,
                    shipped.getOrDefault(key, none),
                    resolved.origins().getOrDefault(key, "default"))));
    return rows;
  }

  private static void leaves(
      final JsonNode node, final String path, final Map<String, JsonNode> into) {
    node.properties()
        .forEach(
            field -> {
              final String key = path + field.getKey();
              if (field.getValue().isObject()) {
                leaves(field.getValue(), key + ".", into);
              } else {
                into.put(key, field.getValue());
              }
            });
  }

  private ObjectNode json(
      final ConfigLoader.Resolved resolved,
      final List<Row> rows,
      final List<StrategyCheck> strategies,
      final List<String> problems) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("sound", problems.isEmpty());
    if (!problems.isEmpty()) {
      problems.forEach(node.putArray("problems")::add);
    }
    final ArrayNode files = node.putArray("strategies");
    strategies.forEach(strategy -> files.add(strategy.json()));
    if (resolved == null) {
      return node;
    }
    final Path file = options.config().file();
    node.put("file", file == null ? null : file.toString());
    node.put("digest", Digest.text(resolved.digest()));
    resolved.warnings().forEach(node.putArray("warnings")::add);
    final ObjectNode settings = node.putObject("settings");
    for (final Row row : rows) {
      final ObjectNode setting = settings.putObject(row.key());
      setting.set("value", row.value());
      setting.set("default", row.shipped());
      setting.put("origin", row.origin());
    }
    return node;
  }

  private void print(final ConfigLoader.Resolved resolved, final List<Row> rows) {
    final Path file = options.config().file();
    final List<Row> changed = rows.stream().filter(Row::changed).toList();
    System.out.println(
        Terminal.plain(
            (file == null ? "shipped defaults" : Summary.display(file))
                + ": sound, "
                + (changed.isEmpty() ? "nothing" : changed.size())
                + " of "
                + rows.size()
                + " settings changed, digest "
                + Digest.text(resolved.digest())));
    for (final Row row : changed) {
      System.out.println(
          Terminal.plain(
              String.format(
                  Locale.ROOT,
                  "  %-36s %-14s default %-14s %s",
                  row.key(),
                  row.value(),
                  row.shipped(),
                  row.origin())));
    }
  }
}
