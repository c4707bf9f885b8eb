package io.millrace.runtime.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.strategy.BudgetExceeded;
import io.millrace.core.strategy.Callback;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.Thrown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of loading. */
final class StrategyLoaderTest {
  private static final String HEAD =
      """
      import io.millrace.core.strategy.*;
      import java.util.*;
      public final class S implements Strategy {
        static StrategyBundle bundle() {
          return StrategyBundle.named("s").universe("SPY").create(S::new);
        }
        private Ports ports;
        @Override public void start(Ports p) { ports = p; }
      """;

  static LoadedStrategy load(final String file, final String text) throws StrategyException {
    return StrategyLoader.load(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static LoadedStrategy bar(final String body) throws StrategyException {
    return load("S.java", HEAD + "@Override public void bar(Bar bar) {\n" + body + "\n}}");
  }

  private static void assertRefused(final String text, final String... parts) {
    assertThatThrownBy(() -> load("S.java", text))
        .isInstanceOf(StrategyException.class)
        .message()
        .contains(parts);
  }

  private static void assertProblems(final String text, final String... problems) {
    assertThatThrownBy(() -> load("S.java", text))
        .isInstanceOfSatisfying(
            StrategyException.class, e -> assertThat(e.problems()).containsExactly(problems));
  }

  @Test
  void aSourceThatTheCompilerGivesUpOnIsRefusedAsSuch() {
    final String source =
        """
        import io.millrace.core.strategy.*;
        public final class S implements Strategy {
          static StrategyBundle bundle() {
            return StrategyBundle.named("s").universe("SPY").create(S::new);
          }
          int x = %s1%s;
        }
        """
            .formatted("(".repeat(100_000), ")".repeat(100_000));
    assertThatThrownBy(() -> StrategyLoader.load("S.java", source.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("S.java:1: makes the compiler ")
        .hasMessageContaining("write simpler expressions");
  }

  @Test
  void aFileTellsItsBundleCallbacksPlaceAndHash(@TempDir final Path folder) throws Exception {
    final Path path =
        Files.writeString(folder.resolve("S.java"), HEAD + "@Override public void bar(Bar b) {}}");
    final LoadedStrategy loaded = StrategyLoader.load(path);
    assertThat(loaded.bundle().name()).isEqualTo("s");
    assertThat(loaded.bundle().universe()).containsExactly("SPY");
    assertThat(loaded.callbacks()).containsExactly(Callback.BAR, Callback.STATE);
    assertThat(loaded.unsaved()).isEmpty();
    assertThat(loaded.where()).isEqualTo("S.java:5");
    assertThat(loaded.file()).isEqualTo("S.java");
    assertThat(loaded.content()).isEqualTo(Files.readAllBytes(path));
    assertThat(loaded.hash()).hasSize(64).isEqualTo(load("S.java", Files.readString(path)).hash());
  }

  @Test
  void aStrategyRunsAndTellsThePorts() throws StrategyException {
    final LoadedStrategy loaded =
        bar("ports.log().info(\"closed at \" + bar.close()); ports.execution().cancelAll();");
    final FakeMarket market = new FakeMarket();
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    strategy.start(market.ports);
    strategy.bar(market.bar(99.5));
    assertThat(market.told).containsExactly("info closed at 99.5", "cancelAll");
  }

  @Test
  void whatDoesNotCompileIsToldWithItsLine() {
    assertRefused(HEAD + "void f() { int x = \"a\"; }}", "S.java:9: does not compile: ");
  }

  @Test
  void aByteOrderMarkIsNoFault() throws StrategyException {
    assertThat(load("S.java", "\ufeff" + HEAD + "}").bundle().name()).isEqualTo("s");
  }

  @Test
  void aClassThatWasNotImportedIsToldOnceWithItsImport() {
    assertProblems(
        HEAD.replace("import java.util.*;", "") + "Ema e = new Ema(3);\nList<Ema> l; }",
        "S.java:9: does not compile: cannot find symbol, symbol: class Ema, location: class S;"
            + " import io.millrace.core.strategy.indicator.Ema",
        "S.java:10: does not compile: cannot find symbol, symbol: class List, location: class S;"
            + " import java.util.List",
        "S.java:10: does not compile: cannot find symbol, symbol: class Ema, location: class S;"
            + " import io.millrace.core.strategy.indicator.Ema");
  }

  @Test
  void aMemberThatTheApiDoesNotHaveIsToldWithWhereItsMembersStand() {
    assertProblems(
        HEAD + "@Override public void bar(Bar bar) {\nbar.closs();\nzork++; }}",
        "S.java:10: does not compile: cannot find symbol, symbol: method closs(), location:"
            + " variable bar of type io.millrace.core.strategy.Bar; its members stand in"
            + " io.millrace.core.strategy.Bar",
        "S.java:11: does not compile: cannot find symbol, symbol: variable zork, location: class S;"
            + " correct it and load again");
  }

  @Test
  void aTypeIsNotToldBesideTheMemberThatIsUsed() {
    assertProblems(
        HEAD + "void f() {\nSystem.out.println(1);\nnew Thread(() -> {}).start();\n}}",
        "S.java:10: S.f uses java.lang.System.out; write to the run's log with ports.log().info",
        "S.java:11: S.f calls java.lang.Thread.<init>; a strategy has one thread, the engine's: ask"
            + " for a timer with ports.clock().every",
        "S.java:11: S.f calls java.lang.Thread.start; a strategy has one thread, the engine's: ask"
            + " for a timer with ports.clock().every");
  }

  @Test
  void aBundleOfAnotherTypeIsToldWithItsLine() {
    assertProblems(
        HEAD.replace("static StrategyBundle", "static Object") + "}",
        "S.java:5: bundle() has other arguments or another type than a bundle's; export it with"
            + " `static StrategyBundle bundle() { return StrategyBundle.named(…)…; }`");
  }

  @Test
  void nullInADeclarationIsToldByTheMethodThatWasGivenIt() {
    assertProblems(
        HEAD.replace("\"SPY\"", "\"SPY\", null") + "}",
        "S.java:5: bundle() failed: universe(…) of s was given null; give it a value or leave it"
            + " out; correct it and load again");
    assertProblems(
        HEAD.replace("S::new", "(java.util.function.Supplier<S>) null") + "}",
        "S.java:5: bundle() failed: create(…) of s was given null; give it a value or leave it out;"
            + " correct it and load again");
    assertRefused(
        HEAD.replace("S::new", "() -> null") + "}", "create(…) of s was given a maker of");
  }

  @Test
  void aKindOfDataThatThereIsNotIsRefused() {
    assertRefused(
        HEAD.replace(".create", ".requires(\"optoin_quote\").create") + "}",
        "S.java:5: bundle() failed: requires(…) of s names 'optoin_quote', which is no kind of data");
  }

  @Test
  void symbolsOfTheUniverseMayBeWrittenSmall() throws StrategyException {
    assertThat(load("S.java", HEAD.replace("SPY", "spy") + "}").bundle().universe())
        .containsExactly("SPY");
    assertProblems(
        HEAD.replace("\"SPY\"", "\"SPY\", \"spy\"") + "}",
        "S.java:5: the universe names SPY twice; name it once");
  }

  @Test
  void oneBundleIsExported() {
    assertRefused("class S {}", "S.java:1: exports no bundle", "static StrategyBundle bundle()");
    assertRefused(
        HEAD + "static final StrategyBundle BUNDLE = bundle();}",
        "S.java:",
        "exports 2 bundles, S.bundle (S.java:5) and S.BUNDLE");
  }

  @Test
  void anEmptyUniverseIsTold() {
    assertRefused(
        HEAD.replace("\"SPY\"", "") + "}", "S.java:5: the universe of s is empty; name symbols");
  }

  @Test
  void aForbiddenCallIsToldWithClassMemberLineAndWhatToDo() {
    assertRefused(
        HEAD + "long f() {\n return System.nanoTime(); }}",
        "S.java:10: S.f calls java.lang.System.nanoTime; ask ports.clock().now()");
  }

  @Test
  void anEndlessLoopIsStoppedWithItsLine() throws StrategyException {
    final LoadedStrategy loaded = bar("int i = 0;\nwhile (true) { i++; }");
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    assertThatThrownBy(() -> strategy.bar(null))
        .isInstanceOf(BudgetExceeded.class)
        .satisfies(
            e ->
                assertThat(Thrown.describe(e, strategy))
                    .startsWith("S.java:11: used its 20000000 steps"));
  }

  @Test
  void anExceptionIsDescribedWithItsLine() throws StrategyException {
    final LoadedStrategy loaded = bar("int zero = 0;\nint x = 1 / zero;");
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    assertThatThrownBy(() -> strategy.bar(null))
        .satisfies(
            e ->
                assertThat(Thrown.describe(e, strategy))
                    .isEqualTo("S.java:11: java.lang.ArithmeticException: / by zero"));
  }
}
