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

  private static VerifyResult scan(final Path directory, final ExpectedEnd expected) {
    final long start = System.nanoTime();
    long firstTime = 0;
    long payloadBytes = 0;
    JournalEnd end;
    JournalFault fault;
    try (JournalReader reader = JournalReader.open(directory)) {
      try {
        while (reader.next()) {
          if (reader.sequence() == 1) {
            firstTime = reader.ingressTimeNanos();
          }
          payloadBytes += reader.length();
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
      if (fault == null && expected != null) {
        fault = compare(reader, end, expected);
        if (fault == null && expected.fileCrc() != ExpectedEnd.UNKNOWN_CRC) {
          fault = compareFile(directory, expected);
        }
        end = fault == null ? end : JournalEnd.FAULT;
      }
      return new VerifyResult(
          reader.sequence(),
          reader.sequence() == 0 ? 0 : 1,
          reader.sequence(),
          firstTime,
          reader.ingressTimeNanos(),
          payloadBytes,
          reader.filePosition(),
          System.nanoTime() - start,
          reader.chainSeed(),
          reader.chain(),
          end,
          fault);
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

  private static JournalFault compare(
      final JournalReader reader, final JournalEnd end, final ExpectedEnd expected) {
    if (reader.sequence() == expected.sequence()
        && reader.chain() == expected.chain()
        && end == JournalEnd.CLEAN) {
      return null;
    }
    final String found =
        reader.sequence() == expected.sequence() && reader.chain() == expected.chain()
            ? "the end block is missing"
            : String.format(
                "it ends at sequence %d with chain %016x, but sequence %d with chain %016x was expected",
                reader.sequence(), reader.chain(), expected.sequence(), expected.chain());
    return new JournalFault(
        JournalFault.Kind.UNEXPECTED_END,
        Math.min(reader.sequence(), expected.sequence()) + 1,
        reader.filePosition(),
        found);
  }
}
