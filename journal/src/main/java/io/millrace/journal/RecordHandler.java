package io.millrace.journal;

import org.agrona.DirectBuffer;

/** Receives one record at a time from {@link JournalReader#poll}. */
@FunctionalInterface
public interface RecordHandler {
  /**
   * One whole, checked record. The buffer is the mapped file: it is valid until this method returns
   * and must not be kept.
   *
   * @param sequence input sequence, from 1
   * @param ingressTimeNanos ns since the epoch
   * @param templateId template of the payload
   * @param buffer holds the payload
   * @param offset first byte of the payload
   * @param length bytes of the payload, 0 to {@link RecordDescriptor#MAX_PAYLOAD_BYTES}
   */
  void onRecord(
      long sequence,
      long ingressTimeNanos,
      int templateId,
      DirectBuffer buffer,
      int offset,
      int length);
}
