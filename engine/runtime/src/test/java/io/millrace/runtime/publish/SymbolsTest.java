package io.millrace.runtime.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.TimerTickEncoder;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.run.Manifest;
import java.nio.file.Path;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names come from the definitions that were journaled, and from nowhere else. */
class SymbolsTest {
  private static final long START = 1_450_967_400_000_000_000L;

  @TempDir private Path runs;

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private long sequence;

  private RunDirectory run(final int number, final String previous) {
    final RunDirectory run = RunDirectory.create(runs, RunDirectory.runId(START, number));
    final Manifest.Previous before =
        previous == null ? null : new Manifest.Previous(previous, 1, "0000000000000000");
    new Manifest(
            Manifest.SCHEMA_VERSION,
            run.path().getFileName().toString(),
            0,
            "paper",
            "fused",
            "test",
            1,
            "0000000000000000",
            ConfigLoader.defaults(),
            null,
            new Manifest.Data("nothing", List.of(), 0),
            before,
            null)
        .write(run);
    sequence = 0;
    return run;
  }

  private void define(final JournalWriter journal, final int id, final String symbol) {
    final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
    definition.wrapAndApplyHeader(buffer, 0, header).instrumentId(id).symbol(symbol);
    journal.append(
        ++sequence,
        0,
        InstrumentDefinitionEncoder.TEMPLATE_ID,
        buffer,
        0,
        MessageHeaderEncoder.ENCODED_LENGTH + definition.encodedLength());
    journal.flush();
  }

  private void tick(final JournalWriter journal) {
    new TimerTickEncoder().wrapAndApplyHeader(buffer, 0, header).eventTime(START);
    journal.append(
        ++sequence,
        0,
        TimerTickEncoder.TEMPLATE_ID,
        buffer,
        0,
        MessageHeaderEncoder.ENCODED_LENGTH + TimerTickEncoder.BLOCK_LENGTH);
    journal.flush();
  }

  @Test
  void aNameIsKnownOnceItsDefinitionIsJournaled() {
    final RunDirectory run = run(0, null);
    try (JournalWriter journal = JournalWriter.open(run.input(), JournalOptions.defaults())) {
      define(journal, 1, "GOOG");
      try (Symbols symbols = new Symbols(run)) {
        assertThat(symbols.apply(1)).isEqualTo("GOOG");
        assertThat(symbols.apply(2)).isNull();
        assertThat(symbols.apply(0)).isNull();
        assertThat(symbols.apply(-1)).isNull();
        tick(journal);
        define(journal, 2, "MSFT");
        assertThat(symbols.apply(2)).as("the run goes on").isEqualTo("MSFT");
        assertThat(symbols.apply(1)).isEqualTo("GOOG");
      }
    }
  }

  @Test
  void aRunThatGoesOnKnowsTheNamesOfTheOneBefore() {
    final RunDirectory first = run(0, null);
    try (JournalWriter journal = JournalWriter.open(first.input(), JournalOptions.defaults())) {
      define(journal, 1, "GOOG");
      define(journal, 2, "MSFT");
      define(journal, 1, "GOOG"); // a new session of the same
    }
    final RunDirectory second = run(1, first.path().getFileName().toString());
    try (JournalWriter journal = JournalWriter.open(second.input(), JournalOptions.defaults())) {
      define(journal, 2, "MSFT");
      define(journal, 3, "IBM");
    }
    try (Symbols symbols = new Symbols(second)) {
      assertThat(symbols.apply(3)).isEqualTo("IBM");
      assertThat(symbols.apply(1)).isEqualTo("GOOG");
      assertThat(symbols.apply(2)).isEqualTo("MSFT");
      assertThat(symbols.apply(4)).isNull();
    }
  }
}
