package io.millrace.tools.data;

import io.millrace.tools.data.CsvLines.BadRowException;
import java.sql.SQLException;

/** A kind of row of LEAN's files: reads one after the other, checks it and writes it. */
interface LeanRow {
  /**
   * Reads a row, turns the clock of its entry to it, and writes it if it is good and wanted.
   *
   * @throws BadRowException when it is wrong, or must not enter; then nothing of it was written
   */
  void read(CsvLines row) throws BadRowException, SQLException;

  /** Writes what waited for the row after it, once there is none. */
  default void end() throws SQLException {}
}
