package io.millrace.bench;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import com.opengamma.strata.pricer.impl.option.BlackScholesFormulaRepository;
import io.millrace.kernels.GreekColumns;
import io.millrace.kernels.Kernels;
import io.millrace.kernels.OptionColumns;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a chain of 5,000 contracts costs: six Greeks with all exposures on a spot move, the
 * pressures alone, implied volatilities with Greeks; beside Strata's formulas and DuckDB's sums of
 * the same.
 */
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
  private final double[] signed = new double[CONTRACTS];
  private final double[] sums = new double[3];
  private final double[] net = new double[3];
  private final double[] forward = new double[CONTRACTS];
  private final double[] strike = new double[CONTRACTS];
  private final double[] tau = new double[CONTRACTS];
  private final double[] discount = new double[CONTRACTS];
  private final double[] side = new double[CONTRACTS];
  private final double[] price = new double[CONTRACTS];
  private final double[] undiscounted = new double[CONTRACTS];
  private final double[] vol = new double[CONTRACTS];
  private final byte[] flags = new byte[CONTRACTS];
  private double spot = 100;

  /** A regular chain: 125 strikes, 20 expiries, calls and puts, a smile. */
  @Setup
  public void chain() {
    for (int i = 0; i < CONTRACTS; i++) {
      final boolean call = i % 2 == 0;
      final int rung = i / 2 % STRIKES;
      final int expiry = i / 2 / STRIKES % EXPIRIES;
      final double wing = (rung - STRIKES / 2) / (double) STRIKES;
      tau[i] = (expiry + 1) * 7 / 365.0;
      strike[i] = 60 + rung * 0.64;
      vol[i] = 0.2 + 0.3 * wing * wing;
      side[i] = call ? 1 : -1;
      forward[i] = spot * Math.exp(CARRY * tau[i]);
      discount[i] = Math.exp(-RATE * tau[i]);
      columns.set(i, strike[i], tau[i], vol[i], RATE, CARRY, call);
      interest[i] = 1 + i * 37 % 5_000;
      signed[i] = side[i] * interest[i];
    }
    kernels.blackPrice(forward, strike, tau, vol, discount, side, price, flags, 0, CONTRACTS);
    for (int i = 0; i < CONTRACTS; i++) {
      undiscounted[i] = price[i] / discount[i];
    }
    kernels.greeks(spot, columns, greeks, 0, CONTRACTS);
  }

  private double nextSpot() {
    spot = spot > 101 ? 99 : spot + 0.01;
    return spot;
  }

  /** Gross and net; exposures in currency are these three times a factor. */
  @Benchmark
  public double greeksAndExposures() {
    kernels.greeks(nextSpot(), columns, greeks, 0, CONTRACTS);
    kernels.threeDots(interest, greeks.gamma(), greeks.vanna(), greeks.charm(), sums, 0, CONTRACTS);
    kernels.threeDots(signed, greeks.gamma(), greeks.vanna(), greeks.charm(), net, 0, CONTRACTS);
    return sums[0] + sums[1] + sums[2] + net[0] + net[1] + net[2];
  }

  @Benchmark
  public double strataGreeksAndExposures() {
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
          (interest[i] + signed[i])
              * (BlackScholesFormulaRepository.gamma(s, k, t, v, RATE, CARRY)
                  + BlackScholesFormulaRepository.vanna(s, k, t, v, RATE, CARRY)
                  + BlackScholesFormulaRepository.charm(s, k, t, v, RATE, CARRY, call));
    }
    return sum;
  }

  @Benchmark
  public double pressures() {
    kernels.threeDots(interest, greeks.gamma(), greeks.vanna(), greeks.charm(), sums, 0, CONTRACTS);
    return sums[0] * spot + sums[1] + sums[2];
  }

  @Benchmark
  public double duckDbPressures(final Ledger ledger) throws SQLException {
    return ledger.sums(spot);
  }

  /** The same columns as a table in memory, the three sums as one prepared query on one thread. */
  @State(Scope.Thread)
  public static class Ledger {
    private Connection connection;
    private PreparedStatement query;

    /** Fills the table. */
    @Setup
    public void fill(final KernelBenchmark chain) throws SQLException {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET threads = 1");
        statement.execute(
            "CREATE TABLE chain (interest DOUBLE, gamma DOUBLE, vanna DOUBLE, charm DOUBLE)");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO chain VALUES (?, ?, ?, ?)")) {
        for (int i = 0; i < CONTRACTS; i++) {
          insert.setDouble(1, chain.interest[i]);
          insert.setDouble(2, chain.greeks.gamma()[i]);
          insert.setDouble(3, chain.greeks.vanna()[i]);
          insert.setDouble(4, chain.greeks.charm()[i]);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      query =
          connection.prepareStatement(
              "SELECT sum(gamma * interest) * ?, sum(vanna * interest), sum(charm * interest)"
                  + " FROM chain");
      chain.kernels.threeDots(
          chain.interest,
          chain.greeks.gamma(),
          chain.greeks.vanna(),
          chain.greeks.charm(),
          chain.sums,
          0,
          CONTRACTS);
      final double ours = chain.sums[0] * chain.spot + chain.sums[1] + chain.sums[2];
      final double theirs = sums(chain.spot);
      if (!(Math.abs(ours - theirs) <= 1e-9 * Math.abs(ours))) {
        throw new IllegalStateException("DuckDB sums up to " + theirs + ", the kernels to " + ours);
      }
    }

    private double sums(final double spot) throws SQLException {
      query.setDouble(1, spot);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getDouble(1) + row.getDouble(2) + row.getDouble(3);
      }
    }

    /** Closes the database. */
    @TearDown
    public void close() throws SQLException {
      query.close();
      connection.close();
    }
  }

  @Benchmark
  public double volatilityAndGreeks() {
    kernels.impliedVol(forward, strike, tau, discount, side, price, vol, flags, 0, CONTRACTS);
    for (int i = 0; i < CONTRACTS; i++) {
      columns.setVol(i, vol[i]);
    }
    kernels.greeks(100, columns, greeks, 0, CONTRACTS);
    return vol[CONTRACTS / 2] + greeks.gamma()[CONTRACTS / 2];
  }

  /** Strata's solver on the undiscounted price, then the same six Greeks at what it found. */
  @Benchmark
  public double strataVolatilityAndGreeks() {
    double sum = 0;
    for (int i = 0; i < CONTRACTS; i++) {
      final double k = strike[i];
      final double t = tau[i];
      final boolean call = side[i] > 0;
      final double v =
          BlackFormulaRepository.impliedVolatility(undiscounted[i], forward[i], k, t, call);
      sum += v;
      sum +=
          BlackScholesFormulaRepository.delta(100, k, t, v, RATE, CARRY, call)
              + BlackScholesFormulaRepository.gamma(100, k, t, v, RATE, CARRY)
              + BlackScholesFormulaRepository.vega(100, k, t, v, RATE, CARRY)
              + BlackScholesFormulaRepository.theta(100, k, t, v, RATE, CARRY, call)
              + BlackScholesFormulaRepository.vanna(100, k, t, v, RATE, CARRY)
              + BlackScholesFormulaRepository.charm(100, k, t, v, RATE, CARRY, call);
    }
    return sum;
  }
}
