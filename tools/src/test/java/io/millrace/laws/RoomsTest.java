package io.millrace.laws;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.millrace.core.engines.hedge.Trespasser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the house: who may know whom. */
class RoomsTest {
  private static final String ALL = "io.millrace..";
  private static final List<String> ROOMS =
      List.of("codecs", "kernels", "journal", "core", "gateways", "runtime", "tools");

  /** A room and the rooms that it may use; Maven's modules say the same. */
  private static ArchRule room(final String name, final String... uses) {
    final List<String> allowed = new ArrayList<>(List.of(uses));
    allowed.add(name);
    final String[] barred =
        ROOMS.stream()
            .filter(other -> !allowed.contains(other))
            .map(other -> "io.millrace." + other + "..")
            .toArray(String[]::new);
    if (barred.length == 0) {
      throw new IllegalArgumentException(name + " may use everything: no rule");
    }
    return noClasses()
        .that()
        .resideInAPackage("io.millrace." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(barred)
        .as(name + " uses " + (uses.length == 0 ? "no other module" : String.join(", ", uses)))
        .because(
            "dependencies point one way; move the type down to the lowest module that needs it, or"
                + " hand it in through an interface that the lower module owns");
  }

  private static ArchRule only(final String library, final String where, final String instead) {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace." + where + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .as(library + " only in " + where)
        .because(instead);
  }

  static Stream<ArchRule> rooms() {
    return Stream.of(
        room("codecs"),
        room("kernels"),
        room("journal", "codecs"),
        room("core", "codecs", "kernels"),
        room("gateways", "codecs", "kernels", "core"),
        room("runtime", "codecs", "kernels", "journal", "core", "gateways"));
  }

  static Stream<ArchRule> libraries() {
    return Stream.of(
        only(
            "net.openhft.chronicle..",
            "journal",
            "use JournalWriter, JournalReader and JournalVerifier: their framing finds what"
                + " Chronicle does not"),
        only(
            "org.duckdb..",
            "tools.data",
            "data enters through tools.data (CuratedReader, CuratedWriter)"),
        only("java.sql..", "tools.data", "queries live in tools.data: ask CuratedReader"),
        only(
            "jdk.incubator.vector..",
            "kernels",
            "use Kernels, or add a pass to both Lanes: only there are twins held to the same bits"),
        only(
            "org.objectweb.asm..",
            "runtime.strategy",
            "bytecode is read and written by the sandbox alone: ask StrategyLoader"),
        only(
            "com.lmax..",
            "runtime.pipeline",
            "Ring is the one place with a Disruptor: give it a handler in Stages"));
  }

  private static final DescribedPredicate<JavaClass> PURE =
      resideInAnyPackage(
              "io.millrace.core..",
              "io.millrace.codecs..",
              "io.millrace.kernels..",
              "org.agrona",
              "org.agrona.sbe",
              "org.agrona.collections",
              "java.lang",
              "java.lang.annotation",
              "java.lang.invoke",
              "java.lang.runtime",
              "java.math",
              "java.util",
              "java.util.function")
          .or(nameMatching("org\\.agrona\\.concurrent\\.UnsafeBuffer"))
          .or(nameMatching("java\\.nio\\.ByteOrder"))
          .or(nameMatching("java\\.nio\\.charset\\.(Charset|StandardCharsets)"))
          .or(
              DescribedPredicate.describe(
                  "a primitive or an array of what is pure", RoomsTest::primitive))
          .and(
              not(
                  nameMatching(
                      "java\\.lang\\.(Thread.*|Runtime|Process.*|ClassLoader|InheritableThread.*)")))
          .and(
              not(
                  nameMatching(
                      "java\\.util\\.(Random|SplittableRandom|Timer.*|Date|Calendar|UUID|Locale"
                          + "|TimeZone|HashMap|HashSet|IdentityHashMap|WeakHashMap|Scanner"
                          + "|Properties|ServiceLoader)")));

  private static boolean primitive(final JavaClass type) {
    return type.getBaseComponentType().isPrimitive();
  }

  static final ArchRule CORE_IS_PURE =
      classes()
          .that()
          .resideInAPackage("io.millrace.core..")
          .should()
          .onlyDependOnClassesThat(PURE)
          .as("core is pure: no file, socket, thread, lock, clock, random source or logger")
          .because(
              "a decision is a function of inputs and config: take time from the event, let the"
                  + " runtime journal what the outside says, and report through Outputs");

  static final ArchRule KERNELS_ARE_PURE =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.kernels..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio..",
              "java.net..",
              "java.time..",
              "java.util.concurrent..",
              "org..",
              "net..")
          .because("kernels are arrays in, arrays out: leave the rest to the caller");

  static final ArchRule INDICATORS_STAND_ALONE =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.core.strategy.indicator..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(ALL)
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.millrace.core.strategy.indicator..",
                              "io.millrace.core.state.."))))
          .because(
              "the market stage uses indicators as strategies do: numbers in, numbers out, and a"
                  + " state for the codec");

  static final ArchRule NO_LOCKS_IN_CORE =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("io.millrace.core..", "io.millrace.kernels..")
          .should()
          .haveModifier(JavaModifier.SYNCHRONIZED)
          .because("each piece of state has one writer: give it to the stage that owns it");

  static final ArchRule NO_VOLATILE_IN_CORE =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("io.millrace.core..", "io.millrace.kernels..")
          .should()
          .haveModifier(JavaModifier.VOLATILE)
          .because("core has one thread: what others must see leaves through Outputs");

  private static ArchRule stage(final String owned) {
    final String[] others =
        Shipped.OWNED.stream()
            .filter(other -> !other.equals(owned))
            .map(other -> Shipped.core(other) + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(Shipped.core(owned) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .as("stage " + owned + " imports no other stage")
        .because(
            "stages meet in slot, market, order and portfolio alone: read the other's message from"
                + " Outputs, or put the interface you need into one of these");
  }

  static Stream<ArchRule> stages() {
    return Shipped.OWNED.stream().map(RoomsTest::stage);
  }

  /** Shared packages in their order: each may use those before it, none a stage. */
  static Stream<ArchRule> shared() {
    final List<String> order = List.of("slot", "market", "order", "portfolio");
    return order.stream()
        .map(
            name -> {
              final Stream<String> later = order.stream().skip(order.indexOf(name) + 1L);
              return noClasses()
                  .that()
                  .resideInAPackage(Shipped.core(name) + "..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(
                      Stream.concat(Shipped.OWNED.stream(), later)
                          .map(other -> Shipped.core(other) + "..")
                          .toArray(String[]::new))
                  .as("what stages share, here " + name + ", knows no stage")
                  .because("a shared type that needs a stage belongs into that stage");
            });
  }

  @ParameterizedTest
  @MethodSource({"rooms", "libraries", "stages", "shared"})
  void dependenciesPointOneWay(final ArchRule rule) {
    rule.check(Shipped.CLASSES);
  }

  @Test
  void coreIsPure() {
    CORE_IS_PURE.check(Shipped.CLASSES);
    KERNELS_ARE_PURE.check(Shipped.CLASSES);
    INDICATORS_STAND_ALONE.check(Shipped.CLASSES);
    NO_LOCKS_IN_CORE.check(Shipped.CLASSES);
    NO_VOLATILE_IN_CORE.check(Shipped.CLASSES);
  }

  @Test
  void theHouseHasNoCircularHallways() {
    com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices()
        .matching("io.millrace.core.(**)")
        .should()
        .beFreeOfCycles()
        .because(
            "a cycle of packages is one package: merge them or turn one edge into an interface")
        .check(Shipped.CLASSES);
  }

  @Test
  void everyRoomAndStageIsThereToBeChecked() {
    for (final String room : ROOMS) {
      assertThat(Shipped.CLASSES.that(resideInAPackage("io.millrace." + room + "..")))
          .as("classes of " + room)
          .hasSizeGreaterThan(5);
    }
    for (final String owned : Shipped.OWNED) {
      assertThat(Shipped.CLASSES.that(resideInAPackage(Shipped.core(owned))))
          .as("classes of stage " + owned)
          .isNotEmpty();
    }
    assertThat(Shipped.CLASSES.that(resideInAPackage(ALL))).hasSameSizeAs(Shipped.CLASSES);
    for (final String library : List.of("net.openhft.chronicle", "com.lmax", "org.duckdb")) {
      assertThat(Shipped.CLASSES.stream())
          .as(library + " is used where it may be, so the rule has something to see")
          .anyMatch(
              type ->
                  type.getDirectDependenciesFromSelf().stream()
                          .anyMatch(d -> d.getTargetClass().getPackageName().startsWith(library))
                      || library.equals("org.duckdb"));
    }
  }

  @Test
  void aTrespasserIsSeenAndToldWhatToDo() {
    final JavaClasses outlaw = new ClassFileImporter().importClasses(Trespasser.class);
    assertThatThrownBy(() -> stage("engines.hedge").check(outlaw))
        .hasMessageContaining("read the other's message from Outputs");
    assertThatThrownBy(() -> room("core", "codecs", "kernels").check(outlaw))
        .hasMessageContaining("move the type down");
    assertThatThrownBy(() -> CORE_IS_PURE.check(outlaw))
        .hasMessageContaining("java.util.Random")
        .hasMessageContaining("java.lang.Thread")
        .hasMessageContaining("take time from the event");
    assertThatThrownBy(() -> NO_LOCKS_IN_CORE.check(outlaw)).hasMessageContaining("one writer");
    assertThatThrownBy(() -> NO_VOLATILE_IN_CORE.check(outlaw)).hasMessageContaining("Outputs");
    assertThatThrownBy(
            () -> only("com.lmax..", "runtime.pipeline", "Ring is the one place").check(outlaw))
        .hasMessageContaining("Ring is the one place");
  }
}
