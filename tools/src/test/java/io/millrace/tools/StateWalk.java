package io.millrace.tools;

import io.millrace.runtime.pipeline.Pipeline;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * Walks two pipelines in step, through every object that each reaches, and names each field in
 * which they differ: what a checkpoint forgets is found here, also where no output shows it yet.
 *
 * <p>Collections are compared by content, arrays by element, buffers by byte, doubles by bit; what
 * is one object in the one must be one object in the other. {@link StateParts} says what is left
 * out.
 */
final class StateWalk {
  private static final int MOST = 40;

  private final IdentityHashMap<Object, Object> met = new IdentityHashMap<>();
  private final List<String> differences = new ArrayList<>();
  private int objects;

  private StateWalk() {}

  /**
   * The fields that differ, as paths; at most {@value #MOST}.
   *
   * @param saved the one that a checkpoint was made of
   * @param restored the one that loaded it
   */
  static List<String> differences(final Pipeline saved, final Pipeline restored) {
    final StateWalk walk = new StateWalk();
    walk.fields("", saved, restored);
    if (walk.objects < 100) {
      throw new IllegalStateException("a pipeline has more than " + walk.objects + " objects");
    }
    return walk.differences;
  }

  private void tell(final String path, final Object saved, final Object restored) {
    if (differences.size() < MOST) {
      differences.add(path + ": " + text(saved) + " became " + text(restored));
    }
  }

  private static String text(final Object value) {
    if (value == null || StateParts.platform(value.getClass()) || value instanceof Enum) {
      return String.valueOf(value);
    }
    return value.getClass().isArray()
        ? "length " + Array.getLength(value)
        : value.getClass().getSimpleName();
  }

  private void compare(final String path, final Object saved, final Object restored) {
    if (saved == restored) {
      return;
    }
    if (saved == null || restored == null || !alike(saved.getClass(), restored.getClass())) {
      tell(path, saved, restored);
    } else if (saved instanceof Enum<?>) {
      if (!saved.toString().equals(restored.toString())) {
        tell(path, saved, restored);
      }
    } else if (saved instanceof Collection<?> || saved instanceof Map<?, ?>) {
      content(path, saved, restored);
    } else if (saved instanceof DirectBuffer buffer) {
      if (buffer.compareTo((DirectBuffer) restored) != 0) {
        tell(path, saved, restored);
      }
    } else if (!StateParts.leaf(saved) || saved.getClass().isRecord()) {
      if (StateParts.platform(saved.getClass())) {
        if (!saved.equals(restored)) {
          tell(path, saved, restored);
        }
      } else if (first(path, saved, restored)) {
        if (saved.getClass().isArray()) {
          elements(path, saved, 0, restored, 0, Array.getLength(saved));
        } else {
          fields(path, saved, restored);
        }
      }
    }
  }

  /** A strategy is loaded for each pipeline: its classes have the same names, and no more. */
  private static boolean alike(final Class<?> saved, final Class<?> restored) {
    return saved == restored
        || (StateParts.code(saved) && StateParts.code(restored))
        || saved.getName().equals(restored.getName());
  }

  /** Whether the two are met for the first time; tells when one of them was met with another. */
  private boolean first(final String path, final Object saved, final Object restored) {
    final Object before = met.putIfAbsent(saved, restored);
    if (before != null && before != restored) {
      tell(path + " (met elsewhere as another object)", saved, restored);
    }
    return before == null;
  }

  private void fields(final String path, final Object saved, final Object restored) {
    objects++;
    final List<Field> fields = StateParts.fields(saved.getClass());
    final List<Field> others = StateParts.fields(restored.getClass());
    for (int i = 0; i < fields.size(); i++) {
      final Field field = fields.get(i);
      if (!StateParts.excused(field)) {
        final String place = path + "." + field.getName();
        final Object a = StateParts.get(field, saved);
        final Object b = StateParts.get(others.get(i), restored);
        if (a != null && b != null && a.getClass().isArray()) {
          elements(
              place,
              a,
              StateParts.first(field, saved),
              b,
              StateParts.first(others.get(i), restored),
              StateParts.used(field, saved, Array.getLength(a)));
        } else {
          compare(place, a, b);
        }
      }
    }
  }

  private void elements(
      final String path,
      final Object saved,
      final int first,
      final Object restored,
      final int other,
      final int count) {
    final int length = Array.getLength(saved);
    if (length != Array.getLength(restored)) {
      tell(path, saved, restored);
      return;
    }
    final boolean primitive = saved.getClass().getComponentType().isPrimitive();
    for (int i = 0; i < count; i++) {
      final Object a = Array.get(saved, (first + i) % length);
      final Object b = Array.get(restored, (other + i) % length);
      if (!primitive) {
        compare(path + "[" + i + "]", a, b);
      } else if (!a.equals(b)) { // boxed doubles are equal when their bits are, but for NaN's
        tell(path + "[" + i + "]", a, b);
        return;
      }
    }
  }

  private void content(final String path, final Object saved, final Object restored) {
    objects++;
    final List<Map.Entry<String, Object>> a = sorted(saved);
    final List<Map.Entry<String, Object>> b = sorted(restored);
    if (a.size() != b.size()) {
      tell(path + ".size", a.size(), b.size());
      return;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).getKey().equals(b.get(i).getKey())) {
        tell(path + ", a key", a.get(i).getKey(), b.get(i).getKey());
        return;
      }
      compare(path + "[" + a.get(i).getKey() + "]", a.get(i).getValue(), b.get(i).getValue());
    }
  }

  /** A map by its keys; a list by place; a set by what its members say they are. */
  private static List<Map.Entry<String, Object>> sorted(final Object collection) {
    final Map<String, Object> byKey = new TreeMap<>();
    if (collection instanceof Map<?, ?> map) {
      map.forEach((key, value) -> byKey.put(key.toString(), value));
    } else if (collection instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        byKey.put(String.format("%9d", i).trim(), list.get(i));
      }
    } else {
      ((Collection<?>) collection).forEach(member -> byKey.put(member.toString(), ""));
    }
    return new ArrayList<>(byKey.entrySet());
  }
}
