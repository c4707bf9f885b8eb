package io.millrace.tools;

import io.millrace.runtime.config.ConfigLoader;
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
    final ConfigLoader.Resolved resolved = ConfigLoader.load(file(), sets);
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
