package io.millrace.core.simvenue;

import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderRequestEncoder;
import io.millrace.codecs.OrderType;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Side;
import io.millrace.codecs.TimeInForce;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.Desk;
import io.millrace.core.order.Legs;
import io.millrace.core.portfolio.MarginConfig;
import io.millrace.core.portfolio.Portfolio;
import io.millrace.core.portfolio.PortfolioConfig;
import java.util.ArrayList;
import java.util.List;

/** A desk at the simulated venue: events in, reports out as text. */
final class Floor {
  final Desk desk = new Desk(64);
  final SimulatedVenue venue;
  final Legs legs = new Legs();
  private final OrderRequestEncoder request = new OrderRequestEncoder();
  private long nextOrderId = 1;

  final Portfolio portfolio;

  Floor(final VenueConfig config) {
    this(config, MarginConfig.none());
  }

  /** With an account that margin is demanded of. */
  Floor(final VenueConfig config, final MarginConfig margin) {
    portfolio = new Portfolio(PortfolioConfig.defaults(), margin, desk.market);
    venue = new SimulatedVenue(config, desk.market, portfolio.margin());
  }

  /** The next event: time passes at the venue too. */
  Floor at(final long time) {
    desk.at(time);
    venue.advance(time);
    return this;
  }

  void quote(
      final int id,
      final double bid,
      final double bidSize,
      final double ask,
      final double askSize) {
    desk.quote(id, bid, bidSize, ask, askSize);
    venue.onQuote(id);
    venue.advance(desk.now());
  }

  void print(final int id, final double price, final double size) {
    desk.print(id, Desk.fixed(price), Desk.fixed(size));
    venue.onTrade(id, Desk.fixed(price), Desk.fixed(size));
  }

  long send(
      final int id,
      final Side side,
      final TimeInForce timeInForce,
      final double quantity,
      final double price) {
    return sendFixed(id, side, timeInForce, Desk.fixed(quantity), Desk.fixed(price));
  }

  long sendFixed(
      final int id,
      final Side side,
      final TimeInForce timeInForce,
      final long quantity,
      final long price) {
    return send(nextOrderId++, OrderAction.NEW, id, side, timeInForce, quantity, price);
  }

  /** A market order. */
  long market(final int id, final Side side, final double quantity) {
    final long orderId = nextOrderId++;
    return send(
        orderId,
        OrderAction.NEW,
        OrderType.MARKET,
        id,
        side,
        TimeInForce.DAY,
        Desk.fixed(quantity),
        Fixed.NONE);
  }

  /** A stop order; a stop limit with a limit above 0. */
  long stop(
      final int id,
      final Side side,
      final double quantity,
      final double trigger,
      final double limit,
      final boolean reduceOnly) {
    final long orderId = nextOrderId++;
    final int from = desk.out.count();
    desk.out.begin(request);
    request
        .instrumentId(id)
        .orderId(orderId)
        .action(OrderAction.NEW)
        .orderType(limit > 0 ? OrderType.STOP_LIMIT : OrderType.STOP)
        .timeInForce(TimeInForce.GTC)
        .side(side)
        .quantity(Desk.fixed(quantity))
        .limitPrice(Desk.fixed(limit > 0 ? limit : trigger))
        .triggerPrice(Desk.fixed(trigger))
        .reduceOnly((short) (reduceOnly ? 1 : 0))
        .legsCount(0);
    desk.out.end(request);
    venue.accept(desk.out, from);
    return orderId;
  }

  /** As {@link #heard}, and the account books the fills. */
  List<String> booked(final int id, final Side side) {
    final List<String> heard = new ArrayList<>();
    while (venue.poll(desk.now())) {
      final ExecutionReportDecoder report = venue.report();
      heard.add(text(report));
      if (report.quantity() > 0) {
        portfolio.onFill(id, side, report.quantity(), report.price(), 0, desk.out);
      }
    }
    return heard;
  }

  void cancel(final long orderId) {
    send(orderId, OrderAction.CANCEL, Desk.STOCK, Side.BUY, TimeInForce.GTX, 0, 0);
  }

  long send(
      final long orderId,
      final OrderAction action,
      final int id,
      final Side side,
      final TimeInForce timeInForce,
      final long quantity,
      final long price) {
    return send(orderId, action, OrderType.LIMIT, id, side, timeInForce, quantity, price);
  }

  private long send(
      final long orderId,
      final OrderAction action,
      final OrderType orderType,
      final int id,
      final Side side,
      final TimeInForce timeInForce,
      final long quantity,
      final long price) {
    final int from = desk.out.count();
    desk.out.begin(request);
    request
        .instrumentId(id)
        .orderId(orderId)
        .action(action)
        .orderType(orderType)
        .timeInForce(timeInForce)
        .side(side)
        .quantity(quantity)
        .limitPrice(price);
    final OrderRequestEncoder.LegsEncoder rows = request.legsCount(legs.count());
    for (int i = 0; i < legs.count(); i++) {
      rows.next().instrumentId(legs.instrumentId(i)).side(legs.side(i)).ratio(legs.ratio(i));
    }
    desk.out.end(request);
    venue.accept(desk.out, from);
    return orderId;
  }

  /** What has reached us by now. */
  List<String> heard() {
    final List<String> heard = new ArrayList<>();
    while (venue.poll(desk.now())) {
      heard.add(text(venue.report()));
    }
    return heard;
  }

  /** What reaches us in the end, if nothing else happens. */
  List<String> heardSoon() {
    at(desk.now() + 2 * Desk.MILLI);
    return heard();
  }

  static String text(final ExecutionReportDecoder report) {
    final OrderEventType event = report.event();
    final StringBuilder text =
        new StringBuilder().append(report.orderId()).append(' ').append(event);
    if (event == OrderEventType.FILL || event == OrderEventType.PARTIAL_FILL) {
      text.append(' ')
          .append(Fixed.format(report.quantity()))
          .append(" at ")
          .append(Fixed.format(report.price()))
          .append(' ')
          .append(report.liquidity())
          .append(' ')
          .append(report.fillReason());
      if (report.queueBefore() != 0 || report.queueAfter() != 0) {
        text.append(" queue ")
            .append(Fixed.format(report.queueBefore()))
            .append('>')
            .append(Fixed.format(report.queueAfter()));
      }
      if (report.legIndex() != 0) {
        text.append(" leg ").append(report.legIndex());
      }
    } else if (report.reason() != RejectReason.NONE) {
      text.append(' ').append(report.reason());
    }
    return text.toString();
  }
}
