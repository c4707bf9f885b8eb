package io.millrace.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.tools.report.Report;
import io.millrace.tools.report.ReportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace report}: the page, JSON and CSV files of a run, made from its journals. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes the report of a run into RUN/report: a page, JSON and CSV files.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Run directory")
  private Path directory;

  @Option(
      names = "--look-ahead",
      paramLabel = "POINTS",
      defaultValue = "0",
      description =
          "Cut the inputs off at this many places, re-execute, compare every decision (default: 0)")
  private int lookAhead;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "1",
      description = "Variants tried before this one was kept, for the deflated Sharpe (default: 1)")
  private int tries;

  @Option(
      names = "--parameters",
      paramLabel = "N",
      description = "Free parameters of the strategy (default: settings that were changed)")
  private Integer parameters;

  @Option(
      names = "--risk-free",
      paramLabel = "RATE",
      defaultValue = "0",
      description = "Interest of a year without risk, such as 0.02 (default: 0)")
  private double riskFree;

  @Option(
      names = "--seed",
      defaultValue = "" + ReportOptions.DEFAULT_SEED,
      description = "Seed of what is random (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--open-nothing", description = "Do not show the page in a browser")
  private boolean openNothing;

  @Option(names = "--json", description = "The content of report.json on stdout")
  private boolean json;

  @Override
  public Integer call() {
    final RunDirectory run = Project.run(directory);
    final ReportOptions options = options();
    final Terminal terminal = Terminal.of(json);
    final Report.Written written = Report.write(run, options, terminal.progress("inputs read"));
    terminal.progressDone();
    if (json) {
      System.out.println(Terminal.json(written.tree().toPrettyString()));
    } else {
      System.out.println(
          "report of " + Summary.display(run.path()) + ": " + Summary.display(written.page()));
      if (!openNothing && terminal.interactive()) {
        open(written.page());
      }
    }
    return differs(written.tree());
  }

  private ReportOptions options() {
    try {
      return new ReportOptions(
          lookAhead, tries, parameters == null ? -1 : parameters, riskFree, seed);
    } catch (final IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static int differs(final ObjectNode tree) {
    if (tree.at("/sanity/look_ahead/status").asText().equals("fault")) {
      throw new DifferenceException(
          "the look-ahead test found a decision that differs when later inputs are cut off; the"
              + " page names input and output");
    }
    return ExitCodes.DONE;
  }

  /**
   * Writes the report of a run that has just ended and says where it is, on stderr for programs.
   */
  static void afterRun(final RunDirectory run, final boolean json, final Terminal terminal) {
    final Report.Written written =
        Report.write(
            run, ReportOptions.defaults(), terminal.progress("inputs read for the report"));
    terminal.progressDone();
    if (!json) {
      System.out.printf("  %-10s %s%n", "report", Summary.display(written.page()));
    }
  }

  /** Shows a page where there is a screen and a program for it; else nothing happens. */
  private static void open(final Path page) {
    if (System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null) {
      return;
    }
    try {
      new ProcessBuilder("xdg-open", page.toAbsolutePath().toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (final IOException e) {
      return; // no such program: the path was printed
    }
  }
}
