package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.run.ExitCodes;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace explain}: why an order, idea or veto is what it is. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Shows the way of an order, idea or veto, from the tick that caused it to its fills; without"
            + " an ID lists the latest.")
final class ExplainCommand implements Callable<Integer> {
  private static final int LISTED = 8;

  @Parameters(index = "0", paramLabel = "RUN", description = "Run directory")
  private Path directory;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "Such as 1234.5, as listed when left out; a client order id will do")
  private String id;

  @Option(names = "--all", description = "Every check of every judgement, re-pricings too")
  private boolean all;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() {
    try (Trace trace = new Trace(Project.run(directory))) {
      final ObjectNode node = id == null ? trace.list(LISTED) : trace.explain(id);
      if (json) {
        System.out.println(Terminal.json(node.toPrettyString()));
      } else if (id == null) {
        list((ObjectNode) Terminal.plain(node));
      } else {
        new TraceTree(System.out, Terminal.of(false), all).print((ObjectNode) Terminal.plain(node));
      }
    }
    return ExitCodes.DONE;
  }

  private void list(final ObjectNode node) {
    final PrintStream out = System.out;
    for (final String kind : new String[] {"orders", "vetoes", "ideas", "intents"}) {
      final JsonNode rows = node.get(kind);
      final long total = node.get("counts").get(kind).asLong();
      out.println(
          kind
              + ": "
              + (total == 0
                  ? "none"
                  : total == rows.size()
                      ? "all " + total
                      : "latest " + rows.size() + " of " + Millrace.count(total)));
      rows.forEach(
          row -> out.println("  " + TraceLines.headline(row, TraceLines.isStructure(row), null)));
    }
    out.println(
        "explain one with: tools/bin/millrace explain " + Summary.display(directory) + " ID");
  }
}
