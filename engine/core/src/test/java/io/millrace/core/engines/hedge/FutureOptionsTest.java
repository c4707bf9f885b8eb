package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.Feature;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionStyle;
import io.millrace.core.market.OptionChain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * E-mini S&amp;P 500 futures and their options on the evening of 2020-01-05: two underlyings, two
 * chains, one related to the other. The data has no open interest; the test's own is 300 a call and
 * 100 a put on March, the reverse on June.
 */
class FutureOptionsTest {
  private static final LocalDate DATE = LocalDate.of(2020, 1, 5);
  private static final String[] MONTHS = {"202003", "202006"};
  private static final long MILLIS = 1_000_000L;

  /** The last row of each side of a file, as bid and ask. */
  private static double[] touch(final ZipFile zip, final ZipEntry entry) throws IOException {
    final double[] touch = {Double.NaN, Double.NaN};
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(zip.getInputStream(entry), StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        final String[] cells = line.split(",", -1);
        touch[0] = cells[4].isEmpty() ? Double.NaN : Double.parseDouble(cells[4]);
        touch[1] = cells[9].isEmpty() ? Double.NaN : Double.parseDouble(cells[9]);
      }
    }
    return touch;
  }

  private static double[] future(final Path lean, final String month) throws IOException {
    try (ZipFile zip =
        new ZipFile(lean.resolve("future/cme/minute/es/20200105_quote.zip").toFile())) {
      return touch(zip, zip.getEntry("20200105_es_minute_quote_" + month + ".csv"));
    }
  }

  private static void list(
      final Desk desk,
      final int underlying,
      final Path lean,
      final String month,
      final boolean calls)
      throws IOException {
    final Path path =
        lean.resolve("futureoption/cme/minute/es/" + month + "/20200105_quote_american.zip");
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (final ZipEntry entry : Collections.list(zip.entries())) {
        final String[] key =
            entry
                .getName()
                .substring(entry.getName().indexOf("american_") + 9, entry.getName().length() - 4)
                .split("_", -1);
        final boolean call = key[0].equals("call");
        final int id =
            desk.optionOn(
                underlying,
                Long.parseLong(key[1]) / 10_000.0,
                RealChain.at(
                    LocalDate.parse(key[2], DateTimeFormatter.BASIC_ISO_DATE), LocalTime.of(9, 30)),
                call,
                OptionStyle.AMERICAN);
        final double[] touch = touch(zip, entry);
        desk.quote(id, touch[0], touch[1]);
        desk.openInterest(id, call == calls ? 300 : 100);
      }
    }
  }

  @Test
  void optionsOnTwoFuturesGiveTwoFieldsAndABlend() throws IOException {
    final Path lean = RealChain.shared("lean");
    final RelatedUnderlying june = new RelatedUnderlying("ESH0", "ESM0", 0.5, 1.0);
    final Desk desk =
        new Desk(
            Desk.config(
                DealerConvention.LONG_CALLS_SHORT_PUTS,
                0.0155,
                20,
                GreeksSource.COMPUTED,
                List.of(),
                List.of(june)));
    desk.at(DATE.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000L * MILLIS);
    final int[] ids = {
      desk.underlying("ESH0", InstrumentKind.FUTURE), desk.underlying("ESM0", InstrumentKind.FUTURE)
    };
    for (int i = 0; i < ids.length; i++) {
      final double[] touch = future(lean, MONTHS[i]);
      desk.spotOf(ids[i], touch[0], touch[1]);
      list(desk, ids[i], lean, MONTHS[i], i == 0);
    }
    desk.evaluate(ids[1]);
    final double other =
        desk.feature(Feature.NET_GAMMA_PRESSURE) / desk.feature(Feature.GAMMA_PRESSURE);
    assertThat(other).isNegative();
    assertChain(desk, ids[1], 0.30);
    desk.evaluate(ids[0]);
    assertChain(desk, ids[0], 0.30);
    final double own = desk.feature(Feature.OWN_GAMMA_RATIO);
    assertThat(own).isPositive();
    assertThat(desk.feature(Feature.RELATED_USED)).isEqualTo(1.0);
    final double blended =
        desk.feature(Feature.NET_GAMMA_PRESSURE) / desk.feature(Feature.GAMMA_PRESSURE);
    assertThat(blended).isBetween(other, own).isNotEqualTo(own);
    System.out.printf(
        "ES 2020-01-05: own %.4f, related %.4f, blended %.4f, atm %.4f%n",
        own, other, blended, desk.feature(Feature.ATM_IV));
  }

  private static void assertChain(final Desk desk, final int underlying, final double maxVol) {
    final OptionChain chain = desk.market.chain(underlying);
    assertThat(chain.to()).isGreaterThan(100);
    assertThat(desk.feature(Feature.CONTRACTS_USED)).isGreaterThan(0.5 * chain.to());
    assertThat(desk.feature(Feature.ATM_IV)).isBetween(0.05, maxVol);
    // The option is on the future: its forward is the future's price.
    assertThat(desk.feature(Feature.FRONT_FORWARD) / desk.feature(Feature.SPOT))
        .isBetween(0.995, 1.005);
    assertThat(desk.confidence).isBetween(0.5, 1.0);
  }
}
