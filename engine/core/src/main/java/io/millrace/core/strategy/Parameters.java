package io.millrace.core.strategy;

import java.util.List;
import java.util.Map;

/**
 * The values of a strategy's parameters in a run: those declared in its bundle, each with the value
 * that the command line or a config gives it, or its default.
 */
public final class Parameters {
  private final String strategy;
  private final List<Parameter> declared;
  private final double[] values;

  /**
   * Values of what is declared.
   *
   * @param given by name; what is not named has its default
   * @throws IllegalArgumentException for a name that is not declared or a value outside its bounds
   */
  Parameters(
      final String strategy, final List<Parameter> declared, final Map<String, Double> given) {
    this.strategy = strategy;
    this.declared = declared;
    values = new double[declared.size()];
    int used = 0;
    for (int i = 0; i < values.length; i++) {
      final Parameter parameter = declared.get(i);
      final Double value = given.get(parameter.name());
      used += value == null ? 0 : 1;
      values[i] = value == null ? parameter.standard() : value;
      if (!parameter.allows(values[i])) {
        throw new IllegalArgumentException(
            "parameter "
                + parameter.name()
                + " of "
                + strategy
                + " is "
                + values[i]
                + "; it must be "
                + parameter.allowed());
      }
    }
    if (used != given.size()) {
      throw new IllegalArgumentException(strategy + " does not declare every parameter given");
    }
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if no whole parameter of that name is declared
   */
  public int whole(final String name) {
    final int at = place(name);
    if (!declared.get(at).whole()) {
      throw new IllegalArgumentException(
          "parameter " + name + " of " + strategy + " is no whole number; read it with number()");
    }
    return (int) values[at];
  }

  /**
   * A number, whole or not.
   *
   * @throws IllegalArgumentException if no parameter of that name is declared
   */
  public double number(final String name) {
    return values[place(name)];
  }

  private int place(final String name) {
    for (int i = 0; i < values.length; i++) {
      if (declared.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        strategy
            + " declares no parameter '"
            + name
            + "'; it declares "
            + (declared.isEmpty()
                ? "none: add .param(…) to its bundle"
                : Parameter.names(declared)));
  }
}
