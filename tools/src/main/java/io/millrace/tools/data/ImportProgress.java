package io.millrace.tools.data;

import java.nio.file.Path;

/** Hears how far an import is. */
@FunctionalInterface
public interface ImportProgress {
  /**
   * Called before each source file and at the end.
   *
   * @param bytesDone bytes of source files read
   * @param bytesAll bytes of all source files
   * @param file what is being read; null at the end
   */
  void at(long bytesDone, long bytesAll, Path file);
}
