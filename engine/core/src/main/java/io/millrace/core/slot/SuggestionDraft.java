package io.millrace.core.slot;

import io.millrace.codecs.Action;
import io.millrace.codecs.Layer;
import io.millrace.codecs.Reason;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.SuggestionDecoder;
import io.millrace.codecs.SuggestionEncoder;
import java.nio.ByteOrder;

/**
 * A suggestion in the making: the rules that applied, in order, and what it is about. Reused; owned
 * by the stage that suggests.
 */
public final class SuggestionDraft {
  /** Most rules that one suggestion may show. */
  public static final int MAX_ROWS = 32;

  private final SuggestionEncoder encoder = new SuggestionEncoder();
  private final Reason[] rule = new Reason[MAX_ROWS];
  private final double[] value = new double[MAX_ROWS];
  private final double[] weight = new double[MAX_ROWS];
  private int count;
  private long tags;

  /** Forgets all rows and tags. */
  public SuggestionDraft clear() {
    count = 0;
    tags = 0;
    return this;
  }

  /**
   * Adds a rule that applied.
   *
   * @param value what it saw
   * @param weight what it gave
   * @throws IllegalArgumentException if a number is NaN or infinite, or there are too many rows
   */
  public SuggestionDraft row(final Reason rule, final double value, final double weight) {
    if (count == MAX_ROWS || !Double.isFinite(value) || !Double.isFinite(weight)) {
      throw new IllegalArgumentException(
          "row " + count + " " + rule + ": value " + value + ", weight " + weight);
    }
    this.rule[count] = rule;
    this.value[count] = value;
    this.weight[count] = weight;
    count++;
    return this;
  }

  /** Adds tags: bits of the schema's Tags. */
  public SuggestionDraft tag(final long bits) {
    tags |= bits;
    return this;
  }

  /** Tags so far. */
  public long tags() {
    return tags;
  }

  /**
   * Appends the suggestion.
   *
   * @param snapshot names the underlying
   * @param confidence 0 to 1
   * @param horizonNanos of the forecast
   * @param expectedMove signed fraction over the horizon
   * @param reason leading rule
   * @return its index in the outputs
   * @throws IllegalArgumentException if the confidence is outside 0 to 1 or the move not finite
   */
  public int emit(
      final Outputs outputs,
      final SnapshotDecoder snapshot,
      final Layer layer,
      final Action action,
      final double confidence,
      final long horizonNanos,
      final double expectedMove,
      final Reason reason) {
    if (!(confidence >= 0 && confidence <= 1) || !Double.isFinite(expectedMove)) {
      throw new IllegalArgumentException(
          layer + " suggests with confidence " + confidence + " and move " + expectedMove);
    }
    outputs.begin(encoder);
    encoder
        .instrumentId(snapshot.instrumentId())
        .layer(layer)
        .action(action)
        .confidence(confidence)
        .horizon(horizonNanos)
        .expectedMove(expectedMove)
        .reason(reason);
    Outputs.putBits(
        encoder.buffer(), encoder.offset() + SuggestionEncoder.tagsEncodingOffset(), tags);
    final SuggestionEncoder.RowsEncoder rows = encoder.rowsCount(count);
    for (int i = 0; i < count; i++) {
      rows.next().rule(rule[i]).value(value[i]).weight(weight[i]);
    }
    return outputs.end(encoder);
  }

  /** The tags of a suggestion as bits. */
  public static long tagBits(final SuggestionDecoder suggestion) {
    return suggestion
        .buffer()
        .getLong(
            suggestion.offset() + SuggestionDecoder.tagsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
  }

  /** The quality flags of a snapshot as bits. */
  public static int qualityBits(final SnapshotDecoder snapshot) {
    return snapshot
        .buffer()
        .getInt(
            snapshot.offset() + SnapshotDecoder.qualityEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
  }
}
