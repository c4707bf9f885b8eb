package io.millrace.tools.report;

import io.millrace.runtime.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The CSV files of a report; abandoned unless committed. */
final class ReportFiles implements AutoCloseable {
  private final CsvFile equity;
  private final CsvFile trades;
  private final CsvFile fills;
  private final CsvFile vetoes;
  private final CsvFile returns;

  ReportFiles(final Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (final IOException e) {
      throw new RunException(
          directory + " cannot be made (" + e.getMessage() + "); permit it or free the disk", e);
    }
    equity =
        new CsvFile(
            directory,
            "equity.csv",
            "row",
            "time",
            "nav",
            "cash",
            "realised",
            "unrealised",
            "fees",
            "funding",
            "gross",
            "net",
            "drawdown",
            "benchmark_price");
    trades =
        new CsvFile(
            directory,
            "trades.csv",
            "status",
            "strategy",
            "structure",
            "regime",
            "idea",
            "symbol",
            "quantity",
            "multiplier",
            "entry_time",
            "entry_price",
            "exit_time",
            "exit_price",
            "fees",
            "profit");
    fills =
        new CsvFile(
            directory,
            "fills.csv",
            "time",
            "id",
            "symbol",
            "order_id",
            "idea",
            "strategy",
            "structure",
            "side",
            "quantity",
            "multiplier",
            "price",
            "fee",
            "liquidity",
            "reason",
            "arrival_mid",
            "slippage",
            "notional",
            "price_age_s",
            "displayed");
    vetoes =
        new CsvFile(
            directory,
            "vetoes.csv",
            "time",
            "id",
            "symbol",
            "purpose",
            "side",
            "requested",
            "limit_price",
            "check",
            "value",
            "limit");
    returns =
        new CsvFile(
            directory, "returns.csv", "period", "end_time", "equity", "return", "benchmark_return");
  }

  private List<CsvFile> all() {
    return List.of(equity, trades, fills, vetoes, returns);
  }

  /** Each NAV that was told. */
  CsvFile equity() {
    return equity;
  }

  /** Round trips, then what is open. */
  CsvFile trades() {
    return trades;
  }

  /** Fills. */
  CsvFile fills() {
    return fills;
  }

  /** Judgements that let nothing through. */
  CsvFile vetoes() {
    return vetoes;
  }

  /** The series that ratios are computed from. */
  CsvFile returns() {
    return returns;
  }

  /** Gives all files their names. */
  void commit() {
    all().forEach(CsvFile::commit);
  }

  @Override
  public void close() {
    CsvFile.abandon(all());
  }
}
