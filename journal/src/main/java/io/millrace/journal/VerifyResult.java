package io.millrace.journal;

import java.util.Locale;
import java.util.Objects;

/**
 * What a full forward scan found.
 *
 * @param records whole records read
 * @param firstSequence 1, or 0 if there are no records
 * @param lastSequence sequence of the last whole record, 0 if there is none
 * @param firstTimeNanos ingress time of the first record, ns since the epoch
 * @param lastTimeNanos ingress time of the last record, ns since the epoch
 * @param payloadBytes bytes of all payloads
 * @param fileBytes bytes of the queue file up to the end of the last whole block
 * @param elapsedNanos time the scan took, ns
 * @param chainSeed what the chain starts from
 * @param chain chain after the last whole record: the verified end hash
 * @param end how it ends
 * @param fault the first fault, or null unless {@code end} is {@link JournalEnd#FAULT}
 */
public record VerifyResult(
    long records,
    long firstSequence,
    long lastSequence,
    long firstTimeNanos,
    long lastTimeNanos,
    long payloadBytes,
    long fileBytes,
    long elapsedNanos,
    long chainSeed,
    long chain,
    JournalEnd end,
    JournalFault fault) {
  private static final double NANOS_PER_SECOND = 1e9;

  public VerifyResult {
    Objects.requireNonNull(end, "end");
    if ((end == JournalEnd.FAULT) != (fault != null)) {
      throw new IllegalArgumentException("a fault and an end by fault go together");
    }
  }

  /** The same records, but they are not what they should be. */
  VerifyResult refused(final JournalFault why) {
    return new VerifyResult(
        records,
        firstSequence,
        lastSequence,
        firstTimeNanos,
        lastTimeNanos,
        payloadBytes,
        fileBytes,
        elapsedNanos,
        chainSeed,
        chain,
        JournalEnd.FAULT,
        why);
  }

  /** Whether nothing is damaged; a torn or open end is not damage. */
  public boolean isSound() {
    return fault == null;
  }

  /** Ingress time from the first record to the last, ns. */
  public long spanNanos() {
    return lastTimeNanos - firstTimeNanos;
  }

  /** Records read per second of the scan. */
  public double recordsPerSecond() {
    return elapsedNanos == 0 ? 0 : records * NANOS_PER_SECOND / elapsedNanos;
  }

  /** Bytes of file per record, all framing included; 0 if there are no records. */
  public double bytesPerRecord() {
    return records == 0 ? 0 : (double) fileBytes / records;
  }

  /** One line for a person. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%d records, %d bytes, chain %016x, end %s%s",
        records,
        fileBytes,
        chain,
        end.name().toLowerCase(Locale.ROOT),
        fault == null ? "" : ": " + fault);
  }
}
