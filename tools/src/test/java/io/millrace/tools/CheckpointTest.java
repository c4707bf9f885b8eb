package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A pipeline that loads what another saved is the same in every field. */
class CheckpointTest {
  private static final int POINTS = 6;

  /** Stages that do not save their state yet. */
  private static final List<String> MISSING = List.of(".venue", ".strategy");

  @Test
  void restoredAtAnyPointItIsTheSame() {
    final ReplayedDay day = ReplayedDay.of(Recorded.run());
    final ReplayedDay.Run original = day.start();
    final long seed = System.nanoTime();
    System.out.println("CheckpointTest: seed " + seed);
    for (final int point : new Random(seed).ints(POINTS, 0, day.inputs()).sorted().toArray()) {
      original.to(point);
      assertSame(day, original, original.save());
    }
  }

  /** Looks before the restored one goes on: field by field, and what it saves itself. */
  private static void assertSame(
      final ReplayedDay day, final ReplayedDay.Run original, final byte[] checkpoint) {
    final ReplayedDay.Run restored = day.start();
    restored.load(checkpoint);
    assertThat(StateWalk.differences(original.pipeline(), restored.pipeline()))
        .as("restored at %d", original.done())
        .filteredOn(path -> MISSING.stream().noneMatch(path::startsWith))
        .isEmpty();
    assertThat(restored.save()).as("saved again at %d", original.done()).isEqualTo(checkpoint);
  }

  /** The walk itself: one input more is seen, and where. */
  @Test
  void whatOneMoreInputChangesIsNamed() {
    final ReplayedDay day = ReplayedDay.of(Recorded.run());
    final ReplayedDay.Run original = day.start();
    original.to(1_000);
    final ReplayedDay.Run restored = day.start();
    restored.load(original.save());
    original.to(1_001);
    assertThat(StateWalk.differences(original.pipeline(), restored.pipeline()))
        .isNotEmpty()
        .allMatch(path -> path.startsWith("."));
  }

  /** Also what this day never changes: each field is changed by hand, and must be seen. */
  @Test
  void noFieldIsForgotten() {
    final ReplayedDay day = ReplayedDay.of(Recorded.run());
    final ReplayedDay.Run original = day.start();
    original.to(day.inputs() / 2);
    assertThat(
            FieldProbe.forgotten(
                original.pipeline(),
                original::save,
                checkpoint -> {
                  final ReplayedDay.Run restored = day.start();
                  restored.load(checkpoint);
                  return restored.save();
                }))
        .filteredOn(path -> MISSING.stream().noneMatch(path::startsWith))
        .isEmpty();
  }
}
