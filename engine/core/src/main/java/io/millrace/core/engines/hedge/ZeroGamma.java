package io.millrace.core.engines.hedge;

import io.millrace.core.state.StateCodec;
import io.millrace.kernels.GreekColumns;
import io.millrace.kernels.Kernels;
import io.millrace.kernels.OptionColumns;

/**
 * The spot at which the net gamma of dealers changes sign: the weighted contracts are re-priced on
 * a grid of spots, volatility and carry held by strike, outwards from the spot until the sign
 * changes; between grid points the level is interpolated linearly in currency gamma.
 *
 * <p>The level moves slowly, so it is kept while neither chain nor open interest changed, spot
 * stays within the inner step and the refresh time has not gone by.
 */
final class ZeroGamma {
  /** No change of sign within the grid. */
  static final double NONE = Double.NaN;

  /** A net below this share of the gross is rounding: no sign. */
  private static final double ROUNDING = 1e-9;

  private final Kernels kernels;
  private final int steps;
  private final double step;
  private final long refreshNanos;
  private OptionColumns contracts;
  private GreekColumns greeks;
  private double[] net;
  private double[] gross;
  private int count;
  private boolean valid;
  private double anchor;
  private long pricedAt;
  private double level = NONE;

  ZeroGamma(final HedgeConfig config, final Kernels kernels) {
    this.kernels = kernels;
    steps = config.zeroGammaSteps();
    step = config.zeroGammaWidth() / steps;
    refreshNanos = config.zeroGammaRefreshSeconds() * MarkedChain.NANOS_PER_SECOND;
  }

  /** Makes room for this many contracts. */
  void reserve(final int capacity) {
    contracts = new OptionColumns(capacity);
    greeks = new GreekColumns(capacity);
    net = new double[capacity];
    gross = new double[capacity];
    count = 0;
    valid = false;
  }

  /** The kept level; the contracts are added anew before the next one is priced. */
  void state(final StateCodec codec) {
    final int capacity = codec.int32(contracts == null ? 0 : contracts.capacity());
    if (codec.loading() && capacity > 0) {
      reserve(capacity);
    }
    valid = codec.flag(valid);
    anchor = codec.float64(anchor);
    pricedAt = codec.int64(pricedAt);
    level = codec.float64(level);
  }

  /** Whether the kept level does not hold any more. */
  boolean due(final double spot, final long now) {
    return !valid || now - pricedAt >= refreshNanos || Math.abs(spot - anchor) > step * anchor;
  }

  /** The kept level, or {@link #NONE}. */
  double level() {
    return level;
  }

  /** Forgets the contracts; the level must be priced anew. */
  void clear() {
    count = 0;
    valid = false;
  }

  /**
   * Adds a contract with open interest.
   *
   * @param weight open interest × multiplier, above 0
   * @param sign dealer sign
   */
  void add(final OptionColumns from, final int row, final double weight, final double sign) {
    if (contracts.set(
        count,
        from.strike(row),
        from.tau(row),
        from.vol(row),
        from.rate(row),
        from.carry(row),
        from.call(row))) {
      gross[count] = weight;
      net[count] = sign * weight;
      count++;
    }
  }

  /** Re-prices the grid around the spot. */
  double price(final double spot, final long now) {
    anchor = spot;
    pricedAt = now;
    valid = true;
    level = count == 0 ? NONE : search(spot);
    return level;
  }

  private double search(final double spot) {
    double upSpot = spot;
    double upNet = netGamma(spot);
    double downSpot = upSpot;
    double downNet = upNet;
    for (int k = 1; k <= steps; k++) {
      final double highSpot = spot * (1.0 + k * step);
      final double highNet = netGamma(highSpot);
      final double lowSpot = spot * (1.0 - k * step);
      final double lowNet = netGamma(lowSpot);
      // Where there was no sign yet on this side, the other side's last sign is the neighbour.
      final double above = between(upSpot, upNet, downSpot, downNet, highSpot, highNet);
      if (highNet != 0.0) {
        upSpot = highSpot;
        upNet = highNet;
      }
      final double below = between(downSpot, downNet, upSpot, upNet, lowSpot, lowNet);
      if (lowNet != 0.0) {
        downSpot = lowSpot;
        downNet = lowNet;
      }
      if (Double.isNaN(above) && Double.isNaN(below)) {
        continue;
      }
      return Double.isNaN(below) || Math.abs(above - spot) <= Math.abs(below - spot)
          ? above
          : below;
    }
    return NONE;
  }

  private static double between(
      final double nearSpot,
      final double nearNet,
      final double farSpot,
      final double farNet,
      final double newSpot,
      final double newNet) {
    final double fromNet = nearNet != 0.0 ? nearNet : farNet;
    final double fromSpot = nearNet != 0.0 ? nearSpot : farSpot;
    return fromNet * newNet < 0.0
        ? fromSpot + (newSpot - fromSpot) * (fromNet / (fromNet - newNet))
        : NONE;
  }

  /** Σ sign·γ·OI·multiplier·S² over Σ γ·OI·multiplier at the anchor; 0 when it is only rounding. */
  private double netGamma(final double spot) {
    kernels.greeks(spot, contracts, greeks, 0, count);
    final double signed = kernels.dot(net, greeks.gamma(), 0, count);
    final double all = kernels.dot(gross, greeks.gamma(), 0, count);
    return Math.abs(signed) <= ROUNDING * all ? 0.0 : signed * spot * spot;
  }
}
