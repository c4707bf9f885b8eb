package io.millrace.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Full forward scan of a journal. Reads only; terminates and gives a result for any bytes. */
public final class JournalVerifier {
  private static final int CHUNK_BYTES = 1 << 16;

  private JournalVerifier() {}

  /**
   * Verifies a journal of which nothing is known, for instance after a crash: its tail may be torn.
   *
   * @throws JournalException if the directory or file cannot be opened at all
   */
  public static VerifyResult verify(final Path directory) {
    return scan(directory, null);
  }

  /**
   * Verifies a journal that was closed: it must end cleanly, with this record and this chain.
   *
   * @throws JournalException if the directory or file cannot be opened at all
   */
  public static VerifyResult verify(final Path directory, final ExpectedEnd expected) {
    return scan(directory, expected);
  }

  /**
   * Verifies what lies behind where a reader stands, which has checked what lies before: together a
   * full forward scan. The reader is at the end then, to be closed by the caller.
   *
   * @return of the whole journal; the time is that of the rest
   */
  public static VerifyResult rest(final JournalReader reader) {
    final long start = System.nanoTime();
    JournalEnd end;
    JournalFault fault;
    try {
      while (reader.next()) {
        // each record is checked as it is passed
      }
      end = reader.end();
      fault = reader.fault();
    } catch (InternalError e) {
      // The kernel could not give us a mapped page: the disk is failing, or somebody cut the file
      // just now.
      end = JournalEnd.FAULT;
      fault =
          new JournalFault(
              JournalFault.Kind.UNREADABLE,
              reader.sequence() + 1,
              reader.filePosition(),
              "the disk does not give the file's bytes");
    }
    return new VerifyResult(
        reader.sequence(),
        reader.sequence() == 0 ? 0 : 1,
        reader.sequence(),
        reader.firstTimeNanos(),
        reader.ingressTimeNanos(),
        reader.payloadBytes(),
        reader.filePosition(),
        System.nanoTime() - start,
        reader.chainSeed(),
        reader.chain(),
        end,
        fault);
  }

  private static VerifyResult scan(final Path directory, final ExpectedEnd expected) {
    try (JournalReader reader = JournalReader.open(directory)) {
      final VerifyResult found = rest(reader);
      if (!found.isSound() || expected == null) {
        return found;
      }
      final JournalFault fault = compare(found, expected);
      if (fault != null) {
        return found.refused(fault);
      }
      final JournalFault outside =
          expected.fileCrc() == ExpectedEnd.UNKNOWN_CRC ? null : compareFile(directory, expected);
      return outside == null ? found : found.refused(outside);
    }
  }

  /**
   * CRC32C over every byte of a finished journal's files, in the order of their names. The records
   * have checks of their own; this one also covers what Chronicle alone uses.
   *
   * @return 0 to 2^32 - 1
   * @throws JournalException if a file cannot be read
   */
  public static long fileCrc(final Path directory) {
    final CRC32C crc = new CRC32C();
    final byte[] chunk = new byte[CHUNK_BYTES];
    try (Stream<Path> files = Files.list(directory)) {
      for (final Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            crc.update(chunk, 0, read);
          }
        }
      }
    } catch (final IOException | UncheckedIOException e) {
      throw new JournalException("cannot read the journal in " + directory + ": " + e, e);
    }
    return crc.getValue();
  }

  private static JournalFault compareFile(final Path directory, final ExpectedEnd expected) {
    return fileCrc(directory) == expected.fileCrc()
        ? null
        : new JournalFault(
            JournalFault.Kind.OUTSIDE_RECORDS,
            1,
            -1,
            "all records match their checks, but a byte of the files outside them was changed");
  }

  private static JournalFault compare(final VerifyResult found, final ExpectedEnd expected) {
    final boolean same =
        found.lastSequence() == expected.sequence() && found.chain() == expected.chain();
    if (same && found.end() == JournalEnd.CLEAN) {
      return null;
    }
    return new JournalFault(
        JournalFault.Kind.UNEXPECTED_END,
        Math.min(found.lastSequence(), expected.sequence()) + 1,
        found.fileBytes(),
        same
            ? "the end block is missing"
            : String.format(
                "it ends at sequence %d with chain %016x, but sequence %d with chain %016x was expected",
                found.lastSequence(), found.chain(), expected.sequence(), expected.chain()));
  }
}
