package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows go by number alone: which sweep a file is of has to be known. */
class SweepStoreTest {
  private static final List<Map<String, String>> TWO =
      List.of(Map.of("fast", "5"), Map.of("fast", "10"));

  @TempDir private Path temp;

  private SweepStore store(final String file, final String id) {
    final SweepStore store = SweepStore.open(temp.resolve(file));
    try {
      store.describe(Map.of("id", id), TWO);
    } catch (final DataException e) {
      store.close();
      throw e;
    }
    return store;
  }

  @Test
  void aShardOfAnotherSweepIsNotTakenIn() {
    store("results-1-of-2.duckdb", "mine-1").close();
    store("results-2-of-2.duckdb", "other-2").close();
    try (SweepStore store = store("results.duckdb", "mine-1")) {
      assertThatThrownBy(store::takeShards)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("results-2-of-2.duckdb")
          .hasMessageContaining("holds the runs of another sweep, other-2");
      assertThat(store.runs()).isEmpty();
    }
  }

  @Test
  void resultsOfAnotherSweepAreNotGoneOnWith() {
    store("results.duckdb", "mine-1").close();
    store("results.duckdb", "mine-1").close();
    assertThatThrownBy(() -> store("results.duckdb", "other-2"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds the runs of another sweep, mine-1");
  }

  /** DuckDB names the block: that is no lock. */
  @Test
  void aDamagedFileIsNotToldToBeOpenElsewhere() throws Exception {
    store("results.duckdb", "mine-1").close();
    final Path file = temp.resolve("results.duckdb");
    final byte[] bytes = Files.readAllBytes(file);
    for (int i = 20_000; i < Math.min(60_000, bytes.length); i++) {
      bytes[i] ^= 0x5a;
    }
    Files.write(file, bytes);
    assertThatThrownBy(() -> store("results.duckdb", "mine-1"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be opened")
        .hasMessageContaining("move it away to begin anew");
  }

  @Test
  void aFileThatIsNoSweepsIsToldByItsName() throws Exception {
    Files.writeString(temp.resolve("results-1-of-2.duckdb"), "not a database");
    try (SweepStore store = store("results.duckdb", "mine-1")) {
      assertThatThrownBy(store::takeShards)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("results-1-of-2.duckdb");
    }
  }
}
