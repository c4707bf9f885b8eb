package io.millrace.runtime.pipeline;

import io.millrace.codecs.BarEncoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.MarketMetricEncoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.MetricKind;
import io.millrace.codecs.NewsEncoder;
import io.millrace.codecs.OpenInterestEncoder;
import io.millrace.codecs.OptionQuoteEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.codecs.RunMode;
import io.millrace.codecs.SessionHeaderEncoder;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Side;
import io.millrace.codecs.Tier;
import io.millrace.codecs.TradeEncoder;
import io.millrace.codecs.VendorGreeksEncoder;
import io.millrace.core.market.Fixed;
import io.millrace.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * A seeded session of one share with 240 options, American and European, sound and unsound, and of
 * a volatility index with 60: quotes, trades, bars, open interest, vendor Greeks, headlines and
 * metrics, a second a round.
 */
final class AnalyticsScript {
  private static final long SEED = 20261121;
  private static final long START = 1_768_832_400_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400L * SECOND;
  private static final double RATE = 0.04;
  private static final int SHARE = 1;
  private static final int INDEX = 2;
  private static final String[] HEADLINES = {
    "Acme beats estimates and raises its outlook",
    "Acme shares plunge as auditor resigns",
    "Acme not expected to cut its dividend",
    "Analysts upgrade Acme after strong quarter",
    "Regulator opens probe into Acme accounting",
    "Acme to hold its annual meeting in May",
  };

  /** Takes one encoded input. */
  interface Sink {
    void take(long sequence, UnsafeBuffer buffer, int length);
  }

  private record Contract(int id, int root, double strike, double days, boolean call) {}

  private final Sink sink;
  private final Random random = new Random(SEED);
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8192]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final Kernels kernels = Kernels.select("scalar");
  private final List<Contract> contracts = new ArrayList<>();
  private final double[] price = new double[1];
  private long sequence;
  private long now = START;
  private double share = 100;
  private double index = 18;

  AnalyticsScript(final Sink sink) {
    this.sink = sink;
  }

  private void send(final MessageEncoderFlyweight message) {
    sequence++;
    sink.take(sequence, buffer, MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
  }

  /** Rounds of a second each. */
  void play(final int rounds) {
    send(
        new SessionHeaderEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(now)
            .runId("digest")
            .mode(RunMode.BACKTEST)
            .configDigest(0)
            .previousEndHash(0)
            .initialCash(1_000_000 * Fixed.ONE));
    define(SHARE, 0, "ACME", InstrumentKind.EQUITY, 0, 0, OptionRight.NONE, OptionStyle.NONE);
    define(INDEX, 0, "VIX", InstrumentKind.INDEX, 0, 0, OptionRight.NONE, OptionStyle.NONE);
    quote(SHARE, share);
    quote(INDEX, index);
    chain(SHARE, 240, 80, 1.0, OptionStyle.AMERICAN);
    chain(INDEX, 60, 12, 0.5, OptionStyle.EUROPEAN);
    for (int round = 0; round < rounds; round++) {
      now += SECOND;
      share *= 1 + 0.001 * random.nextGaussian();
      index *= 1 + 0.004 * random.nextGaussian();
      quote(SHARE, share);
      quote(INDEX, index);
      trades();
      for (final Contract contract : contracts) {
        if (round == 0 || random.nextInt(6) == 0) {
          optionQuote(contract);
        }
        if (random.nextInt(150) == 0) {
          vendor(contract);
        }
      }
      if (round % 5 == 0) {
        bar();
      }
      if (round % 3 == 0) {
        news(HEADLINES[random.nextInt(HEADLINES.length)]);
      }
      if (round % 10 == 0) {
        metric();
      }
    }
  }

  private void chain(
      final int root,
      final int count,
      final double lowest,
      final double step,
      final OptionStyle style) {
    for (int i = 0; i < count; i++) {
      final int rung = i / 6;
      final double days = i % 3 == 0 ? 1.5 : i % 3 == 1 ? 21 : 200;
      final Contract contract =
          new Contract(3 + contracts.size(), root, lowest + step * rung, days, i / 3 % 2 == 0);
      contracts.add(contract);
      define(
          contract.id,
          root,
          "O" + contract.id,
          InstrumentKind.OPTION,
          contract.strike,
          START + (long) (days * DAY),
          contract.call ? OptionRight.CALL : OptionRight.PUT,
          i % 7 == 0 ? OptionStyle.EUROPEAN : style);
      send(
          new OpenInterestEncoder()
              .wrapAndApplyHeader(buffer, 0, header)
              .eventTime(now)
              .instrumentId(contract.id)
              .openInterest(random.nextInt(5_000)));
    }
  }

  private void define(
      final int id,
      final int underlying,
      final String symbol,
      final InstrumentKind kind,
      final double strike,
      final long expiry,
      final OptionRight right,
      final OptionStyle style) {
    final boolean option = underlying != 0;
    send(
        new InstrumentDefinitionEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(now)
            .instrumentId(id)
            .underlyingId(underlying)
            .kind(kind)
            .right(right)
            .style(style)
            .settlement(option ? Settlement.PHYSICAL : Settlement.CASH)
            .tier(Tier.CORE)
            .liquidityBucket((short) 0)
            .correlationGroup(0)
            .tickSize(Fixed.ONE / 100)
            .lotSize(Fixed.ONE)
            .minNotional(0)
            .multiplier(option ? 100 * Fixed.ONE : Fixed.ONE)
            .strike(option ? Fixed.fromDouble(strike) : Fixed.NONE)
            .expiry(expiry)
            .sessionOpen(0)
            .sessionClose(0)
            .currency("USD")
            .symbol(symbol));
  }

  private void quote(final int id, final double mid) {
    send(
        new QuoteEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(now)
            .instrumentId(id)
            .bid(cents(mid) - Fixed.ONE / 100)
            .bidSize((1 + random.nextInt(900)) * Fixed.ONE)
            .ask(cents(mid) + Fixed.ONE / 100)
            .askSize((1 + random.nextInt(900)) * Fixed.ONE));
  }

  private static long cents(final double price) {
    return Math.round(price * 100) * (Fixed.ONE / 100);
  }

  private void optionQuote(final Contract contract) {
    final double spot = contract.root == SHARE ? share : index;
    final double tau = (START - now + contract.days * DAY) / (365.0 * DAY);
    final double vol = 0.2 + 0.3 * random.nextDouble();
    kernels.blackPrice(
        new double[] {spot},
        new double[] {contract.strike},
        new double[] {tau},
        new double[] {vol},
        new double[] {StrictMath.exp(-RATE * tau)},
        new double[] {contract.call ? 1 : -1},
        price,
        new byte[1],
        0,
        1);
    final long mid = cents(price[0]);
    final int odd = random.nextInt(40);
    final long half = (1 + random.nextInt(5)) * (Fixed.ONE / 100);
    // Now and then a side is missing, or both; or the bid is gone to zero, or above the ask.
    final long bid = odd == 0 || odd == 1 ? Fixed.NONE : odd == 2 ? 0 : Math.max(0, mid - half);
    final long ask = odd == 0 ? Fixed.NONE : odd == 3 ? Math.max(1, bid - half) : mid + half;
    send(
        new OptionQuoteEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(now)
            .instrumentId(contract.id)
            .bid(bid)
            .bidSize(10 * Fixed.ONE)
            .ask(ask)
            .askSize(10 * Fixed.ONE));
  }

  private void vendor(final Contract contract) {
    send(
        new VendorGreeksEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(now)
            .instrumentId(contract.id)
            .iv(0.3)
            .delta(contract.call ? 0.4 : -0.4)
            .gamma(0.02)
            .vega(10)
            .theta(-0.02)
            .vanna(Double.NaN)
            .charm(random.nextBoolean() ? Double.NaN : 0.001));
  }

  private void trades() {
    for (int i = random.nextInt(4); i >= 0; i--) {
      trade(SHARE, share * (1 + 0.0002 * random.nextGaussian()), Side.NONE);
    }
    final Contract contract = contracts.get(random.nextInt(240));
    trade(contract.id, 1 + random.nextDouble(), random.nextBoolean() ? Side.BUY : Side.SELL);
  }

  private void trade(final int id, final double at, final Side side) {
    send(
        new TradeEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(now)
            .instrumentId(id)
            .price(cents(at))
            .size((1 + random.nextInt(300)) * Fixed.ONE)
            .aggressor(side)
            .condition(0));
  }

  private void bar() {
    final long close = cents(share);
    send(
        new BarEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(now)
            .instrumentId(SHARE)
            .interval(60 * SECOND)
            .open(close)
            .high(close + Fixed.ONE / 10)
            .low(close - Fixed.ONE / 10)
            .close(close)
            .volume(500 * Fixed.ONE));
  }

  private void news(final String headline) {
    send(
        new NewsEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(now)
            .instrumentId(SHARE)
            .source("WIRE")
            .headline(headline));
  }

  private void metric() {
    send(
        new MarketMetricEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .eventTime(now)
            .instrumentId(SHARE)
            .metric(MetricKind.IV_RANK)
            .value(random.nextDouble())
            .source("vendor"));
  }
}
