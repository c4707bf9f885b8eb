package io.millrace.codecs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;

/**
 * What a schema may not do to a frozen one: take away, move, retype or rename anything, or add in
 * the middle. A reader built from the frozen schema must find every byte where it was.
 */
final class Compatibility {
  /** A field, group or var-data of a message: where it lies and what it is. */
  private record Place(int id, int offset, String type, int version, String block) {}

  /** A block (of a message or group): fixed length and the ids in it. */
  private record Block(int length, int highestId) {}

  private static final class Layout {
    final Map<String, Place> places = new LinkedHashMap<>();
    final Map<String, Block> blocks = new LinkedHashMap<>();
    final Map<String, Long> codes = new LinkedHashMap<>();
    final List<String> variable = new ArrayList<>();
  }

  private Compatibility() {}

  /** One sentence for each breach; none = compatible. */
  static List<String> breaches(final Ir frozen, final Ir current) {
    final List<String> found = new ArrayList<>();
    if (frozen.id() != current.id() || frozen.byteOrder() != current.byteOrder()) {
      found.add("schema id or byte order changed");
    }
    if (current.version() < frozen.version()) {
      found.add("schema version went back from " + frozen.version() + " to " + current.version());
    }
    for (final List<Token> before : frozen.messages()) {
      final Token head = before.get(0);
      final List<Token> after = current.getMessage(head.id());
      if (after == null) {
        found.add("message " + head.name() + " (id " + head.id() + ") is gone");
      } else if (!after.get(0).name().equals(head.name())) {
        found.add(
            "message id " + head.id() + " was " + head.name() + ", is " + after.get(0).name());
      } else {
        compare(layout(before), layout(after), frozen.version(), found);
      }
    }
    return found;
  }

  private static void compare(
      final Layout before, final Layout after, final int frozenVersion, final List<String> found) {
    before.places.forEach(
        (name, place) -> {
          final Place now = after.places.get(name);
          if (now == null) {
            found.add(name + " is gone; fields are only ever appended");
          } else if (!now.equals(place)) {
            found.add(name + " was " + place + ", is " + now);
          }
        });
    before.codes.forEach(
        (name, code) -> {
          final Long now = after.codes.get(name);
          if (!code.equals(now)) {
            found.add(name + " was code " + code + ", is " + now);
          }
        });
    after.places.forEach(
        (name, place) -> {
          if (before.places.containsKey(name)) {
            return;
          }
          final Block block = before.blocks.get(place.block());
          if (block == null) {
            return; // inside a new group
          }
          if (place.offset() >= 0 && place.offset() < block.length()) {
            found.add(name + " is new but lies inside the frozen block; append it");
          }
          if (place.id() <= block.highestId()) {
            found.add(name + " is new but reuses id " + place.id());
          }
          if (place.version() <= frozenVersion) {
            found.add(name + " is new and needs sinceVersion above " + frozenVersion);
          }
        });
    if (!after
        .variable
        .subList(0, Math.min(before.variable.size(), after.variable.size()))
        .equals(before.variable)) {
      found.add("groups and texts were " + before.variable + ", are " + after.variable);
    }
  }

  private static Layout layout(final List<Token> tokens) {
    final Layout layout = new Layout();
    final List<String> path = new ArrayList<>();
    final List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      final Token token = tokens.get(i);
      final String block = String.join(".", path);
      final String name = block.isEmpty() ? token.name() : block + "." + token.name();
      switch (token.signal()) {
        case BEGIN_MESSAGE -> {
          path.add(token.name());
          lengths.add(token.encodedLength());
          layout.blocks.put(name, new Block(token.encodedLength(), 0));
        }
        case BEGIN_GROUP -> {
          // Offsets of variable parts say nothing: order does.
          put(layout, block, name, new Place(token.id(), -1, "group", token.version(), block));
          layout.variable.add(name);
          path.add(token.name());
          layout.blocks.put(name, new Block(token.encodedLength(), 0));
        }
        case BEGIN_VAR_DATA -> {
          put(layout, block, name, new Place(token.id(), -1, "data", token.version(), block));
          layout.variable.add(name);
        }
        case END_GROUP, END_MESSAGE -> path.remove(path.size() - 1);
        case BEGIN_FIELD ->
            put(
                layout,
                block,
                name,
                new Place(
                    token.id(),
                    token.offset(),
                    type(layout, tokens, i + 1, name),
                    token.version(),
                    block));
        default -> {}
      }
    }
    return layout;
  }

  private static void put(
      final Layout layout, final String block, final String name, final Place place) {
    layout.places.put(name, place);
    layout.blocks.computeIfPresent(
        block, (key, was) -> new Block(was.length(), Math.max(was.highestId(), place.id())));
  }

  /** Primitive, length, meaning; and the codes of an enum or set, which belong to it. */
  private static String type(
      final Layout layout, final List<Token> tokens, final int at, final String field) {
    final Token type = tokens.get(at);
    for (int i = at + 1; i < at + type.componentTokenCount(); i++) {
      final Token part = tokens.get(i);
      if (part.encoding().constValue() != null) {
        layout.codes.put(field + "#" + part.name(), part.encoding().constValue().longValue());
      }
    }
    return type.signal()
        + " "
        + type.encoding().primitiveType()
        + " x"
        + type.arrayLength()
        + " "
        + type.encoding().semanticType();
  }
}
