package io.millrace.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.tools.data.ImportResult;
import io.millrace.tools.data.LeanImport;
import io.millrace.tools.data.RowRefusal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace import lean}: LEAN's zips and CSVs to curated parquet. */
@Command(
    name = "lean",
    mixinStandardHelpOptions = true,
    description =
        "Imports LEAN data: equity and option minutes and ticks, open interest, factor and map"
            + " files, market hours.")
final class ImportLeanCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "LEAN data folder, or single files in LEAN's folders")
  private List<Path> sources = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Curated root (default: tools/data/curated)")
  private Path out;

  @Option(names = "--symbol", split = ",", description = "Symbols to take (default: all)")
  private Set<String> symbols = Set.of();

  @Option(names = "--from", paramLabel = "DATE", description = "First date")
  private LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "Last date")
  private LocalDate to;

  @Option(
      names = "--skip-bad-rows",
      description = "Leave wrong rows out and count them, instead of refusing the import")
  private boolean skipBadRows;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() {
    final Terminal terminal = Terminal.of(json);
    final LongConsumer progress = terminal.progress("bytes imported");
    final ImportResult result =
        LeanImport.run(
            new LeanImport.Request(
                sources, out == null ? Project.curated() : out, symbols, from, to, skipBadRows),
            (done, all, file) -> progress.accept(done));
    terminal.progressDone();
    if (json) {
      System.out.println(json(result).toPrettyString());
    } else {
      print(result);
    }
    return ExitCodes.DONE;
  }

  private static void print(final ImportResult result) {
    for (final ImportResult.CuratedFile file : result.files()) {
      System.out.printf(
          Locale.ROOT,
          "%-9s %-60s %,10d rows%s%n",
          file.status().name().toLowerCase(Locale.ROOT),
          file.path(),
          file.rowsOut(),
          file.refused().isEmpty() ? "" : "  refused " + refusals(file.refused()));
    }
    System.out.printf(
        Locale.ROOT,
        "%,d rows in, %,d out, %,d merged, refused %s%s%n",
        result.rowsIn(),
        result.rowsOut(),
        result.rowsMerged(),
        refusals(result.refused()),
        result.firstTime() == 0 && result.lastTime() == 0
            ? ""
            : ", from " + instant(result.firstTime()) + " to " + instant(result.lastTime()));
    if (!result.ignored().isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "%,d files left alone, such as %s: no known LEAN kind%n",
          result.ignored().size(),
          result.ignored().get(0));
    }
  }

  private static String refusals(final Map<RowRefusal, Long> refused) {
    return refused.isEmpty()
        ? "none"
        : refused.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }

  private static Instant instant(final long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  private static ObjectNode json(final ImportResult result) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rows_in", result.rowsIn());
    node.put("rows_out", result.rowsOut());
    node.put("rows_merged", result.rowsMerged());
    final ObjectNode refused = node.putObject("refused");
    result.refused().forEach((why, rows) -> refused.put(why.name().toLowerCase(Locale.ROOT), rows));
    node.put("first_ts", result.firstTime() / 1e9);
    node.put("last_ts", result.lastTime() / 1e9);
    final ArrayNode files = node.putArray("files");
    for (final ImportResult.CuratedFile file : result.files()) {
      files
          .addObject()
          .put("path", file.path().toString())
          .put("rows_in", file.rowsIn())
          .put("rows_out", file.rowsOut())
          .put("status", file.status().name().toLowerCase(Locale.ROOT));
    }
    node.put("ignored", result.ignored().size());
    return node;
  }
}
