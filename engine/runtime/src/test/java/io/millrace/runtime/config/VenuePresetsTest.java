package io.millrace.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.portfolio.MarginModel;
import io.millrace.core.simvenue.FillTiming;
import io.millrace.core.simvenue.LatencyModel;
import io.millrace.core.simvenue.QueueModel;
import io.millrace.core.strategy.CostPolicy;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped presets are sound, explained and listed. */
class VenuePresetsTest {
  private static final Path VENUES =
      Path.of(System.getProperty("millrace.root", "../..")).resolve("config/venues");

  private static List<Path> presets() throws IOException {
    try (Stream<Path> files = Files.list(VENUES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static Config with(final String... names) {
    final List<Path> files =
        Arrays.stream(names).map(name -> VENUES.resolve(name + ".yaml")).toList();
    return ConfigLoader.load(files, List.of(), null, null).config();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void presetLoadsExplainsItselfAndIsListed(final Path preset) throws IOException {
    final ConfigLoader.Resolved plain = ConfigLoader.load(List.of(), List.of(), null, null);
    final ConfigLoader.Resolved resolved =
        ConfigLoader.load(List.of(preset), List.of(), null, null);
    assertThat(resolved.warnings()).isEmpty();
    assertThat(resolved.origins()).hasSizeGreaterThan(plain.origins().size());
    assertThat(Files.readString(preset)).startsWith("# ").endsWith("\n");
    final String name = preset.getFileName().toString().replace(".yaml", "");
    assertThat(Files.readString(VENUES.resolve("README.md"))).contains("`" + name + "`");
  }

  @Test
  void presetsLieOverOneAnother() {
    final Config config = with("next-open", "fees-lean", "margin-perpetual", "latency-internet");
    assertThat(config.venue().fill()).isEqualTo(FillTiming.NEXT_OPEN);
    assertThat(config.venue().fees().equityMinOverMax()).isTrue();
    assertThat(config.margin().model()).isEqualTo(MarginModel.PERPETUAL);
    assertThat(config.margin().tiers()).hasSize(6);
    assertThat(config.venue().latency().model()).isEqualTo(LatencyModel.QUANTILES);
    assertThat(config.venue().orderLatencyNanos()).isEqualTo(40_000_000L);
    assertThat(with("queue-pro-rata").venue().queueModel()).isEqualTo(QueueModel.POWER);
  }

  @Test
  void presetsCommissionHoldsUnlessAPolicyIsWritten() {
    final List<Path> files = List.of(VENUES.resolve("fees-1bp.yaml"));
    final StrategyBundle.Builder mine = StrategyBundle.named("mine").universe("GOOG");
    final StrategyBundle silent = mine.create(() -> new Strategy() {});
    assertThat(
            ConfigLoader.load(files, List.of(), silent, "Mine.java:7")
                .config()
                .venue()
                .fees()
                .commissionBps())
        .isEqualTo(1);
    final StrategyBundle own =
        StrategyBundle.named("mine")
            .universe("GOOG")
            .cost(CostPolicy.DEFAULT.withCommissionBps(3))
            .create(() -> new Strategy() {});
    assertThat(
            ConfigLoader.load(files, List.of(), own, "Mine.java:7")
                .config()
                .venue()
                .fees()
                .commissionBps())
        .isEqualTo(3);
  }
}
