package io.millrace.runtime.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each attack is refused at load, as source, as class and in a jar, with member and line. */
final class AttackCorpusTest {
  static List<Attack> attacks() {
    return Attack.all();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void refusedAsSource(final Attack attack) {
    assertRefused(attack, "S.java", attack.source().getBytes(StandardCharsets.UTF_8), "S.java:");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void refusedInAJar(final Attack attack) {
    final Map<String, byte[]> classes = Compiled.classes(attack.source());
    assumeThat(classes).as("compiles elsewhere").isNotEmpty();
    assertRefused(attack, "s.jar", Compiled.jar(classes), "s.jar!");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void refusedAsClass(final Attack attack) {
    final Map<String, byte[]> classes = Compiled.classes(attack.source());
    assumeThat(classes).as("is one class").hasSize(1);
    assertRefused(attack, "S.class", classes.values().iterator().next(), "S.class:");
  }

  private static void assertRefused(
      final Attack attack, final String file, final byte[] content, final String place) {
    final Throwable thrown = catchThrowable(() -> StrategyLoader.load(file, content));
    assertThat(thrown).isInstanceOf(StrategyException.class);
    final List<String> problems = ((StrategyException) thrown).problems();
    final String at = attack.line() == 0 ? "" : ":" + attack.line() + ":";
    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(attack.says()).anyMatch(problem::contains);
              assertThat(problem).contains(at).contains("; ");
              assertThat(problem).matches("(?s)(\\Q" + place + "\\E|S\\.java:).*");
            });
  }
}
