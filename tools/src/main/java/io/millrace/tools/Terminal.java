package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Colours and progress, only where a person looks: on a terminal. */
final class Terminal {
  private static final long FIRST_PROGRESS_NANOS = 2_000_000_000L;
  private static final long PROGRESS_NANOS = 100_000_000L;

  private static final int BAR_WIDTH = 30;

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

  /**
   * Text that came from data, fit for a terminal: control characters (which could move the cursor,
   * colour or retitle) and marks that turn the direction of writing become {@code ?}.
   */
  static String plain(final String text) {
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); i++) {
      if (hostile(text.charAt(i))) {
        if (clean == null) {
          clean = new StringBuilder(text);
        }
        clean.setCharAt(i, '?');
      }
    }
    return clean == null ? text : clean.toString();
  }

  /** All text of a tree, names of fields included, as {@link #plain} makes it. */
  static JsonNode plain(final JsonNode node) {
    if (node.isTextual()) {
      return JsonNodeFactory.instance.textNode(plain(node.textValue()));
    }
    if (node.isArray()) {
      final ArrayNode list = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (node.isObject()) {
      final ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(field -> object.set(plain(field.getKey()), plain(field.getValue())));
      return object;
    }
    return node;
  }

  /**
   * A JSON text with what {@link #plain} takes out written as escapes: the same JSON, and harmless
   * on a terminal.
   */
  static String json(final String json) {
    StringBuilder clean = null;
    for (int i = 0; i < json.length(); i++) {
      final char c = json.charAt(i);
      final boolean escape = hostile(c) && c != '\n' && c != '\r' && c != '\t';
      if (escape && clean == null) {
        clean = new StringBuilder(json.length() + 16).append(json, 0, i);
      }
      if (clean != null) {
        clean.append(escape ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    return clean == null ? json : clean.toString();
  }

  private static boolean hostile(final char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
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

  /** A bar on stderr of work whose size is known. */
  LongConsumer bar(final String what, final long all) {
    if (!interactive) {
      return done -> {};
    }
    final long start = System.nanoTime();
    return done -> {
      final int filled = (int) (BAR_WIDTH * done / Math.max(1, all));
      final double left = done == 0 ? 0 : (System.nanoTime() - start) / 1e9 / done * (all - done);
      err.print(
          String.format(
              Locale.ROOT,
              "\r%s %s%s %,d of %,d%s\u001b[K",
              what,
              "█".repeat(filled),
              "░".repeat(BAR_WIDTH - filled),
              done,
              all,
              done == 0 ? "" : String.format(Locale.ROOT, ", %,.0f s left", left)));
      err.flush();
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
