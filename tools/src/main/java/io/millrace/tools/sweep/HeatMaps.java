package io.millrace.tools.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The objective over two axes, the two with most values, a map for each combination of the others.
 * Values of an axis that are many are put into bins of neighbours; a cell holds the best of what
 * falls into it.
 */
final class HeatMaps {
  private static final int MOST_VALUES = 16;
  private static final int BINS = 10;
  private static final int MOST_MAPS = 12;

  private final Plan plan;
  private final double[] values;
  private final int sign;

  /** An axis of a map: words of its places, and the place of each value. */
  private record Scale(String name, List<String> words, Map<String, Integer> places) {}

  /**
   * @param values objective of each combination, more being better, NaN = none
   * @param sign what turns it back into the number of the report
   */
  HeatMaps(final Plan plan, final double[] values, final int sign) {
    this.plan = plan;
    this.values = values;
    this.sign = sign;
  }

  void write(final ArrayNode list) {
    final List<Scale> scales = new ArrayList<>();
    plan.axes().forEach(axis -> scales.add(scale(axis.name())));
    scales.removeIf(scale -> scale.words().size() < 2);
    scales.sort(Comparator.comparingInt(scale -> -scale.words().size()));
    if (scales.isEmpty()) {
      return;
    }
    final Scale x = scales.get(0);
    final Scale y = scales.size() > 1 ? scales.get(1) : null;
    final List<Scale> others = scales.subList(y == null ? 1 : 2, scales.size());
    final Map<Map<String, String>, List<Integer>> slices = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      final Map<String, String> slice = new LinkedHashMap<>();
      for (final Scale other : others) {
        slice.put(other.name(), other.words().get(place(other, i)));
      }
      slices.computeIfAbsent(slice, one -> new ArrayList<>()).add(i);
    }
    slices.entrySet().stream()
        .sorted(Comparator.comparingDouble(slice -> -most(slice.getValue())))
        .limit(MOST_MAPS)
        .forEach(slice -> map(list.addObject(), x, y, slice.getKey(), slice.getValue()));
    if (!list.isEmpty()) {
      ((ObjectNode) list.get(0)).put("slices", slices.size());
    }
  }

  private double most(final List<Integer> combinations) {
    double most = Double.NEGATIVE_INFINITY;
    for (final int i : combinations) {
      most = Double.isNaN(values[i]) ? most : Math.max(most, values[i]);
    }
    return most;
  }

  private int place(final Scale scale, final int combination) {
    return scale.places().get(plan.combinations().get(combination).get(scale.name()));
  }

  private void map(
      final ObjectNode node,
      final Scale x,
      final Scale y,
      final Map<String, String> slice,
      final List<Integer> combinations) {
    node.put("x", x.name());
    node.put("y", y == null ? null : y.name());
    final ObjectNode fixed = node.putObject("slice");
    slice.forEach(fixed::put);
    x.words().forEach(node.putArray("x_values")::add);
    final int rows = y == null ? 1 : y.words().size();
    final ArrayNode words = node.putArray("y_values");
    if (y != null) {
      y.words().forEach(words::add);
    }
    final double[][] cells = new double[rows][x.words().size()];
    final int[][] tried = new int[rows][x.words().size()];
    for (final double[] row : cells) {
      java.util.Arrays.fill(row, Double.NaN);
    }
    for (final int i : combinations) {
      final int column = place(x, i);
      final int row = y == null ? 0 : place(y, i);
      tried[row][column]++;
      if (!Double.isNaN(values[i])
          && (Double.isNaN(cells[row][column]) || values[i] > cells[row][column])) {
        cells[row][column] = values[i];
      }
    }
    final ArrayNode out = node.putArray("cells");
    final ArrayNode counts = node.putArray("tried");
    for (int row = 0; row < rows; row++) {
      final ArrayNode line = out.addArray();
      final ArrayNode many = counts.addArray();
      for (int column = 0; column < cells[row].length; column++) {
        if (Double.isNaN(cells[row][column])) {
          line.addNull();
        } else {
          line.add(sign * cells[row][column]);
        }
        many.add(tried[row][column]);
      }
    }
  }

  private Scale scale(final String name) {
    final LinkedHashSet<String> distinct = new LinkedHashSet<>();
    plan.combinations().forEach(one -> distinct.add(one.get(name)));
    final List<String> sorted = new ArrayList<>(distinct);
    final boolean numbers = sorted.stream().allMatch(HeatMaps::isNumber);
    if (numbers) {
      sorted.sort(Comparator.comparing(BigDecimal::new));
    }
    final Map<String, Integer> places = new LinkedHashMap<>();
    final List<String> words = new ArrayList<>();
    if (!numbers || sorted.size() <= MOST_VALUES) {
      sorted.forEach(value -> places.put(value, places.size()));
      return new Scale(name, sorted, places);
    }
    for (int bin = 0; bin < BINS; bin++) { // as many values in each
      final int from = bin * sorted.size() / BINS;
      final int to = (bin + 1) * sorted.size() / BINS;
      for (int i = from; i < to; i++) {
        places.put(sorted.get(i), bin);
      }
      words.add(rough(sorted.get(from)) + "–" + rough(sorted.get(to - 1)));
    }
    return new Scale(name, words, places);
  }

  private static String rough(final String number) {
    final BigDecimal value = new BigDecimal(number);
    return value.round(new java.math.MathContext(3)).stripTrailingZeros().toPlainString();
  }

  private static boolean isNumber(final String text) {
    try {
      return new BigDecimal(text).precision() > 0;
    } catch (final NumberFormatException e) {
      return false;
    }
  }
}
