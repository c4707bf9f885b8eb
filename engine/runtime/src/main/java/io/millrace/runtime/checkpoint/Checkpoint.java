package io.millrace.runtime.checkpoint;

import io.millrace.codecs.CheckpointHeaderDecoder;
import io.millrace.codecs.CheckpointHeaderEncoder;
import io.millrace.codecs.CheckpointPartDecoder;
import io.millrace.codecs.CheckpointPartEncoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.core.state.StateException;
import io.millrace.core.state.StateReader;
import io.millrace.core.state.StateWriter;
import io.millrace.core.state.Stateful;
import io.millrace.journal.CheckpointException;
import io.millrace.journal.CheckpointStore;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One checkpoint: a CheckpointHeader and two CheckpointParts, see the schema. */
public final class Checkpoint {
  /**
   * Version of what the parts hold. To be raised by whoever changes what any {@code state} method
   * passes through the codec: older checkpoints are refused then, and runs are re-executed.
   */
  public static final int LAYOUT = 2;

  private static final String PIPELINE = "pipeline";
  private static final String HELD = "held";
  private static final int PARTS = 2;

  private final Path file;
  private final Place place;
  private final int generation;
  private final DirectBuffer pipeline;
  private final DirectBuffer held;

  private Checkpoint(
      final Path file,
      final Place place,
      final int generation,
      final DirectBuffer pipeline,
      final DirectBuffer held) {
    this.file = file;
    this.place = place;
    this.generation = generation;
    this.pipeline = pipeline;
    this.held = held;
  }

  /**
   * Encodes a checkpoint.
   *
   * @param to where; from 0
   * @param pipeline what the stages saved
   * @param held what {@link Held} saved
   * @return bytes
   */
  static int encode(
      final ExpandableArrayBuffer to,
      final Owner owner,
      final Place place,
      final int generation,
      final StateWriter pipeline,
      final StateWriter held) {
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    final CheckpointHeaderEncoder head = new CheckpointHeaderEncoder();
    head.wrapAndApplyHeader(to, 0, header)
        .sequence(place.sequence())
        .eventTime(place.eventTime())
        .layout(LAYOUT)
        .generation(generation)
        .runId(owner.runId())
        .configDigest(owner.configDigest())
        .strategy(owner.strategy())
        .inputChain(place.inputChain())
        .decisions(place.decisions())
        .decisionChain(place.decisionChain())
        .outputs(place.outputs())
        .digest(place.digest())
        .fedInputs(place.fedInputs())
        .parts(PARTS);
    int at = MessageHeaderEncoder.ENCODED_LENGTH + head.encodedLength();
    at = part(to, at, place.sequence(), PIPELINE, pipeline);
    return part(to, at, place.sequence(), HELD, held);
  }

  private static int part(
      final ExpandableArrayBuffer to,
      final int at,
      final long sequence,
      final String name,
      final StateWriter content) {
    final CheckpointPartEncoder part = new CheckpointPartEncoder();
    part.wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .sequence(sequence)
        .name(name)
        .putContent(content.buffer(), 0, content.length());
    return at + MessageHeaderEncoder.ENCODED_LENGTH + part.encodedLength();
  }

  /**
   * Reads a checkpoint.
   *
   * @param store of the run
   * @param sequence input behind which it was made
   * @param owner what it must belong to
   * @throws CheckpointException if it is damaged, of another layout or of another owner
   */
  public static Checkpoint read(
      final CheckpointStore store, final long sequence, final Owner owner) {
    final Path file = store.file(sequence);
    final DirectBuffer content = store.read(sequence);
    try {
      return decode(file, content, sequence, owner);
    } catch (final IndexOutOfBoundsException e) {
      throw new CheckpointException(file + " ends within a message", e);
    }
  }

  private static Checkpoint decode(
      final Path file, final DirectBuffer content, final long sequence, final Owner owner) {
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    final CheckpointHeaderDecoder head = new CheckpointHeaderDecoder();
    expect(file, content, 0, header, CheckpointHeaderDecoder.TEMPLATE_ID);
    head.wrapAndApplyHeader(content, 0, header);
    if (head.layout() != LAYOUT) {
      throw new CheckpointException(
          file + " has layout " + head.layout() + ", and this version reads " + LAYOUT);
    }
    final Owner found = new Owner(head.runId(), head.configDigest(), head.strategy());
    if (!found.equals(owner) || head.sequence() != sequence) {
      throw new CheckpointException(file + " " + foreign(found, owner));
    }
    final Place place =
        new Place(
            sequence,
            head.eventTime(),
            head.inputChain(),
            head.decisions(),
            head.decisionChain(),
            head.outputs(),
            head.digest(),
            head.fedInputs());
    final int generation = head.generation();
    final CheckpointPartDecoder part = new CheckpointPartDecoder();
    final DirectBuffer pipeline = new UnsafeBuffer(0, 0);
    final DirectBuffer held = new UnsafeBuffer(0, 0);
    int at = MessageHeaderDecoder.ENCODED_LENGTH + head.encodedLength();
    at = part(file, content, at, PIPELINE, part, pipeline);
    at = part(file, content, at, HELD, part, held);
    if (head.parts() != PARTS || at != content.capacity()) {
      throw new CheckpointException(file + " has other parts than a checkpoint of this layout");
    }
    return new Checkpoint(file, place, generation, pipeline, held);
  }

  private static String foreign(final Owner found, final Owner owner) {
    if (!found.runId().equals(owner.runId())) {
      return "belongs to run " + found.runId();
    }
    if (found.configDigest() != owner.configDigest()) {
      return "was made under another config";
    }
    return found.strategy().equals(owner.strategy())
        ? "was made behind another input than its name says"
        : "was made with another strategy";
  }

  private static int part(
      final Path file,
      final DirectBuffer content,
      final int at,
      final String name,
      final CheckpointPartDecoder part,
      final DirectBuffer view) {
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    expect(file, content, at, header, CheckpointPartDecoder.TEMPLATE_ID);
    part.wrapAndApplyHeader(content, at, header);
    if (!name.equals(part.name())) {
      throw new CheckpointException(file + " lacks its part " + name);
    }
    part.wrapContent(view);
    return at + MessageHeaderDecoder.ENCODED_LENGTH + part.encodedLength();
  }

  private static void expect(
      final Path file,
      final DirectBuffer content,
      final int at,
      final MessageHeaderDecoder header,
      final int template) {
    header.wrap(content, at);
    if (header.schemaId() != CheckpointHeaderDecoder.SCHEMA_ID
        || header.templateId() != template
        || header.version() != CheckpointHeaderDecoder.SCHEMA_VERSION) {
      throw new CheckpointException(file + " has messages of another schema");
    }
  }

  /** Where it was made. */
  public Place place() {
    return place;
  }

  /** Recoveries that lie behind its run, from 0. */
  public int generation() {
    return generation;
  }

  /** Its file, for messages. */
  public Path file() {
    return file;
  }

  /** What the run began with from the runs before it. */
  public Held held() {
    final Held began = new Held();
    load(held, began);
    return began;
  }

  /**
   * Loads the stages.
   *
   * @param fresh of the same config and strategy; of no use any more if this throws
   * @throws CheckpointException if it was saved by something else
   */
  public void restore(final Stateful fresh) {
    load(pipeline, fresh);
  }

  private void load(final DirectBuffer content, final Stateful to) {
    try {
      final StateReader reader = new StateReader(content, 0, content.capacity());
      to.state(reader);
      reader.end();
    } catch (final StateException e) {
      throw new CheckpointException(file + " does not fit this version: " + e.getMessage(), e);
    } catch (final IndexOutOfBoundsException
        | NegativeArraySizeException
        | IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | NullPointerException e) {
      throw new CheckpointException(file + " does not fit this version (" + e + ")", e);
    }
  }
}
