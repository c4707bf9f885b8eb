package io.millrace.tools;

import io.millrace.tools.data.LeanImport;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace import lean}: LEAN's zips and CSVs to curated parquet. */
@Command(
    name = "lean",
    mixinStandardHelpOptions = true,
    description =
        "Imports LEAN data: equities from ticks to daily bars, option minutes, open interest,"
            + " indices, crypto, crypto perpetuals with margin interest, futures; factor and map"
            + " files, market hours. PATH is a LEAN data folder, or files in LEAN's folders.")
final class ImportLeanCommand implements Callable<Integer> {
  @Mixin private ImportOptions options;

  @Option(
      names = "--adjust",
      description =
          "Equities alone, adjusted for splits and dividends by their factor files; the source is"
              + " then lean-adjusted")
  private boolean adjust;

  @Option(
      names = "--expiry",
      paramLabel = "CONTRACT=INSTANT",
      description = "Last instant of a future, such as cl202001=2019-12-19T19:30:00Z")
  private Map<String, Instant> expiries = Map.of();

  @Override
  public Integer call() {
    final Map<String, Instant> lower =
        expiries.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    return options.run(
        (request, progress) ->
            LeanImport.run(request, new LeanImport.Options(adjust, lower), progress));
  }
}
