package io.millrace.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the values of a strategy's parameters come from, and which are refused. */
class ParameterMergeTest {
  private static final String PLACE = "Mine.java:7";
  private static final StrategyBundle MINE =
      StrategyBundle.named("mine")
          .universe("GOOG")
          .param("fast", 12, 2, 100)
          .param("stop_pct", 2.0, 0.5, 4.0)
          .create(() -> new Strategy() {});

  @TempDir private Path folder;

  private static ConfigLoader.Resolved resolved(final String... parameters) {
    return ConfigLoader.load(List.of(), List.of(), List.of(parameters), MINE, PLACE);
  }

  private static Map<String, Double> values(final ConfigLoader.Resolved resolved) {
    return resolved.config().strategy().parametersOf("mine");
  }

  @Test
  void everyDeclaredParameterIsInTheConfigWithItsOrigin() {
    final ConfigLoader.Resolved plain = resolved();
    assertThat(values(plain)).isEqualTo(Map.of("fast", 12.0, "stop_pct", 2.0));
    assertThat(plain.origins()).containsEntry("strategy.parameters.mine.fast", PLACE);
    final ConfigLoader.Resolved given = resolved("fast=5");
    assertThat(values(given)).isEqualTo(Map.of("fast", 5.0, "stop_pct", 2.0));
    assertThat(given.origins())
        .containsEntry("strategy.parameters.mine.fast", "--param")
        .containsEntry("strategy.parameters.mine.stop_pct", PLACE);
    assertThat(given.digest()).isNotEqualTo(plain.digest());
  }

  @Test
  void aValueHasOneFormWhoeverWritesIt() {
    assertThat(resolved("fast=5", "stop_pct=3").digest())
        .isEqualTo(resolved("fast=5.0", "stop_pct=3.00").digest());
    assertThat(resolved("fast=12").digest()).isEqualTo(resolved().digest());
  }

  @Test
  void theCommandLineIsOverTheFileAndTheFileOverTheDefault() throws IOException {
    final Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            "strategy:\n  parameters:\n    mine:\n      fast: 7\n      stop_pct: 3.5\n"
                + "    other:\n      depth: 9\n");
    final ConfigLoader.Resolved resolved =
        ConfigLoader.load(List.of(file), List.of(), List.of("fast=9"), MINE, PLACE);
    assertThat(values(resolved)).isEqualTo(Map.of("fast", 9.0, "stop_pct", 3.5));
    assertThat(resolved.origins())
        .containsEntry("strategy.parameters.mine.stop_pct", file + ":5")
        .containsEntry("strategy.parameters.mine.fast", "--param");
    // Another strategy's values are no part of this run.
    assertThat(resolved.config().strategy().parameters()).containsOnlyKeys("mine");
    assertThat(
            ConfigLoader.load(List.of(file), List.of(), null, null)
                .config()
                .strategy()
                .parameters())
        .isEmpty();
  }

  @Test
  void everyWrongValueIsToldAtOnceWithWhatIsAllowed() {
    assertThatThrownBy(() -> resolved("fsat=3", "fast=101", "stop_pct=x", "fast"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .containsExactlyInAnyOrder(
                        "--param fsat=3: mine has no parameter fsat; it has fast, stop_pct",
                        "--param fast=101: parameter fast of mine is 101: must be a whole number"
                            + " from 2 to 100",
                        "--param stop_pct=x: parameter stop_pct of mine is \"x\": must be a number"
                            + " from 0.5 to 4.0",
                        "--param fast: not NAME=VALUE, such as fast=12"));
  }

  @Test
  void whatWasResolvedIsWhatAReplayBinds() {
    final ConfigLoader.Resolved resolved = resolved("fast=5");
    assertThat(ConfigLoader.bind(resolved.tree()).strategy())
        .isEqualTo(resolved.config().strategy());
  }
}
