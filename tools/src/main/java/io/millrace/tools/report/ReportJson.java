package io.millrace.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.market.Fixed;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.publish.RunView;
import io.millrace.runtime.run.Manifest;
import io.millrace.tools.report.stats.Drawdowns;
import io.millrace.tools.report.stats.Returns;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;

/** What was gathered, as one tree: the content of {@code report.json}, and all the page knows. */
final class ReportJson {
  private static final double FIXED = 1e8;

  private static final int SCHEMA_VERSION = 1;
  private static final double TAIL = 0.05;
  private static final double YEAR_SECONDS = 365.25 * 86_400;

  /** A growth rate per year of fewer days would say nothing. */
  private static final double FEWEST_DAYS_OF_A_YEAR = 30;

  private static final double DAY_SECONDS = 86_400;

  private final RunDirectory run;
  private final Manifest manifest;
  private final RunScan scan;
  private final ReportOptions options;
  private final Basis basis;
  private final double start;
  private final double end;

  ReportJson(
      final RunDirectory run,
      final Manifest manifest,
      final RunScan scan,
      final ReportOptions options) {
    this.run = run;
    this.manifest = manifest;
    this.scan = scan;
    this.options = options;
    this.basis = Basis.of(scan);
    start = scan.firstNav() == Fixed.NONE ? Double.NaN : Fixed.toDouble(scan.firstNav());
    end = scan.lastNav() == Fixed.NONE ? Double.NaN : Fixed.toDouble(scan.lastNav());
  }

  /** The series that ratios are computed from. */
  Basis basis() {
    return basis;
  }

  /** All but the look-ahead test. */
  ObjectNode tree() {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("schema_version", SCHEMA_VERSION);
    run(node.putObject("run"));
    statistics(node.putObject("statistics"));
    benchmark(node.putObject("benchmark"));
    scan.curve.write(node.putObject("curve"), start);
    months(node.putArray("months"));
    basis.writeRolling(node.putObject("rolling_sharpe"), options.riskFree());
    drawdowns(node.putArray("drawdowns"));
    exposure(node.putObject("exposure"));
    scan.trades.write(node.putObject("trades"));
    profit(node.putObject("profit"));
    final ObjectNode costs = node.putObject("costs");
    scan.quality.writeCosts(costs);
    costs.put("funding", Money.decimal(scan.funding()));
    quality(node.putObject("fill_quality"));
    gate(node.putObject("gate"));
    Latency.write(run, node.putObject("latency"));
    final ChangedSettings settings =
        new ChangedSettings(manifest.config(), manifest.strategy() != null);
    new Sanity(scan, basis, options).write(node.putObject("sanity"), settings);
    reproduce(node.putObject("reproduce"), settings);
    return node;
  }

  private void run(final ObjectNode node) {
    node.put("run_id", manifest.runId());
    node.put("mode", manifest.mode());
    node.put("strategy", manifest.strategy() == null ? null : manifest.strategy().name());
    node.put("data", manifest.data().description());
    node.put("strategy_stopped", scan.view.strategyStopped());
    node.put("status", manifest.end() == null ? "unfinished" : manifest.end().status());
    node.put("reason", manifest.end() == null ? null : manifest.end().reason());
    node.put("first_time", Money.seconds(scan.firstTime()));
    node.put("last_time", Money.seconds(scan.lastTime()));
    node.put("inputs", scan.tape.inputs());
    node.put("market_inputs", scan.tape.marketInputs());
    node.put("outputs", scan.view.outputs());
    node.put("previous_run", manifest.previous() == null ? null : manifest.previous().runId());
  }

  private void statistics(final ObjectNode node) {
    final double[] r = basis.returns();
    final double perYear = basis.perYear();
    final double riskFree = options.riskFree() / perYear;
    final boolean enough = basis.enough();
    final double seconds = (scan.lastTime() - scan.firstTime()) / 1e9;
    final double fall = scan.drawdowns.worst();
    final double growth =
        seconds / DAY_SECONDS < FEWEST_DAYS_OF_A_YEAR
            ? Double.NaN
            : Returns.cagr(start, end, seconds / YEAR_SECONDS);
    node.put("start_equity", Money.decimal(scan.firstNav()));
    node.put("end_equity", Money.decimal(scan.lastNav()));
    node.put("net_profit", Money.decimal(netProfit()));
    node.set("total_return", Json.number(end / start - 1));
    node.set("cagr", Json.number(growth));
    node.put("days", scan.days.count());
    node.put("period", basis.periods().name());
    node.put("periods", r.length);
    node.put("periods_per_year", perYear);
    node.put("risk_free", options.riskFree());
    node.set("annual_return", Json.number(enough ? Returns.annual(r, perYear) : Double.NaN));
    node.set("volatility", Json.number(enough ? Returns.volatility(r, perYear) : Double.NaN));
    node.set("sharpe", Json.number(enough ? Returns.sharpe(r, riskFree, perYear) : Double.NaN));
    node.set(
        "sharpe_error",
        Json.number(enough ? Returns.sharpeError(r, riskFree, perYear) : Double.NaN));
    node.set("sortino", Json.number(enough ? Returns.sortino(r, riskFree, perYear) : Double.NaN));
    node.set("calmar", Json.number(Returns.calmar(growth, fall)));
    node.put("max_drawdown", fall);
    node.put("longest_drawdown_s", scan.drawdowns.longestNanos() / 1e9);
    node.set("var_95", Json.number(enough ? Returns.valueAtRisk(r, TAIL) : Double.NaN));
    node.set(
        "expected_shortfall_95",
        Json.number(enough ? Returns.expectedShortfall(r, TAIL) : Double.NaN));
    node.set("skewness", Json.number(enough ? Returns.skewness(r) : Double.NaN));
    node.set("kurtosis", Json.number(enough ? Returns.kurtosis(r) : Double.NaN));
    double best = Double.NaN;
    double worst = Double.NaN;
    int up = 0;
    for (final double one : r) {
      best = Double.isNaN(best) ? one : Math.max(best, one);
      worst = Double.isNaN(worst) ? one : Math.min(worst, one);
      up += one > 0 ? 1 : 0;
    }
    node.set("best_period", Json.number(best));
    node.set("worst_period", Json.number(worst));
    node.set("positive_periods", Json.number(r.length == 0 ? Double.NaN : (double) up / r.length));
  }

  private long netProfit() {
    return scan.firstNav() == Fixed.NONE
        ? Fixed.NONE
        : Math.subtractExact(scan.lastNav(), scan.firstNav());
  }

  private void benchmark(final ObjectNode node) {
    final int id = scan.benchmarkInstrument();
    final double[][] pair = basis.paired();
    final boolean enough = pair[0].length >= Basis.FEWEST;
    node.put("symbol", id == 0 ? null : scan.tape.symbol(id));
    node.set("first_price", Json.number(scan.benchmarkFirst()));
    node.set("last_price", Json.number(scan.benchmarkLast()));
    node.set("total_return", Json.number(scan.benchmarkLast() / scan.benchmarkFirst() - 1));
    node.put("max_drawdown", scan.benchmarkDrawdown());
    node.set(
        "sharpe",
        Json.number(
            enough
                ? Returns.sharpe(pair[1], options.riskFree() / basis.perYear(), basis.perYear())
                : Double.NaN));
    node.set("beta", Json.number(enough ? Returns.beta(pair[0], pair[1]) : Double.NaN));
    node.set(
        "alpha",
        Json.number(enough ? Returns.alpha(pair[0], pair[1], basis.perYear()) : Double.NaN));
    node.set(
        "correlation", Json.number(enough ? Returns.correlation(pair[0], pair[1]) : Double.NaN));
  }

  /** Returns by calendar month, UTC. */
  private void months(final ArrayNode list) {
    double before = start;
    for (int i = 0; i < scan.days.count(); i++) {
      final YearMonth month = month(i);
      if (i + 1 < scan.days.count() && month(i + 1).equals(month)) {
        continue;
      }
      final ObjectNode row = list.addObject();
      row.put("year", month.getYear());
      row.put("month", month.getMonthValue());
      row.set("return", Json.number(scan.days.equity(i) / before - 1));
      before = scan.days.equity(i);
    }
  }

  private YearMonth month(final int day) {
    return YearMonth.from(
        Instant.ofEpochSecond(scan.days.startTime(day) / 1_000_000_000L).atZone(ZoneOffset.UTC));
  }

  private void drawdowns(final ArrayNode list) {
    for (final Drawdowns.Fall fall : scan.drawdowns.deepest()) {
      final ObjectNode row = list.addObject();
      row.put("depth", fall.depth());
      row.put("start_time", Money.seconds(fall.startTime()));
      row.put("trough_time", Money.seconds(fall.troughTime()));
      row.put("end_time", fall.endTime() == 0 ? null : Money.seconds(fall.endTime()));
    }
  }

  private void exposure(final ObjectNode node) {
    node.put("time_in_market", scan.timeInMarket());
    node.put("mean_gross", scan.meanGross());
    node.put("max_gross", scan.mostGross());
  }

  private void profit(final ObjectNode node) {
    scan.trades.byStrategy.write(node.putArray("by_strategy"));
    scan.trades.byStructure.write(node.putArray("by_structure"));
    scan.trades.bySymbol.write(node.putArray("by_symbol"));
    scan.trades.byRegime.write(node.putArray("by_regime"));
    final long net = scan.firstNav() == Fixed.NONE ? 0 : netProfit();
    node.put("of_trades", Money.decimal(scan.trades.profit()));
    // Funding, deposits, and what rounding of averages leaves.
    node.put("not_of_trades", Money.decimal(Math.subtractExact(net, scan.trades.profit())));
    factors(
        node.putArray("by_factor"),
        Fixed.toDouble(net),
        Fixed.toDouble(Math.subtractExact(net, scan.trades.profit())));
  }

  private void factors(final ArrayNode list, final double net, final double notOfTrades) {
    final Holdings held = scan.holdings;
    final double said =
        held.underlying()
            + held.gamma()
            + held.theta()
            + held.volatility()
            + held.execution()
            - held.fees();
    factor(list, "underlying", held.underlying());
    factor(list, "gamma", held.gamma());
    factor(list, "theta", held.theta());
    factor(list, "volatility", held.volatility());
    factor(list, "execution", held.execution());
    factor(list, "fees", -held.fees());
    final double funding = -Fixed.toDouble(scan.funding());
    factor(list, "funding", funding);
    factor(list, "deposits", notOfTrades - funding);
    factor(list, "not explained", net - said - notOfTrades);
  }

  private static void factor(final ArrayNode list, final String name, final double profit) {
    final ObjectNode row = list.addObject();
    row.put("name", name);
    row.put("profit", Math.rint(profit * FIXED) / FIXED + 0.0); // dust is 0, and never -0
  }

  private void quality(final ObjectNode node) {
    final ArrayNode symbols = node.putArray("symbols");
    for (final Map.Entry<Integer, RunView.RouterQuality> entry : scan.view.routers().entrySet()) {
      final RunView.RouterQuality router = entry.getValue();
      if (symbols.size() == Attribution.LISTED) {
        break;
      }
      final ObjectNode row = symbols.addObject();
      row.put("symbol", scan.tape.symbol(entry.getKey()));
      row.put("orders", router.orders());
      row.put("fill_rate", router.fillRate());
      row.put("maker_ratio", router.makerRatio());
      row.put("fallback_rate", router.fallbackRate());
      row.put("rejected", router.rejected());
      row.put("seconds_to_fill", router.secondsToFill());
      row.put("slippage_bps", router.slippageBps());
      row.put("fees_bps", router.feesBps());
    }
    scan.quality.writeMarkouts(node.putArray("markouts"));
  }

  private void gate(final ObjectNode node) {
    final RunView view = scan.view;
    node.put("ideas", view.ideas());
    node.put("intents", view.intents());
    node.put("declined", view.declined());
    node.put("approvals", view.approvals());
    node.put("reductions", view.reductions());
    node.put("vetoes", view.vetoes());
    node.put("orders", view.orders());
    node.put("fills", view.fills());
    final ObjectNode checks = node.putObject("vetoes_by_check");
    view.vetoesByCheck().forEach((check, count) -> checks.put(Origins.word(check.name()), count));
    final ObjectNode alerts = node.putObject("alerts");
    view.alertsByCode().forEach(alerts::put);
  }

  private void reproduce(final ObjectNode node, final ChangedSettings settings) {
    node.put("topology", manifest.topology());
    node.put("build_version", manifest.buildVersion());
    node.put("message_schema_version", manifest.messageSchemaVersion());
    node.put("config_digest", manifest.configDigest());
    node.put("strategy_file", manifest.strategy() == null ? null : manifest.strategy().file());
    node.put("strategy_sha256", manifest.strategy() == null ? null : manifest.strategy().hash());
    final Manifest.End ended = manifest.end();
    node.put("decisions_digest", ended == null ? null : ended.digest());
    node.put("input_chain", ended == null ? null : ended.inputChain());
    node.put("decision_chain", ended == null ? null : ended.decisionChain());
    node.put("input_file_crc", ended == null ? null : ended.inputFileCrc());
    node.put("decision_file_crc", ended == null ? null : ended.decisionFileCrc());
    final ArrayNode inputs = node.putArray("data_files");
    for (final Manifest.SourceFile file : manifest.data().files()) {
      final ObjectNode row = inputs.addObject();
      row.put("file", file.path());
      row.put("sha256", file.sha256());
    }
    settings.write(node.putObject("changed_settings"));
    final ArrayNode files = node.putArray("files");
    for (final String name : Report.FILES) {
      files.add(name);
    }
  }
}
