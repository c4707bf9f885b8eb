package io.millrace.core.risk;

import io.millrace.codecs.Check;
import io.millrace.codecs.Purpose;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.OrderIntent;
import io.millrace.core.state.StateCodec;

/** 8xx: whether it was asked before, too often, or against ourselves. Owns what was approved. */
final class FlowChecks implements CheckGroup {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** 1e-8 milliseconds in a nanosecond. */
  private static final long UNITS_PER_NANO = 100;

  private final KeyLedger keys;
  private final RecentOrders recent;
  private final long duplicateWindow;
  private final long messageWindow;
  private final int messages;
  private final boolean allowReduce;

  FlowChecks(final RiskLimits limits) {
    keys = new KeyLedger(limits.keyCapacity());
    duplicateWindow = limits.duplicateContentMillis() * NANOS_PER_MILLI;
    messageWindow = limits.messageWindowMillis() * NANOS_PER_MILLI;
    messages = limits.messagesPerWindow();
    recent = new RecentOrders(messages, messageWindow, duplicateWindow);
    allowReduce = limits.allowReduce();
  }

  /** A child shares its parent's key: the router's re-priced, fallback and sliced orders. */
  static boolean child(final OrderIntent intent) {
    final Purpose purpose = intent.purpose();
    return purpose == Purpose.REPRICE || purpose == Purpose.FALLBACK || purpose == Purpose.SLICE;
  }

  @Override
  public void judge(final OrderFacts facts, final Findings findings) {
    duplicateKey(facts.intent(), findings);
    duplicateContent(facts, findings);
    messageRate(facts, findings);
    childExceedsParent(facts, findings);
    findings.mustNot(Check.SELF_MATCH, facts.working().selfMatch());
  }

  /** Remembers what was approved. */
  void approved(final OrderFacts facts, final long quantity) {
    final OrderIntent intent = facts.intent();
    if (!child(intent)) {
      keys.put(intent.key(), quantity);
    }
    recent.add(facts.now(), Hash.content(intent));
  }

  void state(final StateCodec codec) {
    keys.state(codec);
    recent.state(codec);
  }

  /** Seen before, or no key, or no room for another. */
  private void duplicateKey(final OrderIntent intent, final Findings findings) {
    final boolean seen = keys.approved(intent.key()) != 0;
    if (child(intent)) {
      findings.exempt(Check.DUPLICATE_KEY, seen ? Fixed.ONE : 0, 0);
    } else {
      findings.mustNot(Check.DUPLICATE_KEY, seen || intent.key() == 0 || keys.full());
    }
  }

  /** Milliseconds since the same content was approved; missing = not within the window. */
  private void duplicateContent(final OrderFacts facts, final Findings findings) {
    final long limit = duplicateWindow * UNITS_PER_NANO;
    final long before = recent.last(Hash.content(facts.intent()), facts.now() - duplicateWindow);
    if (before == RecentOrders.NEVER) {
      findings.exemptFromLeast(Check.DUPLICATE_CONTENT, Fixed.NONE, limit);
    } else {
      findings.atLeast(Check.DUPLICATE_CONTENT, (facts.now() - before) * UNITS_PER_NANO, limit);
    }
  }

  /** Approvals within the window, this one included. */
  private void messageRate(final OrderFacts facts, final Findings findings) {
    final long value = recent.after(facts.now() - messageWindow) + 1L;
    findings.atMost(Check.MESSAGE_RATE, value * Fixed.ONE, messages * Fixed.ONE);
  }

  /** Units: of a child, against what is left of its parent by the router and by our own book. */
  private void childExceedsParent(final OrderFacts facts, final Findings findings) {
    final OrderIntent intent = facts.intent();
    if (!child(intent)) {
      findings.inapplicable(Check.CHILD_EXCEEDS_PARENT, facts.quantity());
      return;
    }
    final long ours = keys.approved(intent.key()) - facts.working().sameKey();
    final long limit = Math.max(0, Math.min(intent.parentQuantity(), ours));
    if (facts.quantity() <= limit) {
      findings.atMost(Check.CHILD_EXCEEDS_PARENT, facts.quantity(), limit);
    } else {
      findings.over(
          Check.CHILD_EXCEEDS_PARENT,
          facts.quantity(),
          limit,
          allowReduce ? Sizing.lots(facts, limit) : 0);
    }
  }
}
