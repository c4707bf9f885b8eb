package io.millrace.gateways.recorded;

import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.TimerTickEncoder;
import io.millrace.gateways.Feed;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Plays a source of recorded events, with a timer tick at every whole interval of event time
 * between them, ticks before the events of the same instant. What it gives is a function of the
 * source alone; the pace only decides when {@link #poll} says IDLE. What lies outside the regular
 * session of the instruments goes by at once: nobody wants to watch a night.
 */
public final class RecordedFeed implements Feed {
  /** In a gap without events, ticks stop after this many and start again just before the next. */
  public static final int MAX_QUIET_TICKS = 600;

  /** In a gap without events, ticks stop after this time, if that is earlier. */
  public static final long MAX_QUIET_NANOS = 600_000_000_000L;

  private static final long AROUND_SESSION_NANOS = 60_000_000_000L;

  private final EventSource source;
  private final long tickInterval;
  private final long quietInterval;
  private final int maxQuietTicks;
  private final Pace pace;
  private final ExpandableArrayBuffer tick = new ExpandableArrayBuffer(64);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final TimerTickEncoder tickEncoder = new TimerTickEncoder();
  private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
  private long sessionOpen = Long.MAX_VALUE;
  private long sessionClose;
  private boolean alwaysOpen;
  private boolean wasInSession;
  private long nextTick;
  private long tickTime;
  private int quietTicks;
  private boolean pending;
  private boolean loaded;
  private boolean ended;
  private boolean tickReady;
  private long given;

  /**
   * A feed whose ticks are all as far apart.
   *
   * @param source events in order of time
   * @param tickIntervalNanos event time between timer ticks, above 0
   * @param pace when each event may go out
   * @throws IllegalArgumentException if the interval is not above 0
   */
  public RecordedFeed(final EventSource source, final long tickIntervalNanos, final Pace pace) {
    this(source, tickIntervalNanos, tickIntervalNanos, pace);
  }

  /**
   * A feed whose ticks are farther apart once one has followed an event.
   *
   * @param source events in order of time
   * @param tickIntervalNanos the first tick after an event is at the next whole one, above 0
   * @param quietIntervalNanos the others are at whole ones, a multiple of the former
   * @param pace when each event may go out
   * @throws IllegalArgumentException if the intervals are not so
   */
  public RecordedFeed(
      final EventSource source,
      final long tickIntervalNanos,
      final long quietIntervalNanos,
      final Pace pace) {
    if (tickIntervalNanos <= 0) {
      throw new IllegalArgumentException("tick interval " + tickIntervalNanos + " is not above 0");
    }
    if (quietIntervalNanos < tickIntervalNanos || quietIntervalNanos % tickIntervalNanos != 0) {
      throw new IllegalArgumentException(
          "quiet interval " + quietIntervalNanos + " is no multiple of " + tickIntervalNanos);
    }
    this.source = source;
    tickInterval = tickIntervalNanos;
    quietInterval = quietIntervalNanos;
    maxQuietTicks =
        (int) Math.max(1, Math.min(MAX_QUIET_TICKS, MAX_QUIET_NANOS / quietIntervalNanos))
            + (quietInterval > tickInterval ? 1 : 0);
    this.pace = pace;
  }

  /** Skips what an earlier run has already journaled, without waiting. */
  public void skip(final long inputs) {
    long left = inputs;
    if (left > 0 && loaded && !ended) {
      loaded = false; // the one that was waited for counts first
      given++;
      left--;
    }
    for (; left > 0 && step(); left--) {
      given++;
    }
    pace.restart();
  }

  @Override
  public Poll poll() {
    if (!loaded && !ended) {
      ended = !step();
      loaded = true;
    }
    if (ended) {
      return Poll.END;
    }
    final long time = eventTime();
    final boolean inSession = inSession(time);
    if (inSession && !wasInSession) {
      pace.restart();
    }
    wasInSession = inSession;
    if (inSession && !pace.due(time)) {
      return Poll.IDLE;
    }
    loaded = false;
    given++;
    return Poll.INPUT;
  }

  /** Inputs given so far, skipped ones included. */
  public long given() {
    return given;
  }

  /** Moves to the next tick or event. */
  private boolean step() {
    if (!pending) {
      pending = source.next();
      if (!pending) {
        return false;
      }
    }
    final long time = source.eventTime();
    if (nextTick == 0) {
      nextTick = whole(time, quietInterval) + quietInterval;
    }
    if (nextTick <= time) {
      if (quietTicks >= maxQuietTicks) {
        nextTick = whole(time, quietInterval); // past the quiet
      }
      quietTicks++;
      tickTime = nextTick;
      tickEncoder.wrapAndApplyHeader(tick, 0, header).eventTime(tickTime);
      nextTick = whole(tickTime, quietInterval) + quietInterval;
      tickReady = true;
      return true;
    }
    noteSession();
    if (quietInterval > tickInterval) {
      nextTick = Math.min(nextTick, whole(time, tickInterval) + tickInterval);
    }
    quietTicks = 0;
    tickReady = false;
    pending = false;
    return true;
  }

  /** The last whole interval at or before a time. */
  private static long whole(final long time, final long interval) {
    return time - Math.floorMod(time, interval);
  }

  /** As the definitions that have gone by tell it: from the first open to the last close. */
  private boolean inSession(final long time) {
    return alwaysOpen
        || (time >= sessionOpen - AROUND_SESSION_NANOS
            && time <= sessionClose + AROUND_SESSION_NANOS);
  }

  private void noteSession() {
    headerDecoder.wrap(source.buffer(), source.offset());
    if (headerDecoder.templateId() != InstrumentDefinitionDecoder.TEMPLATE_ID) {
      return;
    }
    definition.wrapAndApplyHeader(source.buffer(), source.offset(), headerDecoder);
    final long close = definition.sessionClose();
    if (close == 0) {
      alwaysOpen = true;
    } else if (definition.sessionOpen() >= sessionClose) {
      sessionOpen = definition.sessionOpen(); // the next day's session
      sessionClose = close;
    } else {
      sessionOpen = Math.min(sessionOpen, definition.sessionOpen());
      sessionClose = Math.max(sessionClose, close);
    }
  }

  private long eventTime() {
    return tickReady ? tickTime : source.eventTime();
  }

  @Override
  public DirectBuffer buffer() {
    return tickReady ? tick : source.buffer();
  }

  @Override
  public int offset() {
    return tickReady ? 0 : source.offset();
  }

  @Override
  public int length() {
    return tickReady
        ? MessageHeaderEncoder.ENCODED_LENGTH + TimerTickEncoder.BLOCK_LENGTH
        : source.length();
  }

  @Override
  public void close() {
    source.close();
  }
}
