package io.millrace.tools.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** All that varies, and which combinations of it are run. */
public final class Space {
  private static final int DRAWS_PER_COMBINATION = 1_000;

  private final List<Axis> axes;
  private final List<Condition> conditions;

  /**
   * @param axes what varies, each name once
   * @param where comparisons that combinations must meet
   * @throws SweepException if nothing varies, something twice, or a comparison is none
   */
  public Space(final List<Axis> axes, final List<String> where) {
    if (axes.isEmpty()) {
      throw new SweepException(
          "nothing varies; give --param NAME=VALUES, such as fast=5,10,20 or fast=5:50:5");
    }
    final LinkedHashSet<String> names = new LinkedHashSet<>();
    for (final Axis axis : axes) {
      if (!names.add(axis.name())) {
        throw new SweepException("--param " + axis.name() + " is given twice; join the values");
      }
    }
    this.axes = List.copyOf(axes);
    conditions = where.stream().map(text -> Condition.parse(text, axes)).toList();
  }

  /** What varies. */
  public List<Axis> axes() {
    return axes;
  }

  /**
   * Every combination, the last axis changing fastest.
   *
   * @param most allowed
   * @throws SweepException if there are none or too many
   */
  public List<Map<String, String>> grid(final int most) {
    double all = 1;
    for (final Axis axis : axes) {
      all *= axis.values().size();
    }
    if (all > 100.0 * most) { // before conditions, and before they fill the memory
      throw tooMany(all, most);
    }
    final List<Map<String, String>> combinations = new ArrayList<>();
    final int[] at = new int[axes.size()];
    for (boolean more = true; more; more = next(at)) {
      final Map<String, String> combination = new LinkedHashMap<>();
      for (int i = 0; i < at.length; i++) {
        combination.put(axes.get(i).name(), axes.get(i).values().get(at[i]));
      }
      if (holds(combination)) {
        combinations.add(Collections.unmodifiableMap(combination));
      }
    }
    if (combinations.isEmpty()) {
      throw new SweepException("no combination meets --where; change it or the values");
    }
    if (combinations.size() > most) {
      throw tooMany(combinations.size(), most);
    }
    return combinations;
  }

  private static SweepException tooMany(final double count, final int most) {
    return new SweepException(
        String.format(
            java.util.Locale.ROOT,
            "%,.0f combinations are more than %,d; give larger steps, --random N, or allow them with"
                + " --most",
            count,
            most));
  }

  private boolean next(final int[] at) {
    for (int i = at.length - 1; i >= 0; i--) {
      if (++at[i] < axes.get(i).values().size()) {
        return true;
      }
      at[i] = 0;
    }
    return false;
  }

  private boolean holds(final Map<String, String> combination) {
    return conditions.stream().allMatch(condition -> condition.holds(combination));
  }

  /**
   * Combinations drawn at random, each once, in the order drawn.
   *
   * @param seed the same seed draws the same
   * @throws SweepException if there are not as many
   */
  public List<Map<String, String>> random(final int count, final long seed) {
    double all = 1;
    for (final Axis axis : axes) {
      all *= axis.size();
    }
    if (all < count) {
      throw new SweepException(
          String.format(
              java.util.Locale.ROOT,
              "there are %,.0f combinations and --random asks for %,d; ask for fewer, or leave"
                  + " --random out",
              all,
              count));
    }
    final SplittableRandom random = new SplittableRandom(seed);
    final LinkedHashSet<Map<String, String>> drawn = new LinkedHashSet<>();
    for (long i = 0; drawn.size() < count && i < (long) count * DRAWS_PER_COMBINATION; i++) {
      final Map<String, String> combination = new LinkedHashMap<>();
      for (final Axis axis : axes) {
        combination.put(axis.name(), axis.draw(random));
      }
      if (holds(combination)) {
        drawn.add(Collections.unmodifiableMap(combination));
      }
    }
    if (drawn.size() < count) {
      throw new SweepException(
          "only "
              + drawn.size()
              + " different combinations that meet --where were drawn, and --random asks for "
              + count
              + "; ask for fewer or widen the ranges");
    }
    return List.copyOf(drawn);
  }

  /** What it is made of, in one form for one meaning. */
  public String canonical() {
    return String.join(" ", axes.stream().map(Axis::canonical).toList())
        + conditions.stream()
            .map(one -> " where " + one.left() + one.sign() + one.right())
            .reduce("", String::concat);
  }
}
