package io.millrace.core.risk;

import java.lang.reflect.RecordComponent;

/** Shipped limits with single fields replaced, for tests. */
final class Limits {
  private Limits() {}

  /** Pairs of field and value. */
  static RiskLimits with(final RiskLimits base, final Object... pairs) {
    try {
      final RecordComponent[] fields = RiskLimits.class.getRecordComponents();
      final Class<?>[] types = new Class<?>[fields.length];
      final Object[] values = new Object[fields.length];
      int used = 0;
      for (int i = 0; i < fields.length; i++) {
        types[i] = fields[i].getType();
        values[i] = fields[i].getAccessor().invoke(base);
        for (int p = 0; p < pairs.length; p += 2) {
          if (fields[i].getName().equals(pairs[p])) {
            values[i] = pairs[p + 1];
            used++;
          }
        }
      }
      if (used * 2 != pairs.length) {
        throw new IllegalArgumentException("unknown limit among " + java.util.List.of(pairs));
      }
      return RiskLimits.class.getDeclaredConstructor(types).newInstance(values);
    } catch (final java.lang.reflect.InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      throw new AssertionError(e);
    } catch (final ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
