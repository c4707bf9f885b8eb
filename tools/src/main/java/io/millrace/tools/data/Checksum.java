package io.millrace.tools.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SHA-256 that lies beside each curated file, in the form that {@code sha256sum -c} takes: 64
 * hexadecimal digits, two spaces, the name of the file. Parquet's own pages are read without a
 * check, so this is what finds a byte that is not what its import wrote.
 */
final class Checksum {
  /** Ending of the file beside. */
  static final String SUFFIX = ".sha256";

  private static final int BUFFER_BYTES = 1 << 16;
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](\\S[^\\n]*)\\n?");

  private Checksum() {}

  /** Where the checksum of a file is. */
  static Path beside(final Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  /** SHA-256 of a file as it stands, 64 hexadecimal digits. */
  static String of(final Path file) throws IOException {
    final MessageDigest digest = digest();
    final byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of bytes, 64 hexadecimal digits. */
  static String of(final byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** What the file beside says of a file with this SHA-256. */
  static String line(final String sha256, final Path file) {
    return sha256 + "  " + file.getFileName() + "\n";
  }

  /** SHA-256 that the file beside promises; null when there is none, or none of this file. */
  static String promised(final Path file) throws IOException {
    try {
      final String line = Files.readString(beside(file), StandardCharsets.ISO_8859_1);
      final Matcher parts = LINE.matcher(line);
      return parts.matches() && parts.group(2).equals(file.getFileName().toString())
          ? parts.group(1)
          : null;
    } catch (final NoSuchFileException e) {
      return null;
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
