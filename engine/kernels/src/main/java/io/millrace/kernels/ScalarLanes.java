package io.millrace.kernels;

import static io.millrace.kernels.Coefficients.*;

/** The passes one row at a time: the reference for the vector path, and the path without it. */
final class ScalarLanes extends Lanes {
  @Override
  String description() {
    return "scalar";
  }

  static double exp(double arg) {
    double x = arg < EXP_MIN ? EXP_MIN : arg;
    x = x > EXP_MAX ? EXP_MAX : x;
    double t = Math.fma(x, LOG2_E, ROUND_MAGIC);
    double k = t - ROUND_MAGIC;
    double r = Math.fma(k, -LN2_HI, x);
    r = Math.fma(k, -LN2_LO, r);
    double p = EXP_9;
    p = Math.fma(p, r, EXP_8);
    p = Math.fma(p, r, EXP_7);
    p = Math.fma(p, r, EXP_6);
    p = Math.fma(p, r, EXP_5);
    p = Math.fma(p, r, EXP_4);
    p = Math.fma(p, r, EXP_3);
    p = Math.fma(p, r, EXP_2);
    p = Math.fma(p, r, EXP_1);
    p = Math.fma(p, r, EXP_0);
    double y = Math.fma(r * r, p, r) + 1.0;
    // 2^k in two factors, so that subnormal results round once and 2^1024 is never formed.
    long biased = Double.doubleToRawLongBits(t) - ROUND_MAGIC_BITS + 2046;
    long half = biased >>> 1;
    double s1 = Double.longBitsToDouble(half << 52);
    double s2 = Double.longBitsToDouble((biased - half) << 52);
    return y * s1 * s2;
  }

  static double log(double x) {
    long bits = Double.doubleToRawLongBits(x) + LOG_BIAS;
    long exponent = bits >>> 52;
    double k = Double.longBitsToDouble(exponent | TWO52_BITS) - TWO52_PLUS_BIAS;
    double m = Double.longBitsToDouble((bits & MANTISSA_MASK) + SQRT_HALF_BITS);
    double f = m - 1.0;
    double q = f / (f + 2.0);
    double z = q * q;
    double p = LOG_6;
    p = Math.fma(p, z, LOG_5);
    p = Math.fma(p, z, LOG_4);
    p = Math.fma(p, z, LOG_3);
    p = Math.fma(p, z, LOG_2);
    p = Math.fma(p, z, LOG_1);
    p = Math.fma(p, z, LOG_0);
    double r = z * p;
    double h = f * f * 0.5;
    double tail = Math.fma(k, LN2_LO, q * (h + r));
    return Math.fma(k, LN2_HI, f - (h - tail));
  }

  static double mills(double arg) {
    double z = arg > MILLS_MAX ? MILLS_MAX : arg;
    double p = MILLS_P9;
    double q = z + MILLS_Q9;
    p = Math.fma(p, z, MILLS_P8);
    q = Math.fma(q, z, MILLS_Q8);
    p = Math.fma(p, z, MILLS_P7);
    q = Math.fma(q, z, MILLS_Q7);
    p = Math.fma(p, z, MILLS_P6);
    q = Math.fma(q, z, MILLS_Q6);
    p = Math.fma(p, z, MILLS_P5);
    q = Math.fma(q, z, MILLS_Q5);
    p = Math.fma(p, z, MILLS_P4);
    q = Math.fma(q, z, MILLS_Q4);
    p = Math.fma(p, z, MILLS_P3);
    q = Math.fma(q, z, MILLS_Q3);
    p = Math.fma(p, z, MILLS_P2);
    q = Math.fma(q, z, MILLS_Q2);
    p = Math.fma(p, z, MILLS_P1);
    q = Math.fma(q, z, MILLS_Q1);
    p = Math.fma(p, z, MILLS_P0);
    q = Math.fma(q, z, MILLS_Q0);
    return p / q;
  }

  @Override
  void exp(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = exp(x[xo + i]);
    }
  }

  @Override
  void log(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = log(x[xo + i]);
    }
  }

  @Override
  void mills(double[] z, int zo, double[] r, int ro, int n) {
    for (int i = 0; i < n; i++) {
      r[ro + i] = mills(z[zo + i]);
    }
  }

  @Override
  void normalSplit(double[] x, int xo, double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double z = Math.abs(x[xo + i]);
      z = z > MILLS_MAX ? MILLS_MAX : z;
      double sq = z * z;
      s[MILLS_1 + i] = z;
      s[EXP_DENSITY + i] = sq * -0.5;
      s[LOG_RATIO + i] = Math.fma(z, z, -sq);
    }
  }

  @Override
  void normalPdf(double[] s, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double correction = Math.fma(s[LOG_RATIO + i], -0.5, 1.0);
      y[yo + i] = s[EXP_DENSITY + i] * (correction * INV_SQRT_2PI);
    }
  }

  @Override
  void normalCdf(double[] x, int xo, double[] s, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double correction = Math.fma(s[LOG_RATIO + i], -0.5, 1.0);
      double tail = s[EXP_DENSITY + i] * (correction * INV_SQRT_2PI * s[MILLS_2 + i]);
      y[yo + i] = x[xo + i] < 0.0 ? tail : 1.0 - tail;
    }
  }

  @Override
  void ratio(double spot, OptionColumns in, int from, double[] s, int n) {
    for (int i = 0; i < n; i++) {
      s[RATIO + i] = spot / in.strike[from + i];
    }
  }

  @Override
  void distances(double spot, OptionColumns in, int from, double[] s, int n) {
    double inverseSpot = 1.0 / spot;
    for (int i = 0; i < n; i++) {
      int row = from + i;
      double t = in.tau[row];
      double v = in.vol[row];
      double carry = in.carry[row];
      // The division's rounding error put back: near the money it would be all of the logarithm.
      double rest = Math.fma(-s[RATIO + i], in.strike[row], spot);
      double x = Math.fma(rest, inverseSpot, s[LOG_RATIO + i]);
      double root = Math.sqrt(t);
      double sv = v * root;
      double inverse = 1.0 / sv;
      double drift = Math.fma(v * v, 0.5, carry);
      double d1 = Math.fma(drift, t, x) * inverse;
      double d2 = d1 - sv;
      s[ROOT_TAU + i] = root;
      s[INV_SV + i] = inverse;
      s[D1 + i] = d1;
      s[D2 + i] = d2;
      s[EXP_CARRY + i] = carry * t;
      s[EXP_RATE + i] = -in.rate[row] * t;
      s[EXP_DENSITY + i] = d1 * d1 * -0.5;
      s[MILLS_1 + i] = Math.abs(d1);
      s[MILLS_2 + i] = Math.abs(d2);
    }
  }

  @Override
  void greeks(double spot, OptionColumns in, GreekColumns out, int from, double[] s, int n) {
    double inverseSpot = 1.0 / spot;
    for (int i = 0; i < n; i++) {
      int row = from + i;
      double d1 = s[D1 + i];
      double d2 = s[D2 + i];
      double inverse = s[INV_SV + i];
      double v = in.vol[row];
      double carry = in.carry[row];
      double rate = in.rate[row];
      double side = in.side[row];
      double live = in.live[row];
      double growth = s[EXP_CARRY + i];
      double discount = s[EXP_RATE + i] * live;
      double q = growth * discount;
      double n1 = s[EXP_DENSITY + i] * INV_SQRT_2PI;
      double n2 = n1 * (s[RATIO + i] * growth);
      double tail1 = n1 * s[MILLS_1 + i];
      double tail2 = n2 * s[MILLS_2 + i];
      double cdf1 = d1 * side < 0.0 ? tail1 : 1.0 - tail1;
      double cdf2 = d2 * side < 0.0 ? tail2 : 1.0 - tail2;
      double qn = q * n1;
      double qc = q * cdf1 * side;
      double dc = discount * cdf2 * side;
      double sqn = spot * qn;
      double yield = carry - rate;
      double root = v * inverse;
      s[MILLS_1 + i] = qc;
      s[MILLS_2 + i] = dc;
      out.delta[row] = qc;
      out.gamma[row] = qn * inverse * inverseSpot;
      out.vega[row] = sqn * s[ROOT_TAU + i];
      double decay = sqn * (v * 0.5) * root;
      double funding = Math.fma(yield * spot, qc, rate * in.strike[row] * dc);
      out.theta[row] = (decay + funding) * MINUS_PER_DAY;
      out.vanna[row] = -(qn * d2) * (inverse * s[ROOT_TAU + i]);
      double drift = Math.fma(carry, inverse, d2 * -0.5 * (root * root));
      out.charm[row] = Math.fma(qn, drift, yield * qc) * MINUS_PER_DAY;
    }
  }

  @Override
  void furtherGreeks(double spot, OptionColumns in, GreekColumns out, int from, double[] s, int n) {
    double minusInverseSpot = -1.0 / spot;
    for (int i = 0; i < n; i++) {
      int row = from + i;
      double d1 = s[D1 + i];
      double inverse = s[INV_SV + i];
      double price = Math.fma(spot, s[MILLS_1 + i], -(in.strike[row] * s[MILLS_2 + i]));
      out.price[row] = price > 0.0 ? price : 0.0;
      out.vomma[row] = out.vega[row] * (d1 * s[D2 + i]) * (inverse * s[ROOT_TAU + i]);
      out.speed[row] = out.gamma[row] * minusInverseSpot * Math.fma(d1, inverse, 1.0);
    }
  }

  @Override
  double sum(double[] x, int from, int n) {
    return tailSum(x, from, 0, n, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Override
  double dot(double[] w, double[] x, int from, int n) {
    return tailDot(w, x, from, 0, n, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Override
  double dot3(double[] w, double[] x, double[] y, int from, int n) {
    return tailDot3(w, x, y, from, 0, n, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Continues a reduction at row i of n, with the lanes as they are, and closes it. */
  static double tailSum(
      double[] x,
      int from,
      int start,
      int n,
      double l0,
      double l1,
      double l2,
      double l3,
      double l4,
      double l5,
      double l6,
      double l7) {
    double a0 = l0;
    double a1 = l1;
    double a2 = l2;
    double a3 = l3;
    double a4 = l4;
    double a5 = l5;
    double a6 = l6;
    double a7 = l7;
    int i = start;
    for (; i + LANES <= n; i += LANES) {
      int row = from + i;
      a0 = a0 + x[row];
      a1 = a1 + x[row + 1];
      a2 = a2 + x[row + 2];
      a3 = a3 + x[row + 3];
      a4 = a4 + x[row + 4];
      a5 = a5 + x[row + 5];
      a6 = a6 + x[row + 6];
      a7 = a7 + x[row + 7];
    }
    int row = from + i;
    int rest = n - i;
    if (rest > 0) {
      a0 = a0 + x[row];
    }
    if (rest > 1) {
      a1 = a1 + x[row + 1];
    }
    if (rest > 2) {
      a2 = a2 + x[row + 2];
    }
    if (rest > 3) {
      a3 = a3 + x[row + 3];
    }
    if (rest > 4) {
      a4 = a4 + x[row + 4];
    }
    if (rest > 5) {
      a5 = a5 + x[row + 5];
    }
    if (rest > 6) {
      a6 = a6 + x[row + 6];
    }
    return tree(a0, a1, a2, a3, a4, a5, a6, a7);
  }

  /** Continues a reduction at row i of n, with the lanes as they are, and closes it. */
  static double tailDot(
      double[] w,
      double[] x,
      int from,
      int start,
      int n,
      double l0,
      double l1,
      double l2,
      double l3,
      double l4,
      double l5,
      double l6,
      double l7) {
    double a0 = l0;
    double a1 = l1;
    double a2 = l2;
    double a3 = l3;
    double a4 = l4;
    double a5 = l5;
    double a6 = l6;
    double a7 = l7;
    int i = start;
    for (; i + LANES <= n; i += LANES) {
      int row = from + i;
      a0 = Math.fma(w[row], x[row], a0);
      a1 = Math.fma(w[row + 1], x[row + 1], a1);
      a2 = Math.fma(w[row + 2], x[row + 2], a2);
      a3 = Math.fma(w[row + 3], x[row + 3], a3);
      a4 = Math.fma(w[row + 4], x[row + 4], a4);
      a5 = Math.fma(w[row + 5], x[row + 5], a5);
      a6 = Math.fma(w[row + 6], x[row + 6], a6);
      a7 = Math.fma(w[row + 7], x[row + 7], a7);
    }
    int row = from + i;
    int rest = n - i;
    if (rest > 0) {
      a0 = Math.fma(w[row], x[row], a0);
    }
    if (rest > 1) {
      a1 = Math.fma(w[row + 1], x[row + 1], a1);
    }
    if (rest > 2) {
      a2 = Math.fma(w[row + 2], x[row + 2], a2);
    }
    if (rest > 3) {
      a3 = Math.fma(w[row + 3], x[row + 3], a3);
    }
    if (rest > 4) {
      a4 = Math.fma(w[row + 4], x[row + 4], a4);
    }
    if (rest > 5) {
      a5 = Math.fma(w[row + 5], x[row + 5], a5);
    }
    if (rest > 6) {
      a6 = Math.fma(w[row + 6], x[row + 6], a6);
    }
    return tree(a0, a1, a2, a3, a4, a5, a6, a7);
  }

  /** Continues a reduction at row i of n, with the lanes as they are, and closes it. */
  static double tailDot3(
      double[] w,
      double[] x,
      double[] y,
      int from,
      int start,
      int n,
      double l0,
      double l1,
      double l2,
      double l3,
      double l4,
      double l5,
      double l6,
      double l7) {
    double a0 = l0;
    double a1 = l1;
    double a2 = l2;
    double a3 = l3;
    double a4 = l4;
    double a5 = l5;
    double a6 = l6;
    double a7 = l7;
    int i = start;
    for (; i + LANES <= n; i += LANES) {
      int row = from + i;
      a0 = Math.fma(w[row] * x[row], y[row], a0);
      a1 = Math.fma(w[row + 1] * x[row + 1], y[row + 1], a1);
      a2 = Math.fma(w[row + 2] * x[row + 2], y[row + 2], a2);
      a3 = Math.fma(w[row + 3] * x[row + 3], y[row + 3], a3);
      a4 = Math.fma(w[row + 4] * x[row + 4], y[row + 4], a4);
      a5 = Math.fma(w[row + 5] * x[row + 5], y[row + 5], a5);
      a6 = Math.fma(w[row + 6] * x[row + 6], y[row + 6], a6);
      a7 = Math.fma(w[row + 7] * x[row + 7], y[row + 7], a7);
    }
    int row = from + i;
    int rest = n - i;
    if (rest > 0) {
      a0 = Math.fma(w[row] * x[row], y[row], a0);
    }
    if (rest > 1) {
      a1 = Math.fma(w[row + 1] * x[row + 1], y[row + 1], a1);
    }
    if (rest > 2) {
      a2 = Math.fma(w[row + 2] * x[row + 2], y[row + 2], a2);
    }
    if (rest > 3) {
      a3 = Math.fma(w[row + 3] * x[row + 3], y[row + 3], a3);
    }
    if (rest > 4) {
      a4 = Math.fma(w[row + 4] * x[row + 4], y[row + 4], a4);
    }
    if (rest > 5) {
      a5 = Math.fma(w[row + 5] * x[row + 5], y[row + 5], a5);
    }
    if (rest > 6) {
      a6 = Math.fma(w[row + 6] * x[row + 6], y[row + 6], a6);
    }
    return tree(a0, a1, a2, a3, a4, a5, a6, a7);
  }
}
