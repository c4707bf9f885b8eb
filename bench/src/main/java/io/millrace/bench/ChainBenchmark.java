package io.millrace.bench;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import com.opengamma.strata.pricer.impl.option.BlackScholesFormulaRepository;
import io.millrace.core.market.ChainGreeks;
import io.millrace.core.market.OptionChain;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One evaluation of the hedge engine on the real chain, beside Strata's Greeks of the same
 * contracts. An evaluation takes a hundred microseconds and more, so that what is set up before
 * each invocation does not blur its time.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChainBenchmark {
  /** Event time between evaluations: short, so that no quote grows stale within a run. */
  private static final long STEP_NANOS = 10_000_000L;

  private static final double DAYS_PER_YEAR = 365.0;

  /** The chain, with one minute's quotes new before each evaluation. */
  @State(Scope.Thread)
  public static class Changed {
    private final ChainWorld world = new ChainWorld();

    /** The next real minute. */
    @Setup(Level.Invocation)
    public void quotes() {
      world.pass(STEP_NANOS);
      world.changeQuotes();
    }
  }

  /** The chain, with a new spot before each evaluation. */
  @State(Scope.Thread)
  public static class Moved {
    private final ChainWorld world = new ChainWorld();

    /** Five basis points. */
    @Setup(Level.Invocation)
    public void spot() {
      world.pass(STEP_NANOS);
      world.moveSpot();
    }
  }

  /** The chain, with nothing new but the time. */
  @State(Scope.Thread)
  public static class Held {
    private final ChainWorld world = new ChainWorld();

    /** A hundredth of a second. */
    @Setup(Level.Invocation)
    public void time() {
      world.pass(STEP_NANOS);
    }
  }

  /** The contracts that the engine found usable, as columns for the peer. */
  @State(Scope.Thread)
  public static class Contracts {
    private double spot;
    private double rate;
    private int count;
    private double[] strike;
    private double[] tau;
    private double[] vol;
    private double[] carry;
    private double[] forward;
    private double[] price;
    private boolean[] call;

    /** Takes volatilities and forwards from the engine, so that both value the same. */
    @Setup
    public void take() {
      final ChainWorld world = new ChainWorld();
      final ChainGreeks greeks = world.engine.greeks(world.underlying);
      final OptionChain chain = world.market.chain(world.underlying);
      final int rows = greeks.to() - greeks.from();
      spot = greeks.spot();
      rate = world.config.hedge().rate();
      strike = new double[rows];
      tau = new double[rows];
      vol = new double[rows];
      carry = new double[rows];
      forward = new double[rows];
      price = new double[rows];
      call = new boolean[rows];
      for (int row = greeks.from(); row < greeks.to(); row++) {
        if (greeks.usable(row)) {
          final double ahead = greeks.forward(greeks.expiryOf(row));
          strike[count] = chain.strikes()[row];
          tau[count] = greeks.days(row) / DAYS_PER_YEAR;
          vol[count] = greeks.iv(row);
          carry[count] = Math.log(ahead / spot) / tau[count];
          forward[count] = ahead;
          call[count] = chain.calls()[row];
          price[count] =
              BlackFormulaRepository.price(
                  ahead, strike[count], tau[count], vol[count], call[count]);
          count++;
        }
      }
      if (count == 0) {
        throw new IllegalStateException("no contract of the sample day is usable");
      }
    }
  }

  @Benchmark
  public int quotesChanged(final Changed state) {
    return state.world.evaluate();
  }

  @Benchmark
  public int spotMoved(final Moved state) {
    return state.world.evaluate();
  }

  @Benchmark
  public int nothingChanged(final Held state) {
    return state.world.evaluate();
  }

  /** Six Greeks of each usable contract. */
  @Benchmark
  public double strataGreeks(final Contracts c) {
    double sum = 0;
    for (int i = 0; i < c.count; i++) {
      sum += six(c, i);
    }
    return sum;
  }

  /** An implied volatility and six Greeks of each usable contract. */
  @Benchmark
  public double strataVolatilityAndGreeks(final Contracts c) {
    double sum = 0;
    for (int i = 0; i < c.count; i++) {
      sum +=
          BlackFormulaRepository.impliedVolatility(
              c.price[i], c.forward[i], c.strike[i], c.tau[i], c.call[i]);
      sum += six(c, i);
    }
    return sum;
  }

  private static double six(final Contracts c, final int i) {
    final double s = c.spot;
    final double k = c.strike[i];
    final double t = c.tau[i];
    final double v = c.vol[i];
    final double r = c.rate;
    final double b = c.carry[i];
    return BlackScholesFormulaRepository.delta(s, k, t, v, r, b, c.call[i])
        + BlackScholesFormulaRepository.gamma(s, k, t, v, r, b)
        + BlackScholesFormulaRepository.vega(s, k, t, v, r, b)
        + BlackScholesFormulaRepository.theta(s, k, t, v, r, b, c.call[i])
        + BlackScholesFormulaRepository.vanna(s, k, t, v, r, b)
        + BlackScholesFormulaRepository.charm(s, k, t, v, r, b, c.call[i]);
  }
}
