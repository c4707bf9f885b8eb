package io.millrace.runtime.run;

import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.PositionEventDecoder;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.VerifyResult;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * Brings a pipeline to the state of a run that was killed: verifies its journals by a full scan,
 * then re-executes its inputs (and before them those of the run it went on from itself) and
 * compares what comes out with what was decided.
 */
public final class Recovery {
  private Recovery() {}

  /**
   * What was restored.
   *
   * @param previous the run that was killed
   * @param inputs its whole inputs
   * @param endHash hash chain at their end
   * @param generation how many recoveries lie behind the new run, from 1
   * @param lastEventTime event time of the last input, nanoseconds
   * @param fedInputs inputs that came from the feed, in all runs of the chain
   * @param positions latest PositionEvent of each instrument, header first, in the order of their
   *     ids
   */
  public record Restored(
      RunDirectory previous,
      long inputs,
      long endHash,
      int generation,
      long lastEventTime,
      long fedInputs,
      List<byte[]> positions) {}

  /**
   * The newest run of a mode, if it did not end: its process was killed.
   *
   * @param runs holds all runs
   * @param mode as in the manifest
   */
  public static Optional<RunDirectory> unfinished(final Path runs, final String mode) {
    final List<RunDirectory> all = RunDirectory.list(runs);
    for (int i = all.size() - 1; i >= 0; i--) {
      final RunDirectory run = all.get(i);
      if (!java.nio.file.Files.exists(run.manifest())) {
        continue; // killed before its first byte: nothing was journaled
      }
      final Manifest manifest = Manifest.read(run);
      if (manifest.mode().equals(mode)) {
        return manifest.end() == null ? Optional.of(run) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Verifies and re-executes a chain of runs.
   *
   * @param last the run that was killed
   * @param pipeline fresh; has the state at the end of {@code last} afterwards
   * @throws RunException if a journal has a hole or the replay decides otherwise than the run did:
   *     a refusal to trade
   */
  public static Restored restore(final RunDirectory last, final Pipeline pipeline) {
    final List<RunDirectory> chain = chain(last);
    long fed = 0;
    long endHash = 0;
    Replayer.Result result = null;
    final Map<Integer, byte[]> positions = new TreeMap<>();
    for (int generation = 0; generation < chain.size(); generation++) {
      final RunDirectory run = chain.get(generation);
      final VerifyResult verified =
          verify(run, generation == chain.size() - 1 ? null : next(chain, generation));
      // A run that was killed before its first input ends where the one before it did.
      endHash = verified.records() == 0 ? endHash : verified.chain();
      pipeline.generation(generation);
      result =
          new Replayer(
                  pipeline,
                  Topology.INLINE,
                  (time, template, buffer, offset, length) ->
                      keepPosition(positions, template, buffer, offset, length))
              .replay(run, true, Long.MAX_VALUE, inputs -> {});
      if (result.difference() != null) {
        throw new RunException(
            "run "
                + run.id()
                + " decided otherwise at input "
                + result.difference().inputSequence()
                + " than its replay does; run `millrace replay "
                + run.path()
                + " --verify` to see both, and start anew with --fresh");
      }
      fed += result.fedInputs();
    }
    return new Restored(
        last,
        result.inputs(),
        endHash,
        chain.size(),
        result.lastEventTime(),
        fed,
        List.copyOf(positions.values()));
  }

  private static void keepPosition(
      final Map<Integer, byte[]> positions,
      final int template,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    if (template == PositionEventDecoder.TEMPLATE_ID) {
      final byte[] message = new byte[length];
      buffer.getBytes(offset, message);
      final int id =
          new PositionEventDecoder()
              .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder())
              .instrumentId();
      positions.put(id, message);
    }
  }

  private static Manifest.Previous next(final List<RunDirectory> chain, final int generation) {
    return Manifest.read(chain.get(generation + 1)).previous();
  }

  private static VerifyResult verify(final RunDirectory run, final Manifest.Previous promised) {
    // Without an expected end: a run that was killed has no end block, and never gets one.
    final VerifyResult inputs = JournalVerifier.verify(run.input());
    refuse(run, "input", inputs);
    refuse(run, "decisions", JournalVerifier.verify(run.decisions()));
    if (promised != null
        && (inputs.records() != promised.inputs()
            || (promised.inputs() != 0
                && inputs.chain() != Long.parseUnsignedLong(promised.endHash(), 16)))) {
      throw new RunException(
          "the input journal of run "
              + run.id()
              + " has "
              + inputs.records()
              + " inputs, and the run after it went on from "
              + promised.inputs()
              + " with another end; trading is refused: keep the directory for inquiry and start"
              + " anew with --fresh");
    }
    return inputs;
  }

  private static void refuse(
      final RunDirectory run, final String queue, final VerifyResult result) {
    if (!result.isSound()) {
      throw new RunException(
          "the "
              + queue
              + " journal of run "
              + run.id()
              + " is damaged ("
              + result.fault()
              + "); trading is refused: keep the directory for inquiry and start anew with --fresh");
    }
  }

  private static List<RunDirectory> chain(final RunDirectory last) {
    final List<RunDirectory> chain = new ArrayList<>();
    RunDirectory run = last;
    while (true) {
      chain.add(0, run);
      final Manifest.Previous previous = Manifest.read(run).previous();
      if (previous == null) {
        return chain;
      }
      run = RunDirectory.open(run.path().resolveSibling(previous.runId()));
    }
  }
}
