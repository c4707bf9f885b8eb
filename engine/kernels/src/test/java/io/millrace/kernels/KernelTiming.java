package io.millrace.kernels;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import com.opengamma.strata.pricer.impl.option.BlackScholesFormulaRepository;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times the kernels beside Strata, interleaved, on one chain of 5,000 contracts: median and best of
 * many rounds after warm-up. Not a test; the figures of record come from the bench module.
 */
final class KernelTiming {
  private static final int N = 5000;
  private static final int WARM_UP = 400;
  private static final int ROUNDS = 401;
  private static final double[] SUMS = new double[3];
  private static double sink;

  private KernelTiming() {}

  public static void main(String[] args) {
    Kernels kernels = Kernels.select(System.getProperty(Kernels.MODE_PROPERTY, "vector"));
    SplitMix64 random = new SplitMix64(1);
    OptionColumns in = KernelDigest.listed(random, N, 100);
    GreekColumns out = new GreekColumns(N);
    double[] interest = new double[N];
    ImpliedVolTest.Rows rows = new ImpliedVolTest.Rows(N);
    for (int i = 0; i < N; i++) {
      interest[i] = random.scaled(1, 1e5);
      double forward = 100 * StrictMath.exp(in.carry(i) * in.tau(i));
      // Out of the money, within three deviations: quotes that both solvers can take.
      double strike =
          forward * StrictMath.exp(random.between(-3, 3) * in.vol(i) * StrictMath.sqrt(in.tau(i)));
      rows.set(i, forward, strike, in.tau(i), in.vol(i), 1.0, strike >= forward);
    }
    rows.price(kernels, N);
    double[] spot = {100};
    Runnable[] work = {
      () -> kernels.greeks(nextSpot(spot), in, out, 0, N),
      () -> pressures(kernels, out, interest),
      () -> {
        kernels.greeks(nextSpot(spot), in, out, 0, N);
        pressures(kernels, out, interest);
      },
      () -> kernels.greeks(nextSpot(spot), in, out, 2500, 1),
      () -> rows.solve(kernels, N),
      () -> strataSix(nextSpot(spot), in),
      () -> strataThree(nextSpot(spot), in),
      () -> strataImplied(rows),
    };
    String[] names = {
      "six Greeks of 5,000",
      "three pressures of 5,000",
      "re-mark: both",
      "one quote (its group of eight)",
      "implied volatility of 5,000",
      "Strata: the same six Greeks",
      "Strata: gamma, vanna, charm",
      "Strata: implied volatility"
    };
    double[][] micros = new double[work.length][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int k = 0; k < work.length; k++) {
        long start = System.nanoTime();
        work[k].run();
        long end = System.nanoTime();
        if (round >= 0) {
          micros[k][round] = (end - start) / 1e3;
        }
      }
    }
    System.out.println(kernels.description() + ", Java " + Runtime.version());
    double[] median = new double[work.length];
    for (int k = 0; k < work.length; k++) {
      Arrays.sort(micros[k]);
      median[k] = micros[k][ROUNDS / 2];
      System.out.println(
          String.format(
              Locale.ROOT,
              "%-32s median %9.2f us, best %9.2f us",
              names[k],
              median[k],
              micros[k][0]));
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "Strata / ours: six Greeks %.1f, implied volatility %.1f (%s)",
            median[5] / median[0],
            median[7] / median[4],
            Double.isFinite(sink) ? "finite" : "not finite"));
  }

  private static double nextSpot(double[] spot) {
    spot[0] = spot[0] > 101 ? 99 : spot[0] + 0.01;
    return spot[0];
  }

  private static void pressures(Kernels kernels, GreekColumns g, double[] oi) {
    kernels.threeDots(oi, g.gamma(), g.vanna(), g.charm(), SUMS, 0, N);
    sink += SUMS[0] + SUMS[1] + SUMS[2];
  }

  private static void strataSix(double s, OptionColumns in) {
    for (int i = 0; i < N; i++) {
      double k = in.strike(i);
      double t = in.tau(i);
      double v = in.vol(i);
      double r = in.rate(i);
      double b = in.carry(i);
      boolean c = in.call(i);
      sink +=
          BlackScholesFormulaRepository.delta(s, k, t, v, r, b, c)
              + BlackScholesFormulaRepository.gamma(s, k, t, v, r, b)
              + BlackScholesFormulaRepository.vega(s, k, t, v, r, b)
              + BlackScholesFormulaRepository.theta(s, k, t, v, r, b, c)
              + BlackScholesFormulaRepository.vanna(s, k, t, v, r, b)
              + BlackScholesFormulaRepository.charm(s, k, t, v, r, b, c);
    }
  }

  private static void strataThree(double s, OptionColumns in) {
    for (int i = 0; i < N; i++) {
      double k = in.strike(i);
      double t = in.tau(i);
      double v = in.vol(i);
      double r = in.rate(i);
      double b = in.carry(i);
      sink +=
          BlackScholesFormulaRepository.gamma(s, k, t, v, r, b)
              + BlackScholesFormulaRepository.vanna(s, k, t, v, r, b)
              + BlackScholesFormulaRepository.charm(s, k, t, v, r, b, in.call(i));
    }
  }

  private static void strataImplied(ImpliedVolTest.Rows rows) {
    for (int i = 0; i < N; i++) {
      sink +=
          BlackFormulaRepository.impliedVolatility(
              rows.price[i], rows.forward[i], rows.strike[i], rows.tau[i], rows.side[i] > 0);
    }
  }
}
