package io.millrace.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.strategy.Callback;
import io.millrace.core.strategy.Parameter;
import io.millrace.runtime.strategy.LoadedStrategy;
import io.millrace.runtime.strategy.StrategyConfig;
import io.millrace.runtime.strategy.StrategyException;
import io.millrace.runtime.strategy.StrategyLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One file of config/strategies, loaded.
 *
 * @param file its name
 * @param strategy null = it is not sound
 * @param problems what is wrong with it, file and line first
 */
record StrategyCheck(String file, LoadedStrategy strategy, List<String> problems) {
  private static final List<String> ENDINGS = List.of(".java", ".class", ".jar");
  private static final int SHOWN_SYMBOLS = 5;

  /** The strategies of a folder, in the order of their names. */
  static List<Path> files(final Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> ENDINGS.stream().anyMatch(path.toString()::endsWith))
          .sorted()
          .toList();
    } catch (final IOException e) {
      throw new UncheckedIOException(folder + " is not readable", e);
    }
  }

  /**
   * Loads strategies.
   *
   * @param budgets what their callbacks may use
   * @param policies says what is wrong with a strategy that is sound by itself: overrides past a
   *     cap, venue presets that are not there
   */
  static List<StrategyCheck> all(
      final List<Path> files,
      final StrategyConfig budgets,
      final Function<LoadedStrategy, List<String>> policies) {
    final List<StrategyCheck> checks = new ArrayList<>();
    final Map<String, String> names = new HashMap<>();
    for (final Path path : files) {
      checks.add(check(path, budgets, policies, names));
    }
    return checks;
  }

  private static StrategyCheck check(
      final Path path,
      final StrategyConfig budgets,
      final Function<LoadedStrategy, List<String>> policies,
      final Map<String, String> names) {
    final String file = path.getFileName().toString();
    try {
      final LoadedStrategy strategy = StrategyLoader.load(path, budgets);
      final String name = strategy.bundle().name();
      final String other = names.putIfAbsent(name, file);
      final List<String> problems = new ArrayList<>(policies.apply(strategy));
      if (other != null) {
        problems.add(
            strategy.where() + ": is named " + name + " as " + other + " is; name one anew");
      }
      return new StrategyCheck(file, problems.isEmpty() ? strategy : null, problems);
    } catch (final StrategyException e) {
      return new StrategyCheck(file, null, e.problems());
    }
  }

  /** For people. */
  String line() {
    if (strategy == null) {
      return file + ": not sound";
    }
    final List<String> universe = strategy.bundle().universe();
    final String symbols =
        universe.stream().limit(SHOWN_SYMBOLS).collect(Collectors.joining(", "))
            + (universe.size() > SHOWN_SYMBOLS
                ? " and " + (universe.size() - SHOWN_SYMBOLS) + " more"
                : "");
    return file
        + ": sound, "
        + strategy.bundle().name()
        + " on "
        + symbols
        + ", called for "
        + callbacks()
        + parameters()
        + note();
  }

  /** What is no error, but worth to know before a run is killed. */
  private String note() {
    return strategy.checkpoints()
        ? ""
        : "; note: no state() saves "
            + String.join(", ", strategy.unsaved())
            + ", so a restart re-executes its whole run";
  }

  private String parameters() {
    return strategy.bundle().parameters().isEmpty()
        ? ""
        : "; parameters "
            + strategy.bundle().parameters().stream()
                .map(
                    one ->
                        one.name()
                            + " "
                            + one.text(one.standard())
                            + " ("
                            + one.text(one.least())
                            + " to "
                            + one.text(one.most())
                            + ")")
                .collect(Collectors.joining(", "));
  }

  private String callbacks() {
    final String callbacks =
        strategy.callbacks().stream()
            .filter(callback -> callback != Callback.STATE)
            .map(callback -> callback.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return callbacks.isEmpty() ? "start and stop alone" : callbacks;
  }

  /** For programs. */
  ObjectNode json() {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("file", file);
    node.put("sound", strategy != null);
    if (strategy == null) {
      problems.forEach(node.putArray("problems")::add);
    } else {
      node.put("name", strategy.bundle().name());
      node.put("hash", strategy.hash());
      strategy.bundle().universe().forEach(node.putArray("universe")::add);
      strategy.unsaved().forEach(node.putArray("unsaved")::add);
      final ObjectNode parameters = node.putObject("parameters");
      for (final Parameter one : strategy.bundle().parameters()) {
        final ObjectNode row = parameters.putObject(one.name());
        row.put("default", one.standard());
        row.put("least", one.least());
        row.put("most", one.most());
        row.put("whole", one.whole());
      }
    }
    return node;
  }
}
