package io.millrace.gateways.recorded;

import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.TimerTickEncoder;
import io.millrace.gateways.Feed;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Plays a source of recorded events, with a timer tick at every whole interval of event time
 * between them, ticks before the events of the same instant. What it gives is a function of the
 * source alone; the pace only decides when {@link #poll} says IDLE.
 */
public final class RecordedFeed implements Feed {
  /** In a gap without events, ticks stop after this many and start again just before the next. */
  public static final int MAX_QUIET_TICKS = 600;

  private final EventSource source;
  private final long tickInterval;
  private final Pace pace;
  private final ExpandableArrayBuffer tick = new ExpandableArrayBuffer(64);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final TimerTickEncoder tickEncoder = new TimerTickEncoder();
  private long nextTick;
  private int quietTicks;
  private boolean pending;
  private boolean loaded;
  private boolean ended;
  private boolean tickReady;
  private long given;

  /**
   * @param source events in order of time
   * @param tickIntervalNanos event time between timer ticks, above 0
   * @param pace when each event may go out
   */
  public RecordedFeed(final EventSource source, final long tickIntervalNanos, final Pace pace) {
    this.source = source;
    this.tickInterval = tickIntervalNanos;
    this.pace = pace;
  }

  /** Skips what an earlier run has already journaled, without waiting. */
  public void skip(final long inputs) {
    for (long i = 0; i < inputs && step(); i++) {
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
    if (!pace.due(eventTime())) {
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
    final long upcoming = time - Math.floorMod(time, tickInterval);
    if (nextTick == 0 || (quietTicks >= MAX_QUIET_TICKS && nextTick < upcoming)) {
      nextTick = nextTick == 0 ? upcoming + tickInterval : upcoming;
    }
    if (nextTick <= time) {
      quietTicks++;
      tickEncoder.wrapAndApplyHeader(tick, 0, header).eventTime(nextTick);
      nextTick += tickInterval;
      tickReady = true;
      return true;
    }
    quietTicks = 0;
    tickReady = false;
    pending = false;
    return true;
  }

  private long eventTime() {
    return tickReady ? nextTick - tickInterval : source.eventTime();
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
