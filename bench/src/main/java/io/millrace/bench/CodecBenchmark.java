package io.millrace.bench;

import io.millrace.codecs.Engine;
import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.codecs.Regime;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Flyweights against their floor: the same bytes as plain longs at the same place. A quote is the
 * smallest message of weight, an engine's output the largest that is common.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private static final int FEATURES = 24;
  private static final int QUOTE_BYTES =
      MessageHeaderEncoder.ENCODED_LENGTH + QuoteEncoder.BLOCK_LENGTH;

  private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
  private final UnsafeBuffer quoteBytes = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
  private final UnsafeBuffer outputBytes = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
  private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
  private final QuoteEncoder quoteEncoder = new QuoteEncoder();
  private final QuoteDecoder quoteDecoder = new QuoteDecoder();
  private final EngineOutputEncoder outputEncoder = new EngineOutputEncoder();
  private final EngineOutputDecoder outputDecoder = new EngineOutputDecoder();
  private final Feature[] features = new Feature[FEATURES];
  private final double[] values = new double[FEATURES];
  private long time = 1_450_969_200_000_000_000L;
  private int outputLength;

  /** Encodes what the decoders read. */
  @Setup
  public void encode() {
    int count = 0;
    for (final Feature feature : Feature.values()) {
      if (count < FEATURES && feature != Feature.NULL_VAL) {
        features[count] = feature;
        values[count] = 1.0 / (count + 1);
        count++;
      }
    }
    encodeQuote(quoteBytes);
    outputLength = encodeOutput(outputBytes);
  }

  private int encodeQuote(final UnsafeBuffer target) {
    quoteEncoder
        .wrapAndApplyHeader(target, 0, headerEncoder)
        .eventTime(++time)
        .instrumentId(17)
        .bid(748_40000000L)
        .bidSize(300_00000000L)
        .ask(748_45000000L)
        .askSize(200_00000000L);
    return QUOTE_BYTES;
  }

  private int encodeOutput(final UnsafeBuffer target) {
    outputEncoder.wrapAndApplyHeader(target, 0, headerEncoder);
    outputEncoder.cause(++time).ordinal(0).eventTime(time);
    outputEncoder.instrumentId(1).engine(Engine.HEDGE).regime(Regime.PIN).confidence(0.5);
    outputEncoder.quality().clear();
    final EngineOutputEncoder.FeaturesEncoder rows = outputEncoder.featuresCount(FEATURES);
    for (int i = 0; i < FEATURES; i++) {
      rows.next().feature(features[i]).value(values[i]);
    }
    return MessageHeaderEncoder.ENCODED_LENGTH + outputEncoder.encodedLength();
  }

  @Benchmark
  public int quoteEncode() {
    return encodeQuote(buffer);
  }

  @Benchmark
  public int quoteEncodeFloor() {
    return put(buffer, QUOTE_BYTES);
  }

  @Benchmark
  public long quoteDecode() {
    quoteDecoder.wrapAndApplyHeader(quoteBytes, 0, headerDecoder);
    return quoteDecoder.eventTime()
        + quoteDecoder.instrumentId()
        + quoteDecoder.bid()
        + quoteDecoder.bidSize()
        + quoteDecoder.ask()
        + quoteDecoder.askSize();
  }

  @Benchmark
  public long quoteDecodeFloor() {
    return sum(quoteBytes, QUOTE_BYTES);
  }

  @Benchmark
  public int outputEncode() {
    return encodeOutput(buffer);
  }

  @Benchmark
  public int outputEncodeFloor() {
    return put(buffer, outputLength);
  }

  @Benchmark
  public double outputDecode() {
    outputDecoder.wrapAndApplyHeader(outputBytes, 0, headerDecoder);
    double sum =
        outputDecoder.cause()
            + outputDecoder.ordinal()
            + outputDecoder.eventTime()
            + outputDecoder.instrumentId()
            + outputDecoder.engineRaw()
            + outputDecoder.regimeRaw()
            + outputDecoder.confidence();
    for (final EngineOutputDecoder.FeaturesDecoder row : outputDecoder.features()) {
      sum += row.featureRaw() * row.value();
    }
    return sum;
  }

  @Benchmark
  public long outputDecodeFloor() {
    return sum(outputBytes, outputLength);
  }

  /** No checks of bounds: what the bytes alone cost. */
  private int put(final UnsafeBuffer target, final int length) {
    time++;
    final long address = target.addressOffset();
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      UnsafeApi.putLong(address + i, time);
    }
    for (; i < length; i++) {
      UnsafeApi.putByte(address + i, (byte) time);
    }
    return i;
  }

  private static long sum(final UnsafeBuffer source, final int length) {
    final long address = source.addressOffset();
    long sum = 0;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      sum += UnsafeApi.getLong(address + i);
    }
    for (; i < length; i++) {
      sum += UnsafeApi.getByte(address + i);
    }
    return sum;
  }
}
