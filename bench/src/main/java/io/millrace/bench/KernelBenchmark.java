package io.millrace.bench;

import com.opengamma.strata.pricer.impl.option.BlackScholesFormulaRepository;
import io.millrace.kernels.GreekColumns;
import io.millrace.kernels.Kernels;
import io.millrace.kernels.OptionColumns;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Six Greeks of 5,000 contracts and their three pressures, beside Strata's Greeks of the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KernelBenchmark {
  private static final int CONTRACTS = 5_000;
  private static final int STRIKES = 125;
  private static final int EXPIRIES = 20;
  private static final double RATE = 0.02;
  private static final double CARRY = 0.01;

  private final Kernels kernels = Kernels.select();
  private final OptionColumns columns = new OptionColumns(CONTRACTS);
  private final GreekColumns greeks = new GreekColumns(CONTRACTS);
  private final double[] interest = new double[CONTRACTS];
  private final double[] sums = new double[3];
  private double spot = 100;

  /** A regular chain: 125 strikes, 20 expiries, calls and puts, a smile. */
  @Setup
  public void chain() {
    for (int i = 0; i < CONTRACTS; i++) {
      final boolean call = i % 2 == 0;
      final int strike = i / 2 % STRIKES;
      final int expiry = i / 2 / STRIKES % EXPIRIES;
      final double tau = (expiry + 1) * 7 / 365.0;
      final double wing = (strike - STRIKES / 2) / (double) STRIKES;
      columns.set(i, 60 + strike * 0.64, tau, 0.2 + 0.3 * wing * wing, RATE, CARRY, call);
      interest[i] = 1 + i * 37 % 5_000;
    }
  }

  private double nextSpot() {
    spot = spot > 101 ? 99 : spot + 0.01;
    return spot;
  }

  @Benchmark
  public double greeksAndPressures() {
    kernels.greeks(nextSpot(), columns, greeks, 0, CONTRACTS);
    kernels.threeDots(interest, greeks.gamma(), greeks.vanna(), greeks.charm(), sums, 0, CONTRACTS);
    return sums[0] + sums[1] + sums[2];
  }

  @Benchmark
  public double strataGreeksAndPressures() {
    final double s = nextSpot();
    double sum = 0;
    for (int i = 0; i < CONTRACTS; i++) {
      final double k = columns.strike(i);
      final double t = columns.tau(i);
      final double v = columns.vol(i);
      final boolean call = columns.call(i);
      sum +=
          BlackScholesFormulaRepository.delta(s, k, t, v, RATE, CARRY, call)
              + BlackScholesFormulaRepository.vega(s, k, t, v, RATE, CARRY)
              + BlackScholesFormulaRepository.theta(s, k, t, v, RATE, CARRY, call);
      sum +=
          interest[i]
              * (BlackScholesFormulaRepository.gamma(s, k, t, v, RATE, CARRY)
                  + BlackScholesFormulaRepository.vanna(s, k, t, v, RATE, CARRY)
                  + BlackScholesFormulaRepository.charm(s, k, t, v, RATE, CARRY, call));
    }
    return sum;
  }
}
