package io.millrace.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFaultsTest {
  @TempDir private Path directory;

  private Path file(final String text) throws IOException {
    return Files.writeString(directory.resolve("my.yaml"), text);
  }

  private List<String> problems(final String text, final String... sets) throws IOException {
    final Path file = file(text);
    final ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(file, List.of(sets)));
    assertThat(thrown).as("config was taken: %s", text).isNotNull();
    return thrown.problems().stream().map(problem -> problem.replace(directory + "/", "")).toList();
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithItsLine() throws IOException {
    assertThat(
            problems(
                """
                risk:
                  max_share: 5
                  max_shares: -1
                  drawdown_pct: half
                  halt_drawdown_pct: 0.1
                engine:
                  ring_size: 100
                  publish_interval: 1us
                  topology: spread
                  pin: 1
                market: 7
                """))
        .containsExactly(
            "my.yaml:2: unknown key risk.max_share; did you mean max_shares; see"
                + " config/defaults.yaml",
            "my.yaml:3: risk.max_shares is -1: must be a whole number between 1 and 1000000000",
            "my.yaml:4: risk.drawdown_pct is \"half\": must be a fraction between 0 and 1"
                + " (0.05 = 5 %)",
            "my.yaml:5: unknown key risk.halt_drawdown_pct; did you mean"
                + " portfolio.halt_drawdown_pct; see config/defaults.yaml",
            "my.yaml:7: engine.ring_size is 100: must be a power of two between 64 and 1048576",
            "my.yaml:8: engine.publish_interval is \"1us\": must be a duration between 1ms and"
                + " 1min, written like 250ms, 5s, 15min or 7d",
            "my.yaml:9: engine.topology is \"spread\": must be one of inline, fused, split,"
                + " staged, auto",
            "my.yaml:10: engine.pin is 1: must be true or false",
            "my.yaml:11: market is 7: must be a section");
  }

  @Test
  void settingsThatDoNotFitOneAnotherAreToldAsSentences() throws IOException {
    assertThat(
            problems(
                """
                orders: {capacity: 100}
                portfolio:
                  halt_drawdown_pct: 0.02
                venue: {order_latency: 0s}
                sentiment: {flow_window: 90s}
                """))
        .containsExactly(
            "my.yaml:1: orders.capacity is 100: must be at least 2 × router.max_active, which is"
                + " 64",
            "my.yaml:3: portfolio.halt_drawdown_pct is 0.02: must be at least"
                + " portfolio.defensive_drawdown_pct, which is 0.05",
            "my.yaml:4: venue.order_latency is \"0s\": must be above 0, or"
                + " venue.allow_zero_latency must be true",
            "my.yaml:5: sentiment.flow_window is \"90s\": must be a whole multiple, 1 to 4096"
                + " times, of sentiment.flow_cell, which is \"1min\"");
  }

  @Test
  void whatIsNoConfigIsOneSentence() throws IOException {
    assertThat(problems("risk:\n\tmax_shares: 5\n"))
        .containsExactly("my.yaml:2: a tab stands before the text; indent with spaces");
    assertThat(problems("risk:\n  max_shares: 5\n  max_shares: 6\n"))
        .containsExactly("my.yaml:3: risk.max_shares is already set on line 2; keep one of them");
    assertThat(problems("risk: [\n")).singleElement().asString().startsWith("my.yaml:2: not YAML");
    assertThat(problems("- a\n")).singleElement().asString().contains("is not a mapping");
    assertThat(problems("risk: {max_shares: 5}\n---\nrisk: {}\n"))
        .containsExactly("my.yaml:3: a second document begins here; a config has one");
    assertThat(problems("risk:\n  max_shares:\n"))
        .containsExactly("my.yaml:2: risk.max_shares has no value; give it one or remove it");
    assertThat(problems("x".repeat(ConfigFile.MAX_BYTES + 1)))
        .singleElement()
        .asString()
        .contains("is larger than 1048576 bytes");
    assertThat(problems("hedge: {rate: 1e400}\n"))
        .singleElement()
        .asString()
        .contains("must be a number between -0.5 and 0.5");
  }

  @Test
  void bytesThatAreNotUtf8AreToldWithTheirLine() throws IOException {
    final Path latin = directory.resolve("latin.yaml");
    Files.write(latin, "risk:\n  # caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ConfigLoader.load(latin, List.of()))
        .hasMessage(latin + ":2 has bytes that are not UTF-8; save the file as UTF-8");
    final Path wide = directory.resolve("wide.yaml");
    Files.write(wide, "\uFEFFrisk: {}".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> ConfigLoader.load(wide, List.of()))
        .hasMessage(wide + " is UTF-16; save it as UTF-8");
  }

  @Test
  void byteOrderMarkOfUtf8IsNoText() throws IOException {
    final ConfigLoader.Resolved resolved =
        ConfigLoader.load(file("\uFEFFrisk:\n  max_shares: 7\n"), List.of());
    assertThat(resolved.config().risk().maxShares()).isEqualTo(7);
  }

  @Test
  void fileWithoutSettingsLeavesTheDefaults() throws IOException {
    final long defaults = ConfigLoader.load(null, List.of()).digest();
    assertThat(ConfigLoader.load(file("# nothing\n"), List.of()))
        .matches(resolved -> resolved.digest() == defaults && resolved.warnings().isEmpty());
    assertThat(ConfigLoader.load(file(""), List.of()).warnings())
        .singleElement()
        .asString()
        .contains("is empty");
    assertThat(ConfigLoader.load(file("risk:\n"), List.of()).digest()).isEqualTo(defaults);
  }

  @Test
  void optionsGoOverTheFileAndOriginsAreKept() throws IOException {
    final Path file = file("risk:\n  max_shares: 7\n  max_contracts: 8\n");
    final ConfigLoader.Resolved resolved =
        ConfigLoader.load(file, List.of("risk.max_shares=9", "account.initial_cash=2500.5"));
    assertThat(resolved.config().risk().maxShares()).isEqualTo(9);
    assertThat(resolved.config().account().initialCash()).isEqualTo(250_050_000_000L);
    assertThat(resolved.origins())
        .containsEntry("risk.max_shares", "--set")
        .containsEntry("risk.max_contracts", file + ":3")
        .doesNotContainKey("risk.drawdown_pct");
    assertThat(problems("risk: {}\n", "foo", "risk.x=1", "risk.max_shares=", "risk.max_shares=["))
        .hasSize(4)
        .allMatch(problem -> problem.startsWith("--set"));
  }

  @Test
  void problemsComeInTheOrderOfTheFileThenTheOptions() throws IOException {
    // Found in another order: unknown keys while merging, values by the schema, lexicon last.
    assertThat(
            problems(
                "venue:\n  order_latency: soon\nrisk:\n  max_share: 5\n  max_shares: -1\n"
                    + "engine:\n  pin: 1\nnews: 1\n",
                "x=y",
                "nonsense",
                "risk.max_contracts=-2",
                "risk.=["))
        .extracting(problem -> problem.replaceFirst("( is |: |; ).*", "$1"))
        .containsExactly(
            "my.yaml:2: ",
            "my.yaml:4: ",
            "my.yaml:5: ",
            "my.yaml:7: ",
            "my.yaml:8: ",
            "--set x=y: ",
            "--set nonsense: ",
            "--set risk.=[: ",
            "--set risk.max_contracts=-2: ");
    assertThat(problems("", "x=y"))
        .containsExactly(
            "--set x=y: unknown key x; give KEY=VALUE with a KEY such as risk.open_orders_total,"
                + " see config/defaults.yaml");
    assertThat(problems("", "nonsense"))
        .containsExactly("--set nonsense: not KEY=VALUE, such as risk.open_orders_total=10");
  }

  @Test
  void valueOverOneIsReadAsPercentWithAWarning() throws IOException {
    final ConfigLoader.Resolved resolved =
        ConfigLoader.load(file("risk:\n  drawdown_pct: 5\n"), List.of());
    assertThat(resolved.config().risk().drawdownPct()).isEqualTo(0.05);
    assertThat(resolved.warnings())
        .singleElement()
        .asString()
        .endsWith("my.yaml:2: risk.drawdown_pct is 5: read as percent, 0.05");
    assertThat(problems("risk: {drawdown_pct: 101}\n"))
        .singleElement()
        .asString()
        .contains("must be a fraction between 0 and 1");
  }

  @Test
  void wordsMayBeAddedAndTakenOut() throws IOException {
    final Config config =
        ConfigLoader.load(file("lexicon:\n  valences: {moon: 3, bankruptcy: ~}\n"), List.of())
            .config();
    assertThat(config.lexicon().valences())
        .containsEntry("moon", 3.0)
        .containsKey("upgrade")
        .doesNotContainKey("bankruptcy");
    assertThat(config.lexicon().negators()).contains("no");
  }

  @Test
  void bucketsAndTheirConventionComeTogetherAndTheirFieldsAreChecked() throws IOException {
    final String bucket =
        "{min_moneyness: 1.1, max_moneyness: 9.9, min_days: 0, max_days: 30, call_sign: -1,"
            + " put_sign: -1}";
    final String both = "hedge:\n  dealer_convention: per_bucket\n  dealer_buckets: [%s]\n";
    final Config config = ConfigLoader.load(file(both.formatted(bucket)), List.of()).config();
    assertThat(config.hedge().dealerBuckets())
        .singleElement()
        .satisfies(row -> assertThat(row.callSign()).isEqualTo(-1));
    assertThat(problems("hedge:\n  dealer_convention: per_bucket\n"))
        .containsExactly(
            "my.yaml:2: hedge.dealer_buckets is []: must be given, since hedge.dealer_convention"
                + " is per_bucket");
    assertThat(problems(both.formatted(bucket.replace("put_sign: -1", "put_sign: 7"))))
        .containsExactly(
            "my.yaml:3: hedge.dealer_buckets.0.put_sign is 7: must be a whole number between -1"
                + " and 1");
    assertThat(problems(both.formatted("{}")).get(0))
        .startsWith("my.yaml:3: hedge.dealer_buckets.0 is {}: must have ");
  }

  @Test
  void symbolThatLooksLikeANumberStaysAWord() throws IOException {
    assertThat(
            ConfigLoader.load(file("hedge: {volatility_index: \"700\"}\n"), List.of())
                .config()
                .hedge()
                .volatilityIndex())
        .isEqualTo("700");
  }

  @Test
  void userFileThatShipsChangesNothing() {
    final Path shipped = Path.of(System.getProperty("millrace.root", "../..")).resolve("config");
    assertThat(ConfigLoader.load(shipped.resolve("millrace.yaml"), List.of()).origins()).isEmpty();
  }
}
