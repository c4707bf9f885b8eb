package io.millrace.laws;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;

/** What the laws are held against: every class that ships, and the words of the drawing. */
final class Shipped {
  /** The stages, in the order of the drawing. */
  static final List<String> STAGES =
      List.of(
          "journal",
          "market",
          "engines",
          "snapshot",
          "agents",
          "composer",
          "trade",
          "risk",
          "router",
          "outbox");

  /** Packages of core that all stages may use. */
  static final List<String> SHARED = List.of("slot", "market", "order", "portfolio", "state");

  /** Packages of core that a stage owns alone. */
  static final List<String> OWNED =
      List.of(
          "engines.hedge",
          "engines.liquidity",
          "engines.sentiment",
          "engines.elasticity",
          "snapshot",
          "agents",
          "composer",
          "trade",
          "risk",
          "router",
          "simvenue");

  /** Every class of every module but bench, tests left out. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.millrace");

  private Shipped() {}

  static Path root() {
    return Path.of(System.getProperty("millrace.root"));
  }

  static String core(final String name) {
    return "io.millrace.core." + name;
  }
}
