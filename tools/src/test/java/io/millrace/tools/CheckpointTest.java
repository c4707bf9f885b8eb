package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A pipeline that loads what another saved decides the same from there on, and is the same in every
 * field.
 */
class CheckpointTest {
  private static final int POINTS = 6;

  @Test
  void restoredAtAnyPointItDecidesTheSame() {
    decidesTheSame(ReplayedDay.of(Recorded.run()), POINTS);
  }

  /** Saves at random points, restores each elsewhere, goes on to the end with both. */
  static void decidesTheSame(final ReplayedDay day, final int times) {
    final long seed = System.nanoTime();
    System.out.println("checkpoints: seed " + seed);
    final int[] points =
        new Random(seed).ints(times, 0, day.inputs()).sorted().distinct().toArray();
    final ReplayedDay.Run original = day.start();
    final long[] outputs = new long[day.inputs()];
    final byte[][] checkpoints = new byte[points.length][];
    for (int point = 0, i = 0; i < outputs.length; i++) {
      if (point < points.length && points[point] == i) {
        checkpoints[point] = original.save();
        assertSame(day, original, checkpoints[point]);
        point++;
      }
      outputs[i] = original.step();
    }
    final byte[] end = original.save();
    for (final byte[] checkpoint : checkpoints) {
      final ReplayedDay.Run restored = day.start();
      restored.load(checkpoint);
      final int from = restored.done();
      IntStream.range(from, outputs.length)
          .forEach(
              i ->
                  assertThat(restored.step())
                      .as("seed %d, restored at %d, outputs of input %d", seed, from, i + 1)
                      .isEqualTo(outputs[i]));
      assertThat(restored.save()).as("seed %d, restored at %d", seed, from).isEqualTo(end);
    }
  }

  /** Looks before the restored one goes on: field by field, and what it saves itself. */
  private static void assertSame(
      final ReplayedDay day, final ReplayedDay.Run original, final byte[] checkpoint) {
    final ReplayedDay.Run restored = day.start();
    restored.load(checkpoint);
    assertThat(StateWalk.differences(original.pipeline(), restored.pipeline()))
        .as("restored at %d", original.done())
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
    forgetsNothing(ReplayedDay.of(Recorded.run()));
  }

  /** Half way through a day. */
  static void forgetsNothing(final ReplayedDay day) {
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
        .isEmpty();
  }
}
