package io.millrace.tools;

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

  /** The user's config, or null where there is none. */
  static Path config() {
    final Path file = root().resolve("config/millrace.yaml");
    return Files.exists(file) ? file : null;
  }
}
