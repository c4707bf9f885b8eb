package io.millrace.runtime.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.AlertDecoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.RiskDecisionDecoder;
import io.millrace.codecs.StrategyNoteDecoder;
import io.millrace.codecs.Verdict;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.checkpoint.Held;
import io.millrace.runtime.message.MessageJson;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/**
 * Follows the decision log of a run from a thread of its own and writes the state files and JSON
 * lines logs, each at the cadence of {@code config/state_manifest.json}. A slow disk or a million
 * readers of the files change nothing in the ring, and a disk that takes no file does not end the
 * run: the log is followed on, writing is tried again every few seconds, and {@link #failure} says
 * what is missing.
 */
public final class StatePublisher implements AutoCloseable {
  /** Clock time between two tries while the disk takes nothing. */
  static final long RETRY_NANOS = 5_000_000_000L;

  private static final int BATCH = 4096;

  private final StageTimes times;
  private final Halt halt;
  private final long intervalNanos;
  private final Supplier<ObjectNode> facts;
  private final LongSupplier clock;
  private final RunView view;
  private final Symbols symbols;
  private final StateFiles files;
  private final MessageJson json;
  private final JournalReader decisions;
  private final JsonLines ordersExecuted;
  private final JsonLines riskVetoes;
  private final JsonLines fills;
  private final JsonLines alerts;
  private final JsonLines strategy;
  private final List<JsonLines> logs;
  private final Map<String, Long> cadences = StateManifest.cadences();
  private final Map<String, Long> writtenAt = new HashMap<>();
  private final Map<String, String> writtenOf = new HashMap<>();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final RiskDecisionDecoder decision = new RiskDecisionDecoder();
  private final Thread thread;
  private long retryAt = Long.MIN_VALUE;
  private volatile boolean closing;
  private volatile boolean broken;
  private volatile String failure;

  /**
   * Starts following.
   *
   * @param run being written by this process
   * @param manifest of it
   * @param times latencies to publish
   * @param halt looked at for the status
   * @param facts what else {@code run.json} should say: kernels, pinning
   * @param intervalNanos clock time between two looks
   * @param held what the runs left behind that this one goes on from; see {@link RunView#held}
   */
  public StatePublisher(
      final RunDirectory run,
      final Manifest manifest,
      final StageTimes times,
      final Halt halt,
      final Supplier<ObjectNode> facts,
      final long intervalNanos,
      final Held held) {
    this.times = times;
    this.halt = halt;
    this.intervalNanos = intervalNanos;
    this.facts = facts;
    clock = System::nanoTime;
    symbols = new Symbols(run);
    view = new RunView(symbols::multiplier);
    view.held(held);
    files = new StateFiles(run, manifest, symbols);
    json = new MessageJson(symbols);
    decisions = JournalReader.open(run.decisions());
    ordersExecuted = new JsonLines(run.state().resolve("orders_executed.jsonl"));
    riskVetoes = new JsonLines(run.state().resolve("risk_vetoes.jsonl"));
    fills = new JsonLines(run.state().resolve("fills.jsonl"));
    alerts = new JsonLines(run.state().resolve("alerts.jsonl"));
    strategy = new JsonLines(run.state().resolve("strategy.jsonl"));
    logs = List.of(ordersExecuted, riskVetoes, fills, alerts, strategy);
    thread = new Thread(this::follow, "millrace-publisher");
    thread.setDaemon(true);
    thread.start();
  }

  /** The view; to be read after {@link #close} only. */
  public RunView view() {
    return view;
  }

  /** What state files lack and why, or null: the engine goes on without them. */
  public String failure() {
    return failure;
  }

  private void follow() {
    try {
      write("running", false);
      while (!closing) {
        final int records = read(BATCH);
        write("running", false);
        if (records < BATCH) {
          LockSupport.parkNanos(intervalNanos);
        }
      }
    } catch (final Throwable thrown) { // whatever it is, the run goes on without us
      broken = true;
      failure = String.valueOf(thrown.getMessage());
    }
  }

  private int read(final int limit) {
    int records = 0;
    while (records < limit && decisions.next()) {
      take(decisions.templateId(), decisions.buffer(), decisions.offset(), decisions.length());
      records++;
    }
    return records;
  }

  private void take(
      final int templateId, final DirectBuffer buffer, final int offset, final int length) {
    view.on(templateId, buffer, offset, length);
    switch (templateId) {
      case OrderRequestDecoder.TEMPLATE_ID -> append(ordersExecuted, buffer, offset);
      case FillDecoder.TEMPLATE_ID -> append(fills, buffer, offset);
      case AlertDecoder.TEMPLATE_ID -> append(alerts, buffer, offset);
      case StrategyNoteDecoder.TEMPLATE_ID -> append(strategy, buffer, offset);
      case RiskDecisionDecoder.TEMPLATE_ID -> {
        decision.wrapAndApplyHeader(buffer, offset, header);
        if (decision.verdict() == Verdict.DENY) {
          append(riskVetoes, buffer, offset);
        }
      }
      default -> {}
    }
  }

  private void append(final JsonLines log, final DirectBuffer buffer, final int offset) {
    log.append(json.decode(buffer, offset));
    if (log.full()) {
      trying(clock.getAsLong(), log::flush);
    }
  }

  /** Writes each file that is due and whose content can have changed; all of them at the end. */
  private void write(final String status, final boolean all) {
    final long now = clock.getAsLong();
    if (all) {
      retryAt = Long.MIN_VALUE;
    }
    final Halt.Reason reason = halt.reason();
    final String state = reason == null ? status : "halted";
    final String of = view.outputs() + " " + state;
    for (final JsonLines log : logs) {
      trying(now, log::flush);
    }
    for (final Map.Entry<String, Long> file : cadences.entrySet()) {
      final String name = file.getKey();
      final boolean due =
          !writtenAt.containsKey(name) || now - writtenAt.get(name) >= file.getValue();
      if (all || (due && !of.equals(writtenOf.get(name)))) {
        trying(
            now,
            () -> {
              switch (name) {
                case "latency" -> files.writeLatency(view, times);
                case "run" ->
                    files.writeRun(view, facts.get(), state, reason == null ? null : reason.text());
                default -> files.write(name, view);
              }
              writtenAt.put(name, now);
              writtenOf.put(name, of);
            });
      }
    }
    final long lost = logs.stream().mapToLong(JsonLines::lost).sum();
    if (lost > 0) {
      failure = lost + " lines are missing from the .jsonl logs; the decision log has them";
    }
  }

  private void trying(final long now, final Runnable step) {
    if (now < retryAt) {
      return;
    }
    try {
      step.run();
    } catch (final RuntimeException e) { // a disk that is full or not ours
      failure = e.getMessage();
      retryAt = now + RETRY_NANOS;
    }
  }

  /** Reads the log to its end and writes every file a last time. The run must be over. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      if (!broken) {
        read(Integer.MAX_VALUE);
        failure = null; // what could not be written before is written now, or told again
        write("done", true);
      }
    } catch (final RuntimeException e) {
      failure = e.getMessage();
    } finally {
      for (final JsonLines log : logs) {
        try {
          log.close();
        } catch (final RuntimeException e) {
          failure = e.getMessage();
        }
      }
      decisions.close();
      symbols.close();
      files.close();
    }
  }
}
