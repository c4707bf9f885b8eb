package io.millrace.core.strategy;

import java.util.List;

/**
 * A number that a strategy declares to be chosen from outside.
 *
 * @param name 1 to 32 of a-z, 0-9 and underscore, a letter first
 * @param standard its value unless another is given
 * @param least smallest value allowed
 * @param most largest value allowed
 * @param whole whether it is a whole number
 */
public record Parameter(String name, double standard, double least, double most, boolean whole) {
  private static final int MAX_NAME = 32;
  private static final double MOST = 1e15;

  /**
   * Checks itself.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public Parameter {
    if (name == null || name.isEmpty() || name.length() > MAX_NAME || !plain(name)) {
      throw new IllegalArgumentException(
          "a parameter's name is 1 to "
              + MAX_NAME
              + " of a-z, 0-9 and _, a letter first, not '"
              + name
              + "'");
    }
    if (!(Math.abs(least) <= MOST && Math.abs(most) <= MOST && least <= most)) {
      throw new IllegalArgumentException(
          "parameter " + name + " has the bounds " + least + " and " + most + "; least first");
    }
    if (!(least <= standard && standard <= most)) {
      throw new IllegalArgumentException(
          "parameter " + name + " is " + standard + " by default, outside its own bounds");
    }
  }

  private static boolean plain(final String text) {
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (i > 0 && ((c >= '0' && c <= '9') || c == '_')))) {
        return false;
      }
    }
    return true;
  }

  /** Names, separated by commas. */
  static String names(final List<Parameter> parameters) {
    final StringBuilder names = new StringBuilder();
    for (final Parameter parameter : parameters) {
      names.append(names.length() == 0 ? "" : ", ").append(parameter.name());
    }
    return names.toString();
  }

  /** Whether it may have a value. */
  public boolean allows(final double value) {
    return value >= least && value <= most && (!whole || value == StrictMath.rint(value));
  }

  /** What it may be, in words that follow "must be". */
  public String allowed() {
    return (whole ? "a whole number" : "a number") + " from " + text(least) + " to " + text(most);
  }

  /** A value as people write it: a whole one without decimals. */
  public String text(final double value) {
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
