package io.millrace.tools;

import io.millrace.runtime.config.ConfigException;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.strategy.LoadedStrategy;
import io.millrace.runtime.strategy.StrategyException;
import io.millrace.runtime.strategy.StrategyLoader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which strategy, at which venue, with how much cash, over which config. */
final class StrategyOptions {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** As the range of account.initial_cash has it. */
  private static final BigDecimal MOST_CASH = BigDecimal.valueOf(1_000_000_000);

  private static final List<String> ENDINGS = List.of(".java", ".jar", ".class");

  @Mixin private ConfigOptions config;

  @Option(
      names = "--strategy",
      paramLabel = "NAME|FILE",
      description =
          "A strategy of config/strategies by name, or a .java, .class or .jar file (default: the"
              + " built-in agents trade)")
  private String strategy;

  @Option(
      names = "--venue",
      paramLabel = "PRESET",
      split = ",",
      description =
          "Venue presets of config/venues, each over the ones before, such as touch,fees-none"
              + " (default: those of the strategy)")
  private List<String> venues;

  @Option(names = "--cash", paramLabel = "MONEY", description = "Cash at the start")
  private BigDecimal cash;

  @Option(
      names = "--trade-after",
      paramLabel = "INSTANT",
      description =
          "UTC instant up to which the strategy sees everything and orders nothing: a warm-up, which"
              + " the report leaves out")
  private String tradeAfter;

  private LoadedStrategy loaded;

  /**
   * What they come to.
   *
   * @param strategy null = the built-in agents
   * @param config resolved, the strategy's policies in it
   */
  record Chosen(LoadedStrategy strategy, ConfigLoader.Resolved config) {}

  /**
   * Loads both.
   *
   * @param parameters {@code NAME=VALUE} of the strategy's parameters
   * @throws UsageException if there is no such strategy or preset
   */
  Chosen choose(final List<String> parameters) {
    return choose(parameters, List.of(), null);
  }

  /**
   * Loads both, with what a sweep varies.
   *
   * @param parameters {@code NAME=VALUE} of the strategy's parameters
   * @param more {@code KEY=VALUE} below {@code --set}
   * @param venue presets in the place of those chosen, or null
   */
  Chosen choose(final List<String> parameters, final List<String> more, final List<String> venue) {
    if (strategy == null && !parameters.isEmpty()) {
      throw new UsageException(
          "--param " + parameters.get(0) + " is a strategy's; name one with --strategy");
    }
    if (cash != null && (cash.signum() <= 0 || cash.compareTo(MOST_CASH) > 0)) {
      throw new UsageException(
          "--cash "
              + cash.toPlainString()
              + " is not allowed; give an amount above 0 and at most "
              + MOST_CASH.toPlainString());
    }
    loaded();
    final List<String> presets =
        venue != null
            ? venue
            : venues != null ? venues : loaded == null ? List.of() : presets(loaded);
    final List<String> sets = new ArrayList<>(more);
    if (cash != null) {
      sets.add("account.initial_cash=\"" + cash.toPlainString() + "\"");
    }
    if (tradeAfter != null) {
      sets.add("strategy.trade_after=\"" + tradeAfter + "\"");
    }
    return new Chosen(
        loaded,
        config.load(
            presets.stream().map(StrategyOptions::preset).toList(), sets, parameters, loaded));
  }

  /** The options of the config below them. */
  ConfigOptions config() {
    return config;
  }

  /** The strategy, loaded once; null = the built-in agents. */
  private LoadedStrategy loaded() {
    if (strategy != null && loaded == null) {
      try {
        loaded = StrategyLoader.load(file(strategy), config.load().config().strategy());
      } catch (final StrategyException e) {
        throw new ConfigException(e.problems());
      }
    }
    return loaded;
  }

  /** The presets that a bundle names; where there is none of a name, its line is told. */
  static List<String> presets(final LoadedStrategy strategy) {
    final List<String> problems = new ArrayList<>();
    for (final String name : strategy.bundle().venue()) {
      try {
        preset(name);
      } catch (final UsageException e) {
        problems.add(strategy.where() + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return strategy.bundle().venue();
  }

  /**
   * The file of a strategy.
   *
   * @param strategy its name in config/strategies, or a file
   * @throws UsageException if there is none
   */
  static Path file(final String strategy) {
    final Path named = path(strategy);
    if (Files.isRegularFile(named)) {
      return named;
    }
    if (Files.isDirectory(named)) {
      throw new UsageException(
          "'" + strategy + "' is a directory; name a .java, .class or .jar file");
    }
    if (ENDINGS.stream().anyMatch(strategy::endsWith)) {
      throw new UsageException("there is no file '" + strategy + "'; see that its path is right");
    }
    final Path folder = Project.strategies();
    if (NAME.matcher(strategy).matches()) {
      for (final String ending : ENDINGS) {
        final Path shipped = folder.resolve(strategy + ending);
        if (Files.isRegularFile(shipped)) {
          return shipped;
        }
      }
    }
    final String meant = meant(folder, strategy);
    throw new UsageException(
        "there is no strategy '"
            + Terminal.plain(strategy)
            + "'; "
            + (meant == null ? names(folder, ENDINGS, "name a file") : "did you mean " + meant));
  }

  /** A strategy whose file differs in capitals or dashes alone, as its own name does; or null. */
  private static String meant(final Path folder, final String strategy) {
    final String wanted = letters(strategy);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> ENDINGS.stream().anyMatch(name::endsWith))
          .map(name -> name.substring(0, name.lastIndexOf('.')))
          .filter(name -> letters(name).equals(wanted))
          .findFirst()
          .orElse(null);
    } catch (final java.io.IOException e) {
      return null;
    }
  }

  private static String letters(final String name) {
    return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  private static Path path(final String text) {
    try {
      return Path.of(text);
    } catch (final InvalidPathException e) {
      throw new UsageException("'" + Terminal.plain(text) + "' cannot be the name of a file");
    }
  }

  /**
   * The file of a venue preset.
   *
   * @throws UsageException if there is none of that name
   */
  static Path preset(final String name) {
    final Path file = Project.venues().resolve(name + ".yaml");
    if (!NAME.matcher(name).matches() || !Files.isRegularFile(file)) {
      throw new UsageException(
          "there is no venue preset '"
              + name
              + "'; "
              + names(Project.venues(), List.of(".yaml"), "see config/venues"));
    }
    return file;
  }

  private static String names(final Path folder, final List<String> endings, final String other) {
    try (Stream<Path> files = Files.list(folder)) {
      final String names =
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> endings.stream().anyMatch(name::endsWith))
              .map(name -> name.substring(0, name.lastIndexOf('.')))
              .sorted()
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? other : "there are: " + names;
    } catch (final java.io.IOException e) {
      return other;
    }
  }
}
