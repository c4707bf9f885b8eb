package io.millrace.tools.news;

import io.millrace.tools.data.CsvRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SEntFiN 1.0: financial headlines with a label for each entity in them.
 *
 * <p>Split, fixed: mix(number ^ {@link #SEED}) >>> 1 modulo 10 below 3 is held out, mix being the
 * finalizer of SplitMix64; the rest is the train part, where words were chosen, tones fitted and
 * the neutral band cross-validated.
 *
 * <p>Labels of a headline: {@link Row#agreed} where all entities agree, which the figures are
 * about. {@link Row#polar} also gives one to a headline with neutral entities (the others' label)
 * or with both good and bad ones (the more frequent); it has none where good and bad are level.
 */
final class Sentfin {
  static final long SEED = 20_261_121L;

  private static final Pattern LABEL =
      Pattern.compile("['\"]\\s*:\\s*['\"](positive|neutral|negative)['\"]");
  private static final int PARTS = 10;
  private static final int HELD_OUT_PARTS = 3;

  private Sentfin() {}

  /**
   * A headline.
   *
   * @param number S No.
   * @param labels of its entities, -1, 0 or 1
   */
  record Row(long number, String title, List<Integer> labels) {
    boolean heldOut() {
      return (mix(number ^ SEED) >>> 1) % PARTS < HELD_OUT_PARTS;
    }

    Integer agreed() {
      return labels.stream().distinct().count() == 1 ? labels.get(0) : null;
    }

    Integer polar() {
      final int sum = labels.stream().mapToInt(Integer::intValue).sum();
      final boolean split = labels.contains(1) && labels.contains(-1);
      return labels.isEmpty() || (split && sum == 0) ? null : Integer.valueOf(Integer.signum(sum));
    }
  }

  private static long mix(final long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static List<Row> read(final Path file) throws IOException {
    final CsvRecords records = new CsvRecords(Files.readString(file));
    final List<Row> rows = new ArrayList<>();
    records.next(); // the header
    while (records.next()) {
      final List<String> fields = records.fields();
      final List<Integer> labels = new ArrayList<>();
      // Some cells are no valid Python literal; the labels in them can be told all the same.
      final Matcher matcher = LABEL.matcher(fields.get(2));
      while (matcher.find()) {
        labels.add(
            switch (matcher.group(1)) {
              case "positive" -> 1;
              case "negative" -> -1;
              default -> 0;
            });
      }
      rows.add(new Row(Long.parseLong(fields.get(0)), fields.get(1), List.copyOf(labels)));
    }
    return rows;
  }
}
