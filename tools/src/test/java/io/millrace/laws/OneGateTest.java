package io.millrace.laws;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.millrace.codecs.OrderRequestEncoder;
import io.millrace.core.order.Approval;
import io.millrace.core.order.Order;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.order.Orders;
import io.millrace.core.risk.RiskGate;
import io.millrace.core.router.Router;
import io.millrace.core.slot.Outputs;
import io.millrace.runtime.pipeline.Pipeline;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Law 4: an order reaches the venue only through the risk gate, and there is no way round it. */
class OneGateTest {
  private static final String ASK = "put the wish into an OrderIntent and ask Gate.judge";

  private static DescribedPredicate<JavaCall<?>> calls(final Class<?> owner, final String name) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + name,
        call ->
            call.getTargetOwner().isEquivalentTo(owner) && call.getTarget().getName().equals(name));
  }

  /** Every class that ships and calls this. */
  private static Set<String> callers(final Class<?> owner, final String name) {
    return Shipped.CLASSES.stream()
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(unit -> unit.getCallsFromSelf().stream().anyMatch(calls(owner, name)))
        .map(unit -> unit.getOwner().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static final ArchRule ONLY_ORDER_AND_ROUTER_WRITE_REQUESTS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.millrace.core.order..", "io.millrace.core.router..", "io.millrace.codecs..")
          .should()
          .dependOnClassesThat(
              type(OrderRequestEncoder.class).or(type(OrderRequestEncoder.LegsEncoder.class)))
          .as("OrderRequest messages are written in core.order and core.router alone")
          .because("whatever wants to trade asks first: " + ASK);

  private static final ArchRule NOBODY_REFLECTS =
      noClasses()
          .that()
          .resideInAPackage("io.millrace..")
          .and()
          .resideOutsideOfPackage("io.millrace.runtime.strategy")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.reflect..")
          .orShould()
          .callMethod(Class.class, "forName", String.class)
          .because("what is private to the gate stays so: there is no wiring by reflection");

  private static final ArchRule THE_LOADER_OF_STRATEGIES_SEES_NO_ORDERS =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.runtime.strategy")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.millrace.core.order..",
              "io.millrace.core.risk..",
              "io.millrace.core.router..",
              "io.millrace.core.simvenue..",
              "io.millrace.runtime.pipeline..")
          .because("it may reflect, on classes of a strategy, and so must not reach the gate");

  private static final ArchRule NO_APPROVAL_IS_FAKED =
      classes()
          .that(type(Approval.class).or(type(Approval.Issuer.class)).or(type(Order.class)))
          .should()
          .haveModifier(JavaModifier.FINAL)
          .because("a subclass would be a second gate");

  private static final ArchRule ONLY_ORDERS_SEES_INTO_AN_ORDER =
      noCodeUnits()
          .that()
          .areDeclaredIn(Order.class)
          .and()
          .haveName("<init>")
          .should()
          .bePublic()
          .because("an Order comes from Orders.open, which uses an Approval up");

  @Test
  void onlyTheRiskGateGrants() {
    assertThat(callers(Approval.Issuer.class, "grant")).containsExactly(RiskGate.class.getName());
  }

  @Test
  void onlyThePipelineMakesApprovalAndGate() {
    assertThat(callers(Approval.class, "<init>")).containsExactly(Pipeline.class.getName());
    assertThat(callers(Approval.class, "issuer")).containsExactly(Pipeline.class.getName());
    assertThat(callers(RiskGate.class, "<init>")).containsExactly(Pipeline.class.getName());
  }

  @Test
  void onlyTheOrderStoreUsesAnApprovalUpAndMakesOrders() {
    assertThat(callers(Approval.class, "use")).containsExactly(Orders.class.getName());
    assertThat(callers(Order.class, "<init>")).containsExactly(Orders.class.getName());
    assertThat(callers(Orders.class, "open")).containsExactly(Router.class.getName());
  }

  @Test
  void openAndAcceptTakeAnApproval() {
    for (final Class<?> owner : Set.of(Orders.class, Router.class)) {
      final String name = owner == Orders.class ? "open" : "accept";
      assertThat(Shipped.CLASSES.get(owner).getMethods())
          .filteredOn(method -> method.getName().equals(name))
          .isNotEmpty()
          .allSatisfy(
              method ->
                  assertThat(method.getRawParameterTypes().get(0).isEquivalentTo(Approval.class))
                      .isTrue());
    }
    // No other door of the order store gives an order that is not there yet.
    assertThat(Shipped.CLASSES.get(Orders.class).getMethods())
        .filteredOn(JavaCodeUnit::getModifiers, Set.of(JavaModifier.PUBLIC))
        .filteredOn(method -> method.getRawReturnType().isEquivalentTo(Order.class))
        .extracting(JavaCodeUnit::getName)
        .containsOnly("open", "get", "working");
  }

  @Test
  void onlyOrderAndRouterWriteRequests() {
    ONLY_ORDER_AND_ROUTER_WRITE_REQUESTS.check(Shipped.CLASSES);
    assertThat(callers(Outputs.class, "begin")).contains(Orders.class.getName());
  }

  @Test
  void nothingIsFakedOrReached() {
    NO_APPROVAL_IS_FAKED.check(Shipped.CLASSES);
    ONLY_ORDERS_SEES_INTO_AN_ORDER.check(Shipped.CLASSES);
    NOBODY_REFLECTS.check(Shipped.CLASSES);
    THE_LOADER_OF_STRATEGIES_SEES_NO_ORDERS.check(Shipped.CLASSES);
  }

  @Test
  void oneApprovalIsOneOrder() {
    final Approval approval = new Approval();
    final Approval.Issuer issuer = approval.issuer();
    assertThatThrownBy(approval::issuer).hasMessageContaining("one risk gate");
    assertThatThrownBy(approval::use).hasMessageContaining("needs its own");
    final OrderIntent intent = new OrderIntent();
    intent.set(io.millrace.codecs.Purpose.OPEN, 1, 1, io.millrace.codecs.Side.BUY, 100, 5);
    issuer.grant(intent, 40, 7, 3).use();
    assertThatThrownBy(approval::use).hasMessageContaining("needs its own");
    assertThatThrownBy(() -> issuer.grant(intent, 101, 7, 3)).hasMessageContaining("of 100 asked");
    assertThatThrownBy(() -> issuer.grant(intent, 0, 7, 3)).hasMessageContaining("approved 0");
  }

  @Test
  void anOutlawIsSeen() {
    final JavaClasses outlaw = new ClassFileImporter().importClasses(Outlaw.class);
    assertThatThrownBy(() -> ONLY_ORDER_AND_ROUTER_WRITE_REQUESTS.check(outlaw))
        .hasMessageContaining("ask Gate.judge");
    assertThat(
            outlaw.get(Outlaw.class).getCodeUnits().stream()
                .flatMap(unit -> unit.getCallsFromSelf().stream())
                .anyMatch(calls(Approval.Issuer.class, "grant")))
        .isTrue();
  }

  /** Grants itself leave and writes its own request. */
  static final class Outlaw {
    final Approval leave = new Approval().issuer().grant(new OrderIntent(), 1, 0, 0);
    final OrderRequestEncoder request = new OrderRequestEncoder();
  }
}
