package io.millrace.kernels;

/**
 * One number over the outputs of all kernels on a fixed pseudo-random input: the same for every
 * path, vector width, JDK and compiler. A machine can check itself with it.
 */
public final class KernelDigest {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long SEED = 42;
  private long hash = FNV_OFFSET;

  private KernelDigest() {}

  /**
   * The digest.
   *
   * @param rows length of all columns, 9 or more
   */
  public static long of(Kernels kernels, int rows) {
    KernelDigest digest = new KernelDigest();
    SplitMix64 random = new SplitMix64(SEED);
    digest.elementary(kernels, random, rows);
    digest.greeks(kernels, random, rows);
    digest.volatility(kernels, random, rows);
    digest.american(kernels, random, rows);
    digest.parity(random, rows);
    return digest.hash;
  }

  private void elementary(Kernels kernels, SplitMix64 random, int n) {
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = i % 16 == 0 ? Double.longBitsToDouble(random.next()) : random.between(-750, 750);
    }
    kernels.exp(x, y, 0, n);
    add(y);
    for (int i = 0; i < n; i++) {
      x[i] = i % 16 == 0 ? Double.longBitsToDouble(random.next()) : random.scaled(1e-9, 1e9);
    }
    kernels.log(x, y, 0, n);
    add(y);
    for (int i = 0; i < n; i++) {
      x[i] = i % 16 == 0 ? Double.longBitsToDouble(random.next()) : random.between(-40, 40);
    }
    kernels.normalCdf(x, y, 0, n);
    add(y);
    kernels.normalPdf(x, y, 0, n);
    add(y);
    for (int i = 0; i < n; i++) {
      x[i] = random.between(-1, 1);
    }
    add(kernels.sum(x, 0, n));
    add(kernels.dot(x, y, 1, n - 1));
    add(kernels.dot3(x, y, x, 3, n - 3));
    double[] sums = new double[3];
    kernels.threeDots(x, y, x, y, sums, 1, n - 1);
    add(sums);
  }

  private void greeks(Kernels kernels, SplitMix64 random, int n) {
    OptionColumns in = listed(random, n, 100);
    in.clear(n / 2);
    GreekColumns out = new GreekColumns(n);
    kernels.allGreeks(101.5, in, out, 0, n);
    for (double[] column : columns(out)) {
      add(column);
    }
    // Far wings, where the densities fade out.
    for (int i = 0; i < n; i++) {
      in.set(
          i,
          random.scaled(1e-3, 1e7),
          random.scaled(1e-4, 5),
          random.scaled(0.01, 4),
          0.05,
          0.01,
          random.coin());
    }
    kernels.greeks(99, in, out, 0, n);
    for (double[] column : columns(out)) {
      add(column);
    }
  }

  static double[][] columns(GreekColumns g) {
    return new double[][] {
      g.delta(), g.gamma(), g.vega(), g.theta(), g.vanna(), g.charm(), g.price(), g.vomma(),
      g.speed()
    };
  }

  /** Contracts as they are listed: within five standard deviations, a day to three years. */
  static OptionColumns listed(SplitMix64 random, int n, double spot) {
    OptionColumns in = new OptionColumns(n);
    for (int i = 0; i < n; i++) {
      double t = random.scaled(1.0 / 365, 3);
      double v = random.scaled(0.05, 2);
      double k = spot * StrictMath.exp(random.between(-5, 5) * v * StrictMath.sqrt(t));
      in.set(i, k, t, v, random.between(-0.01, 0.08), random.between(-0.05, 0.08), random.coin());
    }
    return in;
  }

  private void volatility(Kernels kernels, SplitMix64 random, int n) {
    double[] forward = new double[n];
    double[] strike = new double[n];
    double[] tau = new double[n];
    double[] vol = new double[n];
    double[] discount = new double[n];
    double[] side = new double[n];
    double[] price = new double[n];
    byte[] flags = new byte[n];
    for (int i = 0; i < n; i++) {
      forward[i] = 100;
      strike[i] = random.scaled(10, 1000);
      tau[i] = random.scaled(1e-4, 5);
      vol[i] = random.scaled(0.01, 4);
      discount[i] = 0.97;
      side[i] = random.coin() ? 1 : -1;
    }
    kernels.blackPrice(forward, strike, tau, vol, discount, side, price, flags, 0, n);
    add(price);
    for (int i = 0; i < n; i += 11) {
      price[i] = random.scaled(1e-6, 200);
    }
    kernels.impliedVol(forward, strike, tau, discount, side, price, vol, flags, 0, n);
    add(vol);
    for (byte flag : flags) {
      add(flag);
    }
  }

  private void american(Kernels kernels, SplitMix64 random, int n) {
    double[] strike = new double[n];
    double[] tau = new double[n];
    double[] rate = new double[n];
    double[] carry = new double[n];
    double[] side = new double[n];
    double[] price = new double[n];
    byte[] flags = new byte[n];
    for (int i = 0; i < n; i++) {
      strike[i] = random.between(70, 130);
      tau[i] = random.scaled(0.01, 2);
      rate[i] = random.between(0, 0.08);
      carry[i] = random.between(-0.03, 0.08);
      side[i] = random.coin() ? 1 : -1;
      price[i] = Math.max(side[i] * (100 - strike[i]), 0) + random.scaled(0.01, 20);
    }
    kernels.deAmericanise(100, strike, tau, rate, carry, side, price, price, flags, 0, n);
    add(price);
    for (byte flag : flags) {
      add(flag);
    }
  }

  private void parity(SplitMix64 random, int n) {
    double[] strike = new double[n];
    double[] call = new double[n];
    double[] put = new double[n];
    for (int i = 0; i < n; i++) {
      strike[i] = 50 + i;
      call[i] = random.between(1, 10);
      put[i] = random.between(1, 10);
    }
    Parity parity = new Parity(7);
    add(parity.estimate(strike, call, put, 0.99, 100, 0.5, n));
    add(parity.forward());
    add(parity.carry());
  }

  private void add(double[] values) {
    for (double v : values) {
      add(v);
    }
  }

  private void add(double value) {
    add(Double.doubleToRawLongBits(value));
  }

  private void add(long bits) {
    for (int shift = 0; shift < 64; shift += 8) {
      hash = (hash ^ ((bits >>> shift) & 0xff)) * FNV_PRIME;
    }
  }
}
