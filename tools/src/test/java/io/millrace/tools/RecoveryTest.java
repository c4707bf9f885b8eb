package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.CheckpointHeaderDecoder;
import io.millrace.codecs.CheckpointHeaderEncoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.core.state.StateWriter;
import io.millrace.core.state.Stateful;
import io.millrace.journal.CheckpointStore;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.Recovery;
import io.millrace.runtime.run.RunException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way to a killed run's state is one pass over its journals that takes the checkpoint where it
 * comes by; all that a full scan refuses is refused, on either side of it.
 */
class RecoveryTest {
  private static RunDirectory killed;
  private static ReplayedDay day;
  private static Recovery.Restored whole;
  private static long inputs;
  private static long older;
  private static long newest;

  @TempDir private Path temp;

  private RunDirectory run;
  private CheckpointStore store;

  /**
   * The sample day as a kill leaves it, with two checkpoints; and its state come by the long way.
   */
  @BeforeAll
  static void kill(@TempDir final Path once) {
    final Path recorded = Recorded.run();
    killed = RunDirectory.open(Recorded.copy(once.resolve(recorded.getFileName().toString())));
    Recorded.delete(killed.checkpoints());
    day = ReplayedDay.of(killed.path());
    inputs = day.inputs();
    older = inputs / 3;
    newest = inputs * 2 / 3;
    final String at = older + "," + newest;
    assertThat(Millrace.execute("replay", killed.path().toString(), "--checkpoint-at", at))
        .isZero();
    Manifest.read(killed).ended(null).write(killed);
    whole = Recovery.reexecute(killed, () -> day.start().pipeline());
  }

  @BeforeEach
  void copy() {
    run =
        RunDirectory.open(
            Recorded.copy(killed.path(), temp.resolve(killed.path().getFileName().toString())));
    store = new CheckpointStore(run.checkpoints());
  }

  private Recovery.Restored restored() {
    return Recovery.restore(run, () -> day.start().pipeline());
  }

  @Test
  void whatIsBehindTheCheckpointIsReexecutedAndTheStateIsThatOfTheWholeRun() {
    final Recovery.Restored restored = restored();
    assertThat(restored.how().checkpoint()).isEqualTo(newest);
    assertThat(restored.how().reexecuted()).isEqualTo(inputs - newest);
    assertThat(restored.how().refused()).isEmpty();
    assertSame(restored);
  }

  private static void assertSame(final Recovery.Restored restored) {
    assertThat(restored.inputs()).isEqualTo(whole.inputs()).isEqualTo(inputs);
    assertThat(restored.endHash()).isEqualTo(whole.endHash());
    assertThat(restored.fedInputs()).isEqualTo(whole.fedInputs());
    assertThat(saved(restored.pipeline())).isEqualTo(saved(whole.pipeline()));
    assertThat(saved(restored.held())).isEqualTo(saved(whole.held()));
  }

  private static byte[] saved(final Stateful part) {
    final StateWriter writer = new StateWriter();
    part.state(writer);
    final byte[] bytes = new byte[writer.length()];
    writer.buffer().getBytes(0, bytes);
    return bytes;
  }

  /** A bit of a record on each side of the checkpoint, in each journal. */
  @Test
  void aDamagedRecordIsARefusalToTradeWhereverItIs() throws IOException {
    for (final Path journal : List.of(run.input(), run.decisions())) {
      final long records = records(journal);
      for (final long record : List.of(1L, records / 6, records / 2, records - 1)) {
        final long at =
            behind(journal, record) - 16; // in the last record of a document, or its end
        change(journal, at, was -> was ^ 0x10);
        assertThatThrownBy(this::restored)
            .as("%s, record %d", journal.getFileName(), record)
            .isInstanceOf(RunException.class)
            .hasMessageContaining("damaged")
            .hasMessageContaining("trading is refused");
        change(journal, at, was -> was ^ 0x10);
      }
    }
    assertThat(restored().how().checkpoint()).isEqualTo(newest);
  }

  /** Zeros over whole pages before and behind the checkpoint: the journal does not end there. */
  @Test
  void aHoleIsARefusalToTradeWhereverItIs() throws IOException {
    for (final Path journal : List.of(run.input(), run.decisions())) {
      for (final long part : List.of(6L, 2L)) {
        final Path file = file(journal);
        final byte[] whole = Files.readAllBytes(file);
        final byte[] holed = whole.clone();
        final int from = (int) (behind(journal, records(journal) / part) / 4096 * 4096);
        java.util.Arrays.fill(holed, from, from + 2 * 4096, (byte) 0);
        Files.write(file, holed);
        assertThatThrownBy(this::restored)
            .as("%s, 1/%d", journal.getFileName(), part)
            .isInstanceOf(RunException.class)
            .hasMessageContaining("trading is refused");
        Files.write(file, whole);
      }
    }
  }

  @Test
  void aCheckpointOfOtherInputsIsRefusedAndTheOlderOneTaken() {
    rewrite(newest, CheckpointHeaderEncoder.inputChainEncodingOffset());
    assertOlder("was made from another input journal");
  }

  @Test
  void aCheckpointOfOtherDecisionsIsRefusedAndTheOlderOneTaken() {
    rewrite(newest, CheckpointHeaderEncoder.decisionChainEncodingOffset());
    assertOlder("was made from another decision log");
  }

  @Test
  void aCheckpointOfMoreDecisionsThanThereAreIsRefusedAndTheOlderOneTaken() {
    rewrite(newest, CheckpointHeaderEncoder.decisionsEncodingOffset());
    assertOlder("of the decision log, which has");
  }

  @Test
  void aCheckpointOfAnotherConfigIsRefusedAndTheOlderOneTaken() {
    rewrite(newest, CheckpointHeaderEncoder.configDigestEncodingOffset());
    assertOlder("was made under another config");
  }

  private void assertOlder(final String why) {
    final Recovery.Restored restored = restored();
    assertThat(restored.how().refused()).singleElement().asString().contains(why);
    assertThat(restored.how().checkpoint()).isEqualTo(older);
    assertThat(restored.how().reexecuted()).isEqualTo(inputs - older);
    assertSame(restored);
  }

  /** A digest that was not the run's: the next StateDigest of the log tells it. */
  @Test
  void aCheckpointWhoseDigestIsWrongIsFoundByTheTailAndAllIsReexecuted() {
    rewrite(newest, CheckpointHeaderEncoder.digestEncodingOffset());
    final Recovery.Restored restored = restored();
    assertThat(restored.how().refused())
        .singleElement()
        .asString()
        .contains("leads to another decision at input");
    assertThat(restored.how().checkpoint()).isZero();
    assertSame(restored);
  }

  /** Changes a number of a checkpoint's header, its check made right. */
  private void rewrite(final long checkpoint, final int field) {
    final DirectBuffer content = store.read(checkpoint);
    final byte[] bytes = new byte[content.capacity()];
    content.getBytes(0, bytes);
    final UnsafeBuffer view = new UnsafeBuffer(bytes);
    final int at = MessageHeaderDecoder.ENCODED_LENGTH + field;
    view.putLong(
        at, view.getLong(at, ByteOrder.LITTLE_ENDIAN) + 1_000_000, ByteOrder.LITTLE_ENDIAN);
    assertThat(
            new CheckpointHeaderDecoder()
                .wrapAndApplyHeader(view, 0, new MessageHeaderDecoder())
                .sequence())
        .isEqualTo(checkpoint);
    store.write(checkpoint, bytes, bytes.length);
  }

  private static long records(final Path journal) {
    return behind(journal, Long.MAX_VALUE, true);
  }

  /** File position behind the document that has a record. */
  private static long behind(final Path journal, final long record) {
    return behind(journal, record, false);
  }

  private static long behind(final Path journal, final long record, final boolean count) {
    try (JournalReader reader = JournalReader.open(journal)) {
      while (reader.sequence() < record && reader.next()) {
        // on
      }
      return count ? reader.sequence() : reader.filePosition();
    }
  }

  private static Path file(final Path journal) throws IOException {
    try (var files = Files.list(journal)) {
      return files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
  }

  private static void change(final Path journal, final long at, final IntUnaryOperator how)
      throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file(journal).toFile(), "rw")) {
      open.seek(at);
      final int was = open.read();
      open.seek(at);
      open.write(how.applyAsInt(was));
    }
  }
}
