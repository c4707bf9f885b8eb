package io.millrace.runtime.config;

import io.millrace.journal.JournalOptions;
import io.millrace.journal.SyncMode;
import io.millrace.runtime.pipeline.Ring;
import io.millrace.runtime.pipeline.Topology;
import java.util.Locale;

/**
 * Threads, ring and journal: what changes how fast the engine is, never what it decides.
 *
 * @param topology inline, fused, split, staged or auto (by the cores there are)
 * @param ringSize slots, a power of two, 64 to 1,048,576
 * @param waitStrategy how stages wait for events
 * @param pin pin threads to cores
 * @param journalSync none, interval or every
 * @param journalSyncIntervalNanos time between forces in {@code interval}
 * @param journalDocumentBytes most bytes gathered into one document
 * @param diskReserveBytes free bytes below which trading stops
 * @param timerIntervalNanos event time between timer ticks, see {@link
 *     io.millrace.runtime.run.TimerInterval}
 * @param publishIntervalNanos clock time between two looks of the state publisher
 */
public record EngineConfig(
    String topology,
    int ringSize,
    Ring.Wait waitStrategy,
    boolean pin,
    String journalSync,
    long journalSyncIntervalNanos,
    int journalDocumentBytes,
    long diskReserveBytes,
    long timerIntervalNanos,
    long publishIntervalNanos) {

  private static final int CORES_FOR_SPLIT = 4;
  private static final int MIN_RING_SIZE = 64;
  private static final int MAX_RING_SIZE = 1 << 20;

  /** Checks what a schema cannot say. */
  public EngineConfig {
    if (ringSize < MIN_RING_SIZE || ringSize > MAX_RING_SIZE || Integer.bitCount(ringSize) != 1) {
      throw new IllegalArgumentException(
          "engine.ring_size is " + ringSize + "; it must be a power of two from 64 to 1048576");
    }
    checkAboveZero("timer_interval", timerIntervalNanos);
    checkAboveZero("publish_interval", publishIntervalNanos);
  }

  private static void checkAboveZero(final String name, final long nanos) {
    if (nanos <= 0) {
      throw new IllegalArgumentException(
          "engine." + name + " is " + nanos + " ns; it must be above 0");
    }
  }

  /** The topology to use on a machine. */
  public Topology topologyFor(final int cores) {
    if (topology.equals("auto")) {
      return cores >= CORES_FOR_SPLIT
          ? Topology.SPLIT
          : cores >= 2 ? Topology.FUSED : Topology.INLINE;
    }
    return Topology.valueOf(topology.toUpperCase(Locale.ROOT));
  }

  /** How to write the journals of a run. */
  public JournalOptions journalOptions() {
    return JournalOptions.defaults()
        .withSyncMode(SyncMode.valueOf(journalSync.toUpperCase(Locale.ROOT)))
        .withSyncIntervalNanos(journalSyncIntervalNanos)
        .withDocumentBytes(journalDocumentBytes)
        .withDiskReserveBytes(diskReserveBytes);
  }
}
