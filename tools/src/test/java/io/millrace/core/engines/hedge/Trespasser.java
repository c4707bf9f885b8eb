package io.millrace.core.engines.hedge;

import com.lmax.disruptor.YieldingWaitStrategy;
import io.millrace.core.market.Fixed;
import io.millrace.core.snapshot.SnapshotConfig;
import io.millrace.journal.JournalOptions;
import java.util.Random;

/** Breaks every rule of the house, so that the rules can be seen to bite. */
public final class Trespasser {
  final Random chance = new Random(Fixed.ONE);
  final Thread thread = new Thread(this::run, "outlaw");
  final JournalOptions journal = JournalOptions.defaults();
  final YieldingWaitStrategy waiting = new YieldingWaitStrategy();
  volatile SnapshotConfig other;

  private synchronized void run() {
    other = null;
  }
}
