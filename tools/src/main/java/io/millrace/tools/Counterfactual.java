package io.millrace.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What would have had to be otherwise for the gate to judge otherwise. All checks of a judgement
 * run and are recorded, so this is read off, not guessed: a veto stands on the checks that denied,
 * and an approval on the one with the least left of its limit.
 */
final class Counterfactual {
  private static final MathContext DIGITS = new MathContext(4);

  private Counterfactual() {}

  /** Adds {@code counterfactual}, one sentence, to a decoded RiskDecision. */
  static void add(final ObjectNode judgement) {
    final List<String> against = new ArrayList<>();
    JsonNode nearest = null;
    double least = Double.MAX_VALUE;
    for (final JsonNode check : judgement.get("checks")) {
      if (!check.get("status").asText().equals("pass")) {
        against.add(otherwise(check));
      } else if (check.path("limit").asDouble(0) > 0
          && check.has("margin")
          && !check.get("check").asText().equals("child_exceeds_parent")) {
        final double left = check.get("margin").asDouble() / check.get("limit").asDouble();
        if (left >= 0 && left < least) {
          least = left;
          nearest = check;
        }
      }
    }
    judgement.put("counterfactual", sentence(judgement.get("verdict").asText(), against, nearest));
  }

  private static String sentence(
      final String verdict, final List<String> against, final JsonNode nearest) {
    if (!against.isEmpty()) {
      return (verdict.equals("deny") ? "it would have been approved" : "it would not have been cut")
          + (against.size() == 1 ? " had " : " had all of these been otherwise: ")
          + String.join("; ", against);
    }
    if (nearest == null) {
      return "no limit is near";
    }
    return "the nearest limit is "
        + nearest.get("check").asText()
        + ": a value over "
        + number(nearest.get("limit"))
        + " instead of "
        + number(nearest.get("value"))
        + " would have been stopped";
  }

  private static String otherwise(final JsonNode check) {
    final String name = check.get("check").asText();
    final boolean numbers =
        check.has("limit") && check.has("value") && check.get("limit").asDouble() != 0;
    return numbers
        ? name
            + " allowed "
            + number(check.get("value"))
            + " instead of "
            + number(check.get("limit"))
        : name + " not applied";
  }

  private static String number(final JsonNode value) {
    final BigDecimal decimal = value.decimalValue().round(DIGITS).stripTrailingZeros();
    return decimal.toPlainString();
  }
}
