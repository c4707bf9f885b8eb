package io.millrace.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.market.Fixed;
import io.millrace.tools.report.stats.DeflatedSharpe;
import io.millrace.tools.report.stats.Returns;
import io.millrace.tools.report.stats.TradeOrder;

/**
 * Analyses of whether a result can be believed. Each says {@code ok}, {@code look} (a person should
 * look at it), {@code fault}, or {@code none} (not enough to say).
 */
final class Sanity {
  /** More of an instrument's volume than this wants a look. */
  private static final double VOLUME_ALARM = 0.05;

  /** Fewer trades for each free parameter than this want a look. */
  private static final int TRADES_PER_PARAMETER = 10;

  /** Fewer trades than this say little whatever the parameters. */
  private static final int FEW_TRADES = 30;

  /** Least probability of skill that passes. */
  private static final double CONFIDENT = 0.95;

  /** A real order of trades luckier than this share of random ones wants a look. */
  private static final double LUCKY = 0.05;

  private static final int SHUFFLES = 2_000;
  private static final int[] TRIES = {1, 10, 100, 1_000};
  private static final double[] FEES = {0, 1, 2};

  private final RunScan scan;
  private final Basis basis;
  private final ReportOptions options;

  Sanity(final RunScan scan, final Basis basis, final ReportOptions options) {
    this.scan = scan;
    this.basis = basis;
    this.options = options;
  }

  void write(final ObjectNode node, final ChangedSettings settings) {
    scan.quality.writeStale(node.putObject("stale_prices"));
    scan.quality.writeVolume(node.putObject("volume"), VOLUME_ALARM);
    parameters(node.putObject("parameters"), settings);
    deflated(node.putObject("deflated_sharpe"));
    order(node.putObject("trade_order"));
    costs(node.putObject("costs"));
  }

  private void parameters(final ObjectNode node, final ChangedSettings settings) {
    final boolean told = options.parameters() >= 0;
    final int parameters = told ? options.parameters() : settings.parameters();
    final long trades = scan.trades.statistics.count();
    final double each = parameters == 0 ? Double.NaN : (double) trades / parameters;
    node.put(
        "status",
        trades == 0 ? "none" : trades < FEW_TRADES || each < TRADES_PER_PARAMETER ? "look" : "ok");
    node.put("parameters", parameters);
    node.put("told", told);
    node.put("numeric_settings", settings.numbers());
    node.put("closed_trades", trades);
    node.set("trades_per_parameter", Json.number(each));
    node.put("wanted", TRADES_PER_PARAMETER);
  }

  private void deflated(final ObjectNode node) {
    final DeflatedSharpe sharpe = new DeflatedSharpe();
    final double[] r = basis.returns();
    final double probability = basis.enough() ? sharpe.deflated(r, options.tries()) : Double.NaN;
    node.put(
        "status", Double.isNaN(probability) ? "none" : probability >= CONFIDENT ? "ok" : "look");
    node.put("tries", options.tries());
    node.set("probability", Json.number(probability));
    node.put("wanted", CONFIDENT);
    node.put("returns", r.length);
    node.put("period", basis.periods().name());
    final ArrayNode list = node.putArray("if_best_of");
    for (final int tries : TRIES) {
      final ObjectNode row = list.addObject();
      row.put("tries", tries);
      row.set("probability", Json.number(basis.enough() ? sharpe.deflated(r, tries) : Double.NaN));
    }
  }

  private void order(final ObjectNode node) {
    final TradeOrder.Result result = scan.trades.order.shuffle(options.seed(), SHUFFLES);
    if (result == null) {
      node.put("status", "none");
      node.put("closed_trades", scan.trades.statistics.count());
      return;
    }
    node.put("status", result.percentile() < LUCKY ? "look" : "ok");
    node.put("closed_trades", scan.trades.statistics.count());
    node.put("shuffles", result.shuffles());
    node.put("seed", options.seed());
    node.put("drawdown", result.actual());
    node.put("percentile", result.percentile());
    node.put("median_drawdown", result.median());
    node.put("worst_5_percent", result.worst5());
    node.put("trades_in_block", result.tradesInBlock());
  }

  private void costs(final ObjectNode node) {
    final boolean traded = scan.quality.fills() > 0 && scan.firstNav() != Fixed.NONE;
    final double start = traded ? Fixed.toDouble(scan.firstNav()) : 0;
    final double fees = Fixed.toDouble(scan.fees());
    final double gross =
        traded ? Fixed.toDouble(Math.subtractExact(scan.lastNav(), scan.firstNav())) + fees : 0;
    node.put("status", !traded ? "none" : gross - 2 * fees > 0 ? "ok" : "look");
    final ArrayNode list = node.putArray("rows");
    for (final double multiple : FEES) {
      final ObjectNode row = list.addObject();
      final double[] r = basis.periods().returns(start, multiple);
      row.put("fees_times", multiple);
      row.put("fees", fees * multiple);
      row.put("profit", gross - fees * multiple);
      row.set("return", Json.number(start == 0 ? Double.NaN : (gross - fees * multiple) / start));
      row.set(
          "sharpe",
          Json.number(
              basis.enough()
                  ? Returns.sharpe(r, options.riskFree() / basis.perYear(), basis.perYear())
                  : Double.NaN));
    }
    node.put("gross_profit", gross);
    node.set("break_even_times", Json.number(fees > 0 && gross > 0 ? gross / fees : Double.NaN));
  }
}
