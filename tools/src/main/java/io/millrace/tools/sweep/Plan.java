package io.millrace.tools.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rows that a sweep may run, each with a number that does not depend on what was run before.
 *
 * <pre>
 *   number = (2 · fold + (test ? 1 : 0)) · combinations + combination      fold 0 = the whole time
 * </pre>
 *
 * @param axes what varies
 * @param combinations of it
 * @param folds of a walk-forward; none = each combination runs over the whole time
 * @param base arguments of a backtest that do not vary, options with their values; of {@link
 *     #WINDOW} only what a row without a fold takes
 */
public record Plan(
    List<Axis> axes,
    List<Map<String, String>> combinations,
    List<Folds.Fold> folds,
    List<Argument> base) {
  /** Options that the windows of folds take the place of. */
  private static final List<String> WINDOW = List.of("--from", "--to", "--trade-after");

  private static final String VENUE = "--venue";

  /** An option with its value. */
  public record Argument(String option, String value) {}

  /** Copies its lists. */
  public Plan {
    axes = List.copyOf(axes);
    combinations = List.copyOf(combinations);
    folds = List.copyOf(folds);
    base = List.copyOf(base);
  }

  /** What is run first: every combination, over the whole time or in the training of each fold. */
  public List<Row> first() {
    final List<Row> rows = new ArrayList<>();
    if (folds.isEmpty()) {
      for (int i = 0; i < combinations.size(); i++) {
        rows.add(row(Row.Stage.FULL, null, i));
      }
    }
    for (final Folds.Fold fold : folds) {
      for (int i = 0; i < combinations.size(); i++) {
        rows.add(row(Row.Stage.TRAIN, fold, i));
      }
    }
    return rows;
  }

  /**
   * A row.
   *
   * @param fold null = the whole time
   */
  public Row row(final Row.Stage stage, final Folds.Fold fold, final int combination) {
    final int number = fold == null ? 0 : fold.number();
    final long place = 2L * number + (stage == Row.Stage.TEST ? 1 : 0);
    final Map<String, String> own = new LinkedHashMap<>();
    final List<String> arguments = new ArrayList<>();
    for (final Argument argument : base) {
      if ((fold == null || !WINDOW.contains(argument.option()))
          && !(argument.option().equals(VENUE) && varies("venue"))) {
        arguments.add(argument.option());
        if (argument.value() != null) {
          arguments.add(argument.value());
        }
      }
    }
    own.putAll(combinations.get(combination));
    for (final Axis axis : axes) {
      final String value = own.get(axis.name());
      switch (axis.kind()) {
        case PARAMETER -> add(arguments, "--param", axis.name() + "=" + value);
        case SETTING -> add(arguments, "--set", axis.name() + "=" + value);
        case VENUE -> add(arguments, VENUE, value.replace('+', ','));
      }
    }
    if (fold != null) {
      final boolean test = stage == Row.Stage.TEST;
      final long from = test ? fold.testFrom() : fold.trainFrom();
      final long after = test ? fold.testAfter() : fold.trainAfter();
      add(arguments, "--from", Folds.instant(from));
      add(arguments, "--to", Folds.instant(test ? fold.testUntil() : fold.trainUntil()));
      if (from < after) {
        add(arguments, "--trade-after", Folds.instant(after));
      }
    }
    return new Row(
        place * combinations.size() + combination, stage, number, combination, arguments);
  }

  private boolean varies(final String name) {
    return axes.stream().anyMatch(axis -> axis.name().equals(name));
  }

  private static void add(final List<String> to, final String option, final String value) {
    to.add(option);
    to.add(value);
  }
}
