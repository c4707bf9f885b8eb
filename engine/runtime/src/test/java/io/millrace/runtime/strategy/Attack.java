package io.millrace.runtime.strategy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One attack of {@code attacks.txt}.
 *
 * @param name what it tries
 * @param says parts of messages, one of which must be said
 * @param source a whole file
 * @param line the line that the message must name; 0 = any
 */
record Attack(String name, List<String> says, String source, int line) {
  private static final String HEAD =
      """
      import io.millrace.core.strategy.*;
      import java.util.*;
      public final class S implements Strategy {
      static StrategyBundle bundle() {
      return StrategyBundle.named("s").universe("SPY").create(S::new);
      }
      """;

  static List<Attack> all() {
    final List<Attack> all = new ArrayList<>();
    for (final String section : text("attacks.txt").split("(?m)^== ", -1)) {
      if (section.startsWith("#")) {
        continue;
      }
      final String[] parts = section.split("\n", 3);
      final boolean whole =
          parts[2].contains("\npublic final class ") || parts[2].startsWith("package");
      final String source = whole ? parts[2] : HEAD + parts[2] + "}\n";
      all.add(
          new Attack(
              parts[0], List.of(parts[1].substring(2).split(" \\| ", -1)), source, line(source)));
    }
    return all;
  }

  static String text(final String resource) {
    try (InputStream in = Attack.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new AssertionError(resource, e);
    }
  }

  private static int line(final String source) {
    final List<String> lines = source.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith("//!")) {
        return i + 1;
      }
    }
    return 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
