package io.millrace.kernels;

import static io.millrace.kernels.Coefficients.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes in vectors of the hardware's width, four or eight doubles. Each loop stands alone: a
 * vector that crosses a call the compiler does not inline is boxed, so there are no shared steps.
 * Operation for operation the same as {@link ScalarLanes}.
 */
final class VectorLanes extends Lanes {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDTH = S.length();

  /** Where logical lanes 4 to 7 start in the vector that holds them. */
  private static final int UPPER = WIDTH < LANES ? 0 : 4;

  static int preferredBits() {
    return S.vectorBitSize();
  }

  @Override
  String description() {
    return "vector " + S.vectorBitSize();
  }

  @Override
  void exp(double[] x, int xo, double[] y, int yo, int n) {
    DoubleVector log2e = DoubleVector.broadcast(S, LOG2_E);
    DoubleVector magic = DoubleVector.broadcast(S, ROUND_MAGIC);
    DoubleVector minusHi = DoubleVector.broadcast(S, -LN2_HI);
    DoubleVector minusLo = DoubleVector.broadcast(S, -LN2_LO);
    DoubleVector e0 = DoubleVector.broadcast(S, EXP_0);
    DoubleVector e1 = DoubleVector.broadcast(S, EXP_1);
    DoubleVector e2 = DoubleVector.broadcast(S, EXP_2);
    DoubleVector e3 = DoubleVector.broadcast(S, EXP_3);
    DoubleVector e4 = DoubleVector.broadcast(S, EXP_4);
    DoubleVector e5 = DoubleVector.broadcast(S, EXP_5);
    DoubleVector e6 = DoubleVector.broadcast(S, EXP_6);
    DoubleVector e7 = DoubleVector.broadcast(S, EXP_7);
    DoubleVector e8 = DoubleVector.broadcast(S, EXP_8);
    DoubleVector e9 = DoubleVector.broadcast(S, EXP_9);
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector a = DoubleVector.fromArray(S, x, xo + i);
      a = a.blend(EXP_MIN, a.compare(VectorOperators.LT, EXP_MIN));
      a = a.blend(EXP_MAX, a.compare(VectorOperators.GT, EXP_MAX));
      DoubleVector t = a.fma(log2e, magic);
      DoubleVector k = t.sub(magic);
      DoubleVector r = k.fma(minusHi, a);
      r = k.fma(minusLo, r);
      DoubleVector p = e9;
      p = p.fma(r, e8);
      p = p.fma(r, e7);
      p = p.fma(r, e6);
      p = p.fma(r, e5);
      p = p.fma(r, e4);
      p = p.fma(r, e3);
      p = p.fma(r, e2);
      p = p.fma(r, e1);
      p = p.fma(r, e0);
      DoubleVector v = r.mul(r).fma(p, r).add(1.0);
      LongVector biased = t.reinterpretAsLongs().sub(ROUND_MAGIC_BITS - 2046);
      LongVector half = biased.lanewise(VectorOperators.LSHR, 1);
      DoubleVector s1 = half.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      DoubleVector s2 = biased.sub(half).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      v.mul(s1).mul(s2).intoArray(y, yo + i);
    }
  }

  @Override
  void log(double[] x, int xo, double[] y, int yo, int n) {
    DoubleVector l0 = DoubleVector.broadcast(S, LOG_0);
    DoubleVector l1 = DoubleVector.broadcast(S, LOG_1);
    DoubleVector l2 = DoubleVector.broadcast(S, LOG_2);
    DoubleVector l3 = DoubleVector.broadcast(S, LOG_3);
    DoubleVector l4 = DoubleVector.broadcast(S, LOG_4);
    DoubleVector l5 = DoubleVector.broadcast(S, LOG_5);
    DoubleVector l6 = DoubleVector.broadcast(S, LOG_6);
    for (int i = 0; i < n; i += WIDTH) {
      LongVector bits = DoubleVector.fromArray(S, x, xo + i).reinterpretAsLongs().add(LOG_BIAS);
      DoubleVector k =
          bits.lanewise(VectorOperators.LSHR, 52)
              .or(TWO52_BITS)
              .reinterpretAsDoubles()
              .sub(TWO52_PLUS_BIAS);
      DoubleVector f = bits.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(1.0);
      DoubleVector q = f.div(f.add(2.0));
      DoubleVector z = q.mul(q);
      DoubleVector p = l6;
      p = p.fma(z, l5);
      p = p.fma(z, l4);
      p = p.fma(z, l3);
      p = p.fma(z, l2);
      p = p.fma(z, l1);
      p = p.fma(z, l0);
      DoubleVector r = z.mul(p);
      DoubleVector h = f.mul(f).mul(0.5);
      DoubleVector tail = k.fma(DoubleVector.broadcast(S, LN2_LO), q.mul(h.add(r)));
      k.fma(DoubleVector.broadcast(S, LN2_HI), f.sub(h.sub(tail))).intoArray(y, yo + i);
    }
  }

  @Override
  void mills(double[] z, int zo, double[] r, int ro, int n) {
    DoubleVector p0 = DoubleVector.broadcast(S, MILLS_P0);
    DoubleVector p1 = DoubleVector.broadcast(S, MILLS_P1);
    DoubleVector p2 = DoubleVector.broadcast(S, MILLS_P2);
    DoubleVector p3 = DoubleVector.broadcast(S, MILLS_P3);
    DoubleVector p4 = DoubleVector.broadcast(S, MILLS_P4);
    DoubleVector p5 = DoubleVector.broadcast(S, MILLS_P5);
    DoubleVector p6 = DoubleVector.broadcast(S, MILLS_P6);
    DoubleVector p7 = DoubleVector.broadcast(S, MILLS_P7);
    DoubleVector p8 = DoubleVector.broadcast(S, MILLS_P8);
    DoubleVector p9 = DoubleVector.broadcast(S, MILLS_P9);
    DoubleVector q0 = DoubleVector.broadcast(S, MILLS_Q0);
    DoubleVector q1 = DoubleVector.broadcast(S, MILLS_Q1);
    DoubleVector q2 = DoubleVector.broadcast(S, MILLS_Q2);
    DoubleVector q3 = DoubleVector.broadcast(S, MILLS_Q3);
    DoubleVector q4 = DoubleVector.broadcast(S, MILLS_Q4);
    DoubleVector q5 = DoubleVector.broadcast(S, MILLS_Q5);
    DoubleVector q6 = DoubleVector.broadcast(S, MILLS_Q6);
    DoubleVector q7 = DoubleVector.broadcast(S, MILLS_Q7);
    DoubleVector q8 = DoubleVector.broadcast(S, MILLS_Q8);
    DoubleVector q9 = DoubleVector.broadcast(S, MILLS_Q9);
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector a = DoubleVector.fromArray(S, z, zo + i);
      a = a.blend(MILLS_MAX, a.compare(VectorOperators.GT, MILLS_MAX));
      DoubleVector p = p9;
      DoubleVector q = a.add(q9);
      p = p.fma(a, p8);
      q = q.fma(a, q8);
      p = p.fma(a, p7);
      q = q.fma(a, q7);
      p = p.fma(a, p6);
      q = q.fma(a, q6);
      p = p.fma(a, p5);
      q = q.fma(a, q5);
      p = p.fma(a, p4);
      q = q.fma(a, q4);
      p = p.fma(a, p3);
      q = q.fma(a, q3);
      p = p.fma(a, p2);
      q = q.fma(a, q2);
      p = p.fma(a, p1);
      q = q.fma(a, q1);
      p = p.fma(a, p0);
      q = q.fma(a, q0);
      p.div(q).intoArray(r, ro + i);
    }
  }

  @Override
  void normalSplit(double[] x, int xo, double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector z = DoubleVector.fromArray(S, x, xo + i).abs();
      z = z.blend(MILLS_MAX, z.compare(VectorOperators.GT, MILLS_MAX));
      DoubleVector sq = z.mul(z);
      z.intoArray(s, MILLS_1 + i);
      sq.mul(-0.5).intoArray(s, EXP_DENSITY + i);
      z.fma(z, sq.neg()).intoArray(s, LOG_RATIO + i);
    }
  }

  @Override
  void normalPdf(double[] s, double[] y, int yo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector minusHalf = DoubleVector.broadcast(S, -0.5);
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector correction = DoubleVector.fromArray(S, s, LOG_RATIO + i).fma(minusHalf, one);
      DoubleVector.fromArray(S, s, EXP_DENSITY + i)
          .mul(correction.mul(INV_SQRT_2PI))
          .intoArray(y, yo + i);
    }
  }

  @Override
  void normalCdf(double[] x, int xo, double[] s, double[] y, int yo, int n) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector minusHalf = DoubleVector.broadcast(S, -0.5);
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector correction = DoubleVector.fromArray(S, s, LOG_RATIO + i).fma(minusHalf, one);
      DoubleVector mills = DoubleVector.fromArray(S, s, MILLS_2 + i);
      DoubleVector tail =
          DoubleVector.fromArray(S, s, EXP_DENSITY + i)
              .mul(correction.mul(INV_SQRT_2PI).mul(mills));
      VectorMask<Double> below =
          DoubleVector.fromArray(S, x, xo + i).compare(VectorOperators.LT, 0.0);
      one.sub(tail).blend(tail, below).intoArray(y, yo + i);
    }
  }

  @Override
  void ratio(double spot, OptionColumns in, int from, double[] s, int n) {
    DoubleVector price = DoubleVector.broadcast(S, spot);
    for (int i = 0; i < n; i += WIDTH) {
      price.div(DoubleVector.fromArray(S, in.strike, from + i)).intoArray(s, RATIO + i);
    }
  }

  @Override
  void distances(double spot, OptionColumns in, int from, double[] s, int n) {
    DoubleVector price = DoubleVector.broadcast(S, spot);
    DoubleVector inverseSpot = DoubleVector.broadcast(S, 1.0 / spot);
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector half = DoubleVector.broadcast(S, 0.5);
    for (int i = 0; i < n; i += WIDTH) {
      int row = from + i;
      DoubleVector t = DoubleVector.fromArray(S, in.tau, row);
      DoubleVector v = DoubleVector.fromArray(S, in.vol, row);
      DoubleVector carry = DoubleVector.fromArray(S, in.carry, row);
      // The division's rounding error put back: near the money it would be all of the logarithm.
      DoubleVector rest =
          DoubleVector.fromArray(S, s, RATIO + i)
              .neg()
              .fma(DoubleVector.fromArray(S, in.strike, row), price);
      DoubleVector x = rest.fma(inverseSpot, DoubleVector.fromArray(S, s, LOG_RATIO + i));
      DoubleVector root = t.sqrt();
      DoubleVector sv = v.mul(root);
      DoubleVector inverse = one.div(sv);
      DoubleVector drift = v.mul(v).fma(half, carry);
      DoubleVector d1 = drift.fma(t, x).mul(inverse);
      DoubleVector d2 = d1.sub(sv);
      root.intoArray(s, ROOT_TAU + i);
      inverse.intoArray(s, INV_SV + i);
      d1.intoArray(s, D1 + i);
      d2.intoArray(s, D2 + i);
      carry.mul(t).intoArray(s, EXP_CARRY + i);
      DoubleVector.fromArray(S, in.rate, row).neg().mul(t).intoArray(s, EXP_RATE + i);
      d1.mul(d1).mul(-0.5).intoArray(s, EXP_DENSITY + i);
      d1.abs().intoArray(s, MILLS_1 + i);
      d2.abs().intoArray(s, MILLS_2 + i);
    }
  }

  @Override
  void greeks(double spot, OptionColumns in, GreekColumns out, int from, double[] s, int n) {
    DoubleVector price = DoubleVector.broadcast(S, spot);
    DoubleVector inverseSpot = DoubleVector.broadcast(S, 1.0 / spot);
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    for (int i = 0; i < n; i += WIDTH) {
      int row = from + i;
      DoubleVector d1 = DoubleVector.fromArray(S, s, D1 + i);
      DoubleVector d2 = DoubleVector.fromArray(S, s, D2 + i);
      DoubleVector inverse = DoubleVector.fromArray(S, s, INV_SV + i);
      DoubleVector rootTau = DoubleVector.fromArray(S, s, ROOT_TAU + i);
      DoubleVector v = DoubleVector.fromArray(S, in.vol, row);
      DoubleVector carry = DoubleVector.fromArray(S, in.carry, row);
      DoubleVector rate = DoubleVector.fromArray(S, in.rate, row);
      DoubleVector side = DoubleVector.fromArray(S, in.side, row);
      DoubleVector growth = DoubleVector.fromArray(S, s, EXP_CARRY + i);
      DoubleVector discount =
          DoubleVector.fromArray(S, s, EXP_RATE + i).mul(DoubleVector.fromArray(S, in.live, row));
      DoubleVector q = growth.mul(discount);
      DoubleVector n1 = DoubleVector.fromArray(S, s, EXP_DENSITY + i).mul(INV_SQRT_2PI);
      DoubleVector n2 = n1.mul(DoubleVector.fromArray(S, s, RATIO + i).mul(growth));
      DoubleVector tail1 = n1.mul(DoubleVector.fromArray(S, s, MILLS_1 + i));
      DoubleVector tail2 = n2.mul(DoubleVector.fromArray(S, s, MILLS_2 + i));
      DoubleVector cdf1 =
          one.sub(tail1).blend(tail1, d1.mul(side).compare(VectorOperators.LT, 0.0));
      DoubleVector cdf2 =
          one.sub(tail2).blend(tail2, d2.mul(side).compare(VectorOperators.LT, 0.0));
      DoubleVector qn = q.mul(n1);
      DoubleVector qc = q.mul(cdf1).mul(side);
      DoubleVector dc = discount.mul(cdf2).mul(side);
      DoubleVector sqn = price.mul(qn);
      DoubleVector yield = carry.sub(rate);
      DoubleVector root = v.mul(inverse);
      qc.intoArray(s, MILLS_1 + i);
      dc.intoArray(s, MILLS_2 + i);
      qc.intoArray(out.delta, row);
      qn.mul(inverse).mul(inverseSpot).intoArray(out.gamma, row);
      sqn.mul(rootTau).intoArray(out.vega, row);
      DoubleVector decay = sqn.mul(v.mul(0.5)).mul(root);
      DoubleVector funding =
          yield.mul(price).fma(qc, rate.mul(DoubleVector.fromArray(S, in.strike, row)).mul(dc));
      decay.add(funding).mul(MINUS_PER_DAY).intoArray(out.theta, row);
      qn.mul(d2).neg().mul(inverse.mul(rootTau)).intoArray(out.vanna, row);
      DoubleVector drift = carry.fma(inverse, d2.mul(-0.5).mul(root.mul(root)));
      qn.fma(drift, yield.mul(qc)).mul(MINUS_PER_DAY).intoArray(out.charm, row);
    }
  }

  @Override
  void furtherGreeks(double spot, OptionColumns in, GreekColumns out, int from, double[] s, int n) {
    DoubleVector price = DoubleVector.broadcast(S, spot);
    DoubleVector minusInverseSpot = DoubleVector.broadcast(S, -1.0 / spot);
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector zero = DoubleVector.zero(S);
    for (int i = 0; i < n; i += WIDTH) {
      int row = from + i;
      DoubleVector d1 = DoubleVector.fromArray(S, s, D1 + i);
      DoubleVector d2 = DoubleVector.fromArray(S, s, D2 + i);
      DoubleVector inverse = DoubleVector.fromArray(S, s, INV_SV + i);
      DoubleVector rootTau = DoubleVector.fromArray(S, s, ROOT_TAU + i);
      DoubleVector paid =
          DoubleVector.fromArray(S, in.strike, row)
              .mul(DoubleVector.fromArray(S, s, MILLS_2 + i))
              .neg();
      DoubleVector value = price.fma(DoubleVector.fromArray(S, s, MILLS_1 + i), paid);
      zero.blend(value, value.compare(VectorOperators.GT, 0.0)).intoArray(out.price, row);
      DoubleVector.fromArray(S, out.vega, row)
          .mul(d1.mul(d2))
          .mul(inverse.mul(rootTau))
          .intoArray(out.vomma, row);
      DoubleVector.fromArray(S, out.gamma, row)
          .mul(minusInverseSpot)
          .mul(d1.fma(inverse, one))
          .intoArray(out.speed, row);
    }
  }

  @Override
  double sum(double[] x, int from, int n) {
    int whole = n & -LANES;
    DoubleVector low = DoubleVector.zero(S);
    DoubleVector high = DoubleVector.zero(S);
    for (int i = 0; i < whole; i += LANES) {
      int row = from + i;
      low = low.add(DoubleVector.fromArray(S, x, row));
      if (WIDTH < LANES) {
        int next = row + WIDTH;
        high = high.add(DoubleVector.fromArray(S, x, next));
      }
    }
    DoubleVector upper = WIDTH < LANES ? high : low;
    return ScalarLanes.tailSum(
        x,
        from,
        whole,
        n,
        low.lane(0),
        low.lane(1),
        low.lane(2),
        low.lane(3),
        upper.lane(UPPER),
        upper.lane(UPPER + 1),
        upper.lane(UPPER + 2),
        upper.lane(UPPER + 3));
  }

  @Override
  double dot(double[] w, double[] x, int from, int n) {
    int whole = n & -LANES;
    DoubleVector low = DoubleVector.zero(S);
    DoubleVector high = DoubleVector.zero(S);
    for (int i = 0; i < whole; i += LANES) {
      int row = from + i;
      low = DoubleVector.fromArray(S, w, row).fma(DoubleVector.fromArray(S, x, row), low);
      if (WIDTH < LANES) {
        int next = row + WIDTH;
        high = DoubleVector.fromArray(S, w, next).fma(DoubleVector.fromArray(S, x, next), high);
      }
    }
    DoubleVector upper = WIDTH < LANES ? high : low;
    return ScalarLanes.tailDot(
        w,
        x,
        from,
        whole,
        n,
        low.lane(0),
        low.lane(1),
        low.lane(2),
        low.lane(3),
        upper.lane(UPPER),
        upper.lane(UPPER + 1),
        upper.lane(UPPER + 2),
        upper.lane(UPPER + 3));
  }

  @Override
  void threeDots(double[] w, double[] a, double[] b, double[] c, double[] sums, int from, int n) {
    int whole = n & -LANES;
    DoubleVector lowA = DoubleVector.zero(S);
    DoubleVector lowB = DoubleVector.zero(S);
    DoubleVector lowC = DoubleVector.zero(S);
    DoubleVector highA = DoubleVector.zero(S);
    DoubleVector highB = DoubleVector.zero(S);
    DoubleVector highC = DoubleVector.zero(S);
    for (int i = 0; i < whole; i += LANES) {
      int row = from + i;
      DoubleVector weight = DoubleVector.fromArray(S, w, row);
      lowA = weight.fma(DoubleVector.fromArray(S, a, row), lowA);
      lowB = weight.fma(DoubleVector.fromArray(S, b, row), lowB);
      lowC = weight.fma(DoubleVector.fromArray(S, c, row), lowC);
      if (WIDTH < LANES) {
        int next = row + WIDTH;
        DoubleVector other = DoubleVector.fromArray(S, w, next);
        highA = other.fma(DoubleVector.fromArray(S, a, next), highA);
        highB = other.fma(DoubleVector.fromArray(S, b, next), highB);
        highC = other.fma(DoubleVector.fromArray(S, c, next), highC);
      }
    }
    DoubleVector upperA = WIDTH < LANES ? highA : lowA;
    sums[0] =
        ScalarLanes.tailDot(
            w,
            a,
            from,
            whole,
            n,
            lowA.lane(0),
            lowA.lane(1),
            lowA.lane(2),
            lowA.lane(3),
            upperA.lane(UPPER),
            upperA.lane(UPPER + 1),
            upperA.lane(UPPER + 2),
            upperA.lane(UPPER + 3));
    DoubleVector upperB = WIDTH < LANES ? highB : lowB;
    sums[1] =
        ScalarLanes.tailDot(
            w,
            b,
            from,
            whole,
            n,
            lowB.lane(0),
            lowB.lane(1),
            lowB.lane(2),
            lowB.lane(3),
            upperB.lane(UPPER),
            upperB.lane(UPPER + 1),
            upperB.lane(UPPER + 2),
            upperB.lane(UPPER + 3));
    DoubleVector upperC = WIDTH < LANES ? highC : lowC;
    sums[2] =
        ScalarLanes.tailDot(
            w,
            c,
            from,
            whole,
            n,
            lowC.lane(0),
            lowC.lane(1),
            lowC.lane(2),
            lowC.lane(3),
            upperC.lane(UPPER),
            upperC.lane(UPPER + 1),
            upperC.lane(UPPER + 2),
            upperC.lane(UPPER + 3));
  }

  @Override
  double dot3(double[] w, double[] x, double[] y, int from, int n) {
    int whole = n & -LANES;
    DoubleVector low = DoubleVector.zero(S);
    DoubleVector high = DoubleVector.zero(S);
    for (int i = 0; i < whole; i += LANES) {
      int row = from + i;
      low =
          DoubleVector.fromArray(S, w, row)
              .mul(DoubleVector.fromArray(S, x, row))
              .fma(DoubleVector.fromArray(S, y, row), low);
      if (WIDTH < LANES) {
        int next = row + WIDTH;
        high =
            DoubleVector.fromArray(S, w, next)
                .mul(DoubleVector.fromArray(S, x, next))
                .fma(DoubleVector.fromArray(S, y, next), high);
      }
    }
    DoubleVector upper = WIDTH < LANES ? high : low;
    return ScalarLanes.tailDot3(
        w,
        x,
        y,
        from,
        whole,
        n,
        low.lane(0),
        low.lane(1),
        low.lane(2),
        low.lane(3),
        upper.lane(UPPER),
        upper.lane(UPPER + 1),
        upper.lane(UPPER + 2),
        upper.lane(UPPER + 3));
  }

  // ---- Black on a forward, and its inverse ----

  @Override
  void blackDistances(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector vol = DoubleVector.fromArray(S, s, ROOT_VAR + i);
      DoubleVector h = DoubleVector.fromArray(S, s, X + i).div(vol);
      DoubleVector t = vol.mul(0.5);
      DoubleVector low = t.add(h).neg();
      // Left of -1/2 the complement of the price is the well-conditioned side.
      DoubleVector inner = low.neg().blend(low, low.compare(VectorOperators.GE, -0.5));
      DoubleVector w1 = inner.add(0.5);
      w1 = w1.blend(SHIFT_MAX, w1.compare(VectorOperators.GT, SHIFT_MAX));
      DoubleVector w2 = t.sub(h).add(0.5);
      w2 = w2.blend(SHIFT_MAX, w2.compare(VectorOperators.GT, SHIFT_MAX));
      low.intoArray(s, LOW + i);
      w1.intoArray(s, W1 + i);
      w2.intoArray(s, W2 + i);
      h.fma(h, t.mul(t)).mul(-0.5).intoArray(s, EXPONENT + i);
    }
  }

  @Override
  void blackDifference(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector w1 = DoubleVector.fromArray(S, s, W1 + i);
      DoubleVector w2 = DoubleVector.fromArray(S, s, W2 + i);
      DoubleVector e1 = w1.add(w2);
      DoubleVector e2 = w1.mul(w2);
      DoubleVector sum = DoubleVector.broadcast(S, DIFF_11_0);
      DoubleVector row = DoubleVector.broadcast(S, DIFF_10_1);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_10_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_9_2);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_9_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_9_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_8_3);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_8_2));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_8_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_8_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_7_4);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_7_3));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_7_2));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_7_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_7_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_6_5);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_6_4));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_6_3));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_6_2));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_6_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_6_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_5_6);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_5_5));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_5_4));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_5_3));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_5_2));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_5_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_5_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_4_7);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_4_6));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_4_5));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_4_4));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_4_3));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_4_2));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_4_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_4_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_3_8);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_3_7));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_3_6));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_3_5));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_3_4));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_3_3));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_3_2));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_3_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_3_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_2_9);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_2_8));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_2_7));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_2_6));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_2_5));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_2_4));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_2_3));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_2_2));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_2_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_2_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_1_10);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_9));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_8));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_7));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_6));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_5));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_4));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_3));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_2));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_1_0));
      sum = sum.fma(e2, row);
      row = DoubleVector.broadcast(S, DIFF_0_11);
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_10));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_9));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_8));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_7));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_6));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_5));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_4));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_3));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_2));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_1));
      row = row.fma(e1, DoubleVector.broadcast(S, DIFF_0_0));
      sum = sum.fma(e2, row);
      sum.intoArray(s, DIFFERENCE_SUM + i);
    }
  }

  @Override
  void blackRatios(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector w1 = DoubleVector.fromArray(S, s, W1 + i);
      DoubleVector w2 = DoubleVector.fromArray(S, s, W2 + i);
      DoubleVector q1 = w1.add(SHIFT_Q11);
      DoubleVector q2 = w2.add(SHIFT_Q11);
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q10));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q10));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q9));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q9));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q8));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q8));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q7));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q7));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q6));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q6));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q5));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q5));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q4));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q4));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q3));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q3));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q2));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q2));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q1));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q1));
      q1 = q1.fma(w1, DoubleVector.broadcast(S, SHIFT_Q0));
      q2 = q2.fma(w2, DoubleVector.broadcast(S, SHIFT_Q0));
      DoubleVector p1 = DoubleVector.broadcast(S, SHIFT_P11);
      DoubleVector p2 = DoubleVector.broadcast(S, SHIFT_P11);
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P10));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P10));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P9));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P9));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P8));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P8));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P7));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P7));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P6));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P6));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P5));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P5));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P4));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P4));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P3));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P3));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P2));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P2));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P1));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P1));
      p1 = p1.fma(w1, DoubleVector.broadcast(S, SHIFT_P0));
      p2 = p2.fma(w2, DoubleVector.broadcast(S, SHIFT_P0));
      DoubleVector inner =
          DoubleVector.fromArray(S, s, DIFFERENCE_SUM + i)
              .mul(DoubleVector.fromArray(S, s, ROOT_VAR + i));
      DoubleVector outer = p1.fma(q2, p2.mul(q1));
      outer
          .blend(inner, DoubleVector.fromArray(S, s, LOW + i).compare(VectorOperators.GE, -0.5))
          .div(q1.mul(q2))
          .intoArray(s, SLOPE + i);
    }
  }

  @Override
  void blackValue(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector wing =
          DoubleVector.fromArray(S, s, DENSITY + i)
              .mul(INV_SQRT_2PI)
              .mul(DoubleVector.fromArray(S, s, SLOPE + i));
      DoubleVector near =
          DoubleVector.fromArray(S, s, ROOT_RATIO + i)
              .sub(wing)
              .blend(wing, DoubleVector.fromArray(S, s, LOW + i).compare(VectorOperators.GE, -0.5));
      near = DoubleVector.broadcast(S, 0.0).blend(near, near.compare(VectorOperators.GT, 0.0));
      DoubleVector.fromArray(S, s, DISCOUNT + i)
          .mul(
              near.fma(
                  DoubleVector.fromArray(S, s, ROOT_FK + i),
                  DoubleVector.fromArray(S, s, INTRINSIC + i)))
          .intoArray(s, VALUE + i);
    }
  }

  @Override
  void blackPrepare(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector forward = DoubleVector.fromArray(S, s, FORWARD + i);
      DoubleVector strike = DoubleVector.fromArray(S, s, STRIKE + i);
      DoubleVector call = DoubleVector.fromArray(S, s, SIDE + i).mul(forward.sub(strike));
      DoubleVector small = strike.blend(forward, forward.compare(VectorOperators.LT, strike));
      DoubleVector large = forward.blend(strike, forward.compare(VectorOperators.LT, strike));
      DoubleVector ratio = small.div(large);
      DoubleVector.broadcast(S, 0.0)
          .blend(call, call.compare(VectorOperators.GT, 0.0))
          .intoArray(s, INTRINSIC + i);
      forward.mul(strike).sqrt().intoArray(s, ROOT_FK + i);
      ratio.sqrt().intoArray(s, ROOT_RATIO + i);
      ratio.intoArray(s, RATIO + i);
      // The rounding error of the division, put back into the logarithm.
      ratio.neg().fma(large, small).div(small).intoArray(s, REST + i);
      DoubleVector.fromArray(S, s, VOL + i)
          .mul(DoubleVector.fromArray(S, s, TAU + i).sqrt())
          .intoArray(s, ROOT_VAR + i);
    }
  }

  @Override
  void logMoneyness(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector x =
          DoubleVector.fromArray(S, s, X + i).add(DoubleVector.fromArray(S, s, REST + i));
      DoubleVector.broadcast(S, 0.0)
          .blend(x, x.compare(VectorOperators.LT, 0.0))
          .intoArray(s, X + i);
    }
  }

  @Override
  void impliedPrepare(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector root = DoubleVector.fromArray(S, s, ROOT_FK + i);
      DoubleVector value =
          DoubleVector.fromArray(S, s, PRICE + i).div(DoubleVector.fromArray(S, s, DISCOUNT + i));
      DoubleVector beta = value.sub(DoubleVector.fromArray(S, s, INTRINSIC + i)).div(root);
      value.div(root).intoArray(s, SCALED + i);
      beta.intoArray(s, BETA + i);
      DoubleVector.fromArray(S, s, ROOT_RATIO + i).sub(beta).intoArray(s, COMPLEMENT + i);
    }
  }

  @Override
  void impliedStart(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector share =
          DoubleVector.fromArray(S, s, BETA + i).div(DoubleVector.fromArray(S, s, ROOT_RATIO + i));
      share.intoArray(s, SHARE + i);
      DoubleVector.fromArray(S, s, COMPLEMENT + i)
          .div(DoubleVector.fromArray(S, s, ROOT_RATIO + i))
          .mul(share.add(1.0))
          .intoArray(s, ARGUMENT + i);
    }
  }

  @Override
  void impliedMiddle(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector share = DoubleVector.fromArray(S, s, SHARE + i);
      DoubleVector square = share.mul(share);
      DoubleVector w = DoubleVector.fromArray(S, s, ARGUMENT + i).neg();
      w = w.mul(GUESS_TAIL).fma(w.div(w.add(4.0)), w);
      w = DoubleVector.broadcast(S, 0.0).blend(w, w.compare(VectorOperators.GT, 0.0));
      DoubleVector effective = w.sqrt().blend(share, share.compare(VectorOperators.LT, 0.001));
      DoubleVector bound = DoubleVector.fromArray(S, s, ROOT_RATIO + i);
      effective =
          effective.mul(DoubleVector.broadcast(S, 1.0).sub(bound).fma(square.mul(square), bound));
      DoubleVector distance = DoubleVector.fromArray(S, s, X + i).neg();
      DoubleVector floor = effective.mul(1e-06);
      distance = distance.blend(floor, distance.compare(VectorOperators.LT, floor));
      distance.intoArray(s, EFFECTIVE + i);
      distance.div(effective).add(1.0).intoArray(s, ARGUMENT + i);
    }
  }

  @Override
  void impliedGuess(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector l = DoubleVector.fromArray(S, s, ARGUMENT + i);
      DoubleVector p =
          l.fma(DoubleVector.broadcast(S, GUESS_P2), DoubleVector.broadcast(S, GUESS_P1))
              .fma(l, DoubleVector.broadcast(S, GUESS_P0));
      DoubleVector q =
          l.add(GUESS_Q2)
              .fma(l, DoubleVector.broadcast(S, GUESS_Q1))
              .fma(l, DoubleVector.broadcast(S, GUESS_Q0));
      DoubleVector.fromArray(S, s, EFFECTIVE + i)
          .div(l.mul(p.div(q).sqrt()))
          .intoArray(s, ROOT_VAR + i);
    }
  }

  @Override
  void impliedStep(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector vol = DoubleVector.fromArray(S, s, ROOT_VAR + i);
      DoubleVector h = DoubleVector.fromArray(S, s, X + i).div(vol);
      DoubleVector t = vol.mul(0.5);
      DoubleVector square = t.mul(t);
      DoubleVector product = h.fma(h, square.neg());
      DoubleVector slope = vol.div(DoubleVector.fromArray(S, s, SLOPE + i));
      DoubleVector target =
          DoubleVector.fromArray(S, s, LOG_COMPLEMENT + i)
              .blend(
                  DoubleVector.fromArray(S, s, LOG_BETA + i),
                  DoubleVector.fromArray(S, s, LOW + i).compare(VectorOperators.GE, -0.5));
      slope =
          slope
              .neg()
              .blend(
                  slope, DoubleVector.fromArray(S, s, LOW + i).compare(VectorOperators.GE, -0.5));
      DoubleVector error =
          h.fma(h, square)
              .mul(-0.5)
              .add(LOG_INV_SQRT_2PI)
              .add(DoubleVector.fromArray(S, s, ARGUMENT + i).sub(target));
      DoubleVector nu = error.neg().div(slope);
      DoubleVector first = product.add(1.0);
      DoubleVector gamma = first.sub(slope);
      DoubleVector third =
          product
              .fma(
                  product,
                  product.fma(DoubleVector.broadcast(S, 3.0), DoubleVector.broadcast(S, 1.0)))
              .sub(h.mul(3.0).fma(h, square));
      DoubleVector delta = slope.mul(2.0).fma(slope, slope.mul(-3.0).fma(first, third));
      DoubleVector step =
          nu.mul(gamma.mul(0.5).fma(nu, DoubleVector.broadcast(S, 1.0)))
              .div(
                  nu.fma(
                      delta.mul(nu).fma(DoubleVector.broadcast(S, SIXTH), gamma),
                      DoubleVector.broadcast(S, 1.0)));
      // A NaN cannot arise; a wild first step can, for extreme inputs.
      step = step.blend(STEP_MAX, step.compare(VectorOperators.GT, STEP_MAX));
      step = step.blend(-STEP_MAX, step.compare(VectorOperators.LT, -STEP_MAX));
      vol.mul(
              step.fma(
                  step.fma(
                      step.fma(DoubleVector.broadcast(S, SIXTH), DoubleVector.broadcast(S, 0.5)),
                      DoubleVector.broadcast(S, 1.0)),
                  DoubleVector.broadcast(S, 1.0)))
          .intoArray(s, ROOT_VAR + i);
      DoubleVector.fromArray(S, s, SCALED + i)
          .div(
              slope.mul(
                  DoubleVector.fromArray(S, s, COMPLEMENT + i)
                      .blend(
                          DoubleVector.fromArray(S, s, BETA + i),
                          DoubleVector.fromArray(S, s, LOW + i).compare(VectorOperators.GE, -0.5))))
          .abs()
          .intoArray(s, NOISE + i);
    }
  }

  @Override
  void impliedFinish(double[] s, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      DoubleVector.fromArray(S, s, ROOT_VAR + i)
          .div(DoubleVector.fromArray(S, s, TAU + i).sqrt())
          .intoArray(s, VOL + i);
    }
  }
}
