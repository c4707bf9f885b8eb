package io.millrace.tools;

import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.strategy.LoadedStrategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which config. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML over the shipped defaults (default: config/millrace.yaml)")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting over the file, such as risk.open_orders_total=10; repeatable")
  private List<String> sets = new ArrayList<>();

  /** The config, its warnings told on stderr. */
  ConfigLoader.Resolved load() {
    return load(List.of(), List.of(), List.of(), null);
  }

  /**
   * The config of a strategy.
   *
   * @param presets files over the user's
   * @param first settings over all files, below those of {@code --set}
   * @param parameters {@code NAME=VALUE} of the strategy's parameters
   * @param strategy whose policies count, or null
   */
  ConfigLoader.Resolved load(
      final List<Path> presets,
      final List<String> first,
      final List<String> parameters,
      final LoadedStrategy strategy) {
    final List<Path> files = new ArrayList<>();
    if (file() != null) {
      files.add(file());
    }
    files.addAll(presets);
    final List<String> all = new ArrayList<>(first);
    all.addAll(sets);
    final ConfigLoader.Resolved resolved =
        ConfigLoader.load(
            files,
            all,
            parameters,
            strategy == null ? null : strategy.bundle(),
            strategy == null ? null : strategy.where());
    for (final String warning : resolved.warnings()) {
      System.err.println("millrace: warning: " + Terminal.plain(warning));
    }
    return resolved;
  }

  /** The file that is read, for messages; null = defaults alone. */
  Path file() {
    return file == null ? Project.config() : file;
  }
}
