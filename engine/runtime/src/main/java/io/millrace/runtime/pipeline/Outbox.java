package io.millrace.runtime.pipeline;

import io.millrace.codecs.CommandDecoder;
import io.millrace.codecs.CommandType;
import io.millrace.codecs.StateDigestEncoder;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.Digest;
import org.agrona.DirectBuffer;

/**
 * Stage 10: hands each output on in order, and a StateDigest every {@link #DIGEST_INPUTS} inputs
 * and at the end of the session.
 */
public final class Outbox {
  /** Inputs between digests. A power of two. */
  public static final int DIGEST_INPUTS = 1 << 16;

  /** Where outputs go: into the decision log, or against a recorded one. */
  public interface Sink {
    /** Takes one output; the bytes are the sink's only during the call. */
    void accept(long eventTime, int templateId, DirectBuffer buffer, int offset, int length);
  }

  private final Sink sink;
  private final Digest digest = new Digest();
  private final StateDigestEncoder encoder = new StateDigestEncoder();
  private final CommandDecoder command = new CommandDecoder();

  /** An outbox with a fresh digest. */
  public Outbox(final Sink sink) {
    this.sink = sink;
  }

  /** Goes on from where another outbox stood: its digest, and its outputs without digests. */
  public void resume(final long from, final long outputs) {
    digest.resume(from, outputs);
  }

  /** Sends the outputs of a slot on. */
  public void emit(final Slot slot) {
    final Outputs outputs = slot.outputs();
    final boolean stop = stops(slot);
    final boolean due = (slot.sequence() & (DIGEST_INPUTS - 1)) == 0 || stop;
    final int count = outputs.count();
    for (int i = 0; i < count; i++) {
      digest.add(outputs.buffer(), outputs.offset(i), outputs.length(i));
      send(slot, i);
    }
    if (due) {
      outputs.begin(encoder);
      encoder.inputs(slot.sequence()).outputs(digest.outputs()).digest(digest.value());
      send(slot, outputs.end(encoder));
    }
  }

  private void send(final Slot slot, final int index) {
    final Outputs outputs = slot.outputs();
    sink.accept(
        slot.eventTime(),
        outputs.templateId(index),
        outputs.buffer(),
        outputs.offset(index),
        outputs.length(index));
  }

  private boolean stops(final Slot slot) {
    if (slot.templateId() != CommandDecoder.TEMPLATE_ID) {
      return false;
    }
    command.wrapAndApplyHeader(slot.input(), 0, slot.header());
    return command.command() == CommandType.STOP;
  }

  /** Hash over every output so far, digests not counted. */
  public long digest() {
    return digest.value();
  }

  /** Outputs so far, digests not counted. */
  public long outputs() {
    return digest.outputs();
  }
}
