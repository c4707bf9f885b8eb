package io.millrace.runtime.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** What a class of a strategy declares: its name, kin, annotations, fields and kinds of methods. */
final class Shapes {
  /** Stack slots of one method, which with the depth of calls bounds the stack. */
  static final int MAX_SLOTS = 255;

  private static final int OLDEST = Opcodes.V1_8;
  private static final int NEWEST = Opcodes.V17;
  private static final Set<String> HOST_PACKAGES =
      Set.of("java", "javax", "jdk", "sun", "com.sun", "io.millrace", "strategies.sandbox");
  private static final Set<String> SERIAL =
      Set.of(
          "readObject",
          "readResolve",
          "readObjectNoData",
          "writeObject",
          "writeReplace",
          "readExternal",
          "writeExternal");
  private static final Set<String> OF_THROWABLES =
      Set.of(
          "getStackTrace",
          "setStackTrace",
          "fillInStackTrace",
          "printStackTrace",
          "getCause",
          "initCause");
  private static final Set<String> IMMUTABLE =
      Set.of(
          "java/lang/String",
          "java/lang/Boolean",
          "java/lang/Byte",
          "java/lang/Short",
          "java/lang/Character",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Float",
          "java/lang/Double",
          "java/math/BigDecimal",
          "java/math/BigInteger",
          "java/math/MathContext",
          "java/time/Duration",
          "java/time/LocalTime",
          "java/time/LocalDate",
          "java/util/List", // its content is looked at after the class has been initialised
          "io/millrace/core/strategy/StrategyBundle",
          "io/millrace/core/strategy/CostPolicy",
          "io/millrace/core/strategy/RiskPolicy",
          "io/millrace/core/strategy/SizingPolicy");

  private final OwnClasses own;
  private final ClassNode node;
  private final Scanner scanner;

  Shapes(final OwnClasses own, final ClassNode node, final Scanner scanner) {
    this.own = own;
    this.node = node;
    this.scanner = scanner;
  }

  void check() {
    final int version = node.version & 0xFFFF;
    if (version < OLDEST || version > NEWEST || node.version >>> 16 != 0) {
      scanner.refuse("is of class version " + version, "compile it for Java 17");
    }
    kin();
    annotations();
    node.fields.forEach(this::field);
    for (final MethodNode method : node.methods) {
      scanner.within(method);
      method(method);
    }
    scanner.within(null);
  }

  private void kin() {
    final String dotted = Scanner.dotted(node.name);
    for (final String host : HOST_PACKAGES) {
      if (dotted.startsWith(host + ".")) {
        scanner.refuse("is in a package of the host", "choose a package of your own, or none");
      }
    }
    final String parent = String.valueOf(node.superName);
    if (!own.has(parent) && !Allowed.LIST.extendable(parent)) {
      scanner.refuse(
          "extends " + Scanner.dotted(parent), Allowed.LIST.instead(Scanner.dotted(parent)));
    }
    for (final String inherited : node.interfaces) {
      if (!own.has(inherited) && !Allowed.LIST.implementable(inherited)) {
        final String verb = OwnClasses.isInterface(node) ? "extends " : "implements ";
        scanner.refuse(
            verb + Scanner.dotted(inherited), Allowed.LIST.instead(Scanner.dotted(inherited)));
      }
    }
  }

  private void annotations() {
    annotations(node.visibleAnnotations, node.invisibleAnnotations);
    annotations(node.visibleTypeAnnotations, node.invisibleTypeAnnotations);
    if (node.recordComponents != null) {
      node.recordComponents.forEach(
          component -> {
            annotations(component.visibleAnnotations, component.invisibleAnnotations);
            annotations(component.visibleTypeAnnotations, component.invisibleTypeAnnotations);
          });
    }
    for (final FieldNode field : node.fields) {
      annotations(field.visibleAnnotations, field.invisibleAnnotations);
      annotations(field.visibleTypeAnnotations, field.invisibleTypeAnnotations);
    }
    for (final MethodNode method : node.methods) {
      scanner.within(method);
      annotations(method.visibleAnnotations, method.invisibleAnnotations);
      annotations(method.visibleTypeAnnotations, method.invisibleTypeAnnotations);
      annotations(method.visibleLocalVariableAnnotations, method.invisibleLocalVariableAnnotations);
      parameters(method.visibleParameterAnnotations);
      parameters(method.invisibleParameterAnnotations);
      value(method.annotationDefault);
      for (final AbstractInsnNode instruction : method.instructions) {
        annotations(instruction.visibleTypeAnnotations, instruction.invisibleTypeAnnotations);
      }
    }
    scanner.within(null);
  }

  private void parameters(final List<AnnotationNode>[] annotations) {
    if (annotations != null) {
      for (final List<AnnotationNode> parameter : annotations) {
        annotations(parameter, null);
      }
    }
  }

  private void annotations(
      final List<? extends AnnotationNode> visible,
      final List<? extends AnnotationNode> invisible) {
    final List<AnnotationNode> all = new ArrayList<>();
    if (visible != null) {
      all.addAll(visible);
    }
    if (invisible != null) {
      all.addAll(invisible);
    }
    all.forEach(this::annotation);
  }

  private void annotation(final AnnotationNode annotation) {
    scanner.type(Type.getType(annotation.desc), "is annotated with");
    if (annotation.values != null) {
      annotation.values.forEach(this::value);
    }
  }

  private void value(final Object value) {
    if (value instanceof Type type) {
      scanner.type(type, "has an annotation that names");
    } else if (value instanceof AnnotationNode nested) {
      annotation(nested);
    } else if (value instanceof String[] constant) {
      scanner.type(Type.getType(constant[0]), "has an annotation that names");
    } else if (value instanceof List<?> values) {
      values.forEach(this::value);
    }
  }

  private void field(final FieldNode field) {
    final boolean isStatic = OwnClasses.is(field.access, Opcodes.ACC_STATIC);
    final boolean ofEnum = own.inherits(node.name, "java/lang/Enum");
    if ((!isStatic && !ofEnum) || ofCompiler(field)) {
      return;
    }
    final String what = (isStatic ? "static field " : "field ") + field.name;
    if (!OwnClasses.is(field.access, Opcodes.ACC_FINAL)) {
      scanner.refuse(
          line(field),
          "has the " + what + ", which can change",
          "make it an instance field of the strategy, or final");
    } else if (!immutable(Type.getType(field.desc), 0)) {
      scanner.refuse(
          line(field),
          "has the "
              + what
              + " of "
              + Type.getType(field.desc).getClassName()
              + ", which can change inside",
          "make it an instance field of the strategy, or a List.of(…) of plain values");
    }
  }

  /** The line that sets it, which is where it stands in the source. */
  private int line(final FieldNode field) {
    for (final MethodNode method : node.methods) {
      int line = Scanner.firstLine(node);
      for (final AbstractInsnNode instruction : method.instructions) {
        if (instruction instanceof org.objectweb.asm.tree.LineNumberNode number) {
          line = number.line;
        } else if (instruction instanceof FieldInsnNode access
            && access.name.equals(field.name)
            && access.owner.equals(node.name)
            && (access.getOpcode() == Opcodes.PUTSTATIC
                || access.getOpcode() == Opcodes.PUTFIELD)) {
          return line;
        }
      }
    }
    return Scanner.firstLine(node);
  }

  /** What javac adds: values of an enum, tables of a switch on one, whether assertions are on. */
  private boolean ofCompiler(final FieldNode field) {
    if (!OwnClasses.is(field.access, Opcodes.ACC_SYNTHETIC)
        || !OwnClasses.is(field.access, Opcodes.ACC_FINAL)) {
      return false;
    }
    return (field.name.equals("$VALUES")
            && OwnClasses.is(node.access, Opcodes.ACC_ENUM)
            && field.desc.equals("[L" + node.name + ";"))
        || (field.name.startsWith("$SwitchMap$")
            && OwnClasses.is(node.access, Opcodes.ACC_SYNTHETIC)
            && field.desc.equals("[I"))
        || (field.name.equals("$assertionsDisabled") && field.desc.equals("Z"));
  }

  private boolean immutable(final Type type, final int depth) {
    if (type.getSort() == Type.ARRAY || depth > 8) {
      return false;
    }
    if (type.getSort() != Type.OBJECT) {
      return true;
    }
    final String name = type.getInternalName();
    final ClassNode of = own.get(name);
    if (of == null) {
      final Class<?> outside = Allowed.platform(name);
      return IMMUTABLE.contains(name)
          || (Allowed.LIST.type(name) && outside != null && outside.isEnum());
    }
    if (own.inherits(name, "java/lang/Enum")) {
      return true; // its fields are held to the same rule
    }
    return "java/lang/Record".equals(of.superName)
        && of.fields.stream()
            .filter(field -> !OwnClasses.is(field.access, Opcodes.ACC_STATIC))
            .allMatch(
                field ->
                    OwnClasses.is(field.access, Opcodes.ACC_FINAL)
                        && !field.desc.equals("Ljava/util/List;")
                        && immutable(Type.getType(field.desc), depth + 1));
  }

  private void method(final MethodNode method) {
    if (OwnClasses.is(method.access, Opcodes.ACC_NATIVE)) {
      scanner.refuse("is native", "write it in Java");
    }
    if (OwnClasses.is(method.access, Opcodes.ACC_SYNCHRONIZED)) {
      scanner.refuse("locks", "take synchronized out: a strategy has one thread, the engine's");
    }
    if (method.name.equals("finalize") && method.desc.equals("()V")) {
      scanner.refuse("is a finalizer", Allowed.LIST.instead("java.lang.Object.finalize"));
    }
    if (SERIAL.contains(method.name)) {
      scanner.refuse("is for serialization", "state goes through save and load");
    }
    if (OF_THROWABLES.contains(method.name) && own.inherits(node.name, "java/lang/Throwable")) {
      scanner.refuse("changes what an exception tells", "leave it out");
    }
    if (method.maxLocals + method.maxStack > MAX_SLOTS) {
      scanner.refuse(
          "needs "
              + (method.maxLocals + method.maxStack)
              + " slots of stack, more than "
              + MAX_SLOTS,
          "split it, or keep values in an array");
    }
  }
}
