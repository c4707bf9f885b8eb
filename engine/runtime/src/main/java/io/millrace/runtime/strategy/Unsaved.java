package io.millrace.runtime.strategy;

import io.millrace.core.state.StateCodec;
import io.millrace.core.strategy.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What strategies without a {@code state} of their own remember from one callback to the next.
 *
 * <p>A field does not change if constructors alone write it and its content cannot change (numbers,
 * texts, codes, own objects of which the same is true), or if it holds a port and constructors and
 * {@code start} alone write it. Everything else is taken to change.
 */
final class Unsaved {
  private static final String STRATEGY = Type.getInternalName(Strategy.class);
  private static final String STATE =
      Type.getMethodDescriptor(Type.VOID_TYPE, Type.getType(StateCodec.class));
  private static final String PORTS = "io/millrace/core/strategy/";
  private static final Set<String> PORT =
      Set.of(
          PORTS + "Ports",
          PORTS + "MarketData",
          PORTS + "Execution",
          PORTS + "EventClock",
          PORTS + "StrategyLog");
  private static final Set<String> FIXED =
      Set.of(
          PORTS + "Parameters",
          "java/lang/String",
          "java/lang/Boolean",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Double",
          "java/time/Duration",
          "java/time/LocalTime",
          "java/time/LocalDate",
          "java/time/DayOfWeek");

  private final OwnClasses own;
  private final Set<String> written = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final List<String> fields = new ArrayList<>();

  private Unsaved(final OwnClasses own) {
    this.own = own;
  }

  /** The fields as {@code Class.field}; those of the strategy itself by their name alone. */
  static List<String> fields(final OwnClasses own) {
    final Unsaved unsaved = new Unsaved(own);
    unsaved.writes();
    for (final ClassNode node : own.all()) {
      if (own.inherits(node.name, STRATEGY)
          && !OwnClasses.is(node.access, Opcodes.ACC_ABSTRACT)
          && !own.has(own.declaring(node.name, "state", STATE, true))) {
        unsaved.visit(node, true);
      }
    }
    return List.copyOf(new TreeSet<>(unsaved.fields));
  }

  /** Notes each field that a method writes, as {@code owner.field}; a start with a mark behind. */
  private void writes() {
    for (final ClassNode node : own.all()) {
      for (final MethodNode method : node.methods) {
        final boolean starts =
            method.name.equals("start") && method.desc.equals("(L" + PORTS + "Ports;)V");
        for (final AbstractInsnNode instruction : method.instructions) {
          if (instruction instanceof FieldInsnNode field
              && field.getOpcode() == Opcodes.PUTFIELD
              && !method.name.equals("<init>")) {
            final String owner = own.declaring(field.owner, field.name, field.desc, false);
            written.add(owner + "." + field.name + (starts ? "*" : ""));
          }
        }
      }
    }
  }

  private void visit(final ClassNode node, final boolean itself) {
    if (node == null || !seen.add(node.name)) {
      return;
    }
    for (final FieldNode field : node.fields) {
      if (!OwnClasses.is(field.access, Opcodes.ACC_STATIC) && changes(node, field)) {
        fields.add(itself ? field.name : Scanner.dotted(node.name) + "." + field.name);
      }
    }
    visit(own.get(node.superName), itself);
  }

  /** Looks into what the field holds, too, if that is the strategy's own. */
  private boolean changes(final ClassNode node, final FieldNode field) {
    final String name = node.name + "." + field.name;
    final Type type = Type.getType(field.desc);
    if (written.contains(name)) {
      return true;
    }
    if (type.getSort() == Type.OBJECT && PORT.contains(type.getInternalName())) {
      return false;
    }
    if (written.contains(name + "*") || type.getSort() == Type.ARRAY) {
      return true;
    }
    if (type.getSort() != Type.OBJECT) {
      return false;
    }
    final String held = type.getInternalName();
    if (own.has(held)) {
      for (final ClassNode each : own.all()) {
        if (own.inherits(each.name, held)) {
          visit(each, false);
        }
      }
      return false;
    }
    return !FIXED.contains(held) && !held.startsWith("io/millrace/codecs/");
  }
}
