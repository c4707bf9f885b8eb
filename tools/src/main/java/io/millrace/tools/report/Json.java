package io.millrace.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** Numbers for JSON, which knows no NaN. */
final class Json {
  private Json() {}

  /** The number, or null for NaN and infinity. */
  static JsonNode number(final double value) {
    return Double.isFinite(value) ? DoubleNode.valueOf(value) : NullNode.getInstance();
  }
}
