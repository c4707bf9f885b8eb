package io.millrace.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.TimerTickEncoder;
import io.millrace.core.state.Digest;
import io.millrace.gateways.recorded.EventSource;
import io.millrace.gateways.recorded.Pace;
import io.millrace.gateways.recorded.RecordedFeed;
import io.millrace.gateways.recorded.RegularSession;
import io.millrace.journal.JournalException;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.RunLock;
import io.millrace.kernels.Kernels;
import io.millrace.runtime.checkpoint.Checkpointer;
import io.millrace.runtime.checkpoint.Held;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.pipeline.Topology;
import io.millrace.runtime.publish.RunView;
import io.millrace.runtime.publish.StateFiles;
import io.millrace.runtime.publish.StatePublisher;
import io.millrace.runtime.run.KeptStrategy;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.Node;
import io.millrace.runtime.run.Recovery;
import io.millrace.runtime.run.RunException;
import io.millrace.runtime.run.TimerInterval;
import io.millrace.runtime.strategy.LoadedStrategy;
import io.millrace.tools.data.CuratedReader;
import io.millrace.tools.data.NewsFile;
import io.millrace.tools.data.Selection;
import io.millrace.tools.data.Splits;
import io.millrace.tools.data.WithNews;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One run of recorded data from the command line: makes the run directory, recovers what a killed
 * run left, drives the node, and sums up.
 */
final class Session {
  private static final CountDownLatch COMMAND_ENDED = new CountDownLatch(1);
  private static final long STOP_SECONDS = 10;
  private static final int NANO_SECONDS = 1_000_000_000;

  /**
   * What to run.
   *
   * @param mode backtest or paper
   * @param topology where the stages run
   * @param runs directory of all runs
   * @param selection data
   * @param cut to the times asked for
   * @param news headlines between the market data
   * @param dataName one line for people
   * @param speed event time per clock time, 0 = as fast as it goes
   * @param fresh do not go on from a run that was killed
   * @param strategy that trades, or null for the built-in agents
   */
  record Request(
      String mode,
      Topology topology,
      Path runs,
      Selection selection,
      UnaryOperator<EventSource> cut,
      NewsFile.Headlines news,
      String dataName,
      double speed,
      boolean fresh,
      LoadedStrategy strategy) {}

  /**
   * What came of it.
   *
   * @param run its directory
   * @param outcome of the node
   * @param view of the decision log
   * @param restored what it went on from, or null
   * @param publisherFailure why state files are missing, or null
   */
  record Result(
      RunDirectory run,
      Node.Outcome outcome,
      RunView view,
      Recovery.Restored restored,
      String publisherFailure) {}

  private Session() {}

  /**
   * Runs.
   *
   * @param progress told the inputs done, now and then
   */
  static Result run(
      final Request request, final ConfigLoader.Resolved config, final LongConsumer progress) {
    // Data first: where it is refused, nothing has been made yet.
    try (CuratedReader reader = CuratedReader.open(request.selection())) {
      if (request.strategy() != null) {
        DataFit.check(
            request.strategy(), reader.checksums().keySet(), !request.news().rows().isEmpty());
      }
      Splits.within(request.selection())
          .forEach(split -> System.err.println("millrace: CAUTION, " + split));
      final RunLock lock = lock(request.runs(), request.mode().equals("paper"));
      try (lock) {
        final List<Manifest.SourceFile> files = files(request, reader);
        final List<NewsFile.Row> news = request.news().rows();
        final long timer =
            TimerInterval.nanos(config.config(), request.strategy(), reader.byMinutes());
        if (news.isEmpty()) {
          return run(request, config, shown(request, reader), timer, files, progress);
        }
        final WithNews source = new WithNews(reader, news);
        final Result result = run(request, config, shown(request, source), timer, files, progress);
        tellLeftOut(source.given(), news.size());
        return result;
      }
    }
  }

  /** A strategy for the regular session is not fed what lies outside it. */
  private static EventSource shown(final Request request, final EventSource source) {
    return shown(request.cut(), request.strategy(), source);
  }

  private static EventSource shown(
      final UnaryOperator<EventSource> cut,
      final LoadedStrategy strategy,
      final EventSource source) {
    final EventSource within = cut.apply(source);
    return strategy != null && strategy.bundle().regularSession()
        ? new RegularSession(within)
        : within;
  }

  /**
   * First and last event time of what a strategy is shown, definitions left out, nanoseconds.
   *
   * @param strategy null = the built-in agents
   * @throws UsageException if there is nothing
   */
  static long[] span(
      final Selection selection,
      final UnaryOperator<EventSource> cut,
      final LoadedStrategy strategy) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    try (CuratedReader reader = CuratedReader.open(selection)) {
      final EventSource source = shown(cut, strategy, reader);
      while (source.next()) {
        if (header.wrap(source.buffer(), source.offset()).templateId()
            != InstrumentDefinitionDecoder.TEMPLATE_ID) {
          first = Math.min(first, source.eventTime());
          last = source.eventTime();
        }
      }
    }
    if (first >= last) {
      throw new UsageException("the data has no two times between --from and --to; widen them");
    }
    return new long[] {first, last};
  }

  /** What is fed, by content: curated files by their place under the root, headlines by name. */
  private static List<Manifest.SourceFile> files(
      final Request request, final CuratedReader reader) {
    final List<Manifest.SourceFile> files = new ArrayList<>();
    final Path root = request.selection().curated();
    reader
        .checksums()
        .forEach(
            (file, sha256) ->
                files.add(
                    new Manifest.SourceFile(
                        root.relativize(file).toString().replace('\\', '/'), sha256)));
    final NewsFile.Headlines news = request.news();
    if (news.file() != null) {
      files.add(new Manifest.SourceFile(news.file().getFileName().toString(), news.sha256()));
    }
    return files;
  }

  private static void tellLeftOut(final int given, final int all) {
    if (given < all) {
      System.err.println(
          (all - given)
              + " of "
              + all
              + " headlines are from before or after the market data and were left out;"
              + " see that their times are UTC or name their zone");
    }
  }

  private static Result run(
      final Request request,
      final ConfigLoader.Resolved config,
      final EventSource source,
      final long timer,
      final List<Manifest.SourceFile> files,
      final LongConsumer progress) {
    final boolean paper = request.mode().equals("paper");
    final StageTimes times = new StageTimes();
    final Supplier<Pipeline> fresh = () -> new Pipeline(config.config(), times, request.strategy());
    if (paper) {
      Recovery.unfinished(request.runs(), request.mode()).ifPresent(Session::tellKilled);
    }
    final Recovery.Restored restored =
        paper && !request.fresh()
            ? unfinished(request, config).map(run -> Recovery.restore(run, fresh)).orElse(null)
            : null;
    final Pipeline pipeline = restored == null ? fresh.get() : restored.pipeline();
    if (restored != null) {
      tellRestored(restored);
    }
    tellWithoutCheckpoints(request, config, pipeline);
    final RecordedFeed feed =
        new RecordedFeed(
            source,
            config.config().engine().timerIntervalNanos(),
            timer,
            new Pace(System::nanoTime, request.speed()));
    if (restored != null) {
      feed.skip(restored.fedInputs());
    }
    final RunDirectory run = create(request.runs());
    // Held as long as this process lives, and before the manifest is there: a run with a manifest
    // that has no end, and a free lock, was killed.
    final RunLock alive = RunLock.acquire(run.path());
    try (alive) {
      final Manifest manifest = manifest(request, config, run, files, restored);
      if (request.strategy() != null) {
        KeptStrategy.write(run, request.strategy());
      }
      manifest.write(run);
      final Node node =
          new Node(
              run,
              manifest,
              config.config(),
              feed,
              request.topology(),
              request.speed() > 0,
              pipeline,
              restored,
              times,
              line -> System.err.println("millrace: " + line));
      final StatePublisher publisher =
          new StatePublisher(
              run,
              manifest,
              times,
              node.halt(),
              () -> facts(node),
              config.config().engine().publishIntervalNanos(),
              restored == null ? new Held() : restored.held());
      final Thread hook = stopOnSignal(node);
      final Node.Outcome outcome;
      try {
        outcome = node.run(progress);
      } finally {
        publisher.close();
        release(hook);
      }
      return new Result(run, outcome, publisher.view(), restored, publisher.failure());
    }
  }

  /** What it left says that it runs; a disk that does not take the truth stops nobody. */
  private static void tellKilled(final RunDirectory run) {
    try {
      StateFiles.killed(run);
    } catch (final JournalException e) {
      System.err.println("millrace: " + e.getMessage());
    }
  }

  private static void tellRestored(final Recovery.Restored restored) {
    final Recovery.How how = restored.how();
    for (final String refused : how.refused()) {
      System.err.println("millrace: " + refused + "; what is older is used instead");
    }
    System.err.printf(
        Locale.ROOT,
        "millrace: going on from run %s: verified in %.2f s, %s, %,d inputs re-executed in %.2f s%n",
        restored.previous().id(),
        how.scanNanos() / 1e9,
        how.checkpoint() == 0
            ? "no checkpoint"
            : String.format(
                Locale.ROOT,
                "checkpoint behind input %,d restored in %.2f s",
                how.checkpoint(),
                how.restoreNanos() / 1e9),
        how.reexecuted(),
        how.replayNanos() / 1e9);
  }

  private static void tellWithoutCheckpoints(
      final Request request, final ConfigLoader.Resolved config, final Pipeline pipeline) {
    if (config.config().checkpoints().everyInputs() > 0 && !pipeline.checkpoints()) {
      System.err.println(
          "millrace: "
              + request.strategy().file()
              + " has no state() that saves "
              + String.join(", ", request.strategy().unsaved())
              + ": no checkpoints are made, and a start after a kill re-executes the run from its"
              + " first input");
    }
  }

  /** Only one paper run at a time goes on from where the last one stopped. */
  private static RunLock lock(final Path runs, final boolean paper) {
    createDirectories(runs);
    return paper ? RunLock.acquire(runs) : null;
  }

  private static Optional<RunDirectory> unfinished(
      final Request request, final ConfigLoader.Resolved config) {
    final Optional<RunDirectory> run = Recovery.unfinished(request.runs(), request.mode());
    if (run.isPresent()
        && !Manifest.read(run.get()).configDigest().equals(Digest.text(config.digest()))) {
      throw new RunException(
          "run "
              + run.get().id()
              + " was killed and had another config; start with the same settings to go on from it,"
              + " or with --fresh to begin anew");
    }
    if (run.isPresent() && !sameStrategy(Manifest.read(run.get()), request)) {
      throw new RunException(
          "run "
              + run.get().id()
              + " was killed and traded another strategy, or another version of it (kept in "
              + Summary.display(run.get().strategy())
              + "); start with that one to go on from it, or with --fresh to begin anew");
    }
    return run;
  }

  private static boolean sameStrategy(final Manifest manifest, final Request request) {
    final String before = manifest.strategy() == null ? "" : manifest.strategy().hash();
    return before.equals(request.strategy() == null ? "" : request.strategy().hash());
  }

  /** The command is over; a signal that waits for it need not wait any longer. */
  static void commandEnded() {
    COMMAND_ENDED.countDown();
  }

  private static void createDirectories(final Path runs) {
    try {
      Files.createDirectories(runs);
    } catch (final java.io.IOException e) {
      throw new io.millrace.runtime.run.RunException(
          runs
              + " cannot be made or is no directory ("
              + reason(e)
              + "); choose another place with --runs",
          e);
    }
  }

  private static String reason(final java.io.IOException e) {
    if (e instanceof java.nio.file.FileAlreadyExistsException) {
      return "a file of that name is there";
    }
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "this user may not write there";
    }
    return e instanceof java.nio.file.FileSystemException file && file.getReason() != null
        ? file.getReason()
        : "the file system takes no directory there";
  }

  private static RunDirectory create(final Path runs) {
    final Instant now = Instant.now();
    final long nanos = now.getEpochSecond() * NANO_SECONDS + now.getNano();
    for (int counter = 1; ; counter++) {
      final String id = RunDirectory.runId(nanos, counter);
      if (!Files.exists(runs.resolve(id))) {
        return RunDirectory.create(runs, id);
      }
    }
  }

  private static Manifest manifest(
      final Request request,
      final ConfigLoader.Resolved config,
      final RunDirectory run,
      final List<Manifest.SourceFile> files,
      final Recovery.Restored restored) {
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        run.id(),
        System.currentTimeMillis() / 1e3,
        request.mode(),
        request.topology().name().toLowerCase(Locale.ROOT),
        Millrace.VERSION,
        TimerTickEncoder.SCHEMA_VERSION,
        Digest.text(config.digest()),
        config.tree(),
        request.strategy() == null ? null : KeptStrategy.manifest(request.strategy()),
        new Manifest.Data(request.dataName(), files, request.speed()),
        restored == null
            ? null
            : new Manifest.Previous(
                restored.previous().id(), restored.inputs(), Digest.text(restored.endHash())),
        null);
  }

  private static ObjectNode facts(final Node node) {
    final ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("kernels", Kernels.select().description());
    facts.put("java", Runtime.version().toString());
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    node.pinning().notes().forEach(facts.putArray("pinning")::add);
    final Checkpointer.Tally checkpoints = node.checkpoints();
    if (checkpoints == null) {
      facts.putNull("checkpoints");
    } else {
      final ObjectNode row = facts.putObject("checkpoints");
      row.put("last_input", checkpoints.lastSequence());
      row.put("last_bytes", checkpoints.lastBytes());
      row.put("written", checkpoints.written());
      row.put("left_out", checkpoints.leftOut());
      row.put("failed", checkpoints.failed());
      row.put("longest_save_us", checkpoints.longestSaveNanos() / 1e3);
      row.put("longest_write_us", checkpoints.longestWriteNanos() / 1e3);
    }
    return facts;
  }

  /** SIGINT and SIGTERM end the session in order: STOP is journaled, orders are cancelled. */
  private static Thread stopOnSignal(final Node node) {
    final Thread hook =
        new Thread(
            () -> {
              node.stop();
              try {
                // The command has said its last word, or hangs.
                if (!COMMAND_ENDED.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                  return;
                }
              } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "millrace-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private static void release(final Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException shuttingDown) {
      return; // the hook is what brought us here
    }
  }
}
