package io.millrace.core.slot;

import io.millrace.codecs.MessageHeaderDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One place on the ring: an input and the outputs it caused.
 *
 * <p>The input is either copied in (ring) or wrapped where it lies (inline runs). Reused for every
 * event; nothing in it outlives the event.
 */
public final class Slot {
  private static final int INITIAL_INPUT_BYTES = 256;

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final UnsafeBuffer input = new UnsafeBuffer(0, 0);
  private final Outputs own;
  private Outputs outputs;
  private byte[] copy = new byte[INITIAL_INPUT_BYTES];
  private int length;
  private long sequence;
  private long ingressNanos;
  private long eventTime;
  private int templateId;
  private long stamp;

  /** A slot with its own output buffer. */
  public Slot() {
    this(new Outputs());
  }

  /**
   * @param outputs where the stages append what they decide
   */
  public Slot(final Outputs outputs) {
    own = outputs;
    this.outputs = outputs;
  }

  /**
   * Lets the stages append to one buffer for all slots, where one thread both decides and sends on:
   * it is warm after the first evaluation, while each slot's own would have to grow by itself. To
   * be called by that thread, before the first stage; holds until the slot is filled again.
   */
  public void decideInto(final Outputs shared) {
    outputs = shared;
    shared.reset(sequence, eventTime);
  }

  /**
   * Points at an encoded input without copying it; the caller keeps the bytes alive and unchanged
   * until the last stage is done.
   *
   * @param sequence input sequence, gapless from 1
   * @param ingressNanos clock at ingress, nanoseconds since the epoch
   * @param buffer holds the message, header first
   * @param offset of the header
   * @param length of header and message, bytes
   * @throws IllegalArgumentException if the bytes are too short to be an input message
   */
  public void wrap(
      final long sequence,
      final long ingressNanos,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    if (length < MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES) {
      throw new IllegalArgumentException(
          "input " + sequence + " has " + length + " bytes, fewer than a header and a time");
    }
    input.wrap(buffer, offset, length);
    this.length = length;
    this.sequence = sequence;
    this.ingressNanos = ingressNanos;
    header.wrap(input, 0);
    templateId = header.templateId();
    eventTime = eventTime(input, 0);
    outputs = own;
    own.reset(sequence, eventTime);
  }

  /** As {@link #wrap}, but copies the bytes, so that the caller may reuse its buffer at once. */
  public void copy(
      final long sequence,
      final long ingressNanos,
      final DirectBuffer buffer,
      final int offset,
      final int length) {
    if (length > copy.length) {
      copy = new byte[Integer.highestOneBit(length - 1) << 1];
    }
    buffer.getBytes(offset, copy, 0, length);
    input.wrap(copy, 0, length);
    wrap(sequence, ingressNanos, input, 0, length);
  }

  /** Event time of any input message: always its first field. */
  public static long eventTime(final DirectBuffer buffer, final int offset) {
    return buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH, ByteOrder.LITTLE_ENDIAN);
  }

  /** Input sequence, gapless from 1. */
  public long sequence() {
    return sequence;
  }

  /** Clock at ingress, nanoseconds since the epoch; for measuring only, never for deciding. */
  public long ingressNanos() {
    return ingressNanos;
  }

  /** Event time of the input, nanoseconds since the epoch, UTC. */
  public long eventTime() {
    return eventTime;
  }

  /** Monotonic clock from which this input's latency counts, 0 = not timed; never for deciding. */
  public long stamp() {
    return stamp;
  }

  /** Sets the clock from which latency counts. */
  public void stamp(final long monotonicNanos) {
    stamp = monotonicNanos;
  }

  /** SBE template of the input. */
  public int templateId() {
    return templateId;
  }

  /** The input message, header at 0. */
  public DirectBuffer input() {
    return input;
  }

  /** Length of the input, header included, bytes. */
  public int inputLength() {
    return length;
  }

  /** Header of the input, for wrapping a decoder with its block length and version. */
  public MessageHeaderDecoder header() {
    return header;
  }

  /** What this input has caused so far. */
  public Outputs outputs() {
    return outputs;
  }
}
