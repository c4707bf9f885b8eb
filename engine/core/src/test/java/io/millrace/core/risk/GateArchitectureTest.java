package io.millrace.core.risk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.millrace.core.order.Approval;
import io.millrace.core.order.Order;
import org.junit.jupiter.api.Test;

/** There is one gate and no way round it. */
class GateArchitectureTest {
  private static final String GATE = "io.millrace.core.risk..";
  private static final String COMPOSITION_ROOT = "io.millrace.runtime.pipeline.Pipeline";

  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.millrace");

  private static DescribedPredicate<JavaMethodCall> call(final Class<?> type, final String method) {
    return DescribedPredicate.describe(
        "call of " + type.getSimpleName() + "." + method,
        made ->
            made.getTarget().getName().equals(method)
                && made.getTargetOwner().getName().equals(type.getName()));
  }

  static final ArchRule ONLY_THE_GATE_GRANTS =
      noClasses()
          .that()
          .resideOutsideOfPackage(GATE)
          .should()
          .callMethodWhere(call(Approval.Issuer.class, "grant"))
          .as("only the risk gate grants approvals")
          .because("there is one veto: put the order into an OrderIntent and ask Gate.judge");

  static final ArchRule ONLY_THE_PIPELINE_HANDS_OUT_THE_ISSUER =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(COMPOSITION_ROOT)
          .and()
          .haveNameNotMatching("io\\\\.millrace\\\\.runtime\\\\.Pipeline\\\\$.*")
          .should()
          .callMethodWhere(call(Approval.class, "issuer"))
          .as("only the composition root takes the issuer")
          .because("it belongs to the RiskGate that Pipeline builds: take a Gate instead");

  static final ArchRule ORDERS_ARE_MADE_BY_ORDERS_ALONE =
      constructors()
          .that()
          .areDeclaredIn(Order.class)
          .should()
          .bePackagePrivate()
          .because("an Order comes from Orders.open, which uses an Approval up");

  static final ArchRule OPENING_NEEDS_AN_APPROVAL =
      methods()
          .that()
          .areDeclaredIn(io.millrace.core.order.Orders.class)
          .and()
          .haveName("open")
          .should(
              new com.tngtech.archunit.lang.ArchCondition<>("take an Approval first") {
                @Override
                public void check(
                    final com.tngtech.archunit.core.domain.JavaMethod method,
                    final com.tngtech.archunit.lang.ConditionEvents events) {
                  final boolean takes =
                      method.getRawParameterTypes().size() > 0
                          && method.getRawParameterTypes().get(0).isEquivalentTo(Approval.class);
                  events.add(
                      new com.tngtech.archunit.lang.SimpleConditionEvent(
                          method, takes, method.getFullName() + " takes no Approval"));
                }
              })
          .because("one approval, one order: ask Gate.judge for it");

  @Test
  void onlyTheGateGrants() {
    ONLY_THE_GATE_GRANTS.check(SHIPPED);
  }

  @Test
  void onlyThePipelineHandsOutTheIssuer() {
    ONLY_THE_PIPELINE_HANDS_OUT_THE_ISSUER.check(SHIPPED);
  }

  @Test
  void anOrderComesFromAnApprovalAlone() {
    ORDERS_ARE_MADE_BY_ORDERS_ALONE.check(SHIPPED);
    OPENING_NEEDS_AN_APPROVAL.check(SHIPPED);
  }

  @Test
  void theRulesSeeWhoBreaksThem() {
    final JavaClasses tests = new ClassFileImporter().importClasses(Desk.class, Outlaw.class);
    assertThatThrownBy(() -> ONLY_THE_PIPELINE_HANDS_OUT_THE_ISSUER.check(tests))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("take a Gate instead")
        .hasMessageContaining("Desk");
    assertThatThrownBy(
            () ->
                noClasses()
                    .should()
                    .callMethodWhere(call(Approval.Issuer.class, "grant"))
                    .check(tests))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Outlaw");
  }

  /** Grants itself what it wants. */
  static final class Outlaw {
    final Approval leave =
        new Approval().issuer().grant(new io.millrace.core.order.OrderIntent(), 1, 0, 0);
  }
}
