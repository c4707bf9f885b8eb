package io.millrace.runtime.strategy;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes of one strategy, and where their members come from. */
final class OwnClasses {
  private static final int MAX_HEIGHT = 64;

  private final Map<String, ClassNode> nodes = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();

  void add(final ClassNode node, final String file) {
    nodes.put(node.name, node);
    files.put(node.name, file);
  }

  boolean has(final String type) {
    return nodes.containsKey(type);
  }

  ClassNode get(final String type) {
    return nodes.get(type);
  }

  Collection<ClassNode> all() {
    return nodes.values();
  }

  /**
   * Whether any code may call a method of a name, on whatever owner: by an instruction, or through
   * a method handle, which is taken to be of that name if it is none of a call site.
   */
  boolean mayCall(final String name) {
    for (final ClassNode node : nodes.values()) {
      for (final MethodNode method : node.methods) {
        for (final AbstractInsnNode instruction : method.instructions) {
          if (mayCall(instruction, name)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean mayCall(final AbstractInsnNode instruction, final String name) {
    if (instruction instanceof MethodInsnNode call) {
      return call.name.equals(name);
    }
    if (instruction instanceof InvokeDynamicInsnNode site) {
      return Arrays.stream(site.bsmArgs)
          .anyMatch(
              argument ->
                  argument instanceof ConstantDynamic
                      || (argument instanceof Handle handle && handle.getName().equals(name)));
    }
    return instruction instanceof LdcInsnNode constant
        && (constant.cst instanceof Handle || constant.cst instanceof ConstantDynamic);
  }

  /** How to name a class's file in messages. */
  String file(final ClassNode node) {
    return files.get(node.name);
  }

  /**
   * The type whose member is meant, as the JVM resolves it: the strategy's own class that declares
   * it, or the first type outside that it may come from.
   *
   * @param owner internal name as the instruction has it; may be an array
   * @param descriptor of a method, or of a field
   * @return null if own classes alone are its owners and none declares it
   */
  String declaring(
      final String owner, final String name, final String descriptor, final boolean method) {
    return declaring(owner, name, descriptor, method, MAX_HEIGHT);
  }

  private String declaring(
      final String owner,
      final String name,
      final String descriptor,
      final boolean method,
      final int height) {
    if (owner.startsWith("[")) {
      return "java/lang/Object";
    }
    final ClassNode node = nodes.get(owner);
    if (node == null || height == 0) {
      return owner;
    }
    if (method ? method(node, name, descriptor) != null : field(node, name, descriptor) != null) {
      return owner;
    }
    if (method && name.equals("<init>")) {
      return null;
    }
    String outside = null;
    for (final String above : above(node, method)) {
      final String found = declaring(above, name, descriptor, method, height - 1);
      if (found != null && nodes.containsKey(found)) {
        return found;
      }
      // The JVM asks superclasses first; what is refused there must not hide behind an interface.
      if (found != null && outside == null && mayDeclare(found, name, descriptor, method)) {
        outside = found;
      }
    }
    return outside;
  }

  private static boolean mayDeclare(
      final String type, final String name, final String descriptor, final boolean method) {
    final Class<?> outside = Allowed.platform(type);
    return outside == null || Platform.declares(outside, name, descriptor, method);
  }

  private static Iterable<String> above(final ClassNode node, final boolean superFirst) {
    final java.util.List<String> all = new java.util.ArrayList<>(node.interfaces);
    if (node.superName != null) {
      all.add(superFirst ? 0 : all.size(), node.superName);
    }
    return all;
  }

  static MethodNode method(final ClassNode node, final String name, final String descriptor) {
    for (final MethodNode method : node.methods) {
      if (method.name.equals(name) && method.desc.equals(descriptor)) {
        return method;
      }
    }
    return null;
  }

  private static FieldNode field(final ClassNode node, final String name, final String descriptor) {
    for (final FieldNode field : node.fields) {
      if (field.name.equals(name) && field.desc.equals(descriptor)) {
        return field;
      }
    }
    return null;
  }

  /** Whether an own class is or inherits from a type. */
  boolean inherits(final String type, final String from) {
    return inherits(type, from, MAX_HEIGHT);
  }

  private boolean inherits(final String type, final String from, final int height) {
    if (type == null || height == 0) {
      return false;
    }
    if (type.equals(from)) {
      return true;
    }
    final ClassNode node = nodes.get(type);
    if (node == null) {
      final Class<?> outside = Allowed.platform(type);
      final Class<?> wanted = Allowed.platform(from);
      return outside != null && wanted != null && wanted.isAssignableFrom(outside);
    }
    return inherits(node.superName, from, height - 1)
        || node.interfaces.stream().anyMatch(above -> inherits(above, from, height - 1));
  }

  static boolean is(final int access, final int flag) {
    return (access & flag) != 0;
  }

  static boolean isInterface(final ClassNode node) {
    return is(node.access, Opcodes.ACC_INTERFACE);
  }
}
