package io.millrace.tools.news;

import io.millrace.core.engines.sentiment.Headlines;
import io.millrace.runtime.config.ConfigLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Measures the shipped lexicon and plain VADER on SEntFiN; {@link #main} prints the table. */
final class HeadlineMeasure {
  private final List<Sentfin.Row> rows;
  private final Headlines headlines;
  private final PlainVader vader;

  HeadlineMeasure(final Path news) throws IOException {
    rows = Sentfin.read(news.resolve("sentfin/SEntFiN_dev.csv"));
    vader = new PlainVader(news.resolve("vader/vader_lexicon.txt"));
    headlines = new Headlines(ConfigLoader.load(null, List.of()).config().lexicon());
  }

  /** Where the labelled headlines are, or null. */
  static Path data() {
    final Path news =
        Path.of(System.getProperty("millrace.shared", "../../shared")).resolve("data/news");
    return Files.isRegularFile(news.resolve("sentfin/SEntFiN_dev.csv")) ? news : null;
  }

  int ours(final String title) {
    final byte[] text = title.getBytes(StandardCharsets.UTF_8);
    return (int) Math.signum(headlines.tone(text, text.length));
  }

  int vader(final String title) {
    return vader.verdict(title);
  }

  /** Headlines of a part that have a label. */
  Scores measure(
      final Predicate<Sentfin.Row> part,
      final Function<Sentfin.Row, Integer> label,
      final ToIntFunction<String> scorer) {
    final Scores scores = new Scores();
    for (final Sentfin.Row row : rows) {
      final Integer of = label.apply(row);
      if (part.test(row) && of != null) {
        scores.add(of, scorer.applyAsInt(row.title()));
      }
    }
    return scores;
  }

  /** Entities of a part, each given the verdict on its headline. */
  Scores entities(final Predicate<Sentfin.Row> part, final ToIntFunction<String> scorer) {
    final Scores scores = new Scores();
    for (final Sentfin.Row row : rows) {
      if (part.test(row)) {
        row.labels().forEach(label -> scores.add(label, scorer.applyAsInt(row.title())));
      }
    }
    return scores;
  }

  String table() {
    final Predicate<Sentfin.Row> heldOut = Sentfin.Row::heldOut;
    final StringBuilder text = new StringBuilder();
    line(text, "part", "labels", "scorer", "n", "acc", "macroF1", "F1 -", "F1 0", "F1 +");
    for (final boolean held : new boolean[] {false, true}) {
      final Predicate<Sentfin.Row> part = held ? heldOut : heldOut.negate();
      final String name = held ? "held out" : "train";
      for (final boolean own : new boolean[] {false, true}) {
        final ToIntFunction<String> scorer = own ? this::ours : this::vader;
        final String who = own ? "Millrace" : "VADER plain";
        line(text, name, "agreed", who, measure(part, Sentfin.Row::agreed, scorer));
        line(text, name, "polar", who, measure(part, Sentfin.Row::polar, scorer));
        line(text, name, "entities", who, entities(part, scorer));
      }
    }
    return text.toString();
  }

  private static void line(
      final StringBuilder text,
      final String part,
      final String labels,
      final String scorer,
      final Scores scores) {
    line(
        text,
        part,
        labels,
        scorer,
        Integer.toString(scores.total()),
        percent(scores.accuracy()),
        percent(scores.macroF1()),
        percent(scores.f1(-1)),
        percent(scores.f1(0)),
        percent(scores.f1(1)));
  }

  private static void line(final StringBuilder text, final String... cells) {
    for (int i = 0; i < cells.length; i++) {
      text.append(String.format(Locale.ROOT, i < 3 ? "%-12s" : "%8s", cells[i]));
    }
    text.append('\n');
  }

  private static String percent(final double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  /** Prints the table; {@code -Dmillrace.shared=DIR} names the data. */
  public static void main(final String[] args) throws IOException {
    System.out.print(new HeadlineMeasure(data()).table());
  }
}
