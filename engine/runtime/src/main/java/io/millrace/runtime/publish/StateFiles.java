package io.millrace.runtime.publish;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.PositionEventDecoder;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.OrderId;
import io.millrace.journal.AtomicFile;
import io.millrace.journal.JournalException;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.message.MessageJson;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The content of every state file, from a {@link RunView}; see {@code config/state_manifest.json}
 * for the list and {@code config/schemas} for the shapes.
 */
public final class StateFiles implements AutoCloseable {
  /** Files whose content is a function of the decision log. */
  static final List<String> CONTENT =
      List.of(
          "nav_state",
          "risk_snapshot",
          "positions_state",
          "engine_features",
          "suggestions",
          "trade_ideas",
          "orders",
          "router_health",
          "diagnostics");

  private static final String RUN = "run.json";
  private static final int SCHEMA_VERSION = 1;
  private static final int FIXED_DECIMALS = 8;
  private static final int NANO_DECIMALS = 9;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final PositionEventDecoder positionDecoder = new PositionEventDecoder();
  private final OrderRequestDecoder requestDecoder = new OrderRequestDecoder();
  private final ObjectMapper mapper = mapper();
  private final Path directory;
  private final List<RunDirectory> runs;
  private final Manifest manifest;
  private final MessageJson json;
  private final IntSymbols symbols;
  private final Marks marks;

  /** Names of instruments. */
  interface IntSymbols {
    String symbol(int id);
  }

  StateFiles(final RunDirectory run, final Manifest manifest, final Symbols symbols) {
    directory = run.state();
    runs = Manifest.chain(run);
    final Config config = ConfigLoader.bind(manifest.config());
    marks = new Marks(runs, config.market(), config.portfolio().mark());
    this.manifest = manifest;
    this.json = new MessageJson(symbols);
    this.symbols = symbols::apply;
  }

  /** The state that a view comes to, all files in one object, as {@code replay --until} prints. */
  public static ObjectNode dump(
      final RunDirectory run, final Manifest manifest, final Symbols symbols, final RunView view) {
    try (StateFiles files = new StateFiles(run, manifest, symbols)) {
      final ObjectNode node = files.head(view);
      for (final String name : CONTENT) {
        node.set(name, files.content(name, view));
      }
      return node;
    }
  }

  /**
   * Puts into the state of a run that its process was killed: its last {@code run.json} says that
   * it runs, and nobody else will say otherwise.
   *
   * @param run without an end in its manifest, and without a process
   * @throws JournalException if the file cannot be replaced
   */
  public static void killed(final RunDirectory run) {
    final Path file = run.state().resolve(RUN);
    if (!Files.exists(file)) {
      return; // killed before it said anything
    }
    try {
      final ObjectMapper mapper = mapper();
      if (mapper.readTree(file.toFile()) instanceof ObjectNode node) {
        node.put("status", "killed");
        AtomicFile.replace(file, ByteBuffer.wrap(mapper.writeValueAsBytes(node)));
      }
    } catch (final IOException e) {
      throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    marks.close();
  }

  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }

  private ObjectNode content(final String name, final RunView view) {
    return switch (name) {
      case "nav_state" -> nav(view);
      case "risk_snapshot" -> risk(view);
      case "positions_state" -> positions(view);
      case "engine_features" -> list(view, "engines", view.engines());
      case "suggestions" -> list(view, "suggestions", view.suggestions());
      case "trade_ideas" -> list(view, "ideas", view.lastIdeas());
      case "orders" -> orders(view);
      case "router_health" -> routers(view);
      case "diagnostics" -> diagnostics(view);
      default -> throw new IllegalArgumentException("no state file is called " + name);
    };
  }

  /** Replaces a file whose content is a function of the decision log. */
  void write(final String name, final RunView view) {
    replace(name, content(name, view));
  }

  /** Replaces {@code latency.json}. */
  void writeLatency(final RunView view, final StageTimes times) {
    final ObjectNode node = head(view);
    node.put("unit", "microseconds");
    final ObjectNode stages = node.putObject("stages");
    for (final StageTimes.Row row : StageTimes.Row.values()) {
      final Histogram histogram = times.histogram(row);
      final ObjectNode stage = stages.putObject(row.name().toLowerCase(Locale.ROOT));
      stage.put("count", histogram.getTotalCount());
      stage.put("p50", micros(histogram, 50));
      stage.put("p90", micros(histogram, 90));
      stage.put("p99", micros(histogram, 99));
      stage.put("p999", micros(histogram, 99.9));
      stage.put("max", histogram.getTotalCount() == 0 ? 0 : histogram.getMaxValue() / 1e3);
    }
    replace("latency", node);
  }

  /** Replaces {@code run.json}. */
  void writeRun(final RunView view, final ObjectNode facts, final String status, final String why) {
    final ObjectNode node = head(view);
    node.put("mode", manifest.mode());
    node.put("topology", manifest.topology());
    node.put("status", status);
    node.put("reason", why);
    node.put("config_digest", manifest.configDigest());
    node.put("build_version", manifest.buildVersion());
    node.put("data", manifest.data().description());
    node.put("previous_run", manifest.previous() == null ? null : manifest.previous().runId());
    node.set(
        "output_digest",
        view.latestDigest() == null ? null : decode(view.latestDigest()).get("digest"));
    node.setAll(facts);
    replace("run", node);
  }

  private static double micros(final Histogram histogram, final double percentile) {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e3;
  }

  private ObjectNode head(final RunView view) {
    final ObjectNode node = mapper.createObjectNode();
    node.put("schema_version", SCHEMA_VERSION);
    node.put("run_id", manifest.runId());
    node.put("input_sequence", view.inputSequence());
    node.put("updated_ts", seconds(view.eventTime()));
    return node;
  }

  private ObjectNode nav(final RunView view) {
    final ObjectNode node = head(view);
    if (view.latestNav() != null) {
      copy(view.latestNav(), node, "nav", "cash", "realised", "unrealised", "fees", "peak");
      node.put("start_nav", decimal(view.firstNav()));
      node.put("pnl", decimal(Math.subtractExact(view.nav(), view.firstNav())));
    }
    return node;
  }

  private ObjectNode risk(final RunView view) {
    final ObjectNode node = head(view);
    if (view.latestNav() != null) {
      copy(view.latestNav(), node, "nav", "drawdown", "gross", "net", "risk_mode");
    }
    limits(node.putArray("limits"), view);
    node.put("approvals", view.approvals());
    node.put("reductions", view.reductions());
    node.put("vetoes", view.vetoes());
    counts(node.putObject("vetoes_by_check"), view.vetoesByCheck());
    final ArrayNode last = node.putArray("last_vetoes");
    for (final byte[] message : view.lastVetoes()) {
      final ObjectNode veto = decode(message);
      // All checks are in risk_vetoes.jsonl; here stand those that did not pass.
      final ArrayNode checks = (ArrayNode) veto.remove("checks");
      final ArrayNode failed = veto.putArray("failed");
      for (final JsonNode check : checks) {
        if (!check.get("status").asText().equals("pass")) {
          failed.add(check);
        }
      }
      last.add(veto);
    }
    return node;
  }

  /** Account limits of the config, and how much of each is used. */
  private void limits(final ArrayNode list, final RunView view) {
    final JsonNode risk = manifest.config().path("risk");
    final JsonNode portfolio = manifest.config().path("portfolio");
    if (view.latestNav() != null) {
      final ObjectNode nav = decode(view.latestNav());
      final double worth = nav.path("nav").doubleValue();
      final double gross = worth > 0 ? nav.path("gross").doubleValue() / worth : 0;
      final double net = worth > 0 ? Math.abs(nav.path("net").doubleValue()) / worth : 0;
      final double drawdown = nav.path("drawdown").doubleValue();
      limit(list, "gross_exposure_multiple", gross, risk);
      limit(list, "net_exposure_multiple", net, risk);
      limit(list, "drawdown_pct", drawdown, risk);
      limit(list, "defensive_drawdown_pct", drawdown, portfolio);
      limit(list, "halt_drawdown_pct", drawdown, portfolio);
    }
    int working = 0;
    for (final Iterator<RunView.OrderView> it = view.working().iterator();
        it.hasNext();
        it.next()) {
      working++;
    }
    limit(list, "open_orders_total", working, risk);
  }

  private static void limit(
      final ArrayNode list, final String name, final double value, final JsonNode section) {
    final double allowed = section.path(name).doubleValue();
    final ObjectNode row = list.addObject();
    row.put("limit", name);
    row.put("value", value);
    row.put("allowed", allowed);
    row.put("used", allowed > 0 ? value / allowed : value > 0 ? 1 : 0);
  }

  /** Positions that are open, or were: with their worth as the market stands. */
  private ObjectNode positions(final RunView view) {
    final ObjectNode node = head(view);
    final ArrayNode list = node.putArray("positions");
    marks.advance(view.inputSequence());
    for (final byte[] message : view.positions()) {
      final ObjectNode row = decode(message);
      positionDecoder.wrapAndApplyHeader(new UnsafeBuffer(message), 0, header);
      final int id = positionDecoder.instrumentId();
      final long quantity = positionDecoder.quantity();
      final long mark = quantity == 0 ? Fixed.NONE : marks.mark(id, quantity);
      if (mark == Fixed.NONE) {
        row.putNull("mark");
        row.put("unrealised", quantity == 0 ? BigDecimal.ZERO : null);
      } else {
        row.put("mark", decimal(mark));
        row.put(
            "unrealised", decimal(marks.gain(id, quantity, positionDecoder.averagePrice(), mark)));
      }
      list.add(row);
    }
    return node;
  }

  private ObjectNode list(final RunView view, final String name, final Iterable<byte[]> messages) {
    final ObjectNode node = head(view);
    add(node.putArray(name), messages);
    return node;
  }

  private ObjectNode orders(final RunView view) {
    final ObjectNode node = head(view);
    node.put("orders", view.orders());
    node.put("fills", view.fills());
    addOrders(node.putArray("working"), view.working());
    addOrders(node.putArray("last"), view.lastOrders());
    add(node.putArray("last_fills"), view.lastFills());
    return node;
  }

  private void addOrders(final ArrayNode list, final Iterable<RunView.OrderView> orders) {
    for (final RunView.OrderView order : orders) {
      final ObjectNode node = decode(order.request());
      requestDecoder.wrapAndApplyHeader(new UnsafeBuffer(order.request()), 0, header);
      // Of the run that sent it, which may be one that this run goes on from.
      final RunDirectory sender = runs.get(OrderId.generation(requestDecoder.orderId()));
      node.put("client_order_id", sender.id() + "-" + node.get("order_id").asText());
      if (order.event() != null) {
        copy(order.event(), node, "filled", "leaves", "reason");
        node.set("state", decode(order.event()).get("to"));
      }
      list.add(node);
    }
  }

  private ObjectNode routers(final RunView view) {
    final ObjectNode node = head(view);
    final ArrayNode list = node.putArray("symbols");
    for (final Map.Entry<Integer, RunView.RouterQuality> entry : view.routers().entrySet()) {
      final RunView.RouterQuality quality = entry.getValue();
      final ObjectNode row = list.addObject();
      row.put("symbol", symbols.symbol(entry.getKey()));
      row.put("orders", quality.orders());
      row.put("fill_rate", quality.fillRate());
      row.put("maker_ratio", quality.makerRatio());
      row.put("fallback_rate", quality.fallbackRate());
      row.put("rejected", quality.rejected());
      row.put("seconds_to_fill", quality.secondsToFill());
      row.put("slippage_bps", quality.slippageBps());
      row.put("fees_bps", quality.feesBps());
    }
    return node;
  }

  private ObjectNode diagnostics(final RunView view) {
    final ObjectNode node = head(view);
    node.put("outputs", view.outputs());
    node.put("ideas", view.ideas());
    node.put("declined", view.declined());
    counts(node.putObject("ideas_by_strategy"), view.ideasByStrategy());
    counts(node.putObject("declined_by_reason"), view.declinedByReason());
    counts(node.putObject("vetoes_by_check"), view.vetoesByCheck());
    counts(node.putObject("regimes"), view.regimes());
    counts(node.putObject("alerts"), view.alertsByCode());
    counts(node.putObject("data_faults"), view.faults());
    return node;
  }

  private static void counts(final ObjectNode node, final Map<?, Long> counts) {
    counts.forEach((key, count) -> node.put(key.toString().toLowerCase(Locale.ROOT), count));
  }

  private void add(final ArrayNode list, final Iterable<byte[]> messages) {
    for (final byte[] message : messages) {
      list.add(decode(message));
    }
  }

  private void copy(final byte[] message, final ObjectNode to, final String... fields) {
    final ObjectNode from = decode(message);
    for (final String field : fields) {
      to.set(field, from.get(field));
    }
  }

  ObjectNode decode(final byte[] message) {
    return json.decode(new UnsafeBuffer(message), 0);
  }

  private void replace(final String name, final ObjectNode node) {
    try {
      AtomicFile.replace(
          directory.resolve(name + ".json"), ByteBuffer.wrap(mapper.writeValueAsBytes(node)));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BigDecimal decimal(final long fixed) {
    return new BigDecimal(
        BigDecimal.valueOf(fixed, FIXED_DECIMALS).stripTrailingZeros().toPlainString());
  }

  private static BigDecimal seconds(final long nanos) {
    return new BigDecimal(
        BigDecimal.valueOf(nanos, NANO_DECIMALS).stripTrailingZeros().toPlainString());
  }
}
