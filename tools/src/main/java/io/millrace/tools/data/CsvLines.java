package io.millrace.tools.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads comma-separated lines of a stream one at a time, without quotes or a header, and gives
 * fields as exact numbers. The buffer holds one line; nothing else is kept.
 */
final class CsvLines {
  /** Longest line taken; all the formats here stay far below. */
  private static final int MAX_LINE_BYTES = 4_096;

  /** Most columns told apart; more are counted but not kept. */
  private static final int MAX_COLUMNS = 64;

  private final InputStream in;
  private final byte[] chunk = new byte[1 << 16];
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private final int[] ends = new int[MAX_COLUMNS];
  private int chunkPosition;
  private int chunkLimit;
  private int lineLength;
  private int columns;
  private long lineNumber;

  CsvLines(final InputStream in) {
    this.in = in;
  }

  /** Moves to the next line that is not empty; false at the end. */
  boolean next() throws IOException {
    do {
      if (!readLine()) {
        return false;
      }
    } while (lineLength == 0);
    columns = 0;
    for (int i = 0; i <= lineLength; i++) {
      if (i == lineLength || line[i] == ',') {
        if (columns < MAX_COLUMNS) {
          ends[columns] = i;
        }
        columns++;
      }
    }
    return true;
  }

  private boolean readLine() throws IOException {
    lineLength = 0;
    boolean any = false;
    while (true) {
      if (chunkPosition == chunkLimit) {
        chunkLimit = Math.max(0, in.read(chunk));
        chunkPosition = 0;
        if (chunkLimit == 0) {
          if (any) {
            lineNumber++;
          }
          return any;
        }
      }
      any = true;
      final byte b = chunk[chunkPosition++];
      if (b == '\n') {
        lineNumber++;
        if (lineLength > 0 && line[lineLength - 1] == '\r') {
          lineLength--;
        }
        return true;
      }
      if (lineLength < MAX_LINE_BYTES) {
        line[lineLength++] = b;
      }
    }
  }

  /** Number of the line, from 1. */
  long lineNumber() {
    return lineNumber;
  }

  int columns() {
    return columns;
  }

  boolean isEmpty(final int column) {
    return from(column) == ends[column];
  }

  private int from(final int column) {
    return column == 0 ? 0 : ends[column - 1] + 1;
  }

  /** A field in {@code 10^-places}. */
  long decimal(final int column, final int places) throws BadRowException {
    try {
      return Decimal.parse(line, from(column), ends[column], places);
    } catch (final NumberFormatException | ArithmeticException e) {
      throw new BadRowException(
          RowRefusal.NOT_A_NUMBER,
          "column " + (column + 1) + " is '" + text(column) + "', where a number belongs");
    }
  }

  /**
   * A field in 1e-8 that may have more digits than that, or an exponent: what some sources make of
   * sums of sizes. It is rounded half to even.
   */
  long rounded(final int column) throws BadRowException {
    final int from = from(column);
    final int to = ends[column];
    try {
      return Decimal.parse(line, from, to, Decimal.PLACES);
    } catch (final NumberFormatException | ArithmeticException e) {
      try {
        return Decimal.round(text(column));
      } catch (final NumberFormatException | ArithmeticException again) {
        throw new BadRowException(
            RowRefusal.NOT_A_NUMBER,
            "column " + (column + 1) + " is '" + text(column) + "', where a number belongs");
      }
    }
  }

  /** A field that is no amount of money, such as a volatility: the nearest double. */
  double real(final int column) throws BadRowException {
    try {
      return Decimal.real(text(column));
    } catch (final NumberFormatException e) {
      throw new BadRowException(
          RowRefusal.NOT_A_NUMBER,
          "column " + (column + 1) + " is '" + text(column) + "', where a number belongs");
    }
  }

  /** A field of hexadecimal digits. */
  long hex(final int column) throws BadRowException {
    try {
      return Long.parseUnsignedLong(text(column), 16);
    } catch (final NumberFormatException e) {
      throw new BadRowException(
          RowRefusal.NOT_A_NUMBER,
          "column "
              + (column + 1)
              + " is '"
              + text(column)
              + "', where a hexadecimal number belongs");
    }
  }

  /** A field as it stands. */
  String text(final int column) {
    return new String(
        Arrays.copyOfRange(line, from(column), ends[column]), StandardCharsets.ISO_8859_1);
  }

  /**
   * A row that is wrong or does not belong, and why. It carries no stack: it is a row, not a fault
   * of the program.
   */
  static final class BadRowException extends Exception {
    private static final long serialVersionUID = 1L;
    private final RowRefusal refusal;

    BadRowException(final RowRefusal refusal, final String detail) {
      super(detail, null, false, false);
      this.refusal = refusal;
    }

    RowRefusal refusal() {
      return refusal;
    }
  }
}
