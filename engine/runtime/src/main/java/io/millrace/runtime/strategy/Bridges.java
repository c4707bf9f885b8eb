package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;

/**
 * Makes the class through which a strategy calls what costs more than a step: one static method for
 * each such member, which charges the budget and then makes the call. Method references go through
 * it as well. It also holds the strategy's budget.
 */
final class Bridges {
  /** The made class; no strategy may have its package. */
  static final String INTERNAL_NAME = "strategies/sandbox/Bridges";

  static final String BUDGET = "BUDGET";
  static final Type BUDGET_TYPE = Type.getType(Budget.class);
  static final String GUARDS = Type.getInternalName(Guards.class);

  private static final Type SELF = Type.getObjectType(INTERNAL_NAME);
  private static final Type GUARDS_TYPE = Type.getObjectType(GUARDS);
  private static final Type STRING = Type.getType(String.class);
  private static final String CHARGE = "(Ljava/lang/Object;" + BUDGET_TYPE.getDescriptor() + ")V";
  private static final int GROWN_BYTES = 64;
  private static final int FIXED_STEPS = 256;
  private static final int NUMBER_STEPS = 64;
  private static final Set<String> GUARDED = guarded();

  /** A static method of the made class. */
  record Bridge(String name, String descriptor) {
    Handle handle() {
      return new Handle(Opcodes.H_INVOKESTATIC, INTERNAL_NAME, name, descriptor, false);
    }
  }

  private final ClassWriter writer =
      new ClassWriter(ClassWriter.COMPUTE_MAXS | ClassWriter.COMPUTE_FRAMES);
  private final Map<String, Bridge> made = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Bridges() {
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
        INTERNAL_NAME,
        null,
        "java/lang/Object",
        null);
    writer
        .visitField(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL,
            BUDGET,
            BUDGET_TYPE.getDescriptor(),
            null,
            null)
        .visitEnd();
    final GeneratorAdapter code = method(Opcodes.ACC_STATIC, new Bridge("<clinit>", "()V"));
    code.push(SELF);
    code.invokeStatic(
        GUARDS_TYPE,
        new org.objectweb.asm.commons.Method(
            "budget", BUDGET_TYPE, new Type[] {Type.getType(Class.class)}));
    code.putStatic(SELF, BUDGET, BUDGET_TYPE);
    code.returnValue();
    code.endMethod();
  }

  /** Names and parameters of the guards. */
  private static Set<String> guarded() {
    final Set<String> all = new HashSet<>();
    for (final Method method : Guards.class.getDeclaredMethods()) {
      if (method.getName().indexOf('_') > 0) {
        all.add(method.getName() + Type.getMethodDescriptor(method));
      }
    }
    return all;
  }

  /** Whether there is a guard if the member needs one. */
  static boolean covers(final Allowed.Member member, final String name, final String descriptor) {
    if (member.cost() != Allowed.Cost.GUARD) {
      return true;
    }
    final boolean constructor = name.equals("<init>");
    return GUARDED.contains(guard(member, name, descriptor, constructor))
        || (!constructor && GUARDED.contains(guard(member, name, descriptor, false, true)));
  }

  private static String guard(
      final Allowed.Member member,
      final String name,
      final String descriptor,
      final boolean isStatic) {
    return guard(member, name, descriptor, isStatic, false);
  }

  private static String guard(
      final Allowed.Member member,
      final String name,
      final String descriptor,
      final boolean isStatic,
      final boolean withReceiver) {
    final StringBuilder text = new StringBuilder(guardName(member, name)).append('(');
    if (withReceiver && !isStatic) {
      text.append('L').append(member.type()).append(';');
    }
    text.append(descriptor, 1, descriptor.indexOf(')')).append(BUDGET_TYPE.getDescriptor());
    return text.append(')').append(Type.getReturnType(descriptor).getDescriptor()).toString();
  }

  static String guardName(final Allowed.Member member, final String name) {
    return member.type().substring(member.type().lastIndexOf('/') + 1)
        + "_"
        + (name.equals("<init>") ? "new" : name);
  }

  /** The made class's bytes. */
  byte[] bytes() {
    writer.visitEnd();
    return writer.toByteArray();
  }

  private GeneratorAdapter method(final int access, final Bridge bridge) {
    return new GeneratorAdapter(
        writer.visitMethod(access, bridge.name(), bridge.descriptor(), null, null),
        access,
        bridge.name(),
        bridge.descriptor());
  }

  private Bridge bridge(final String base, final String descriptor) {
    final String plain = base.replaceAll("[^A-Za-z0-9_]", "_");
    final int number = counts.merge(plain, 1, Integer::sum);
    return new Bridge(plain + "_" + number, descriptor);
  }

  /**
   * A bridge to a method.
   *
   * @param opcode how the strategy calls it
   * @param receiver type of the receiver as the caller has it; null for a static method
   */
  Bridge call(
      final int opcode,
      final String owner,
      final String name,
      final String descriptor,
      final boolean isInterface,
      final Allowed.Member member,
      final Type receiver) {
    return made.computeIfAbsent(
        opcode + " " + owner + " " + name + descriptor + receiver,
        key -> makeCall(opcode, owner, name, descriptor, isInterface, member, receiver));
  }

  private Bridge makeCall(
      final int opcode,
      final String owner,
      final String name,
      final String descriptor,
      final boolean isInterface,
      final Allowed.Member member,
      final Type receiver) {
    final List<Type> parameters = new ArrayList<>();
    if (receiver != null) {
      parameters.add(receiver);
    }
    parameters.addAll(List.of(Type.getArgumentTypes(descriptor)));
    final Type result = Type.getReturnType(descriptor);
    final Bridge bridge =
        bridge(
            guardName(member, name),
            Type.getMethodDescriptor(result, parameters.toArray(new Type[0])));
    final GeneratorAdapter code = method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, bridge);
    if (member.cost() == Allowed.Cost.GUARD) {
      code.loadArgs();
      budget(code);
      final StringBuilder guarded = new StringBuilder("(");
      if (receiver != null) {
        guarded.append('L').append(member.type()).append(';');
      }
      guarded.append(descriptor, 1, descriptor.indexOf(')')).append(BUDGET_TYPE.getDescriptor());
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          GUARDS,
          guardName(member, name),
          guarded.append(')').append(result.getDescriptor()).toString(),
          false);
    } else {
      before(code, parameters, receiver != null, member.cost());
      code.loadArgs();
      code.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      after(code, result, member.cost());
    }
    code.returnValue();
    code.endMethod();
    return bridge;
  }

  private static void before(
      final GeneratorAdapter code,
      final List<Type> parameters,
      final boolean hasReceiver,
      final Allowed.Cost cost) {
    switch (cost) {
      case FIXED -> steps(code, FIXED_STEPS);
      case NUMBER -> steps(code, NUMBER_STEPS);
      case GROWS -> bytes(code, GROWN_BYTES);
      default -> {
        // by the parameters alone
      }
    }
    for (int i = 0; i < parameters.size(); i++) {
      final Type type = parameters.get(i);
      final boolean reference = type.getSort() >= Type.ARRAY;
      if (cost == Allowed.Cost.NUMBER && type.equals(Type.INT_TYPE)) {
        code.loadArg(i);
        budget(code);
        guards(code, "whole", "(I" + BUDGET_TYPE.getDescriptor() + ")V");
      } else if (reference && cost == Allowed.Cost.DEEP) {
        charge(code, i, "deep");
      } else if (reference && cost == Allowed.Cost.SHALLOW) {
        charge(code, i, "shallow");
      } else if (reference && cost == Allowed.Cost.GROWS && !(hasReceiver && i == 0)) {
        charge(code, i, "kept");
        if (hasReceiver && i == 1) {
          code.loadArg(0);
          code.loadArg(1);
          budget(code);
          guards(
              code,
              "sought",
              "(Ljava/lang/Object;Ljava/lang/Object;" + BUDGET_TYPE.getDescriptor() + ")V");
        }
      }
    }
  }

  private static void after(
      final GeneratorAdapter code, final Type result, final Allowed.Cost cost) {
    if (result.getSort() < Type.ARRAY) {
      return;
    }
    final String charge =
        switch (cost) {
          case DEEP, SHALLOW -> "made";
          case NUMBER -> "number";
          default -> null;
        };
    if (charge != null) {
      code.dup();
      budget(code);
      guards(code, charge, CHARGE);
    }
  }

  /** How a constructor is charged for what it is given. */
  static String taking(final String owner) {
    return owner.equals("java/util/LinkedHashMap") || owner.equals("java/util/LinkedHashSet")
        ? "hashed"
        : "taken";
  }

  private static void charge(final GeneratorAdapter code, final int argument, final String how) {
    code.loadArg(argument);
    budget(code);
    guards(code, how, CHARGE);
  }

  private static void steps(final GeneratorAdapter code, final long count) {
    budget(code);
    code.push(count);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, BUDGET_TYPE.getInternalName(), "steps", "(J)V", false);
  }

  private static void bytes(final GeneratorAdapter code, final long count) {
    budget(code);
    code.push(count);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, BUDGET_TYPE.getInternalName(), "bytes", "(J)V", false);
  }

  private static void budget(final GeneratorAdapter code) {
    code.getStatic(SELF, BUDGET, BUDGET_TYPE);
  }

  private static void guards(
      final GeneratorAdapter code, final String name, final String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKESTATIC, GUARDS, name, descriptor, false);
  }

  /** A bridge that makes an object, for {@code ArrayList::new}. */
  Bridge constructor(
      final String owner, final String descriptor, final Allowed.Member member, final int each) {
    return made.computeIfAbsent(
        "new " + owner + descriptor, key -> makeConstructor(owner, descriptor, member, each));
  }

  private Bridge makeConstructor(
      final String owner, final String descriptor, final Allowed.Member member, final int each) {
    final Type[] parameters = Type.getArgumentTypes(descriptor);
    final Type type = Type.getObjectType(owner);
    final Bridge bridge =
        bridge(guardName(member, "<init>"), Type.getMethodDescriptor(type, parameters));
    final GeneratorAdapter code = method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, bridge);
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i].equals(Type.INT_TYPE)) {
        code.loadArg(i);
        code.push(each);
        budget(code);
        guards(code, "array", "(II" + BUDGET_TYPE.getDescriptor() + ")V");
      } else if (parameters[i].getSort() >= Type.ARRAY) {
        charge(code, i, taking(owner));
      }
    }
    if (member.cost() == Allowed.Cost.GUARD) {
      code.loadArgs();
      budget(code);
      guards(
          code,
          guardName(member, "<init>"),
          descriptor.replace(")V", BUDGET_TYPE.getDescriptor() + ")V"));
    }
    bytes(code, GROWN_BYTES);
    code.newInstance(type);
    code.dup();
    code.loadArgs();
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, owner, "<init>", descriptor, false);
    code.returnValue();
    code.endMethod();
    return bridge;
  }

  /**
   * A bridge for a text built of parts: charges for each, and prints numbers the same on every JDK.
   */
  Bridge concat(final String descriptor, final Handle bootstrap, final Object[] arguments) {
    final Type[] parts = Type.getArgumentTypes(descriptor);
    final Bridge bridge = bridge("concat", descriptor);
    final GeneratorAdapter code = method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, bridge);
    final Type[] printed = parts.clone();
    for (int i = 0; i < parts.length; i++) {
      code.loadArg(i);
      if (parts[i].getSort() >= Type.ARRAY) {
        budget(code);
        guards(
            code,
            "text",
            "(Ljava/lang/Object;" + BUDGET_TYPE.getDescriptor() + ")" + STRING.getDescriptor());
        printed[i] = STRING;
      } else if (parts[i].equals(Type.DOUBLE_TYPE) || parts[i].equals(Type.FLOAT_TYPE)) {
        budget(code);
        guards(
            code,
            "text",
            "("
                + parts[i].getDescriptor()
                + BUDGET_TYPE.getDescriptor()
                + ")"
                + STRING.getDescriptor());
        printed[i] = STRING;
      }
    }
    code.invokeDynamic(
        "makeConcatWithConstants", Type.getMethodDescriptor(STRING, printed), bootstrap, arguments);
    code.dup();
    budget(code);
    guards(code, "made", CHARGE);
    code.returnValue();
    code.endMethod();
    return bridge;
  }
}
