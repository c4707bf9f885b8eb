package io.millrace.tools;

import io.millrace.tools.data.CryptoTerms;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the terms of crypto instruments come from. */
final class CryptoOptions {
  @Option(
      names = "--exchange-info",
      paramLabel = "FILE",
      description =
          "Binance's exchangeInfo, for tick, lot and least order value (default: tick and lot as"
              + " the data shows them)")
  private Path exchangeInfo;

  /**
   * The terms.
   *
   * @throws io.millrace.tools.data.DataException if the file is none
   */
  CryptoTerms terms() {
    return exchangeInfo == null ? new CryptoTerms() : CryptoTerms.of(exchangeInfo);
  }
}
