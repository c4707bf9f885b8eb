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
  void threeDots(double[] w, double[] a, double[] b, double[] c, double[] sums, int from, int n) {
    sums[0] = dot(w, a, from, n);
    sums[1] = dot(w, b, from, n);
    sums[2] = dot(w, c, from, n);
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

  // ---- Black on a forward, and its inverse ----

  @Override
  void blackDistances(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double vol = s[ROOT_VAR + i];
      double h = s[X + i] / vol;
      double t = vol * 0.5;
      double low = -(t + h);
      // Left of -1/2 the complement of the price is the well-conditioned side.
      double inner = low >= -0.5 ? low : -low;
      double w1 = inner + 0.5;
      w1 = w1 > SHIFT_MAX ? SHIFT_MAX : w1;
      double w2 = (t - h) + 0.5;
      w2 = w2 > SHIFT_MAX ? SHIFT_MAX : w2;
      s[LOW + i] = low;
      s[W1 + i] = w1;
      s[W2 + i] = w2;
      s[EXPONENT + i] = Math.fma(h, h, t * t) * -0.5;
    }
  }

  @Override
  void blackDifference(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double w1 = s[W1 + i];
      double w2 = s[W2 + i];
      double e1 = w1 + w2;
      double e2 = w1 * w2;
      double sum = DIFF_11_0;
      double row = DIFF_10_1;
      row = Math.fma(row, e1, DIFF_10_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_9_2;
      row = Math.fma(row, e1, DIFF_9_1);
      row = Math.fma(row, e1, DIFF_9_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_8_3;
      row = Math.fma(row, e1, DIFF_8_2);
      row = Math.fma(row, e1, DIFF_8_1);
      row = Math.fma(row, e1, DIFF_8_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_7_4;
      row = Math.fma(row, e1, DIFF_7_3);
      row = Math.fma(row, e1, DIFF_7_2);
      row = Math.fma(row, e1, DIFF_7_1);
      row = Math.fma(row, e1, DIFF_7_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_6_5;
      row = Math.fma(row, e1, DIFF_6_4);
      row = Math.fma(row, e1, DIFF_6_3);
      row = Math.fma(row, e1, DIFF_6_2);
      row = Math.fma(row, e1, DIFF_6_1);
      row = Math.fma(row, e1, DIFF_6_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_5_6;
      row = Math.fma(row, e1, DIFF_5_5);
      row = Math.fma(row, e1, DIFF_5_4);
      row = Math.fma(row, e1, DIFF_5_3);
      row = Math.fma(row, e1, DIFF_5_2);
      row = Math.fma(row, e1, DIFF_5_1);
      row = Math.fma(row, e1, DIFF_5_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_4_7;
      row = Math.fma(row, e1, DIFF_4_6);
      row = Math.fma(row, e1, DIFF_4_5);
      row = Math.fma(row, e1, DIFF_4_4);
      row = Math.fma(row, e1, DIFF_4_3);
      row = Math.fma(row, e1, DIFF_4_2);
      row = Math.fma(row, e1, DIFF_4_1);
      row = Math.fma(row, e1, DIFF_4_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_3_8;
      row = Math.fma(row, e1, DIFF_3_7);
      row = Math.fma(row, e1, DIFF_3_6);
      row = Math.fma(row, e1, DIFF_3_5);
      row = Math.fma(row, e1, DIFF_3_4);
      row = Math.fma(row, e1, DIFF_3_3);
      row = Math.fma(row, e1, DIFF_3_2);
      row = Math.fma(row, e1, DIFF_3_1);
      row = Math.fma(row, e1, DIFF_3_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_2_9;
      row = Math.fma(row, e1, DIFF_2_8);
      row = Math.fma(row, e1, DIFF_2_7);
      row = Math.fma(row, e1, DIFF_2_6);
      row = Math.fma(row, e1, DIFF_2_5);
      row = Math.fma(row, e1, DIFF_2_4);
      row = Math.fma(row, e1, DIFF_2_3);
      row = Math.fma(row, e1, DIFF_2_2);
      row = Math.fma(row, e1, DIFF_2_1);
      row = Math.fma(row, e1, DIFF_2_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_1_10;
      row = Math.fma(row, e1, DIFF_1_9);
      row = Math.fma(row, e1, DIFF_1_8);
      row = Math.fma(row, e1, DIFF_1_7);
      row = Math.fma(row, e1, DIFF_1_6);
      row = Math.fma(row, e1, DIFF_1_5);
      row = Math.fma(row, e1, DIFF_1_4);
      row = Math.fma(row, e1, DIFF_1_3);
      row = Math.fma(row, e1, DIFF_1_2);
      row = Math.fma(row, e1, DIFF_1_1);
      row = Math.fma(row, e1, DIFF_1_0);
      sum = Math.fma(sum, e2, row);
      row = DIFF_0_11;
      row = Math.fma(row, e1, DIFF_0_10);
      row = Math.fma(row, e1, DIFF_0_9);
      row = Math.fma(row, e1, DIFF_0_8);
      row = Math.fma(row, e1, DIFF_0_7);
      row = Math.fma(row, e1, DIFF_0_6);
      row = Math.fma(row, e1, DIFF_0_5);
      row = Math.fma(row, e1, DIFF_0_4);
      row = Math.fma(row, e1, DIFF_0_3);
      row = Math.fma(row, e1, DIFF_0_2);
      row = Math.fma(row, e1, DIFF_0_1);
      row = Math.fma(row, e1, DIFF_0_0);
      sum = Math.fma(sum, e2, row);
      s[DIFFERENCE_SUM + i] = sum;
    }
  }

  @Override
  void blackRatios(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double w1 = s[W1 + i];
      double w2 = s[W2 + i];
      double q1 = w1 + SHIFT_Q11;
      double q2 = w2 + SHIFT_Q11;
      q1 = Math.fma(q1, w1, SHIFT_Q10);
      q2 = Math.fma(q2, w2, SHIFT_Q10);
      q1 = Math.fma(q1, w1, SHIFT_Q9);
      q2 = Math.fma(q2, w2, SHIFT_Q9);
      q1 = Math.fma(q1, w1, SHIFT_Q8);
      q2 = Math.fma(q2, w2, SHIFT_Q8);
      q1 = Math.fma(q1, w1, SHIFT_Q7);
      q2 = Math.fma(q2, w2, SHIFT_Q7);
      q1 = Math.fma(q1, w1, SHIFT_Q6);
      q2 = Math.fma(q2, w2, SHIFT_Q6);
      q1 = Math.fma(q1, w1, SHIFT_Q5);
      q2 = Math.fma(q2, w2, SHIFT_Q5);
      q1 = Math.fma(q1, w1, SHIFT_Q4);
      q2 = Math.fma(q2, w2, SHIFT_Q4);
      q1 = Math.fma(q1, w1, SHIFT_Q3);
      q2 = Math.fma(q2, w2, SHIFT_Q3);
      q1 = Math.fma(q1, w1, SHIFT_Q2);
      q2 = Math.fma(q2, w2, SHIFT_Q2);
      q1 = Math.fma(q1, w1, SHIFT_Q1);
      q2 = Math.fma(q2, w2, SHIFT_Q1);
      q1 = Math.fma(q1, w1, SHIFT_Q0);
      q2 = Math.fma(q2, w2, SHIFT_Q0);
      double p1 = SHIFT_P11;
      double p2 = SHIFT_P11;
      p1 = Math.fma(p1, w1, SHIFT_P10);
      p2 = Math.fma(p2, w2, SHIFT_P10);
      p1 = Math.fma(p1, w1, SHIFT_P9);
      p2 = Math.fma(p2, w2, SHIFT_P9);
      p1 = Math.fma(p1, w1, SHIFT_P8);
      p2 = Math.fma(p2, w2, SHIFT_P8);
      p1 = Math.fma(p1, w1, SHIFT_P7);
      p2 = Math.fma(p2, w2, SHIFT_P7);
      p1 = Math.fma(p1, w1, SHIFT_P6);
      p2 = Math.fma(p2, w2, SHIFT_P6);
      p1 = Math.fma(p1, w1, SHIFT_P5);
      p2 = Math.fma(p2, w2, SHIFT_P5);
      p1 = Math.fma(p1, w1, SHIFT_P4);
      p2 = Math.fma(p2, w2, SHIFT_P4);
      p1 = Math.fma(p1, w1, SHIFT_P3);
      p2 = Math.fma(p2, w2, SHIFT_P3);
      p1 = Math.fma(p1, w1, SHIFT_P2);
      p2 = Math.fma(p2, w2, SHIFT_P2);
      p1 = Math.fma(p1, w1, SHIFT_P1);
      p2 = Math.fma(p2, w2, SHIFT_P1);
      p1 = Math.fma(p1, w1, SHIFT_P0);
      p2 = Math.fma(p2, w2, SHIFT_P0);
      double inner = s[DIFFERENCE_SUM + i] * s[ROOT_VAR + i];
      double outer = Math.fma(p1, q2, p2 * q1);
      s[SLOPE + i] = (s[LOW + i] >= -0.5 ? inner : outer) / (q1 * q2);
    }
  }

  @Override
  void blackValue(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double wing = (s[DENSITY + i] * INV_SQRT_2PI) * s[SLOPE + i];
      double near = s[LOW + i] >= -0.5 ? wing : (s[ROOT_RATIO + i] - wing);
      near = near > 0.0 ? near : 0.0;
      s[VALUE + i] = s[DISCOUNT + i] * Math.fma(near, s[ROOT_FK + i], s[INTRINSIC + i]);
    }
  }

  @Override
  void blackPrepare(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double forward = s[FORWARD + i];
      double strike = s[STRIKE + i];
      double call = s[SIDE + i] * (forward - strike);
      double small = forward < strike ? forward : strike;
      double large = forward < strike ? strike : forward;
      double ratio = small / large;
      s[INTRINSIC + i] = call > 0.0 ? call : 0.0;
      s[ROOT_FK + i] = Math.sqrt(forward * strike);
      s[ROOT_RATIO + i] = Math.sqrt(ratio);
      s[RATIO + i] = ratio;
      // The rounding error of the division, put back into the logarithm.
      s[REST + i] = Math.fma(-ratio, large, small) / small;
      s[ROOT_VAR + i] = s[VOL + i] * Math.sqrt(s[TAU + i]);
    }
  }

  @Override
  void logMoneyness(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double x = s[X + i] + s[REST + i];
      s[X + i] = x < 0.0 ? x : 0.0;
    }
  }

  @Override
  void impliedPrepare(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double root = s[ROOT_FK + i];
      double value = s[PRICE + i] / s[DISCOUNT + i];
      double beta = (value - s[INTRINSIC + i]) / root;
      s[SCALED + i] = value / root;
      s[BETA + i] = beta;
      s[COMPLEMENT + i] = s[ROOT_RATIO + i] - beta;
    }
  }

  @Override
  void impliedStart(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double share = s[BETA + i] / s[ROOT_RATIO + i];
      s[SHARE + i] = share;
      s[ARGUMENT + i] = (s[COMPLEMENT + i] / s[ROOT_RATIO + i]) * (share + 1.0);
    }
  }

  @Override
  void impliedMiddle(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double share = s[SHARE + i];
      double square = share * share;
      double w = -s[ARGUMENT + i];
      w = Math.fma(w * GUESS_TAIL, w / (w + 4.0), w);
      w = w > 0.0 ? w : 0.0;
      double effective = share < 0.001 ? share : Math.sqrt(w);
      double bound = s[ROOT_RATIO + i];
      effective = effective * Math.fma(1.0 - bound, square * square, bound);
      double distance = -s[X + i];
      double floor = effective * 1e-06;
      distance = distance < floor ? floor : distance;
      s[EFFECTIVE + i] = distance;
      s[ARGUMENT + i] = (distance / effective) + 1.0;
    }
  }

  @Override
  void impliedGuess(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double l = s[ARGUMENT + i];
      double p = Math.fma(Math.fma(l, GUESS_P2, GUESS_P1), l, GUESS_P0);
      double q = Math.fma(Math.fma(l + GUESS_Q2, l, GUESS_Q1), l, GUESS_Q0);
      s[ROOT_VAR + i] = s[EFFECTIVE + i] / (l * Math.sqrt(p / q));
    }
  }

  @Override
  void impliedStep(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      double vol = s[ROOT_VAR + i];
      double h = s[X + i] / vol;
      double t = vol * 0.5;
      double square = t * t;
      double product = Math.fma(h, h, -square);
      double slope = vol / s[SLOPE + i];
      double target = s[LOW + i] >= -0.5 ? s[LOG_BETA + i] : s[LOG_COMPLEMENT + i];
      slope = s[LOW + i] >= -0.5 ? slope : -slope;
      double error =
          ((Math.fma(h, h, square) * -0.5) + LOG_INV_SQRT_2PI) + (s[ARGUMENT + i] - target);
      double nu = -error / slope;
      double first = product + 1.0;
      double gamma = first - slope;
      double third =
          Math.fma(product, product, Math.fma(product, 3.0, 1.0)) - Math.fma(h * 3.0, h, square);
      double delta = Math.fma(slope * 2.0, slope, Math.fma(slope * -3.0, first, third));
      double step =
          (nu * Math.fma(gamma * 0.5, nu, 1.0))
              / Math.fma(nu, Math.fma(delta * nu, SIXTH, gamma), 1.0);
      // A NaN cannot arise; a wild first step can, for extreme inputs.
      step = step > STEP_MAX ? STEP_MAX : step;
      step = step < -STEP_MAX ? -STEP_MAX : step;
      s[ROOT_VAR + i] = vol * Math.fma(step, Math.fma(step, Math.fma(step, SIXTH, 0.5), 1.0), 1.0);
      s[NOISE + i] =
          Math.abs(
              s[SCALED + i] / (slope * (s[LOW + i] >= -0.5 ? s[BETA + i] : s[COMPLEMENT + i])));
    }
  }

  @Override
  void impliedFinish(double[] s, int n) {
    for (int i = 0; i < n; i++) {
      s[VOL + i] = s[ROOT_VAR + i] / Math.sqrt(s[TAU + i]);
    }
  }
}
