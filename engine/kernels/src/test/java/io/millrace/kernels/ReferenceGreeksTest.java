package io.millrace.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Against model Greeks that third parties published. They come from other models (dividends as
 * cash, trees, trading time) with inputs that are not all given, so the tolerances are those of
 * convention mistakes, not of rounding: a wrong unit, sign or day count is off by far more.
 */
class ReferenceGreeksTest {
  /** Of August 2023: what the files leave out. */
  private static final double SPX_RATE = 0.053;

  private static final double SPX_YIELD = 0.015;
  private static final double DAYS_PER_YEAR = 365.0;

  private final Kernels kernels = Kernels.select("scalar");
  private final OptionColumns in = new OptionColumns(1);
  private final GreekColumns out = new GreekColumns(1);
  private final double[] vol = new double[1];
  private final byte[] flag = new byte[1];

  private double delta;
  private double gamma;
  private double vega;
  private double theta;
  private double iv;
  private int compared;
  private int solved;

  private static Path folder() {
    final Path folder =
        Path.of(System.getProperty("millrace.shared", "../../../shared"))
            .resolve("data/lean/reference-indicators");
    final boolean there = Files.isDirectory(folder);
    if (!there) {
      System.err.println("SKIPPED: no reference Greeks in " + folder.toAbsolutePath());
    }
    assumeTrue(there, "no reference Greeks in " + folder);
    return folder;
  }

  private static double worst(double before, double ours, double theirs) {
    return Math.max(before, Math.abs(ours - theirs));
  }

  /** Their delta, gamma, vega (a point) and theta (a day) against ours at their volatility. */
  private void compare(
      double spot,
      double strike,
      double tau,
      double theirVol,
      double rate,
      double yield,
      boolean call,
      double[] theirs) {
    assertThat(in.set(0, strike, tau, theirVol, rate, rate - yield, call)).isTrue();
    kernels.greeks(spot, in, out, 0, 1);
    delta = worst(delta, out.delta()[0], theirs[0]);
    gamma = worst(gamma, out.gamma()[0], theirs[1]);
    vega = worst(vega, out.vega()[0] / 100, theirs[2]);
    theta = worst(theta, out.theta()[0], theirs[3]);
    compared++;
  }

  /** Their volatility against ours of their price. */
  private void solve(
      double spot,
      double strike,
      double tau,
      double price,
      double theirVol,
      double rate,
      double yield,
      boolean call) {
    final double[] forward = {spot * Math.exp((rate - yield) * tau)};
    final double[] discount = {Math.exp(-rate * tau)};
    final double[] side = {call ? 1 : -1};
    final double[] strikes = {strike};
    final double[] taus = {tau};
    final double[] prices = {price};
    kernels.impliedVol(forward, strikes, taus, discount, side, prices, vol, flag, 0, 1);
    if (VolFlag.usable(flag[0])) {
      iv = worst(iv, vol[0], theirVol);
      solved++;
    }
  }

  @Test
  void europeanIndexOptionsEqualTheBrokersModel() throws IOException {
    final List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder().resolve("greeks"))) {
      entries.filter(file -> file.getFileName().toString().startsWith("SPX")).forEach(files::add);
    }
    assertThat(files).hasSize(12);
    for (final Path file : files) {
      final String name = file.getFileName().toString();
      final boolean call = name.charAt(9) == 'C';
      final double strike = Integer.parseInt(name.substring(10, 18)) / 1000.0;
      // Four in the afternoon in New York, eight in the evening UTC.
      final LocalDateTime expiry =
          LocalDateTime.of(
              2000 + Integer.parseInt(name.substring(3, 5)),
              Integer.parseInt(name.substring(5, 7)),
              Integer.parseInt(name.substring(7, 9)),
              20,
              0);
      final List<String> lines = Files.readAllLines(file);
      for (final String line : lines.subList(1, lines.size())) {
        final String[] cells = line.split(",", -1);
        final String time = cells[0];
        final LocalDateTime at =
            LocalDateTime.parse(
                time.substring(0, 4)
                    + "-"
                    + time.substring(4, 6)
                    + "-"
                    + time.substring(6, 8)
                    + "T"
                    + time.substring(9, 17));
        final double tau = at.until(expiry, ChronoUnit.SECONDS) / 86_400.0 / DAYS_PER_YEAR;
        final double[] model = new double[7];
        for (int i = 0; i < model.length; i++) {
          model[i] = Double.parseDouble(cells[1 + i]);
        }
        final double[] theirs = {model[2], model[3], model[4], model[5]};
        compare(model[6], strike, tau, model[1], SPX_RATE, SPX_YIELD, call, theirs);
        if (model[4] > 1) { // a point of volatility moves the price by more than 1.00
          solve(model[6], strike, tau, model[0], model[1], SPX_RATE, SPX_YIELD, call);
        }
      }
    }
    System.out.printf(
        "SPX: %d rows, worst delta %.4f gamma %.6f vega %.3f theta %.3f, IV %.4f of %d%n",
        compared, delta, gamma, vega, theta, iv, solved);
    assertThat(compared).isGreaterThan(200);
    assertThat(solved).isGreaterThan(50);
    assertThat(delta).isLessThan(0.008);
    assertThat(gamma).isLessThan(5e-5);
    assertThat(vega).isLessThan(0.06);
    assertThat(theta).isLessThan(0.22);
    assertThat(iv).isLessThan(0.01);
  }

  @Test
  void americanSharesOptionsOfTwoVendors() throws IOException {
    vendor("third_party_1_greeks.csv", 16, 3);
    System.out.printf(
        "vendor 1: %d rows, worst delta %.4f gamma %.5f vega %.4f theta %.4f, IV %.4f of %d%n",
        compared, delta, gamma, vega, theta, iv, solved);
    assertThat(compared).isEqualTo(32);
    assertThat(delta).isLessThan(0.03);
    assertThat(gamma).isLessThan(0.005);
    assertThat(vega).isLessThan(0.02);
    assertThat(theta).isLessThan(0.07);
    assertThat(iv).isLessThan(0.08);
    delta = 0;
    gamma = 0;
    vega = 0;
    theta = 0;
    compared = 0;
    vendor("third_party_2_greeks.csv", 18, 3);
    System.out.printf(
        "vendor 2: %d rows, worst delta %.4f gamma %.5f vega %.4f theta %.4f%n",
        compared, delta, gamma, vega, theta);
    assertThat(compared).isEqualTo(90);
    // Rows of one side with the other side's volatility, and puts that are due for exercise.
    assertThat(delta).isLessThan(0.05);
    assertThat(gamma).isLessThan(0.003);
    assertThat(vega).isLessThan(0.11);
    assertThat(theta).isLessThan(0.04);
  }

  /** Put and call side by side; spot, time in years, rate and yield from a column on. */
  private void vendor(String file, int inputs, int headers) throws IOException {
    final List<String> lines =
        Files.readAllLines(folder().resolve("greeksindicator/american").resolve(file));
    for (final String line : lines.subList(headers, lines.size())) {
      final String[] cells = line.split(",", -1);
      if (cells.length <= inputs + 3) {
        continue;
      }
      final double strike = Double.parseDouble(cells[2]);
      final double spot = Double.parseDouble(cells[inputs]);
      final double tau = Double.parseDouble(cells[inputs + 1]);
      final double rate = Double.parseDouble(cells[inputs + 2]);
      final double yield = Double.parseDouble(cells[inputs + 3]);
      for (int side = 0; side < 2; side++) {
        final double[] values = new double[6];
        for (int i = 0; i < values.length; i++) {
          final String cell = cells[4 + 2 * i + side];
          values[i] = cell.isBlank() ? 0 : Double.parseDouble(cell);
        }
        if (values[1] > 0) {
          final double[] theirs = {values[2], values[3], values[4], values[5]};
          final boolean call = side == 1;
          compare(spot, strike, tau, values[1], rate, yield, call, theirs);
          if (values[4] > 0.1) { // vega
            solve(spot, strike, tau, values[0], values[1], rate, yield, call);
          }
        }
      }
    }
  }
}
