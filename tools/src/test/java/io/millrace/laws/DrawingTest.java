package io.millrace.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.pipeline.StageTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same words name the stages in the drawing, the packages, the wiring and the histograms. */
class DrawingTest {
  private static final String MARKER = "<!-- drawing -->";
  private static final Pattern DRAWN = Pattern.compile("^\\W*([a-z]+) {2,}\\S.*");
  private static final Pattern LISTED = Pattern.compile("^ \\* +(\\d+) ([a-z]+) .*");
  private static final Pattern FIELD =
      Pattern.compile("^  private final (\\w+) (\\w+); // (\\d+)$");
  private static final Pattern IMPORT =
      Pattern.compile("^import io\\.millrace\\.core\\.([\\w.]+)\\.(\\w+);$");

  /** Stages that are not packages of core: bytes before, bytes behind. */
  private static final List<String> OUTSIDE = List.of("journal", "outbox");

  /** Packages that serve the market stage. */
  private static final List<String> OF_MARKET = List.of("market", "simvenue", "order", "portfolio");

  private static List<String> pipeline() throws IOException {
    return Files.readAllLines(
        Shipped.root()
            .resolve("engine/runtime/src/main/java/io/millrace/runtime/pipeline/Pipeline.java"));
  }

  /** The stage words of a drawing: lines between the two rails, first word. */
  static List<String> drawn(final List<String> drawing) {
    final List<String> words = new ArrayList<>();
    boolean inside = false;
    for (final String line : drawing) {
      if (line.contains("═══")) {
        inside = !inside;
      } else if (inside) {
        final Matcher matcher = DRAWN.matcher(line);
        if (matcher.matches()) {
          words.add(matcher.group(1));
        }
      }
    }
    return words;
  }

  @Test
  void theReadmeDrawsTheStages() throws IOException {
    final Path readme = Shipped.root().resolve("README.md");
    final String page = Files.exists(readme) ? Files.readString(readme) : "";
    final int from = page.indexOf(MARKER);
    // Before there is a README the sample below stands for it; a README must have the drawing.
    if (from < 0) {
      assertThat(page).as("README.md shows the drawing after " + MARKER).isEmpty();
      return;
    }
    final int after = from + MARKER.length();
    final int end = page.indexOf("drawing -->", after);
    final String drawing = end < 0 ? page.substring(after) : page.substring(after, end);
    assertThat(drawn(drawing.lines().toList()))
        .as("README.md draws the stages in the order of Pipeline")
        .isEqualTo(Shipped.STAGES);
  }

  @Test
  void aDrawingIsReadAsItIsDrawn() {
    assertThat(
            drawn(
                List.of(
                    " feeds · venues   one message each",
                    "        │ publish",
                    " ═══ ring ═══════",
                    "   journal    append the input",
                    "   engines    hedge ∥ liquidity ∥ sentiment → elasticity",
                    " ════════════════",
                    "        │             │",
                    "    decisions         venue")))
        .containsExactly("journal", "engines");
  }

  @Test
  void thePipelineListsTheStagesInOrder() throws IOException {
    final List<String> listed = new ArrayList<>();
    for (final String line : pipeline()) {
      final Matcher matcher = LISTED.matcher(line);
      if (matcher.matches()) {
        listed.add(matcher.group(2));
        assertThat(Integer.parseInt(matcher.group(1))).as(line).isEqualTo(listed.size());
      }
    }
    assertThat(listed).isEqualTo(Shipped.STAGES);
  }

  @Test
  void everyPartIsWiredUnderTheNumberOfItsStage() throws IOException {
    final Map<String, String> packageOf = new HashMap<>();
    final List<Integer> numbers = new ArrayList<>();
    for (final String line : pipeline()) {
      final Matcher imported = IMPORT.matcher(line);
      if (imported.matches()) {
        packageOf.put(imported.group(2), imported.group(1));
      }
      final Matcher field = FIELD.matcher(line);
      if (field.matches()) {
        final int number = Integer.parseInt(field.group(3));
        numbers.add(number);
        final String stage = Shipped.STAGES.get(number - 1);
        final String room = packageOf.get(field.group(1)).split("\\.", 2)[0];
        assertThat(room.equals(stage) || OF_MARKET.contains(room))
            .as(field.group(1) + " of package " + room + " is wired as stage " + stage)
            .isTrue();
        if (!room.equals("order")) { // OrderIntents reads ideas for the gate: any stage's
          assertThat(stage.equals("market") || room.equals(stage)).as(line).isTrue();
        }
      }
    }
    assertThat(numbers).as("wired in the order of the drawing").isSorted();
    assertThat(new TreeSet<>(numbers)).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void theHistogramsAreNamedAsTheStages() {
    final List<String> rows =
        Arrays.stream(StageTimes.Row.values())
            .map(row -> row.name().toLowerCase(Locale.ROOT))
            .toList();
    assertThat(rows.subList(0, Shipped.STAGES.size())).isEqualTo(Shipped.STAGES);
    assertThat(rows.subList(Shipped.STAGES.size(), rows.size()))
        .as("the rest measures the whole way")
        .containsExactly("tick", "tick_to_order");
  }

  @Test
  void theBenchNamesItsRowsByTheStages() throws IOException {
    final Pattern row = Pattern.compile("(?:new Row|alone)\\(\\s*\"(\\w+)\"");
    final TreeSet<String> sections = new TreeSet<>();
    try (var walk = Files.walk(Shipped.root().resolve("bench/src/main/java"))) {
      for (final Path source : walk.filter(path -> path.toString().endsWith(".java")).toList()) {
        final Matcher matcher = row.matcher(Files.readString(source));
        while (matcher.find()) {
          sections.add(matcher.group(1));
        }
      }
    }
    assertThat(sections).contains("journal", "engines", "risk");
    sections.removeAll(Shipped.STAGES);
    assertThat(sections)
        .as("a row measures a stage of the drawing, what carries the stages, or the whole way")
        .isSubsetOf(
            "codec",
            "kernels",
            "ring",
            "event",
            "pipeline",
            "latency",
            "backtest",
            "crossing",
            "memory",
            "recovery");
  }

  @Test
  void thePackagesOfCoreAreTheStagesAndWhatTheyShare() {
    final TreeSet<String> packages =
        Shipped.CLASSES.stream()
            .map(type -> type.getPackageName())
            .filter(name -> name.startsWith("io.millrace.core."))
            .map(name -> name.substring("io.millrace.core.".length()).split("\\.", 2)[0])
            .collect(Collectors.toCollection(TreeSet::new));
    final TreeSet<String> named = new TreeSet<>(Shipped.STAGES);
    named.removeAll(OUTSIDE);
    named.addAll(Shipped.SHARED);
    named.add("simvenue");
    named.add("strategy"); // the plugin API, and indicators that the engines read too
    assertThat(packages)
        .as("a package of core is a stage of the drawing or one that stages share: name it there")
        .isEqualTo(named);
  }

  @Test
  void everyPackageSaysWhatComesInAndGoesOut() throws IOException {
    final List<String> missing = new ArrayList<>();
    for (final String module :
        List.of(
            "journal",
            "engine/kernels",
            "engine/core",
            "engine/gateways",
            "engine/runtime",
            "tools")) {
      final Path sources = Shipped.root().resolve(module).resolve("src/main/java");
      try (var walk = Files.walk(sources)) {
        walk.filter(path -> path.toString().endsWith(".java"))
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .forEach(folder -> missing.add(Shipped.root().relativize(folder).toString()));
      }
      if (!Files.exists(Shipped.root().resolve(module).resolve("README.md"))) {
        missing.add(module + "/README.md");
      }
    }
    assertThat(missing).as("packages without package-info, modules without README").isEmpty();
  }
}
