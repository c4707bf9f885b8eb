package io.millrace.tools.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the words of {@code --param} mean, and which combinations come of them. */
class SpaceTest {
  private static final StrategyBundle MINE =
      StrategyBundle.named("mine")
          .universe("GOOG")
          .param("fast", 12, 2, 100)
          .param("slow", 30, 2, 100)
          .param("stop", 0.1, 0.01, 1.0)
          .create(() -> new Strategy() {});

  private static Space space(final List<String> axes, final String... where) {
    return new Space(axes.stream().map(text -> Axis.parse(text, MINE)).toList(), List.of(where));
  }

  private static List<String> values(final String axis) {
    return Axis.parse(axis, MINE).values();
  }

  private static void refused(final String axis, final String... words) {
    assertThatThrownBy(() -> space(List.of(axis)).grid(1000))
        .isInstanceOf(SweepException.class)
        .message()
        .contains(words);
  }

  @Test
  void valuesAreListedOrStepped() {
    assertThat(values("fast=5,10,20,10")).containsExactly("5", "10", "20");
    assertThat(values("fast=5,5.0,05,10,1e1")).containsExactly("5", "10");
    assertThat(values("fast=5:20:5")).containsExactly("5", "10", "15", "20");
    assertThat(values("fast=5:19:5")).containsExactly("5", "10", "15");
    // Ten exact steps: sums of the binary 0.1 would end at 0.9999999999999999.
    assertThat(values("stop=0.1:1:0.1")).hasSize(10).startsWith("0.1", "0.2").endsWith("1");
    assertThat(values("stop=0.01:1:log3")).containsExactly("0.01", "0.1", "1");
    assertThat(values("fast=2:16:log4")).containsExactly("2", "4", "8", "16");
    assertThat(values("fast=7")).containsExactly("7");
    assertThat(values("venue=touch,bar-close+fees-none"))
        .containsExactly("touch", "bar-close+fees-none");
    assertThat(values("policies.sizing.target_vol=0:0.2:0.1")).containsExactly("0", "0.1", "0.2");
  }

  @Test
  void whatIsNoAxisIsToldInOneSentence() {
    refused("fsat=5,10", "mine has no parameter fsat", "it has fast, slow, stop", "dotted key");
    refused("fast=20:5:5", "holds no value", "change them over");
    refused("fast=5:20:0", "step 0");
    refused("fast=5:20", "range without a step", "--random");
    refused("fast", "range without a step");
    refused("fast=5,,10", "empty value");
    refused("fast=a:b:c", "'a' is no number");
    refused("fast=1:2:3:4", "no from:to:step");
    refused("stop=0:1:log5", "no logarithm at 0");
    refused("stop=0.01:1:log1", "log2 or more");
    refused("fast=1:100000:1", "more than 10000 values");
    refused("fast=0:4294967296:1", "more than 10000 values"); // 2^32: an int holds none of it
    refused("fast=1:1e999999999:1", "'1e999999999' has more than 30 digits");
    refused("stop=1e-999999999:1:log5", "'1e-999999999' has more than 30 digits");
    refused("risk.max_contracts", "names no values");
    assertThatThrownBy(() -> Axis.parse("fast=5", null)).hasMessageContaining("--strategy");
    assertThatThrownBy(() -> space(List.of())).hasMessageContaining("nothing varies");
    assertThatThrownBy(() -> space(List.of("fast=1,2", "fast=3")))
        .hasMessageContaining("given twice");
  }

  @Test
  void theFirstStepIsCheckedToo() {
    assertThat(Axis.parse("fast=5:7:0.5", MINE).edges()).containsExactly("5", "5.5", "7");
    assertThat(Axis.parse("fast=5:9", MINE).edges()).containsExactly("5", "9");
    assertThat(Axis.parse("fast=5:5:1", MINE).edges()).containsExactly("5");
    assertThat(Axis.parse("fast=5,9,6", MINE).edges()).containsExactly("5", "9", "6");
  }

  @Test
  void aGridIsEveryCombinationThatMeetsTheConditions() {
    assertThat(space(List.of("fast=5,10", "slow=10,20")).grid(4))
        .containsExactly(
            Map.of("fast", "5", "slow", "10"),
            Map.of("fast", "5", "slow", "20"),
            Map.of("fast", "10", "slow", "10"),
            Map.of("fast", "10", "slow", "20"));
    assertThat(space(List.of("fast=5,10", "slow=10,20"), "fast<slow").grid(3))
        .hasSize(3)
        .doesNotContain(Map.of("fast", "10", "slow", "10"));
    assertThat(space(List.of("fast=5,10", "slow=10,20"), "fast >= 10", "slow<=10").grid(9))
        .containsExactly(Map.of("fast", "10", "slow", "10"));
  }

  @Test
  void tooManyNoneAndWrongConditionsAreTold() {
    assertThatThrownBy(() -> space(List.of("fast=5,10", "slow=10,20")).grid(3))
        .hasMessageContaining("4 combinations are more than 3");
    assertThatThrownBy(
            () -> space(List.of("fast=2:100:1", "slow=2:100:1", "stop=0.01:1:0.01")).grid(9))
        .hasMessageContaining("980,100 combinations are more than 9");
    assertThatThrownBy(() -> space(List.of("fast=20", "slow=10"), "fast<slow").grid(9))
        .hasMessageContaining("no combination meets --where");
    assertThatThrownBy(() -> space(List.of("fast=20"), "fast<slwo"))
        .hasMessageContaining("slwo is neither a number nor one of fast");
    assertThatThrownBy(() -> space(List.of("fast=20"), "fast=20"))
        .hasMessageContaining("compares nothing");
  }

  @Test
  void aSeedDrawsTheSameAndEachCombinationOnce() {
    final Space space = space(List.of("fast=5:20", "stop=0.01:1:log", "slow=30,40"));
    final List<Map<String, String>> drawn = space.random(200, 7);
    assertThat(drawn).doesNotHaveDuplicates().hasSize(200).isEqualTo(space.random(200, 7));
    assertThat(drawn).isNotEqualTo(space.random(200, 8));
    assertThat(drawn)
        .allSatisfy(
            one -> {
              assertThat(Integer.parseInt(one.get("fast"))).isBetween(5, 20);
              assertThat(Double.parseDouble(one.get("stop"))).isBetween(0.01, 1.0);
            });
    // Whole numbers reach both ends, and half of a logarithm lies below its middle.
    assertThat(drawn.stream().map(one -> one.get("fast"))).contains("5", "20");
    final long low =
        drawn.stream().filter(one -> Double.parseDouble(one.get("stop")) < 0.1).count();
    assertThat(low).isBetween(70L, 130L);
    assertThat(
            space(List.of("fast")).random(50, 1).stream()
                .mapToInt(one -> Integer.parseInt(one.get("fast"))))
        .allMatch(value -> value >= 2 && value <= 100);
  }

  @Test
  void moreThanThereAreCannotBeDrawn() {
    assertThatThrownBy(() -> space(List.of("fast=5,6,7")).random(4, 1))
        .hasMessageContaining("there are 3 combinations and --random asks for 4");
    assertThatThrownBy(
            () -> space(List.of("fast=5:9", "slow=5:9"), "slow<=5", "fast>=9").random(3, 1))
        .hasMessageContaining("only 1 different combinations");
  }

  @Test
  void whatVariesIsAnOptionOfTheBacktest() {
    final List<Axis> axes =
        Stream.of("fast=5,6", "risk.max_contracts=7,8", "venue=touch+fees-none,touch")
            .map(text -> Axis.parse(text, MINE))
            .toList();
    final Plan plan =
        new Plan(
            axes,
            new Space(axes, List.of()).grid(9),
            List.of(),
            List.of(
                new Plan.Argument("--strategy", "My File.java"),
                new Plan.Argument("--venue", "bar-close"),
                new Plan.Argument("--from", "2013-10-07")));
    assertThat(plan.first()).hasSize(8);
    final Row last = plan.first().get(6);
    assertThat(last.number()).isEqualTo(6);
    assertThat(last.command())
        .isEqualTo(
            "tools/bin/millrace backtest --strategy 'My File.java' --from 2013-10-07 --param fast=6"
                + " --set risk.max_contracts=8 --venue touch,fees-none");
  }
}
