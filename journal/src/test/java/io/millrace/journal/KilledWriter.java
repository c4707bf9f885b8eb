package io.millrace.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Child process of the crash test: appends until it is killed and prints each sequence once its
 * flush has returned.
 */
final class KilledWriter {
  static final int PAYLOAD_BYTES = 100;

  private KilledWriter() {}

  public static void main(final String[] args) throws IOException {
    final int batch = Integer.parseInt(args[1]);
    final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_BYTES]);
    final byte[] line = new byte[Long.BYTES];
    final RunLock lock = RunLock.acquire(Path.of(args[0]));
    final JournalWriter writer =
        JournalWriter.open(Path.of(args[0]).resolve("input"), JournalFixture.SMALL);
    for (long sequence = 1; sequence < Long.MAX_VALUE; sequence++) {
      payload.putLong(0, sequence);
      writer.append(sequence, sequence, 9, payload, 0, PAYLOAD_BYTES);
      if (sequence % batch == 0) {
        writer.flush();
        ByteBuffer.wrap(line).putLong(sequence);
        System.out.write(line);
        System.out.flush();
      }
    }
    writer.close();
    lock.close();
  }
}
