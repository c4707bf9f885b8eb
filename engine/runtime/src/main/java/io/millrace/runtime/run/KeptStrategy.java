package io.millrace.runtime.run;

import io.millrace.journal.RunDirectory;
import io.millrace.runtime.strategy.LoadedStrategy;
import io.millrace.runtime.strategy.StrategyConfig;
import io.millrace.runtime.strategy.StrategyException;
import io.millrace.runtime.strategy.StrategyLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The copy of its strategy's file that a run keeps, so that a replay needs nothing else. */
public final class KeptStrategy {
  private KeptStrategy() {}

  /** What the manifest says of a strategy. */
  public static Manifest.StrategyFile manifest(final LoadedStrategy strategy) {
    return new Manifest.StrategyFile(strategy.bundle().name(), strategy.file(), strategy.hash());
  }

  /**
   * Keeps a copy in a new run.
   *
   * @throws RunException if it cannot be written
   */
  public static void write(final RunDirectory run, final LoadedStrategy strategy) {
    try {
      Files.createDirectories(run.strategy());
      Files.write(run.strategy().resolve(strategy.file()), strategy.content());
    } catch (final IOException e) {
      throw new RunException("cannot keep the strategy in " + run.strategy() + ": " + e, e);
    }
  }

  /**
   * Loads the copy of a run.
   *
   * @param config of the run: the budgets are part of what a strategy does
   * @return null if the built-in agents traded
   * @throws RunException if the copy is gone or is not what traded
   */
  public static LoadedStrategy load(
      final RunDirectory run, final Manifest manifest, final StrategyConfig config) {
    final Manifest.StrategyFile kept = manifest.strategy();
    if (kept == null) {
      return null;
    }
    final Path file = run.strategy().resolve(kept.file());
    final LoadedStrategy strategy;
    try {
      strategy = StrategyLoader.load(kept.file(), Files.readAllBytes(file), config);
    } catch (final StrategyException e) {
      throw new RunException(file + " is not the strategy of the run: " + e.problems().get(0), e);
    } catch (final IOException e) {
      throw new RunException(
          file + " is gone or cannot be read; it is the strategy of the run: restore it", e);
    }
    if (!strategy.hash().equals(kept.hash())) {
      throw new RunException(
          file
              + " is not the strategy of the run: its hash is "
              + strategy.hash()
              + ", not "
              + kept.hash());
    }
    return strategy;
  }
}
