package io.millrace.core.engines.liquidity;

import io.millrace.core.market.RollingWindow;
import io.millrace.core.state.StateCodec;

/**
 * The touch of one instrument through time: spread weighted by how long it stood, and order-flow
 * imbalance of the best level. Gathered into cells; a quote costs O(1), a quiet stretch is split at
 * the cell borders it crosses, at most a window's worth.
 */
final class TouchFlow {
  private static final int WEIGHTED_BPS = 0;
  private static final int SECONDS = 1;
  private static final int IMBALANCE = 2;
  private static final int COLUMNS = 3;
  private static final double NANOS_TO_SECONDS = 1e-9;
  private static final double NO_SPREAD = -1;

  private final long cellNanos;
  private final long windowNanos;
  private final RollingWindow window;
  private long settled;
  private double weighted;
  private double seconds;
  private double imbalance;
  private double spreadBps = NO_SPREAD;
  private boolean twoSided;
  private long bid;
  private long ask;
  private double bidSize;
  private double askSize;

  TouchFlow(final LiquidityConfig config) {
    cellNanos = config.cellNanos();
    windowNanos = config.windowNanos();
    window = new RollingWindow(config.cells() + 1, COLUMNS, windowNanos);
  }

  /** Forgets the past; the quote that stands keeps standing, from {@code now} on. */
  void clear(final long now) {
    forget();
    settled = now;
  }

  private void forget() {
    window.clear();
    weighted = 0;
    seconds = 0;
    imbalance = 0;
  }

  /** A new touch; a side that is missing or a book that is not regular has no spread. */
  void quote(
      final long time,
      final boolean bothSides,
      final long newBid,
      final double newBidSize,
      final long newAsk,
      final double newAskSize) {
    settle(time);
    if (twoSided && bothSides) {
      imbalance += event(newBid, newBidSize, newAsk, newAskSize);
    }
    twoSided = bothSides;
    bid = newBid;
    ask = newAsk;
    bidSize = newBidSize;
    askSize = newAskSize;
    spreadBps =
        bothSides && newBid < newAsk && newBid > 0
            ? 2e4 * ((double) (newAsk - newBid) / ((double) newAsk + newBid))
            : NO_SPREAD;
  }

  /**
   * What one change of the touch adds to demand less supply, units. Source: R. Cont, A. Kukanov and
   * S. Stoikov, The Price Impact of Order Book Events, Journal of Financial Econometrics 12 (2014),
   * equation 2.
   */
  private double event(
      final long newBid, final double newBidSize, final long newAsk, final double newAskSize) {
    double e = 0;
    if (newBid >= bid) {
      e += newBidSize;
    }
    if (newBid <= bid) {
      e -= bidSize;
    }
    if (newAsk <= ask) {
      e -= newAskSize;
    }
    if (newAsk >= ask) {
      e += askSize;
    }
    return e;
  }

  /** Brings time and window to {@code now}. */
  void roll(final long now) {
    settle(now);
    window.expire(now);
  }

  private void settle(final long time) {
    if (time <= settled) {
      return;
    }
    if (settled < time - windowNanos) {
      // All there is has left the window.
      forget();
      settled = time - windowNanos;
    }
    while (settled < time) {
      final long border = (Math.floorDiv(settled, cellNanos) + 1) * cellNanos;
      final long until = Math.min(time, border);
      if (spreadBps >= 0) {
        final double stood = (until - settled) * NANOS_TO_SECONDS;
        weighted += spreadBps * stood;
        seconds += stood;
      }
      settled = until;
      if (until == border) {
        close(border);
      }
    }
  }

  private void close(final long end) {
    if (seconds != 0 || imbalance != 0) {
      window.push(end);
      window.add(WEIGHTED_BPS, weighted);
      window.add(SECONDS, seconds);
      window.add(IMBALANCE, imbalance);
      weighted = 0;
      seconds = 0;
      imbalance = 0;
    }
  }

  void state(final StateCodec codec) {
    window.state(codec);
    settled = codec.int64(settled);
    weighted = codec.float64(weighted);
    seconds = codec.float64(seconds);
    imbalance = codec.float64(imbalance);
    spreadBps = codec.float64(spreadBps);
    twoSided = codec.flag(twoSided);
    bid = codec.int64(bid);
    ask = codec.int64(ask);
    bidSize = codec.float64(bidSize);
    askSize = codec.float64(askSize);
  }

  /** Whether a regular book has stood for any time in the window. */
  boolean hasSpread() {
    return window.sum(SECONDS) + seconds > 0;
  }

  /** Time-weighted mean spread over the window, basis points of the mid. */
  double averageSpreadBps() {
    return Math.max(0.0, (window.sum(WEIGHTED_BPS) + weighted) / (window.sum(SECONDS) + seconds));
  }

  /** Sum of the best-level order-flow imbalance over the window, units. */
  double bookImbalance() {
    return window.sum(IMBALANCE) + imbalance;
  }
}
