package io.millrace.tools;

import io.millrace.tools.data.Selection;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Option;

/** Which recorded data; nothing set = the sample day that ships with the project. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Root of curated data (default: the sample that ships with the project)")
  private Path curated;

  @Option(names = "--source", defaultValue = "lean", description = "Source (default: lean)")
  private String source;

  @Option(
      names = "--symbol",
      split = ",",
      defaultValue = "goog",
      description = "Symbols, underlyings of their options included (default: goog)")
  private List<String> symbols;

  @Option(names = "--from", paramLabel = "DATE", description = "First date, such as 2015-12-24")
  private LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "Last date")
  private LocalDate to;

  Selection selection() {
    return Selection.of(curated == null ? Project.curated() : curated, source, symbols, from, to);
  }

  String describe() {
    return source
        + " "
        + String.join(",", symbols).toUpperCase(java.util.Locale.ROOT)
        + (from == null ? "" : " from " + from)
        + (to == null ? "" : " to " + to);
  }
}
