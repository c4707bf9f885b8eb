package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text of any object, the same on every JVM and in every run, charged for. Containers of the JDK
 * are written here, in the JDK's form, since what lies in them may be a number whose digits differ
 * from JDK to JDK, or an array, which would tell its identity.
 */
final class PlainText {
  private static final int CHARACTERS_PER_STEP = 8;
  private static final int BYTES_PER_CHARACTER = 2;
  private static final int OBJECT_BYTES = 40;

  /** Whether the text of a class would tell its identity. */
  private static final ClassValue<Boolean> NAMELESS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(final Class<?> type) {
          if (type.isArray() || type.isHidden()) {
            return true;
          }
          try {
            return type.getMethod("toString").getDeclaringClass() == Object.class;
          } catch (final NoSuchMethodException e) {
            throw new IllegalStateException("every class has toString", e);
          }
        }
      };

  private PlainText() {}

  /** Text of an object, or of null. */
  static String of(final Object object, final Budget budget) {
    if (object == null || object instanceof String) {
      final String text = object == null ? "null" : (String) object;
      budget.steps(1 + text.length() / CHARACTERS_PER_STEP);
      return text;
    }
    final String text = made(object, budget);
    budget.bytes(OBJECT_BYTES + (long) text.length() * BYTES_PER_CHARACTER);
    return text;
  }

  private static String made(final Object object, final Budget budget) {
    if (object instanceof Double number) {
      return Guards.text(number.doubleValue(), budget);
    } else if (object instanceof Float number) {
      return Guards.text(number.floatValue(), budget);
    } else if (object instanceof Collection<?> || object instanceof Map<?, ?>) {
      return container(object, budget);
    } else if (object instanceof Map.Entry<?, ?> entry) {
      return within(entry.getKey(), budget) + "=" + within(entry.getValue(), budget);
    } else if (object instanceof Optional<?> optional) {
      return optional.isEmpty()
          ? optional.toString()
          : "Optional[" + within(optional.get(), budget) + "]";
    } else if (object instanceof OptionalDouble optional) {
      return optional.isEmpty()
          ? optional.toString()
          : "OptionalDouble[" + within(optional.getAsDouble(), budget) + "]";
    } else if (object instanceof DoubleSummaryStatistics all) {
      return String.format( // the JDK asks the locale
          Locale.ROOT,
          "DoubleSummaryStatistics{count=%d, sum=%f, min=%f, average=%f, max=%f}",
          all.getCount(),
          all.getSum(),
          all.getMin(),
          all.getAverage(),
          all.getMax());
    } else if (object instanceof Throwable thrown) {
      return thrown(thrown);
    } else if (NAMELESS.get(object.getClass())) {
      return object.getClass().isArray() ? object.getClass().getSimpleName() : "object";
    }
    Guards.deep(object, budget);
    return String.valueOf(object.toString());
  }

  private static String within(final Object object, final Budget budget) {
    final int before = budget.enter(1);
    budget.enter(1); // twice: each level is several calls, and a trace tells but a thousand
    final String text = of(object, budget);
    budget.leave(before);
    return text;
  }

  private static String container(final Object container, final Budget budget) {
    final boolean map = container instanceof Map<?, ?>;
    final Iterator<?> all =
        map
            ? ((Map<?, ?>) container).entrySet().iterator()
            : ((Collection<?>) container).iterator();
    final StringBuilder text = new StringBuilder(map ? "{" : "[");
    while (all.hasNext()) {
      budget.step();
      final Object next = all.next();
      final String part;
      if (map) {
        final Map.Entry<?, ?> entry = (Map.Entry<?, ?>) next;
        part =
            part(entry.getKey(), container, budget)
                + "="
                + part(entry.getValue(), container, budget);
      } else {
        part = part(next, container, budget);
      }
      budget.bytes((long) part.length() * BYTES_PER_CHARACTER);
      text.append(part).append(all.hasNext() ? ", " : "");
    }
    return text.append(map ? '}' : ']').toString();
  }

  private static String part(final Object part, final Object container, final Budget budget) {
    if (part == container) {
      return container instanceof Map<?, ?> ? "(this Map)" : "(this Collection)";
    }
    return within(part, budget);
  }

  /** As {@link Throwable#toString}, without a message that names addresses. */
  private static String thrown(final Throwable thrown) {
    return wordedByMachine(thrown)
        ? thrown.getClass().getName()
        : String.valueOf(thrown.toString());
  }

  /** Whether its message names the address of a loader. */
  static boolean wordedByMachine(final Throwable thrown) {
    return thrown instanceof ClassCastException || thrown instanceof LinkageError;
  }

  /**
   * Text of a record.
   *
   * @param names of its components, separated by semicolons
   */
  static String record(
      final String type, final String names, final Object[] values, final Budget budget) {
    final List<String> all = names.isEmpty() ? List.of() : List.of(names.split(";", -1));
    final String text =
        Stream.iterate(0, i -> i < values.length, i -> i + 1)
            .map(i -> all.get(i) + "=" + within(values[i], budget))
            .collect(Collectors.joining(", ", type + "[", "]"));
    budget.bytes(OBJECT_BYTES + (long) text.length() * BYTES_PER_CHARACTER);
    return text;
  }
}
