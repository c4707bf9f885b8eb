package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line for each thing of a trace, in the words of a trading desk. */
final class TraceLines {
  /** Widest line of a trace, in columns; names longer than any real one may go beyond. */
  static final int WIDTH = 120;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT);
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private TraceLines() {}

  /**
   * An order's request or event, a fill, a judgement or an idea, by its type.
   *
   * @param structure it is of an order of several legs
   * @param today date that need not be told, UTC; null = always told
   */
  static String headline(final JsonNode node, final boolean structure, final LocalDate today) {
    final String what =
        switch (node.get("type").asText()) {
          case "order_request" -> request(node);
          case "order_event" -> event(node, structure);
          case "fill" -> fill(node, structure);
          case "risk_decision" -> judgement(node);
          case "trade_idea" -> idea(node);
          case "intent" -> intent(node);
          case "position_event" -> position(node);
          default -> fields(node, "id", "cause", "ordinal");
        };
    final OffsetDateTime time = time(node);
    return String.format(
        Locale.ROOT,
        "%-11s %s  %s",
        node.get("id").asText(),
        time.toLocalDate().equals(today) ? CLOCK.format(time) : time.toInstant(),
        what);
  }

  /** Event time of a message, UTC. */
  static OffsetDateTime time(final JsonNode node) {
    return Instant.ofEpochSecond(node.get("event_time").asLong()).atOffset(ZoneOffset.UTC);
  }

  /** Whether an order is of several legs that fill together or not at all. */
  static boolean isStructure(final JsonNode node) {
    return node.path("legs").size() > 1;
  }

  private static String request(final JsonNode node) {
    final String action = node.get("action").asText();
    if (!action.equals("new")) {
      return action + " order " + text(node, "order_id") + " (" + text(node, "reason") + ")";
    }
    return "new order: "
        + text(node, "side")
        + " "
        + number(node.get("quantity"))
        + " "
        + text(node, "symbol")
        + (isStructure(node) ? " structures of " + node.get("legs").size() + " legs" : "")
        + at(node)
        + stop(node)
        + ", "
        + text(node, "time_in_force")
        + " "
        + text(node, "role")
        + purpose(node);
  }

  /** Why a child of its idea was sent; nothing of the first one, where "open" reads as a state. */
  private static String purpose(final JsonNode node) {
    final String purpose = text(node, "purpose");
    return purpose.equals("open") ? "" : " (" + purpose + ")";
  }

  private static String at(final JsonNode node) {
    return node.has("limit_price") ? " at " + number(node.get("limit_price")) : " at market";
  }

  private static String stop(final JsonNode node) {
    return node.has("trigger_price")
        ? " once "
            + number(node.get("trigger_price"))
            + " has traded"
            + (node.path("reduce_only").asInt() == 0 ? "" : ", reduce only")
        : "";
  }

  private static String event(final JsonNode node, final boolean structure) {
    final String event = text(node, "event");
    final String reason = text(node, "reason");
    // The order counts whole structures: a leg alone fills none of them.
    final boolean leg = structure && event.equals("partial_fill");
    return "order "
        + text(node, "order_id")
        + ": "
        + (leg ? "a leg filled" : event)
        + " → "
        + text(node, "to")
        + (reason.equals("none") ? "" : " (" + reason + ")")
        + (leg ? ", whole structures " : ", filled ")
        + number(node.get("filled"))
        + ", left "
        + number(node.get("leaves"));
  }

  private static String fill(final JsonNode node, final boolean structure) {
    return (structure ? "fill of leg " + text(node, "leg_index") + ": " : "fill: ")
        + text(node, "side")
        + " "
        + number(node.get("quantity"))
        + " "
        + text(node, "symbol")
        + " at "
        + number(node.get("price"))
        + " (mid "
        + number(node.get("arrival_mid"))
        + "), fee "
        + number(node.get("fee"))
        + ", "
        + text(node, "liquidity")
        + " "
        + text(node, "reason");
  }

  private static String judgement(final JsonNode node) {
    final String verdict = text(node, "verdict");
    return (verdict.equals("approve") ? "approved" : text(node, "denial"))
        + (verdict.equals("deny") ? " stops " : verdict.equals("approve") ? ": " : " cuts ")
        + text(node, "side")
        + " "
        + number(node.get("requested"))
        + " "
        + text(node, "symbol")
        + at(node)
        + purpose(node);
  }

  private static String idea(final JsonNode node) {
    return text(node, "symbol")
        + " "
        + text(node, "strategy")
        + ": "
        + number(node.get("units"))
        + " at "
        + number(node.get("cost_per_unit"))
        + ", max loss "
        + number(node.get("max_loss_per_unit"))
        + " each, confidence "
        + String.format(Locale.ROOT, "%.3f", node.path("confidence").asDouble())
        + ", "
        + text(node, "reason");
  }

  private static String intent(final JsonNode node) {
    return text(node, "side")
        + " "
        + number(node.get("quantity"))
        + " "
        + text(node, "symbol")
        + (isStructure(node) ? " structure" : "")
        + ", "
        + text(node, "style")
        + " at "
        + number(node.get("limit_price"))
        + stop(node)
        + " (on "
        + text(node, "callback")
        + ")";
  }

  private static String position(final JsonNode node) {
    return text(node, "symbol")
        + ": "
        + number(node.get("quantity"))
        + " at "
        + number(node.get("average_price"))
        + ", realised "
        + number(node.get("realised"))
        + ", fees "
        + number(node.get("fees"));
  }

  private static String text(final JsonNode node, final String field) {
    return node.path(field).asText("-");
  }

  /** Fields of a message but for some, each {@code name value}. */
  static String fields(final JsonNode node, final String... without) {
    return String.join("  ", parts(node, without));
  }

  /** The same in lines of a width. */
  static List<String> wrapped(final int width, final JsonNode node, final String... without) {
    final List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (final String part : broken(width, parts(node, without))) {
      if (line.length() > 0 && line.length() + 2 + part.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder();
      }
      line.append(line.length() == 0 ? "" : "  ").append(part);
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }

  /** Lists that are longer than a line, broken after a comma. */
  private static List<String> broken(final int width, final List<String> parts) {
    final List<String> broken = new ArrayList<>();
    for (final String part : parts) {
      String rest = part;
      for (int at = rest.lastIndexOf(", ", width - 1);
          rest.length() > width && at > 0;
          at = rest.lastIndexOf(", ", width - 1)) {
        broken.add(rest.substring(0, at + 1));
        rest = rest.substring(at + 2);
      }
      broken.add(rest);
    }
    return broken;
  }

  private static List<String> parts(final JsonNode node, final String... without) {
    final List<String> skipped = List.of(without);
    final List<String> parts = new ArrayList<>();
    node.properties()
        .forEach(
            field -> {
              final JsonNode value = field.getValue();
              if (skipped.contains(field.getKey())) {
                return;
              }
              if (field.getKey().equals("type")) {
                parts.add(0, value.asText());
              } else if (field.getKey().equals("event_time")) {
                parts.add(Instant.ofEpochSecond(value.asLong()).toString());
              } else if (!value.isArray()) {
                parts.add(field.getKey() + " " + number(value));
              } else if (!value.isEmpty() && value.get(0).isTextual()) {
                parts.add(field.getKey() + " " + list(value));
              }
            });
    return parts;
  }

  /** Words with commas between. */
  static String list(final JsonNode values) {
    final List<String> words = new ArrayList<>();
    values.forEach(value -> words.add(value.asText()));
    return String.join(", ", words);
  }

  /** A number of six digits at most; {@code -} where there is none. */
  static String number(final JsonNode value) {
    if (value == null) {
      return "-"; // null in the schema: there was no such number
    }
    if (!value.isNumber() || value.isIntegralNumber()) {
      return value.asText();
    }
    final BigDecimal rounded = value.decimalValue().round(SIX_DIGITS).stripTrailingZeros();
    return rounded.toPlainString();
  }
}
