package io.millrace.kernels;

import java.util.Locale;

/**
 * One number over the outputs of all kernels on a fixed pseudo-random input: the same for every
 * path, vector width, JDK and compiler. Run with a row count; prints the path and the digest.
 */
final class KernelDigest {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private long hash = FNV_OFFSET;

  private KernelDigest() {}

  public static void main(String[] args) {
    Kernels kernels = Kernels.select();
    int rows = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    long digest = 0;
    // Many rounds: the interpreter, C1 and C2 all get their turn, and must agree.
    for (int i = 0; i < rounds; i++) {
      long next = of(kernels, rows);
      if (i > 0 && next != digest) {
        throw new AssertionError("the digest changed in round " + i);
      }
      digest = next;
    }
    System.out.println(
        String.format(Locale.ROOT, "digest %016x %s", digest, kernels.description()));
  }

  static long of(Kernels kernels, int n) {
    KernelDigest digest = new KernelDigest();
    SplitMix64 random = new SplitMix64(42);
    digest.elementary(kernels, random, n);
    digest.greeks(kernels, random, n);
    digest.volatility(kernels, random, n);
    digest.american(kernels, random, n);
    digest.parity(random, n);
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
    OptionColumns in = GreeksTest.listed(random, n, 100);
    in.clear(n / 2);
    GreekColumns out = new GreekColumns(n);
    kernels.allGreeks(101.5, in, out, 0, n);
    for (double[] column : GreeksTest.columns(out)) {
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
    for (double[] column : GreeksTest.columns(out)) {
      add(column);
    }
  }

  private void volatility(Kernels kernels, SplitMix64 random, int n) {
    ImpliedVolTest.Rows rows = new ImpliedVolTest.Rows(n);
    for (int i = 0; i < n; i++) {
      double strike = random.scaled(10, 1000);
      double t = random.scaled(1e-4, 5);
      rows.set(i, 100, strike, t, random.scaled(0.01, 4), 0.97, random.coin());
    }
    rows.price(kernels, n);
    add(rows.price);
    for (int i = 0; i < n; i += 11) {
      rows.price[i] = random.scaled(1e-6, 200);
    }
    rows.solve(kernels, n);
    add(rows.vol);
    for (byte flag : rows.flags) {
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
