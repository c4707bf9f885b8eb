package io.millrace.tools.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Opens the text of a source file: plain, gzipped, or each entry of a zip, checked to its end. */
final class SourceText {
  /** A text larger than this is not market data of one symbol and day. */
  private static final long MAX_ENTRY_BYTES = 1L << 32;

  private static final int GZIP_BUFFER_BYTES = 1 << 16;

  private SourceText() {}

  /** Takes one text. */
  @FunctionalInterface
  interface Taker {
    /**
     * Reads the text to its end.
     *
     * @param entry name within a zip; empty for a file that is no zip
     */
    void take(String entry, InputStream text) throws IOException, SQLException;
  }

  /** Reads every text of a file; what is damaged is a problem of the file. */
  static void each(final Path file, final Problems problems, final Taker taker)
      throws SQLException {
    final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".zip")) {
      zip(file, problems, taker);
      return;
    }
    final boolean gz = name.endsWith(".gz");
    try (InputStream in = Files.newInputStream(file)) {
      taker.take("", gz ? new GZIPInputStream(in, GZIP_BUFFER_BYTES) : new BufferedInputStream(in));
    } catch (final EOFException | ZipException e) {
      problems.add(file, "", "is not a whole gz (" + reason(e) + ")", "fetch the file again");
    } catch (final IOException e) {
      problems.add(file, "", "cannot be read (" + e + ")", "see that the file is readable");
    }
  }

  private static void zip(final Path file, final Problems problems, final Taker taker)
      throws SQLException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      final List<? extends ZipEntry> entries =
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      if (entries.isEmpty()) {
        problems.add(file, "", "is a zip without an entry", "fetch the file again");
      }
      for (final ZipEntry entry : entries) {
        entry(file, zip, entry, problems, taker);
      }
    } catch (final IOException e) {
      if (onlyItsDirectoryIsOdd(e)) {
        streamed(file, problems, taker);
      } else {
        problems.add(file, "", "is not a whole zip (" + reason(e) + ")", "fetch the file again");
      }
    }
  }

  /**
   * Newer JDKs refuse a directory with an empty zip64 field, which LEAN's own writer leaves there;
   * the entries before it are whole, and each has its checksum.
   */
  private static boolean onlyItsDirectoryIsOdd(final IOException e) {
    return e instanceof ZipException && reason(e).contains("zip64 extra data field size");
  }

  /** Reads the entries one after the other, without the directory at the end. */
  private static void streamed(final Path file, final Problems problems, final Taker taker)
      throws SQLException {
    String entry = "";
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
        entry = next.getName();
        if (!next.isDirectory()) {
          taker.take(entry, zip);
          zip.closeEntry(); // to its end, where its checksum is compared
        }
      }
    } catch (final IOException e) {
      problems.add(
          file, "entry " + entry, "is damaged (" + reason(e) + ")", "fetch the file again");
    }
  }

  private static void entry(
      final Path file,
      final ZipFile zip,
      final ZipEntry entry,
      final Problems problems,
      final Taker taker)
      throws SQLException {
    if (entry.getSize() > MAX_ENTRY_BYTES) {
      problems.add(
          file,
          "entry " + entry.getName(),
          "is larger than " + MAX_ENTRY_BYTES + " bytes",
          "split it by symbol and day");
      return;
    }
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      taker.take(entry.getName(), in);
      if (in.read() >= 0) {
        return; // the taker had no use for the rest
      }
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new ZipException("its checksum does not match");
      }
    } catch (final IOException e) {
      problems.add(
          file,
          "entry " + entry.getName(),
          "is damaged (" + reason(e) + ")",
          "fetch the file again");
    }
  }

  private static String reason(final IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** A place in a text, as errors name it. */
  static String place(final String entry, final long line) {
    return (entry.isEmpty() ? "" : "entry " + entry + ", ") + "line " + line;
  }

  /** Names of a zip's entries, in order. */
  static List<String> entries(final Path file, final Problems problems) {
    final TreeSet<String> names = new TreeSet<>();
    try {
      zip(file, problems, (entry, text) -> names.add(entry));
    } catch (final SQLException e) {
      throw new IllegalStateException("no database is asked here", e);
    }
    return List.copyOf(names);
  }
}
