package io.millrace.tools.report;

import io.millrace.core.market.Fixed;
import io.millrace.runtime.run.RunException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV file (RFC 4180, UTF-8, header line) that is written row by row and takes its name only when
 * it is whole.
 */
final class CsvFile implements AutoCloseable {
  private static final int FIXED_DECIMALS = 8;
  private static final double FIXED = 1e8;
  private static final int NANO_DECIMALS = 9;

  private final Path target;
  private final Path temporary;
  private final List<String> columns;
  private final BufferedWriter out;
  private final StringBuilder row = new StringBuilder(256);
  private int cells;
  private long rows;

  CsvFile(final Path directory, final String name, final String... columns) {
    this.columns = List.of(columns);
    target = directory.resolve(name);
    temporary = directory.resolve(name + ".tmp");
    try {
      out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
      out.write(String.join(",", columns));
      out.write('\n');
    } catch (final IOException e) {
      throw failed(e);
    }
  }

  /** A text cell. */
  CsvFile text(final String text) {
    separate();
    if (text != null) {
      final boolean quoted =
          text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0;
      row.append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }
    return this;
  }

  /** A price, quantity or amount; empty for none. */
  CsvFile fixed(final long fixed) {
    separate();
    if (fixed != Fixed.NONE) {
      decimal(fixed, FIXED_DECIMALS);
    }
    return this;
  }

  /** An amount that was computed, to eight decimals; empty for NaN. */
  CsvFile amount(final double amount) {
    return fixed(Double.isNaN(amount) ? Fixed.NONE : Math.round(amount * FIXED));
  }

  /** A time, Unix seconds; empty for none. */
  CsvFile time(final long nanos) {
    separate();
    if (nanos != 0) {
      decimal(nanos, NANO_DECIMALS);
    }
    return this;
  }

  /** A whole number. */
  CsvFile number(final long number) {
    separate();
    row.append(number);
    return this;
  }

  /** A number; empty for NaN. */
  CsvFile number(final double number) {
    separate();
    if (!Double.isNaN(number)) {
      row.append(number);
    }
    return this;
  }

  /** Exact, without zeros at the end. */
  private void decimal(final long value, final int decimals) {
    if (value < 0) {
      row.append('-');
    }
    long unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    row.append(Math.abs(value / unit));
    long rest = Math.abs(value % unit);
    if (rest != 0) {
      row.append('.');
    }
    while (rest != 0) {
      unit /= 10;
      row.append((char) ('0' + rest / unit));
      rest %= unit;
    }
  }

  private void separate() {
    if (cells++ > 0) {
      row.append(',');
    }
  }

  /** Ends the row. */
  void end() {
    if (cells != columns.size()) {
      throw new IllegalStateException(target + ": " + cells + " cells for " + columns);
    }
    row.append('\n');
    try {
      out.append(row);
    } catch (final IOException e) {
      throw failed(e);
    }
    row.setLength(0);
    cells = 0;
    rows++;
  }

  /** Rows written. */
  long rows() {
    return rows;
  }

  /** Gives the file its name. */
  void commit() {
    try {
      out.close();
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (final IOException e) {
      throw failed(e);
    }
  }

  /** Closes all, and removes those that were not committed. */
  static void abandon(final List<CsvFile> files) {
    for (final CsvFile file : new ArrayList<>(files)) {
      file.close();
    }
  }

  @Override
  public void close() {
    try {
      out.close();
      Files.deleteIfExists(temporary);
    } catch (final IOException e) {
      throw failed(e);
    }
  }

  private RunException failed(final IOException e) {
    return new RunException(
        target + " cannot be written (" + e.getMessage() + "); free the disk or permit it", e);
  }
}
