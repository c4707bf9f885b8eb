package io.millrace.runtime.config;

import java.util.List;

/** Config that cannot be used; one sentence for each thing that is wrong, all of them at once. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** With everything that is wrong. */
  public ConfigException(final List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence for each thing that is wrong: file, line, field, value, what is allowed. */
  public List<String> problems() {
    return problems;
  }
}
