package io.millrace.core.slot;

import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * The outputs one input caused, encoded one after another in the order they were made.
 *
 * <p>{@link #begin} writes the header and the three fields that every output starts with (cause,
 * ordinal, event time); {@link #end} closes the message. Only one message is open at a time. An
 * output's index here is its ordinal.
 */
public final class Outputs {
  /** Most outputs that one input may cause; more is a fault that halts the engine. */
  public static final int MAX_OUTPUTS = 8192;

  /** Body offset of {@code cause} in every output. */
  public static final int CAUSE_OFFSET = 0;

  /** Body offset of {@code ordinal} in every output. */
  public static final int ORDINAL_OFFSET = 8;

  /** Body offset of {@code eventTime} in every output. */
  public static final int EVENT_TIME_OFFSET = 12;

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
  private static final int INITIAL_BYTES = 1024;
  private static final int INITIAL_COUNT = 16;
  private static final int CLOSED = -1;

  static {
    // begin() writes these fields by offset: hold the schema to it.
    if (EngineOutputEncoder.causeEncodingOffset() != CAUSE_OFFSET
        || EngineOutputEncoder.ordinalEncodingOffset() != ORDINAL_OFFSET
        || EngineOutputEncoder.eventTimeEncodingOffset() != EVENT_TIME_OFFSET) {
      throw new IllegalStateException("schema moved the first fields of the outputs");
    }
  }

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_BYTES);
  private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
  private int[] offsets = new int[INITIAL_COUNT + 1];
  private int count;
  private int open = CLOSED;
  private long cause;
  private long eventTime;
  private int generation;

  /** Forgets everything; called once per input. */
  public void reset(final long cause, final long eventTime) {
    this.cause = cause;
    this.eventTime = eventTime;
    count = 0;
    open = CLOSED;
  }

  /**
   * Opens the next output.
   *
   * @return the encoder, wrapped at the body, the first three fields written
   * @throws IllegalStateException if a message is still open or the input caused too many
   */
  public <E extends MessageEncoderFlyweight> E begin(final E encoder) {
    if (open != CLOSED) {
      throw new IllegalStateException("output " + cause + "." + count + " is still open");
    }
    if (count >= MAX_OUTPUTS) {
      throw new IllegalStateException(
          "input " + cause + " caused more than " + MAX_OUTPUTS + " outputs");
    }
    open = offsets[count];
    final int body = open + HEADER;
    headerEncoder
        .wrap(buffer, open)
        .blockLength(encoder.sbeBlockLength())
        .templateId(encoder.sbeTemplateId())
        .schemaId(encoder.sbeSchemaId())
        .version(encoder.sbeSchemaVersion());
    // Slots are reused: clear the block, so that a field a stage leaves out is zero, not old.
    buffer.checkLimit(body + encoder.sbeBlockLength());
    buffer.setMemory(body, encoder.sbeBlockLength(), (byte) 0);
    encoder.wrap(buffer, body);
    buffer.putLong(body + CAUSE_OFFSET, cause, ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(body + ORDINAL_OFFSET, count, ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(body + EVENT_TIME_OFFSET, eventTime, ByteOrder.LITTLE_ENDIAN);
    return encoder;
  }

  /**
   * Closes the open output.
   *
   * @return its index, which is its ordinal
   */
  public int end(final MessageEncoderFlyweight encoder) {
    if (open == CLOSED) {
      throw new IllegalStateException("no output is open");
    }
    if (count + 2 > offsets.length) {
      offsets = java.util.Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[count + 1] = open + HEADER + encoder.encodedLength();
    open = CLOSED;
    return count++;
  }

  /** How many outputs there are. */
  public int count() {
    return count;
  }

  /** Sequence of the input. */
  public long cause() {
    return cause;
  }

  /** How many recoveries lie behind this run; part of the order ids. */
  public int generation() {
    return generation;
  }

  /** Sets how many recoveries lie behind this run. */
  public void generation(final int recoveries) {
    generation = recoveries;
  }

  /** Event time of the input. */
  public long eventTime() {
    return eventTime;
  }

  /** All outputs lie in here, gapless from 0 to {@link #length()}. */
  public DirectBuffer buffer() {
    return buffer;
  }

  /** Bytes of all closed outputs. */
  public int length() {
    return offsets[count];
  }

  /** Where output {@code index} begins (its header). */
  public int offset(final int index) {
    return offsets[index];
  }

  /** Bytes of output {@code index}, header included. */
  public int length(final int index) {
    return offsets[index + 1] - offsets[index];
  }

  /** SBE template of output {@code index}. */
  public int templateId(final int index) {
    return headerDecoder.wrap(buffer, offsets[index]).templateId();
  }

  /** Wraps a decoder over output {@code index}, which must be of its template. */
  public <D extends MessageDecoderFlyweight> D read(final int index, final D decoder) {
    headerDecoder.wrap(buffer, offsets[index]);
    if (headerDecoder.templateId() != decoder.sbeTemplateId()) {
      throw new IllegalStateException(
          "output "
              + cause
              + "."
              + index
              + " is template "
              + headerDecoder.templateId()
              + ", not "
              + decoder.sbeTemplateId());
    }
    decoder.wrap(
        buffer, offsets[index] + HEADER, headerDecoder.blockLength(), headerDecoder.version());
    return decoder;
  }

  /** Writes the raw bits of an SBE set field, which the generated encoders cannot do at once. */
  public static void putBits(
      final MutableDirectBuffer buffer, final int fieldOffset, final int bits) {
    buffer.putInt(fieldOffset, bits, ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the raw bits of a 64-bit SBE set field. */
  public static void putBits(
      final MutableDirectBuffer buffer, final int fieldOffset, final long bits) {
    buffer.putLong(fieldOffset, bits, ByteOrder.LITTLE_ENDIAN);
  }
}
