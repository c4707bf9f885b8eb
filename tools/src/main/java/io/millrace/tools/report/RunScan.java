package io.millrace.tools.report;

import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.IdeaStatus;
import io.millrace.codecs.IntentDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.NavEventDecoder;
import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.Regime;
import io.millrace.codecs.RiskDecisionDecoder;
import io.millrace.codecs.Side;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.TradeIdeaDecoder;
import io.millrace.codecs.Verdict;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.OrderId;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.journal.JournalEnd;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalReader;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.publish.RunView;
import io.millrace.tools.report.stats.Drawdowns;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * Reads inputs and decisions side by side, once, in the order in which they happened: each input
 * moves the tape, then what it caused is counted.
 */
final class RunScan {
  /** A day, nanoseconds. */
  static final long DAY = 86_400_000_000_000L;

  private static final long HOUR = 3_600_000_000_000L;
  private static final long MINUTE = 60_000_000_000L;
  private static final int MOST_DAYS = 100_000;
  private static final int MOST_SHORT = 20_000;
  private static final int DEEPEST = 5;
  private static final int PROGRESS = 1 << 14;
  private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final SnapshotDecoder snapshot = new SnapshotDecoder();
  private final TradeIdeaDecoder idea = new TradeIdeaDecoder();
  private final IntentDecoder intent = new IntentDecoder();
  private final OrderRequestDecoder request = new OrderRequestDecoder();
  private final FillDecoder fill = new FillDecoder();
  private final NavEventDecoder nav = new NavEventDecoder();
  private final RiskDecisionDecoder decision = new RiskDecisionDecoder();

  private final Chain chain;
  private final ReportFiles files;
  private final long tradeAfter;
  final Tape tape;
  final RunView view;
  final Origins origins;
  final Trades trades;
  final Ledger ledger;
  final Holdings holdings;
  final FillQuality quality;
  final EquityCurve curve = new EquityCurve();
  final Drawdowns drawdowns = new Drawdowns(DEEPEST);
  final Periods days;
  final Periods hours;
  final Periods minutes;
  private final Map<Integer, Regime> regimes = new TreeMap<>();

  private int benchmark;
  private int candidate;
  private long firstTime;
  private long lastTime;
  private boolean weekends;
  private long weekendsChecked = Long.MIN_VALUE;
  private long firstNav = Fixed.NONE;
  private long lastNav = Fixed.NONE;
  private long lastNavTime;
  private long fees;
  private long funding;
  private double benchmarkFirst = Double.NaN;
  private double benchmarkLast = Double.NaN;
  private final Drawdowns benchmarkFalls = new Drawdowns(1);
  private double exposureSeconds;
  private double grossSeconds;
  private double mostGross;
  private double grossNow;
  private long grossSince;

  RunScan(final Chain chain, final Config config, final String strategy, final ReportFiles files) {
    this.chain = chain;
    this.files = files;
    // What a strategy warms up on is no part of its result.
    tradeAfter = strategy == null ? Long.MIN_VALUE : config.strategy().tradeAfterNanos();
    origins = new Origins(strategy);
    tape = new Tape(config.market(), config.portfolio().mark());
    view = new RunView(tape::multiplier);
    trades = new Trades(files.trades());
    ledger = new Ledger(trades::closed);
    holdings = new Holdings(tape, config.hedge().rate(), config.hedge().dividendYield());
    quality = new FillQuality(tape, config.liquidity().staleQuoteNanos());
    final long dayStart = config.portfolio().dayStartUtcSeconds() * 1_000_000_000L;
    days = new Periods("day", DAY, dayStart, MOST_DAYS);
    hours = new Periods("hour", HOUR, 0, MOST_SHORT);
    minutes = new Periods("minute", MINUTE, 0, MOST_SHORT);
  }

  /**
   * Reads all of it.
   *
   * @throws JournalException if a journal is damaged
   */
  void run(final LongConsumer progress) {
    candidate = chain.firstTraded();
    for (final Chain.Link link : chain.links()) {
      try (JournalReader inputs = JournalReader.open(link.run().input());
          JournalReader decisions = JournalReader.open(link.run().decisions())) {
        boolean ahead = decisions.next();
        while (inputs.next() && inputs.sequence() <= link.inputs()) {
          input(inputs, progress);
          while (ahead && cause(decisions) <= inputs.sequence()) {
            output(
                decisions.templateId(), decisions.buffer(), decisions.offset(), decisions.length());
            ahead = decisions.next();
          }
        }
        intact(inputs);
        intact(decisions);
      }
    }
    end();
  }

  private static void intact(final JournalReader reader) {
    if (reader.end() == JournalEnd.FAULT) {
      throw new JournalException(reader.fault() + "; a report needs both journals whole");
    }
  }

  private static long cause(final JournalReader reader) {
    return reader
        .buffer()
        .getLong(reader.offset() + HEADER + Outputs.CAUSE_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  private void input(final JournalReader reader, final LongConsumer progress) {
    quality.before(Slot.eventTime(reader.buffer(), reader.offset()));
    final boolean data = tape.take(reader);
    if ((tape.inputs() & (PROGRESS - 1)) == 0) {
      progress.accept(tape.inputs());
    }
    final long time = tape.time();
    if (!data || time <= tradeAfter) {
      return;
    }
    if (firstTime == 0) {
      firstTime = time;
      grossSince = time;
    }
    days.on(time, lastNav, fees, benchmarkLast);
    hours.on(time, lastNav, fees, benchmarkLast);
    minutes.on(time, lastNav, fees, benchmarkLast);
    weekend(time);
    lastTime = Math.max(lastTime, time);
    curve.active(time);
    benchmark(time);
  }

  private void weekend(final long time) {
    final long day = Math.floorDiv(time, DAY);
    if (day != weekendsChecked) {
      weekendsChecked = day;
      // 1970-01-01 was a Thursday: Saturday and Sunday are 2 and 3 days after one.
      final long weekday = Math.floorMod(day, 7L);
      weekends |= weekday == 2 || weekday == 3;
    }
  }

  private void benchmark(final long time) {
    final int id = tape.touched();
    if (benchmark == 0) {
      if (candidate != 0 && tape.instruments().defined(candidate)) {
        benchmark = tape.root(candidate);
      } else if (candidate == 0 && !tape.instruments().option(id)) {
        benchmark = tape.root(id);
      }
    }
    if (id != benchmark) {
      return;
    }
    final long mid = tape.mid(id);
    if (mid == Fixed.NONE || mid <= 0) {
      return;
    }
    final double price = Fixed.toDouble(mid);
    if (Double.isNaN(benchmarkFirst)) {
      benchmarkFirst = price;
    }
    benchmarkLast = price;
    benchmarkFalls.on(time, price);
    curve.benchmark(time, price);
  }

  private void output(
      final int templateId, final DirectBuffer buffer, final int offset, final int length) {
    view.on(templateId, buffer, offset, length);
    switch (templateId) {
      case SnapshotDecoder.TEMPLATE_ID -> {
        snapshot.wrapAndApplyHeader(buffer, offset, header);
        regimes.put(snapshot.instrumentId(), snapshot.regime());
      }
      case TradeIdeaDecoder.TEMPLATE_ID -> {
        idea.wrapAndApplyHeader(buffer, offset, header);
        if (idea.status() == IdeaStatus.PROPOSED) {
          origins.on(idea);
        }
      }
      case IntentDecoder.TEMPLATE_ID ->
          origins.on(intent.wrapAndApplyHeader(buffer, offset, header));
      case OrderRequestDecoder.TEMPLATE_ID -> {
        request.wrapAndApplyHeader(buffer, offset, header);
        if (request.action() == OrderAction.NEW) {
          origins.on(request);
        }
      }
      case RiskDecisionDecoder.TEMPLATE_ID -> {
        decision.wrapAndApplyHeader(buffer, offset, header);
        if (decision.verdict() == Verdict.DENY) {
          veto();
        }
      }
      case FillDecoder.TEMPLATE_ID -> {
        fill.wrapAndApplyHeader(buffer, offset, header);
        fill();
      }
      case NavEventDecoder.TEMPLATE_ID -> {
        nav.wrapAndApplyHeader(buffer, offset, header);
        nav();
      }
      default -> {}
    }
  }

  private String regime(final int instrument) {
    final Regime regime = regimes.get(tape.root(instrument));
    return regime == null || regime == Regime.NONE ? "no statement" : Origins.word(regime.name());
  }

  private void fill() {
    final int id = fill.instrumentId();
    final long signed = fill.side() == Side.BUY ? fill.quantity() : -fill.quantity();
    final Origin origin = origins.of(fill.orderId());
    final long multiplier = tape.multiplier(id);
    final FillQuality.Measure measure = quality.on(fill);
    fees = Math.addExact(fees, fill.fee());
    ledger.on(
        new Ledger.Fill(
            origin,
            regime(id),
            id,
            tape.symbol(id),
            fill.eventTime(),
            signed,
            fill.price(),
            multiplier,
            fill.fee(),
            tape.inverse(id)));
    holdings.fill(id, signed, fill.price(), fill.fee());
    files
        .fills()
        .time(fill.eventTime())
        .text(fill.cause() + "." + fill.ordinal())
        .text(tape.symbol(id))
        .text(fill.orderId() == 0 ? "" : OrderId.text(fill.orderId()))
        .text(origin.idea())
        .text(origin.strategy())
        .text(origin.structure())
        .text(Origins.word(fill.side().name()))
        .fixed(fill.quantity())
        .fixed(multiplier)
        .fixed(fill.price())
        .fixed(fill.fee())
        .text(Origins.word(fill.liquidity().name()))
        .text(Origins.word(fill.reason().name()))
        .fixed(fill.arrivalMid())
        .amount(measure.slippage())
        .amount(measure.notional())
        .number(fill.reason() == FillReason.SETTLED ? Double.NaN : measure.age() / 1e9)
        .fixed(measure.displayed())
        .end();
  }

  private void veto() {
    String value = "";
    String limit = "";
    for (final RiskDecisionDecoder.ChecksDecoder check : decision.checks()) {
      if (check.check() == decision.denial()) {
        value = Fixed.format(check.value());
        limit = Fixed.format(check.limit());
      }
    }
    files
        .vetoes()
        .time(decision.eventTime())
        .text(decision.cause() + "." + decision.ordinal())
        .text(tape.symbol(decision.instrumentId()))
        .text(Origins.word(decision.purpose().name()))
        .text(Origins.word(decision.side().name()))
        .fixed(decision.requested())
        .fixed(decision.limitPrice())
        .text(Origins.word(decision.denial().name()))
        .text(value.equals("-") ? "" : value)
        .text(limit.equals("-") ? "" : limit)
        .end();
  }

  private void nav() {
    final long time = nav.eventTime();
    final double value = Fixed.toDouble(nav.nav());
    if (firstNav == Fixed.NONE) {
      firstNav = nav.nav();
    }
    lastNav = nav.nav();
    lastNavTime = time;
    funding = Math.subtractExact(nav.fees(), fees); // a NAV's fees are both
    holdings.strike(time);
    drawdowns.on(time, value);
    exposure(time);
    final double worth = value > 0 ? value : Double.NaN;
    grossNow = Double.isNaN(worth) ? 0 : Fixed.toDouble(nav.gross()) / worth;
    mostGross = Math.max(mostGross, grossNow);
    final double net = Double.isNaN(worth) ? 0 : Fixed.toDouble(nav.net()) / worth;
    final double fall = drawdowns.now(value);
    curve.equity(time, value, fall, grossNow, net);
    files
        .equity()
        .number(files.equity().rows() + 1)
        .time(time)
        .fixed(nav.nav())
        .fixed(nav.cash())
        .fixed(nav.realised())
        .fixed(nav.unrealised())
        .fixed(fees)
        .fixed(funding)
        .fixed(nav.gross())
        .fixed(nav.net())
        .number(fall)
        .number(Double.isNaN(benchmarkLast) ? Double.NaN : benchmarkLast)
        .end();
  }

  /**
   * Time with something held, and gross exposure over time; the hours before the data are left out.
   */
  private void exposure(final long time) {
    if (firstTime != 0 && time > grossSince) {
      final double seconds = (time - grossSince) / 1e9;
      grossSeconds += grossNow * seconds;
      exposureSeconds += grossNow > 0 ? seconds : 0;
      grossSince = time;
    }
  }

  private void end() {
    quality.before(Long.MAX_VALUE);
    exposure(Math.max(lastTime, lastNavTime));
    drawdowns.end(lastTime);
    holdings.lookAtAll();
    ledger.open(lastNavTime, holdings::mark, trades::open);
    days.end(lastNav, fees, benchmarkLast);
    hours.end(lastNav, fees, benchmarkLast);
    minutes.end(lastNav, fees, benchmarkLast);
  }

  /** Instrument of the benchmark, 0 = none. */
  int benchmarkInstrument() {
    return benchmark;
  }

  /** First price of the benchmark, NaN = none. */
  double benchmarkFirst() {
    return benchmarkFirst;
  }

  /** Last price of the benchmark, NaN = none. */
  double benchmarkLast() {
    return benchmarkLast;
  }

  /** Deepest fall of the benchmark, fraction. */
  double benchmarkDrawdown() {
    return benchmarkFalls.worst();
  }

  /** Event time of the first market data, nanoseconds; 0 = none. */
  long firstTime() {
    return firstTime;
  }

  /** Event time of the last market data, nanoseconds; 0 = none. */
  long lastTime() {
    return lastTime;
  }

  /** Whether market data came on a Saturday or Sunday: a market that never closes. */
  boolean weekends() {
    return weekends;
  }

  /** NAV at the start, 1e-8; {@link Fixed#NONE} = none. */
  long firstNav() {
    return firstNav;
  }

  /** Funding paid, 1e-8; below 0 = received. */
  long funding() {
    return funding;
  }

  /** NAV at the end, 1e-8; {@link Fixed#NONE} = none. */
  long lastNav() {
    return lastNav;
  }

  /** Fees paid, 1e-8. */
  long fees() {
    return fees;
  }

  /** Share of the time with market data in which something was held. */
  double timeInMarket() {
    final double all = (Math.max(lastTime, lastNavTime) - firstTime) / 1e9;
    return firstTime == 0 || all <= 0 ? 0 : exposureSeconds / all;
  }

  /** Mean of gross exposure over equity. */
  double meanGross() {
    final double all = (Math.max(lastTime, lastNavTime) - firstTime) / 1e9;
    return firstTime == 0 || all <= 0 ? 0 : grossSeconds / all;
  }

  /** Largest gross exposure over equity. */
  double mostGross() {
    return mostGross;
  }
}
