package io.millrace.tools.report;

import io.millrace.codecs.IntentDecoder;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.StrategyKind;
import io.millrace.codecs.TradeIdeaDecoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * From an order back to the strategy and idea behind it. Bounded: the newest ideas and orders are
 * remembered, and a fill of an older order counts as of unknown origin.
 */
final class Origins {
  /** The agents that are part of the engine. */
  static final String BUILT_IN = "built-in chain";

  private static final String NO_STRUCTURE = "single order";
  private static final Origin UNKNOWN = new Origin("unknown", "unknown", "", 0);
  private static final Origin SETTLEMENT = new Origin(BUILT_IN, "expiry", "", 0);
  private static final int REMEMBERED = 1 << 17;

  private final String strategy;
  private final Map<String, String> structures = bounded();
  private final Map<String, String> intents = bounded();
  private final Map<Long, Origin> orders = bounded();

  /**
   * @param strategy that traded beside the built-in agents, or null
   */
  Origins(final String strategy) {
    this.strategy = strategy == null ? "strategy" : strategy;
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(final Map.Entry<K, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /** Takes a proposed idea. */
  void on(final TradeIdeaDecoder idea) {
    if (idea.strategy() != StrategyKind.NONE) {
      structures.put(name(idea.cause(), idea.ordinal()), word(idea.strategy().name()));
    }
  }

  /** Takes what a strategy wants. */
  void on(final IntentDecoder intent) {
    final int legs = intent.legs().count();
    intents.put(
        name(intent.cause(), intent.ordinal()),
        legs == 0 ? word(intent.style().name()) + " order" : legs + " legs");
  }

  /** Takes a new order. */
  void on(final OrderRequestDecoder request) {
    final String idea = name(request.ideaCause(), request.ideaOrdinal());
    final String intent = intents.get(idea);
    orders.put(
        request.orderId(),
        new Origin(
            intent == null ? BUILT_IN : strategy,
            intent == null ? structures.getOrDefault(idea, NO_STRUCTURE) : intent,
            request.ideaCause() == 0 ? "" : idea,
            request.instrumentId()));
  }

  /** Origin of the order of a fill; order 0 is the settlement of what expired. */
  Origin of(final long orderId) {
    return orderId == 0 ? SETTLEMENT : orders.getOrDefault(orderId, UNKNOWN);
  }

  private static String name(final long cause, final int ordinal) {
    return cause + "." + ordinal;
  }

  /** A constant's name as a word. */
  static String word(final String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
