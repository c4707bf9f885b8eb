package io.millrace.tools;

import io.millrace.runtime.run.ExitCodes;

/** How a run's end is told. */
final class Reports {
  private Reports() {}

  /** Prints a summary; returns the exit code. */
  static int print(final Session.Result result, final boolean json, final Terminal terminal) {
    final Summary summary = new Summary(result);
    if (json) {
      System.out.println(summary.json().toPrettyString());
    } else {
      summary.print(System.out, terminal);
    }
    if (result.outcome().halted() != null) {
      System.err.println(
          "millrace: "
              + result.outcome().halted().text()
              + "; the journal is kept in "
              + Summary.display(result.run().path()));
      return ExitCodes.HALTED;
    }
    final String stopped = result.view().strategyStopped();
    if (stopped != null) {
      System.err.println(
          "millrace: "
              + Terminal.plain(stopped)
              + "; the strategy was stopped there, its orders cancelled, its positions kept: correct"
              + " it and run again ("
              + Summary.display(result.run().path())
              + " tells what it did until then)");
      return ExitCodes.HALTED;
    }
    final String halted = Summary.halted(result.view());
    if (halted != null) {
      System.err.println(
          "millrace: "
              + halted
              + ", and nothing but closing orders went out after that: policies.risk.max_drawdown and"
              + " kill_switch_dd are the limits ("
              + Summary.display(result.run().path())
              + " has the whole run)");
      return ExitCodes.HALTED;
    }
    return ExitCodes.DONE;
  }
}
