package io.millrace.runtime.strategy;

import io.millrace.core.strategy.ZoneOffsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/** Time zones of the tz database as tables for core. */
public final class Zones {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  private Zones() {}

  /** The offsets of a zone from 1970 to 2100. */
  public static ZoneOffsets of(final String name) {
    final ZoneRules rules = ZoneId.of(name).getRules();
    final List<Long> from = new ArrayList<>(List.of(0L));
    final List<Long> offset =
        new ArrayList<>(List.of(rules.getOffset(FIRST).getTotalSeconds() * SECOND));
    ZoneOffsetTransition next = rules.nextTransition(FIRST);
    while (next != null && next.getInstant().isBefore(LAST)) {
      from.add(next.toEpochSecond() * SECOND);
      offset.add(next.getOffsetAfter().getTotalSeconds() * SECOND);
      next = rules.nextTransition(next.getInstant());
    }
    return new ZoneOffsets(
        from.stream().mapToLong(Long::longValue).toArray(),
        offset.stream().mapToLong(Long::longValue).toArray());
  }
}
