package io.millrace.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.Side;
import io.millrace.core.market.Books;
import io.millrace.core.market.Fixed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * What trading cost and how good fills were: fees and slippage by maker and taker, how old the
 * prices were that we traded at, how much of the volume and of the displayed size we took, and
 * where the mid went afterwards.
 */
final class FillQuality {
  private static final double BPS = 1e4;
  private static final long[] HORIZONS = {
    1_000_000_000L, 10_000_000_000L, 60_000_000_000L, 300_000_000_000L
  };
  private static final int MOST_PENDING = 1 << 17;

  private final Tape tape;
  private final long staleAfter;
  private final Map<String, Mix> sides = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Map<Integer, Share> shares = new TreeMap<>();
  private final Markout[] markouts = new Markout[HORIZONS.length];
  private long fills;
  private long stale;
  private double oldest;
  private int oldestInstrument;
  private long beyondDisplayed;
  private long withoutDisplayed;
  private double notional;
  private double fees;
  private double slippage;

  /** Sums of one side of the maker and taker mix. */
  private static final class Mix {
    private long fills;
    private double notional;
    private double fees;
    private double slippage;
  }

  /** What we took of an instrument's volume. */
  private static final class Share {
    private double taken;
  }

  private static final class Markout {
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long count;
    private double gain;
    private double notional;
  }

  private record Pending(long due, int instrument, long since, double price, double units) {}

  /** What is said of one fill. */
  record Measure(double slippage, double notional, long age, boolean stale, long displayed) {}

  /**
   * @param staleAfter a price older than this was stale, nanoseconds
   */
  FillQuality(final Tape tape, final long staleAfter) {
    this.tape = tape;
    this.staleAfter = staleAfter;
    for (int i = 0; i < markouts.length; i++) {
      markouts[i] = new Markout();
    }
  }

  /** Looks where the mid went after fills that are due before the next input. */
  void before(final long time) {
    for (final Markout markout : markouts) {
      while (!markout.pending.isEmpty() && markout.pending.peekFirst().due() <= time) {
        final Pending one = markout.pending.removeFirst();
        final long mid = tape.mid(one.instrument());
        // A price that did not change its time since says nothing.
        if (mid != Fixed.NONE && tape.priceTime(one.instrument()) > one.since()) {
          markout.count++;
          markout.gain += one.units() * (Fixed.toDouble(mid) - one.price());
          markout.notional += Math.abs(one.units()) * one.price();
        }
      }
    }
  }

  /** Takes a fill; settlements of what expired are none. */
  Measure on(final FillDecoder fill) {
    final int id = fill.instrumentId();
    final double price = Fixed.toDouble(fill.price());
    final double size = Fixed.toDouble(fill.quantity());
    final double units = size * tape.units(id, price) * (fill.side() == Side.BUY ? 1 : -1);
    final double worth = Math.abs(units) * price;
    final double slip =
        fill.arrivalMid() != Fixed.NONE && fill.arrivalMid() > 0
            ? units * (price - Fixed.toDouble(fill.arrivalMid()))
            : 0;
    reasons.merge(Origins.word(fill.reason().name()), 1L, Long::sum);
    if (fill.reason() == FillReason.SETTLED) {
      return new Measure(0, worth, 0, false, Fixed.NONE);
    }
    fills++;
    notional += worth;
    fees += Fixed.toDouble(fill.fee());
    slippage += slip;
    final Mix side =
        sides.computeIfAbsent(Origins.word(fill.liquidity().name()), name -> new Mix());
    side.fills++;
    side.notional += worth;
    side.fees += Fixed.toDouble(fill.fee());
    side.slippage += slip;
    final Share share = shares.computeIfAbsent(id, key -> new Share());
    share.taken += size;
    final long age = age(fill, id);
    final boolean old = age > staleAfter;
    if (old) {
      stale++;
    }
    if (age / 1e9 > oldest) {
      oldest = age / 1e9;
      oldestInstrument = id;
    }
    final long displayed = displayed(fill, id);
    if (displayed == Fixed.NONE) {
      withoutDisplayed++;
    } else if (fill.quantity() > displayed) {
      beyondDisplayed++;
    }
    for (int i = 0; i < HORIZONS.length; i++) {
      if (markouts[i].pending.size() < MOST_PENDING) {
        markouts[i].pending.addLast(
            new Pending(fill.eventTime() + HORIZONS[i], id, tape.priceTime(id), price, units));
      }
    }
    return new Measure(slip, worth, age, old, displayed);
  }

  private long age(final FillDecoder fill, final int id) {
    final long at = tape.priceTime(id);
    return at == 0 ? Math.max(0, fill.eventTime()) : Math.max(0, fill.eventTime() - at);
  }

  /** Size shown on the side that a taker trades against; none for makers and where no size is. */
  private long displayed(final FillDecoder fill, final int id) {
    if (fill.liquidity() != Liquidity.TAKER || !tape.instruments().defined(id)) {
      return Fixed.NONE;
    }
    final Books books = tape.books();
    final long size = fill.side() == Side.BUY ? books.askSize(id) : books.bidSize(id);
    return size == 0 ? Fixed.NONE : size;
  }

  /** Mean profit of the mid after fills, by horizon. */
  void writeMarkouts(final ArrayNode list) {
    for (int i = 0; i < HORIZONS.length; i++) {
      final Markout markout = markouts[i];
      final ObjectNode row = list.addObject();
      row.put("after_s", HORIZONS[i] / 1e9);
      row.put("fills", markout.count);
      row.set(
          "bps",
          Json.number(markout.notional == 0 ? Double.NaN : markout.gain / markout.notional * BPS));
      row.set("money", Json.number(markout.count == 0 ? Double.NaN : markout.gain));
    }
  }

  /** Fees and slippage, in all and by side. */
  void writeCosts(final ObjectNode node) {
    node.put("fills", fills);
    node.put("traded", notional);
    node.put("fees", fees);
    node.set("fees_bps", Json.number(bps(fees, notional)));
    node.put("slippage", slippage);
    node.set("slippage_bps", Json.number(bps(slippage, notional)));
    final ArrayNode list = node.putArray("by_liquidity");
    sides.forEach(
        (name, side) -> {
          final ObjectNode row = list.addObject();
          row.put("liquidity", name);
          row.put("fills", side.fills);
          row.put("share", (double) side.fills / fills);
          row.put("traded", side.notional);
          row.put("fees", side.fees);
          row.set("fees_bps", Json.number(bps(side.fees, side.notional)));
          row.put("slippage", side.slippage);
          row.set("slippage_bps", Json.number(bps(side.slippage, side.notional)));
        });
    final ObjectNode why = node.putObject("by_reason");
    reasons.forEach(why::put);
  }

  private static double bps(final double part, final double whole) {
    return whole == 0 ? Double.NaN : part / whole * BPS;
  }

  /** Prices that were old when we traded at them. */
  void writeStale(final ObjectNode node) {
    node.put("status", fills == 0 ? "none" : stale == 0 ? "ok" : "look");
    node.put("stale_after_s", staleAfter / 1e9);
    node.put("fills", fills);
    node.put("stale", stale);
    node.put("oldest_s", oldest);
    node.put("oldest_symbol", oldestInstrument == 0 ? null : tape.symbol(oldestInstrument));
  }

  /** How much of what traded was ours. */
  void writeVolume(final ObjectNode node, final double alarm) {
    double most = 0;
    int which = 0;
    int without = 0;
    boolean known = false;
    for (final Map.Entry<Integer, Share> entry : shares.entrySet()) {
      final double traded = tape.volume(entry.getKey());
      if (traded <= 0) {
        without++;
        continue;
      }
      known = true;
      final double share = entry.getValue().taken / traded;
      if (share > most) {
        most = share;
        which = entry.getKey();
      }
    }
    node.put(
        "status",
        fills == 0 ? "none" : most > alarm || beyondDisplayed > 0 ? "look" : known ? "ok" : "none");
    node.put("alarm_share", alarm);
    node.put("instruments", shares.size());
    node.put("instruments_without_volume", without);
    node.set("largest_share", Json.number(known ? most : Double.NaN));
    node.put("largest_share_symbol", which == 0 ? null : tape.symbol(which));
    node.put("fills_beyond_displayed", beyondDisplayed);
    node.put("fills_without_displayed", withoutDisplayed);
  }

  /** Fills, settlements left out. */
  long fills() {
    return fills;
  }
}
