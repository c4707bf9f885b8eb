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
import io.millrace.runtime.run.Recovery;
import io.millrace.runtime.run.Replayer;
import java.io.PrintStream;
import java.nio.file.Path;
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
      names = "--topology",
      defaultValue = "inline",
      description = "${COMPLETION-CANDIDATES} (default: inline)")
  private Topology topology;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() {
    if (until != null && until < 1) {
      throw new UsageException("--until " + until + " is no input; the first is 1");
    }
    final RunDirectory run = Project.run(directory);
    final Manifest manifest = Manifest.read(run);
    final Terminal terminal = Terminal.of(json || until != null);
    if (verify) {
      verifyJournals(run, manifest);
    }
    final long start = System.nanoTime();
    final Config config = Project.config(run, manifest);
    final Pipeline pipeline =
        new Pipeline(config, new StageTimes(), KeptStrategy.load(run, manifest, config.strategy()));
    final Symbols symbols = new Symbols(run);
    final RunView view = new RunView(symbols::multiplier);
    if (manifest.previous() != null) {
      final RunDirectory previous =
          RunDirectory.open(
              run.path().toAbsolutePath().resolveSibling(manifest.previous().runId()));
      final Recovery.Restored restored = Recovery.restore(previous, pipeline);
      pipeline.generation(restored.generation());
      view.held(restored.positions());
    }
    final boolean compare = verify;
    final Replayer.Result result =
        new Replayer(
                pipeline,
                topology,
                (time, template, buffer, offset, length) ->
                    view.on(template, buffer, offset, length))
            .replay(
                run,
                compare,
                until == null ? Long.MAX_VALUE : until,
                terminal.progress("inputs replayed"));
    terminal.progressDone();
    final double elapsed = (System.nanoTime() - start) / 1e9;
    if (result.difference() != null) {
      throw different(run, result.difference());
    }
    whole(run, manifest, result);
    if (until != null) {
      if (result.inputs() < until) {
        throw new UsageException(
            "--until " + until + " is beyond the end: the run has " + result.inputs() + " inputs");
      }
      if (verify) {
        // stdout is for the state alone
        System.err.printf(
            Locale.ROOT,
            "millrace: same: all %,d outputs up to input %,d equal the recorded ones, byte for"
                + " byte%n",
            result.outputs(),
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
    report(run, manifest, result, view, elapsed, terminal);
    return ExitCodes.DONE;
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
      final Replayer.Result result,
      final RunView view,
      final double elapsed,
      final Terminal terminal) {
    final String digest = Digest.text(result.digest());
    if (json) {
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("run_dir", run.path().toString());
      node.put("mode", manifest.mode());
      node.put("topology", topology.name().toLowerCase(Locale.ROOT));
      node.put("kernels", Kernels.select().description());
      node.put("verified", verify);
      node.put("inputs", result.inputs());
      node.put("outputs", result.outputs());
      node.put("digest", digest);
      node.put("elapsed_s", elapsed);
      node.put("events_per_s", result.inputs() / elapsed);
      Summary.results(node, view);
      System.out.println(node.toPrettyString());
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %,d inputs re-executed in %.2f s (%,.0f a second), %,d outputs, digest %s%n",
        Summary.display(run.path()),
        result.inputs(),
        elapsed,
        result.inputs() / elapsed,
        result.outputs(),
        digest);
    if (verify) {
      System.out.println(
          terminal.good("same") + ": every output equals the recorded one, byte for byte");
    }
  }
}
