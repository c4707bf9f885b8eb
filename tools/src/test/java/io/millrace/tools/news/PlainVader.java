package io.millrace.tools.news;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * VADER's word list used plainly: the mean valences of the words of a text are added, the sum x
 * becomes x / sqrt(x² + 15), and from ±0.05 on it is positive or negative (C. Hutto and E. Gilbert,
 * 2014). No rules of negation, capitals or degree, and no finance words.
 */
final class PlainVader {
  private static final double SCALE = 15;
  private static final double THRESHOLD = 0.05;

  private final Map<String, Double> valences = new HashMap<>();

  PlainVader(final Path file) throws IOException {
    for (final String line : Files.readAllLines(file)) {
      final String[] columns = line.split("\t", -1);
      if (columns.length > 1) {
        valences.putIfAbsent(columns[0].toLowerCase(Locale.ROOT), Double.parseDouble(columns[1]));
      }
    }
  }

  int verdict(final String text) {
    double sum = 0;
    for (final String token : text.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      // As VADER does: punctuation around a word goes, unless that leaves next to nothing (":-)").
      final String word = token.replaceAll("^\\p{Punct}+|\\p{Punct}+$", "");
      sum += valences.getOrDefault(word.length() <= 2 ? token : word, 0.0);
    }
    final double compound = sum / Math.sqrt(sum * sum + SCALE);
    return compound >= THRESHOLD ? 1 : compound <= -THRESHOLD ? -1 : 0;
  }
}
