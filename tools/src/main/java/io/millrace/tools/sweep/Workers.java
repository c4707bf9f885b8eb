package io.millrace.tools.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs rows in processes of this machine. Each process runs one row at a time, inline and on one
 * thread, and lives for many rows, since starting a JVM and warming it up costs several times what
 * a short backtest does. What a row does is a function of its arguments alone, so it does not
 * matter which process runs it, nor what that process ran before.
 *
 * <p>A row whose process dies is a failed row; the next one gets a new process. Processes end with
 * this one, also when it is killed: their standard input ends.
 */
public final class Workers implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SIGNALS = 128;
  private static final long END_SECONDS = 5;

  private final List<String> command;
  private final Path log;
  private final long timeoutMillis;
  private final ScheduledExecutorService clock;
  private final Queue<Process> alive = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /** A row that ended, or why a worker cannot go on. */
  private record Told(Outcome outcome, RuntimeException fault) {}

  /**
   * @param command starts a process that takes rows
   * @param log takes what the processes print, beside what they answer
   * @param timeoutMillis most clock time of a row; 0 = none
   */
  public Workers(final List<String> command, final Path log, final long timeoutMillis) {
    this.command = List.copyOf(command);
    this.log = log;
    this.timeoutMillis = timeoutMillis;
    clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              final Thread thread = new Thread(work, "sweep-timeout");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs rows and hands each outcome, as it comes, to the calling thread.
   *
   * @param jobs processes at a time
   */
  public void run(final Collection<Row> rows, final int jobs, final Consumer<Outcome> taker) {
    final Queue<Row> queue = new ConcurrentLinkedQueue<>(rows);
    final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    final List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(jobs, rows.size()); i++) {
      final Thread thread = new Thread(() -> work(queue, told), "sweep-worker-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    try {
      for (int done = 0; done < rows.size(); done++) {
        final Told one = told.take();
        if (one.fault() != null) {
          throw one.fault();
        }
        taker.accept(one.outcome());
      }
      for (final Thread thread : threads) {
        thread.join();
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SweepException("the sweep was interrupted; the same command goes on with it");
    }
  }

  private void work(final Queue<Row> queue, final BlockingQueue<Told> told) {
    Child child = null;
    try {
      for (Row row = queue.poll(); row != null && !closed; row = queue.poll()) {
        if (child == null || !child.process.isAlive()) {
          child = new Child(start());
        }
        told.add(new Told(child.run(row), null));
      }
    } catch (final IOException e) {
      told.add(
          new Told(
              null,
              new SweepException(
                  "no process can be started for the runs ("
                      + e.getMessage()
                      + "); ask for fewer"
                      + " --jobs")));
    } catch (final RuntimeException e) {
      told.add(new Told(null, e));
    } finally {
      if (child != null) {
        child.end();
      }
    }
  }

  private Process start() throws IOException {
    final Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    alive.add(process);
    return process;
  }

  /** A process with its two streams. */
  private final class Child {
    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    Child(final Process process) {
      this.process = process;
      in =
          new BufferedWriter(
              new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    Outcome run(final Row row) {
      final long begin = System.nanoTime();
      final boolean[] late = new boolean[1];
      final ScheduledFuture<?> watch =
          timeoutMillis == 0
              ? null
              : clock.schedule(
                  () -> {
                    late[0] = true;
                    process.destroyForcibly();
                  },
                  timeoutMillis,
                  TimeUnit.MILLISECONDS);
      String answer = null;
      try {
        final ObjectNode request = JSON.createObjectNode();
        request.put("row", row.number());
        request.put("returns", row.stage() == Row.Stage.TEST);
        row.arguments().forEach(request.putArray("arguments")::add);
        in.write(request + "\n");
        in.flush();
        answer = answer(row);
      } catch (final IOException e) {
        answer = null; // the process is gone: told below by its exit code
      } finally {
        if (watch != null) {
          watch.cancel(false);
        }
      }
      final double elapsed = (System.nanoTime() - begin) / 1e9;
      return answer == null
          ? Outcome.failed(row, late[0] ? late() : ended(), elapsed)
          : outcome(row, answer, elapsed);
    }

    /** The row's answer; a JVM may print a warning of its own between two, which is none. */
    private String answer(final Row row) throws IOException {
      final String begin = "{\"row\":" + row.number() + ",";
      String line = out.readLine();
      while (line != null && !line.startsWith(begin)) {
        line = out.readLine();
      }
      return line;
    }

    private String late() {
      return "it took longer than " + timeoutMillis / 1e3 + " s, --timeout, and was killed";
    }

    private String ended() {
      try {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      final int code = process.isAlive() ? -1 : process.exitValue();
      return code > SIGNALS
          ? "its process was killed by signal " + (code - SIGNALS)
          : "its process ended with exit code " + code;
    }

    void end() {
      try {
        in.close(); // the process takes the end of its input as its own
        process.waitFor(END_SECONDS, TimeUnit.SECONDS);
      } catch (final IOException e) {
        return; // it is gone
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        process.destroyForcibly();
        alive.remove(process);
      }
    }
  }

  private static Outcome outcome(final Row row, final String answer, final double elapsed) {
    final JsonNode told;
    try {
      told = JSON.readTree(answer);
    } catch (final IOException e) {
      return Outcome.failed(row, "its process answered what is no JSON", elapsed);
    }
    final Map<String, Double> metrics = new HashMap<>();
    told.path("metrics")
        .properties()
        .forEach(field -> metrics.put(field.getKey(), field.getValue().doubleValue()));
    final List<Outcome.Return> returns = new ArrayList<>();
    told.path("returns")
        .forEach(
            one ->
                returns.add(
                    new Outcome.Return(
                        one.get(0).asText(), one.get(1).doubleValue(), one.get(2).doubleValue())));
    return new Outcome(
        row,
        Outcome.Status.valueOf(told.path("status").asText("FAILED")),
        told.path("reason").isTextual() ? told.get("reason").textValue() : null,
        metrics,
        returns,
        told.path("config_digest").isTextual() ? told.get("config_digest").textValue() : null,
        told.path("decisions_digest").isTextual() ? told.get("decisions_digest").textValue() : null,
        elapsed);
  }

  /** Ends every process; what they were at is lost, and will be run again. */
  @Override
  public void close() {
    closed = true;
    alive.forEach(Process::destroyForcibly);
    clock.shutdownNow();
  }
}
