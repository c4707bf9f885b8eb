package io.millrace.runtime.strategy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Writes the budget into the methods of a strategy, and a replay's needs with it.
 *
 * <ul>
 *   <li>Entry of a method, backward jump and entry of a handler: steps by the code's length.
 *   <li>Allocation: bytes, by our own measure of an object, before it is made.
 *   <li>Calls of the JDK that cost more than a step: through {@link Bridges}.
 *   <li>Handlers: what ends a budget is thrown on.
 *   <li>Same bits everywhere: functions of Math become those of StrictMath, hash maps and sets
 *       linked ones, and own objects get hash codes by number.
 * </ul>
 */
final class Instrumenter {
  private static final String OBJECT = "java/lang/Object";
  private static final String IDENTITY = "$millrace$identity";
  private static final String BUDGET_NAME = Bridges.BUDGET_TYPE.getInternalName();
  private static final String BUDGET_DESCRIPTOR = Bridges.BUDGET_TYPE.getDescriptor();
  private static final int INSTRUCTIONS_PER_STEP = 64;

  /** An exception costs what its stack trace costs, also where the JVM itself throws it. */
  private static final int HANDLER_STEPS = 64;

  private static final int OBJECT_BYTES = 16;
  private static final int FIELD_BYTES = 8;
  private static final int API_BYTES_PER_UNIT = 64;
  private static final int JDK_BYTES_PER_UNIT = 16;
  private static final int REFERENCE_BYTES = 8;

  /** Functions whose last bits differ between JVMs. */
  private static final Set<String> STRICT =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
          "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");

  private static final Map<String, String> LINKED =
      Map.of(
          "java/util/HashMap", "java/util/LinkedHashMap",
          "java/util/HashSet", "java/util/LinkedHashSet");

  private static final Set<String> CATCHES_ALL =
      Set.of(
          "java/lang/Throwable",
          "java/lang/Error",
          "java/lang/VirtualMachineError",
          "java/lang/StackOverflowError",
          "java/lang/OutOfMemoryError");

  private final OwnClasses own;
  private final Bridges bridges;
  private ClassNode node;
  private MethodNode method;

  /** Local that keeps the depth of the caller; -1 where it is not counted. */
  private int depthLocal;

  private int nextLocal;

  Instrumenter(final OwnClasses own, final Bridges bridges) {
    this.own = own;
    this.bridges = bridges;
  }

  /** Instruments a class in place. */
  void instrument(final ClassNode instrumented) {
    node = instrumented;
    strip();
    for (final MethodNode each : List.copyOf(node.methods)) {
      if (each.instructions.size() > 0) {
        method = each;
        code();
      }
    }
    if (OBJECT.equals(node.superName) && !OwnClasses.isInterface(node)) {
      identity();
    }
  }

  /** What is for tools and reflection alone. */
  private void strip() {
    node.attrs = null;
    node.visibleAnnotations = null;
    node.invisibleAnnotations = null;
    node.visibleTypeAnnotations = null;
    node.invisibleTypeAnnotations = null;
    node.innerClasses.clear();
    node.outerClass = null;
    node.outerMethod = null;
    node.outerMethodDesc = null;
    for (final FieldNode field : node.fields) {
      field.attrs = null;
      field.visibleAnnotations = null;
      field.invisibleAnnotations = null;
      field.visibleTypeAnnotations = null;
      field.invisibleTypeAnnotations = null;
    }
    for (final MethodNode each : node.methods) {
      each.attrs = null;
      each.visibleAnnotations = null;
      each.invisibleAnnotations = null;
      each.visibleTypeAnnotations = null;
      each.invisibleTypeAnnotations = null;
      each.visibleParameterAnnotations = null;
      each.invisibleParameterAnnotations = null;
      each.visibleLocalVariableAnnotations = null;
      each.invisibleLocalVariableAnnotations = null;
    }
  }

  private void code() {
    final boolean counted = leadsOn();
    final int length = length();
    final Map<AbstractInsnNode, Integer> places = places();
    depthLocal = counted ? method.maxLocals : -1;
    nextLocal = method.maxLocals + (counted ? 1 : 0);
    final AbstractInsnNode first = method.instructions.getFirst();
    if (counted) {
      frames();
    }
    for (final AbstractInsnNode instruction : method.instructions.toArray()) {
      backward(instruction, places);
      rewrite(instruction);
    }
    handlers();
    method.instructions.insertBefore(first, entry(length));
  }

  private int length() {
    int count = 0;
    for (final AbstractInsnNode instruction : method.instructions) {
      count += instruction.getOpcode() >= 0 ? 1 : 0;
    }
    return count;
  }

  private Map<AbstractInsnNode, Integer> places() {
    final Map<AbstractInsnNode, Integer> places = new HashMap<>();
    int count = 0;
    for (final AbstractInsnNode instruction : method.instructions) {
      count += instruction.getOpcode() >= 0 ? 1 : 0;
      places.put(instruction, count);
    }
    return places;
  }

  /** Whether a call could come back to the strategy, so that depth has to be counted. */
  private boolean leadsOn() {
    for (final AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof InvokeDynamicInsnNode) {
        return true;
      }
      if (instruction instanceof MethodInsnNode call && !leads(call)) {
        return true;
      }
    }
    return false;
  }

  private boolean leads(final MethodInsnNode call) {
    return (call.owner.equals(OBJECT) && call.name.equals("<init>"))
        || call.owner.equals("java/lang/Math")
        || call.owner.equals("java/lang/StrictMath")
        || (!own.has(call.owner)
            && call.owner.startsWith("io/millrace/")
            && !call.owner.startsWith("io/millrace/core/strategy/Strategy")
            && !call.owner.startsWith("io/millrace/core/state/")); // of(part) calls the part
  }

  private InsnList entry(final int length) {
    final InsnList entry = new InsnList();
    final int cost = 1 + length / INSTRUCTIONS_PER_STEP;
    final LabelNode start = new LabelNode();
    entry.add(start);
    final int line = Scanner.firstLine(method, 0);
    if (line > 0) { // a loop may begin at the method's own first label
      entry.add(new LineNumberNode(line, start));
    }
    budget(entry);
    if (depthLocal < 0) {
      step(entry, cost);
    } else {
      entry.add(new LdcInsnNode(cost));
      entry.add(call("enter", "(I)I"));
      entry.add(new VarInsnNode(Opcodes.ISTORE, depthLocal));
    }
    return entry;
  }

  private static void budget(final InsnList code) {
    code.add(
        new FieldInsnNode(
            Opcodes.GETSTATIC, Bridges.INTERNAL_NAME, Bridges.BUDGET, BUDGET_DESCRIPTOR));
  }

  private static void step(final InsnList code, final int cost) {
    if (cost == 1) {
      code.add(call("step", "()V"));
    } else {
      code.add(new LdcInsnNode((long) cost));
      code.add(call("steps", "(J)V"));
    }
  }

  private static MethodInsnNode call(final String name, final String descriptor) {
    return new MethodInsnNode(Opcodes.INVOKEVIRTUAL, BUDGET_NAME, name, descriptor, false);
  }

  private static MethodInsnNode guard(final String name, final String descriptor) {
    return new MethodInsnNode(Opcodes.INVOKESTATIC, Bridges.GUARDS, name, descriptor, false);
  }

  /** Adds the depth's local to each frame. */
  private void frames() {
    for (final AbstractInsnNode instruction : method.instructions) {
      if (instruction instanceof FrameNode frame) {
        final List<Object> locals = new ArrayList<>(frame.local);
        int slots = 0;
        for (final Object local : locals) {
          slots += Opcodes.LONG.equals(local) || Opcodes.DOUBLE.equals(local) ? 2 : 1;
        }
        for (; slots < depthLocal; slots++) {
          locals.add(Opcodes.TOP);
        }
        locals.add(Opcodes.INTEGER);
        frame.local = locals;
      }
    }
  }

  private void backward(
      final AbstractInsnNode instruction, final Map<AbstractInsnNode, Integer> places) {
    int furthest = Integer.MAX_VALUE;
    if (instruction instanceof JumpInsnNode jump) {
      furthest = places.get(jump.label);
    } else if (instruction instanceof TableSwitchInsnNode table) {
      furthest = least(places, table.labels, table.dflt);
    } else if (instruction instanceof LookupSwitchInsnNode table) {
      furthest = least(places, table.labels, table.dflt);
    }
    final int here = places.get(instruction);
    if (furthest <= here) {
      final InsnList code = new InsnList();
      budget(code);
      step(code, 1 + (here - furthest) / INSTRUCTIONS_PER_STEP);
      method.instructions.insertBefore(instruction, code);
    }
  }

  private static int least(
      final Map<AbstractInsnNode, Integer> places,
      final List<LabelNode> labels,
      final LabelNode other) {
    int least = places.get(other);
    for (final LabelNode label : labels) {
      least = Math.min(least, places.get(label));
    }
    return least;
  }

  private void rewrite(final AbstractInsnNode instruction) {
    final int opcode = instruction.getOpcode();
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && depthLocal >= 0) {
      final InsnList code = new InsnList();
      budget(code);
      code.add(new VarInsnNode(Opcodes.ILOAD, depthLocal));
      code.add(call("leave", "(I)V"));
      method.instructions.insertBefore(instruction, code);
    } else if (instruction instanceof TypeInsnNode named) {
      named(named);
    } else if (instruction instanceof IntInsnNode array && opcode == Opcodes.NEWARRAY) {
      array(array, bytesOf(array.operand));
    } else if (instruction instanceof MultiANewArrayInsnNode array) {
      dimensions(array);
    } else if (instruction instanceof MethodInsnNode call) {
      call(call);
    } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
      dynamic(dynamic);
    }
  }

  private static int bytesOf(final int arrayType) {
    return switch (arrayType) {
      case Opcodes.T_BOOLEAN, Opcodes.T_BYTE -> 1;
      case Opcodes.T_CHAR, Opcodes.T_SHORT -> 2;
      case Opcodes.T_INT, Opcodes.T_FLOAT -> 4;
      default -> 8;
    };
  }

  private void array(final AbstractInsnNode instruction, final int elementBytes) {
    final InsnList code = new InsnList();
    code.add(new InsnNode(Opcodes.DUP));
    code.add(new LdcInsnNode(elementBytes));
    budget(code);
    code.add(guard("array", "(II" + BUDGET_DESCRIPTOR + ")V"));
    method.instructions.insertBefore(instruction, code);
  }

  private void named(final TypeInsnNode named) {
    if (named.getOpcode() == Opcodes.ANEWARRAY) {
      array(named, REFERENCE_BYTES);
    } else if (named.getOpcode() == Opcodes.NEW) {
      if (own.has(named.desc)) {
        final InsnList code = new InsnList();
        budget(code);
        code.add(new LdcInsnNode(size(named.desc)));
        code.add(call("bytes", "(J)V"));
        method.instructions.insertBefore(named, code);
      } else {
        named.desc = LINKED.getOrDefault(named.desc, named.desc);
      }
    }
  }

  private long size(final String type) {
    long bytes = OBJECT_BYTES + FIELD_BYTES;
    for (ClassNode at = own.get(type); at != null; at = own.get(at.superName)) {
      bytes += (long) at.fields.size() * FIELD_BYTES;
      if (!own.has(at.superName) && own.inherits(at.superName, "java/lang/Throwable")) {
        bytes += (long) OBJECT_BYTES * INSTRUCTIONS_PER_STEP; // its stack trace
      }
    }
    return bytes;
  }

  private void dimensions(final MultiANewArrayInsnNode array) {
    final InsnList code = new InsnList();
    final int base = nextLocal;
    for (int i = array.dims - 1; i >= 0; i--) {
      code.add(new VarInsnNode(Opcodes.ISTORE, base + i));
    }
    code.add(new InsnNode(Opcodes.LCONST_1));
    for (int i = 0; i < array.dims; i++) {
      code.add(new VarInsnNode(Opcodes.ILOAD, base + i));
      code.add(new LdcInsnNode(REFERENCE_BYTES));
      budget(code);
      code.add(guard("dimension", "(JII" + BUDGET_DESCRIPTOR + ")J"));
    }
    code.add(new InsnNode(Opcodes.POP2));
    for (int i = 0; i < array.dims; i++) {
      code.add(new VarInsnNode(Opcodes.ILOAD, base + i));
    }
    method.instructions.insertBefore(array, code);
  }

  private void call(final MethodInsnNode call) {
    if (call.owner.startsWith("[")) {
      cloned(call);
      return;
    }
    final String declaring = own.declaring(call.owner, call.name, call.desc, true);
    if (own.has(declaring)) {
      return;
    }
    if (call.name.equals("<init>")) {
      constructed(call);
    } else if (call.getOpcode() == Opcodes.INVOKESPECIAL) {
      superCall(call);
    } else if (strict(call.owner, call.name)) {
      call.owner = "java/lang/StrictMath";
    } else {
      final Allowed.Member member = Allowed.LIST.member(declaring, call.name, call.desc);
      if (member.cost() != Allowed.Cost.NONE) {
        final boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        final Bridges.Bridge bridge =
            bridges.call(
                call.getOpcode(),
                call.owner,
                call.name,
                call.desc,
                call.itf,
                member,
                isStatic ? null : Type.getObjectType(call.owner));
        method.instructions.set(
            call,
            new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                Bridges.INTERNAL_NAME,
                bridge.name(),
                bridge.descriptor(),
                false));
      }
    }
  }

  private static boolean strict(final String owner, final String name) {
    return owner.equals("java/lang/Math") && STRICT.contains(name);
  }

  /** {@code super.hashCode()} and its kin would tell an identity. */
  private void superCall(final MethodInsnNode call) {
    if (call.name.equals("hashCode") && call.desc.equals("()I")) {
      method.instructions.set(call, guard("superHashCode", "(Ljava/lang/Object;)I"));
    } else if (call.name.equals("toString") && call.desc.equals("()Ljava/lang/String;")) {
      method.instructions.set(
          call, guard("superToString", "(Ljava/lang/Object;)Ljava/lang/String;"));
    }
  }

  private void cloned(final MethodInsnNode call) {
    if (!call.name.equals("clone")) {
      return;
    }
    final InsnList code = new InsnList();
    code.add(new InsnNode(Opcodes.DUP));
    code.add(new InsnNode(Opcodes.ARRAYLENGTH));
    code.add(new LdcInsnNode(REFERENCE_BYTES));
    budget(code);
    code.add(guard("array", "(II" + BUDGET_DESCRIPTOR + ")V"));
    method.instructions.insertBefore(call, code);
  }

  /** A constructor of the JDK or of ours charges for its arguments, which are looked at in turn. */
  private void constructed(final MethodInsnNode call) {
    final Allowed.Member member = Allowed.LIST.member(call.owner, call.name, call.desc);
    call.owner = LINKED.getOrDefault(call.owner, call.owner);
    final Type[] types = Type.getArgumentTypes(call.desc);
    if (types.length == 0) {
      if (!call.owner.equals(OBJECT)) {
        method.instructions.insertBefore(call, bytes(FIELD_BYTES * REFERENCE_BYTES));
      }
      return;
    }
    final InsnList code = bytes(FIELD_BYTES * REFERENCE_BYTES);
    final int[] local = new int[types.length];
    int next = nextLocal;
    for (int i = 0; i < types.length; i++) {
      local[i] = next;
      next += types[i].getSize();
    }
    for (int i = types.length - 1; i >= 0; i--) {
      code.add(new VarInsnNode(types[i].getOpcode(Opcodes.ISTORE), local[i]));
    }
    final int each = call.owner.startsWith("java/") ? JDK_BYTES_PER_UNIT : API_BYTES_PER_UNIT;
    for (int i = 0; i < types.length; i++) {
      if (types[i].equals(Type.INT_TYPE)) {
        code.add(new VarInsnNode(Opcodes.ILOAD, local[i]));
        code.add(new LdcInsnNode(each));
        budget(code);
        code.add(guard("array", "(II" + BUDGET_DESCRIPTOR + ")V"));
      } else if (types[i].getSort() >= Type.ARRAY) {
        code.add(new VarInsnNode(Opcodes.ALOAD, local[i]));
        budget(code);
        code.add(
            guard(Bridges.taking(call.owner), "(Ljava/lang/Object;" + BUDGET_DESCRIPTOR + ")V"));
      }
    }
    if (member.cost() == Allowed.Cost.GUARD) {
      for (int i = 0; i < types.length; i++) {
        code.add(new VarInsnNode(types[i].getOpcode(Opcodes.ILOAD), local[i]));
      }
      budget(code);
      code.add(
          guard(
              Bridges.guardName(member, "<init>"),
              call.desc.replace(")V", BUDGET_DESCRIPTOR + ")V")));
    }
    for (int i = 0; i < types.length; i++) {
      code.add(new VarInsnNode(types[i].getOpcode(Opcodes.ILOAD), local[i]));
    }
    method.instructions.insertBefore(call, code);
  }

  private static InsnList bytes(final long count) {
    final InsnList code = new InsnList();
    budget(code);
    code.add(new LdcInsnNode(count));
    code.add(call("bytes", "(J)V"));
    return code;
  }

  private void dynamic(final InvokeDynamicInsnNode dynamic) {
    switch (dynamic.bsm.getOwner()) {
      case "java/lang/invoke/StringConcatFactory" -> {
        final Bridges.Bridge bridge = bridges.concat(dynamic.desc, dynamic.bsm, dynamic.bsmArgs);
        method.instructions.set(
            dynamic,
            new MethodInsnNode(
                Opcodes.INVOKESTATIC,
                Bridges.INTERNAL_NAME,
                bridge.name(),
                bridge.descriptor(),
                false));
      }
      case "java/lang/invoke/LambdaMetafactory" ->
          dynamic.bsmArgs[1] = lambda((Handle) dynamic.bsmArgs[1], dynamic.desc);
      case "java/lang/runtime/ObjectMethods" -> {
        if (dynamic.name.equals("toString") && ofCompiler(dynamic.bsmArgs)) {
          recordText(dynamic);
        } else {
          components(dynamic);
        }
      }
      default -> {
        // switches cost nothing
      }
    }
  }

  /** Class, names and getters of fields, as javac writes them for a record. */
  private static boolean ofCompiler(final Object[] told) {
    boolean sound = told.length >= 2 && told[1] instanceof String;
    for (int i = 2; sound && i < told.length; i++) {
      sound = told[i] instanceof Handle field && field.getTag() == Opcodes.H_GETFIELD;
    }
    return sound;
  }

  /** The text of a record is made of its components' in our own way. */
  private void recordText(final InvokeDynamicInsnNode dynamic) {
    final Object[] told = dynamic.bsmArgs;
    final InsnList code = new InsnList();
    code.add(new InsnNode(Opcodes.POP));
    code.add(new LdcInsnNode(node.name.substring(node.name.lastIndexOf('/') + 1)));
    code.add(new LdcInsnNode(told[1]));
    code.add(new LdcInsnNode(told.length - 2));
    code.add(new TypeInsnNode(Opcodes.ANEWARRAY, OBJECT));
    for (int i = 2; i < told.length; i++) {
      final Handle field = (Handle) told[i];
      code.add(new InsnNode(Opcodes.DUP));
      code.add(new LdcInsnNode(i - 2));
      code.add(new VarInsnNode(Opcodes.ALOAD, 0));
      code.add(
          new FieldInsnNode(Opcodes.GETFIELD, field.getOwner(), field.getName(), field.getDesc()));
      box(code, Type.getType(field.getDesc()));
      code.add(new InsnNode(Opcodes.AASTORE));
    }
    budget(code);
    code.add(
        guard(
            "record",
            "(Ljava/lang/String;Ljava/lang/String;[Ljava/lang/Object;"
                + BUDGET_DESCRIPTOR
                + ")Ljava/lang/String;"));
    method.instructions.insertBefore(dynamic, code);
    method.instructions.remove(dynamic);
  }

  private static void box(final InsnList code, final Type type) {
    final String boxed =
        switch (type.getSort()) {
          case Type.BOOLEAN -> "java/lang/Boolean";
          case Type.CHAR -> "java/lang/Character";
          case Type.BYTE -> "java/lang/Byte";
          case Type.SHORT -> "java/lang/Short";
          case Type.INT -> "java/lang/Integer";
          case Type.LONG -> "java/lang/Long";
          case Type.FLOAT -> "java/lang/Float";
          case Type.DOUBLE -> "java/lang/Double";
          default -> null;
        };
    if (boxed != null) {
      code.add(
          new MethodInsnNode(
              Opcodes.INVOKESTATIC,
              boxed,
              "valueOf",
              "(" + type.getDescriptor() + ")L" + boxed + ";",
              false));
    }
  }

  /** The components of a record are looked at before its hash code or equality is taken. */
  private void components(final InvokeDynamicInsnNode dynamic) {
    final InsnList code = new InsnList();
    for (final FieldNode field : node.fields) {
      if (!OwnClasses.is(field.access, Opcodes.ACC_STATIC)
          && Type.getType(field.desc).getSort() >= Type.ARRAY) {
        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        code.add(new FieldInsnNode(Opcodes.GETFIELD, node.name, field.name, field.desc));
        budget(code);
        code.add(guard("deep", "(Ljava/lang/Object;" + BUDGET_DESCRIPTOR + ")V"));
      }
    }
    method.instructions.insertBefore(dynamic, code);
  }

  private Handle lambda(final Handle handle, final String captured) {
    final String owner = handle.getOwner();
    final String declaring = own.declaring(owner, handle.getName(), handle.getDesc(), true);
    if (own.has(declaring) || owner.startsWith("[")) {
      return handle;
    }
    if (strict(owner, handle.getName())) {
      return new Handle(
          handle.getTag(), "java/lang/StrictMath", handle.getName(), handle.getDesc(), false);
    }
    final Allowed.Member member =
        Allowed.LIST.member(declaring, handle.getName(), handle.getDesc());
    if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
      final String made = LINKED.getOrDefault(owner, owner);
      final int each = made.startsWith("java/") ? JDK_BYTES_PER_UNIT : API_BYTES_PER_UNIT;
      return bridges.constructor(made, handle.getDesc(), member, each).handle();
    }
    if (member.cost() == Allowed.Cost.NONE) {
      return handle;
    }
    final boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
    final int opcode =
        isStatic
            ? Opcodes.INVOKESTATIC
            : handle.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
    // A captured receiver must have the very type that the lambda captures.
    final Type[] captures = Type.getArgumentTypes(captured);
    final Type receiver =
        isStatic ? null : captures.length > 0 ? captures[0] : Type.getObjectType(owner);
    return bridges
        .call(
            opcode,
            owner,
            handle.getName(),
            handle.getDesc(),
            handle.isInterface(),
            member,
            receiver)
        .handle();
  }

  /**
   * Leads each handler over a few instructions behind the method's end, outside of every protected
   * range: they burn steps, restore the depth, and throw on what nobody may catch.
   */
  private void handlers() {
    final Map<String, LabelNode> ways = new HashMap<>();
    for (final TryCatchBlockNode block : method.tryCatchBlocks) {
      final boolean all = block.type == null || CATCHES_ALL.contains(block.type);
      final LabelNode handler = block.handler;
      final String key = method.instructions.indexOf(handler) + " " + all;
      LabelNode way = ways.get(key);
      if (way == null) {
        way = new LabelNode();
        final InsnList code = new InsnList();
        code.add(way);
        code.add(frameOf(handler));
        budget(code);
        step(code, HANDLER_STEPS);
        if (depthLocal >= 0) {
          budget(code);
          code.add(new VarInsnNode(Opcodes.ILOAD, depthLocal));
          code.add(call("resume", "(I)V"));
        }
        if (all) {
          code.add(new InsnNode(Opcodes.DUP));
          code.add(guard("rethrow", "(Ljava/lang/Throwable;)V"));
        }
        code.add(new JumpInsnNode(Opcodes.GOTO, handler));
        method.instructions.add(code);
        // Keys are places of handlers, which stand before what is added here: they keep.
        ways.put(key, way);
      }
      block.handler = way;
    }
  }

  private static FrameNode frameOf(final LabelNode handler) {
    for (AbstractInsnNode at = handler; at != null; at = at.getNext()) {
      if (at instanceof FrameNode frame) {
        return new FrameNode(
            Opcodes.F_NEW,
            frame.local.size(),
            frame.local.toArray(),
            frame.stack.size(),
            frame.stack.toArray());
      }
      if (at.getOpcode() >= 0) {
        break;
      }
    }
    throw new IllegalArgumentException("a handler without a stack map frame");
  }

  /** Hash code by number and text by class for objects that would tell their identity. */
  private void identity() {
    if (OwnClasses.method(node, "hashCode", "()I") == null) {
      node.fields.add(
          new FieldNode(Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC, IDENTITY, "I", null, null));
      final MethodNode hash =
          new MethodNode(Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC, "hashCode", "()I", null, null);
      final InsnList code = hash.instructions;
      code.add(new VarInsnNode(Opcodes.ALOAD, 0));
      code.add(new VarInsnNode(Opcodes.ALOAD, 0));
      code.add(new FieldInsnNode(Opcodes.GETFIELD, node.name, IDENTITY, "I"));
      budget(code);
      code.add(guard("identity", "(I" + BUDGET_DESCRIPTOR + ")I"));
      code.add(new InsnNode(Opcodes.DUP_X1));
      code.add(new FieldInsnNode(Opcodes.PUTFIELD, node.name, IDENTITY, "I"));
      code.add(new InsnNode(Opcodes.IRETURN));
      node.methods.add(hash);
    }
    if (OwnClasses.method(node, "toString", "()Ljava/lang/String;") == null) {
      final MethodNode text =
          new MethodNode(
              Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC,
              "toString",
              "()Ljava/lang/String;",
              null,
              null);
      text.instructions.add(new VarInsnNode(Opcodes.ALOAD, 0));
      text.instructions.add(guard("superToString", "(Ljava/lang/Object;)Ljava/lang/String;"));
      text.instructions.add(new InsnNode(Opcodes.ARETURN));
      node.methods.add(text);
    }
  }
}
