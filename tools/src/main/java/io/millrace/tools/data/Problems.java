package io.millrace.tools.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything found wrong in one import, so that it can be said at once. */
final class Problems {
  /** So many places are listed; the rest is counted. */
  static final int MAX_LISTED = 20;

  private record Problem(Path file, String place, String what, String remedy) {}

  private final List<Problem> listed = new ArrayList<>();
  private long total;

  void add(final Path file, final String place, final String what, final String remedy) {
    total++;
    if (listed.size() < MAX_LISTED) {
      listed.add(new Problem(file, place, what, remedy));
    }
  }

  /** Whether nothing is wrong so far. */
  boolean isEmpty() {
    return total == 0;
  }

  /** Throws what was found, the first in full, then each further place on a line of its own. */
  void throwIfAny() {
    if (total == 0) {
      return;
    }
    final Problem first = listed.get(0);
    final List<String> also = new ArrayList<>();
    for (final Problem problem : listed.subList(1, listed.size())) {
      also.add(DataException.where(problem.file, problem.place) + ": " + problem.what);
    }
    if (total > listed.size()) {
      also.add("and " + (total - listed.size()) + " more");
    }
    throw new DataException(first.file, first.place, first.what, first.remedy, also);
  }
}
