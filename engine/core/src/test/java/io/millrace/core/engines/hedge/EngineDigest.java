package io.millrace.core.engines.hedge;

import io.millrace.codecs.OptionStyle;
import io.millrace.core.state.Digest;
import io.millrace.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One number over every output byte of the engine on a fixed input: the same for every path, vector
 * width, JDK and compiler.
 */
final class EngineDigest {
  private EngineDigest() {}

  /** A seeded chain of American and European contracts, sound and unsound, under a moving spot. */
  static long ofScript(final Kernels kernels, final int evaluations) {
    final Random random = new Random(11);
    final Desk desk = new Desk(Desk.config(GreeksSource.VENDOR_THEN_COMPUTED), kernels);
    final Digest digest = new Digest();
    final List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      ids.add(
          desk.option(
              60 + i / 6,
              i % 3 == 0 ? 400 : 10 + 20 * (i % 3),
              i % 2 == 0,
              i % 5 == 0 ? OptionStyle.EUROPEAN : OptionStyle.AMERICAN));
    }
    for (final int id : ids) {
      desk.openInterest(id, random.nextInt(3_000));
    }
    double spot = 85.0;
    for (int round = 0; round < evaluations; round++) {
      desk.at(desk.now + 1_000_000_000L);
      spot *= 1.0 + 0.002 * (random.nextDouble() - 0.5);
      desk.spot(spot);
      for (final int id : ids) {
        if (round == 0 || random.nextInt(8) == 0) {
          final double vol = 0.2 + 0.2 * random.nextDouble();
          desk.quoteAtVol(id, spot, vol, 0.05);
          if (random.nextInt(20) == 0) {
            desk.quote(id, random.nextDouble(), random.nextDouble());
          }
        }
        if (random.nextInt(200) == 0) {
          desk.vendor(id, 0.3, 0.4, 0.02, 10, -0.01, Double.NaN, Double.NaN);
        }
      }
      add(digest, desk.evaluate());
    }
    return digest.value();
  }

  /** A recorded day, evaluated at every minute. */
  static long ofDay(final Kernels kernels, final GoogDay day, final int minutes) {
    final Desk desk = new Desk(Desk.config(), kernels);
    final Map<String, Integer> ids = day.define(desk);
    final Digest digest = new Digest();
    int evaluated = 0;
    for (int i = 0; i < day.rows.size() && evaluated < minutes; i++) {
      GoogDay.feed(desk, ids, day.rows.get(i));
      if (i + 1 == day.rows.size() || day.rows.get(i + 1).time() != day.rows.get(i).time()) {
        add(digest, desk.evaluate());
        evaluated++;
      }
    }
    return digest.value();
  }

  private static void add(final Digest digest, final Desk desk) {
    final byte[] bytes = desk.bytes();
    digest.add(new UnsafeBuffer(bytes), 0, bytes.length);
  }
}
