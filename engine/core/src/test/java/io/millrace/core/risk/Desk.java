package io.millrace.core.risk;

import static io.millrace.core.portfolio.TestMarket.fx;

import io.millrace.codecs.Check;
import io.millrace.codecs.CheckStatus;
import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.ExecutionReportEncoder;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.RiskDecisionDecoder;
import io.millrace.codecs.Role;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import io.millrace.codecs.Verdict;
import io.millrace.core.order.Approval;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.MarkRule;
import io.millrace.core.portfolio.Portfolio;
import io.millrace.core.portfolio.PortfolioConfig;
import io.millrace.core.portfolio.TestMarket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** An account with a gate, for tests. Nothing in the portfolio's config changes the mode. */
final class Desk {
  /** One row of a decision. */
  record Row(CheckStatus status, long value, long limit, long margin) {}

  static final PortfolioConfig CALM = new PortfolioConfig(1_000, 0, 0.01, 1, 1, 1, MarkRule.MID);

  final TestMarket world = new TestMarket();
  final Portfolio portfolio;
  final Orders orders = new Orders(256);
  final RiskLimits limits;
  final RiskGate gate;
  final OrderIntent intent = new OrderIntent();
  private final Approval approval = new Approval();
  private final Approval.Issuer elsewhere = new Approval().issuer();
  private final OrderIntent other = new OrderIntent();
  private final RiskDecisionDecoder decision = new RiskDecisionDecoder();
  private final ExecutionReportEncoder report = new ExecutionReportEncoder();
  private final ExecutionReportDecoder reported = new ExecutionReportDecoder();
  private long keys;
  private long cause = 1;

  Desk(final RiskLimits limits) {
    this(limits, CALM);
  }

  Desk(final RiskLimits limits, final PortfolioConfig config) {
    this.limits = limits;
    portfolio = new Portfolio(config, world.market);
    gate = new RiskGate(limits, world.market, portfolio, orders, approval.issuer());
  }

  /** Cash there and NAV struck now. */
  Desk cash(final double money) {
    portfolio.onAccount(fx(money));
    return strike();
  }

  Desk strike() {
    portfolio.markNow(world.now, world.outputs);
    return this;
  }

  Desk hold(final int id, final double signed, final double price) {
    portfolio.onFill(
        id, signed > 0 ? Side.BUY : Side.SELL, fx(Math.abs(signed)), fx(price), 0, world.outputs);
    return strike();
  }

  /** A new wish with a key of its own. */
  OrderIntent wish(
      final Purpose purpose,
      final int id,
      final Side side,
      final double units,
      final double price) {
    return intent.set(purpose, ++keys, id, side, fx(units), fx(price)).idea(cause, 0);
  }

  Approval open(final int id, final Side side, final double units, final double price) {
    wish(Purpose.OPEN, id, side, units, price);
    return judge();
  }

  Approval exit(final int id, final Side side, final double units, final double price) {
    wish(Purpose.EXIT, id, side, units, price);
    return judge();
  }

  Approval judge() {
    world.outputs.reset(++cause, world.now);
    return gate.judge(intent, world.now, world.outputs);
  }

  /** An order that works at the venue already. */
  Order working(final int id, final Side side, final double units, final double price) {
    other.set(Purpose.OPEN, - ++keys, id, side, fx(units), fx(price));
    return submit();
  }

  /** The last wish, now working at the venue. */
  Order submitWish() {
    other.set(
        intent.purpose(),
        intent.key(),
        intent.instrumentId(),
        intent.side(),
        intent.quantity(),
        intent.limitPrice());
    other.maxLossPerUnit(intent.maxLossPerUnit());
    other.legs().copy(intent.legs());
    if (intent.ofStrategy()) {
      other.sameOrigin(intent);
    }
    return submit();
  }

  private Order submit() {
    world.outputs.reset(++cause, world.now);
    final Order order = orders.open(elsewhere.grant(other, other.quantity(), 0, 0), world.outputs);
    orders.submit(
        order,
        Role.MAKER,
        OrderType.LIMIT,
        TimeInForce.GTC,
        other.limitPrice(),
        world.now,
        world.outputs);
    return order;
  }

  /** The venue says that an order is gone. */
  void cancelled(final Order order) {
    world.outputs.reset(++cause, world.now);
    report.wrap(new UnsafeBuffer(new byte[ExecutionReportEncoder.BLOCK_LENGTH]), 0);
    report.orderId(order.orderId()).event(OrderEventType.CANCEL).instrumentId(order.instrumentId());
    reported.wrap(
        report.buffer(),
        0,
        ExecutionReportEncoder.BLOCK_LENGTH,
        ExecutionReportEncoder.SCHEMA_VERSION);
    orders.apply(reported, world.now, world.outputs);
  }

  private RiskDecisionDecoder read() {
    return world.outputs.read(world.outputs.count() - 1, decision);
  }

  Verdict verdict() {
    return read().verdict();
  }

  /** The check that decided. */
  Check decisive() {
    return read().denial();
  }

  long approved() {
    return read().approved();
  }

  Map<Check, Row> rows() {
    final Map<Check, Row> rows = new LinkedHashMap<>();
    for (final RiskDecisionDecoder.ChecksDecoder row : read().checks()) {
      rows.put(row.check(), new Row(row.status(), row.value(), row.limit(), row.margin()));
    }
    return rows;
  }

  Row row(final Check check) {
    return rows().get(check);
  }
}
