package io.millrace.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user writes, and what is told when it is wrong. */
class ConfigLoaderTest {
  @TempDir private Path folder;

  private ConfigLoader.Resolved load(final String yaml, final String... sets) throws IOException {
    final Path file = folder.resolve("millrace.yaml");
    Files.writeString(file, yaml);
    return ConfigLoader.load(file, List.of(sets));
  }

  private EngineConfig engine(final String line) throws IOException {
    return load("engine:\n  " + line + "\n").config().engine();
  }

  @Test
  void theShippedDefaultsRun() {
    final ConfigLoader.Resolved defaults = ConfigLoader.load(null, List.of());
    assertThat(defaults.warnings()).isEmpty();
    assertThat(ConfigLoader.bind(defaults.tree()).risk()).isEqualTo(defaults.config().risk());
    assertThat(defaults.config().account().initialCash()).isPositive();
  }

  @Test
  void aFileNeedsOnlyWhatItChanges() throws IOException {
    final Config config = load("engine:\n  ring_size: 64\n").config();
    final Config defaults = ConfigLoader.load(null, List.of()).config();
    assertThat(config.engine().ringSize()).isEqualTo(64);
    assertThat(config.risk()).isEqualTo(defaults.risk());
    assertThat(config.engine().timerIntervalNanos())
        .isEqualTo(defaults.engine().timerIntervalNanos());
  }

  @Test
  void durationsAreReadInTheirUnits() throws IOException {
    assertThat(engine("timer_interval: 250ms").timerIntervalNanos()).isEqualTo(250_000_000L);
    assertThat(engine("timer_interval: 1.5s").timerIntervalNanos()).isEqualTo(1_500_000_000L);
    assertThat(engine("timer_interval: 2s").timerIntervalNanos()).isEqualTo(2_000_000_000L);
  }

  @Test
  void aQuotedDecimalIsExact() throws IOException {
    assertThat(load("account:\n  initial_cash: \"123456.01\"\n").config().account().initialCash())
        .isEqualTo(12_345_601_000_000L);
  }

  @Test
  void anUnknownKeyIsNamedWithLineAndSuggestion() {
    assertThatThrownBy(() -> load("# mine\n\nengine:\n  ring_sice: 64\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("millrace.yaml:4")
        .hasMessageContaining("engine.ring_sice")
        .hasMessageContaining("ring_size");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThatThrownBy(() -> load("engin:\n  ring_size: 64\nrisk:\n  nonsense_xyz: 1\n"))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> {
              assertThat(e.problems()).hasSize(2);
              assertThat(e.problems().get(0)).contains("engin").contains("engine");
              assertThat(e.problems().get(1)).contains("risk.nonsense_xyz");
            });
  }

  @Test
  void anOptionOverridesTheFile() throws IOException {
    assertThat(load("engine:\n  ring_size: 64\n", "engine.ring_size=128").config().engine())
        .extracting(EngineConfig::ringSize)
        .isEqualTo(128);
    assertThatThrownBy(() -> ConfigLoader.load(null, List.of("engine.ring_sice=1")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("engine.ring_sice")
        .hasMessageContaining("ring_size");
    assertThatThrownBy(() -> ConfigLoader.load(null, List.of("ring_size")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("KEY=VALUE");
  }

  @Test
  void anEmptySectionOrFileKeepsTheDefaults() throws IOException {
    final long defaults = ConfigLoader.load(null, List.of()).digest();
    for (final String nothing : List.of("engine:\n", "engine: null\n", "", "# nothing\n")) {
      assertThat(load(nothing).digest()).as(nothing).isEqualTo(defaults);
    }
  }

  @Test
  void aKeyWithoutAValueIsToldWithItsLine() {
    assertThatThrownBy(() -> load("engine:\n  ring_size:\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("millrace.yaml:2")
        .hasMessageContaining("engine.ring_size has no value");
    assertThatThrownBy(() -> ConfigLoader.load(null, List.of("engine.ring_size=")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("engine.ring_size has no value");
  }

  @Test
  void whatDoesNotFitItsFieldIsASentenceNotATrace() {
    for (final String wrong :
        List.of(
            "account.initial_cash=\"0.000000001\"",
            "account.initial_cash=\"99999999999999999999\"",
            "engine.timer_interval=0.5ns",
            "engine.timer_interval=99999999999d",
            "engine.ring_size=many")) {
      assertThatThrownBy(() -> ConfigLoader.load(null, List.of(wrong)))
          .as(wrong)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(wrong.substring(0, wrong.indexOf('=')));
    }
  }

  @Test
  void percentWrittenForAFractionIsReadAndSaid() throws IOException {
    final ConfigLoader.Resolved resolved = load("risk:\n  order_notional_pct: 5\n");
    assertThat(resolved.tree().at("/risk/order_notional_pct").doubleValue()).isEqualTo(0.05);
    assertThat(resolved.warnings())
        .singleElement()
        .asString()
        .contains("risk.order_notional_pct")
        .contains("0.05");
  }

  @Test
  void aSectionIsNotAValueAndAValueIsNotASection() {
    for (final String wrong :
        List.of("engine: 5\n", "engine:\n  ring_size:\n    a: 1\n", "- 1\n")) {
      assertThatThrownBy(() -> load(wrong)).as(wrong).isInstanceOf(ConfigException.class);
    }
  }

  @Test
  void whatCannotBeReadIsToldWithItsFile() {
    assertThatThrownBy(() -> load("engine:\n  ring_size: [1\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("millrace.yaml");
    assertThatThrownBy(() -> ConfigLoader.load(folder.resolve("none.yaml"), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.yaml");
  }

  @Test
  void theDigestIsThatOfTheSettingsNotOfTheirSource() throws IOException {
    assertThat(load("engine:\n  ring_size: 64\n").digest())
        .isNotEqualTo(ConfigLoader.load(null, List.of()).digest())
        .isEqualTo(ConfigLoader.load(null, List.of("engine.ring_size=64")).digest());
  }
}
