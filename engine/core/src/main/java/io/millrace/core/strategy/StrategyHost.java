package io.millrace.core.strategy;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.NoteKind;
import io.millrace.codecs.OrderEventDecoder;
import io.millrace.codecs.OrderState;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.Side;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.StrategyCallback;
import io.millrace.codecs.StrategyNoteEncoder;
import io.millrace.codecs.SuggestionDecoder;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.Market;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderId;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.Portfolio;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.StateException;
import io.millrace.core.state.Stateful;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Calls one strategy, event by event, and hands what it wants to the pipeline. It owns the strategy
 * and its views; it decides nothing itself.
 *
 * <p>For each input: {@link #begin}, the {@code on...} methods in the order of the pipeline, and
 * after each group {@link #next} until nothing is left. Whatever a callback throws stops the
 * strategy: its last callback's orders are dropped and it is not called again.
 */
public final class StrategyHost implements Ports, StrategyLog, Stateful {
  /** What {@link #next} returns for an intent, which then stands in the argument. */
  public static final long INTENT = 0;

  /** What {@link #next} returns for "cancel everything". */
  public static final long CANCEL_ALL = -1;

  private static final int MAX_TEXT = 512;
  private static final int MAX_NOTES = 1_000;
  private static final long SECOND = 1_000_000_000L;

  private final StrategyBundle bundle;
  private final Set<Callback> callbacks;
  private final Budget budget;
  private final Strategy strategy;
  private final StrategyState own;
  private final Instruments instruments;
  private final Orders orders;
  private final Roster roster;
  private final BarBuilder bars;
  private final BarHistory history;
  private final HostClock clock;
  private final HostData data;
  private final HostExecution execution;
  private final boolean onQuotes;
  private final boolean onTrades;
  private final boolean onBars;
  private final boolean engines;

  private final Views.QuoteView quoteView;
  private final Views.TradeView tradeView = new Views.TradeView();
  private final Views.BarView barView = new Views.BarView();
  private final Views.FillView fillView = new Views.FillView();
  private final Views.OrderView orderView = new Views.OrderView();
  private final Views.SnapshotView snapshotView = new Views.SnapshotView();
  private Chain chainView;
  private String timer;

  private final FillDecoder fill = new FillDecoder();
  private final OrderEventDecoder orderEvent = new OrderEventDecoder();
  private final SnapshotDecoder snapshot = new SnapshotDecoder();
  private final SuggestionDecoder composite = new SuggestionDecoder();
  private final StrategyNoteEncoder note = new StrategyNoteEncoder();
  private Outputs out;
  private long nextSecond = Long.MIN_VALUE;
  private int notes;
  private String stillborn;
  private boolean started;
  private long startedAt;
  private boolean ended;
  private boolean justStopped;

  /**
   * A host with a new strategy.
   *
   * @param callbacks those that the strategy overrides; the others are never called
   * @param budget of a callback
   * @param greeks of the chains, for {@link Chain}
   */
  public StrategyHost(
      final StrategyBundle bundle,
      final Set<Callback> callbacks,
      final Budget budget,
      final StrategySettings settings,
      final Market market,
      final Portfolio portfolio,
      final Orders orders,
      final ChainGreeks.Source greeks) {
    this.bundle = bundle;
    this.callbacks = EnumSet.noneOf(Callback.class);
    this.callbacks.addAll(callbacks);
    this.budget = budget;
    this.orders = orders;
    instruments = market.instruments();
    roster = new Roster(instruments, bundle.universe());
    bars = new BarBuilder(instruments, bundle.timeframeNanos());
    history = new BarHistory(bundle.universe().size());
    clock = new HostClock(roster, instruments, settings.zone());
    data = new HostData(roster, market, portfolio, orders, greeks, history);
    execution =
        new HostExecution(
            roster, market, portfolio, data, history, settings, bundle.timeframeNanos());
    quoteView = new Views.QuoteView(market.books());
    onQuotes = this.callbacks.contains(Callback.QUOTE);
    onTrades = this.callbacks.contains(Callback.TRADE);
    onBars = this.callbacks.contains(Callback.BAR) || settings.targetVol() > 0;
    engines = this.callbacks.contains(Callback.CHAIN) || this.callbacks.contains(Callback.SNAPSHOT);
    Strategy made = null;
    budget.begin();
    try {
      made = bundle.strategy(settings.parameters());
    } catch (final Throwable thrown) { // told when the run has begun
      stillborn = Thrown.describe(thrown, (String) null);
    }
    strategy = made;
    own = new StrategyState(bundle.name(), made, budget, clock, execution);
  }

  /** Whether the engines must run for it. */
  public boolean engines() {
    return engines;
  }

  /** Whether it runs no more. */
  public boolean ended() {
    return ended;
  }

  @Override
  public MarketData data() {
    return data;
  }

  @Override
  public Execution execution() {
    return execution;
  }

  @Override
  public EventClock clock() {
    return clock;
  }

  @Override
  public StrategyLog log() {
    return this;
  }

  /** Begins an input. */
  public void begin(final long now, final Outputs outputs) {
    out = outputs;
    clock.now(now);
    execution.now(now);
  }

  /** A definition was accepted. */
  public void onInstrument(final int id) {
    roster.define(id);
    bars.grow(id);
  }

  /** The first event that is no definition: the strategy starts. */
  private boolean running() {
    if (ended) {
      return false;
    }
    if (!started) {
      started = true;
      startedAt = clock.now();
      if (strategy == null) {
        end(stillborn);
      } else if (roster.complete()) {
        invoke(StrategyCallback.START);
      } else {
        end(
            "the data has no "
                + roster.missing()
                + ", which the universe of "
                + bundle.name()
                + " names; choose other data or another universe");
      }
    }
    return !ended;
  }

  /** A top of book was accepted. */
  public void onQuote(final int id, final long time) {
    if (running() && roster.place(id) >= 0 && onQuotes && shown(id, time)) {
      quoteView.set(roster.get(id), time);
      invoke(StrategyCallback.QUOTE);
    }
  }

  /** A print was accepted. */
  public void onTrade(
      final int id, final long time, final long price, final long size, final Side aggressor) {
    final int place = roster.place(id);
    if (!running() || place < 0) {
      return;
    }
    if (onBars && instruments.underlying(id) == 0 && bars.onTrade(id, time, price, size)) {
      bar(id, place);
    }
    if (onTrades && !ended && shown(id, time)) {
      tradeView.set(roster.get(id), time, price, size, aggressor);
      invoke(StrategyCallback.TRADE);
    }
  }

  /** A bar of the feed was accepted. */
  public void onBar(final BarDecoder message) {
    final int id = message.instrumentId();
    final int place = roster.place(id);
    if (running()
        && place >= 0
        && onBars
        && instruments.underlying(id) == 0
        && bars.onBar(message)) {
      bar(id, place);
    }
  }

  private void bar(final int id, final int place) {
    if (bundle.regularSession() && !regular(id, bars.start(), bars.end())) {
      return;
    }
    barView.instrument = roster.get(id);
    barView.start = bars.start();
    barView.end = bars.end();
    barView.open = Fixed.toDouble(bars.open());
    barView.high = Fixed.toDouble(bars.high());
    barView.low = Fixed.toDouble(bars.low());
    barView.close = Fixed.toDouble(bars.close());
    barView.volume = Fixed.toDouble(bars.volume());
    history.add(place, barView.close);
    if (callbacks.contains(Callback.BAR)) {
      invoke(StrategyCallback.BAR);
    }
  }

  /**
   * A bar that begins before the open, such as an hour's, belongs to the session it reaches into.
   */
  private boolean regular(final int id, final long start, final long end) {
    final long close = instruments.sessionClose(id);
    return close == 0 || (start < close && end > instruments.sessionOpen(id));
  }

  /** The instant of the close belongs to the session: minute data is stamped at its end. */
  private boolean shown(final int id, final long time) {
    return !bundle.regularSession()
        || instruments.sessionOpen(id, time)
        || time == instruments.sessionClose(id);
  }

  /** Time has passed: bars that are over without a further event, and timers. */
  public void advance(final long now) {
    if (!started || ended) {
      return;
    }
    if (onBars && now >= nextSecond) {
      nextSecond = now - Math.floorMod(now, SECOND) + SECOND;
      for (int place = 0; place < roster.universeSize() && !ended; place++) {
        final int id = roster.universe(place).id();
        if (bars.advance(id, now)) {
          bar(id, place);
        }
      }
    }
    while (clock.anyDue() && !ended) {
      timer = clock.next();
      if (timer == null) {
        return;
      }
      if (callbacks.contains(Callback.TIMER)) {
        invoke(StrategyCallback.TIMER);
      }
    }
  }

  /**
   * The engines have measured an underlying.
   *
   * @param snapshotIndex of the Snapshot among the outputs
   * @param compositeIndex of the composer's Suggestion
   */
  public void onEvaluated(final int id, final int snapshotIndex, final int compositeIndex) {
    if (roster.place(id) < 0 || !running()) {
      return;
    }
    if (callbacks.contains(Callback.CHAIN)) {
      chainView = data.chain(roster.get(id));
      if (chainView != null) {
        invoke(StrategyCallback.CHAIN);
      }
    }
    if (callbacks.contains(Callback.SNAPSHOT) && !ended) {
      snapshotView.set(
          roster.get(id), out.read(snapshotIndex, snapshot), out.read(compositeIndex, composite));
      invoke(StrategyCallback.SNAPSHOT);
    }
  }

  /** Tells of own fills and orders among the outputs from an index on; returns where it ended. */
  public int onReports(final int fromIndex) {
    final int end = out.count();
    for (int index = fromIndex; index < end && !ended; index++) {
      final int template = out.templateId(index);
      if (template == FillDecoder.TEMPLATE_ID) {
        onFill(out.read(index, fill));
      } else if (template == OrderEventDecoder.TEMPLATE_ID) {
        onOrder(out.read(index, orderEvent));
      }
    }
    return end;
  }

  private void onFill(final FillDecoder message) {
    if (message.ideaCause() == 0 || !callbacks.contains(Callback.FILL)) {
      return;
    }
    fillView.ticket = ticket(message.ideaCause(), message.ideaOrdinal());
    fillView.instrument = roster.get(message.instrumentId());
    fillView.time = message.eventTime();
    final double units = Fixed.toDouble(message.quantity());
    fillView.quantity = message.side() == Side.BUY ? units : -units;
    fillView.price = Fixed.toDouble(message.price());
    fillView.fee = Fixed.toDouble(message.fee());
    fillView.liquidity = message.liquidity();
    invoke(StrategyCallback.FILL);
  }

  private void onOrder(final OrderEventDecoder message) {
    final Order order = orders.get(message.orderId());
    if (order == null || !order.ofStrategy() || !callbacks.contains(Callback.ORDER)) {
      return;
    }
    orderView.ticket = ticket(order.ideaCause(), order.ideaOrdinal());
    orderView.instrument = roster.get(message.instrumentId());
    orderView.state = message.to();
    orderView.reason = message.reason();
    orderView.filled = Fixed.toDouble(message.filled());
    orderView.leaves = Fixed.toDouble(message.leaves());
    invoke(StrategyCallback.ORDER);
  }

  /** The gate denied an intent. */
  public void onDenied(final OrderIntent intent) {
    if (ended || !callbacks.contains(Callback.ORDER)) {
      return;
    }
    orderView.ticket = ticket(intent.ideaCause(), intent.ideaOrdinal());
    orderView.instrument = roster.get(intent.instrumentId());
    orderView.state = OrderState.DENIED;
    orderView.reason = RejectReason.GATE;
    orderView.filled = 0;
    orderView.leaves = 0;
    invoke(StrategyCallback.ORDER);
  }

  private long ticket(final long cause, final int ordinal) {
    return OrderId.of(out.generation(), cause, ordinal);
  }

  /** The run ends. */
  public void onStop() {
    if (started && !ended) {
      invoke(StrategyCallback.STOP);
    }
    ended = true;
  }

  /** Whether there is something for {@link #next}. */
  public boolean pending() {
    return execution.pending();
  }

  /**
   * The next thing that the strategy asked for.
   *
   * @param into takes an intent
   * @return {@link #INTENT}, {@link #CANCEL_ALL}, or the ticket to cancel
   */
  public long next(final OrderIntent into) {
    return execution.next(into);
  }

  /** It answers its own orders without end: it is stopped. */
  public void restless(final int rounds) {
    if (!ended) {
      end("it gave new orders on the outcome of its orders " + rounds + " times within one event");
    }
  }

  /** Whether the strategy was stopped since the last call: its orders are to be cancelled. */
  public boolean takeStopped() {
    final boolean stopped = justStopped;
    justStopped = false;
    return stopped;
  }

  private void invoke(final StrategyCallback where) {
    execution.begin(where, out);
    budget.begin();
    try {
      switch (where) {
        case START -> {
          strategy.start(this);
          own.tried(out);
        }
        case QUOTE -> strategy.quote(quoteView);
        case TRADE -> strategy.trade(tradeView);
        case BAR -> strategy.bar(barView);
        case CHAIN -> strategy.chain(chainView);
        case SNAPSHOT -> strategy.snapshot(snapshotView);
        case FILL -> strategy.fill(fillView);
        case ORDER -> strategy.order(orderView);
        case TIMER -> strategy.timer(timer);
        case STOP -> strategy.stop();
        default -> throw new IllegalStateException("no callback " + where);
      }
    } catch (final Throwable thrown) { // whatever it is, the strategy is over and the run goes on
      end(Thrown.describe(thrown, strategy));
    }
  }

  private void end(final String why) {
    ended = true;
    justStopped = true;
    execution.drop();
    write(NoteKind.STOPPED, why);
  }

  /**
   * All of the host and, while it runs, of the strategy; between inputs only. Loads after the
   * market, the orders, the portfolio and the Greeks, into a new host.
   *
   * @throws StateException if the strategy keeps what it does not save, or its {@code state} throws
   *     or does not save and load one and the same; nothing has changed for a run that goes on
   */
  @Override
  public void state(final StateCodec codec) {
    if (pending()) {
      throw new IllegalStateException("a checkpoint between a strategy's call and its order");
    }
    codec.part("strategy");
    started = codec.flag(started);
    startedAt = codec.int64(startedAt);
    ended = codec.flag(ended);
    final boolean running = started && !ended;
    if (running && !callbacks.contains(Callback.STATE)) {
      throw new StateException(
          bundle.name() + " has fields that change and no state() that saves them");
    }
    if (codec.loading()) {
      roster.defineAll();
      if (running) {
        begin(startedAt, new Outputs()); // where what it asks for and says once more is lost
        own.startAgain(this, out);
      }
    }
    justStopped = codec.flag(justStopped);
    nextSecond = codec.int64(nextSecond);
    notes = codec.int32(notes);
    bars.state(codec);
    history.state(codec);
    clock.state(codec);
    budget.state(codec);
    if (running) {
      own.state(codec);
    }
  }

  @Override
  public void info(final String text) {
    StrategyState.demand(!clock.closed());
    if (text != null && notes++ < MAX_NOTES) {
      write(NoteKind.LOG, text);
    }
  }

  private void write(final NoteKind kind, final String text) {
    final String line = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    final byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    out.begin(note);
    note.kind(kind).putText(bytes, 0, bytes.length);
    out.end(note);
  }
}
