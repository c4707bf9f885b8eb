package io.millrace.tools;

import io.millrace.journal.RunDirectory;
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
   * @throws UsageException if there is no run, or only a part of one
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
    return run;
  }

  /** The user's config, or null where there is none. */
  static Path config() {
    final Path file = root().resolve("config/millrace.yaml");
    return Files.exists(file) ? file : null;
  }
}
