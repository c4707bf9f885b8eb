package io.millrace.core.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.Purpose;
import io.millrace.codecs.Side;
import org.junit.jupiter.api.Test;

class ApprovalTest {
  private final Approval approval = new Approval();
  private final Approval.Issuer issuer = approval.issuer();
  private final OrderIntent intent = new OrderIntent();

  private OrderIntent condor() {
    intent
        .set(Purpose.OPEN, 99, 1, Side.BUY, 10, -250)
        .idea(7, 3)
        .maxLossPerUnit(500)
        .parentQuantity(20)
        .legs()
        .add(2, Side.SELL, 1)
        .add(3, Side.BUY, 2);
    return intent;
  }

  @Test
  void theIssuerIsHandedOutOnce() {
    assertThatThrownBy(approval::issuer)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("there is one risk gate");
  }

  @Test
  void oneApprovalIsOneOrder() {
    assertThatThrownBy(approval::use).as("never granted").hasMessageContaining("needs its own");
    issuer.grant(condor(), 10, 5, 1).use();
    assertThatThrownBy(approval::use).as("used up").hasMessageContaining("needs its own");
    issuer.grant(condor(), 10, 6, 1);
    assertThat(approval.use().key()).isEqualTo(99);
  }

  @Test
  void whatIsGrantedIsWhatWasJudgedHoweverTheIntentChangesLater() {
    issuer.grant(condor(), 4, 5, 1);
    intent.set(Purpose.MANUAL, 1, 9, Side.SELL, 1_000_000, 7).legs().add(8, Side.BUY, 3);
    final OrderIntent granted = approval.use();
    assertThat(granted.quantity()).as("cut by the gate").isEqualTo(4);
    assertThat(approval.quantity()).isEqualTo(4);
    assertThat(approval.decisionCause()).isEqualTo(5);
    assertThat(approval.decisionOrdinal()).isEqualTo(1);
    assertThat(granted.purpose()).isEqualTo(Purpose.OPEN);
    assertThat(granted.key()).isEqualTo(99);
    assertThat(granted.instrumentId()).isEqualTo(1);
    assertThat(granted.side()).isEqualTo(Side.BUY);
    assertThat(granted.limitPrice()).isEqualTo(-250);
    assertThat(granted.ideaCause()).isEqualTo(7);
    assertThat(granted.ideaOrdinal()).isEqualTo(3);
    assertThat(granted.maxLossPerUnit()).isEqualTo(500);
    assertThat(granted.parentQuantity()).isEqualTo(20);
    assertThat(granted.legs().count()).isEqualTo(2);
    assertThat(granted.legs().ratio(1)).isEqualTo(2);
  }

  @Test
  void neverMoreThanWasAskedAndNeverNothing() {
    assertThatThrownBy(() -> issuer.grant(condor(), 11, 5, 1))
        .hasMessageContaining("approved 11 of 10 asked");
    assertThatThrownBy(() -> issuer.grant(condor(), 0, 5, 1)).hasMessageContaining("approved 0");
    assertThatThrownBy(() -> issuer.grant(condor(), -1, 5, 1)).hasMessageContaining("approved -1");
  }

  @Test
  void anIntentStartsClean() {
    condor().set(Purpose.EXIT, 1, 2, Side.SELL, 3, 4);
    assertThat(intent.legs().count()).isZero();
    assertThat(intent.ideaCause()).isZero();
    assertThat(intent.ideaOrdinal()).isZero();
    assertThat(intent.maxLossPerUnit()).isZero();
    assertThat(intent.parentQuantity()).isZero();
  }
}
