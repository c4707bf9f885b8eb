package io.millrace.tools;

import io.millrace.tools.data.CboeImport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace import cboe}: option chains of Cboe to curated parquet. */
@Command(
    name = "cboe",
    mixinStandardHelpOptions = true,
    description =
        "Imports option chains of Cboe: quotedata.csv and delayed quotes as JSON, plain or"
            + " gzipped; quotes, open interest, Greeks and the price of the underlying.")
final class ImportCboeCommand implements Callable<Integer> {
  @Mixin private ImportOptions options;

  @Override
  public Integer call() {
    return options.run(CboeImport::run);
  }
}
