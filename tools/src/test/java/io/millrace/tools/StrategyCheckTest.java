package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.strategy.StrategyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code millrace validate} says of strategies. */
final class StrategyCheckTest {
  private static final String GOOD =
      """
      import io.millrace.core.strategy.*;
      public final class Good implements Strategy {
        static StrategyBundle bundle() {
          return StrategyBundle.named("good").universe("SPY").create(Good::new);
        }
        @Override public void bar(Bar bar) {}
      }
      """;

  @TempDir private Path folder;

  private void write(final String file, final String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static List<StrategyCheck> all(final Path folder) {
    return StrategyCheck.all(
        StrategyCheck.files(folder), StrategyConfig.DEFAULT, strategy -> List.of());
  }

  @Test
  void whatIsWrongWithItsPoliciesIsToldToo() throws IOException {
    write("Good.java", GOOD);
    final StrategyCheck check =
        StrategyCheck.all(
                StrategyCheck.files(folder),
                StrategyConfig.DEFAULT,
                strategy -> List.of(strategy.where() + ": capped"))
            .get(0);
    assertThat(check.problems()).containsExactly("Good.java:4: capped");
    assertThat(check.line()).isEqualTo("Good.java: not sound");
  }

  @Test
  void eachStrategyIsLoadedAndSaidToBeSoundOrNot() throws IOException {
    write("Bad.java", GOOD.replace("Good", "Bad").replace("{}", "{ System.exit(1); }"));
    write("Broken.java", GOOD.replace("Good", "Broken").replace("{}", "{ int x = true; }"));
    write("Good.java", GOOD);
    write("README.md", "no strategy");
    final List<StrategyCheck> checks = all(folder);
    assertThat(checks)
        .extracting(StrategyCheck::line)
        .containsExactly(
            "Bad.java: not sound",
            "Broken.java: not sound",
            "Good.java: sound, good on SPY, called for bar");
    assertThat(checks.get(0).problems())
        .singleElement()
        .asString()
        .startsWith("Bad.java:6: Bad.bar calls java.lang.System.exit; ");
    assertThat(checks.get(1).problems())
        .singleElement()
        .asString()
        .startsWith("Broken.java:6: does not compile: ");
    assertThat(checks.get(2).json().path("sound").asBoolean()).isTrue();
    assertThat(checks.get(0).json().path("problems").size()).isEqualTo(1);
  }

  @Test
  void whatNoStateSavesIsANoteAndNoProblem() throws IOException {
    write(
        "Good.java",
        GOOD.replace("@Override", "long seen; @Override").replace("{}", "{ seen++; }"));
    final StrategyCheck check = all(folder).get(0);
    assertThat(check.problems()).isEmpty();
    assertThat(check.line())
        .endsWith("; note: no state() saves seen, so a restart re-executes its whole run");
    assertThat(check.json().path("unsaved").path(0).asText()).isEqualTo("seen");
  }

  @Test
  void everyExampleThatShipsSavesWhatItRemembers() {
    final List<StrategyCheck> shipped = all(Project.strategies());
    assertThat(shipped).hasSizeGreaterThanOrEqualTo(7);
    assertThat(shipped).allSatisfy(check -> assertThat(check.line()).doesNotContain("note"));
  }

  @Test
  void twoStrategiesOfOneNameAreTold() throws IOException {
    write("Good.java", GOOD);
    write("Other.java", GOOD.replace("Good", "Other"));
    assertThat(all(folder).get(1).problems())
        .containsExactly("Other.java:4: is named good as Good.java is; name one anew");
  }

  @Test
  void noFolderIsNoProblem() {
    assertThat(all(folder.resolve("none"))).isEmpty();
  }
}
