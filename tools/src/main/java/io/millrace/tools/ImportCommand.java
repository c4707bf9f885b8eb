package io.millrace.tools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code millrace import FORMAT}: outside files to curated parquet. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Turns outside files into curated parquet.",
    subcommands = {
      ImportLeanCommand.class,
      ImportBinanceCommand.class,
      ImportCboeCommand.class,
      ImportHftbacktestCommand.class,
      ImportCsvCommand.class,
      ImportParquetCommand.class
    })
final class ImportCommand implements Callable<Integer> {
  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(),
        "no format; give one of "
            + String.join(", ", spec.subcommands().keySet())
            + ", such as `millrace import lean PATH…`");
  }
}
