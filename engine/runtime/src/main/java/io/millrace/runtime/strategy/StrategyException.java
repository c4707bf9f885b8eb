package io.millrace.runtime.strategy;

import java.util.List;

/** A strategy file that cannot be used; one sentence for each thing wrong, all of them at once. */
public final class StrategyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** With everything that is wrong. */
  public StrategyException(final List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence each: {@code file:line: what is wrong; what to do instead}. */
  public List<String> problems() {
    return problems;
  }
}
