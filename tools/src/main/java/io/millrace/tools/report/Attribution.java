package io.millrace.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Profit by some word: each trade and each open position is counted under one. */
final class Attribution {
  /** Words listed; the smallest beyond them are put together. */
  static final int LISTED = 40;

  /** Words kept apart while counting. */
  private static final int MOST = 4096;

  private static final String OTHERS = "all others";

  private final Map<String, Row> rows = new TreeMap<>();

  private static final class Row {
    private long realised;
    private long unrealised;
    private long fees;
    private long trades;
    private long open;
    private long wins;

    private long profit() {
      return Math.addExact(realised, unrealised);
    }

    private void add(final Row other) {
      realised = Math.addExact(realised, other.realised);
      unrealised = Math.addExact(unrealised, other.unrealised);
      fees = Math.addExact(fees, other.fees);
      trades += other.trades;
      open += other.open;
      wins += other.wins;
    }
  }

  /** Counts a trade, closed or open. */
  void add(final String word, final RoundTrip trade) {
    final String key = rows.containsKey(word) || rows.size() < MOST ? word : OTHERS;
    final Row row = rows.computeIfAbsent(key, name -> new Row());
    row.fees = Math.addExact(row.fees, trade.fees());
    if (trade.open()) {
      row.unrealised = Math.addExact(row.unrealised, trade.profit());
      row.open++;
    } else {
      row.realised = Math.addExact(row.realised, trade.profit());
      row.trades++;
      row.wins += trade.profit() > 0 ? 1 : 0;
    }
  }

  /** Rows by profit, largest first. */
  void write(final ArrayNode list) {
    final List<Map.Entry<String, Row>> sorted = new ArrayList<>(rows.entrySet());
    sorted.sort(
        Comparator.comparingLong(
                (Map.Entry<String, Row> entry) -> Math.abs(entry.getValue().profit()))
            .reversed());
    final List<Map.Entry<String, Row>> shown =
        new ArrayList<>(sorted.subList(0, Math.min(LISTED, sorted.size())));
    if (sorted.size() > LISTED) {
      final Row rest = new Row();
      sorted.subList(LISTED, sorted.size()).forEach(entry -> rest.add(entry.getValue()));
      shown.add(Map.entry(OTHERS, rest));
    }
    shown.sort(
        Comparator.comparingLong((Map.Entry<String, Row> entry) -> entry.getValue().profit())
            .reversed());
    for (final Map.Entry<String, Row> entry : shown) {
      final ObjectNode row = list.addObject();
      final Row value = entry.getValue();
      row.put("name", entry.getKey());
      row.put("profit", Money.decimal(value.profit()));
      row.put("realised", Money.decimal(value.realised));
      row.put("unrealised", Money.decimal(value.unrealised));
      row.put("fees", Money.decimal(value.fees));
      row.put("closed", value.trades);
      row.put("open", value.open);
      row.set(
          "win_rate",
          Json.number(value.trades == 0 ? Double.NaN : (double) value.wins / value.trades));
    }
  }
}
