package io.millrace.core.strategy;

import io.millrace.core.market.Instruments;
import io.millrace.core.state.StateCodec;
import java.util.Arrays;

/** Event time, the calendar of the exchange, and timers. */
final class HostClock implements EventClock {
  /** Most timers. */
  static final int MAX_TIMERS = 64;

  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;
  private static final int MAX_NAME = 64;

  private final Roster roster;
  private final Instruments instruments;
  private final ZoneOffsets zone;
  private final String[] name = new String[MAX_TIMERS];
  private final long[] due = new long[MAX_TIMERS];
  private final long[] every = new long[MAX_TIMERS];
  private int count;
  private long earliest = Long.MAX_VALUE;
  private long now;
  private boolean closed;

  HostClock(final Roster roster, final Instruments instruments, final ZoneOffsets zone) {
    this.roster = roster;
    this.instruments = instruments;
    this.zone = zone;
  }

  void now(final long time) {
    now = time;
  }

  /** Whether timers may be set: not while a state is saved or loaded. */
  void closed(final boolean nothingMayBeSet) {
    closed = nothingMayBeSet;
  }

  boolean closed() {
    return closed;
  }

  void state(final StateCodec codec) {
    now = codec.int64(now);
    earliest = codec.int64(earliest);
    count = codec.int32(count);
    if (codec.loading()) {
      Arrays.fill(name, null);
    }
    for (int i = 0; i < count; i++) {
      name[i] = codec.text(name[i]);
      due[i] = codec.int64(due[i]);
      every[i] = codec.int64(every[i]);
    }
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public long timeOfDay() {
    return Math.floorMod(now + zone.at(now), DAY);
  }

  @Override
  public long day() {
    return Math.floorDiv(now + zone.at(now), DAY);
  }

  @Override
  public long untilClose(final Instrument instrument) {
    final long close = instruments.sessionClose(roster.check(instrument));
    return close == 0 ? Long.MAX_VALUE : close - now;
  }

  @Override
  public void at(final String timer, final long time) {
    set(timer, time, 0);
  }

  @Override
  public void every(final String timer, final long nanos) {
    if (nanos <= 0) {
      throw new IllegalArgumentException("timer " + timer + " every " + nanos + " ns, not above 0");
    }
    set(timer, now - Math.floorMod(now, nanos) + nanos, nanos);
  }

  private void set(final String timer, final long time, final long interval) {
    StrategyState.demand(!closed);
    if (timer == null || timer.isEmpty() || timer.length() > MAX_NAME) {
      throw new IllegalArgumentException("a timer's name has 1 to " + MAX_NAME + " characters");
    }
    int i = find(timer);
    if (i == count) {
      if (count == MAX_TIMERS) {
        throw new IllegalArgumentException("more than " + MAX_TIMERS + " timers");
      }
      count++;
    }
    name[i] = timer;
    due[i] = time;
    every[i] = interval;
    earliest = Math.min(earliest, time);
  }

  @Override
  public void cancel(final String timer) {
    StrategyState.demand(!closed);
    final int i = find(timer);
    if (i < count) {
      remove(i);
    }
  }

  private int find(final String timer) {
    int i = 0;
    while (i < count && !name[i].equals(timer)) {
      i++;
    }
    return i;
  }

  private void remove(final int i) {
    count--;
    name[i] = name[count];
    due[i] = due[count];
    every[i] = every[count];
    name[count] = null;
  }

  boolean anyDue() {
    return now >= earliest;
  }

  /** Takes the earliest timer that is due, by name where they tie; null = none. */
  String next() {
    int best = -1;
    earliest = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      earliest = Math.min(earliest, due[i]);
      if (due[i] <= now
          && (best < 0
              || due[i] < due[best]
              || (due[i] == due[best] && name[i].compareTo(name[best]) < 0))) {
        best = i;
      }
    }
    if (best < 0) {
      return null;
    }
    final String timer = name[best];
    if (every[best] == 0) {
      remove(best);
    } else {
      // One call however many intervals have passed.
      due[best] = now - Math.floorMod(now, every[best]) + every[best];
    }
    return timer;
  }
}
