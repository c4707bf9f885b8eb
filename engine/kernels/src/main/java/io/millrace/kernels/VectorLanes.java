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
}
