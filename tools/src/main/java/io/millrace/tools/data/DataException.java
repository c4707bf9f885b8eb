package io.millrace.tools.data;

import java.nio.file.Path;
import java.util.List;

/** Data that cannot be taken in: what is wrong, where it is, and what to do about it. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String place;
  private final String remedy;

  /**
   * One sentence made of its parts.
   *
   * @param file the file at fault
   * @param place where in the file: an entry, a line, a column; empty when it is the whole file
   * @param problem what is wrong, without a final full stop
   * @param remedy what the reader of the sentence can do, without a final full stop
   */
  DataException(final Path file, final String place, final String problem, final String remedy) {
    this(file, place, problem, remedy, (Throwable) null);
  }

  DataException(
      final Path file,
      final String place,
      final String problem,
      final String remedy,
      final Throwable cause) {
    super(sentence(file, place, problem, remedy, List.of()), cause);
    this.file = file.toString();
    this.place = place;
    this.remedy = remedy;
  }

  /**
   * The first of several things wrong at once.
   *
   * @param also the others, each a line with its place
   */
  DataException(
      final Path file,
      final String place,
      final String problem,
      final String remedy,
      final List<String> also) {
    super(sentence(file, place, problem, remedy, also));
    this.file = file.toString();
    this.place = place;
    this.remedy = remedy;
  }

  private static String sentence(
      final Path file,
      final String place,
      final String problem,
      final String remedy,
      final List<String> also) {
    return where(file, place)
        + ": "
        + problem
        + "; "
        + remedy
        + "."
        + (also.isEmpty() ? "" : "\nAlso wrong:\n  " + String.join("\n  ", also));
  }

  /** A file and a place in it, as one phrase. */
  static String where(final Path file, final String place) {
    return file + (place.isEmpty() ? "" : ", " + place);
  }

  /** The file at fault. */
  public String file() {
    return file;
  }

  /** Where in the file: an entry, a line, a column; empty when it is the whole file. */
  public String place() {
    return place;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
