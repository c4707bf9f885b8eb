package io.millrace.runtime.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.AlertDecoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.RiskDecisionDecoder;
import io.millrace.codecs.Verdict;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.message.MessageJson;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.Manifest;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/**
 * Follows the decision log of a run from a thread of its own and writes the state files and JSON
 * lines logs. A slow disk or a million readers of the files change nothing in the ring.
 */
public final class StatePublisher implements AutoCloseable {
  private static final int BATCH = 4096;

  private final StageTimes times;
  private final Halt halt;
  private final long intervalNanos;
  private final Supplier<ObjectNode> facts;
  private final RunView view = new RunView();
  private final Symbols symbols;
  private final StateFiles files;
  private final MessageJson json;
  private final JournalReader decisions;
  private final JsonLines ordersExecuted;
  private final JsonLines riskVetoes;
  private final JsonLines fills;
  private final JsonLines alerts;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final RiskDecisionDecoder decision = new RiskDecisionDecoder();
  private final Thread thread;
  private volatile boolean closing;
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
   */
  public StatePublisher(
      final RunDirectory run,
      final Manifest manifest,
      final StageTimes times,
      final Halt halt,
      final Supplier<ObjectNode> facts,
      final long intervalNanos) {

    this.times = times;
    this.halt = halt;
    this.intervalNanos = intervalNanos;
    this.facts = facts;
    symbols = new Symbols(run);
    files = new StateFiles(run.state(), manifest, symbols);
    json = new MessageJson(symbols);
    decisions = JournalReader.open(run.decisions());
    ordersExecuted = new JsonLines(run.state().resolve("orders_executed.jsonl"));
    riskVetoes = new JsonLines(run.state().resolve("risk_vetoes.jsonl"));
    fills = new JsonLines(run.state().resolve("fills.jsonl"));
    alerts = new JsonLines(run.state().resolve("alerts.jsonl"));
    thread = new Thread(this::follow, "millrace-publisher");
    thread.setDaemon(true);
    thread.start();
  }

  /** The view; to be read after {@link #close} only. */
  public RunView view() {
    return view;
  }

  /** Why publishing stopped early, or null: the engine goes on without state files. */
  public String failure() {
    return failure;
  }

  private void follow() {
    try {
      while (!closing) {
        if (read(BATCH) > 0) {
          write("running");
        }
        LockSupport.parkNanos(intervalNanos);
      }
    } catch (final RuntimeException e) {
      failure = e.getMessage();
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
      case OrderRequestDecoder.TEMPLATE_ID -> ordersExecuted.append(json.decode(buffer, offset));
      case FillDecoder.TEMPLATE_ID -> fills.append(json.decode(buffer, offset));
      case AlertDecoder.TEMPLATE_ID -> alerts.append(json.decode(buffer, offset));
      case RiskDecisionDecoder.TEMPLATE_ID -> {
        decision.wrapAndApplyHeader(buffer, offset, header);
        if (decision.verdict() == Verdict.DENY) {
          riskVetoes.append(json.decode(buffer, offset));
        }
      }
      default -> {}
    }
  }

  private void write(final String status) {
    for (final JsonLines log : List.of(ordersExecuted, riskVetoes, fills, alerts)) {
      log.flush();
    }
    files.write(view);
    files.writeLatency(view, times);
    final Halt.Reason reason = halt.reason();
    files.writeRun(
        view, facts.get(), reason == null ? status : "halted", reason == null ? null : reason.text());
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
      if (failure == null) {
        read(Integer.MAX_VALUE);
        write("done");
      }
    } catch (final RuntimeException e) {
      failure = e.getMessage();
    } finally {
      ordersExecuted.close();
      riskVetoes.close();
      fills.close();
      alerts.close();
      decisions.close();
      symbols.close();
    }
  }
}
