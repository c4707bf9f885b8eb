package io.millrace.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.tools.data.ImportResult;
import io.millrace.tools.data.RowRefusal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells what an import did: rows in, rows out, rows refused by reason, time range. */
final class ImportReport {
  /** So many files are listed; the rest is counted. */
  private static final int MAX_LISTED = 40;

  private ImportReport() {}

  static void print(final ImportResult result, final boolean json) {
    if (json) {
      System.out.println(json(result).toPrettyString());
    } else {
      text(result);
    }
  }

  private static void text(final ImportResult result) {
    result.files().stream()
        .limit(MAX_LISTED)
        .forEach(
            file ->
                System.out.printf(
                    Locale.ROOT,
                    "%-9s %-60s %,10d rows%s%n",
                    word(file.status()),
                    file.path(),
                    file.rowsOut(),
                    file.refused().isEmpty() ? "" : "  refused " + refusals(file.refused())));
    if (result.files().size() > MAX_LISTED) {
      System.out.printf(Locale.ROOT, "… and %,d files more%n", result.files().size() - MAX_LISTED);
    }
    System.out.printf(
        Locale.ROOT,
        "%,d rows in, %,d out, %s%,d merged, refused %s%s%n",
        result.rowsIn(),
        result.rowsOut(),
        result.rowsAdded() == 0
            ? ""
            : String.format(Locale.ROOT, "%,d added, ", result.rowsAdded()),
        result.rowsMerged(),
        refusals(result.refused()),
        result.firstTime() == 0 && result.lastTime() == 0
            ? ""
            : ", from " + instant(result.firstTime()) + " to " + instant(result.lastTime()));
    if (!result.ignored().isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "%,d files left alone, such as %s: not of a kind that is taken here%n",
          result.ignored().size(),
          result.ignored().get(0));
    }
  }

  private static String refusals(final Map<RowRefusal, Long> refused) {
    return refused.isEmpty()
        ? "none"
        : refused.entrySet().stream()
            .map(entry -> entry.getValue() + " " + word(entry.getKey()))
            .collect(Collectors.joining(", "));
  }

  private static String word(final Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Instant instant(final long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  private static ObjectNode json(final ImportResult result) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rows_in", result.rowsIn());
    node.put("rows_out", result.rowsOut());
    node.put("rows_merged", result.rowsMerged());
    node.put("rows_added", result.rowsAdded());
    final ObjectNode refused = node.putObject("refused");
    result.refused().forEach((why, rows) -> refused.put(word(why), rows));
    node.put("first_ts", result.firstTime() / 1e9);
    node.put("last_ts", result.lastTime() / 1e9);
    final ArrayNode files = node.putArray("files");
    for (final ImportResult.CuratedFile file : result.files()) {
      files
          .addObject()
          .put("path", file.path().toString())
          .put("rows_in", file.rowsIn())
          .put("rows_out", file.rowsOut())
          .put("status", word(file.status()));
    }
    node.put("ignored", result.ignored().size());
    return node;
  }
}
