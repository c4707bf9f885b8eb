package io.millrace.tools;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Colours and progress, only where a person looks: on a terminal. */
final class Terminal {
  private static final long FIRST_PROGRESS_NANOS = 2_000_000_000L;
  private static final long PROGRESS_NANOS = 100_000_000L;

  private final boolean interactive;
  private final PrintStream err;

  private Terminal(final boolean interactive, final PrintStream err) {
    this.interactive = interactive;
    this.err = err;
  }

  static Terminal of(final boolean json) {
    // The launcher looks: from JDK 22 on System.console() no longer tells.
    return new Terminal(
        !json && Boolean.getBoolean("millrace.terminal") && System.getenv("NO_COLOR") == null,
        System.err);
  }

  boolean interactive() {
    return interactive;
  }

  String bold(final String text) {
    return style("1", text);
  }

  String dim(final String text) {
    return style("2", text);
  }

  String good(final String text) {
    return style("32", text);
  }

  String bad(final String text) {
    return style("31", text);
  }

  private String style(final String code, final String text) {
    return interactive ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** A line on stderr that counts up, once the work has taken two seconds. */
  LongConsumer progress(final String what) {
    if (!interactive) {
      return done -> {};
    }
    final long start = System.nanoTime();
    final long[] next = {start + FIRST_PROGRESS_NANOS};
    return done -> {
      final long now = System.nanoTime();
      if (now >= next[0]) {
        next[0] = now + PROGRESS_NANOS;
        err.print(
            String.format(
                Locale.ROOT,
                "\r%s: %,d (%,.0f a second)\u001b[K",
                what,
                done,
                done * 1e9 / (now - start)));
        err.flush();
      }
    };
  }

  /** Clears the progress line. */
  void progressDone() {
    if (interactive) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
