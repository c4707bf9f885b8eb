package io.millrace.runtime.pipeline;

import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.core.slot.Outputs;
import io.millrace.core.slot.Slot;
import io.millrace.core.state.Digest;
import io.millrace.kernels.KernelDigest;
import io.millrace.kernels.Kernels;
import io.millrace.runtime.config.ConfigLoader;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One number over all kernels, and over every output of the hedge, liquidity, sentiment and
 * elasticity engines and of the snapshot, on a fixed script through the real pipeline: the same for
 * every path, vector width, JDK and compiler. Run with rows of the kernels and rounds of the
 * script; prints the digest and the path.
 */
final class AnalyticsDigest {
  /** What the script must reach, or the digest proves less than it says. */
  final Map<io.millrace.codecs.Engine, Integer> outputs =
      new EnumMap<>(io.millrace.codecs.Engine.class);

  int snapshots;
  int features;
  private final Digest digest = new Digest();
  private final EngineOutputDecoder engine = new EngineOutputDecoder();
  private final UnsafeBuffer word = new UnsafeBuffer(new byte[Long.BYTES]);

  public static void main(final String[] args) {
    final AnalyticsDigest digest = new AnalyticsDigest();
    System.out.println(
        String.format(
            Locale.ROOT,
            "digest %016x %s",
            digest.of(Integer.parseInt(args[0]), Integer.parseInt(args[1])),
            Kernels.select().description()));
  }

  /** On the kernels that the system property selects. */
  long of(final int rows, final int rounds) {
    add(KernelDigest.of(Kernels.select(), rows));
    final Pipeline pipeline =
        new Pipeline(
            ConfigLoader.load(
                    null,
                    List.of(
                        "hedge.greeks_source=vendor_then_computed",
                        "hedge.related=[{underlying: ACME, related: VIX, weight: 0.3, beta: -2.0}]"))
                .config(),
            new StageTimes());
    final Slot slot = new Slot();
    new AnalyticsScript(
            (sequence, buffer, length) -> {
              slot.wrap(sequence, 0, buffer, 0, length);
              pipeline.decide(slot);
              take(slot.outputs());
            })
        .play(rounds);
    return digest.value();
  }

  private void take(final Outputs out) {
    for (int i = 0; i < out.count(); i++) {
      final int template = out.templateId(i);
      if (template == EngineOutputDecoder.TEMPLATE_ID) {
        out.read(i, engine);
        outputs.merge(engine.engine(), 1, Integer::sum);
        features += engine.features().count();
      } else if (template == SnapshotDecoder.TEMPLATE_ID) {
        snapshots++;
      } else {
        continue;
      }
      digest.add(out.buffer(), out.offset(i), out.length(i));
    }
  }

  private void add(final long value) {
    word.putLong(0, value);
    digest.add(word, 0, Long.BYTES);
  }
}
