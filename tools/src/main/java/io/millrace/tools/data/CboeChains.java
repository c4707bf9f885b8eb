package io.millrace.tools.data;

import io.millrace.tools.data.Definition.Terms;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The chains of an import, by the folder of their underlying. */
final class CboeChains implements AutoCloseable {
  private static final TradingDays DAYS =
      new TradingDays(ZoneId.of("America/New_York"), LocalTime.of(9, 30), LocalTime.of(16, 0));

  private final Curation curation;
  private final TreeMap<String, Chain> chains = new TreeMap<>();

  CboeChains(final Curation curation) {
    this.curation = curation;
  }

  /** One underlying and the options on it. */
  static final class Chain {
    private final Gathered rows;
    private final boolean index;
    private final TreeMap<Long, Long> prices = new TreeMap<>();

    private Chain(final Gathered rows, final boolean index) {
      this.rows = rows;
      this.index = index;
    }

    Gathered rows() {
      return rows;
    }

    /** Midnight of the date that an instant is of: when its open interest was known. */
    long midnight(final long time) {
      return DAYS.start(rows.dateOf(time));
    }

    /**
     * Writes the price of the underlying, once an instant: as a trade, since it is the last one.
     *
     * @return rows written
     */
    int price(final long time, final long last) throws SQLException {
      if (last <= 0 || prices.putIfAbsent(time, last) != null) {
        return 0;
      }
      rows.row(CuratedKind.TRADE, "", time)
          .put(last)
          .put(Decimal.ONE)
          .put((byte) 0)
          .put(0L)
          .put((String) null)
          .end();
      return 1;
    }
  }

  /** The chain of a root, or of its index: SPXW is on SPX. Null = it is not wanted. */
  Chain of(final String root) {
    final boolean index = ListedOptions.isIndex(root);
    final String folder = ListedOptions.underlying(root).toLowerCase(Locale.ROOT);
    if (!curation.request().takesSymbol(folder)) {
      return null;
    }
    return chains.computeIfAbsent(
        folder, made -> new Chain(new Gathered(curation, folder, DAYS), index));
  }

  /** Writes everything. */
  void finish(final List<Path> files) throws SQLException, IOException {
    for (final Chain chain : chains.values()) {
      final Definition definition =
          new Definition(
              chain.rows.name(),
              chain.index ? "index" : "equity",
              null,
              chain.index ? "cash" : "physical",
              0,
              new Terms("USD", Decimal.ONE, Decimal.ONE / 100, Decimal.ONE, 0),
              DAYS.zone().getId(),
              0,
              0);
      chain.rows.finish(files, definition);
    }
  }

  @Override
  public void close() throws SQLException {
    for (final Chain chain : chains.values()) {
      chain.rows.close();
    }
  }
}
