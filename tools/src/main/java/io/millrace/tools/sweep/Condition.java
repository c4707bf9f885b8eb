package io.millrace.tools.sweep;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comparison that combinations must meet, such as {@code fast<slow} or {@code fast<=50}.
 *
 * @param left name of an axis, or a number
 * @param sign {@code <}, {@code <=}, {@code >} or {@code >=}
 * @param right name of an axis, or a number
 */
record Condition(String left, String sign, String right) {
  private static final Pattern FORM =
      Pattern.compile("\\s*([^<>=\\s]+)\\s*(<=|>=|<|>)\\s*([^<>=\\s]+)\\s*");

  /**
   * Reads one.
   *
   * @throws SweepException if it is none, or compares what does not vary
   */
  static Condition parse(final String text, final List<Axis> axes) {
    final Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new SweepException(
          "--where '" + text + "' compares nothing; give one such as fast<slow");
    }
    final Condition condition = new Condition(matcher.group(1), matcher.group(2), matcher.group(3));
    condition.check(text, condition.left, axes);
    condition.check(text, condition.right, axes);
    return condition;
  }

  private void check(final String text, final String side, final List<Axis> axes) {
    if (axes.stream().noneMatch(axis -> axis.name().equals(side)) && number(side) == null) {
      throw new SweepException(
          "--where '"
              + text
              + "': "
              + side
              + " is neither a number nor one of "
              + String.join(", ", axes.stream().map(Axis::name).toList()));
    }
  }

  private static BigDecimal number(final String text) {
    try {
      return new BigDecimal(text);
    } catch (final NumberFormatException e) {
      return null; // a word
    }
  }

  boolean holds(final Map<String, String> combination) {
    final BigDecimal a = value(left, combination);
    final BigDecimal b = value(right, combination);
    if (a == null || b == null) {
      throw new SweepException(
          "--where " + left + sign + right + " compares a word with a number; compare numbers");
    }
    final int order = a.compareTo(b);
    return switch (sign) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static BigDecimal value(final String side, final Map<String, String> combination) {
    return number(combination.getOrDefault(side, side));
  }
}
