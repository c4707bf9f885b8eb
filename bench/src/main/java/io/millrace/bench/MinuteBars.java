package io.millrace.bench;

import io.millrace.codecs.BarEncoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.Settlement;
import io.millrace.codecs.Tier;
import io.millrace.core.market.Fixed;
import io.millrace.gateways.recorded.EventSource;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Minute bars of one coin, in memory: a wave of two hundred minutes and a little noise, so that its
 * averages cross again and again, by so little that the account neither grows nor shrinks much.
 */
final class MinuteBars implements EventSource {
  static final String SYMBOL = "WAVE";
  static final long MINUTE = 60_000_000_000L;

  /** Start of the first bar, 2024-01-01T00:00:00Z. */
  static final long START = 1_704_067_200_000_000_000L;

  private static final long SEED = 20261121L;
  private static final double LEVEL = 1_000;
  private static final double WAVE = 0.3;
  private static final double NOISE = 0.02;
  private static final double PERIOD = 200;
  private static final double CENTS = 100;
  static final double VOLUME = 1e6;

  private final double[] close;
  private final UnsafeBuffer definition = new UnsafeBuffer(new byte[256]);
  private final UnsafeBuffer bar =
      new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + BarEncoder.BLOCK_LENGTH]);
  private final BarEncoder encoder = new BarEncoder();
  private int at = -2;
  private long time;

  private MinuteBars(final double[] close) {
    this.close = close;
    encoder.wrapAndApplyHeader(bar, 0, new MessageHeaderEncoder());
  }

  /** The closes, each the open of the next bar. */
  static double[] closes(final int bars) {
    final SplittableRandom random = new SplittableRandom(SEED);
    final double[] closes = new double[bars];
    for (int i = 0; i < bars; i++) {
      final double price =
          LEVEL
              + WAVE * StrictMath.sin(2 * StrictMath.PI * i / PERIOD)
              + NOISE * (random.nextDouble() - 1 / 2.0);
      closes[i] = StrictMath.rint(price * CENTS) / CENTS;
    }
    return closes;
  }

  static MinuteBars of(final double[] closes) {
    return new MinuteBars(closes);
  }

  /** End of a bar, nanoseconds. */
  static long end(final int bar) {
    return START + (bar + 1) * MINUTE;
  }

  static double open(final double[] closes, final int bar) {
    return closes[Math.max(0, bar - 1)];
  }

  @Override
  public boolean next() {
    at++;
    if (at < 0) {
      define();
      return true;
    }
    if (at == close.length) {
      return false;
    }
    time = end(at);
    final long first = Fixed.fromDouble(open(close, at));
    final long last = Fixed.fromDouble(close[at]);
    encoder
        .eventTime(time)
        .instrumentId(1)
        .interval(MINUTE)
        .open(first)
        .high(Math.max(first, last))
        .low(Math.min(first, last))
        .close(last)
        .volume(Fixed.fromDouble(VOLUME));
    return true;
  }

  private void define() {
    time = START;
    new InstrumentDefinitionEncoder()
        .wrapAndApplyHeader(definition, 0, new MessageHeaderEncoder())
        .eventTime(time)
        .instrumentId(1)
        .kind(InstrumentKind.CRYPTO_SPOT)
        .right(OptionRight.NONE)
        .style(OptionStyle.NONE)
        .settlement(Settlement.PHYSICAL)
        .tier(Tier.CORE)
        .tickSize(Fixed.ONE / 100)
        .lotSize(Fixed.ONE / 1000)
        .multiplier(Fixed.ONE)
        .strike(Fixed.NONE)
        .currency("USD")
        .symbol(SYMBOL);
  }

  @Override
  public long eventTime() {
    return time;
  }

  @Override
  public DirectBuffer buffer() {
    return at < 0 ? definition : bar;
  }

  @Override
  public int offset() {
    return 0;
  }

  @Override
  public int length() {
    return at < 0
        ? MessageHeaderEncoder.ENCODED_LENGTH + InstrumentDefinitionEncoder.BLOCK_LENGTH
        : bar.capacity();
  }

  @Override
  public void close() {}
}
