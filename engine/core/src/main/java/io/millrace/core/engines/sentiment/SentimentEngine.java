package io.millrace.core.engines.sentiment;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.Engine;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.NewsDecoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Regime;
import io.millrace.codecs.Side;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.Fixed;
import io.millrace.core.market.Indicators;
import io.millrace.core.market.Instruments;
import io.millrace.core.market.LeeReady;
import io.millrace.core.market.Market;
import io.millrace.core.slot.FeatureTable;
import io.millrace.core.slot.Outputs;
import io.millrace.core.state.StateCodec;
import io.millrace.core.state.Stateful;
import java.util.Arrays;

/**
 * Blends three views of an underlying, each a score in -1..1 with a confidence in 0..1: news,
 * option flow, technicals.
 *
 * <p>Fusion over the processors that are there, with weight w, score s and confidence c:
 * sentiment_score = sum(w c s) / sum(w c), sentiment_confidence = sum(w c) / sum(w). A processor
 * that has nothing to say is in neither sum, so its weight goes to the others.
 *
 * <p>Without a lexicon no headline is scored: there is no news.
 */
public final class SentimentEngine implements Stateful {
  private static final int INITIAL = 64;
  private static final int MAX_HEADLINE_BYTES = 4096;
  private static final long UNDECIDED = 0;
  private static final long TRADES = -1;

  private final SentimentConfig config;
  private final Instruments instruments;
  private final LeeReady leeReady;
  private final BarBuilder bars;
  private final Technicals technicals;
  private final Headlines headlines;
  private final EngineOutputEncoder output = new EngineOutputEncoder();
  private final FeatureTable features = new FeatureTable();
  private final byte[] headline = new byte[MAX_HEADLINE_BYTES];
  private final byte[] publisher = new byte[NewsDecoder.sourceLength()];
  private Indicators[] indicators = new Indicators[INITIAL];
  private OptionFlow[] flows = new OptionFlow[INITIAL];
  private NewsMemory[] news = new NewsMemory[INITIAL];
  // Of options: UNDECIDED, TRADES, or the interval of the bars that count.
  private long[] source = new long[INITIAL];
  private double weights;
  private double weightedConfidence;
  private double weightedScore;

  /** An engine that scores no headlines. */
  public SentimentEngine(final SentimentConfig config, final Market market) {
    this(config, market, Lexicon.EMPTY);
  }

  /** An engine that has seen nothing. */
  public SentimentEngine(final SentimentConfig config, final Market market, final Lexicon lexicon) {
    this.config = config;
    instruments = market.instruments();
    leeReady = new LeeReady(market.books());
    bars = new BarBuilder(instruments, config.barNanos());
    technicals = new Technicals(config);
    headlines = new Headlines(lexicon);
  }

  /** Makes room for a defined instrument, off the hot path; without it, its first event does. */
  public void onInstrument(final int id) {
    if (id >= source.length) {
      final int size = Math.max(id + 1, source.length * 2);
      indicators = Arrays.copyOf(indicators, size);
      flows = Arrays.copyOf(flows, size);
      news = Arrays.copyOf(news, size);
      source = Arrays.copyOf(source, size);
    }
    leeReady.grow(id);
    if (!instruments.option(id) && indicators[id] == null) {
      bars.grow(id);
      indicators[id] = new Indicators();
      flows[id] = new OptionFlow(config);
      news[id] = new NewsMemory(config);
    }
  }

  @Override
  public void state(final StateCodec codec) {
    codec.part("sentiment");
    leeReady.state(codec);
    bars.state(codec);
    source = codec.grown(source);
    if (codec.loading()) {
      indicators = new Indicators[source.length];
      flows = new OptionFlow[source.length];
      news = new NewsMemory[source.length];
    }
    for (int id = 0; id < source.length; id++) {
      if (codec.flag(indicators[id] != null)) {
        if (codec.loading()) {
          indicators[id] = new Indicators();
          flows[id] = new OptionFlow(config);
          news[id] = new NewsMemory(config);
        }
        indicators[id].state(codec);
        flows[id].state(codec);
        news[id].state(codec);
      }
    }
  }

  /** Makes room if the instrument was not announced. */
  private void follow(final int id) {
    if (id >= source.length || (indicators[id] == null && !instruments.option(id))) {
      onInstrument(id);
    }
    leeReady.grow(id);
  }

  /**
   * A print of an underlying or an option.
   *
   * @param price 1e-8, above 0
   * @param size 1e-8, 0 or more
   * @param aggressor NONE = unknown
   */
  public void onTrade(
      final int id, final long time, final long price, final long size, final Side aggressor) {
    follow(id);
    if (!instruments.option(id)) {
      if (bars.onTrade(id, time, price, size)) {
        finished(id);
      }
      return;
    }
    if (source[id] == UNDECIDED) {
      source[id] = TRADES;
    }
    if (source[id] == TRADES) {
      flow(id, time, price, size, aggressor);
    }
  }

  /** A finished bar of the feed; an option's counts as a trade of its volume at its close. */
  public void onBar(final BarDecoder bar) {
    final int id = bar.instrumentId();
    follow(id);
    if (!instruments.option(id)) {
      if (bars.onBar(bar)) {
        finished(id);
      }
      return;
    }
    if (source[id] == UNDECIDED) {
      source[id] = bar.interval();
    }
    if (source[id] == bar.interval()) {
      flow(id, bar.eventTime() - 1, bar.close(), bar.volume(), Side.NONE);
    }
  }

  /** A headline about an instrument; about a derivative it is about its underlying. */
  public void onNews(final NewsDecoder message) {
    final int id = message.instrumentId();
    if (!headlines.scoring() || !instruments.defined(id)) {
      return;
    }
    final int root = instruments.root(id);
    follow(root);
    message.getSource(publisher, 0);
    final int length = message.getHeadline(headline, 0, MAX_HEADLINE_BYTES);
    final double tone = headlines.tone(headline, length);
    news[root].headline(
        message.eventTime(),
        headlines.words(),
        tone,
        headlines.sourceWeight(publisher, publisher.length));
  }

  private void finished(final int id) {
    indicators[id].update(
        Fixed.toDouble(bars.high()), Fixed.toDouble(bars.low()), Fixed.toDouble(bars.close()));
  }

  private void flow(
      final int id, final long time, final long price, final long size, final Side aggressor) {
    final int sign = leeReady.sign(id, price, aggressor);
    final int root = instruments.root(id);
    if (sign == 0 || size <= 0) {
      return;
    }
    follow(root);
    final double contracts = Fixed.toDouble(size);
    final double premium =
        Fixed.toDouble(price) * contracts * Fixed.toDouble(instruments.multiplier(id));
    flows[root].trade(time, instruments.right(id) == OptionRight.CALL, sign, premium, contracts);
  }

  /**
   * Writes the features of an underlying.
   *
   * @return index of the EngineOutput
   */
  public int evaluate(final int underlyingId, final long now, final Outputs out) {
    final int id = underlyingId;
    follow(id);
    if (bars.advance(id, now)) {
      finished(id);
    }
    features.clear();
    weights = 0;
    weightedConfidence = 0;
    weightedScore = 0;
    int quality = technical(id);
    quality = flow(id, now, quality);
    quality = news(id, now, quality);
    final double score = weightedConfidence > 0 ? weightedScore / weightedConfidence : 0.0;
    final double confidence = weights > 0 ? weightedConfidence / weights : 0.0;
    if (weights > 0) {
      features.put(Feature.SENTIMENT_SCORE, score);
      features.put(Feature.SENTIMENT_CONFIDENCE, confidence);
      features.put(Feature.SENTIMENT_ENERGY, Math.abs(score) * confidence);
    }
    out.begin(output);
    output
        .instrumentId(id)
        .engine(Engine.SENTIMENT)
        .regime(regime(score, confidence))
        .confidence(confidence);
    Outputs.putBits(
        output.buffer(), output.offset() + EngineOutputEncoder.qualityEncodingOffset(), quality);
    features.store(output);
    return out.end(output);
  }

  private void fuse(final double weight, final double score, final double confidence) {
    weights += weight;
    weightedConfidence += weight * confidence;
    weightedScore += weight * confidence * score;
  }

  private int technical(final int id) {
    final Indicators of = indicators[id];
    int quality = 0;
    if (of.rsiReady()) {
      features.put(Feature.RSI_14, of.rsi());
    }
    if (of.bandsReady()) {
      features.put(Feature.BOLLINGER_PERCENT_B, of.percentB());
      features.put(Feature.KELTNER_POSITION, of.keltnerPosition());
    } else {
      quality = QualityEncoder.warmingUp(quality, true);
    }
    if (of.momentumReady()) {
      features.put(Feature.MOMENTUM, of.momentum());
    }
    if (technicals.read(of)) {
      features.put(Feature.TECHNICAL_SENTIMENT_SCORE, technicals.score());
      features.put(Feature.TECHNICAL_SENTIMENT_CONFIDENCE, technicals.confidence());
      fuse(config.technicalWeight(), technicals.score(), technicals.confidence());
    }
    return quality;
  }

  private int flow(final int id, final long now, final int quality) {
    final OptionFlow of = flows[id];
    of.roll(now);
    if (!of.present()) {
      return QualityEncoder.noFlow(quality, true);
    }
    features.put(Feature.FLOW_SENTIMENT_SCORE, of.score());
    features.put(Feature.FLOW_SENTIMENT_CONFIDENCE, of.confidence());
    fuse(config.flowWeight(), of.score(), of.confidence());
    return quality;
  }

  private int news(final int id, final long now, final int quality) {
    final NewsMemory of = news[id];
    of.age(now);
    if (!of.present(now)) {
      return QualityEncoder.noNews(quality, true);
    }
    features.put(Feature.NEWS_SENTIMENT_SCORE, of.score());
    features.put(Feature.NEWS_SENTIMENT_CONFIDENCE, of.confidence());
    fuse(config.newsWeight(), of.score(), of.confidence());
    return quality;
  }

  /**
   * The first that holds: nothing to say: degraded; news clear and confident enough: bullish or
   * bearish news; weak or not to be believed: quiet; else mixed.
   */
  private Regime regime(final double score, final double confidence) {
    if (weights <= 0) {
      return Regime.DEGRADED;
    }
    final double newsScore = features.get(Feature.NEWS_SENTIMENT_SCORE);
    if (Math.abs(newsScore) >= config.newsRegimeScore()
        && features.get(Feature.NEWS_SENTIMENT_CONFIDENCE) >= config.newsRegimeConfidence()) {
      return newsScore > 0 ? Regime.BULLISH_NEWS : Regime.BEARISH_NEWS;
    }
    return Math.abs(score) < config.quietScore() || confidence < config.quietConfidence()
        ? Regime.QUIET
        : Regime.MIXED;
  }
}
