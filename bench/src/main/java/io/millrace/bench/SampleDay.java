package io.millrace.bench;

import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.RunMode;
import io.millrace.codecs.SessionHeaderEncoder;
import io.millrace.core.slot.Slot;
import io.millrace.gateways.Feed;
import io.millrace.gateways.recorded.Pace;
import io.millrace.gateways.recorded.RecordedFeed;
import io.millrace.runtime.config.Config;
import io.millrace.tools.data.CuratedReader;
import io.millrace.tools.data.Selection;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Every input of the sample day (GOOG, 2015-12-24: its 2,192 option contracts, their quotes, open
 * interest and trades, the underlying, timer ticks), encoded, in memory: reading parquet is no part
 * of what is measured. The same day is fed again and again, each time to a fresh pipeline.
 */
final class SampleDay {
  /** System property that names the file of encoded inputs, for the JVMs that bench starts. */
  static final String FILE_PROPERTY = "millrace.bench.inputs";

  private final UnsafeBuffer bytes;
  private final int[] offsets;
  private final int optionQuotes;
  private final int longest;

  private SampleDay(final UnsafeBuffer bytes, final int[] offsets) {
    this.bytes = bytes;
    this.offsets = offsets;
    int quotes = 0;
    int most = 0;
    for (int i = 0; i < count(); i++) {
      quotes += templateId(i) == OptionQuoteDecoder.TEMPLATE_ID ? 1 : 0;
      most = Math.max(most, length(i));
    }
    optionQuotes = quotes;
    longest = most;
  }

  /** Reads the curated data and leaves the encoded inputs in a file, for {@link #load()}. */
  static void write(final Path root, final Config config, final Path file) throws IOException {
    final Selection selection =
        Selection.of(root.resolve("tools/data/curated"), "lean", List.of("goog"), null, null);
    try (CuratedReader reader = CuratedReader.open(selection);
        RecordedFeed feed =
            new RecordedFeed(reader, config.engine().timerIntervalNanos(), Pace.unpaced());
        DataOutputStream out =
            new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(file)))) {
      boolean headed = false;
      final byte[] copy = new byte[1 << 16];
      while (feed.poll() == Feed.Poll.INPUT) {
        if (!headed) {
          final ExpandableArrayBuffer own = new ExpandableArrayBuffer(256);
          final int length = header(own, Slot.eventTime(feed.buffer(), feed.offset()), config);
          own.getBytes(0, copy, 0, length);
          out.writeInt(length);
          out.write(copy, 0, length);
          headed = true;
        }
        feed.buffer().getBytes(feed.offset(), copy, 0, feed.length());
        out.writeInt(feed.length());
        out.write(copy, 0, feed.length());
      }
    }
  }

  static int header(final ExpandableArrayBuffer buffer, final long time, final Config config) {
    final SessionHeaderEncoder encoder = new SessionHeaderEncoder();
    encoder
        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
        .eventTime(time)
        .runId("bench")
        .mode(RunMode.BACKTEST)
        .configDigest(0)
        .previousEndHash(0)
        .initialCash(config.account().initialCash());
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  /** The day that {@link #write} left in the file that the system property names. */
  static SampleDay load() {
    final String file = System.getProperty(FILE_PROPERTY);
    if (file == null) {
      throw new IllegalStateException(
          "no encoded inputs: start with bench/run, which sets -D" + FILE_PROPERTY);
    }
    final Path path = Path.of(file);
    try (DataInputStream in =
        new DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
      final UnsafeBuffer bytes =
          new UnsafeBuffer(ByteBuffer.allocateDirect((int) Files.size(path)));
      int[] offsets = new int[1 << 16];
      int count = 0;
      int end = 0;
      final byte[] copy = new byte[1 << 16];
      while (true) {
        final int length;
        try {
          length = in.readInt();
        } catch (final java.io.EOFException done) {
          break;
        }
        in.readFully(copy, 0, length);
        bytes.putBytes(end, copy, 0, length);
        if (count + 2 > offsets.length) {
          offsets = java.util.Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[count++] = end;
        end += length;
        offsets[count] = end;
      }
      return new SampleDay(bytes, java.util.Arrays.copyOf(offsets, count + 1));
    } catch (final IOException e) {
      throw new java.io.UncheckedIOException("the encoded inputs in " + path + " are lost", e);
    }
  }

  /** Inputs of the day. */
  int count() {
    return offsets.length - 1;
  }

  /** How many of them are quotes of options. */
  int optionQuotes() {
    return optionQuotes;
  }

  /** Bytes of all inputs, headers included. */
  int totalBytes() {
    return offsets[count()];
  }

  /** Bytes of the longest input. */
  int longest() {
    return longest;
  }

  /** All inputs, one after another. */
  UnsafeBuffer bytes() {
    return bytes;
  }

  int offset(final int index) {
    return offsets[index];
  }

  int length(final int index) {
    return offsets[index + 1] - offsets[index];
  }

  long eventTime(final int index) {
    return Slot.eventTime(bytes, offsets[index]);
  }

  int templateId(final int index) {
    return Short.toUnsignedInt(
        bytes.getShort(
            offsets[index] + MessageHeaderDecoder.templateIdEncodingOffset(),
            java.nio.ByteOrder.LITTLE_ENDIAN));
  }

  /** First option quote of the first minute at or after a share of the option session. */
  int minuteAt(final double share) {
    final int first = quoteFrom(0);
    int last = count() - 1;
    while (templateId(last) != OptionQuoteDecoder.TEMPLATE_ID) {
      last--;
    }
    final long from = eventTime(first);
    final long at = from + (long) (share * (eventTime(last) - from));
    int index = first;
    while (eventTime(index) < at) {
      index++;
    }
    return quoteFrom(index);
  }

  /** First option quote at or after an index. */
  private int quoteFrom(final int from) {
    int index = from;
    while (templateId(index) != OptionQuoteDecoder.TEMPLATE_ID) {
      index++;
    }
    return index;
  }

  /** One past the last option quote of the minute whose first is at {@code index}. */
  int endOfMinute(final int index) {
    int end = index;
    while (templateId(end) == OptionQuoteDecoder.TEMPLATE_ID
        && eventTime(end) == eventTime(index)) {
      end++;
    }
    return end;
  }

  /** First option quote of the minute after the one whose first is at {@code index}. */
  int nextMinute(final int index) {
    return quoteFrom(endOfMinute(index));
  }
}
