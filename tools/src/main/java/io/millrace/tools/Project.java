package io.millrace.tools;

import io.millrace.journal.RunDirectory;
import io.millrace.journal.RunLock;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigException;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.RunException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's own files are. */
final class Project {
  private Project() {}

  /** The checkout, as the launcher tells it; else the working directory. */
  static Path root() {
    return Path.of(System.getProperty("millrace.root", "."));
  }

  /** Curated data that ships with the project. */
  static Path curated() {
    return root().resolve("tools/data/curated");
  }

  /**
   * A run that an argument names.
   *
   * @throws UsageException if there is no run, or it has no manifest
   * @throws DifferenceException if a part of it is gone or its manifest is broken
   */
  static RunDirectory run(final Path path) {
    if (!Files.isDirectory(path.resolve("input"))) {
      throw new UsageException(
          "'" + path + "' is not a run: it has no directory 'input'; name one under runs/");
    }
    final RunDirectory run = RunDirectory.open(path);
    if (!Files.isRegularFile(run.manifest())) {
      throw new UsageException(
          "'" + path + "' has no manifest.json, which holds its config; restore it from a copy");
    }
    if (!Files.isDirectory(run.decisions())) {
      throw new DifferenceException(
          "'" + path + "' is damaged: it has no directory 'decisions'; restore it from a copy");
    }
    Manifest.read(run); // says what is wrong with it
    return run;
  }

  /**
   * Whether the process of a run may still be there. Asked in this order, it never takes a run that
   * starts or ends this moment for one that was killed: the lock is taken before there is a
   * manifest and given up after the manifest has its end.
   */
  static boolean running(final RunDirectory run) {
    return !Files.isRegularFile(run.manifest()) || RunLock.held(run.path());
  }

  /**
   * The config of a run, as its manifest has it.
   *
   * @throws RunException if this version cannot use it
   */
  static Config config(final RunDirectory run, final Manifest manifest) {
    try {
      return ConfigLoader.bind(manifest.config());
    } catch (final ConfigException e) {
      throw new RunException(
          run.manifest()
              + ": "
              + e.getMessage()
              + (manifest.buildVersion().equals(Millrace.VERSION)
                  ? ", or restore the run directory from a copy"
                  : ", " + Terminal.plain(manifest.buildVersion())),
          e);
    }
  }

  /** Strategy files. */
  static Path strategies() {
    return root().resolve("config/strategies");
  }

  /** Venue presets. */
  static Path venues() {
    return root().resolve("config/venues");
  }

  /** The user's config, or null where there is none. */
  static Path config() {
    final Path file = root().resolve("config/millrace.yaml");
    return Files.exists(file) ? file : null;
  }
}
