package io.millrace.tools;

import io.millrace.tools.data.CryptoTerms;
import io.millrace.tools.data.HftbacktestImport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace import hftbacktest}: captured exchange feeds to curated parquet. */
@Command(
    name = "hftbacktest",
    mixinStandardHelpOptions = true,
    description =
        "Imports captured feeds as hftbacktest's collector writes them: gzipped lines of a time of"
            + " receipt and the exchange's JSON; depth, best quotes, trades, mark prices, funding."
            + " Give all files of a symbol at once, so that its book goes on from file to file.")
final class ImportHftbacktestCommand implements Callable<Integer> {
  @Mixin private ImportOptions options;
  @Mixin private CryptoOptions crypto;

  @Override
  public Integer call() {
    final CryptoTerms terms = crypto.terms();
    return options.run((request, progress) -> HftbacktestImport.run(request, terms, progress));
  }
}
