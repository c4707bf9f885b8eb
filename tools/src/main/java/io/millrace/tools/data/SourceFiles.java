package io.millrace.tools.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the files of a format among what an import was given. */
final class SourceFiles {
  private SourceFiles() {}

  /**
   * Files whose lower-case path is one of the format, in order of their paths.
   *
   * @param remedy what to give instead, where there is no such file
   * @param ignored other files found in folders are added
   * @throws DataException when a source does not exist, is a file of another format, or there is
   *     nothing
   */
  static List<Path> find(
      final ImportRequest request,
      final Predicate<String> format,
      final String remedy,
      final List<Path> ignored) {
    final Problems problems = new Problems();
    final TreeSet<Path> files = new TreeSet<>();
    for (final Path source : request.sources()) {
      if (!Files.exists(source)) {
        problems.add(source, "", "does not exist", remedy);
        continue;
      }
      if (Files.isRegularFile(source) && !is(source, format)) {
        problems.add(source, "", "is not a file that this import knows", remedy);
        continue;
      }
      try (Stream<Path> all = Files.walk(source)) {
        for (final Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          final Path absolute = path.toAbsolutePath().normalize();
          if (is(absolute, format)) {
            files.add(absolute);
          } else {
            ignored.add(absolute);
          }
        }
      } catch (final IOException e) {
        problems.add(source, "", "cannot be read (" + e + ")", "see that it is readable");
      }
    }
    problems.throwIfAny();
    if (files.isEmpty()) {
      throw new DataException(
          request.sources().isEmpty() ? Path.of(".") : request.sources().get(0),
          "",
          "holds nothing to import",
          remedy);
    }
    ignored.sort(null);
    return new ArrayList<>(files);
  }

  private static boolean is(final Path file, final Predicate<String> format) {
    return format.test(file.toString().replace('\\', '/').toLowerCase(Locale.ROOT));
  }
}
