package io.millrace.journal;

/**
 * When written records are forced to the disk. What a crash of the process (not of the machine)
 * leaves is the same in all.
 */
public enum SyncMode {
  /** Never by us; the kernel writes back when it likes. A power cut may lose its last seconds. */
  NONE,
  /** By a thread of the journal, every {@link JournalOptions#syncIntervalNanos()}: group commit. */
  INTERVAL,
  /** By the writer's thread at the end of every {@link JournalWriter#flush()}. */
  EVERY
}
