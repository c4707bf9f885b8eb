package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read of a decision: all that matters, in lines that fit. */
class ExplainTest {
  private static final int COLUMNS = 120;

  private static String explained(final Object... arguments) {
    final Object[] command = new Object[arguments.length + 2];
    command[0] = "explain";
    command[1] = Recorded.run();
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    final Launch.Ended ended = Launch.millrace(command);
    assertThat(ended.code()).as("%s", ended).isZero();
    return ended.out();
  }

  /** The last order of a structure that was re-priced before it filled. */
  private static JsonNode fallback() {
    for (final JsonNode order : Recorded.json(explained("--json")).get("orders")) {
      if (order.get("legs").size() > 1 && order.get("purpose").asText().equals("fallback")) {
        return order;
      }
    }
    throw new AssertionError("no order of a structure fell back");
  }

  private static void assertFits(final String text) {
    // The last line of a list is for copying, however long the path in it is.
    assertThat(text.lines().filter(line -> !line.startsWith("explain one with: ")))
        .allMatch(line -> line.length() <= COLUMNS, "at most 120 columns");
  }

  @Test
  void listTellsHowManyThereAreAndFits() {
    final String list = explained();
    assertFits(list);
    assertThat(list)
        .contains("orders: latest 8 of " + Recorded.summary().get("orders").asText() + "\n")
        .contains("vetoes: latest 8 of " + Recorded.summary().get("vetoes").asText() + "\n")
        .contains("ideas: latest 8 of " + Recorded.summary().get("ideas").asText() + "\n");
    assertThat(list.lines().filter(line -> line.startsWith("  "))).hasSize(24);
  }

  /** The engines have measured nothing yet, so their outputs hold no features. */
  @Test
  void decisionsOfTheWarmUpAreExplainedWhole(@TempDir final Path runs) {
    final Launch.Ended ran =
        Launch.millrace("backtest", "--strategy", "GammaRegimeCondor", "--runs", runs, "--json");
    assertThat(ran.code()).as("%s", ran).isZero();
    final String run = Recorded.json(ran.out()).get("run_dir").asText();
    final Launch.Ended intents = Launch.millrace("journal", "cat", run, "--template", "intent");
    final JsonNode first = Recorded.jsonLines(intents.out()).get(0);
    final Launch.Ended ended =
        Launch.millrace(
            "explain", run, first.get("cause").asText() + "." + first.get("ordinal").asText());
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(ended.out()).contains("missing").contains("gate ");
  }

  @Test
  void judgementAskedForIsWholeAndOthersShowWhatFailedOrIsNear() {
    final String id = fallback().get("id").asText();
    final JsonNode trace = Recorded.json(explained(id, "--json"));
    final int judgements = trace.get("gate").size();
    assertThat(judgements).as("opened, re-priced, fell back").isGreaterThan(2);
    int checks = 0;
    for (final JsonNode judgement : trace.get("gate")) {
      assertThat(judgement.get("checks").size()).as("JSON keeps all").isGreaterThan(30);
      checks += judgement.get("checks").size();
    }
    final String shown = explained(id);
    assertFits(shown);
    assertThat(shown.lines().filter(line -> line.endsWith("passed; --all shows them")))
        .hasSize(judgements - 1);
    final String full = shown.substring(shown.indexOf("gate " + judgementOf(trace, id)));
    assertThat(full.lines().skip(1).takeWhile(line -> !line.startsWith("├─")))
        .filteredOn(line -> line.contains(" limit ") && line.contains(" margin "))
        .hasSize(trace.get("gate").get(judgements - 1).get("checks").size());
    assertThat(explained(id, "--all").lines().filter(line -> line.contains(" margin ")))
        .hasSize(checks);
  }

  private static String judgementOf(final JsonNode trace, final String order) {
    for (final JsonNode node : trace.get("orders")) {
      if (node.get("id").asText().equals(order)) {
        return node.get("decision_cause").asText() + "." + node.get("decision_ordinal").asText();
      }
    }
    throw new AssertionError("no order " + order);
  }

  @Test
  void legThatFillsIsNotToldAsAPartOfTheWhole() {
    final List<String> route =
        explained(fallback().get("id").asText())
            .lines()
            .filter(line -> line.contains(" order ") && line.contains("filled"))
            .toList();
    assertThat(route)
        .anyMatch(
            line ->
                line.contains(": a leg filled → partially_filled, ")
                    && line.contains("whole structures 0"))
        .noneMatch(line -> line.contains("partial_fill"));
  }
}
