package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.VendorGreeksDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of the import of Cboe's chains, each on rows that show it. */
class CboeImportTest {
  private static final String HEADER =
      """

      S&P 500 INDEX,Last: 6703.25,Change: -12.4
      "Date: November 20, 2026 at 1:15 PM EST",Bid: 6702.1,Ask: 6704.8,Size: 1*1,Volume: 0
      Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest
      """;
  private static final String ROW =
      "Fri Dec 18 2026,SPX261218C06500000,262.1,-9.4,259.8,262.9,110,0.1541,0.7105,0.0012,9120,6500.00,"
          + "SPX261218P06500000,61.7,4.3,0,62.0,912,0,0,0,18774\n";

  private static final String JSON =
      """
      {"timestamp":"2026-11-20 18:15:02","data":{"options":[
      {"option":"SPXW261120C06700000","bid":18.4,"bid_size":25.0,"ask":18.9,"ask_size":31.0,"iv":0.1187,
       "open_interest":4210.0,"volume":15230.0,"delta":0.5312,"gamma":0.0081,"vega":1.42,"theta":-9.81,"rho":0.03},
      {"option":"SPX261218P06500000","bid":61.2,"bid_size":60.0,"ask":62.0,"ask_size":44.0,"iv":0.0,
       "open_interest":18774.0,"delta":0,"gamma":0,"vega":0,"theta":0},
      {"option":"SPX1261218P06500000","bid":1,"ask":2}],
      "symbol":"^SPX","current_price":6703.25,"iv30":13.45},"symbol":"_SPX"}
      """;

  private Path folder;
  private Path out;

  @BeforeEach
  void folders(@TempDir final Path temporary) throws IOException {
    folder = Files.createDirectories(temporary.resolve("cboe"));
    out = temporary.resolve("curated");
  }

  private ImportResult run(final boolean skip) {
    return CboeImport.run(
        new ImportRequest(List.of(folder), out, Set.of(), null, null, skip),
        (done, all, file) -> {});
  }

  private List<String> rows(final String place, final String columns) throws Exception {
    return LeanFixture.query("SELECT " + columns + " FROM '" + out.resolve(place) + "'");
  }

  private static long utc(final String instant) {
    return Instant.parse(instant).getEpochSecond() * 1_000_000_000L;
  }

  @Test
  void aQuoteTableIsAChainOfItsDate() throws Exception {
    Files.writeString(folder.resolve("quotedata.csv"), HEADER + ROW);
    final ImportResult result = run(false);
    assertThat(result.rowsIn() + result.rowsAdded()).isEqualTo(result.rowsOut()).isEqualTo(6);
    final long time = utc("2026-11-20T18:15:00Z");
    assertThat(rows("cboe/spx/option_quote/2026-11-20.parquet", "ts, symbol, bid, ask, style"))
        .as("a bid of zero is none")
        .containsExactly(
            time + "|SPX   261218C06500000|25980000000|26290000000|european",
            time + "|SPX   261218P06500000|null|6200000000|european");
    assertThat(rows("cboe/spx/open_interest/2026-11-20.parquet", "ts, open_interest"))
        .as("known since the morning")
        .containsExactly(
            utc("2026-11-20T05:00:00Z") + "|9120", utc("2026-11-20T05:00:00Z") + "|18774");
    assertThat(rows("cboe/spx/vendor_greeks/2026-11-20.parquet", "iv, delta, gamma, vega"))
        .as("an IV of zero was not computed; vega is not in the table")
        .containsExactly("0.1541|0.7105|0.0012|null");
    assertThat(rows("cboe/spx/trade/2026-11-20.parquet", "ts, price"))
        .containsExactly(time + "|670325000000");
    assertThat(
            rows(
                "cboe/spx/instrument/2026-11-20.parquet",
                "trim(symbol), kind, settlement, expiry, multiplier"))
        .as("SPX settles on the opening prices of its expiry")
        .containsExactly(
            "SPX|index|cash|0|100000000",
            "SPX   261218C06500000|option|cash|" + utc("2026-12-18T14:30:00Z") + "|10000000000",
            "SPX   261218P06500000|option|cash|" + utc("2026-12-18T14:30:00Z") + "|10000000000");
  }

  @Test
  void delayedQuotesAreOfTheirTimestampInUtcAndWeekliesBelongToTheIndex() throws Exception {
    Files.writeString(folder.resolve("_SPX.json"), JSON);
    final ImportResult result = run(false);
    assertThat(result.refused()).containsOnly(Map.entry(RowRefusal.ADJUSTED_CONTRACT, 1L));
    final long time = utc("2026-11-20T18:15:02Z");
    assertThat(rows("cboe/spx/option_quote/2026-11-20.parquet", "ts, symbol, bid_size, ask"))
        .containsExactly(
            time + "|SPXW  261120C06700000|2500000000|1890000000",
            time + "|SPX   261218P06500000|6000000000|6200000000");
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(out, "cboe", List.of("spx"), null, null))) {
      final VendorGreeksDecoder greeks = new VendorGreeksDecoder();
      int seen = 0;
      while (reader.next()) {
        if (reader.kind() == CuratedKind.VENDOR_GREEKS) {
          seen++;
          greeks.wrapAndApplyHeader(reader.buffer(), 0, new MessageHeaderDecoder());
          assertThat(reader.symbol(greeks.instrumentId())).isEqualTo("SPXW  261120C06700000");
          assertThat(greeks.iv()).isEqualTo(0.1187);
          assertThat(greeks.vega()).as("per point becomes per 1.00").isEqualTo(142.0);
          assertThat(greeks.theta()).isEqualTo(-9.81);
          assertThat(greeks.charm()).isNaN();
        }
      }
      assertThat(seen).isEqualTo(1);
    }
    assertThat(rows("cboe/spx/instrument/2026-11-20.parquet", "expiry"))
        .as("SPXW expires at the close")
        .contains(String.valueOf(utc("2026-11-20T21:00:00Z")));
  }

  @Test
  void expiredContractsOfAnEarlierDayAreLeftOut() throws Exception {
    Files.writeString(
        folder.resolve("_SPX.json"), JSON.replace("2026-11-20 18:15:02", "2026-11-20 21:00:00"));
    assertThat(run(false).refused())
        .containsOnly(
            Map.entry(RowRefusal.EXPIRED_CONTRACT, 1L),
            Map.entry(RowRefusal.ADJUSTED_CONTRACT, 1L));
  }

  @Test
  void wrongRowsAreNamedByFileAndLine() throws Exception {
    Files.writeString(
        folder.resolve("quotedata.csv"),
        HEADER
            + ROW.replace("259.8", "-1")
            + ROW.replace("6500.00", "6400.00")
            + ROW.replace("SPX261218C06500000", "<script>")
            + "a,b\n"
            + ROW.replace("0.7105", "much"));
    assertThatThrownBy(() -> run(false))
        .hasMessageContaining("quotedata.csv, line 5: has a negative bid or ask")
        .hasMessageContaining("line 6: column 13 names another strike than column 12")
        .hasMessageContaining("line 7: names '<script>', no option")
        .hasMessageContaining("line 8: has 2 columns instead of 22")
        .hasMessageContaining("line 9: column 9 is 'much', where a number belongs");
    assertThat(out).doesNotExist();
    assertThat(run(true).refused().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(5);
  }

  @Test
  void whatIsNoChainIsSaidInOneSentence() throws Exception {
    final Path csv = Files.writeString(folder.resolve("a.csv"), "time,price\n1,2\n");
    assertThatThrownBy(() -> run(true))
        .hasMessageContaining("a.csv: does not begin as a quote table");
    Files.delete(csv);
    final Path json = folder.resolve("a.json");
    Files.writeString(json, "<Error>AccessDenied</Error>");
    assertThatThrownBy(() -> run(true)).hasMessageContaining("a.json: is no JSON that can be read");
    Files.writeString(json, JSON.substring(0, 300));
    assertThatThrownBy(() -> run(true)).hasMessageContaining("a.json: is no JSON that can be read");
    Files.writeString(json, "{\"timestamp\":\"2026-11-20 18:15:02\",\"data\":{}}");
    assertThatThrownBy(() -> run(true)).hasMessageContaining("a.json: has no options");
    Files.writeString(json, JSON.replace("2026-11-20 18:15:02", "yesterday"));
    assertThatThrownBy(() -> run(true)).hasMessageContaining("has no time that can be read");
    Files.delete(json);
    final Path gz = folder.resolve("a.json.gz");
    try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(gz))) {
      to.write(JSON.getBytes(StandardCharsets.UTF_8));
    }
    final byte[] bytes = Files.readAllBytes(gz);
    Files.write(gz, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> run(true)).hasMessageContaining("a.json.gz: is not a whole gz");
    assertThat(out).doesNotExist();
  }

  @Test
  void realChainsAreTakenWholeAndTwiceTheSame(@TempDir final Path curated) throws Exception {
    final Path shared = Path.of(System.getProperty("millrace.shared", "absent"), "data");
    assumeThat(shared).as("SKIPPED: no real data at %s", shared).isDirectory();
    final ImportRequest request =
        new ImportRequest(
            List.of(shared.resolve("cboe-spx-20251001"), shared.resolve("options-desk/SPX")),
            curated,
            Set.of(),
            null,
            null,
            false);
    final ImportResult result = CboeImport.run(request, (done, all, file) -> {});
    assertThat(result.refused()).isEmpty();
    assertThat(
            LeanFixture.query(
                "SELECT count(*), sum(open_interest), count(DISTINCT expiry_date) FROM '"
                    + curated.resolve("cboe/spx/open_interest/2025-10-01.parquet")
                    + "'"))
        .containsExactly("1976|3049119|13");
    assertThat(
            LeanFixture.query(
                "SELECT count(*), count(vanna) FROM '"
                    + curated.resolve("cboe/spx/vendor_greeks/2026-07-12.parquet")
                    + "'"))
        .containsExactly("4160|4160");
    assertThat(CboeImport.run(request, (done, all, file) -> {}).files())
        .allMatch(file -> file.status() == ImportResult.Status.UNCHANGED);
  }
}
