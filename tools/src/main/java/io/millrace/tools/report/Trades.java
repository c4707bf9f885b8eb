package io.millrace.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.market.Fixed;
import io.millrace.tools.report.stats.TradeOrder;
import io.millrace.tools.report.stats.TradeStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Round trips and open positions: statistics, attribution, the largest ones, the CSV file. */
final class Trades {
  /** Trades that the page shows: all, or the largest by profit or loss. */
  static final int SHOWN = 60;

  private final CsvFile csv;
  final TradeStatistics statistics = new TradeStatistics();
  final TradeOrder order = new TradeOrder();
  final Attribution byStrategy = new Attribution();
  final Attribution byStructure = new Attribution();
  final Attribution bySymbol = new Attribution();
  final Attribution byRegime = new Attribution();
  private final Largest largest = new Largest();
  private final Largest largestOpen = new Largest();
  private long closed;
  private long openLots;
  private long realised;
  private long unrealised;

  /** The trades with the largest profits and losses. */
  private static final class Largest {
    private final PriorityQueue<Numbered> queue =
        new PriorityQueue<>(
            Comparator.comparingLong((Numbered one) -> Math.abs(one.trade().profit()))
                .thenComparing(Comparator.comparingLong(Numbered::number).reversed()));
    private long count;

    private record Numbered(long number, RoundTrip trade) {}

    private void add(final RoundTrip trade) {
      queue.add(new Numbered(count++, trade));
      if (queue.size() > SHOWN) {
        queue.remove();
      }
    }

    private List<RoundTrip> inOrder() {
      final List<Numbered> list = new ArrayList<>(queue);
      list.sort(Comparator.comparingLong(Numbered::number));
      return list.stream().map(Numbered::trade).toList();
    }
  }

  Trades(final CsvFile csv) {
    this.csv = csv;
  }

  /** A round trip closed. */
  void closed(final RoundTrip trade) {
    closed++;
    realised = Math.addExact(realised, trade.profit());
    final double profit = Fixed.toDouble(trade.profit());
    statistics.on(profit, trade.exitTime() - trade.entryTime());
    order.on(profit);
    largest.add(trade);
    count(trade);
  }

  /** What is open at the end. */
  void open(final RoundTrip trade) {
    openLots++;
    unrealised = Math.addExact(unrealised, trade.profit());
    largestOpen.add(trade);
    count(trade);
  }

  private void count(final RoundTrip trade) {
    byStrategy.add(trade.strategy(), trade);
    byStructure.add(trade.structure(), trade);
    bySymbol.add(trade.symbol(), trade);
    byRegime.add(trade.regime(), trade);
    csv.text(trade.open() ? "open" : "closed")
        .text(trade.strategy())
        .text(trade.structure())
        .text(trade.regime())
        .text(trade.idea())
        .text(trade.symbol())
        .fixed(trade.quantity())
        .fixed(trade.multiplier())
        .time(trade.entryTime())
        .fixed(trade.entryPrice())
        .time(trade.exitTime())
        .fixed(trade.exitPrice())
        .fixed(trade.fees())
        .fixed(trade.profit())
        .end();
  }

  /** Profit after fees of all round trips and open positions, 1e-8. */
  long profit() {
    return Math.addExact(realised, unrealised);
  }

  /** Counts, statistics and the largest ones. */
  void write(final ObjectNode node) {
    node.put("closed", closed);
    node.put("open", openLots);
    node.put("realised", Money.decimal(realised));
    node.put("unrealised", Money.decimal(unrealised));
    node.put("wins", statistics.wins());
    node.put("losses", statistics.losses());
    node.set("win_rate", Json.number(statistics.winRate()));
    node.set("profit_factor", Json.number(statistics.profitFactor()));
    node.set("expectancy", Json.number(statistics.expectancy()));
    node.set("average_win", Json.number(statistics.averageWin()));
    node.set("average_loss", Json.number(statistics.averageLoss()));
    node.set("payoff", Json.number(statistics.payoff()));
    node.put("largest_win", statistics.largestWin());
    node.put("largest_loss", statistics.largestLoss());
    node.set("held_s", Json.number(statistics.heldSeconds()));
    node.put("longest_wins", statistics.longestWins());
    node.put("longest_losses", statistics.longestLosses());
    rows(node.putArray("shown"), largest.inOrder());
    rows(node.putArray("positions"), largestOpen.inOrder());
  }

  private static void rows(final ArrayNode list, final List<RoundTrip> trades) {
    for (final RoundTrip trade : trades) {
      final ObjectNode row = list.addObject();
      row.put("symbol", trade.symbol());
      row.put("strategy", trade.strategy());
      row.put("structure", trade.structure());
      row.put("regime", trade.regime());
      row.put("idea", trade.idea());
      row.put("quantity", Money.decimal(trade.quantity()));
      row.put("entry_time", Money.seconds(trade.entryTime()));
      row.put("entry_price", Money.decimal(trade.entryPrice()));
      row.put("exit_time", Money.seconds(trade.exitTime()));
      row.put("exit_price", Money.decimal(trade.exitPrice()));
      row.put("fees", Money.decimal(trade.fees()));
      row.put("profit", Money.decimal(trade.profit()));
    }
  }
}
