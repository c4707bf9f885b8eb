package io.millrace.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run on disk: {@code <runs>/<run id>/} with {@code input}, {@code decisions}, {@code state},
 * {@code checkpoints}, {@code report} and {@code manifest.json}.
 *
 * @param path the run's own directory
 */
public record RunDirectory(Path path) {
  /** Largest counter of a run id. */
  public static final int MAX_COUNTER = 9999;

  private static final String INPUT = "input";
  private static final String DECISIONS = "decisions";
  private static final String STATE = "state";
  private static final String REPORT = "report";
  private static final String STRATEGY = "strategy";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String MANIFEST = "manifest.json";
  private static final Pattern RUN_ID = Pattern.compile("\\d{8}T\\d{6}\\.\\d{9}Z-\\d{4}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  public RunDirectory {
    Objects.requireNonNull(path, "path");
  }

  /**
   * A run id, for example {@code 20151224T143000.000000000Z-0001}. Ids sort as text in the order of
   * time, then counter.
   *
   * @param epochNanos start of the run, ns since the epoch, not negative: the caller owns the clock
   * @param counter tells runs of one instant apart, 0 to {@link #MAX_COUNTER}
   */
  public static String runId(final long epochNanos, final int counter) {
    if (epochNanos < 0 || counter < 0 || counter > MAX_COUNTER) {
      throw new IllegalArgumentException(
          "no run id for time " + epochNanos + " ns and counter " + counter);
    }
    final Instant instant =
        Instant.ofEpochSecond(epochNanos / NANOS_PER_SECOND, epochNanos % NANOS_PER_SECOND);
    return String.format(Locale.ROOT, "%s-%04d", TIME.format(instant), counter);
  }

  /** Whether a name is a run id. */
  public static boolean isRunId(final String name) {
    return RUN_ID.matcher(name).matches();
  }

  /**
   * Makes the fresh directories of a run.
   *
   * @param runs holds all runs; created if absent
   * @param runId see {@link #runId}
   * @throws JournalException if the run exists already or the directories cannot be made
   */
  public static RunDirectory create(final Path runs, final String runId) {
    if (!isRunId(runId)) {
      throw new IllegalArgumentException("'" + runId + "' is not a run id");
    }
    final RunDirectory run = new RunDirectory(runs.resolve(runId));
    try {
      Files.createDirectories(runs);
      Files.createDirectory(run.path);
      Files.createDirectory(run.input());
      Files.createDirectory(run.decisions());
      Files.createDirectory(run.state());
      Files.createDirectory(run.report());
      AtomicFile.syncDirectory(run.path);
      AtomicFile.syncDirectory(runs);
      return run;
    } catch (FileAlreadyExistsException e) {
      throw new JournalException(
          "cannot create the run "
              + run.path
              + ": "
              + e.getFile()
              + " is already there; a run starts in a fresh directory",
          e);
    } catch (IOException e) {
      throw new JournalException(
          "cannot create the run " + run.path + "; give a directory that this user may write", e);
    }
  }

  /**
   * An existing run.
   *
   * @param path the run's directory, as a user names it
   * @throws JournalException if there is no run
   */
  public static RunDirectory open(final Path path) {
    final RunDirectory run = new RunDirectory(path);
    if (!Files.isDirectory(run.input())) {
      throw new JournalException(
          path + " is not a run: it has no directory '" + INPUT + "'; name one under runs/");
    }
    return run;
  }

  /**
   * All runs in the order of their ids; none if the directory is absent. Other names are left
   * alone.
   */
  public static List<RunDirectory> list(final Path runs) {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(runs)) {
      return entries
          .filter(path -> isRunId(path.getFileName().toString()) && Files.isDirectory(path))
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .map(RunDirectory::new)
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new JournalException("cannot list the runs in " + runs + ": " + e.getMessage(), e);
    }
  }

  /** The run with the last id, if there is any. */
  public static Optional<RunDirectory> latest(final Path runs) {
    final List<RunDirectory> all = list(runs);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** The run's id. */
  public String id() {
    return path.getFileName().toString();
  }

  /** Journal of every input. */
  public Path input() {
    return path.resolve(INPUT);
  }

  /** Journal of every output. */
  public Path decisions() {
    return path.resolve(DECISIONS);
  }

  /** Folder with the copy of the strategy's file, if one traded. */
  public Path strategy() {
    return path.resolve(STRATEGY);
  }

  /** Checkpoints; absent until there is one. See {@link CheckpointStore}. */
  public Path checkpoints() {
    return path.resolve(CHECKPOINTS);
  }

  /** State files. */
  public Path state() {
    return path.resolve(STATE);
  }

  /** Reports and histograms. */
  public Path report() {
    return path.resolve(REPORT);
  }

  /** What the run was made of; written by the runtime through {@link AtomicFile}. */
  public Path manifest() {
    return path.resolve(MANIFEST);
  }
}
