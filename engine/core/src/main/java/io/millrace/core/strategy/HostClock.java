package io.millrace.core.strategy;

import io.millrace.core.market.Instruments;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** Event time, the calendar of the exchange, and timers. */
final class HostClock implements EventClock {
  /** Most timers. */
  static final int MAX_TIMERS = 64;

  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;
  private static final int MAX_NAME = 64;

  private final Roster roster;
  private final Instruments instruments;
  private final ZoneRules rules;
  private final String[] name = new String[MAX_TIMERS];
  private final long[] due = new long[MAX_TIMERS];
  private final long[] every = new long[MAX_TIMERS];
  private int count;
  private long earliest = Long.MAX_VALUE;
  private long now;
  private long offset;
  private long offsetFrom = Long.MAX_VALUE;
  private long offsetUntil = Long.MIN_VALUE;

  HostClock(final Roster roster, final Instruments instruments, final String timeZone) {
    this.roster = roster;
    this.instruments = instruments;
    rules = ZoneId.of(timeZone).getRules();
  }

  void now(final long time) {
    now = time;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public long timeOfDay() {
    return Math.floorMod(now + offset(), DAY);
  }

  @Override
  public long day() {
    return Math.floorDiv(now + offset(), DAY);
  }

  /** Nanoseconds that the zone is ahead of UTC; looked up once between two changes of it. */
  private long offset() {
    if (now < offsetFrom || now >= offsetUntil) {
      final Instant instant = Instant.ofEpochSecond(Math.floorDiv(now, SECOND));
      offset = rules.getOffset(instant).getTotalSeconds() * SECOND;
      final ZoneOffsetTransition last = rules.previousTransition(instant.plusSeconds(1));
      final ZoneOffsetTransition next = rules.nextTransition(instant);
      offsetFrom = last == null ? Long.MIN_VALUE : last.toEpochSecond() * SECOND;
      offsetUntil = next == null ? Long.MAX_VALUE : next.toEpochSecond() * SECOND;
    }
    return offset;
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
