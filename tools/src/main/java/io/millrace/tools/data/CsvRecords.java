package io.millrace.tools.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into comma-separated records with quotes, as RFC 4180 has them; blank lines go by.
 */
public final class CsvRecords {
  private final String text;
  private final List<String> fields = new ArrayList<>();
  private int at;
  private int nextLine = 1;
  private int line;
  private boolean unclosed;

  /**
   * @param text all of it
   */
  public CsvRecords(final String text) {
    this.text = text;
  }

  /** Moves to the next record; false at the end. */
  public boolean next() {
    do {
      if (at >= text.length()) {
        return false;
      }
      line = nextLine;
      record();
    } while (fields.size() == 1 && fields.get(0).isBlank() && !unclosed);
    return true;
  }

  private void record() {
    fields.clear();
    unclosed = false;
    final StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (; at < text.length(); at++) {
      final char c = text.charAt(at);
      nextLine += c == '\n' ? 1 : 0;
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
          field.append('"');
          at++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\n') {
        at++;
        break;
      } else if (c != '\r') {
        field.append(c);
      }
    }
    unclosed = quoted;
    fields.add(field.toString());
  }

  /** Fields of the record, as they stand within their quotes. Valid until the next. */
  public List<String> fields() {
    return fields;
  }

  /** Line that the record begins on, from 1. */
  public int line() {
    return line;
  }

  /** Whether the text ended within a quote. */
  public boolean unclosed() {
    return unclosed;
  }
}
