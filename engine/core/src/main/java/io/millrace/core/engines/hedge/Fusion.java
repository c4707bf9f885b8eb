package io.millrace.core.engines.hedge;

import io.millrace.core.state.StateCodec;
import java.util.List;

/**
 * Blends the fields of related underlyings into one's own, each normalised by its own gross, so
 * that neither currency nor size of open interest matters.
 *
 * <p>A move x of the underlying is a move βx of the related one, whose dealers then trade in
 * proportion to γ·βx; their trades move the underlying by β again. So with weight w, and ratios net
 * over gross: gamma (g + Σ w·β²·gᵢ) / (1 + Σ w·β²), and vanna and charm, which need no move, (v + Σ
 * w·β·vᵢ) / (1 + Σ w·|β|). Results are in -1 to 1. A related underlying that was not evaluated
 * within the stale bound, or came out degraded, is left out.
 */
final class Fusion {
  /** What another's evaluation leaves for us. */
  static final class Field {
    double gammaRatio;
    double vannaRatio;
    double charmRatio;

    /** For the volatility index: how far calls outweigh puts near spot. */
    double callExcess;

    /** Event time of the evaluation, nanoseconds. */
    long time;

    /** Whether it was not degraded. */
    boolean sound;

    void state(final StateCodec codec) {
      gammaRatio = codec.float64(gammaRatio);
      vannaRatio = codec.float64(vannaRatio);
      charmRatio = codec.float64(charmRatio);
      callExcess = codec.float64(callExcess);
      time = codec.int64(time);
      sound = codec.flag(sound);
    }

    boolean fresh(final long now, final long maxAge) {
      return sound && now - time <= maxAge;
    }
  }

  private final List<RelatedUnderlying> related;
  private final Field[] fields;
  private final long maxAge;
  double gammaRatio;
  double vannaRatio;
  double charmRatio;

  /** Whether any related underlying is configured. */
  boolean configured;

  /** How many were blended in. */
  int used;

  Fusion(final HedgeConfig config) {
    related = config.related();
    fields = new Field[related.size()];
    maxAge = config.staleQuoteSeconds() * MarkedChain.NANOS_PER_SECOND;
  }

  /** Makes the field of an underlying known by its symbol. */
  void join(final String symbol, final Field field) {
    for (int i = 0; i < fields.length; i++) {
      if (related.get(i).related().equals(symbol)) {
        fields[i] = field;
      }
    }
  }

  /** Blends. */
  void blend(final String symbol, final DealerField own, final long now) {
    double gamma = own.gammaRatio;
    double vanna = own.vannaRatio;
    double charm = own.charmRatio;
    double squares = 1.0;
    double weights = 1.0;
    configured = false;
    used = 0;
    for (int i = 0; i < fields.length; i++) {
      final RelatedUnderlying row = related.get(i);
      if (!row.underlying().equals(symbol)) {
        continue;
      }
      configured = true;
      final Field field = fields[i];
      if (field != null && field.fresh(now, maxAge)) {
        final double first = row.weight() * row.beta();
        final double second = first * row.beta();
        gamma += second * field.gammaRatio;
        vanna += first * field.vannaRatio;
        charm += first * field.charmRatio;
        squares += second;
        weights += Math.abs(first);
        used++;
      }
    }
    gammaRatio = gamma / squares;
    vannaRatio = vanna / weights;
    charmRatio = charm / weights;
  }
}
