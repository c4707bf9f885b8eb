package io.millrace.core.portfolio;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertEncoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.Severity;
import io.millrace.core.market.Instruments;
import io.millrace.core.slot.Outputs;

/**
 * What the venue does when equity falls below the maintenance margin, looked at whenever a NAV is
 * struck: it closes whole positions at the touch, for its fee, each time the one that leaves least
 * to be good for, until equity is enough for the rest. What is lost below zero is the account's.
 */
final class Liquidations {
  private final Instruments instruments;
  private final Positions positions;
  private final Account account;
  private final Margin margin;
  private final AlertEncoder alert = new AlertEncoder();

  Liquidations(
      final Instruments instruments,
      final Positions positions,
      final Account account,
      final Margin margin) {
    this.instruments = instruments;
    this.positions = positions;
    this.account = account;
    this.margin = margin;
  }

  /** Closes what must be; returns whether anything was. */
  boolean judge(final Outputs outputs) {
    boolean any = false;
    while (margin.liquidates()
        && positions.heldCount() > 0
        && margin.equity() < margin.held().maintenance()) {
      close(margin.heaviest(), outputs);
      any = true;
    }
    return any;
  }

  private void close(final int id, final Outputs outputs) {
    outputs.begin(alert);
    alert
        .severity(Severity.CRITICAL)
        .code(AlertCode.LIQUIDATED)
        .instrumentId(id)
        .value(margin.equity());
    outputs.end(alert);
    final long quantity = positions.quantity(id);
    final long price = margin.closing(id);
    final long fee = margin.liquidationFee(Math.abs(instruments.value(id, quantity, price)));
    account.settle(id, -quantity, price, fee, FillReason.LIQUIDATED, outputs);
  }
}
