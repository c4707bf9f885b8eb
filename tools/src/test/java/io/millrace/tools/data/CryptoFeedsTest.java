package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.codecs.DepthUpdateDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.Side;
import io.millrace.tools.data.CryptoTerms.Market;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of the imports of captured feeds and of Binance's files, each on lines that show it. */
class CryptoFeedsTest {
  /** 2023-04-04 23:59:59 UTC. */
  private static final long SECOND_BEFORE_MIDNIGHT = 1_680_652_799_000L;

  private static final long MILLI = 1_000_000L;

  private Path folder;
  private Path out;

  @BeforeEach
  void folders(@TempDir final Path temporary) {
    folder = temporary.resolve("feed");
    out = temporary.resolve("curated");
  }

  // ---- captured feeds

  private Path feed(final String name, final String... lines) throws IOException {
    Files.createDirectories(folder);
    final Path file = folder.resolve(name);
    try (OutputStream gz = new GZIPOutputStream(Files.newOutputStream(file))) {
      gz.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static String line(final long receivedMicros, final String data) {
    return receivedMicros + " {\"stream\":\"x\",\"data\":" + data.replace('\'', '"') + "}";
  }

  private static String depth(
      final long time,
      final long first,
      final long last,
      final long previous,
      final String levels) {
    return "{'e':'depthUpdate','E':%d,'T':%d,'s':'BTCUSDT','U':%d,'u':%d,'pu':%d,%s}"
        .formatted(time, time, first, last, previous, levels);
  }

  private ImportResult hft(final boolean skip) {
    return HftbacktestImport.run(
        new ImportRequest(List.of(folder), out, Set.of(), null, null, skip),
        new CryptoTerms(),
        (done, all, file) -> {});
  }

  private List<String> rows(final String place, final String columns) throws Exception {
    return LeanFixture.query("SELECT " + columns + " FROM '" + out.resolve(place) + "'");
  }

  @Test
  void theVenuesTimeCountsNotThatOfReceiptAndLinesOfAMillisecondKeepTheirOrder() throws Exception {
    final long t = SECOND_BEFORE_MIDNIGHT;
    feed(
        "a.gz",
        line(
            (t - 1_270) * 1_000,
            "{'e':'trade','E':%d,'T':%d,'s':'BTCUSDT','t':1,'p':'28145.10','q':'0.002','X':'MARKET','m':true}"
                .formatted(t, t)),
        line(
            (t - 1_270) * 1_000,
            "{'e':'bookTicker','u':7,'s':'BTCUSDT','b':'28145.10','B':'3.8','a':'28145.20','A':'6.8','T':%d,'E':%d}"
                .formatted(t, t)));
    final ImportResult result = hft(false);
    assertThat(result.refused()).isEmpty();
    assertThat(rows("hftbacktest/btcusdt-perp/trade/2023-04-04.parquet", "ts, price, aggressor"))
        .as("a buyer who rested was sold to")
        .containsExactly(t * MILLI + "|2814510000000|2");
    assertThat(rows("hftbacktest/btcusdt-perp/quote/2023-04-04.parquet", "ts, bid, ask_size"))
        .containsExactly((t * MILLI + 1) + "|2814510000000|680000000");
    assertThat(
            rows(
                "hftbacktest/btcusdt-perp/instrument/2023-04-04.parquet",
                "symbol, kind, tick_size, lot_size, currency, session_close"))
        .as("steps as the data shows them")
        .containsExactly("BTCUSDT-PERP|perpetual|10000000|200000|USDT|0");
  }

  @Test
  void aLineWithoutATimeIsPlacedByTheClocksOfTheOthers() throws Exception {
    final long t = SECOND_BEFORE_MIDNIGHT;
    final String ticker = "{'u':%d,'s':'BTCUSDT','b':'1.5','B':'3','a':'1.6','A':'6'}";
    feed(
        "a.gz",
        line((t - 500) * 1_000, ticker.formatted(1)),
        line(
            (t - 480) * 1_000,
            "{'e':'trade','E':%d,'s':'BTCUSDT','t':1,'p':'1.5','q':'2','T':%d,'m':false,'M':true}"
                .formatted(t, t)),
        line((t - 470) * 1_000, ticker.formatted(2)));
    assertThat(hft(false).refused()).containsOnly(Map.entry(RowRefusal.NO_TIME, 1L));
    assertThat(rows("hftbacktest/btcusdt/quote/2023-04-04.parquet", "ts"))
        .as("ten milliseconds after the trade, by the venue's clock")
        .containsExactly(String.valueOf((t + 10) * MILLI));
  }

  @Test
  void aBookBeginsWithItsSnapshotAndWhatGoesBeyondIt() throws Exception {
    final long t = SECOND_BEFORE_MIDNIGHT;
    feed(
        "a.gz",
        line(t * 1_000, depth(t, 1, 5, 0, "'b':[['10','1']],'a':[]")),
        line(t * 1_000, depth(t + 1, 8, 12, 5, "'b':[['11','1']],'a':[['12','0']]")),
        line(
            t * 1_000,
            "{'lastUpdateId':10,'E':%d,'T':%d,'bids':[['10','2']],'asks':[['12','3'],['13','4']]}"
                .formatted(t + 2, t + 2)),
        line(t * 1_000, depth(t + 3, 14, 20, 12, "'b':[['10','0']],'a':[]")),
        line(t * 1_000, depth(t + 3, 14, 20, 12, "'b':[['10','0']],'a':[]")));
    final ImportResult result = hft(false);
    assertThat(result.refused())
        .containsOnly(
            Map.entry(RowRefusal.BEFORE_SNAPSHOT, 2L), Map.entry(RowRefusal.DUPLICATE, 1L));
    assertThat(result.rowsIn() + result.rowsAdded())
        .isEqualTo(result.rowsOut() + result.rowsMerged() + 3);
    assertThat(
            rows(
                "hftbacktest/btcusdt-perp/depth/2023-04-04.parquet",
                "update_id, snapshot, side, price // 100000000, size // 100000000"))
        .containsExactly(
            "10|true|1|10|2",
            "10|true|2|12|3",
            "10|true|2|13|4",
            "12|false|1|11|1",
            "12|false|2|12|0",
            "20|false|1|10|0");
  }

  @Test
  void aGapEmptiesTheBookUntilTheNextSnapshot() throws Exception {
    final long t = SECOND_BEFORE_MIDNIGHT;
    feed(
        "a.gz",
        line(t * 1_000, depth(t, 1, 5, 0, "'b':[['10','1']],'a':[]")),
        line(t * 1_000, "{'lastUpdateId':5,'E':%d,'bids':[['10','2']],'asks':[]}".formatted(t)),
        line(t * 1_000, depth(t + 3, 14, 20, 12, "'b':[['9','1']],'a':[]")),
        line(t * 1_000, depth(t + 4, 21, 22, 20, "'b':[['8','1']],'a':[]")));
    assertThat(hft(false).refused())
        .containsOnly(
            Map.entry(RowRefusal.SEQUENCE_GAP, 1L), Map.entry(RowRefusal.BEFORE_SNAPSHOT, 2L));
    assertThat(
            rows("hftbacktest/btcusdt-perp/depth/2023-04-04.parquet", "price // 100000000, size"))
        .containsExactly("10|200000000", "10|0");
  }

  @Test
  void eachDateBeginsWithTheBookAsItStood() throws Exception {
    final long t = SECOND_BEFORE_MIDNIGHT;
    feed(
        "a.gz",
        line(t * 1_000, depth(t, 1, 5, 0, "'b':[],'a':[]")),
        line(t * 1_000, "{'lastUpdateId':5,'E':%d,'bids':[['10','2']],'asks':[]}".formatted(t)));
    feed("b.gz", line(t * 1_000, depth(t + 1_500, 6, 9, 5, "'b':[['11','1']],'a':[]")));
    hft(false);
    assertThat(
            rows(
                "hftbacktest/btcusdt-perp/depth/2023-04-05.parquet",
                "ts, snapshot, price // 100000000"))
        .containsExactly((t + 1_000) * MILLI + "|true|10", (t + 1_500) * MILLI + "|false|11");
    int messages = 0;
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(out, "hftbacktest", List.of("btcusdt-perp"), null, null))) {
      while (reader.next()) {
        messages += reader.kind() == CuratedKind.DEPTH ? 1 : 0;
      }
    }
    assertThat(messages).as("the snapshot, the midnight's and the update").isEqualTo(3);
  }

  @Test
  void markPricesAndFundingAreKept() throws Exception {
    final long t = SECOND_BEFORE_MIDNIGHT;
    final String mark =
        "{'e':'markPriceUpdate','E':%d,'s':'BTCUSDT','p':'28147.27373413','i':'28159.75642857','r':'0.00002754','T':%d}";
    feed(
        "a.gz",
        line(t * 1_000, mark.formatted(t, t + 1_000)),
        line(t * 1_000, mark.formatted(t + 500, t + 1_000)));
    assertThat(hft(false).rowsAdded()).isEqualTo(1);
    assertThat(rows("hftbacktest/btcusdt-perp/mark_price/2023-04-04.parquet", "mark, index"))
        .containsExactly("2814727373413|2815975642857", "2814727373413|2815975642857");
    assertThat(rows("hftbacktest/btcusdt-perp/funding/2023-04-04.parquet", "rate, next_funding"))
        .as("told once until it changes")
        .containsExactly("2754|" + (t + 1_000) * MILLI);
  }

  @Test
  void hostileLinesAreNamedAndNothingIsWritten() throws Exception {
    feed(
        "a.gz",
        "1680652700423575",
        "x {}",
        "1680652700423575 {\"data\":{\"e\":\"trade\",\"s\":\"../../etc\",\"E\":1,\"t\":1}}",
        "1680652700423575 {\"data\":{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"X\":\"MARKET\",\"E\":1,\"t\":1,\"p\":\"1e999999999\",\"q\":\"1\"}}",
        "1680652700423575 {\"data\":{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"X\":\"MARKET\",\"E\":\"now\",\"t\":1,\"p\":\"1\",\"q\":\"1\"}}",
        "1680652700423575 " + "[".repeat(5_000));
    assertThatThrownBy(() -> hft(false))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.gz, line 1: holds no JSON object")
        .hasMessageContaining("line 2: does not begin with a time of receipt")
        .hasMessageContaining("line 3: names '../../etc', no pair or perpetual")
        .hasMessageContaining("line 4: holds '1e999999999', where a number belongs")
        .hasMessageContaining("line 5: has no whole number 'E'")
        .hasMessageContaining("line 6: is no JSON");
    assertThat(out).doesNotExist();
  }

  @Test
  void aTruncatedGzIsRefusedWhole() throws Exception {
    final long t = SECOND_BEFORE_MIDNIGHT;
    final Path file = feed("a.gz", line(t * 1_000, depth(t, 1, 5, 0, "'b':[['10','1']],'a':[]")));
    final byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
    assertThatThrownBy(() -> hft(true)).hasMessageContaining("a.gz: is not a whole gz");
    Files.write(file, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> hft(true)).hasMessageContaining("a.gz: is not a whole gz");
    assertThat(out).doesNotExist();
  }

  @Test
  void realCapturesGiveABookWhoseTopIsTheQuoteOfItsTime(@TempDir final Path curated)
      throws Exception {
    final Path shared =
        Path.of(System.getProperty("millrace.shared", "absent"), "data/hftbacktest");
    assumeThat(shared).as("SKIPPED: no real data at %s", shared).isDirectory();
    final ImportResult result =
        HftbacktestImport.run(
            new ImportRequest(
                List.of(
                    shared.resolve("usdm/btcusdt_20230404.dat.gz"),
                    shared.resolve("usdm/btcusdt_20230405.dat.gz")),
                curated,
                Set.of(),
                null,
                null,
                false),
            new CryptoTerms(),
            (done, all, file) -> {});
    assertThat(result.rowsIn()).isEqualTo(13_384 + 60_381);
    assertThat(result.refused()).isEmpty();
    final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    final TreeMap<Long, Long> asks = new TreeMap<>();
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    final DepthUpdateDecoder depth = new DepthUpdateDecoder();
    final QuoteDecoder quote = new QuoteDecoder();
    int updates = 0;
    int same = 0;
    int crossed = 0;
    try (CuratedReader reader =
        CuratedReader.open(
            Selection.of(curated, "hftbacktest", List.of("btcusdt-perp"), null, null))) {
      long bid = 0;
      while (reader.next()) {
        if (reader.kind() == CuratedKind.QUOTE) {
          bid = quote.wrapAndApplyHeader(reader.buffer(), 0, header).bid();
        } else if (reader.kind() == CuratedKind.DEPTH) {
          depth.wrapAndApplyHeader(reader.buffer(), 0, header);
          if (depth.snapshot() == 1) {
            bids.clear();
            asks.clear();
          }
          for (final DepthUpdateDecoder.LevelsDecoder level : depth.levels()) {
            final TreeMap<Long, Long> side = level.side() == Side.BUY ? bids : asks;
            if (level.size() == 0) {
              side.remove(level.price());
            } else {
              side.put(level.price(), level.size());
            }
          }
          updates++;
          same += bids.firstKey() == bid ? 1 : 0;
          crossed += bids.firstKey() >= asks.firstKey() ? 1 : 0;
        }
      }
    }
    assertThat(updates).isGreaterThan(15_000);
    assertThat(crossed).as("crossed of %d", updates).isZero();
    assertThat(same / (double) updates)
        .as("bid of the book is that quoted last")
        .isGreaterThan(0.9);
  }

  // ---- Binance's files

  private Path csv(final String name, final String text) throws IOException {
    final Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private ImportResult binance(final Market market) {
    return binance(market, new CryptoTerms(), false);
  }

  private ImportResult binance(final Market market, final CryptoTerms terms, final boolean skip) {
    return BinanceImport.run(
        new ImportRequest(List.of(folder), out, Set.of(), null, null, skip),
        market,
        terms,
        (done, all, file) -> {});
  }

  @Test
  void aKlineIsABarAtItsEndWithOrWithoutAHeaderInMillisOrMicros() throws Exception {
    csv(
        "futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2023-04-04.csv",
        "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n"
            + "1680566400000,28000.1,28010.0,27990.5,28005.0,12.345,1680566459999,1,1,1,1,0\n");
    csv(
        "spot/daily/klines/BTCUSDT/1d/BTCUSDT-1d-2025-01.csv",
        "1735689600000000,93576.00,95151.15,92888.00,94591.79,10373.32613,1735775999999999,1,1,1,1,0\n");
    binance(null);
    assertThat(rows("binance/btcusdt-perp/bar_1m/2023-04-04.parquet", "ts, close, volume"))
        .containsExactly("1680566460000000000|2800500000000|1234500000");
    assertThat(rows("binance/btcusdt/bar_1d/2025.parquet", "ts, \"interval\", high"))
        .containsExactly("1735776000000000000|86400000000000|9515115000000");
    assertThat(rows("binance/btcusdt/instrument/2025.parquet", "kind, session_close, currency"))
        .containsExactly("crypto_spot|0|USDT");
  }

  @Test
  void aggregatedTradesTellTheAggressorAndDuplicatesAreLeftOut() throws Exception {
    csv(
        "BTCUSDT-aggTrades-2023-04-04.csv",
        """
        10,28000.1,0.5,1,2,1680566400000,true
        10,28000.1,0.5,1,2,1680566400000,true
        11,28000.2,0.25,3,3,1680566400001,false
        """);
    assertThat(binance(Market.USDM).refused()).containsOnly(Map.entry(RowRefusal.DUPLICATE, 1L));
    assertThat(rows("binance/btcusdt-perp/trade/2023-04-04.parquet", "price, size, aggressor"))
        .containsExactly("2800010000000|50000000|2", "2800020000000|25000000|1");
    assertThatThrownBy(() -> binance(null)).hasMessageContaining("does not show its market");
    csv("BTCUSDT-trades-2023-04-04.csv", "1,28000.1,0.5,14000,1680566400000,true\n");
    assertThatThrownBy(() -> binance(Market.USDM))
        .hasMessageContaining("give trades or aggTrades, not both");
  }

  @Test
  void bestQuotesAreOfTheTimeTheyWereSent() throws Exception {
    csv(
        "BTCUSDT-bookTicker-2023-04-04.csv",
        "update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time\n"
            + "5,28000.1,1.5,28000.2,2.5,1680566400000,1680566400004\n");
    binance(Market.USDM);
    assertThat(rows("binance/btcusdt-perp/quote/2023-04-04.parquet", "ts, bid, ask_size"))
        .containsExactly("1680566400004000000|2800010000000|250000000");
  }

  @Test
  void depthFilesAreABookFromTheFirstSnapshotOn() throws Exception {
    csv(
        "BTCUSDT_T_DEPTH_2023-04-04_depth_snap.csv",
        """
        symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty,pu
        BTCUSDT,1680566400000,10,10,b,snap,28000.1,1,-1
        BTCUSDT,1680566400000,10,10,a,snap,28000.2,2,-1
        BTCUSDT,1680566500000,90,90,b,snap,1.0,1,-1
        """);
    csv(
        "BTCUSDT_T_DEPTH_2023-04-04_depth_update.csv",
        """
        symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty,pu
        BTCUSDT,1680566400100,8,12,b,set,28000.1,0,9
        BTCUSDT,1680566400100,8,12,b,set,28000.0,3,9
        BTCUSDT,1680566400200,15,16,a,set,28000.2,1,12
        """);
    final ImportResult result = binance(Market.USDM);
    assertThat(result.refused()).containsOnly(Map.entry(RowRefusal.DUPLICATE, 1L));
    assertThat(result.rowsIn() + result.rowsAdded())
        .isEqualTo(result.rowsOut() + result.rowsMerged() + 1);
    assertThat(
            rows(
                "binance/btcusdt-perp/depth/2023-04-04.parquet",
                "update_id, snapshot, side, price // 10000000, size // 100000000"))
        .containsExactly(
            "10|true|1|280001|1",
            "10|true|2|280002|2",
            "12|false|1|280001|0",
            "12|false|1|280000|3",
            "16|false|2|280002|1");
  }

  @Test
  void filtersOfTheExchangeAreTheTerms() throws Exception {
    csv(
        "BTCUSDT-fundingRate-2023-04.csv",
        "calc_time,funding_interval_hours,last_funding_rate\n1680566400000,8,-0.00012345\n");
    final Path info =
        csv(
            "info/exchangeInfo.json",
            "{'symbols':[{'symbol':'BTCUSDT','contractType':'PERPETUAL','quoteAsset':'USDT','filters':[{'filterType':'PRICE_FILTER','tickSize':'0.10'},{'filterType':'LOT_SIZE','stepSize':'0.001'},{'filterType':'MIN_NOTIONAL','notional':'100'}]}]}"
                .replace('\'', '"'));
    binance(Market.USDM, CryptoTerms.of(info), false);
    assertThat(
            rows(
                "binance/btcusdt-perp/instrument/2023-04-04.parquet",
                "tick_size, lot_size, min_notional"))
        .containsExactly("10000000|100000|10000000000");
    assertThat(rows("binance/btcusdt-perp/funding/2023-04-04.parquet", "rate, next_funding = ts"))
        .containsExactly("-12345|true");
    Files.writeString(info, "{\"symbols\":[{\"symbol\":\"X\",\"filters\":[]}]}");
    assertThatThrownBy(() -> CryptoTerms.of(info))
        .hasMessageContaining("symbol 0 (X), filter PRICE_FILTER and LOT_SIZE");
    Files.writeString(info, "<html>");
    assertThatThrownBy(() -> CryptoTerms.of(info)).hasMessageContaining("is no JSON");
  }

  @Test
  void wrongRowsAreNamedAndTheSameImportTwiceChangesNothing() throws Exception {
    final Path file =
        csv("BTCUSDT-1m-2023-04-04.csv", "1680566400000,1,2,3,4,5\n1,2\nx,1,1,1,1,1\n");
    assertThatThrownBy(() -> binance(Market.SPOT))
        .hasMessageContaining("line 1: has an open, high, low and close that no bar can have")
        .hasMessageContaining("line 2: has 2 columns instead of 6 to 12")
        .hasMessageContaining("line 3: column 1 is 'x', where a number belongs");
    assertThat(out).doesNotExist();
    Files.writeString(file, "1680566400000,1,2,1,2,5\n");
    assertThat(binance(Market.SPOT).files())
        .allMatch(curated -> curated.status() == ImportResult.Status.WRITTEN);
    assertThat(binance(Market.SPOT).files())
        .allMatch(curated -> curated.status() == ImportResult.Status.UNCHANGED);
  }
}
