package io.millrace.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The crossing by the newest ta4j, in a process of its own: it wants JDK 25, whatever we run on.
 * {@code bench/run} brings its jars and says by {@value #JAVA} and {@value #JARS} where they are.
 */
final class NewestTa4j implements AutoCloseable {
  static final String VERSION = "0.24.1";
  private static final String JAVA = "millrace.ta4j.java";
  private static final String JARS = "millrace.ta4j.jars";

  private final Process process;
  private final BufferedReader answers;
  private final PrintStream questions;
  private final int bars;

  /** What a round took, in nanoseconds a bar: with the filling of the series, and without. */
  record Round(double whole, double run, int trades) {}

  private NewestTa4j(final Process process, final int bars) {
    this.process = process;
    this.bars = bars;
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Whether {@code bench/run} found a JDK and the jars for it. */
  static boolean there() {
    return System.getProperty(JARS) != null && System.getProperty(JAVA) != null;
  }

  /** Starts it. */
  static NewestTa4j of(final double[] closes, final Path scratch) {
    final ByteBuffer bytes = ByteBuffer.allocate(closes.length * Double.BYTES);
    bytes.asDoubleBuffer().put(closes);
    final Path file = scratch.resolve("closes.bin");
    final Path program =
        Path.of(System.getProperty("millrace.root", "."), "bench/peers/Ta4jCrossing.java");
    try {
      Files.write(file, bytes.array());
      return new NewestTa4j(
          new ProcessBuilder(
                  List.of(
                      System.getProperty(JAVA),
                      "-XX:+UseSerialGC",
                      "-Xms512m",
                      "-Xmx4g",
                      "-cp",
                      System.getProperty(JARS),
                      program.toString(),
                      file.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start(),
          closes.length);
    } catch (final IOException e) {
      throw new UncheckedIOException("ta4j " + VERSION + " does not start", e);
    }
  }

  /** One round, in its default numbers, which are decimals. */
  Round round() {
    questions.println();
    try {
      final String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("ta4j " + VERSION + " ended; its words are above");
      }
      final String[] figures = line.split(" ", -1);
      return new Round(
          Double.parseDouble(figures[0]) / bars,
          Double.parseDouble(figures[1]) / bars,
          Integer.parseInt(figures[2]));
    } catch (final IOException e) {
      throw new UncheckedIOException("ta4j " + VERSION + " does not answer", e);
    }
  }

  @Override
  public void close() {
    questions.close();
    process.destroy();
  }
}
