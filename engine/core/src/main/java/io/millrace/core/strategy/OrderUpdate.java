package io.millrace.core.strategy;

import io.millrace.codecs.OrderState;
import io.millrace.codecs.RejectReason;

/** A new state of an own order. Valid during the callback. */
public interface OrderUpdate {
  /** What {@link Execution} returned for the order. */
  long ticket();

  /** What it trades; the underlying for a structure. */
  Instrument instrument();

  /** Where it stands now; DENIED when the gate or the router said no. */
  OrderState state();

  /** Why, if refused or cancelled. */
  RejectReason reason();

  /** Units traded so far, 0 or more. */
  double filled();

  /** Units still working, 0 or more. */
  double leaves();
}
