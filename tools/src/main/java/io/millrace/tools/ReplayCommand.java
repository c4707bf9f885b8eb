package io.millrace.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.state.Digest;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.VerifyResult;
import io.millrace.kernels.Kernels;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.message.MessageJson;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.pipeline.Topology;
import io.millrace.runtime.publish.RunView;
import io.millrace.runtime.publish.StateFiles;
import io.millrace.runtime.publish.Symbols;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.runtime.run.KeptStrategy;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.Replayer;
import io.millrace.runtime.strategy.LoadedStrategy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace replay}: re-executes the inputs of a run, all of it, and compares. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Re-executes a run from its input journal.")
final class ReplayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Run directory")
  private Path directory;

  @Option(
      names = "--verify",
      description =
          "Check both journals, then compare every output with the recorded one; with --until up to"
              + " that input")
  private boolean verify;

  @Option(
      names = "--until",
      paramLabel = "SEQ",
      description = "Stop after this input and print the state as JSON")
  private Long until;

  @Option(
      names = "--from",
      paramLabel = "SEQ",
      description =
          "Begin behind the newest checkpoint at or before this input (default: at the first input;"
              + " --until without --verify takes the nearest checkpoint; 0: none, at the first)")
  private Long from;

  @Option(
      names = "--checkpoint-at",
      paramLabel = "SEQ",
      split = ",",
      description =
          "Make checkpoints of the run behind these inputs, beside those that it has; compares as"
              + " --verify does")
  private List<Long> checkpointAt = List.of();

  @Option(
      names = "--topology",
      defaultValue = "inline",
      description = "${COMPLETION-CANDIDATES} (default: inline)")
  private Topology topology;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() {
    check();
    final RunDirectory run = Project.run(directory);
    final Manifest manifest = Manifest.read(run);
    final Terminal terminal = Terminal.of(json || until != null);
    if (verify) {
      verifyJournals(run, manifest);
    }
    final long start = System.nanoTime();
    final Config config = Project.config(run, manifest);
    final LoadedStrategy strategy = KeptStrategy.load(run, manifest, config.strategy());
    final Symbols symbols = new Symbols(run);
    final ReplayStart.Executed executed =
        new ReplayStart(
                run,
                manifest,
                () -> new Pipeline(config, new StageTimes(), strategy),
                () -> new RunView(symbols::multiplier))
            .execute(
                topology,
                from != null ? from : until != null && !verify ? until : 0,
                from != null,
                verify || !checkpointAt.isEmpty(),
                until == null ? Long.MAX_VALUE : until,
                checkpointAt,
                terminal.progress("inputs replayed"));
    terminal.progressDone();
    final Replayer.Result result = executed.result();
    final RunView view = executed.view();
    final double elapsed = (System.nanoTime() - start) / 1e9;
    if (result.difference() != null) {
      throw different(run, result.difference());
    }
    whole(run, manifest, result);
    final long last = checkpointAt.stream().mapToLong(Long::longValue).max().orElse(0);
    if (result.inputs() < last) {
      throw new UsageException(
          "--checkpoint-at "
              + last
              + " is beyond the end: the run has "
              + result.inputs()
              + " inputs");
    }
    if (until != null) {
      if (result.inputs() < until) {
        throw new UsageException(
            "--until " + until + " is beyond the end: the run has " + result.inputs() + " inputs");
      }
      if (verify) {
        // stdout is for the state alone
        System.err.printf(
            Locale.ROOT,
            "millrace: same: all %,d outputs %s input %,d equal the recorded ones, byte for"
                + " byte%n",
            result.outputs() - executed.outputsBefore(),
            result.from() == 0 ? "up to" : "from input " + (result.from() + 1) + " to",
            until);
      }
      try (symbols) {
        System.out.println(
            Terminal.json(StateFiles.dump(run, manifest, symbols, view).toPrettyString()));
      }
      return ExitCodes.DONE;
    }
    final String digest = Digest.text(result.digest());
    if (verify && manifest.end() != null && !manifest.end().digest().equals(digest)) {
      throw new DifferenceException(
          "the digest of the replay is "
              + digest
              + ", the manifest says "
              + manifest.end().digest()
              + "; the manifest was changed");
    }
    report(run, manifest, executed, elapsed, terminal);
    return ExitCodes.DONE;
  }

  private void check() {
    if (until != null && until < 1) {
      throw new UsageException("--until " + until + " is no input; the first is 1");
    }
    if (from != null && (from < 0 || (until != null && from > until))) {
      throw new UsageException(
          "--from "
              + from
              + " is not allowed; give 0 or an input"
              + (until == null ? "" : " up to --until " + until));
    }
    for (final long at : checkpointAt) {
      if (at < 1 || (until != null && at > until)) {
        throw new UsageException(
            "--checkpoint-at "
                + at
                + " is not allowed; give inputs from 1"
                + (until == null ? "" : " up to --until " + until));
      }
    }
    if (!checkpointAt.isEmpty() && topology != Topology.INLINE) {
      throw new UsageException("--checkpoint-at is for --topology inline");
    }
  }

  /** A journal that was cut off reads like one that was killed: the manifest knows better. */
  private void whole(
      final RunDirectory run, final Manifest manifest, final Replayer.Result result) {
    final long inputs = manifest.end() == null ? 0 : manifest.end().inputs();
    if (result.inputs() < Math.min(inputs, until == null ? inputs : until)) {
      throw new DifferenceException(
          String.format(
              Locale.ROOT,
              "the input journal of %s ends at input %,d, and its manifest says that the run had"
                  + " %,d; restore the directory from a copy",
              Summary.display(run.path()),
              result.inputs(),
              inputs));
    }
  }

  private static void verifyJournals(final RunDirectory run, final Manifest manifest) {
    final Manifest.End end = manifest.end();
    check(run, "input", JournalVerifier.verify(run.input(), end == null ? null : end.inputEnd()));
    check(
        run,
        "decisions",
        JournalVerifier.verify(run.decisions(), end == null ? null : end.decisionEnd()));
  }

  private static void check(final RunDirectory run, final String queue, final VerifyResult result) {
    if (!result.isSound()) {
      throw new DifferenceException(
          "the "
              + queue
              + " journal of "
              + Summary.display(run.path())
              + " is damaged: "
              + result.fault()
              + "; restore the directory from a copy");
    }
  }

  /**
   * Both messages side by side on stdout, or on stderr where stdout is for JSON; the sentence on
   * stderr.
   */
  private DifferenceException different(
      final RunDirectory run, final Replayer.Difference difference) {
    try (Symbols symbols = new Symbols(run)) {
      final MessageJson decoder = new MessageJson(symbols);
      final String what =
          SideBySide.of(
              decode(decoder, difference.recorded()), decode(decoder, difference.replayed()));
      final PrintStream out = json || until != null ? System.err : System.out;
      if (difference.input() != null) {
        out.println(
            Terminal.plain(
                "input "
                    + difference.inputSequence()
                    + ": "
                    + decode(decoder, difference.input())));
      }
      out.print(what);
    }
    return new DifferenceException(
        "the replay differs from the record at output "
            + difference.outputSequence()
            + ", caused by input "
            + difference.inputSequence()
            + "; was it recorded by another version?");
  }

  private static ObjectNode decode(final MessageJson decoder, final byte[] message) {
    return message == null ? null : decoder.decode(new UnsafeBuffer(message), 0);
  }

  private void report(
      final RunDirectory run,
      final Manifest manifest,
      final ReplayStart.Executed executed,
      final double elapsed,
      final Terminal terminal) {
    final Replayer.Result result = executed.result();
    final long reexecuted = result.inputs() - result.from();
    final String digest = Digest.text(result.digest());
    if (json) {
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("run_dir", run.path().toString());
      node.put("mode", manifest.mode());
      node.put("topology", topology.name().toLowerCase(Locale.ROOT));
      node.put("kernels", Kernels.select().description());
      node.put("verified", verify);
      node.put("inputs", result.inputs());
      node.put("from_checkpoint", result.from() == 0 ? null : result.from());
      node.put("reexecuted", reexecuted);
      node.put("outputs", result.outputs());
      node.put("digest", digest);
      node.put("elapsed_s", elapsed);
      node.put("events_per_s", reexecuted / elapsed);
      Summary.results(node, executed.view());
      System.out.println(node.toPrettyString());
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %,d inputs re-executed%s in %.2f s (%,.0f a second), %,d outputs, digest %s%n",
        Summary.display(run.path()),
        reexecuted,
        result.from() == 0
            ? ""
            : String.format(Locale.ROOT, " from the checkpoint behind input %,d", result.from()),
        elapsed,
        reexecuted / elapsed,
        result.outputs(),
        digest);
    if (verify) {
      System.out.println(
          terminal.good("same")
              + ": every output"
              + (result.from() == 0 ? "" : " from there on")
              + " equals the recorded one, byte for byte");
    }
  }
}
