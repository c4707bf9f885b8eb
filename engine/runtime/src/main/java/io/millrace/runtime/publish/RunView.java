package io.millrace.runtime.publish;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertDecoder;
import io.millrace.codecs.Check;
import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.IdeaStatus;
import io.millrace.codecs.IntentDecoder;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.NavEventDecoder;
import io.millrace.codecs.NoteKind;
import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderEventDecoder;
import io.millrace.codecs.OrderEventType;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.PositionEventDecoder;
import io.millrace.codecs.Purpose;
import io.millrace.codecs.Regime;
import io.millrace.codecs.RiskDecisionDecoder;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.Role;
import io.millrace.codecs.Side;
import io.millrace.codecs.StateDigestDecoder;
import io.millrace.codecs.StrategyNoteDecoder;
import io.millrace.codecs.SuggestionDecoder;
import io.millrace.codecs.TradeIdeaDecoder;
import io.millrace.codecs.Verdict;
import io.millrace.core.market.Fixed;
import io.millrace.runtime.checkpoint.Held;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a decision log comes to: counters, the latest of each thing, and the last few of what comes
 * in series. A function of the log alone (and of what the runs before it left, where it goes on
 * from them). Not for several threads.
 */
public final class RunView {
  /** How many ideas, vetoes, orders that are over, and fills are kept. */
  public static final int KEPT = 50;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final EngineOutputDecoder engine = new EngineOutputDecoder();
  private final SuggestionDecoder suggestion = new SuggestionDecoder();
  private final TradeIdeaDecoder idea = new TradeIdeaDecoder();
  private final RiskDecisionDecoder decision = new RiskDecisionDecoder();
  private final OrderRequestDecoder request = new OrderRequestDecoder();
  private final OrderEventDecoder orderEvent = new OrderEventDecoder();
  private final FillDecoder fill = new FillDecoder();
  private final PositionEventDecoder position = new PositionEventDecoder();
  private final NavEventDecoder nav = new NavEventDecoder();
  private final AlertDecoder alert = new AlertDecoder();
  private final StrategyNoteDecoder note = new StrategyNoteDecoder();
  private final StateDigestDecoder stateDigest = new StateDigestDecoder();

  private long outputs;
  private long inputSequence;
  private long eventTime;
  private long ideas;
  private long intents;
  private String strategyStopped;
  private long declined;
  private long approvals;
  private long reductions;
  private long vetoes;
  private long orders;
  private long fills;
  private long fees;
  private long firstNav = Fixed.NONE;
  private long maxDrawdown;
  private long haltedAt;
  private long haltedDrawdown;
  private byte[] latestNav;
  private byte[] latestDigest;

  private final Map<Regime, Long> regimes = new TreeMap<>();
  private final Map<Check, Long> vetoesByCheck = new TreeMap<>();
  private final Map<String, Long> declinedByReason = new TreeMap<>();
  private final Map<String, Long> ideasByStrategy = new TreeMap<>();
  private final Map<String, Long> alertsByCode = new TreeMap<>();
  private final Map<String, Long> faults = new TreeMap<>();
  private final Map<Long, byte[]> engines = new TreeMap<>();
  private final Map<Long, byte[]> suggestions = new TreeMap<>();
  private final Map<Integer, byte[]> positions = new TreeMap<>();
  private final Map<Long, OrderView> working = new TreeMap<>();
  private final Map<Integer, RouterQuality> routers = new TreeMap<>();
  private final Deque<byte[]> lastIdeas = new ArrayDeque<>();
  private final Deque<byte[]> lastVetoes = new ArrayDeque<>();
  private final Deque<byte[]> lastFills = new ArrayDeque<>();
  private final Deque<OrderView> lastOrders = new ArrayDeque<>();

  private final IntToLongFunction multiplier;

  /** A view that takes every instrument as traded in single units. */
  public RunView() {
    this(id -> Fixed.ONE);
  }

  /**
   * @param multiplier units of the underlying in one contract of an instrument, 1e-8
   */
  public RunView(final IntToLongFunction multiplier) {
    this.multiplier = multiplier;
  }

  /** An order as the log tells it: its request and its latest event. */
  public static final class OrderView {
    private final boolean before;
    private final long sentTime;
    private final byte[] request;
    private byte[] event;

    /** An order that the log tells of, or that was sent in a run before. */
    OrderView(final boolean before, final long sentTime, final byte[] request) {
      this.before = before;
      this.sentTime = sentTime;
      this.request = request;
    }

    /** The OrderRequest, header first. */
    public byte[] request() {
      return request;
    }

    /** The latest OrderEvent, header first; null = none yet. */
    public byte[] event() {
      return event;
    }
  }

  /** How well the router worked the orders of one underlying or instrument. */
  public static final class RouterQuality {
    private long orders;
    private long makerOrders;
    private long fallbackOrders;
    private long filledOrders;
    private long rejected;
    private long fills;
    private long makerFills;
    private long nanosToFill;
    private double slippage;
    private double notional;
    private double fees;

    /** Orders sent. */
    public long orders() {
      return orders;
    }

    /** Share of fills that were maker, 0 to 1; 0 without fills. */
    public double makerRatio() {
      return fills == 0 ? 0 : (double) makerFills / fills;
    }

    /** Share of orders that were filled whole, 0 to 1. */
    public double fillRate() {
      return orders == 0 ? 0 : (double) filledOrders / orders;
    }

    /** Taker fallbacks for each maker order, 0 and up. */
    public double fallbackRate() {
      return makerOrders == 0 ? 0 : (double) fallbackOrders / makerOrders;
    }

    /** Orders that the venue rejected. */
    public long rejected() {
      return rejected;
    }

    /** Mean seconds of event time from request to whole fill; 0 without. */
    public double secondsToFill() {
      return filledOrders == 0 ? 0 : nanosToFill / 1e9 / filledOrders;
    }

    /** Mean price paid beyond the mid at arrival, basis points by notional, fees left out. */
    public double slippageBps() {
      return notional == 0 ? 0 : slippage / notional * 1e4;
    }

    /** Fees, basis points of notional. */
    public double feesBps() {
      return notional == 0 ? 0 : fees / notional * 1e4;
    }
  }

  /**
   * Begins with what the runs left behind that this one goes on from: positions, working orders, a
   * strategy that was stopped. They count as nothing that happened in this run.
   */
  public void held(final Held held) {
    for (final byte[] message : held.positions()) {
      position.wrapAndApplyHeader(new UnsafeBuffer(message), 0, header);
      positions.put(position.instrumentId(), message);
    }
    held.working()
        .forEach(
            (id, order) -> {
              request.wrapAndApplyHeader(new UnsafeBuffer(order.request()), 0, header);
              final OrderView view = new OrderView(true, request.eventTime(), order.request());
              view.event = order.event().length == 0 ? null : order.event();
              working.put(id, view);
            });
    if (held.stopped().length > 0) {
      note.wrapAndApplyHeader(new UnsafeBuffer(held.stopped()), 0, header);
      strategyStopped = note.text();
    }
  }

  /** Takes one record of the log, in order. */
  public void on(
      final int templateId, final DirectBuffer buffer, final int offset, final int length) {
    outputs++;
    switch (templateId) {
      case EngineOutputDecoder.TEMPLATE_ID -> {
        engine.wrapAndApplyHeader(buffer, offset, header);
        at(engine.cause(), engine.eventTime());
        regimes.merge(engine.regime(), 1L, Long::sum);
        engines.put(
            ((long) engine.instrumentId() << 8) | engine.engineRaw(), copy(buffer, offset, length));
      }
      case SuggestionDecoder.TEMPLATE_ID -> {
        suggestion.wrapAndApplyHeader(buffer, offset, header);
        suggestions.put(
            ((long) suggestion.instrumentId() << 8) | suggestion.layerRaw(),
            copy(buffer, offset, length));
      }
      case TradeIdeaDecoder.TEMPLATE_ID -> onIdea(buffer, offset, length);
      case IntentDecoder.TEMPLATE_ID -> intents++;
      case StrategyNoteDecoder.TEMPLATE_ID -> {
        note.wrapAndApplyHeader(buffer, offset, header);
        if (note.kind() == NoteKind.STOPPED) {
          strategyStopped = note.text();
        }
      }
      case RiskDecisionDecoder.TEMPLATE_ID -> onDecision(buffer, offset, length);
      case OrderRequestDecoder.TEMPLATE_ID -> onRequest(buffer, offset, length);
      case OrderEventDecoder.TEMPLATE_ID -> onOrderEvent(buffer, offset, length);
      case FillDecoder.TEMPLATE_ID -> onFill(buffer, offset, length);
      case PositionEventDecoder.TEMPLATE_ID -> {
        position.wrapAndApplyHeader(buffer, offset, header);
        at(position.cause(), position.eventTime());
        positions.put(position.instrumentId(), copy(buffer, offset, length));
      }
      case NavEventDecoder.TEMPLATE_ID -> {
        nav.wrapAndApplyHeader(buffer, offset, header);
        at(nav.cause(), nav.eventTime());
        latestNav = copy(buffer, offset, length);
        if (firstNav == Fixed.NONE) {
          firstNav = nav.nav();
        }
        maxDrawdown = Math.max(maxDrawdown, nav.drawdown());
        if (nav.riskMode() != RiskMode.HALTED) {
          haltedAt = 0;
        } else if (haltedAt == 0) {
          haltedAt = nav.eventTime();
          haltedDrawdown = nav.drawdown();
        }
      }
      case AlertDecoder.TEMPLATE_ID -> {
        alert.wrapAndApplyHeader(buffer, offset, header);
        at(alert.cause(), alert.eventTime());
        alertsByCode.merge(alert.code().name().toLowerCase(java.util.Locale.ROOT), 1L, Long::sum);
        if (alert.code() == AlertCode.DATA_REJECTED
            || alert.code() == AlertCode.UNKNOWN_INSTRUMENT) {
          faults.merge(alert.fault().name().toLowerCase(java.util.Locale.ROOT), 1L, Long::sum);
        }
      }
      case StateDigestDecoder.TEMPLATE_ID -> {
        stateDigest.wrapAndApplyHeader(buffer, offset, header);
        at(stateDigest.cause(), stateDigest.eventTime());
        latestDigest = copy(buffer, offset, length);
      }
      default -> {}
    }
  }

  private void onIdea(final DirectBuffer buffer, final int offset, final int length) {
    idea.wrapAndApplyHeader(buffer, offset, header);
    at(idea.cause(), idea.eventTime());
    if (idea.status() == IdeaStatus.DECLINED) {
      declined++;
      declinedByReason.merge(
          idea.reason().name().toLowerCase(java.util.Locale.ROOT), 1L, Long::sum);
      return;
    }
    ideas++;
    ideasByStrategy.merge(idea.strategy().name().toLowerCase(java.util.Locale.ROOT), 1L, Long::sum);
    keep(lastIdeas, copy(buffer, offset, length));
  }

  private void onDecision(final DirectBuffer buffer, final int offset, final int length) {
    decision.wrapAndApplyHeader(buffer, offset, header);
    at(decision.cause(), decision.eventTime());
    if (decision.verdict() == Verdict.DENY) {
      vetoes++;
      vetoesByCheck.merge(decision.denial(), 1L, Long::sum);
      keep(lastVetoes, copy(buffer, offset, length));
    } else {
      approvals++;
      if (decision.verdict() == Verdict.REDUCE) {
        reductions++;
      }
    }
  }

  private void onRequest(final DirectBuffer buffer, final int offset, final int length) {
    request.wrapAndApplyHeader(buffer, offset, header);
    at(request.cause(), request.eventTime());
    if (request.action() != OrderAction.NEW) {
      return;
    }
    orders++;
    working.put(
        request.orderId(), new OrderView(false, request.eventTime(), copy(buffer, offset, length)));
    final RouterQuality quality = quality(request.instrumentId());
    quality.orders++;
    if (request.role() == Role.MAKER) {
      quality.makerOrders++;
    }
    if (request.purpose() == Purpose.FALLBACK) {
      quality.fallbackOrders++;
    }
  }

  private void onOrderEvent(final DirectBuffer buffer, final int offset, final int length) {
    orderEvent.wrapAndApplyHeader(buffer, offset, header);
    at(orderEvent.cause(), orderEvent.eventTime());
    final OrderView order = working.get(orderEvent.orderId());
    if (order == null) {
      return;
    }
    order.event = copy(buffer, offset, length);
    final OrderState state = orderEvent.to();
    if (orderEvent.event() == OrderEventType.REJECT && !order.before) {
      quality(orderEvent.instrumentId()).rejected++;
    }
    if (state == OrderState.FILLED && !order.before) {
      final RouterQuality quality = quality(orderEvent.instrumentId());
      quality.filledOrders++;
      quality.nanosToFill += orderEvent.eventTime() - order.sentTime;
    }
    if (Held.over(state)) {
      working.remove(orderEvent.orderId());
      if (lastOrders.size() == KEPT) {
        lastOrders.removeFirst();
      }
      lastOrders.addLast(order);
    }
  }

  private void onFill(final DirectBuffer buffer, final int offset, final int length) {
    fill.wrapAndApplyHeader(buffer, offset, header);
    at(fill.cause(), fill.eventTime());
    fills++;
    fees = Math.addExact(fees, fill.fee());
    keep(lastFills, copy(buffer, offset, length));
    final RouterQuality quality = quality(orderInstrument());
    quality.fills++;
    if (fill.liquidity() == Liquidity.MAKER) {
      quality.makerFills++;
    }
    final double quantity =
        Fixed.toDouble(fill.quantity())
            * Fixed.toDouble(multiplier.applyAsLong(fill.instrumentId()));
    final double price = Fixed.toDouble(fill.price());
    quality.notional += quantity * price;
    quality.fees += Fixed.toDouble(fill.fee());
    if (fill.arrivalMid() != Fixed.NONE && fill.arrivalMid() > 0) {
      final double beyond = price - Fixed.toDouble(fill.arrivalMid());
      quality.slippage += quantity * (fill.side() == Side.BUY ? beyond : -beyond);
    }
  }

  /** What the order of the fill at hand is in; a leg's fill belongs to its structure's order. */
  private int orderInstrument() {
    OrderView order = working.get(fill.orderId());
    if (order == null) { // the event that it is filled comes before its last fill
      for (final Iterator<OrderView> it = lastOrders.descendingIterator(); it.hasNext(); ) {
        final OrderView over = it.next();
        request.wrapAndApplyHeader(new UnsafeBuffer(over.request), 0, header);
        if (request.orderId() == fill.orderId()) {
          order = over;
          break;
        }
      }
    }
    if (order == null) {
      return fill.instrumentId();
    }
    request.wrapAndApplyHeader(new UnsafeBuffer(order.request), 0, header);
    return request.instrumentId();
  }

  private RouterQuality quality(final int instrumentId) {
    return routers.computeIfAbsent(instrumentId, id -> new RouterQuality());
  }

  private void at(final long cause, final long time) {
    inputSequence = cause;
    eventTime = time;
  }

  private static void keep(final Deque<byte[]> last, final byte[] message) {
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(message);
  }

  private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
    final byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    return bytes;
  }

  /** Records of the log so far. */
  public long outputs() {
    return outputs;
  }

  /** Input that caused the latest record. */
  public long inputSequence() {
    return inputSequence;
  }

  /** Event time of the latest record, nanoseconds; 0 = none. */
  public long eventTime() {
    return eventTime;
  }

  /** Ideas proposed. */
  public long ideas() {
    return ideas;
  }

  /** What a strategy wanted to trade. */
  public long intents() {
    return intents;
  }

  /** Since when losses have halted all trading, nanoseconds; 0 = they have not. */
  public long haltedAt() {
    return haltedAt;
  }

  /** Fraction of the peak that was lost then, 1e-8. */
  public long haltedDrawdown() {
    return haltedDrawdown;
  }

  /** Why the strategy was stopped; null = it was not. */
  public String strategyStopped() {
    return strategyStopped;
  }

  /** Evaluations whose view found nothing to trade. */
  public long declined() {
    return declined;
  }

  /** Judgements that let an order through, reduced ones included. */
  public long approvals() {
    return approvals;
  }

  /** Judgements that cut an order. */
  public long reductions() {
    return reductions;
  }

  /** Judgements that let nothing through. */
  public long vetoes() {
    return vetoes;
  }

  /** Orders sent. */
  public long orders() {
    return orders;
  }

  /** Fills, each leg counted. */
  public long fills() {
    return fills;
  }

  /** Fees paid, 1e-8 of the account currency. */
  public long fees() {
    return fees;
  }

  /** Funding paid by the newest NAV, 1e-8; below 0 = received. */
  public long funding() {
    if (latestNav == null) {
      return 0;
    }
    nav.wrapAndApplyHeader(new UnsafeBuffer(latestNav), 0, header);
    return Math.subtractExact(nav.fees(), fees); // a NAV's fees are both
  }

  /** First NAV of the run, 1e-8; {@link Fixed#NONE} = none. */
  public long firstNav() {
    return firstNav;
  }

  /** NAV now, 1e-8; {@link Fixed#NONE} = none. */
  public long nav() {
    if (latestNav == null) {
      return Fixed.NONE;
    }
    nav.wrapAndApplyHeader(new UnsafeBuffer(latestNav), 0, header);
    return nav.nav();
  }

  /** Evaluations of all engines, by the regime they found. */
  public Map<Regime, Long> regimes() {
    return regimes;
  }

  /** Vetoes by the first check that denied. */
  public Map<Check, Long> vetoesByCheck() {
    return vetoesByCheck;
  }

  /** Declined ideas by reason. */
  public Map<String, Long> declinedByReason() {
    return declinedByReason;
  }

  /** Proposed ideas by structure. */
  public Map<String, Long> ideasByStrategy() {
    return ideasByStrategy;
  }

  /** Alerts by code. */
  public Map<String, Long> alertsByCode() {
    return alertsByCode;
  }

  /** Instruments whose data failed a check at least once, by check (told once for each). */
  public Map<String, Long> faults() {
    return faults;
  }

  /** Greatest fall below the peak of all NAVs told, fraction, 1e-8. */
  public long maxDrawdown() {
    return maxDrawdown;
  }

  /** Latest NavEvent, or null. */
  public byte[] latestNav() {
    return latestNav;
  }

  /** Latest StateDigest, or null. */
  public byte[] latestDigest() {
    return latestDigest;
  }

  /** Latest EngineOutput by instrument and engine. */
  public Iterable<byte[]> engines() {
    return engines.values();
  }

  /** Latest Suggestion by instrument and layer. */
  public Iterable<byte[]> suggestions() {
    return suggestions.values();
  }

  /** Latest PositionEvent by instrument. */
  public Iterable<byte[]> positions() {
    return positions.values();
  }

  /** Orders at work, by id. */
  public Iterable<OrderView> working() {
    return working.values();
  }

  /** Last orders that are over, oldest first. */
  public Iterable<OrderView> lastOrders() {
    return lastOrders;
  }

  /** Last ideas, oldest first. */
  public Iterable<byte[]> lastIdeas() {
    return lastIdeas;
  }

  /** Last vetoes, oldest first. */
  public Iterable<byte[]> lastVetoes() {
    return lastVetoes;
  }

  /** Last fills, oldest first. */
  public Iterable<byte[]> lastFills() {
    return lastFills;
  }

  /** Router quality by instrument id. */
  public Map<Integer, RouterQuality> routers() {
    return routers;
  }
}
