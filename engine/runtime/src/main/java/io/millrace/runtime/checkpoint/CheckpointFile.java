package io.millrace.runtime.checkpoint;

import io.millrace.core.state.StateWriter;
import io.millrace.journal.CheckpointStore;
import io.millrace.journal.JournalException;
import org.agrona.ExpandableArrayBuffer;

/** Writes the checkpoints of one run. One thread at a time. */
public final class CheckpointFile {
  private static final int INITIAL_BYTES = 1 << 16;

  private final CheckpointStore store;
  private final Owner owner;
  private final int generation;
  private final StateWriter held = new StateWriter();
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_BYTES);

  /**
   * @param store of the run
   * @param owner of its checkpoints
   * @param generation recoveries that lie behind the run
   * @param began what it began with from the runs before it
   */
  public CheckpointFile(
      final CheckpointStore store, final Owner owner, final int generation, final Held began) {
    this.store = store;
    this.owner = owner;
    this.generation = generation;
    began.state(held);
  }

  /**
   * Writes one, and forces it to the disk.
   *
   * @param place where the run stands
   * @param pipeline what its stages saved there
   * @return bytes
   * @throws JournalException if the disk does not take it
   */
  public int write(final Place place, final StateWriter pipeline) {
    final int length = Checkpoint.encode(buffer, owner, place, generation, pipeline, held);
    store.write(place.sequence(), buffer.byteArray(), length);
    return length;
  }

  CheckpointStore store() {
    return store;
  }
}
