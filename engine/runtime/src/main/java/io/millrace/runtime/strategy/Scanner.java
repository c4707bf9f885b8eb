package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Holds every type and member that the code of a strategy names against {@link Allowed}: in
 * instructions, method handles, bootstrap arguments and dynamic constants. {@link Shapes} looks at
 * the declarations.
 */
final class Scanner {
  private static final Set<String> BOOTSTRAPS =
      Set.of(
          "java/lang/invoke/LambdaMetafactory.metafactory",
          "java/lang/invoke/LambdaMetafactory.altMetafactory",
          "java/lang/invoke/StringConcatFactory.makeConcatWithConstants",
          "java/lang/invoke/StringConcatFactory.makeConcat",
          "java/lang/runtime/ObjectMethods.bootstrap",
          "java/lang/runtime/SwitchBootstraps.typeSwitch",
          "java/lang/runtime/SwitchBootstraps.enumSwitch");
  private static final int FLAG_SERIALIZABLE = 1;
  private static final String NAMES = "names";

  private static final Set<String> INSTRUMENTED =
      Set.of(Type.getInternalName(Budget.class), Type.getInternalName(Guards.class));

  private final OwnClasses own;
  private final boolean instrumented;
  private final Set<Found> problems = new LinkedHashSet<>();
  // Place and type of each refused field: what is called on its value goes without saying.
  private final Set<String> fields = new HashSet<>();
  private ClassNode node;
  private MethodNode method;
  private int line;

  /**
   * Something refused.
   *
   * @param place file, line and method
   * @param weak a type that is named, which says less than a member that is used
   */
  private record Found(String place, String what, String instead, boolean weak) {
    String sentence() {
      return place + what + "; " + instead;
    }
  }

  private Scanner(final OwnClasses own, final boolean instrumented) {
    this.own = own;
    this.instrumented = instrumented;
  }

  /**
   * Everything refused in classes.
   *
   * @param instrumented whether the sandbox's own calls are in them already
   */
  static List<String> scan(final OwnClasses own, final boolean instrumented) {
    final Scanner scanner = new Scanner(own, instrumented);
    for (final ClassNode node : own.all()) {
      scanner.scan(node);
    }
    return scanner.sentences();
  }

  /** One for each slip: a type is not told beside a member that says the same. */
  private List<String> sentences() {
    final Set<String> strong = new HashSet<>();
    problems.stream().filter(p -> !p.weak()).forEach(p -> strong.add(p.place() + p.instead()));
    return problems.stream()
        .filter(p -> !p.weak() || !strong.contains(p.place() + p.instead()))
        .map(Found::sentence)
        .distinct()
        .collect(Collectors.toList());
  }

  private void scan(final ClassNode scanned) {
    node = scanned;
    method = null;
    line = firstLine(scanned);
    if (!instrumented) {
      new Shapes(own, scanned, this).check();
    }
    scanned.fields.forEach(field -> type(Type.getType(field.desc), "has a field of type"));
    for (final MethodNode scannedMethod : scanned.methods) {
      method = scannedMethod;
      line = firstLine(scannedMethod, firstLine(scanned));
      descriptor(scannedMethod.desc, "has a method with");
      scannedMethod.exceptions.forEach(thrown -> type(Type.getObjectType(thrown), "throws"));
      for (final TryCatchBlockNode caught : scannedMethod.tryCatchBlocks) {
        if (caught.type != null) {
          type(Type.getObjectType(caught.type), "catches");
        }
      }
      for (final AbstractInsnNode instruction : scannedMethod.instructions) {
        instruction(instruction);
      }
    }
  }

  static int firstLine(final ClassNode node) {
    int least = Integer.MAX_VALUE;
    for (final MethodNode method : node.methods) {
      least = Math.min(least, firstLine(method, Integer.MAX_VALUE));
    }
    return least == Integer.MAX_VALUE ? 1 : least;
  }

  static int firstLine(final MethodNode method, final int otherwise) {
    for (final AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof LineNumberNode number) {
        return number.line;
      }
    }
    return otherwise;
  }

  /** Adds a problem at the line in hand. */
  void refuse(final String what, final String instead) {
    refuse(line, what, instead);
  }

  void refuse(final int at, final String what, final String instead) {
    problems.add(new Found(place(at), what, instead, false));
  }

  private String place(final int at) {
    return own.file(node)
        + ":"
        + at
        + ": "
        + dotted(node.name)
        + (method == null ? "" : "." + method.name)
        + " ";
  }

  /** From now on problems are a method's. */
  void within(final MethodNode checked) {
    method = checked;
    line = checked == null ? firstLine(node) : firstLine(checked, firstLine(node));
  }

  static String dotted(final String internal) {
    return internal.replace('/', '.');
  }

  /** Refuses a type that may not be named. */
  void type(final Type type, final String verb) {
    switch (type.getSort()) {
      case Type.ARRAY -> type(type.getElementType(), verb);
      case Type.METHOD -> descriptor(type.getDescriptor(), verb);
      case Type.OBJECT -> {
        final String name = type.getInternalName();
        if (!named(name)) {
          problems.add(
              new Found(
                  place(line),
                  verb + " " + dotted(name),
                  Allowed.LIST.instead(dotted(name)),
                  verb.equals(NAMES)));
        }
      }
      default -> {
        // a primitive
      }
    }
  }

  private boolean named(final String name) {
    return own.has(name)
        || Allowed.LIST.type(name)
        || (instrumented && (INSTRUMENTED.contains(name) || name.equals(Bridges.INTERNAL_NAME)));
  }

  private void descriptor(final String descriptor, final String verb) {
    for (final Type argument : Type.getArgumentTypes(descriptor)) {
      type(argument, verb);
    }
    type(Type.getReturnType(descriptor), verb);
  }

  private void instruction(final AbstractInsnNode instruction) {
    if (instruction instanceof LineNumberNode number) {
      line = number.line;
    } else if (instruction instanceof MethodInsnNode call) {
      member(call.owner, call.name, call.desc, true, "calls");
    } else if (instruction instanceof FieldInsnNode access) {
      member(access.owner, access.name, access.desc, false, "uses");
      assigns(access);
    } else if (instruction instanceof TypeInsnNode named) {
      type(Type.getObjectType(named.desc), NAMES);
    } else if (instruction instanceof MultiANewArrayInsnNode array) {
      type(Type.getType(array.desc), "makes arrays of");
    } else if (instruction instanceof LdcInsnNode constant) {
      constant(constant.cst);
    } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
      dynamic(dynamic);
    } else {
      switch (instruction.getOpcode()) {
        case Opcodes.MONITORENTER, Opcodes.MONITOREXIT ->
            refuse("locks", "take synchronized out: a strategy has one thread, the engine's");
        case Opcodes.JSR, Opcodes.RET -> refuse("uses JSR", "compile it for Java 8 or newer");
        default -> {
          // arithmetic, jumps and the like name nothing
        }
      }
    }
  }

  /**
   * A final field is set where it is made and nowhere else, whatever the class's version allows.
   */
  private void assigns(final FieldInsnNode access) {
    final boolean isStatic = access.getOpcode() == Opcodes.PUTSTATIC;
    if (!isStatic && access.getOpcode() != Opcodes.PUTFIELD) {
      return;
    }
    final String declaring = own.declaring(access.owner, access.name, access.desc, false);
    final ClassNode owner = declaring == null ? null : own.get(declaring);
    final boolean isFinal =
        owner != null
            && owner.fields.stream()
                .anyMatch(
                    field ->
                        field.name.equals(access.name)
                            && OwnClasses.is(field.access, Opcodes.ACC_FINAL));
    if (owner == null
        || (isFinal && !(owner == node && method.name.equals(isStatic ? "<clinit>" : "<init>")))) {
      refuse("sets " + dotted(access.owner) + "." + access.name, "keep it in an instance field");
    }
  }

  private void constant(final Object constant) {
    if (constant instanceof Type type) {
      if (type.getSort() == Type.METHOD) {
        refuse("has a method type", Allowed.LIST.instead("java.lang.invoke"));
      } else {
        type(type, "has a class literal of");
      }
    } else if (constant instanceof Handle handle) {
      refuse(
          "has a method handle of " + dotted(handle.getOwner()) + "." + handle.getName(),
          Allowed.LIST.instead("java.lang.invoke"));
    } else if (constant instanceof ConstantDynamic dynamic) {
      dynamicConstant(dynamic);
    }
  }

  private void dynamicConstant(final ConstantDynamic dynamic) {
    final Handle by = dynamic.getBootstrapMethod();
    final StringBuilder members = new StringBuilder();
    for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
      if (dynamic.getBootstrapMethodArgument(i) instanceof Handle handle) {
        members.append(" of ").append(dotted(handle.getOwner())).append('.');
        members.append(handle.getName());
      }
    }
    refuse(
        "has a dynamic constant by " + dotted(by.getOwner()) + "." + by.getName() + members,
        "write the value or the call itself");
  }

  private void dynamic(final InvokeDynamicInsnNode dynamic) {
    descriptor(dynamic.desc, "captures");
    final Handle by = dynamic.bsm;
    if (by.getTag() != Opcodes.H_INVOKESTATIC
        || !BOOTSTRAPS.contains(by.getOwner() + "." + by.getName())) {
      refuse(
          "is linked by " + dotted(by.getOwner()) + "." + by.getName(),
          "write a lambda or the call itself");
    }
    final boolean lambda = by.getOwner().equals("java/lang/invoke/LambdaMetafactory");
    if (lambda) {
      final Type made = Type.getReturnType(dynamic.desc);
      if (!implementable(made)) {
        refuse("is a lambda for " + made.getClassName(), Allowed.LIST.instead(made.getClassName()));
      }
    }
    for (int i = 0; i < dynamic.bsmArgs.length; i++) {
      final Object argument = dynamic.bsmArgs[i];
      if (argument instanceof Handle handle) {
        handle(handle, lambda);
      } else if (argument instanceof Type type) {
        if (lambda && i > 2 && type.getSort() != Type.METHOD && !implementable(type)) {
          refuse("is a lambda for " + type.getClassName(), "use one functional interface");
        }
        type(type, NAMES);
      } else if (argument instanceof ConstantDynamic constant) {
        dynamicConstant(constant);
      } else if (lambda
          && i == 3
          && argument instanceof Integer flags
          && (flags & FLAG_SERIALIZABLE) != 0) {
        refuse("is a serializable lambda", "leave Serializable out");
      }
    }
  }

  private boolean implementable(final Type type) {
    return type.getSort() == Type.OBJECT
        && (own.has(type.getInternalName()) || Allowed.LIST.implementable(type.getInternalName()));
  }

  private void handle(final Handle handle, final boolean callable) {
    final boolean isMethod = handle.getTag() >= Opcodes.H_INVOKEVIRTUAL;
    if (!callable && isMethod && !instrumented) {
      refuse(
          "hands over a method handle of " + dotted(handle.getOwner()) + "." + handle.getName(),
          "write a lambda");
    }
    member(handle.getOwner(), handle.getName(), handle.getDesc(), isMethod, "refers to");
  }

  /** Refuses a member that may not be used. */
  private void member(
      final String owner,
      final String name,
      final String descriptor,
      final boolean isMethod,
      final String verb) {
    if (isMethod) {
      descriptor(descriptor, NAMES);
    } else {
      type(Type.getType(descriptor), NAMES);
    }
    if (owner.startsWith("[")) {
      type(Type.getType(owner), NAMES);
      if (name.equals("clone") && isMethod) {
        return;
      }
    }
    if (instrumented && (INSTRUMENTED.contains(owner) || owner.equals(Bridges.INTERNAL_NAME))) {
      return;
    }
    final String declaring = own.declaring(owner, name, descriptor, isMethod);
    if (declaring != null && own.has(declaring)) {
      return;
    }
    final Allowed.Member member =
        declaring == null ? null : Allowed.LIST.member(declaring, name, isMethod ? descriptor : "");
    if (member == null
        || (isMethod && !instrumented && !Bridges.covers(member, name, descriptor))) {
      final String shown = dotted(declaring == null ? owner : declaring) + "." + name;
      if (!isMethod) {
        fields.add(place(line) + descriptor);
      } else if (fields.contains(place(line) + "L" + owner + ";")) {
        return;
      }
      refuse(verb + " " + shown, Allowed.LIST.instead(shown));
    }
  }
}
