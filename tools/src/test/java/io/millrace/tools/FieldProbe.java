package io.millrace.tools;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Changes each field of a pipeline, one at a time, and looks whether its checkpoint shows it and
 * comes through a restore: what a day happens not to change is found here too. Of the objects of an
 * array a few stand for all.
 *
 * <p>Looked at are fields that are not final, and elements of arrays. Settings are final, or arrays
 * that {@link StateParts} names.
 */
final class FieldProbe {
  /** So many objects of those that an array or a collection holds. */
  private static final int SAMPLES = 2;

  private record Place(String path, Object object) {}

  private final Supplier<byte[]> save;
  private final UnaryOperator<byte[]> restore;
  private final byte[] before;
  private final Map<String, Integer> probed = new HashMap<>();
  private final List<String> forgotten = new ArrayList<>();
  private int fields;

  private FieldProbe(final Supplier<byte[]> save, final UnaryOperator<byte[]> restore) {
    this.save = save;
    this.restore = restore;
    before = save.get();
  }

  /**
   * The fields that a checkpoint does not show, as paths.
   *
   * @param root reaches all that is to be saved
   * @param save makes a checkpoint
   * @param restore loads one elsewhere and gives the checkpoint of that
   */
  static List<String> forgotten(
      final Object root, final Supplier<byte[]> save, final UnaryOperator<byte[]> restore) {
    final FieldProbe probe = new FieldProbe(save, restore);
    probe.walk(root);
    if (probe.fields < 100) {
      throw new IllegalStateException("a pipeline has more than " + probe.fields + " fields");
    }
    return probe.forgotten;
  }

  /** Breadth first, so that the paths told are the shortest. */
  private void walk(final Object root) {
    final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
    final Deque<Place> open = new ArrayDeque<>();
    open.add(new Place("", root));
    while (!open.isEmpty()) {
      final Place place = open.remove();
      final Object object = place.object;
      if (object == null || StateParts.leaf(object) || !met.add(object)) {
        continue;
      }
      if (object instanceof Collection<?> collection) {
        collection.forEach(member -> open.add(new Place(place.path + "[]", member)));
      } else if (object instanceof Map<?, ?> map) {
        map.values().forEach(value -> open.add(new Place(place.path + "[]", value)));
      } else if (object instanceof Object[] array) {
        Arrays.stream(array).forEach(element -> open.add(new Place(place.path + "[]", element)));
      } else if (!object.getClass().isArray()) {
        fields(place, open);
      }
    }
  }

  private void fields(final Place place, final Deque<Place> open) {
    for (final Field field : StateParts.fields(place.object.getClass())) {
      if (!StateParts.excused(field)) {
        final String path = place.path + "." + field.getName();
        final Object value = StateParts.get(field, place.object);
        if (!StateParts.notProbed(field) && probed.merge(path, 1, Integer::sum) <= SAMPLES) {
          probe(path, place.object, field, value);
        }
        if (value != null && !field.getType().isPrimitive()) {
          open.add(new Place(path, value));
        }
      }
    }
  }

  private void probe(final String path, final Object owner, final Field field, final Object value) {
    if (value != null && value.getClass().isArray()) {
      element(
          path,
          value,
          StateParts.first(field, owner),
          StateParts.used(field, owner, Array.getLength(value)));
    } else if (!Modifier.isFinal(field.getModifiers())) {
      final Object other = other(value);
      if (other != null) {
        StateParts.set(field, owner, other);
        look(path);
        StateParts.set(field, owner, value);
      }
    }
  }

  /** The first element that holds something, else the first of all. */
  private void element(final String path, final Object array, final int first, final int used) {
    int chosen = -1;
    for (int each = 0; each < used; each++) {
      final int i = (first + each) % Array.getLength(array);
      final Object value = Array.get(array, i);
      if (other(value) != null) {
        final boolean empty = value instanceof Number number && number.doubleValue() == 0;
        if (!empty) {
          chosen = i;
          break;
        }
        chosen = chosen < 0 ? i : chosen;
      }
    }
    if (chosen >= 0) {
      final Object value = Array.get(array, chosen);
      Array.set(array, chosen, other(value));
      look(path + "[" + chosen + "]");
      Array.set(array, chosen, value);
    }
  }

  private void look(final String path) {
    fields++;
    try {
      final byte[] after = save.get();
      if (Arrays.equals(before, after)) {
        forgotten.add(path + " is not saved");
      } else if (!Arrays.equals(restore.apply(after), after)) {
        forgotten.add(path + " is not loaded");
      }
    } catch (final RuntimeException inconsistent) {
      // It was looked at: a count, or where something is.
    }
  }

  /** Another value of the same kind; null = this kind is not changed here. */
  private static Object other(final Object value) {
    if (value instanceof Boolean flag) {
      return !flag;
    } else if (value instanceof Byte number) {
      return (byte) (number + 1);
    } else if (value instanceof Short number) {
      return (short) (number + 1);
    } else if (value instanceof Integer number) {
      return number + 1;
    } else if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Float number) {
      return Float.isNaN(number) ? 1f : number + 1;
    } else if (value instanceof Double number) {
      return Double.longBitsToDouble(Double.doubleToRawLongBits(number) ^ 1);
    } else if (value instanceof String text) {
      return text + "x";
    } else if (value instanceof Enum<?> constant) {
      return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
          .filter(each -> each != constant)
          .findFirst()
          .orElse(null);
    }
    return null;
  }
}
