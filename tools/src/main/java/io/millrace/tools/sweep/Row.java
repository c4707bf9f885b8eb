package io.millrace.tools.sweep;

import java.util.List;

/**
 * One backtest of a sweep.
 *
 * @param number unique in its sweep and the same whenever it is planned
 * @param stage what it is for
 * @param fold of a walk-forward, 0 = none
 * @param combination of parameters, from 0
 * @param arguments of {@code millrace backtest}, all but where the run goes
 */
public record Row(long number, Stage stage, int fold, int combination, List<String> arguments) {
  /** What a row is for. */
  public enum Stage {
    /** The whole time. */
    FULL,
    /** The training of a fold. */
    TRAIN,
    /** The test of a fold. */
    TEST
  }

  /** Copies its list. */
  public Row {
    arguments = List.copyOf(arguments);
  }

  /** The command that runs it alone. */
  public String command() {
    final StringBuilder text = new StringBuilder("tools/bin/millrace backtest");
    for (final String argument : arguments) {
      text.append(' ').append(quoted(argument));
    }
    return text.toString();
  }

  private static String quoted(final String argument) {
    return argument.matches("[A-Za-z0-9_./:=,+@%-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
