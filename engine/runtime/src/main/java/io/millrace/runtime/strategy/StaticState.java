package io.millrace.runtime.strategy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;

/** Looks into the lists that a strategy keeps in static fields: only their content tells. */
final class StaticState {
  private StaticState() {}

  /** Adds a problem for each static list of an initialised class that could change. */
  static void check(final Class<?> type, final String where, final List<String> problems) {
    for (final Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && List.class == field.getType()) {
        field.setAccessible(true);
        try {
          if (!immutable(field.get(null))) {
            problems.add(
                where
                    + ": "
                    + type.getSimpleName()
                    + " has the static list "
                    + field.getName()
                    + ", which can change; make it an instance field, or a List.of(…) of plain"
                    + " values");
          }
        } catch (final IllegalAccessException e) {
          throw new IllegalStateException("the module of strategies is open", e);
        }
      }
    }
  }

  private static boolean immutable(final Object value) {
    if (value instanceof List<?> list) {
      // copyOf gives back what cannot change.
      return unchanging(list) && list.stream().allMatch(StaticState::immutable);
    }
    return value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum<?>;
  }

  private static boolean unchanging(final List<?> list) {
    try {
      return List.copyOf(list) == list;
    } catch (final NullPointerException e) {
      return false;
    }
  }
}
