package io.millrace.runtime.strategy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What strategies may name: {@code allowed.txt}, and what to say of the rest. */
final class Allowed {
  /** The one list there is. */
  static final Allowed LIST = new Allowed();

  /** What a call of an allowed member costs beyond the step of the code around it. */
  enum Cost {
    NONE(' '),
    DEEP('~'),
    SHALLOW('%'),
    GROWS('^'),
    FIXED('#'),
    NUMBER('$'),
    GUARD('!');

    private final char mark;

    Cost(final char mark) {
      this.mark = mark;
    }

    private static Cost of(final char mark) {
      for (final Cost cost : values()) {
        if (cost.mark == mark && cost != NONE) {
          return cost;
        }
      }
      return NONE;
    }
  }

  private record Row(
      boolean implement, boolean extend, boolean all, Map<String, Cost> members, List<String> not) {

    Cost member(final String name, final String arguments) {
      final Cost exact = members.get(name + arguments);
      if (exact != null) {
        return exact;
      }
      final Cost named = members.get(name);
      return named != null ? named : all && !not.contains(name) ? Cost.NONE : null;
    }
  }

  private final Map<String, Row> rows = new HashMap<>();
  private final List<String> packages = new ArrayList<>();
  private final Map<String, String> instead = new HashMap<>();

  private Allowed() {
    for (final String line : lines("allowed.txt")) {
      final int colon = line.indexOf(':');
      final String[] head = line.substring(0, colon).split(" ", -1);
      final Map<String, Cost> members = new HashMap<>();
      final List<String> not = new ArrayList<>();
      boolean all = false;
      for (final String word : line.substring(colon + 1).strip().split(" +", -1)) {
        if (word.equals("*")) {
          all = true;
        } else if (word.startsWith("-")) {
          not.add(word.substring(1));
        } else if (!word.isEmpty()) {
          final Cost cost = Cost.of(word.charAt(word.length() - 1));
          members.put(cost == Cost.NONE ? word : word.substring(0, word.length() - 1), cost);
        }
      }
      final List<String> flags = List.of(head);
      final String type = head[0].replace('.', '/');
      if (type.endsWith("/*")) {
        packages.add(type.substring(0, type.length() - 1));
      }
      rows.put(
          type,
          new Row(flags.contains("[implement]"), flags.contains("[extend]"), all, members, not));
    }
    for (final String line : lines("instead.txt")) {
      final int equals = line.indexOf(" = ");
      instead.put(line.substring(0, equals), line.substring(equals + 3));
    }
  }

  private static List<String> lines(final String resource) {
    try (InputStream in = Allowed.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(String::stripTrailing)
          .toList();
    } catch (final IOException e) {
      throw new UncheckedIOException("the sandbox's " + resource + " is not readable", e);
    }
  }

  private Row row(final String type) {
    final Row row = rows.get(type);
    if (row != null) {
      return row;
    }
    for (final String start : packages) {
      if (type.startsWith(start) && type.indexOf('/', start.length()) < 0) {
        return rows.get(start + "*");
      }
    }
    return null;
  }

  /** Whether a type of the platform or of ours may be named; internal name. */
  boolean type(final String type) {
    return row(type) != null;
  }

  /** Whether a class of a strategy may implement it. */
  boolean implementable(final String type) {
    final Row row = row(type);
    return row != null && row.implement();
  }

  /** Whether a class of a strategy may extend it. */
  boolean extendable(final String type) {
    final Row row = row(type);
    return row != null && row.extend();
  }

  /**
   * An allowed member.
   *
   * @param type internal name of the type in whose row it stands
   * @param cost what a call costs
   */
  record Member(String type, Cost cost) {}

  /**
   * A member, or null if it is refused: looked up in the type and then in all that it inherits
   * from.
   *
   * @param owner internal name of a type that is not the strategy's
   * @param descriptor of the method, or empty for a field
   */
  Member member(final String owner, final String name, final String descriptor) {
    final Row row = row(owner);
    if (row == null) {
      return null;
    }
    final String arguments = descriptor.substring(0, descriptor.indexOf(')') + 1);
    if (!name.equals("<init>")) {
      return inherited(owner, name, arguments);
    }
    final Cost cost = row.member(name, arguments);
    return cost == null ? null : new Member(owner, cost);
  }

  private Member inherited(final String owner, final String name, final String arguments) {
    final Row row = row(owner);
    if (row != null) {
      final Cost cost = row.member(name, arguments);
      if (cost != null || row.not().contains(name)) {
        return cost == null ? null : new Member(owner, cost);
      }
    }
    final Class<?> type = platform(owner);
    if (type == null) {
      return null;
    }
    for (final Class<?> above : type.getInterfaces()) {
      final Member member = inherited(internal(above), name, arguments);
      if (member != null) {
        return member;
      }
    }
    final Class<?> parent = type.isInterface() ? Object.class : type.getSuperclass();
    return parent == null ? null : inherited(internal(parent), name, arguments);
  }

  private static String internal(final Class<?> type) {
    return type.getName().replace('.', '/');
  }

  /** A class of the platform or of ours, not initialised; null if there is none. */
  static Class<?> platform(final String type) {
    try {
      return Class.forName(type.replace('/', '.'), false, Allowed.class.getClassLoader());
    } catch (final ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** What to do instead of something refused: {@code java.lang.System.exit}. */
  String instead(final String dotted) {
    String name = dotted.replace('$', '.');
    while (!instead.containsKey(name)) {
      if (name.isEmpty()) {
        return "take it out; what a strategy may use is in allowed.txt of engine/runtime";
      }
      name = name.substring(0, name.length() - 1);
    }
    return instead.get(name);
  }
}
