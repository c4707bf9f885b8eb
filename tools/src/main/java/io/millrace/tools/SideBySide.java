package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Two decoded messages, a field a line, differences marked. */
final class SideBySide {
  private static final int WIDTH = 44;

  private SideBySide() {}

  static String of(final ObjectNode recorded, final ObjectNode replayed) {
    final Set<String> fields = new LinkedHashSet<>();
    if (recorded != null) {
      recorded.fieldNames().forEachRemaining(fields::add);
    }
    if (replayed != null) {
      replayed.fieldNames().forEachRemaining(fields::add);
    }
    final StringBuilder text = new StringBuilder();
    text.append(line(" ", "field", "recorded", "replayed"));
    for (final String field : fields) {
      final String left = text(recorded, field);
      final String right = text(replayed, field);
      text.append(line(left.equals(right) ? " " : "≠", field, left, right));
    }
    return text.toString();
  }

  private static String text(final ObjectNode node, final String field) {
    final JsonNode value = node == null ? null : node.get(field);
    return value == null ? "-" : value.isTextual() ? value.textValue() : value.toString();
  }

  private static String line(
      final String mark, final String field, final String left, final String right) {
    return String.format(Locale.ROOT, "%s %-24s %-" + WIDTH + "s %s%n", mark, field, left, right);
  }
}
