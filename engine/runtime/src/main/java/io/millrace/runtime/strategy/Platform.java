package io.millrace.runtime.strategy;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.objectweb.asm.Type;

/** What types outside a strategy declare. */
final class Platform {
  private Platform() {}

  /** Whether a type or one that it inherits from declares a member. */
  static boolean declares(
      final Class<?> type, final String name, final String descriptor, final boolean method) {
    if (method ? method(type, name, descriptor) : field(type, name)) {
      return true;
    }
    for (final Class<?> above : type.getInterfaces()) {
      if (declares(above, name, descriptor, method)) {
        return true;
      }
    }
    final Class<?> parent = type.isInterface() ? Object.class : type.getSuperclass();
    return parent != null && declares(parent, name, descriptor, method);
  }

  private static boolean method(final Class<?> type, final String name, final String descriptor) {
    for (final Method method : type.getDeclaredMethods()) {
      if (method.getName().equals(name)
          && Type.getMethodDescriptor(method).startsWith(arguments(descriptor))) {
        return true;
      }
    }
    return false;
  }

  private static boolean field(final Class<?> type, final String name) {
    for (final Field field : type.getDeclaredFields()) {
      if (field.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static String arguments(final String descriptor) {
    return descriptor.substring(0, descriptor.indexOf(')') + 1);
  }
}
