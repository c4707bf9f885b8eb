package io.millrace.tools;

import io.millrace.tools.data.BinanceImport;
import io.millrace.tools.data.CryptoTerms;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace import binance}: Binance's public data to curated parquet. */
@Command(
    name = "binance",
    mixinStandardHelpOptions = true,
    description =
        "Imports Binance's public data by its file names: klines, trades or aggTrades, bookTicker,"
            + " T_DEPTH, fundingRate; CSV, plain, zipped or gzipped.")
final class ImportBinanceCommand implements Callable<Integer> {
  @Mixin private ImportOptions options;
  @Mixin private CryptoOptions crypto;

  @Option(
      names = "--market",
      description =
          "Market of files that do not lie in Binance's folders: ${COMPLETION-CANDIDATES}")
  private CryptoTerms.Market market;

  @Override
  public Integer call() {
    final CryptoTerms terms = crypto.terms();
    return options.run((request, progress) -> BinanceImport.run(request, market, terms, progress));
  }
}
