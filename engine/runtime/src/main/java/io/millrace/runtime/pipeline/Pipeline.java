package io.millrace.runtime.pipeline;

import io.millrace.codecs.AccountUpdateDecoder;
import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.CommandDecoder;
import io.millrace.codecs.DataFault;
import io.millrace.codecs.DepthUpdateDecoder;
import io.millrace.codecs.ExecutionReportDecoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.FundingRateDecoder;
import io.millrace.codecs.IdeaStatus;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MarkPriceDecoder;
import io.millrace.codecs.MarketMetricDecoder;
import io.millrace.codecs.NewsDecoder;
import io.millrace.codecs.OpenInterestDecoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.RejectReason;
import io.millrace.codecs.SessionHeaderDecoder;
import io.millrace.codecs.TimerTickDecoder;
import io.millrace.codecs.TradeDecoder;
import io.millrace.codecs.TradeIdeaDecoder;
import io.millrace.codecs.VendorGreeksDecoder;
import io.millrace.core.agents.HedgeAgent;
import io.millrace.core.agents.LiquidityAgent;
import io.millrace.core.agents.SentimentAgent;
import io.millrace.core.composer.Composer;
import io.millrace.core.engines.elasticity.ElasticityEngine;
import io.millrace.core.engines.hedge.HedgeEngine;
import io.millrace.core.engines.liquidity.LiquidityEngine;
import io.millrace.core.engines.sentiment.SentimentEngine;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Market;
import io.millrace.core.order.Approval;
import io.millrace.core.order.OrderId;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.OrderIntents;
import io.millrace.core.order.Orders;
import io.millrace.core.portfolio.Portfolio;
import io.millrace.core.risk.RiskGate;
import io.millrace.core.router.Router;
import io.millrace.core.simvenue.FillTiming;
import io.millrace.core.simvenue.SimulatedVenue;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.core.snapshot.SnapshotBuilder;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import io.millrace.core.strategy.StrategyHost;
import io.millrace.core.strategy.StrategySettings;
import io.millrace.core.trade.TradeAgent;
import io.millrace.kernels.Kernels;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.PoliciesConfig;
import io.millrace.runtime.pipeline.StageTimes.Row;
import io.millrace.runtime.strategy.LoadedStrategy;
import io.millrace.runtime.strategy.Zones;

/**
 * Every stage from market to router, wired in the order of the drawing. A pure function of the
 * inputs and the config: no clock, no file, no thread. The journal before it and the outbox behind
 * it belong to the run.
 *
 * <pre>
 *  1 journal    (before)
 *  2 market     books, chains; simulated venue, fills, positions
 *  3 engines    hedge, liquidity, sentiment, then elasticity
 *  4 snapshot   fuses the four
 *  5 agents     hedge, liquidity, sentiment
 *  6 composer   one composite
 *  7 trade      ideas with legs, or the intents of a strategy
 *  8 risk       the one gate
 *  9 router     works what was let through
 * 10 outbox     (behind)
 * </pre>
 */
public final class Pipeline implements Stateful {
  /** How often the venue may answer and the strategy act on it within one input. */
  private static final int MAX_ROUNDS = 16;

  private final StageTimes times;
  private final Market market; // 2
  private final SimulatedVenue venue; // 2
  private final Orders orders; // 2
  private final Portfolio portfolio; // 2
  private final HedgeEngine hedge; // 3
  private final LiquidityEngine liquidity; // 3
  private final SentimentEngine sentiment; // 3
  private final ElasticityEngine elasticity; // 3
  private final SnapshotBuilder snapshot; // 4
  private final HedgeAgent hedgeAgent; // 5
  private final LiquidityAgent liquidityAgent; // 5
  private final SentimentAgent sentimentAgent; // 5
  private final Composer composer; // 6
  private final TradeAgent trade; // 7
  private final OrderIntents intents; // 7
  private final StrategyHost strategy; // 7, null = the built-in trade agent
  private final boolean engines; // whether stages 3 to 6 run
  private final boolean checkpoints; // whether all that decides can be saved
  private final RiskGate gate; // 8
  private final Router router; // 9

  private final QuoteDecoder quote = new QuoteDecoder();
  private final OptionQuoteDecoder optionQuote = new OptionQuoteDecoder();
  private final DepthUpdateDecoder depth = new DepthUpdateDecoder();
  private final MarkPriceDecoder mark = new MarkPriceDecoder();
  private final FundingRateDecoder funding = new FundingRateDecoder();
  private final TradeDecoder print = new TradeDecoder();
  private final BarDecoder bar = new BarDecoder();
  private final OpenInterestDecoder openInterest = new OpenInterestDecoder();
  private final VendorGreeksDecoder vendorGreeks = new VendorGreeksDecoder();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private final MarketMetricDecoder metric = new MarketMetricDecoder();
  private final NewsDecoder news = new NewsDecoder();
  private final SessionHeaderDecoder session = new SessionHeaderDecoder();
  private final AccountUpdateDecoder account = new AccountUpdateDecoder();
  private final ExecutionReportDecoder execution = new ExecutionReportDecoder();
  private final CommandDecoder command = new CommandDecoder();
  private final TradeIdeaDecoder idea = new TradeIdeaDecoder();
  private final FillDecoder fill = new FillDecoder();
  private final OrderIntent intent = new OrderIntent();
  private int generation;
  private boolean accepted;
  private boolean ending;
  private int reported;

  /**
   * Wires the graph with the built-in trade agent.
   *
   * @param config resolved
   * @param times where the stages' times go
   */
  public Pipeline(final Config config, final StageTimes times) {
    this(config, times, null);
  }

  /**
   * Wires the graph.
   *
   * @param config resolved
   * @param times where the stages' times go
   * @param plugin the strategy that trades; null = the built-in trade agent does
   */
  public Pipeline(final Config config, final StageTimes times, final LoadedStrategy plugin) {
    this.times = times;
    final Approval approval = new Approval();
    market = new Market(config.market());
    orders = new Orders(config.orders());
    portfolio = new Portfolio(config.portfolio(), config.margin(), market);
    venue = new SimulatedVenue(config.venue(), market, portfolio.margin());
    hedge = new HedgeEngine(config.hedge(), market);
    liquidity = new LiquidityEngine(config.liquidity(), market);
    sentiment = new SentimentEngine(config.sentiment(), market, config.lexicon());
    elasticity = new ElasticityEngine(config.elasticity(), market);
    snapshot = new SnapshotBuilder(config.snapshot(), market);
    hedgeAgent = new HedgeAgent(config.agents());
    liquidityAgent = new LiquidityAgent(config.agents());
    sentimentAgent = new SentimentAgent(config.agents());
    composer = new Composer(config.composer());
    // A few points an idea, a few ideas an hour: vectors would never be compiled, and so would be
    // boxed on the heap. The bits are the same.
    trade = new TradeAgent(config.trade(), market, hedge, Kernels.select("scalar"));
    intents =
        new OrderIntents(market.instruments(), Fixed.fromDouble(config.trade().slippageCap()));
    strategy = plugin == null ? null : host(config, plugin);
    engines = strategy == null || strategy.engines();
    checkpoints = plugin == null || plugin.checkpoints();
    gate = new RiskGate(config.risk(), market, portfolio, orders, approval.issuer());
    router = new Router(config.router(), market, orders, gate);
  }

  private StrategyHost host(final Config config, final LoadedStrategy plugin) {
    final PoliciesConfig.Sizing sizing = config.policies().sizing();
    final StrategySettings settings =
        new StrategySettings(
            Zones.of(config.strategy().timeZone()),
            sizing.targetVol(),
            sizing.maxGrossExposure(),
            sizing.cashBuffer(),
            config.venue().fill() == FillTiming.TOUCH,
            config.venue().slippageBps(),
            config.portfolio().mark(),
            config.strategy().tradeAfterNanos(),
            config.strategy().parametersOf(plugin.bundle().name()));
    return new StrategyHost(
        plugin.bundle(),
        plugin.callbacks(),
        plugin.budget(),
        settings,
        market,
        portfolio,
        orders,
        hedge);
  }

  /** Sets how many recoveries lie behind the run, so that order ids stay unique. */
  public void generation(final int recoveries) {
    generation = recoveries;
  }

  /** Stages 2 to 9 on one input. */
  public void decide(final Slot slot) {
    final Outputs out = slot.outputs();
    out.generation(generation);
    final boolean timed = (slot.sequence() & (StageTimes.SAMPLE - 1)) == 0;
    final long start = timed ? System.nanoTime() : 0;
    final long now = market(slot, out);
    if (timed) {
      times.record(Row.MARKET, System.nanoTime() - start);
    }
    if (strategy != null) {
      strategy(slot, now, out);
    } else if (market.evaluations().any(now)) {
      evaluate(now, out);
    }
    router.work(now, out);
    if (strategy != null) {
      act(now, out);
    }
    venue.accept(out, 0);
    if (strategy != null) {
      settle(now, out);
    }
    if (ending) {
      portfolio.markLast(now, out); // the last NAV counts what the last second brought
    } else {
      portfolio.mark(now, out);
    }
    if (portfolio.takeLiquidated()) {
      final int requests = out.count();
      router.cancelAll(RejectReason.MARGIN, now, out);
      venue.accept(out, requests);
    }
  }

  /** Stage 2: one place maps a template to a call; an unknown one halts. Returns event time. */
  private long market(final Slot slot, final Outputs out) {
    market.advance(slot.eventTime());
    final long now = market.now();
    venue.advance(now); // what arrived before this event meets the market before it
    accepted = false;
    switch (slot.templateId()) {
      case OptionQuoteDecoder.TEMPLATE_ID -> {
        optionQuote.wrapAndApplyHeader(slot.input(), 0, slot.header());
        if (market.onOptionQuote(optionQuote, out) == DataFault.NONE) {
          final int id = optionQuote.instrumentId();
          if (engines) {
            hedge.onOptionQuote(market.instruments().underlying(id), market.row(id));
          }
          venue.onQuote(id);
          accepted = true;
        }
      }
      case QuoteDecoder.TEMPLATE_ID -> {
        quote.wrapAndApplyHeader(slot.input(), 0, slot.header());
        if (market.onQuote(quote, out) == DataFault.NONE) {
          final int id = quote.instrumentId();
          if (engines) {
            liquidity.onQuote(id, quote.eventTime());
          }
          venue.onQuote(id);
          accepted = true;
        }
      }
      case DepthUpdateDecoder.TEMPLATE_ID -> {
        depth.wrapAndApplyHeader(slot.input(), 0, slot.header());
        if (market.onDepth(depth, out) == DataFault.NONE
            && market.quotedByDepth(depth.instrumentId())) {
          if (engines) {
            liquidity.onQuote(depth.instrumentId(), depth.eventTime());
          }
          venue.onQuote(depth.instrumentId());
          accepted = true;
        }
      }
      case MarkPriceDecoder.TEMPLATE_ID ->
          market.onMarkPrice(mark.wrapAndApplyHeader(slot.input(), 0, slot.header()), out);
      case FundingRateDecoder.TEMPLATE_ID -> {
        funding.wrapAndApplyHeader(slot.input(), 0, slot.header());
        if (market.onFundingRate(funding, out) == DataFault.NONE) {
          portfolio.onFundingRate(funding.instrumentId(), now, out);
        }
      }
      case TradeDecoder.TEMPLATE_ID -> {
        print.wrapAndApplyHeader(slot.input(), 0, slot.header());
        if (market.onTrade(print, out) == DataFault.NONE) {
          final int id = print.instrumentId();
          if (engines) {
            print(id);
          }
          venue.onTrade(id, print.price(), print.size());
          accepted = true;
        }
      }
      case BarDecoder.TEMPLATE_ID -> {
        bar.wrapAndApplyHeader(slot.input(), 0, slot.header());
        if (market.onBar(bar, out) == DataFault.NONE) {
          if (engines) {
            liquidity.onBar(bar);
            sentiment.onBar(bar);
            elasticity.onBar(bar);
          }
          venue.onBar(bar);
          accepted = true;
        }
      }
      case OpenInterestDecoder.TEMPLATE_ID -> {
        openInterest.wrapAndApplyHeader(slot.input(), 0, slot.header());
        if (market.onOpenInterest(openInterest, out) == DataFault.NONE) {
          final int id = openInterest.instrumentId();
          hedge.onOpenInterest(market.instruments().underlying(id), market.row(id));
        }
      }
      case VendorGreeksDecoder.TEMPLATE_ID -> {
        vendorGreeks.wrapAndApplyHeader(slot.input(), 0, slot.header());
        if (market.onVendorGreeks(vendorGreeks, out) == DataFault.NONE) {
          final int id = vendorGreeks.instrumentId();
          hedge.onVendorGreeks(market.instruments().underlying(id), market.row(id));
        }
      }
      case InstrumentDefinitionDecoder.TEMPLATE_ID -> {
        definition.wrapAndApplyHeader(slot.input(), 0, slot.header());
        market.onInstrument(definition);
        final int id = definition.instrumentId();
        liquidity.onInstrument(id);
        sentiment.onInstrument(id);
        elasticity.onInstrument(id);
        snapshot.onInstrument(id);
        if (strategy != null) {
          strategy.onInstrument(id);
        }
      }
      case MarketMetricDecoder.TEMPLATE_ID ->
          snapshot.onMetric(metric.wrapAndApplyHeader(slot.input(), 0, slot.header()));
      case NewsDecoder.TEMPLATE_ID ->
          sentiment.onNews(news.wrapAndApplyHeader(slot.input(), 0, slot.header()));
      case TimerTickDecoder.TEMPLATE_ID -> {}
      case SessionHeaderDecoder.TEMPLATE_ID -> {
        session.wrapAndApplyHeader(slot.input(), 0, slot.header());
        if (session.previousEndHash() == 0) {
          portfolio.onAccount(session.initialCash());
        }
      }
      case AccountUpdateDecoder.TEMPLATE_ID -> {
        account.wrapAndApplyHeader(slot.input(), 0, slot.header());
        portfolio.onAccount(account.cash());
      }
      case ExecutionReportDecoder.TEMPLATE_ID ->
          execution(execution.wrapAndApplyHeader(slot.input(), 0, slot.header()), now, out);
      case CommandDecoder.TEMPLATE_ID ->
          command(command.wrapAndApplyHeader(slot.input(), 0, slot.header()), now, out);
      default ->
          throw new IllegalStateException(
              "no stage takes template " + slot.templateId() + " of input " + slot.sequence());
    }
    venue.advance(now);
    while (venue.poll(now)) {
      execution(venue.report(), now, out);
    }
    return now;
  }

  private void print(final int id) {
    final long time = print.eventTime();
    liquidity.onTrade(id, time, print.price(), print.size(), print.aggressor());
    sentiment.onTrade(id, time, print.price(), print.size(), print.aggressor());
    elasticity.onTrade(id, time, print.price(), print.size());
  }

  /** A venue's word, simulated or real: order table, then positions. */
  private void execution(final ExecutionReportDecoder report, final long now, final Outputs out) {
    final int index = orders.apply(report, now, out);
    if (index != Orders.NO_FILL) {
      portfolio.onFill(out.read(index, fill), out);
    }
  }

  private void command(final CommandDecoder message, final long now, final Outputs out) {
    switch (message.command()) {
      case HALT -> {
        gate.halt(message.text(), out);
        router.cancelAll(RejectReason.HALT, now, out);
      }
      case RESUME -> gate.resume(out);
      case STOP -> {
        if (strategy != null) {
          strategy.begin(now, out);
          strategy.onStop();
        }
        router.cancelAll(RejectReason.SESSION_END, now, out);
        ending = true;
      }
      default -> throw new IllegalStateException("no stage takes command " + message.command());
    }
  }

  /** Stages 3 to 9 where a strategy trades: it is called where the trade agent would be. */
  private void strategy(final Slot slot, final long now, final Outputs out) {
    portfolio.mark(now, out); // what it decides rests on a NAV of now
    strategy.begin(now, out);
    reported = 0;
    act(now, out);
    if (accepted) {
      event(slot.templateId());
    }
    strategy.advance(now);
    act(now, out);
    if (engines && market.evaluations().any(now)) {
      evaluate(now, out);
    }
  }

  private void event(final int template) {
    switch (template) {
      case OptionQuoteDecoder.TEMPLATE_ID ->
          strategy.onQuote(optionQuote.instrumentId(), optionQuote.eventTime());
      case QuoteDecoder.TEMPLATE_ID -> strategy.onQuote(quote.instrumentId(), quote.eventTime());
      case DepthUpdateDecoder.TEMPLATE_ID ->
          strategy.onQuote(depth.instrumentId(), depth.eventTime());
      case TradeDecoder.TEMPLATE_ID ->
          strategy.onTrade(
              print.instrumentId(),
              print.eventTime(),
              print.price(),
              print.size(),
              print.aggressor());
      case BarDecoder.TEMPLATE_ID -> strategy.onBar(bar);
      default -> {
        // No callback shows it.
      }
    }
  }

  /**
   * Tells the strategy what became of its orders, and does what it asks for until it is content.
   */
  private void act(final long now, final Outputs out) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      reported = strategy.onReports(reported);
      order(now, out);
      if (reported == out.count()) {
        return;
      }
    }
    strategy.restless(MAX_ROUNDS);
    order(now, out);
  }

  /** What the strategy asked for, in the order asked: stages 8 and 9. */
  private void order(final long now, final Outputs out) {
    if (strategy.pending()) {
      portfolio.markNow(now, out); // sized by what is held at the prices of now, and judged so
    }
    while (strategy.pending()) {
      final long call = strategy.next(intent);
      if (call == StrategyHost.INTENT) {
        if (!judge(now, out)) {
          strategy.onDenied(intent);
        }
      } else if (call == StrategyHost.CANCEL_ALL) {
        router.cancelAll(RejectReason.STRATEGY, now, out);
      } else {
        router.cancel(OrderId.cause(call), OrderId.ordinal(call), RejectReason.STRATEGY, now, out);
      }
    }
    if (strategy.takeStopped()) {
      router.cancelAll(RejectReason.STRATEGY, now, out);
    }
  }

  /**
   * Without latency the venue answers at once, and the strategy may act on the answer: a bounded
   * number of times for one input.
   */
  private void settle(final long now, final Outputs out) {
    for (int round = 0; round < MAX_ROUNDS && venue.poll(now); round++) {
      do {
        execution(venue.report(), now, out);
      } while (venue.poll(now));
      final int requests = out.count();
      act(now, out);
      router.work(now, out);
      act(now, out);
      venue.accept(out, requests);
    }
  }

  /** Stages 3 to 9 for each underlying that is due. */
  private void evaluate(final long now, final Outputs out) {
    for (int id = market.evaluations().next(now, market.books());
        id != 0;
        id = market.evaluations().next(now, market.books())) {
      final long t0 = System.nanoTime();
      final int h = hedge.evaluate(id, now, out);
      final int l = liquidity.evaluate(id, now, out);
      final int s = sentiment.evaluate(id, now, out);
      final int e = elasticity.evaluate(id, now, out, h, l);
      final long t1 = System.nanoTime();
      final int view = snapshot.fuse(id, now, out, h, l, s, e);
      final long t2 = System.nanoTime();
      final int a = hedgeAgent.suggest(out, view);
      final int b = liquidityAgent.suggest(out, view);
      final int c = sentimentAgent.suggest(out, view);
      final long t3 = System.nanoTime();
      final int composite = composer.compose(out, view, a, b, c);
      final long t4 = System.nanoTime();
      if (strategy != null) {
        strategy.onEvaluated(id, view, composite);
        times.record(Row.TRADE, System.nanoTime() - t4);
        act(now, out);
        continue;
      }
      final int ideas = trade.propose(out, view, composite);
      final long t5 = System.nanoTime();
      times.record(Row.ENGINES, t1 - t0);
      times.record(Row.SNAPSHOT, t2 - t1);
      times.record(Row.AGENTS, t3 - t2);
      times.record(Row.COMPOSER, t4 - t3);
      times.record(Row.TRADE, t5 - t4);
      final int end = out.count();
      for (int i = end - ideas; i < end; i++) {
        if (out.read(i, idea).status() == IdeaStatus.PROPOSED) {
          intents.read(idea, intent);
          judge(now, out);
        }
      }
    }
  }

  /** Stages 8 and 9 for the intent at hand: what the gate lets through, the router takes up. */
  private boolean judge(final long now, final Outputs out) {
    final long t0 = System.nanoTime();
    final Approval approval = gate.judge(intent, now, out);
    final long t1 = System.nanoTime();
    times.record(Row.RISK, t1 - t0);
    if (approval != null) {
      router.accept(approval, now, out);
      times.record(Row.ROUTER, System.nanoTime() - t1);
    }
    return approval != null;
  }

  /**
   * All that the inputs so far have left behind, stage by stage; between events only. A pipeline of
   * the same config and strategy that loads it decides the same from here on.
   */
  @Override
  public void state(final StateCodec codec) {
    market.state(codec);
    orders.state(codec);
    portfolio.state(codec);
    venue.state(codec);
    hedge.state(codec);
    liquidity.state(codec);
    sentiment.state(codec);
    elasticity.state(codec);
    snapshot.state(codec);
    if (strategy != null) {
      strategy.state(codec);
    }
    gate.state(codec);
    router.state(codec);
    codec.part("pipeline");
    generation = codec.int32(generation);
    ending = codec.flag(ending);
  }

  /** Whether all that decides can be saved: a strategy may keep what it cannot. */
  public boolean checkpoints() {
    return checkpoints;
  }

  /** The market as it stands; for state dumps, between events only. */
  public Market market() {
    return market;
  }

  /** The portfolio as it stands; for state dumps, between events only. */
  public Portfolio portfolio() {
    return portfolio;
  }
}
