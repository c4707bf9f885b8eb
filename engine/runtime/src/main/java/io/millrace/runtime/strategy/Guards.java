package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import io.millrace.core.strategy.BudgetExceeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the sandbox writes calls of into a strategy: charges by size, and stand-ins (named {@code
 * Type_member}) for members of the JDK that need a check of their sizes, or whose result depends on
 * the locale, the JDK's version or an object's identity. Strategies cannot name it.
 */
public final class Guards {
  private static final int CHARACTERS_PER_STEP = 8;
  private static final int BYTES_PER_CHARACTER = 2;
  private static final int BYTES_PER_ELEMENT = 16;
  private static final int OBJECT_BYTES = 40;
  private static final int DECIMAL_STEPS = 64;
  private static final int BYTES_PER_TURN = 16;
  private static final int VIEWED_PER_STEP = 16;
  private static final int MAX_BITS = 4_096;
  private static final int MAX_SCALE = 1_000;
  private static final int MAX_DECIMAL_SCALE = 1_100; // 5e-324 has 1,074 decimals
  private static final int MAX_NUMBER_TEXT = 1_300;
  private static final int MAX_EXPONENT_DIGITS = 3;
  private static final int MAX_WIDTH_DIGITS = 3;

  private Guards() {}

  /** The budget of the strategy whose class asks, for its static initialiser. */
  public static Budget budget(final Class<?> bridges) {
    return ((SandboxLoader) bridges.getClassLoader()).budget();
  }

  /** Lets nobody catch the end of a budget, nor the JVM's own. */
  public static void rethrow(final Throwable caught) {
    if (caught instanceof BudgetExceeded exceeded) {
      throw exceeded;
    }
    if (caught instanceof VirtualMachineError error) {
      throw error;
    }
  }

  /** Hash code of an own object that has none: numbered in the order of asking. */
  public static int identity(final int known, final Budget budget) {
    return known != 0 ? known : budget.identity();
  }

  /** Hash code of {@code super.hashCode()}: the same everywhere. */
  public static int superHashCode(final Object object) {
    return 1;
  }

  /** Text of {@code super.toString()}: the class. */
  public static String superToString(final Object object) {
    return object.getClass().getSimpleName();
  }

  /** Charges for an array. */
  public static void array(final int count, final int elementBytes, final Budget budget) {
    budget.bytes(OBJECT_BYTES + (long) Math.max(0, count) * elementBytes);
  }

  /** Charges for one more dimension; returns how many arrays the next one has. */
  public static long dimension(
      final long arrays, final int count, final int elementBytes, final Budget budget) {
    if (arrays > Integer.MAX_VALUE) {
      budget.bytes(Long.MAX_VALUE);
    }
    final long elements = Math.max(0, count) * arrays;
    budget.bytes(arrays * OBJECT_BYTES);
    budget.bytes(
        elements > Long.MAX_VALUE / elementBytes ? Long.MAX_VALUE : elements * elementBytes);
    return elements;
  }

  /** Charges steps for all that is within an object of the JDK, however nested. */
  public static void deep(final Object object, final Budget budget) {
    if (object == null || object instanceof Number) {
      return;
    }
    if (object instanceof CharSequence text) {
      budget.steps(1 + text.length() / CHARACTERS_PER_STEP);
    } else if (object instanceof Collection<?> collection) {
      final int before = budget.enter(1);
      for (final Object element : collection) {
        budget.step();
        deep(element, budget);
      }
      budget.leave(before);
    } else if (object instanceof Map<?, ?> map) {
      final int before = budget.enter(1);
      for (final Map.Entry<?, ?> entry : map.entrySet()) {
        budget.step();
        deep(entry.getKey(), budget);
        deep(entry.getValue(), budget);
      }
      budget.leave(before);
    } else if (object instanceof Object[] array) {
      final int before = budget.enter(1);
      for (final Object element : array) {
        budget.step();
        deep(element, budget);
      }
      budget.leave(before);
    } else if (object instanceof Map.Entry<?, ?> entry) {
      final int before = budget.enter(1);
      deep(entry.getKey(), budget);
      deep(entry.getValue(), budget);
      budget.leave(before);
    } else if (object instanceof Optional<?> optional) {
      final int before = budget.enter(1);
      deep(optional.orElse(null), budget);
      budget.leave(before);
    } else {
      shallow(object, budget);
    }
  }

  /** Charges steps for the elements of an object themselves. */
  public static void shallow(final Object object, final Budget budget) {
    budget.steps(1 + (long) size(object));
  }

  private static int size(final Object object) {
    if (object instanceof Collection<?> collection) {
      return collection.size();
    } else if (object instanceof CharSequence text) {
      return text.length() / CHARACTERS_PER_STEP;
    } else if (object instanceof BitSet bits) {
      return bits.size() / Long.SIZE;
    } else if (object instanceof Map<?, ?> map) {
      return map.size();
    } else if (object instanceof Object[] array) {
      return array.length;
    } else if (object instanceof double[] array) {
      return array.length;
    } else if (object instanceof long[] array) {
      return array.length;
    } else if (object instanceof int[] array) {
      return array.length;
    } else if (object instanceof char[] array) {
      return array.length;
    } else if (object instanceof boolean[] array) {
      return array.length;
    } else if (object instanceof byte[] array) {
      return array.length;
    } else if (object instanceof short[] array) {
      return array.length;
    } else if (object instanceof float[] array) {
      return array.length;
    }
    return 0;
  }

  /** Charges for an argument that a receiver may keep or copy. */
  public static void kept(final Object object, final Budget budget) {
    deep(object, budget);
    if (object instanceof CharSequence text) {
      budget.bytes((long) text.length() * BYTES_PER_CHARACTER);
    } else if (object instanceof char[] text) {
      budget.bytes((long) text.length * BYTES_PER_CHARACTER);
    }
  }

  /**
   * Charges for a key that is looked for. Containers have no order among them, so where their hash
   * codes are the same, a hash map or set compares them one by one.
   */
  public static void sought(final Object receiver, final Object key, final Budget budget) {
    if ((receiver instanceof HashMap || receiver instanceof HashSet) && isContainer(key)) {
      shallow(receiver, budget);
    }
  }

  /** Charges for an argument of a constructor, which may copy all of it. */
  public static void taken(final Object object, final Budget budget) {
    kept(object, budget);
    if (object instanceof Throwable cause) {
      made(cause.toString(), budget); // becomes a message
    } else if (!(object instanceof CharSequence)) {
      budget.bytes((long) size(object) * BYTES_PER_ELEMENT * 2);
    }
  }

  /** As {@link #taken}, by a hash map or set: each element is sought among those before it. */
  public static void hashed(final Object object, final Budget budget) {
    taken(object, budget);
    soughtAll(object, budget);
  }

  private static void soughtAll(final Object object, final Budget budget) {
    final Collection<?> keys =
        object instanceof Map<?, ?> map
            ? map.keySet()
            : object instanceof Collection<?> collection ? collection : List.of();
    final int size = keys.size();
    for (final Object key : keys) {
      if (isContainer(key)) {
        budget.steps(size);
      }
    }
  }

  /** Whether objects of its kind have no order among them although the JDK made it. */
  private static boolean isContainer(final Object key) {
    return key instanceof Collection
        || key instanceof Map
        || key instanceof Map.Entry
        || key instanceof Optional;
  }

  /** Charges bytes for a result. */
  public static void made(final Object object, final Budget budget) {
    if (object instanceof CharSequence text) {
      budget.bytes(OBJECT_BYTES + (long) text.length() * BYTES_PER_CHARACTER);
    } else if (object != null && !(object instanceof Number)) {
      budget.bytes(OBJECT_BYTES + (long) size(object) * BYTES_PER_ELEMENT);
    }
  }

  /** Refuses exact numbers of absurd size. */
  public static void number(final Object object, final Budget budget) {
    if (object instanceof BigDecimal decimal) {
      budget.bytes(OBJECT_BYTES);
      if (Math.abs((long) decimal.scale()) > MAX_DECIMAL_SCALE
          || decimal.unscaledValue().bitLength() > MAX_BITS) {
        throw new ArithmeticException(
            "a BigDecimal over " + MAX_BITS + " bits or " + MAX_SCALE + " decimals");
      }
    } else if (object instanceof BigInteger integer) {
      budget.bytes(OBJECT_BYTES);
      if (integer.bitLength() > MAX_BITS) {
        throw new ArithmeticException("a BigInteger over " + MAX_BITS + " bits");
      }
    } else {
      made(object, budget);
    }
  }

  /** Refuses scales and shifts of absurd size. */
  public static void whole(final int count, final Budget budget) {
    if (count > MAX_SCALE || count < -MAX_SCALE) {
      throw new ArithmeticException(count + " is over " + MAX_SCALE);
    }
  }

  /** Text of any object, the same on every JVM, charged for. */
  public static String text(final Object object, final Budget budget) {
    return PlainText.of(object, budget);
  }

  /** Text of a record, whose components are named with semicolons between. */
  public static String record(
      final String type, final String names, final Object[] values, final Budget budget) {
    return PlainText.record(type, names, values, budget);
  }

  /** Text of a number, the same on every JDK. */
  public static String text(final double number, final Budget budget) {
    budget.steps(DECIMAL_STEPS + Math.abs(Math.getExponent(number)));
    return Decimal.text(number);
  }

  /** Text of a number, the same on every JDK. */
  public static String text(final float number, final Budget budget) {
    budget.steps(DECIMAL_STEPS + Math.abs(Math.getExponent(number)));
    return Decimal.text(number);
  }

  // Stand-ins: Type_member(receiver, arguments, budget).

  /** Not by identity. */
  public static int Object_hashCode(final Object object, final Budget budget) {
    deep(object, budget);
    return object instanceof Enum<?> value
        ? value.name().hashCode()
        : nameless(object) ? 1 : object.hashCode();
  }

  /** Whether its hash code would tell its identity, which differs from run to run. */
  private static boolean nameless(final Object object) {
    final Class<?> type = object.getClass();
    return type == Object.class || type.isArray() || type.isHidden();
  }

  /** Not by identity. */
  public static int Enum_hashCode(final Enum<?> value, final Budget budget) {
    return value.name().hashCode();
  }

  /** Not by identity. */
  public static String Object_toString(final Object object, final Budget budget) {
    return text(java.util.Objects.requireNonNull(object), budget);
  }

  /** Assertions are off. */
  public static boolean Class_desiredAssertionStatus(final Class<?> type, final Budget budget) {
    return false;
  }

  /** The same on every JDK. */
  public static String Double_toString(final double number, final Budget budget) {
    return text(number, budget);
  }

  /** The same on every JDK. */
  public static String Double_toString(final Double number, final Budget budget) {
    return text(number.doubleValue(), budget);
  }

  /** Charged. */
  public static String String_valueOf(final Object object, final Budget budget) {
    return text(object, budget);
  }

  /** The same on every JDK. */
  public static String String_valueOf(final double number, final Budget budget) {
    return text(number, budget);
  }

  /** The same on every JDK. */
  public static String String_valueOf(final float number, final Budget budget) {
    return text(number, budget);
  }

  /** Charges for looking for a text within another, which may begin anew at each place. */
  private static void search(
      final CharSequence text, final CharSequence part, final Budget budget) {
    final long turns = 1L + part.length() / CHARACTERS_PER_STEP;
    budget.steps(1 + text.length() * turns / CHARACTERS_PER_STEP + turns);
  }

  /** Charged before. */
  public static int String_indexOf(final String text, final String part, final Budget budget) {
    search(text, part, budget);
    return text.indexOf(part);
  }

  /** Charged before. */
  public static int String_indexOf(
      final String text, final String part, final int from, final Budget budget) {
    search(text, part, budget);
    return text.indexOf(part, from);
  }

  /** Charged before. */
  public static int String_lastIndexOf(final String text, final String part, final Budget budget) {
    search(text, part, budget);
    return text.lastIndexOf(part);
  }

  /** Charged before. */
  public static int String_lastIndexOf(
      final String text, final String part, final int from, final Budget budget) {
    search(text, part, budget);
    return text.lastIndexOf(part, from);
  }

  /** Charged before. */
  public static boolean String_contains(
      final String text, final CharSequence part, final Budget budget) {
    search(text, part, budget);
    return text.contains(part);
  }

  /** Charged before. */
  public static int StringBuilder_indexOf(
      final StringBuilder text, final String part, final Budget budget) {
    search(text, part, budget);
    return text.indexOf(part);
  }

  /** Charged before. */
  public static int StringBuilder_indexOf(
      final StringBuilder text, final String part, final int from, final Budget budget) {
    search(text, part, budget);
    return text.indexOf(part, from);
  }

  /** Charged before. */
  public static String String_repeat(final String text, final int count, final Budget budget) {
    budget.bytes(OBJECT_BYTES + (long) text.length() * BYTES_PER_CHARACTER * Math.max(0, count));
    return text.repeat(count);
  }

  /** Charged before, as if all of it were replaced. */
  public static String String_replace(
      final String text, final CharSequence from, final CharSequence to, final Budget budget) {
    final long places = text.length() / Math.max(1, from.length()) + 1L;
    budget.steps(text.length());
    search(text, from, budget);
    budget.bytes(OBJECT_BYTES + (text.length() + places * to.length()) * BYTES_PER_CHARACTER);
    return text.replace(from, to);
  }

  /** Charged on the way. */
  public static String String_join(
      final CharSequence between, final CharSequence[] parts, final Budget budget) {
    return String_join(between, Arrays.asList(parts), budget);
  }

  /** Charged on the way. */
  public static String String_join(
      final CharSequence between,
      final Iterable<? extends CharSequence> parts,
      final Budget budget) {
    final StringBuilder all = new StringBuilder();
    boolean first = true;
    for (final CharSequence part : parts) {
      final String text = text((Object) part, budget);
      budget.bytes((long) (text.length() + between.length()) * BYTES_PER_CHARACTER);
      all.append(first ? "" : between).append(text);
      first = false;
    }
    return all.toString();
  }

  /** By plain text, not by a pattern. */
  public static String[] String_split(
      final String text, final String between, final Budget budget) {
    return String_split(text, between, 0, budget);
  }

  /** By plain text, not by a pattern. */
  public static String[] String_split(
      final String text, final String between, final int limit, final Budget budget) {
    final String plain =
        between.length() == 2 && between.charAt(0) == '\\' ? between.substring(1) : between;
    final boolean escaped = plain.length() != between.length();
    for (int i = 0; i < plain.length(); i++) {
      final boolean letter = Character.isLetterOrDigit(plain.charAt(i));
      if (escaped ? letter : "\\^$.|?*+()[]{}".indexOf(plain.charAt(i)) >= 0) {
        throw new IllegalArgumentException("a strategy splits by plain text, not by a pattern");
      }
    }
    budget.steps(text.length());
    search(text, between, budget);
    budget.bytes(OBJECT_BYTES + (long) text.length() * OBJECT_BYTES);
    return text.split(between, limit);
  }

  /** Without a locale. */
  public static String String_toUpperCase(final String text, final Budget budget) {
    kept(text, budget);
    return text.toUpperCase(Locale.ROOT);
  }

  /** Without a locale. */
  public static String String_toLowerCase(final String text, final Budget budget) {
    kept(text, budget);
    return text.toLowerCase(Locale.ROOT);
  }

  /** Without a locale, dates, identities and absurd widths. */
  public static String String_format(
      final String format, final Object[] arguments, final Budget budget) {
    final Object[] plain = plain(arguments, budget);
    int digits = 0;
    int next = 0;
    boolean within = false;
    boolean indexed = false;
    for (int i = 0; i < format.length(); i++) {
      final char c = format.charAt(i);
      if (c == '%') {
        within = !within;
        digits = 0;
        indexed = false;
      } else if (within) {
        digits = c >= '0' && c <= '9' ? digits + 1 : 0;
        indexed |= c == '$' || c == '<';
        if (digits > MAX_WIDTH_DIGITS || "tThH".indexOf(c) >= 0) {
          throw new IllegalArgumentException(
              "a strategy's format has widths below 1000, and no %t and %h: " + format);
        }
        within = !Character.isLetter(c);
        if (!within && !indexed && c != 'n') {
          if ((c == 's' || c == 'S') && plain != null && next < plain.length) {
            plain[next] = plain[next] == null ? null : text(plain[next], budget);
          }
          next++;
        }
      }
      budget.steps(MAX_SCALE / BYTES_PER_ELEMENT);
    }
    final String text = String.format(Locale.ROOT, format, plain);
    made(text, budget);
    return text;
  }

  /** The arguments as text, but for those that a format may want as they are. */
  private static Object[] plain(final Object[] arguments, final Budget budget) {
    final Object[] plain = arguments == null ? null : arguments.clone();
    for (int i = 0; plain != null && i < plain.length; i++) {
      budget.step();
      if (plain[i] != null
          && !(plain[i] instanceof Number)
          && !(plain[i] instanceof Character)
          && !(plain[i] instanceof Boolean)) {
        plain[i] = text(plain[i], budget);
      }
    }
    return plain;
  }

  /** As {@link #String_format}. */
  public static String String_formatted(
      final String format, final Object[] arguments, final Budget budget) {
    return String_format(format, arguments, budget);
  }

  /** Charged, and not by identity. */
  public static StringBuilder StringBuilder_append(
      final StringBuilder builder, final Object object, final Budget budget) {
    final String text = text(object, budget);
    budget.bytes((long) text.length() * BYTES_PER_CHARACTER);
    return builder.append(text);
  }

  /** The same on every JDK. */
  public static StringBuilder StringBuilder_append(
      final StringBuilder builder, final double number, final Budget budget) {
    return builder.append(text(number, budget));
  }

  /** The same on every JDK. */
  public static StringBuilder StringBuilder_append(
      final StringBuilder builder, final float number, final Budget budget) {
    return builder.append(text(number, budget));
  }

  /** Charged before. */
  public static void StringBuilder_setLength(
      final StringBuilder builder, final int length, final Budget budget) {
    budget.bytes((long) Math.max(0, length) * BYTES_PER_CHARACTER);
    builder.setLength(length);
  }

  /** Charged, and not by identity. */
  public static String Objects_toString(final Object object, final Budget budget) {
    return text(object, budget);
  }

  /** Without the address of a loader. */
  public static String Throwable_getMessage(final Throwable thrown, final Budget budget) {
    return PlainText.wordedByMachine(thrown) ? null : thrown.getMessage();
  }

  /** Without the address of a loader. */
  public static String Throwable_toString(final Throwable thrown, final Budget budget) {
    return text(java.util.Objects.requireNonNull(thrown), budget);
  }

  /** Charged before. */
  public static <T> boolean Collection_addAll(
      final Collection<T> to, final Collection<T> all, final Budget budget) {
    deep(to, budget);
    deep(all, budget);
    if (to instanceof HashSet) {
      soughtAll(all, budget);
    }
    return to.addAll(all);
  }

  /** As {@link #Collection_addAll}. */
  public static <T> boolean Set_addAll(
      final Set<T> to, final Collection<T> all, final Budget budget) {
    return Collection_addAll(to, all, budget);
  }

  /** Charged before. */
  public static <K, V> void Map_putAll(
      final Map<K, V> to, final Map<K, V> all, final Budget budget) {
    deep(to, budget);
    deep(all, budget);
    if (to instanceof HashMap) {
      soughtAll(all, budget);
    }
    to.putAll(all);
  }

  /** A view of a sorted set or map counts its elements each time. */
  public static int Collection_size(final Collection<?> collection, final Budget budget) {
    final int size = collection.size();
    if (!(collection instanceof List
        || collection instanceof HashSet
        || collection instanceof ArrayDeque
        || collection instanceof PriorityQueue)) {
      budget.steps(size / VIEWED_PER_STEP);
    }
    return size;
  }

  /** As {@link #Collection_size}. */
  public static int Set_size(final Set<?> set, final Budget budget) {
    return Collection_size(set, budget);
  }

  /** As {@link #Collection_size}. */
  public static int Map_size(final Map<?, ?> map, final Budget budget) {
    final int size = map.size();
    if (!(map instanceof HashMap || map instanceof TreeMap)) {
      budget.steps(size / VIEWED_PER_STEP);
    }
    return size;
  }

  /** Not of a part: a change of a part of a part of a part passes through all of them. */
  public static <T> List<T> List_subList(
      final List<T> list, final int from, final int to, final Budget budget) {
    if (list.getClass().getName().contains("SubList")) {
      throw new UnsupportedOperationException(
          "a part of a part of a list; take it of the list itself");
    }
    return list.subList(from, to);
  }

  // Comparators and functions that the JDK joins: each turn is counted.

  /** Counted. */
  public static <T> Comparator<T> Comparator_naturalOrder(final Budget budget) {
    return Counted.natural(budget);
  }

  /** Counted. */
  public static <T> Comparator<T> Comparator_reverseOrder(final Budget budget) {
    return Counted.<T>natural(budget).reversed();
  }

  /** Counted. */
  public static <T> Comparator<T> Collections_reverseOrder(final Budget budget) {
    return Comparator_reverseOrder(budget);
  }

  /** Counted. */
  public static <T> Comparator<T> Collections_reverseOrder(
      final Comparator<T> order, final Budget budget) {
    return order == null ? Comparator_reverseOrder(budget) : Comparator_reversed(order, budget);
  }

  /** Counted. */
  public static <T> Comparator<T> Comparator_reversed(
      final Comparator<T> order, final Budget budget) {
    return Counted.comparator(order.reversed(), budget);
  }

  /** Counted. */
  public static <T, K> Comparator<T> Comparator_comparing(
      final Function<T, K> key, final Budget budget) {
    return Counted.comparator(Comparator.comparing(key, Counted.natural(budget)), budget);
  }

  /** Counted. */
  public static <T, K> Comparator<T> Comparator_comparing(
      final Function<T, K> key, final Comparator<K> order, final Budget budget) {
    return Counted.comparator(Comparator.comparing(key, order), budget);
  }

  /** Counted. */
  public static <T> Comparator<T> Comparator_thenComparing(
      final Comparator<T> order, final Comparator<T> next, final Budget budget) {
    return Counted.comparator(order.thenComparing(next), budget);
  }

  /** Counted. */
  public static <T, K> Comparator<T> Comparator_thenComparing(
      final Comparator<T> order, final Function<T, K> key, final Budget budget) {
    return Counted.comparator(order.thenComparing(key, Counted.natural(budget)), budget);
  }

  /** Counted. */
  public static <T, K> Comparator<T> Comparator_thenComparing(
      final Comparator<T> order,
      final Function<T, K> key,
      final Comparator<K> next,
      final Budget budget) {
    return Counted.comparator(order.thenComparing(key, next), budget);
  }

  /** Counted. */
  public static <T> Comparator<T> Comparator_thenComparingInt(
      final Comparator<T> order, final ToIntFunction<T> key, final Budget budget) {
    return Counted.comparator(order.thenComparingInt(key), budget);
  }

  /** Counted. */
  public static <T> Comparator<T> Comparator_thenComparingLong(
      final Comparator<T> order, final ToLongFunction<T> key, final Budget budget) {
    return Counted.comparator(order.thenComparingLong(key), budget);
  }

  /** Counted. */
  public static <T> Comparator<T> Comparator_thenComparingDouble(
      final Comparator<T> order, final ToDoubleFunction<T> key, final Budget budget) {
    return Counted.comparator(order.thenComparingDouble(key), budget);
  }

  /** Counted. */
  public static <T> Comparator<T> Comparator_nullsFirst(
      final Comparator<T> order, final Budget budget) {
    return Counted.comparator(Comparator.nullsFirst(order), budget);
  }

  /** Counted. */
  public static <T> Comparator<T> Comparator_nullsLast(
      final Comparator<T> order, final Budget budget) {
    return Counted.comparator(Comparator.nullsLast(order), budget);
  }

  /** Counted. */
  public static <K, V> Comparator<Map.Entry<K, V>> Entry_comparingByKey(final Budget budget) {
    return Map.Entry.comparingByKey(Counted.natural(budget));
  }

  /** Counted. */
  public static <K, V> Comparator<Map.Entry<K, V>> Entry_comparingByKey(
      final Comparator<K> order, final Budget budget) {
    return Counted.comparator(Map.Entry.comparingByKey(order), budget);
  }

  /** Counted. */
  public static <K, V> Comparator<Map.Entry<K, V>> Entry_comparingByValue(final Budget budget) {
    return Map.Entry.comparingByValue(Counted.natural(budget));
  }

  /** Counted. */
  public static <K, V> Comparator<Map.Entry<K, V>> Entry_comparingByValue(
      final Comparator<V> order, final Budget budget) {
    return Counted.comparator(Map.Entry.comparingByValue(order), budget);
  }

  /** Counted. */
  public static <T> Stream<T> Stream_sorted(final Stream<T> stream, final Budget budget) {
    return stream.sorted(Counted.natural(budget));
  }

  /** Counted. */
  public static <A, B, C> Function<A, C> Function_andThen(
      final Function<A, B> first, final Function<B, C> then, final Budget budget) {
    return Counted.function(first.andThen(then), budget);
  }

  /** Counted. */
  public static <A, B, C> Function<A, C> Function_compose(
      final Function<B, C> last, final Function<A, B> before, final Budget budget) {
    return Counted.function(last.compose(before), budget);
  }

  /** Counted. */
  public static <T> Predicate<T> Predicate_and(
      final Predicate<T> one, final Predicate<T> other, final Budget budget) {
    return Counted.predicate(one.and(other), budget);
  }

  /** Counted. */
  public static <T> Predicate<T> Predicate_or(
      final Predicate<T> one, final Predicate<T> other, final Budget budget) {
    return Counted.predicate(one.or(other), budget);
  }

  /** Counted. */
  public static <T> Predicate<T> Predicate_negate(final Predicate<T> one, final Budget budget) {
    return Counted.predicate(one.negate(), budget);
  }

  /** Counted. */
  public static <T> Predicate<T> Predicate_not(final Predicate<T> one, final Budget budget) {
    return Counted.predicate(one.negate(), budget);
  }

  /** Charged before. */
  public static void BitSet_set(final BitSet bits, final int index, final Budget budget) {
    budget.bytes(Math.max(0, index - bits.size()) / Byte.SIZE);
    bits.set(index);
  }

  /** Charged before. */
  public static void BitSet_set(
      final BitSet bits, final int index, final boolean value, final Budget budget) {
    budget.bytes(Math.max(0, index - bits.size()) / Byte.SIZE);
    bits.set(index, value);
  }

  /** Charged before. */
  public static void BitSet_flip(final BitSet bits, final int index, final Budget budget) {
    budget.bytes(Math.max(0, index - bits.size()) / Byte.SIZE);
    bits.flip(index);
  }

  /** Turns of a stream, each of which may leave something behind. */
  private static void turns(final long count, final Budget budget) {
    budget.steps(count);
    budget.bytes(count * BYTES_PER_TURN);
  }

  /** Charged before. */
  public static IntStream IntStream_range(final int from, final int to, final Budget budget) {
    turns(Math.max(0, (long) to - from), budget);
    return IntStream.range(from, to);
  }

  /** Charged before. */
  public static IntStream IntStream_rangeClosed(final int from, final int to, final Budget budget) {
    turns(Math.max(0, (long) to - from + 1), budget);
    return IntStream.rangeClosed(from, to);
  }

  /** Charged before. */
  public static LongStream LongStream_range(final long from, final long to, final Budget budget) {
    turns(to <= from ? 0 : Math.max(-1, to - from), budget); // an overflow is over any budget
    return LongStream.range(from, to);
  }

  /** Charged before. */
  public static LongStream LongStream_rangeClosed(
      final long from, final long to, final Budget budget) {
    turns(to < from ? 0 : Math.max(-1, to - from), budget);
    budget.step();
    return LongStream.rangeClosed(from, to);
  }

  /** Checked before. */
  public static BigDecimal BigDecimal_pow(
      final BigDecimal base, final int exponent, final Budget budget) {
    power(base.unscaledValue().bitLength(), exponent, budget);
    power(Math.abs(base.scale()), exponent, budget);
    final BigDecimal result = base.pow(exponent);
    number(result, budget);
    return result;
  }

  /** Checked before. */
  public static BigInteger BigInteger_pow(
      final BigInteger base, final int exponent, final Budget budget) {
    power(base.bitLength(), exponent, budget);
    final BigInteger result = base.pow(exponent);
    number(result, budget);
    return result;
  }

  private static void power(final int size, final int exponent, final Budget budget) {
    budget.steps(Math.min(MAX_BITS, Math.max(0, exponent)));
    if ((long) size * Math.abs((long) exponent) > MAX_BITS + MAX_SCALE) {
      throw new ArithmeticException("a power over " + MAX_BITS + " bits");
    }
  }

  /** Checked before. */
  public static void BigDecimal_new(final String text, final Budget budget) {
    final int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (text.length() > MAX_NUMBER_TEXT
        || (exponent >= 0 && text.length() - exponent > MAX_EXPONENT_DIGITS + 2)) {
      throw new NumberFormatException("a BigDecimal of absurd size");
    }
    budget.steps(text.length());
  }

  /** Checked before. */
  public static void BigInteger_new(final String text, final Budget budget) {
    if (text.length() > MAX_NUMBER_TEXT) {
      throw new NumberFormatException("a BigInteger of absurd size");
    }
    budget.steps(text.length());
  }

  /** Charged before. */
  public static double[] Arrays_copyOf(final double[] of, final int length, final Budget budget) {
    array(length, Double.BYTES, budget);
    budget.steps(Math.max(0, length) / CHARACTERS_PER_STEP);
    return Arrays.copyOf(of, length);
  }

  /** Charged before. */
  public static long[] Arrays_copyOf(final long[] of, final int length, final Budget budget) {
    array(length, Long.BYTES, budget);
    budget.steps(Math.max(0, length) / CHARACTERS_PER_STEP);
    return Arrays.copyOf(of, length);
  }

  /** Charged before. */
  public static int[] Arrays_copyOf(final int[] of, final int length, final Budget budget) {
    array(length, Integer.BYTES, budget);
    budget.steps(Math.max(0, length) / CHARACTERS_PER_STEP);
    return Arrays.copyOf(of, length);
  }

  /** Charged before. */
  public static boolean[] Arrays_copyOf(final boolean[] of, final int length, final Budget budget) {
    array(length, 1, budget);
    budget.steps(Math.max(0, length) / CHARACTERS_PER_STEP);
    return Arrays.copyOf(of, length);
  }

  /** Charged before. */
  public static Object[] Arrays_copyOf(final Object[] of, final int length, final Budget budget) {
    array(length, Long.BYTES, budget);
    budget.steps(Math.max(0, length) / CHARACTERS_PER_STEP);
    return Arrays.copyOf(of, length);
  }

  /** Charged before. */
  public static double[] Arrays_copyOfRange(
      final double[] of, final int from, final int to, final Budget budget) {
    array(Math.max(0, to - from), Double.BYTES, budget);
    budget.steps(Math.max(0, (long) to - from) / CHARACTERS_PER_STEP);
    return Arrays.copyOfRange(of, from, to);
  }

  /** Charged before. */
  public static long[] Arrays_copyOfRange(
      final long[] of, final int from, final int to, final Budget budget) {
    array(Math.max(0, to - from), Long.BYTES, budget);
    budget.steps(Math.max(0, (long) to - from) / CHARACTERS_PER_STEP);
    return Arrays.copyOfRange(of, from, to);
  }

  /** Charged before. */
  public static int[] Arrays_copyOfRange(
      final int[] of, final int from, final int to, final Budget budget) {
    array(Math.max(0, to - from), Integer.BYTES, budget);
    budget.steps(Math.max(0, (long) to - from) / CHARACTERS_PER_STEP);
    return Arrays.copyOfRange(of, from, to);
  }

  /** Charged before. */
  public static Object[] Arrays_copyOfRange(
      final Object[] of, final int from, final int to, final Budget budget) {
    array(Math.max(0, to - from), Long.BYTES, budget);
    budget.steps(Math.max(0, (long) to - from) / CHARACTERS_PER_STEP);
    return Arrays.copyOfRange(of, from, to);
  }

  /** The same on every JDK. */
  public static String Arrays_toString(final double[] of, final Budget budget) {
    final StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < of.length; i++) {
      text.append(i == 0 ? "" : ", ").append(text(of[i], budget));
    }
    final String all = text.append(']').toString();
    made(all, budget);
    return all;
  }

  /** Charged. */
  public static String Arrays_toString(final int[] of, final Budget budget) {
    shallow(of, budget);
    array(of.length, BYTES_PER_ELEMENT, budget);
    return Arrays.toString(of);
  }

  /** Charged. */
  public static String Arrays_toString(final long[] of, final Budget budget) {
    shallow(of, budget);
    array(of.length, BYTES_PER_ELEMENT, budget);
    return Arrays.toString(of);
  }

  /** Charged, and not by identity. */
  public static String Arrays_toString(final Object[] of, final Budget budget) {
    final String all =
        "[" + String_join(", ", Arrays.stream(of).map(o -> text(o, budget)).toList(), budget) + "]";
    made(all, budget);
    return all;
  }
}
