package io.millrace.tools;

import io.millrace.tools.data.MappedImport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace import parquet}: a user's own files to curated parquet. */
@Command(
    name = "parquet",
    mixinStandardHelpOptions = true,
    description =
        "Imports bars, quotes or trades of any columns from PARQUET, by a mapping file that says what"
            + " the columns mean; tools/data/README.md shows one.")
final class ImportParquetCommand implements Callable<Integer> {
  @Mixin private ImportOptions options;

  @Option(
      names = "--mapping",
      required = true,
      paramLabel = "FILE",
      description = "YAML that says what the columns mean")
  private Path mapping;

  @Override
  public Integer call() {
    return options.run(
        (request, progress) ->
            MappedImport.run(request, MappedImport.Format.PARQUET, mapping, progress));
  }
}
