package io.millrace.core.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.Regime;
import io.millrace.core.engines.elasticity.ElasticityConfig;
import io.millrace.core.engines.elasticity.ElasticityEngine;
import io.millrace.core.engines.liquidity.LiquidityConfig;
import io.millrace.core.engines.liquidity.LiquidityEngine;
import io.millrace.core.engines.sentiment.SentimentConfig;
import io.millrace.core.engines.sentiment.SentimentEngine;
import io.millrace.core.market.BarBuilder;
import io.millrace.core.market.MarketScript;
import io.millrace.core.slot.Outputs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** A real half day, GOOG 2015-12-24, minute data of the share and its options, through engines. */
class GoogDayTest {
  private static final long MINUTE = BarBuilder.MINUTE;
  private static final long MILLI = 1_000_000L;
  // New York is five hours behind UTC in December; the market closed at 13:00.
  private static final long MIDNIGHT =
      Instant.parse("2015-12-24T05:00:00Z").getEpochSecond() * 1_000_000_000L;
  private static final long OPEN = MIDNIGHT + 570 * MINUTE;
  private static final long CLOSE = MIDNIGHT + 780 * MINUTE;
  private static final double DECI_CENTS = 1e4;

  private static final class Row {
    final long end;
    final int id;
    final boolean quote;
    final double[] numbers;

    Row(final long end, final int id, final boolean quote, final double[] numbers) {
      this.end = end;
      this.id = id;
      this.quote = quote;
      this.numbers = numbers;
    }
  }

  private final MarketScript script = new MarketScript();
  private final int goog = script.equity(OPEN, CLOSE);
  private final Map<String, Integer> options = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final Outputs out = new Outputs();
  private final LiquidityEngine liquidity =
      new LiquidityEngine(
          new LiquidityConfig(
              30 * MINUTE,
              MINUTE,
              10,
              3,
              2 * MINUTE,
              0.001,
              0.01,
              0.005,
              0.0004,
              25,
              5,
              0.6,
              5_896_800_000_000_000L),
          script.market());
  private final SentimentEngine sentiment =
      new SentimentEngine(
          new SentimentConfig(
              MINUTE,
              0.4,
              30 * MINUTE,
              MINUTE,
              500_000,
              50,
              0.7,
              120 * MINUTE,
              480 * MINUTE,
              3,
              0.7,
              0.4,
              0.3,
              0.3,
              0.25,
              0.3,
              0.1,
              0.25),
          script.market());
  private final ElasticityEngine elasticity =
      new ElasticityEngine(
          new ElasticityConfig(
              MINUTE,
              60,
              0.5,
              20,
              1.0,
              0.6,
              0.3,
              0.02,
              0.2,
              0.1,
              2.5e7,
              2e6,
              0.1,
              5_896_800_000_000_000L,
              252),
          script.market());

  private interface Lines {
    void line(String entry, double[] numbers);
  }

  private static void unzip(final Path zip, final Lines lines) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        final BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          final String[] cells = line.split(",", -1);
          final double[] numbers = new double[cells.length];
          for (int i = 0; i < cells.length; i++) {
            numbers[i] = cells[i].isEmpty() ? 0 : Double.parseDouble(cells[i]);
          }
          lines.line(entry.getName(), numbers);
        }
      }
    }
  }

  /** {@code 20151224_goog_minute_trade_american_call_7500000_20151231.csv}. */
  private int option(final String entry) {
    final String[] part = entry.replace(".csv", "").split("_", -1);
    return options.computeIfAbsent(
        part[5] + part[6] + part[7],
        key ->
            script.option(
                goog,
                "call".equals(part[5]) ? OptionRight.CALL : OptionRight.PUT,
                Double.parseDouble(part[6]) / DECI_CENTS,
                LocalDate.parse(part[7], DateTimeFormatter.BASIC_ISO_DATE)
                        .atTime(21, 0)
                        .toEpochSecond(ZoneOffset.UTC)
                    * 1_000_000_000L));
  }

  private void add(final int id, final boolean quote, final double[] numbers) {
    final long end = MIDNIGHT + ((long) numbers[0]) * MILLI + MINUTE;
    if (end > OPEN && end <= CLOSE) {
      rows.add(new Row(end, id, quote, numbers));
    }
  }

  private void load(final Path lean) throws IOException {
    final Path equity = lean.resolve("equity/usa/minute/goog");
    final Path option = lean.resolve("option/usa/minute/goog");
    unzip(equity.resolve("20151224_quote.zip"), (entry, n) -> add(goog, true, n));
    unzip(equity.resolve("20151224_trade.zip"), (entry, n) -> add(goog, false, n));
    unzip(
        option.resolve("20151224_trade_american.zip"), (entry, n) -> add(option(entry), false, n));
    unzip(option.resolve("20151224_quote_american.zip"), (entry, n) -> add(option(entry), true, n));
    // In each minute first the quotes, then what traded against them.
    rows.sort(Comparator.<Row>comparingLong(row -> row.end).thenComparing(row -> !row.quote));
  }

  private void play(final Row row) {
    final double[] n = row.numbers;
    if (row.quote) {
      script.quote(row.id, row.end, n[4] / DECI_CENTS, n[5], n[9] / DECI_CENTS, n[10]);
      if (row.id == goog) {
        liquidity.onQuote(goog, row.end);
      }
      return;
    }
    final BarDecoder bar =
        script.bar(
            row.id,
            row.end,
            MINUTE,
            n[1] / DECI_CENTS,
            n[2] / DECI_CENTS,
            n[3] / DECI_CENTS,
            n[4] / DECI_CENTS,
            n[5]);
    liquidity.onBar(bar);
    sentiment.onBar(bar);
    elasticity.onBar(bar);
  }

  @Test
  void realDayGivesSoundFeaturesAndSeveralRegimes() throws IOException {
    final Path lean =
        Path.of(System.getProperty("millrace.shared", "../../../shared")).resolve("data/lean");
    final boolean there = Files.isDirectory(lean);
    if (!there) {
      System.err.println("SKIPPED: no sample data in " + lean.toAbsolutePath());
    }
    assumeTrue(there, "no sample data in " + lean);
    load(lean);

    final Map<Regime, Integer> liquidityRegimes = new TreeMap<>();
    final Map<Regime, Integer> sentimentRegimes = new TreeMap<>();
    final Map<Regime, Integer> elasticityRegimes = new TreeMap<>();
    int flows = 0;
    Readout l = null;
    Readout s = null;
    Readout e = null;
    int next = 0;
    for (long minute = OPEN + MINUTE; minute <= CLOSE; minute += MINUTE) {
      while (next < rows.size() && rows.get(next).end <= minute) {
        play(rows.get(next++));
      }
      final long now = minute + 1_000_000_000L;
      out.reset(1, now);
      final int index = liquidity.evaluate(goog, now, out);
      l = Readout.of(out, index);
      s = Readout.of(out, sentiment.evaluate(goog, now, out));
      e = Readout.of(out, elasticity.evaluate(goog, now, out, -1, index));
      liquidityRegimes.merge(l.regime(), 1, Integer::sum);
      sentimentRegimes.merge(s.regime(), 1, Integer::sum);
      elasticityRegimes.merge(e.regime(), 1, Integer::sum);
      flows += s.has(Feature.FLOW_SENTIMENT_SCORE) ? 1 : 0;
    }
    System.out.println("GOOG day: liquidity " + liquidityRegimes);
    System.out.println("GOOG day: sentiment " + sentimentRegimes);
    System.out.println("GOOG day: elasticity " + elasticityRegimes);
    System.out.printf(
        "GOOG day at the close: amihud %.6f, lambda %.3g, R2 %.2f, spread %.2f bps, vol %.3f,"
            + " base %.3g, day %.3g, sentiment %.2f at %.2f%n",
        l.get(Feature.AMIHUD_ILLIQUIDITY),
        l.get(Feature.KYLE_LAMBDA),
        l.get(Feature.KYLE_R2),
        l.get(Feature.AVG_SPREAD_BPS),
        l.get(Feature.REALIZED_VOL),
        e.get(Feature.BASE_COST_PER_1PCT),
        e.get(Feature.EXPECTED_MOVE_COST_1_DAY),
        s.get(Feature.SENTIMENT_SCORE),
        s.confidence());

    assertThat(next).as("rows played").isGreaterThan(270_000);
    assertThat(l.get(Feature.AVG_SPREAD_BPS)).isBetween(1.0, 15.0);
    assertThat(l.get(Feature.REALIZED_VOL)).isBetween(0.02, 0.6);
    assertThat(l.get(Feature.VOLUME_MAGNET_PRICE)).isBetween(740.0, 756.0);
    assertThat(l.confidence()).isEqualTo(1);
    assertThat(e.get(Feature.BASE_COST_PER_1PCT)).isBetween(1e6, 1e8);
    assertThat(flows).as("minutes with option flow").isGreaterThan(200);
    assertThat(liquidityRegimes).hasSizeGreaterThan(1);
    assertThat(sentimentRegimes).hasSizeGreaterThan(1);
  }
}
