package io.millrace.core.strategy.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** A file of third-party values: bars with columns of values that begin when there are enough. */
final class Reference {
  private final String file;
  private final List<String[]> rows = new ArrayList<>();

  Reference(final String file) throws IOException {
    this.file = file;
    final Path folder =
        Path.of(System.getProperty("millrace.shared", "../../../shared"))
            .resolve("data/lean/reference-indicators");
    final boolean there = Files.isDirectory(folder);
    if (!there) {
      System.err.println("SKIPPED: no reference indicators in " + folder.toAbsolutePath());
    }
    assumeTrue(there, "no reference indicators in " + folder);
    final List<String> lines = Files.readAllLines(folder.resolve(file));
    for (final String line : lines.subList(1, lines.size())) {
      if (!line.isBlank()) {
        rows.add(line.split(",", -1));
      }
    }
  }

  static double number(final String[] row, final int column) {
    return Double.parseDouble(row[column]);
  }

  private static boolean given(final String[] row, final int column) {
    return column < row.length && !row[column].isBlank() && !row[column].equals("NaN");
  }

  /** One value of the file against one of ours. */
  record Column(int index, double tolerance, DoubleSupplier value) {}

  /**
   * Feeds every row and compares where the file has a value. Where it has none, ours may be there
   * earlier by {@code early} rows at most and is NaN before.
   */
  void compare(
      final Consumer<String[]> feed,
      final int leastRows,
      final int early,
      final Column... columns) {
    final int[] compared = new int[columns.length];
    final int[] begun = new int[columns.length];
    for (final String[] row : rows) {
      feed.accept(row);
      for (int i = 0; i < columns.length; i++) {
        final Column column = columns[i];
        final double value = column.value().getAsDouble();
        if (given(row, column.index())) {
          assertThat(value)
              .as("%s %s column %d", file, row[0], column.index())
              .isCloseTo(number(row, column.index()), within(column.tolerance()));
          compared[i]++;
        } else if (compared[i] == 0 && !Double.isNaN(value)) {
          begun[i]++;
        }
      }
    }
    for (int i = 0; i < columns.length; i++) {
      assertThat(compared[i]).as("rows compared of %s", file).isGreaterThanOrEqualTo(leastRows);
      assertThat(begun[i]).as("values of ours before the file's first").isLessThanOrEqualTo(early);
    }
  }
}
