package io.millrace.tools;

import io.millrace.runtime.run.ExitCodes;
import io.millrace.tools.data.ImportProgress;
import io.millrace.tools.data.ImportRequest;
import io.millrace.tools.data.ImportResult;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every import takes, and the one way to run and report it. */
final class ImportOptions {
  private static final Pattern RESOLUTION = Pattern.compile("tick|[1-9][0-9]{0,3}[smhd]");

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or folders to import")
  private List<Path> sources = new ArrayList<>();

  @Option(
      names = {"--out", "--data"},
      paramLabel = "DIR",
      description = "Curated root, the --data of a backtest (default: tools/data/curated)")
  private Path out;

  @Option(names = "--symbol", split = ",", description = "Symbols to take (default: all)")
  private Set<String> symbols = Set.of();

  @Option(names = "--from", paramLabel = "DATE", description = "First date")
  private LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "Last date")
  private LocalDate to;

  @Option(
      names = "--resolution",
      split = ",",
      paramLabel = "SAMPLING",
      description = "Samplings to take, such as tick, 1s, 1m, 1h, 1d (default: all)")
  private Set<String> resolutions = Set.of();

  @Option(
      names = "--skip-bad-rows",
      description = "Leave wrong rows out and count them, instead of refusing the import")
  private boolean skipBadRows;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  /**
   * Imports and reports.
   *
   * @param format does the work
   * @return exit code
   * @throws UsageException if options contradict each other
   */
  int run(final BiFunction<ImportRequest, ImportProgress, ImportResult> format) {
    if (from != null && to != null && to.isBefore(from)) {
      throw new UsageException("--to " + to + " is before --from " + from + "; change them over");
    }
    for (final String resolution : resolutions) {
      if (!RESOLUTION.matcher(resolution).matches()) {
        throw new UsageException(
            "--resolution '" + resolution + "' is none; give tick, 1s, 1m, 1h or 1d");
      }
    }
    final Terminal terminal = Terminal.of(json);
    final LongConsumer progress = terminal.progress("bytes imported");
    final ImportResult result =
        format.apply(
            new ImportRequest(
                sources,
                out == null ? Project.curated() : out,
                symbols,
                from,
                to,
                skipBadRows,
                resolutions),
            (done, all, file) -> progress.accept(done));
    terminal.progressDone();
    if (result.rowsIn() == 0) {
      throw new UsageException(
          sources.size() == 1
              ? "'" + sources.get(0) + "' holds no rows to import; nothing was written"
              : "the " + sources.size() + " PATHs hold no rows to import; nothing was written");
    }
    ImportReport.print(result, json);
    return ExitCodes.DONE;
  }
}
