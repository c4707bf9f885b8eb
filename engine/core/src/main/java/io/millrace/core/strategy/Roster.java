package io.millrace.core.strategy;

import io.millrace.core.market.Instruments;
import java.util.Arrays;
import java.util.List;

/** Instruments as strategies see them, by id, and which of them are of the universe. */
final class Roster {
  private static final int INITIAL = 64;

  private final Instruments instruments;
  private final List<String> symbols;
  private final HostInstrument[] universe;
  private HostInstrument[] byId = new HostInstrument[INITIAL];
  // 1 + place in the universe of the instrument or its underlying; 0 = not of it.
  private int[] place = new int[INITIAL];
  private int found;

  Roster(final Instruments instruments, final List<String> symbols) {
    this.instruments = instruments;
    this.symbols = symbols;
    universe = new HostInstrument[symbols.size()];
  }

  void define(final int id) {
    if (id >= byId.length) {
      final int size = Math.max(id + 1, byId.length * 2);
      byId = Arrays.copyOf(byId, size);
      place = Arrays.copyOf(place, size);
    }
    if (byId[id] != null) {
      return; // a new session of one that is there
    }
    final int parent = instruments.underlying(id);
    byId[id] = new HostInstrument(instruments, id, parent == 0 ? null : byId[parent]);
    final int at = symbols.indexOf(instruments.symbol(id));
    if (at >= 0) {
      universe[at] = byId[id];
      place[id] = at + 1;
      found++;
    } else if (parent != 0) {
      place[id] = place[parent];
    }
  }

  /** Knows all instruments that are defined, after a checkpoint was loaded. */
  void defineAll() {
    for (int id = 1; id <= instruments.last(); id++) {
      define(id);
    }
  }

  HostInstrument get(final int id) {
    return byId[id];
  }

  /** Place in the universe of the instrument or its underlying; -1 = not of it. */
  int place(final int id) {
    return id < place.length ? place[id] - 1 : -1;
  }

  boolean complete() {
    return found == universe.length;
  }

  int universeSize() {
    return universe.length;
  }

  HostInstrument universe(final int i) {
    return universe[i];
  }

  /** Symbols that no definition named. */
  String missing() {
    final StringBuilder text = new StringBuilder();
    for (int i = 0; i < universe.length; i++) {
      if (universe[i] == null) {
        text.append(text.length() == 0 ? "" : ", ").append(symbols.get(i));
      }
    }
    return text.toString();
  }

  HostInstrument find(final String symbol) {
    for (int id = 1; id <= instruments.last(); id++) {
      if (instruments.symbol(id).equals(symbol)) {
        return byId[id];
      }
    }
    throw new IllegalArgumentException(
        "the run has no instrument " + symbol + "; the universe is " + symbols);
  }

  /** An instrument that a strategy hands in: it must be one of ours. */
  int check(final Instrument instrument) {
    if (instrument instanceof HostInstrument own
        && own.id() < byId.length
        && byId[own.id()] == own) {
      return own.id();
    }
    throw new IllegalArgumentException(
        instrument == null
            ? "the instrument is null"
            : "not an instrument of this run: take it from data() or a callback");
  }
}
