package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines of a stream as bytes, of any length up to a bound. */
final class TextLines {
  /** Longest line taken: a snapshot of a book of thousands of levels stays far below. */
  private static final int MAX_LINE_BYTES = 1 << 24;

  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private byte[] line = new byte[1 << 12];
  private int chunkPosition;
  private int chunkLimit;
  private int length;
  private long lineNumber;

  TextLines(final InputStream in) {
    this.in = in;
  }

  /**
   * Moves to the next line that is not empty; false at the end.
   *
   * @throws BadRowException when it is longer than any record
   */
  boolean next() throws IOException, BadRowException {
    do {
      if (!readLine()) {
        return false;
      }
    } while (length == 0);
    return true;
  }

  private boolean readLine() throws IOException, BadRowException {
    length = 0;
    boolean any = false;
    boolean tooLong = false;
    while (true) {
      if (chunkPosition == chunkLimit) {
        chunkLimit = Math.max(0, in.read(chunk));
        chunkPosition = 0;
        if (chunkLimit == 0) {
          lineNumber += any ? 1 : 0;
          return any;
        }
      }
      any = true;
      final byte b = chunk[chunkPosition++];
      if (b == '\n') {
        break;
      }
      if (length == MAX_LINE_BYTES) {
        tooLong = true;
        continue;
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, length * 2);
      }
      line[length++] = b;
    }
    lineNumber++;
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    if (tooLong) {
      throw new BadRowException(
          RowRefusal.MALFORMED_RECORD, "is longer than " + MAX_LINE_BYTES + " bytes");
    }
    return true;
  }

  /** Number of the line, from 1. */
  long lineNumber() {
    return lineNumber;
  }

  /** Holds the line from 0, until the next. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }
}
