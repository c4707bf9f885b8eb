package io.millrace.kernels;

import static io.millrace.kernels.Coefficients.INV_SQRT_2PI;

/**
 * Early-exercise premium of American options in the approximation of P. Bjerksund and G. Stensland,
 * Closed-Form Approximation of American Options (1993): one flat exercise boundary. A lower bound
 * of the true premium, exact where there is none. Against a fine tree, the volatility it leads to
 * is wrong by at most a quarter of a point for options at and out of the money, and by up to two
 * points for those in the money and near immediate exercise: take volatilities from the former.
 * Scalar in both modes, so the bits agree.
 */
final class American {
  /** Keeps products of a power and a tail probability from overflowing before they meet. */
  private static final double EXPONENT_LIMIT = 600.0;

  private static final double ROUNDING = 1e-13;

  private American() {}

  /**
   * Premium of the American over the European option, at least zero. A put is a call with spot and
   * strike, and rate and yield, exchanged.
   */
  static double premium(
      double spot, double strike, double t, double vol, double rate, double carry, boolean call) {
    return premium(
        spot, strike, t, vol, rate, carry, call, european(spot, strike, t, vol, rate, carry, call));
  }

  /** As above, where the European value at the same volatility is known. */
  static double premium(
      double spot,
      double strike,
      double t,
      double vol,
      double rate,
      double carry,
      boolean call,
      double european) {
    if (!exercisable(rate, carry, call)) {
      return 0.0;
    }
    double s = call ? spot : strike;
    double x = call ? strike : spot;
    double r = call ? rate : rate - carry;
    double b = call ? carry : -carry;
    double premium = callPrice(s, x, t, vol, r, b) - european;
    // Two prices of the order of the spot are subtracted: less than their rounding is nothing.
    return premium > ROUNDING * (s + x) ? premium : 0.0;
  }

  /**
   * Whether early exercise can pay and the approximation applies: for a call a positive yield, for
   * a put a positive rate, and in the formula's terms a discount rate that is not negative.
   */
  static boolean exercisable(double rate, double carry, boolean call) {
    double r = call ? rate : rate - carry;
    double b = call ? carry : -carry;
    return b < r && r >= 0.0;
  }

  /** Black–Scholes–Merton with carry; a put is a call with the roles exchanged. */
  static double european(
      double spot, double strike, double t, double vol, double rate, double carry, boolean call) {
    return call
        ? european(spot, strike, t, vol, rate, carry)
        : european(strike, spot, t, vol, rate - carry, -carry);
  }

  /** Black–Scholes–Merton call with carry. */
  static double european(double s, double x, double t, double vol, double r, double b) {
    double sv = vol * Math.sqrt(t);
    double d1 = (ScalarLanes.log(s / x) + (b + 0.5 * vol * vol) * t) / sv;
    double value =
        s * ScalarLanes.exp((b - r) * t) * cdf(d1) - x * ScalarLanes.exp(-r * t) * cdf(d1 - sv);
    return value > 0.0 ? value : 0.0;
  }

  private static double callPrice(double s, double x, double t, double vol, double r, double b) {
    double variance = vol * vol;
    double tilt = b / variance - 0.5;
    double beta = Math.sqrt(tilt * tilt + 2.0 * r / variance) - tilt;
    double far = x * (beta / (beta - 1.0));
    double near = r > 0.0 ? Math.max(x, x * (r / (r - b))) : x;
    double decay = -(b * t + 2.0 * vol * Math.sqrt(t)) * near / (far - near);
    double trigger = near + (far - near) * (1.0 - ScalarLanes.exp(decay));
    if (!(far > near) || s >= trigger) {
      return Math.max(s - x, 0.0);
    }
    double gain = trigger - x;
    // The power beta is taken of spot over trigger, below one, never of a price.
    double logRatio = ScalarLanes.log(s / trigger);
    double toStrike = ScalarLanes.log(s / x);
    double room = ScalarLanes.log(trigger / s);
    double sv = vol * Math.sqrt(t);
    double alpha = gain * ScalarLanes.exp(beta * logRatio);
    return alpha
        - gain * phi(t, beta, logRatio, room, r, b, variance, sv, beta * logRatio)
        + s * phi(t, 1.0, logRatio, room, r, b, variance, sv, 0.0)
        - s * phi(t, 1.0, toStrike, room, r, b, variance, sv, 0.0)
        - x * phi(t, 0.0, logRatio, room, r, b, variance, sv, 0.0)
        + x * phi(t, 0.0, toStrike, room, r, b, variance, sv, 0.0);
  }

  /**
   * The paper's phi, with the power of the spot given as its logarithm.
   *
   * @param distance ln of spot over the paper's H
   * @param room ln of the trigger over spot
   */
  private static double phi(
      double t,
      double gamma,
      double distance,
      double room,
      double r,
      double b,
      double variance,
      double sv,
      double logPower) {
    double lambda = (-r + gamma * b + 0.5 * gamma * (gamma - 1.0) * variance) * t + logPower;
    double d = -(distance + (b + (gamma - 0.5) * variance) * t) / sv;
    double kappa = 2.0 * b / variance + (2.0 * gamma - 1.0);
    return scaledCdf(d, lambda) - scaledCdf(d - 2.0 * room / sv, lambda + kappa * room);
  }

  /** e^power N(x), the exponents joined before either can overflow. */
  private static double scaledCdf(double x, double power) {
    double z = Math.abs(x);
    double tailPower = power - 0.5 * z * z;
    double tail =
        ScalarLanes.exp(Math.min(tailPower, EXPONENT_LIMIT)) * INV_SQRT_2PI * ScalarLanes.mills(z);
    return x < 0.0 ? tail : ScalarLanes.exp(Math.min(power, EXPONENT_LIMIT)) - tail;
  }

  private static double cdf(double x) {
    return scaledCdf(x, 0.0);
  }
}
