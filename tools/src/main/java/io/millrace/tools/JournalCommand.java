package io.millrace.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.Digest;
import io.millrace.journal.ExpectedEnd;
import io.millrace.journal.JournalEnd;
import io.millrace.journal.JournalReader;
import io.millrace.journal.JournalVerifier;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.VerifyResult;
import io.millrace.runtime.message.MessageJson;
import io.millrace.runtime.publish.Symbols;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.runtime.run.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace journal}: looks into the two journals of a run. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = "Looks into the journals of a run.",
    subcommands = {
      JournalCommand.Stat.class,
      JournalCommand.Cat.class,
      JournalCommand.Verify.class
    })
final class JournalCommand implements Callable<Integer> {
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "no subcommand; `millrace journal stat RUN` is a place to begin");
  }

  /** Which queue of a run. */
  enum Queue {
    /** What came in. */
    INPUT,
    /** What was decided. */
    DECISIONS;

    Path of(final RunDirectory run) {
      return this == INPUT ? run.input() : run.decisions();
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static long eventTime(final JournalReader reader, final Queue queue) {
    // Outputs carry their event time as the journal's time; inputs as their first field.
    return queue == Queue.DECISIONS
        ? reader.ingressTimeNanos()
        : Slot.eventTime(reader.buffer(), reader.offset());
  }

  /** Counts and bytes by template and by minute. */
  @Command(
      name = "stat",
      mixinStandardHelpOptions = true,
      description = "Records and bytes by template, and by minute of event time.")
  static final class Stat implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Run directory")
    private Path directory;

    @Option(names = "--minutes", description = "By minute of event time too")
    private boolean minutes;

    @Option(names = "--json", description = "One JSON object on stdout")
    private boolean json;

    @Override
    public Integer call() {
      final RunDirectory run = Project.run(directory);
      final MessageJson decoder = new MessageJson(id -> null);
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("run_dir", run.path().toString());
      for (final Queue queue : Queue.values()) {
        node.set(queue.label(), count(queue, run, decoder));
      }
      if (json) {
        System.out.println(node.toPrettyString());
      } else {
        for (final Queue queue : Queue.values()) {
          print(queue, (ObjectNode) node.get(queue.label()));
        }
      }
      return ExitCodes.DONE;
    }

    private ObjectNode count(final Queue queue, final RunDirectory run, final MessageJson decoder) {
      final Map<Integer, long[]> templates = new TreeMap<>();
      final Map<Long, long[]> byMinute = new TreeMap<>();
      long records = 0;
      final JournalEnd end;
      try (JournalReader reader = JournalReader.open(queue.of(run))) {
        while (reader.next()) {
          records++;
          add(templates.computeIfAbsent(reader.templateId(), id -> new long[2]), reader.length());
          if (minutes) {
            final long minute = Math.floorDiv(eventTime(reader, queue), NANOS_PER_MINUTE);
            add(byMinute.computeIfAbsent(minute, id -> new long[2]), reader.length());
          }
        }
        end = reader.end();
      }
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("records", records);
      node.put("end", end.name().toLowerCase(Locale.ROOT));
      final ArrayNode rows = node.putArray("templates");
      templates.forEach(
          (id, sums) ->
              rows.addObject()
                  .put("template", decoder.name(id))
                  .put("records", sums[0])
                  .put("bytes", sums[1]));
      if (minutes) {
        final ArrayNode list = node.putArray("minutes");
        byMinute.forEach(
            (minute, sums) ->
                list.addObject()
                    .put("ts", minute * NANOS_PER_MINUTE / NANOS_PER_SECOND)
                    .put("records", sums[0])
                    .put("bytes", sums[1]));
      }
      return node;
    }

    private static void add(final long[] sums, final int bytes) {
      sums[0]++;
      sums[1] += bytes;
    }

    private static void print(final Queue queue, final ObjectNode node) {
      System.out.printf(
          Locale.ROOT,
          "%s: %,d records, ends %s%n",
          queue.label(),
          node.get("records").asLong(),
          node.get("end").asText());
      node.get("templates")
          .forEach(
              row ->
                  System.out.printf(
                      Locale.ROOT,
                      "  %-24s %,12d records %,14d bytes%n",
                      row.get("template").asText(),
                      row.get("records").asLong(),
                      row.get("bytes").asLong()));
      if (node.has("minutes")) {
        node.get("minutes")
            .forEach(
                row ->
                    System.out.printf(
                        Locale.ROOT,
                        "  %-24s %,12d records %,14d bytes%n",
                        Instant.ofEpochSecond(row.get("ts").asLong()),
                        row.get("records").asLong(),
                        row.get("bytes").asLong()));
      }
    }
  }

  /** Decoded JSON lines. */
  @Command(
      name = "cat",
      mixinStandardHelpOptions = true,
      description = "Prints records as JSON lines.")
  static final class Cat implements Callable<Integer> {
    private static final int SHOWN_SYMBOLS = 4;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Run directory")
    private Path directory;

    @Option(
        names = "--queue",
        defaultValue = "decisions",
        description = "${COMPLETION-CANDIDATES} (default: decisions)")
    private Queue queue;

    @Option(
        names = "--template",
        split = ",",
        description = "Only these, such as order_request,fill")
    private Set<String> templates = new LinkedHashSet<>();

    @Option(names = "--instrument", description = "Only this symbol")
    private String instrument;

    @Option(
        names = "--from",
        paramLabel = "INSTANT",
        description = "From this event time on, such as 2015-12-24T15:00:00Z")
    private String from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "To before this event time")
    private String to;

    @Option(names = "--seq", paramLabel = "N[..M]", description = "Only these sequences")
    private String sequences;

    @Option(
        names = "--limit",
        defaultValue = "9223372036854775807",
        description = "At most so many")
    private long limit;

    @Override
    public Integer call() {
      final RunDirectory run = Project.run(directory);
      try (Symbols symbols = new Symbols(run);
          JournalReader reader = JournalReader.open(queue.of(run))) {
        final MessageJson decoder = new MessageJson(symbols);
        final Set<Integer> ids = new LinkedHashSet<>();
        for (final String template : templates) {
          final int id = decoder.templateId(template);
          if (id < 0) {
            throw new ParameterException(
                spec.commandLine(),
                "no template " + template + "; there are " + String.join(", ", decoder.names()));
          }
          ids.add(id);
        }
        if (instrument != null) {
          known(symbols);
        }
        final long[] range = range();
        final long start = nanos(from, Long.MIN_VALUE);
        final long stop = nanos(to, Long.MAX_VALUE);
        long printed = 0;
        boolean toTheEnd = true;
        while (toTheEnd && reader.next()) {
          toTheEnd = printed < limit && reader.sequence() <= range[1] && !System.out.checkError();
          if (!toTheEnd) {
            break;
          }
          final long time = eventTime(reader, queue);
          if (reader.sequence() < range[0]
              || time < start
              || time >= stop
              || (!ids.isEmpty() && !ids.contains(reader.templateId()))) {
            continue;
          }
          final ObjectNode message = decoder.decode(reader.buffer(), reader.offset());
          if (instrument != null
              && !(message.has("symbol")
                  && message.get("symbol").asText().equalsIgnoreCase(instrument))) {
            continue;
          }
          final ObjectNode node = JsonNodeFactory.instance.objectNode();
          node.put("sequence", reader.sequence());
          node.setAll(message);
          System.out.println(Terminal.json(node.toString()));
          printed++;
        }
        if (toTheEnd && reader.end() == JournalEnd.FAULT) {
          throw new DifferenceException(
              "the " + queue.label() + " journal is damaged: " + reader.fault());
        }
      }
      return ExitCodes.DONE;
    }

    private void known(final Symbols symbols) {
      final List<String> all = symbols.all();
      if (all.stream().noneMatch(instrument::equalsIgnoreCase)) {
        throw new ParameterException(
            spec.commandLine(),
            all.isEmpty()
                ? "--instrument " + instrument + ": the run has no instruments"
                : "no instrument "
                    + instrument
                    + "; the run has "
                    + Millrace.count(all.size())
                    + ", such as "
                    + String.join(", ", all.subList(0, Math.min(SHOWN_SYMBOLS, all.size()))));
      }
    }

    private long[] range() {
      if (sequences == null) {
        return new long[] {0, Long.MAX_VALUE};
      }
      try {
        final int dots = sequences.indexOf("..");
        final long first = Long.parseLong(dots < 0 ? sequences : sequences.substring(0, dots));
        final long last =
            dots < 0
                ? first
                : dots + 2 == sequences.length()
                    ? Long.MAX_VALUE
                    : Long.parseLong(sequences.substring(dots + 2));
        if (first < 0 || last < first) {
          throw new ParameterException(
              spec.commandLine(), "--seq " + sequences + " is no range; give N..M with N up to M");
        }
        return new long[] {first, last};
      } catch (final NumberFormatException e) {
        throw new ParameterException(
            spec.commandLine(), "--seq " + sequences + " is neither N nor N..M");
      }
    }

    private long nanos(final String text, final long otherwise) {
      if (text == null) {
        return otherwise;
      }
      try {
        final Instant instant = Instant.parse(text);
        return Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
      } catch (final DateTimeParseException | ArithmeticException e) {
        throw new ParameterException(
            spec.commandLine(), text + " is no instant such as 2015-12-24T15:00:00Z");
      }
    }
  }

  /** Full forward scan of both queues. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Checks sequence, CRC and hash chain of every record of both journals.")
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "Run directory")
    private Path directory;

    @Option(names = "--json", description = "One JSON object on stdout")
    private boolean json;

    @Override
    public Integer call() {
      final RunDirectory run = Project.run(directory);
      final Manifest.End end = Manifest.read(run).end();
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("run_dir", run.path().toString());
      boolean sound = true;
      for (final Queue queue : Queue.values()) {
        final ExpectedEnd expected =
            end == null ? null : queue == Queue.INPUT ? end.inputEnd() : end.decisionEnd();
        final VerifyResult result = JournalVerifier.verify(queue.of(run), expected);
        sound &= result.isSound();
        if (json) {
          node.set(queue.label(), json(result));
        } else {
          System.out.println(queue.label() + ": " + result.summary());
        }
      }
      if (json) {
        node.put("sound", sound);
        System.out.println(node.toPrettyString());
      }
      if (!sound) {
        throw new DifferenceException(
            "a journal of " + Summary.display(run.path()) + " is damaged; restore it from a copy");
      }
      return ExitCodes.DONE;
    }

    private static ObjectNode json(final VerifyResult result) {
      final ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("records", result.records());
      node.put("last_sequence", result.lastSequence());
      node.put("payload_bytes", result.payloadBytes());
      node.put("file_bytes", result.fileBytes());
      node.put("records_per_s", result.recordsPerSecond());
      node.put("chain", Digest.text(result.chain()));
      node.put("end", result.end().name().toLowerCase(Locale.ROOT));
      node.put("fault", result.fault() == null ? null : result.fault().toString());
      return node;
    }
  }
}
