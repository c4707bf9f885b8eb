package io.millrace.bench;

import io.millrace.codecs.Side;
import io.millrace.core.engines.liquidity.LiquidityEngine;
import io.millrace.core.market.Fixed;
import io.millrace.kernels.GreekColumns;
import io.millrace.kernels.Kernels;
import io.millrace.kernels.OptionColumns;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What one input costs an engine: an option quote, a trade. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UpdateBenchmark {
  private static final int CONTRACTS = 5_000;

  /** Two powers, so that a mask goes round. */
  private static final int TRADES = 4_096;

  /** Event time between trades: a cell of the window ends every ten thousand or so. */
  private static final long STEP_NANOS = 100_000L;

  private static final long SEED = 20261121;

  /** The real chain, and one real minute of its quotes. */
  @State(Scope.Thread)
  public static class Quotes {
    private final ChainWorld world = new ChainWorld();
    private long taken;
    private long accepted;

    /** Quotes at the event time at hand. */
    @Setup
    public void layOut() {
      world.layOutQuotes();
    }

    /** A refused quote would measure nothing. */
    @TearDown
    public void allAccepted() {
      if (accepted != taken) {
        throw new IllegalStateException(accepted + " of " + taken + " quotes accepted");
      }
    }
  }

  /** Market and hedge engine take a quote: the book of the contract, and the mark to solve it. */
  @Benchmark
  public boolean optionQuote(final Quotes state) {
    state.taken++;
    final boolean accepted = state.world.takeQuote();
    state.accepted += accepted ? 1 : 0;
    return accepted;
  }

  /** Columns of a chain, with prices to solve. */
  @State(Scope.Thread)
  public static class Contract {
    private final Kernels kernels = Kernels.select();
    private final OptionColumns columns = new OptionColumns(CONTRACTS);
    private final GreekColumns greeks = new GreekColumns(CONTRACTS);
    private final double[] forward = new double[CONTRACTS];
    private final double[] strike = new double[CONTRACTS];
    private final double[] tau = new double[CONTRACTS];
    private final double[] discount = new double[CONTRACTS];
    private final double[] side = new double[CONTRACTS];
    private final double[] price = new double[CONTRACTS];
    private final double[] vol = new double[CONTRACTS];
    private final byte[] flags = new byte[CONTRACTS];
    private int row;

    /** A ladder of strikes. */
    @Setup
    public void chain() {
      for (int i = 0; i < CONTRACTS; i++) {
        forward[i] = 100;
        strike[i] = 70 + i % 60;
        tau[i] = (1 + i % 50) / 50.0;
        discount[i] = 1;
        side[i] = i % 2 == 0 ? 1 : -1;
        vol[i] = 0.2 + 0.001 * (i % 100);
        columns.set(i, strike[i], tau[i], vol[i], 0, 0, side[i] > 0);
      }
      kernels.blackPrice(forward, strike, tau, vol, discount, side, price, flags, 0, CONTRACTS);
      kernels.greeks(100, columns, greeks, 0, CONTRACTS);
    }

    private int next() {
      row = row + 7 < CONTRACTS ? row + 7 : row + 7 - CONTRACTS;
      return row;
    }
  }

  /** Six Greeks of one contract whose volatility is known. */
  @Benchmark
  public double oneContract(final Contract c) {
    final int row = c.next();
    c.columns.setVol(row, c.vol[row]);
    c.kernels.greeks(100, c.columns, c.greeks, row, 1);
    return c.greeks.gamma()[row];
  }

  /** Implied volatility and six Greeks of one contract: a group of eight, seven of them idle. */
  @Benchmark
  public double oneContractSolved(final Contract c) {
    final int row = c.next();
    c.kernels.impliedVol(
        c.forward, c.strike, c.tau, c.discount, c.side, c.price, c.vol, c.flags, row, 1);
    c.columns.setVol(row, c.vol[row]);
    c.kernels.greeks(100, c.columns, c.greeks, row, 1);
    return c.greeks.gamma()[row];
  }

  /** Trades of an underlying with a book: the side is not told, so quote and tick rule decide. */
  @State(Scope.Thread)
  public static class Trades {
    private final ChainWorld world = new ChainWorld();
    private final long[] prices = new long[TRADES];
    private final long[] sizes = new long[TRADES];
    private LiquidityEngine engine;
    private long time;
    private int next;

    /** A walk of cents around the mark. */
    @Setup
    public void walk() {
      final Random random = new Random(SEED);
      final long mark = world.market.books().mark(world.underlying);
      for (int i = 0; i < TRADES; i++) {
        prices[i] = mark + (random.nextInt(201) - 100) * (Fixed.ONE / 100);
        sizes[i] = (1 + random.nextInt(500)) * Fixed.ONE;
      }
    }

    /** An engine that starts at the same event time each time. */
    @Setup(Level.Iteration)
    public void engine() {
      engine = new LiquidityEngine(world.config.liquidity(), world.market);
      time = world.now;
      engine.onInstrument(world.underlying);
    }
  }

  @Benchmark
  public long liquidityTrade(final Trades state) {
    final int i = state.next++ & (TRADES - 1);
    state.time += STEP_NANOS;
    state.engine.onTrade(
        state.world.underlying, state.time, state.prices[i], state.sizes[i], Side.NONE);
    return state.time;
  }
}
