package io.millrace.tools;

import io.millrace.kernels.Kernels;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.sbe.Flyweight;

/**
 * What of the objects behind a pipeline is state: every instance field, but for those named here
 * with the reason.
 */
final class StateParts {
  /** Fields that hold nothing from one input to the next, and classes that have only such. */
  private static final Map<String, String> SCRATCH =
      Map.ofEntries(
          Map.entry("Pipeline.times", "measures; decides nothing"),
          Map.entry("Pipeline.accepted", "of the input at hand"),
          Map.entry("Pipeline.reported", "of the input at hand"),
          Map.entry("Orders.free", "orders that were never used"),
          Map.entry("Orders.freeCount", "those that are neither working nor ended"),
          Map.entry("RestingOrders.free", "an order that is taken is loaded with all its fields"),
          Map.entry("RestingOrders.freeCount", "those that are neither resting nor on their way"),
          Map.entry("SimulatedVenue.arrivingHead", "where a ring begins"),
          Map.entry("ReportQueue.head", "where a ring begins"),
          Map.entry("ReportQueue.buffer", "a ring of bytes: seen by what is saved again"),
          Map.entry("Router.free", "a wish that is taken starts anew with all its fields"),
          Map.entry("Router.freeCount", "those that are not active"),
          Map.entry("StrategyHost.out", "of the input at hand"),
          Map.entry("HostExecution.quiet", "of the input at hand"),
          Map.entry("StrategyHost.chainView", "of the callback at hand"),
          Map.entry("StrategyHost.timer", "of the callback at hand"),
          Map.entry("Views$QuoteView", "of the callback at hand"),
          Map.entry("Views$TradeView", "of the callback at hand"),
          Map.entry("Views$BarView", "of the callback at hand"),
          Map.entry("Views$FillView", "of the callback at hand"),
          Map.entry("Views$OrderView", "of the callback at hand"),
          Map.entry("Views$SnapshotView", "of the callback at hand"),
          Map.entry("HostData.chains", "views, made when they are first asked for"),
          Map.entry("HostExecution.out", "of the input at hand"),
          Map.entry("HostExecution.taken", "of the callback at hand"),
          Map.entry("HostExecution.where", "of the callback at hand"),
          Map.entry("HostClock.closed", "while a strategy is saved or loaded"),
          Map.entry("Budget.steps", "of the callback at hand"),
          Map.entry("Budget.bytes", "of the callback at hand"),
          Map.entry("Budget.depth", "of the callback at hand"),
          Map.entry("ZoneOffsets", "settings, and where the last look-up was"),
          Map.entry("OrderIntent", "made and judged within a call"),
          Map.entry("OrderIntents.legs", "made and copied within a call"),
          Map.entry("Approval", "granted and used up within a call"),
          Map.entry("Margin.ids", "gathered anew by each question"),
          Map.entry("Margin.units", "gathered anew by each question"),
          Map.entry("Margin.count", "gathered anew by each question"),
          Map.entry("ExpiryPayoff", "cleared before each use"),
          Map.entry("OrderFacts", "gathered for each order"),
          Map.entry("Findings", "cleared for each order"),
          Map.entry("FeatureTable", "cleared for each evaluation"),
          Map.entry("SuggestionDraft", "cleared for each suggestion"),
          Map.entry("Opinion", "opened for each suggestion"),
          Map.entry("Composer", "set anew by each suggestion"),
          Map.entry("TradeAgent", "set anew by each idea"),
          Map.entry("Technicals", "read anew by each evaluation"),
          Map.entry("Headlines", "split anew by each headline"),
          Map.entry("HedgeEngine.quality", "set anew by each evaluation"),
          Map.entry("HedgeEngine.confidence", "set anew by each evaluation"),
          Map.entry("HedgeEngine.thin", "set anew by each evaluation"),
          Map.entry("HedgeEngine.regime", "set anew by each evaluation"),
          Map.entry("HedgeEngine.volatilityIndex", "one of the dealers' fields, or empty"),
          Map.entry("Fusion", "blended anew by each evaluation; its fields are the dealers'"),
          Map.entry("DealerField", "summed anew by each evaluation"),
          Map.entry("ParityForward", "paired and read within a call"),
          Map.entry("VolSolver", "filled and read within a mark"),
          Map.entry("Expiries.scratch", "filled and read within a call"),
          Map.entry("GreekColumns.price", "never asked for"),
          Map.entry("GreekColumns.vomma", "never asked for"),
          Map.entry("GreekColumns.speed", "never asked for"),
          Map.entry("StrikeLadder.callGamma", "added anew by each evaluation"),
          Map.entry("StrikeLadder.putGamma", "added anew by each evaluation"),
          Map.entry("StrikeLadder.allGamma", "added anew by each evaluation"),
          Map.entry("ZeroGamma.contracts", "added anew before each pricing"),
          Map.entry("ZeroGamma.greeks", "computed anew by each pricing"),
          Map.entry("ZeroGamma.net", "added anew before each pricing"),
          Map.entry("ZeroGamma.gross", "added anew before each pricing"),
          Map.entry("ZeroGamma.count", "added anew before each pricing"),
          Map.entry("VolumeProfile.magnetScore", "read right after a look"),
          Map.entry("VolumeProfile.magnetPrice", "read right after a look"),
          Map.entry("VolumeProfile.voidScore", "read right after a look"),
          Map.entry("VolumeProfile.voidPrice", "read right after a look"),
          Map.entry("VolumeProfile.hasVoid", "read right after a look"),
          Map.entry("NewsMemory.sorted", "of the headline at hand"),
          Map.entry("SentimentEngine.headline", "of the input at hand"),
          Map.entry("SentimentEngine.publisher", "of the input at hand"),
          Map.entry("SentimentEngine.weights", "set anew by each evaluation"),
          Map.entry("SentimentEngine.weightedConfidence", "set anew by each evaluation"),
          Map.entry("SentimentEngine.weightedScore", "set anew by each evaluation"),
          Map.entry("SnapshotBuilder.regimes", "set anew by each snapshot"),
          Map.entry("SnapshotBuilder.confidences", "set anew by each snapshot"));

  /** Arrays of which only the first elements mean something, and the field that counts them. */
  private static final Map<String, String> COUNTED =
      Map.ofEntries(
          Map.entry("Legs.instrumentId", "count"),
          Map.entry("Legs.side", "count"),
          Map.entry("Legs.ratio", "count"),
          Map.entry("Orders.tradeIds", "tradeCount"),
          Map.entry("Orders.tradeDays", "tradeCount"),
          Map.entry("HostExecution.call", "calls"),
          Map.entry("HostExecution.cancelled", "calls"),
          Map.entry("HostClock.due", "count"),
          Map.entry("HostClock.every", "count"),
          Map.entry("SimulatedVenue.arriving", "arrivingCount"),
          Map.entry("ReportQueue.due", "count"),
          Map.entry("ReportQueue.signed", "count"),
          Map.entry("RecentOrders.times", "count"),
          Map.entry("RecentOrders.contents", "count"),
          Map.entry("Wish.children", "childCount"),
          Map.entry("Wish.childIds", "childCount"),
          Map.entry("Wish.childFilled", "childCount"));

  /** Those that are rings, and the field that says where they begin. */
  private static final Map<String, String> RINGS =
      Map.of(
          "SimulatedVenue.arriving",
          "arrivingHead",
          "ReportQueue.due",
          "head",
          "ReportQueue.signed",
          "head");

  /**
   * Settings; numbers of which only the sign means something; places that may be empty; what the
   * instruments say.
   */
  private static final Set<String> NOT_PROBED =
      Set.of(
          "OptionColumns.live",
          "OptionColumns.side",
          "SizeChecks.position",
          "Latency.multiples",
          "Margin.tierFrom",
          "Margin.tierInitial",
          "Margin.tierMaintenance",
          "Roster.found",
          "Roster.place",
          "KeyLedger.keys",
          "KeyLedger.quantities");

  private StateParts() {}

  /** Whether another number in a field would not be another state. */
  static boolean notProbed(final Field field) {
    return NOT_PROBED.contains(name(field.getDeclaringClass()) + "." + field.getName());
  }

  /** Whether a field is left out. */
  static boolean excused(final Field field) {
    return SCRATCH.containsKey(name(field.getDeclaringClass()) + "." + field.getName());
  }

  /** Whether an object has no state of its own: code, flyweights over other bytes, constants. */
  static boolean leaf(final Object object) {
    final Class<?> type = object.getClass();
    return code(type)
        || SCRATCH.containsKey(name(type))
        || (object instanceof Enum<?>)
        || type.isRecord()
        || object instanceof Flyweight
        || object instanceof Kernels
        || object instanceof Class<?>
        || object instanceof ClassLoader;
  }

  /** Lambdas. */
  static boolean code(final Class<?> type) {
    return type.isHidden() || type.isSynthetic();
  }

  /** Instance fields, those of the superclasses behind. */
  static List<Field> fields(final Class<?> leaf) {
    final List<Field> fields = new ArrayList<>();
    for (Class<?> type = leaf; type != null && !platform(type); type = type.getSuperclass()) {
      for (final Field field : type.getDeclaredFields()) {
        // What the sandbox adds to a strategy is no field of it.
        if (!Modifier.isStatic(field.getModifiers()) && !field.getName().startsWith("$")) {
          field.setAccessible(true);
          fields.add(field);
        }
      }
    }
    return fields;
  }

  /** Whether a class is the JDK's. */
  static boolean platform(final Class<?> type) {
    return type.getName().startsWith("java.");
  }

  /** How the lists name a class: without its package, {@code Outer$Class} if nested. */
  private static String name(final Class<?> type) {
    return type.getName().substring(type.getName().lastIndexOf('.') + 1);
  }

  /** How many elements of an array mean something. */
  static int used(final Field field, final Object owner, final int length) {
    return (int) Math.min(number(COUNTED, field, owner, length), length);
  }

  /** Where they begin; they go on round the end. */
  static int first(final Field field, final Object owner) {
    return (int) number(RINGS, field, owner, 0);
  }

  private static long number(
      final Map<String, String> fields, final Field field, final Object owner, final long none) {
    final String name = fields.get(name(field.getDeclaringClass()) + "." + field.getName());
    return name == null
        ? none
        : fields(owner.getClass()).stream()
            .filter(each -> each.getName().equals(name))
            .map(each -> (Number) get(each, owner))
            .findFirst()
            .orElseThrow()
            .longValue();
  }

  static Object get(final Field field, final Object of) {
    try {
      return field.get(of);
    } catch (final IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  static void set(final Field field, final Object of, final Object value) {
    try {
      field.set(of, value);
    } catch (final IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
