package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.BarDecoder;
import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.OpenInterestDecoder;
import io.millrace.codecs.OptionQuoteDecoder;
import io.millrace.codecs.OptionRight;
import io.millrace.codecs.OptionStyle;
import io.millrace.codecs.QuoteDecoder;
import io.millrace.codecs.TradeDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of reading curated files back as input messages. */
class CuratedReaderTest {
  private static final long MINUTE = LeanFixture.MINUTE;
  private static final long OPEN = LeanFixture.CHRISTMAS_EVE + 570 * MINUTE;
  private static final String CALL = "GOOG  160617C00750000";
  private static final String PUT = "GOOG  160617P00750000";

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private LeanFixture lean;

  @BeforeEach
  void root(@TempDir final Path folder) throws IOException {
    lean = new LeanFixture(folder);
  }

  private void day() throws IOException {
    lean.googTrades("34200000,7495500,7499900,7485400,7485400,11492\n");
    lean.googQuotes(
        "34200000,7490000,7490000,7490000,7490000,2,7500000,7500000,7500000,7500000,3\n");
    lean.zip(
        "option/usa/minute/goog/20151224_quote_american.zip",
        Map.of(
            "20151224_goog_minute_quote_american_put_7500000_20160617.csv",
            "34200000,,,,,0,548000,548000,548000,548000,7\n34260000,1,1,1,1,1,2,2,2,2,2\n",
            "20151224_goog_minute_quote_american_call_7500000_20160617.csv",
            "34200000,500000,500000,500000,500000,9,,,,,0\n"));
    lean.zip(
        "option/usa/minute/goog/20151224_trade_american.zip",
        Map.of(
            "20151224_goog_minute_trade_american_put_7500000_20160617.csv",
            "34200000,540000,548000,540000,548000,4\n"));
    lean.zip(
        "option/usa/minute/goog/20151224_openinterest_american.zip",
        Map.of(
            "20151224_goog_minute_openinterest_american_put_7500000_20160617.csv",
            "23460000,52\n"));
    lean.run();
  }

  private CuratedReader open() {
    return CuratedReader.open(Selection.of(lean.out, "lean", List.of("GOOG"), null, null));
  }

  @Test
  void rowsOfOneInstantGoOutByKindThenByContract() throws Exception {
    day();
    final List<String> rows = new ArrayList<>();
    try (CuratedReader reader = open()) {
      while (reader.next()) {
        rows.add(
            reader.kind()
                + " "
                + reader.symbol(reader.instrumentId())
                + " "
                + (reader.eventTime() - LeanFixture.CHRISTMAS_EVE) / MINUTE);
      }
      assertThat(reader.instruments()).isEqualTo(3);
    }
    assertThat(rows)
        .containsExactly(
            "INSTRUMENT GOOG 0",
            "INSTRUMENT " + CALL + " 0",
            "INSTRUMENT " + PUT + " 0",
            "OPEN_INTEREST " + PUT + " 391",
            "QUOTE GOOG 571",
            "OPTION_QUOTE " + CALL + " 571",
            "OPTION_QUOTE " + PUT + " 571",
            "BAR GOOG 571",
            "OPTION_TRADE " + PUT + " 571",
            "OPTION_QUOTE " + PUT + " 572");
  }

  @Test
  void idsAreDenseFromOneAndMessagesCarryEveryField() throws Exception {
    day();
    try (CuratedReader reader = open()) {
      final var definition = new InstrumentDefinitionDecoder();
      assertThat(reader.next()).isTrue();
      definition.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
      assertThat(definition.instrumentId()).isEqualTo(1);
      assertThat(definition.underlyingId()).isZero();
      assertThat(definition.kind()).isEqualTo(InstrumentKind.EQUITY);
      assertThat(definition.symbol()).isEqualTo("GOOG");
      assertThat(definition.tickSize()).isEqualTo(1_000_000);
      assertThat(definition.strike()).isEqualTo(InstrumentDefinitionDecoder.strikeNullValue());
      assertThat(definition.sessionOpen()).isEqualTo(OPEN);
      assertThat(definition.sessionClose()).isEqualTo(LeanFixture.CHRISTMAS_EVE + 780 * MINUTE);
      assertThat(reader.length())
          .isEqualTo(
              MessageHeaderDecoder.ENCODED_LENGTH + InstrumentDefinitionDecoder.BLOCK_LENGTH);

      reader.next();
      reader.next();
      definition.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
      assertThat(definition.instrumentId()).isEqualTo(3);
      assertThat(definition.underlyingId()).isEqualTo(1);
      assertThat(definition.right()).isEqualTo(OptionRight.PUT);
      assertThat(definition.style()).isEqualTo(OptionStyle.AMERICAN);
      assertThat(definition.strike()).isEqualTo(75_000_000_000L);
      assertThat(definition.multiplier()).isEqualTo(100 * Decimal.ONE);
      // 2016-06-17 16:00 in New York, four hours behind UTC
      assertThat(definition.expiry())
          .isEqualTo(LocalDate.of(2016, 6, 17).toEpochDay() * 1_440 * MINUTE + 20 * 60 * MINUTE);
      assertThat(definition.currency()).isEqualTo("USD");

      reader.next();
      final var interest = new OpenInterestDecoder();
      interest.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
      assertThat(interest.instrumentId()).isEqualTo(3);
      assertThat(interest.openInterest()).isEqualTo(52);

      reader.next();
      final var quote = new QuoteDecoder();
      quote.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
      assertThat(quote.eventTime()).isEqualTo(OPEN + MINUTE);
      assertThat(quote.bid()).isEqualTo(74_900_000_000L);
      assertThat(quote.bidSize()).isEqualTo(2 * Decimal.ONE);
      assertThat(quote.ask()).isEqualTo(75_000_000_000L);
      assertThat(quote.askSize()).isEqualTo(3 * Decimal.ONE);

      reader.next();
      final var option = new OptionQuoteDecoder();
      option.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
      assertThat(option.instrumentId()).isEqualTo(2);
      assertThat(option.bid()).isEqualTo(5_000_000_000L);
      assertThat(option.ask()).isEqualTo(OptionQuoteDecoder.askNullValue());
      assertThat(option.askSize()).isZero();

      reader.next();
      reader.next();
      final var bar = new BarDecoder();
      bar.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
      assertThat(bar.interval()).isEqualTo(MINUTE);
      assertThat(bar.open()).isEqualTo(74_955_000_000L);
      assertThat(bar.high()).isEqualTo(74_999_000_000L);
      assertThat(bar.low()).isEqualTo(74_854_000_000L);
      assertThat(bar.close()).isEqualTo(74_854_000_000L);
      assertThat(bar.volume()).isEqualTo(11_492 * Decimal.ONE);

      reader.next();
      bar.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
      assertThat(bar.instrumentId()).isEqualTo(3);
      assertThat(bar.volume()).isEqualTo(4 * Decimal.ONE);
    }
  }

  @Test
  void instrumentKeepsItsIdAndGetsTheNextDatesSession() throws Exception {
    for (final String date : List.of("20151222", "20151223")) {
      lean.zip(
          "equity/usa/minute/goog/" + date + "_trade.zip",
          Map.of(date + "_goog_minute_trade.csv", "34200000,1,1,1,1,1\n"));
    }
    lean.run();
    final List<Long> sessions = new ArrayList<>();
    try (CuratedReader reader = open()) {
      while (reader.next()) {
        assertThat(reader.instrumentId()).isEqualTo(1);
        if (reader.kind() == CuratedKind.INSTRUMENT) {
          final var definition = new InstrumentDefinitionDecoder();
          definition.wrapAndApplyHeader(reader.buffer(), 0, header);
          sessions.add(definition.sessionOpen());
        }
      }
    }
    assertThat(sessions).containsExactly(OPEN - 2 * 1_440 * MINUTE, OPEN - 1_440 * MINUTE);
  }

  @Test
  void symbolsAreNumberedInTheOrderOfTheSelection() throws Exception {
    for (final String symbol : List.of("goog", "spy")) {
      lean.zip(
          "equity/usa/minute/" + symbol + "/20151224_trade.zip",
          Map.of("20151224_" + symbol + "_minute_trade.csv", "34200000,1,1,1,1,1\n"));
    }
    lean.run();
    final List<String> rows = new ArrayList<>();
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(lean.out, "lean", List.of("spy", "goog"), null, null))) {
      while (reader.next()) {
        rows.add(reader.instrumentId() + " " + reader.symbol(reader.instrumentId()));
      }
    }
    assertThat(rows).containsExactly("1 SPY", "2 GOOG", "1 SPY", "2 GOOG");
  }

  @Test
  void tradeFlagsBecomeACodeThatIsZeroForARegularPrint() {
    assertThat(RowEncoder.condition(0)).isZero();
    assertThat(RowEncoder.condition(0x1)).isZero();
    assertThat(RowEncoder.condition(0x20000001L)).as("exempt").isZero();
    assertThat(RowEncoder.condition(0x80000001L)).as("odd lot").isZero();
    assertThat(RowEncoder.condition(0x20000020L)).as("sweep").isEqualTo(0x20);
    assertThat(RowEncoder.condition(0x20100200L)).as("average price").isEqualTo(0x201);
  }

  @Test
  void tradeTickIsReadWithItsCondition() throws Exception {
    lean.zip(
        "equity/usa/tick/ibm/20131007_trade.zip",
        Map.of("20131007_ibm_Trade_Tick.csv", "34200000,1815200,283,P,20,0\n"));
    lean.run();
    try (CuratedReader reader =
        CuratedReader.open(Selection.of(lean.out, "lean", List.of("ibm"), null, null))) {
      reader.next();
      reader.next();
      final var trade = new TradeDecoder();
      trade.wrapAndApplyHeader(reader.buffer(), 0, header);
      assertThat(trade.price()).isEqualTo(18_152_000_000L);
      assertThat(trade.size()).isEqualTo(283 * Decimal.ONE);
      assertThat(trade.condition()).isEqualTo(0x20);
      assertThat(reader.next()).isFalse();
      assertThat(reader.next()).as("stays at the end").isFalse();
    }
  }

  @Test
  void samplingsOfTheSameThingAreAChoice() throws Exception {
    lean.googTrades("34200000,1,1,1,1,1\n");
    lean.zip(
        "equity/usa/second/goog/20151224_trade.zip",
        Map.of("20151224_goog_second_trade.csv", "34200000,1,1,1,1,1\n34201000,1,1,1,1,1\n"));
    lean.run();
    assertThatThrownBy(this::open)
        .hasMessageContaining("several samplings (bar_1m, bar_1s); choose a resolution of 1m, 1s.");
    final Set<CuratedKind> all = EnumSet.allOf(CuratedKind.class);
    int rows = 0;
    try (CuratedReader reader =
        CuratedReader.open(
            new Selection(lean.out, "lean", List.of("goog"), null, null, all, "1s"))) {
      while (reader.next()) {
        rows++;
      }
    }
    assertThat(rows).isEqualTo(3);
  }

  @Test
  void missingColumnIsNamedWithFileAndRemedy() throws Exception {
    lean.googQuotes("34200000,1,1,1,1,2,2,2,2,2,3\n");
    lean.run();
    rewrite("goog/quote_1m/2015-12-24.parquet", "SELECT * EXCLUDE ask_size FROM rows");
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "goog/quote_1m/2015-12-24.parquet, column ask_size: is missing; import the source again,"
                + " so that the file follows schema 1 of quote");
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() throws Exception {
    lean.googQuotes("34200000,1,1,1,1,2,2,2,2,2,3\n");
    lean.run();
    rewrite(
        "goog/quote_1m/2015-12-24.parquet",
        "SELECT * EXCLUDE (ask) REPLACE (bid::DOUBLE AS bid) FROM rows");
    assertThatThrownBy(this::open)
        .hasMessageContaining("column bid: is of type DOUBLE instead of BIGINT")
        .hasMessageContaining("column ask: is missing")
        .hasMessageContaining("footer: says null of schema null instead of quote of schema 1");
  }

  @Test
  void rowsOfAnotherSymbolAreRefused() throws Exception {
    lean.googQuotes("34200000,1,1,1,1,2,2,2,2,2,3\n");
    lean.run();
    rewrite("goog/quote_1m/2015-12-24.parquet", "SELECT * REPLACE ('SPY' AS symbol) FROM rows");
    assertThatThrownBy(this::open).hasMessageContaining("holds SPY to SPY in a folder of GOOG");
  }

  @Test
  void rowsOutOfOrderAreRefused() throws Exception {
    lean.googQuotes("34200000,1,1,1,1,2,2,2,2,2,3\n34260000,1,1,1,1,2,2,2,2,2,3\n");
    lean.run();
    rewriteWithFooter("goog/quote_1m/2015-12-24.parquet", "SELECT * FROM rows ORDER BY ts DESC");
    assertThatThrownBy(this::open).hasMessageContaining("row 2: is not in order of time");
  }

  @Test
  void truncatedParquetIsRefused() throws Exception {
    lean.googQuotes("34200000,1,1,1,1,2,2,2,2,2,3\n");
    lean.run();
    final Path file = lean.out.resolve("lean/goog/quote_1m/2015-12-24.parquet");
    final byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(this::open)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2015-12-24.parquet: is not a whole parquet file");
  }

  @Test
  void damagedPageIsAnErrorNotAnEarlyEnd() throws Exception {
    lean.googQuotes("34200000,1,1,1,1,2,2,2,2,2,3\n");
    lean.run();
    final Path file = lean.out.resolve("lean/goog/quote_1m/2015-12-24.parquet");
    final byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 4, 60, (byte) 0xFF);
    Files.write(file, bytes);
    seal(file);
    assertThatThrownBy(
            () -> {
              try (CuratedReader reader = open()) {
                while (reader.next()) {
                  assertThat(reader.length()).isPositive();
                }
              }
            })
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2015-12-24.parquet");
  }

  @Test
  void flippedByteAnywhereIsRefusedBeforeTheFirstRow() throws Exception {
    lean.googQuotes("34200000,1,1,1,1,2,2,2,2,2,3\n");
    lean.run();
    final Path file = lean.out.resolve("lean/goog/quote_1m/2015-12-24.parquet");
    final byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at += 7) {
      bytes[at] ^= 1;
      Files.write(file, bytes);
      assertThatThrownBy(this::open)
          .as("byte %d of %d", at, bytes.length)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("2015-12-24.parquet");
      bytes[at] ^= 1;
    }
    bytes[4 + 40] ^= 1; // in a page: all that parquet itself says of the file still holds
    Files.write(file, bytes);
    assertThatThrownBy(this::open)
        .hasMessageContaining("is not as its import wrote it: its SHA-256 is ")
        .hasMessageEndingWith("import the source again.");
    lean.run();
    try (CuratedReader reader = open()) {
      assertThat(reader.checksums()).containsEntry(file, Checksum.of(file)).hasSize(2);
    }
  }

  @Test
  void fileWithoutItsOwnChecksumIsRefusedUntilItIsImportedAgain() throws Exception {
    lean.googQuotes("34200000,1,1,1,1,2,2,2,2,2,3\n");
    lean.run();
    final Path file = lean.out.resolve("lean/goog/quote_1m/2015-12-24.parquet");
    final String line = Files.readString(Checksum.beside(file));
    for (final String other : List.of("", "abc", line.replace("2015-12-24", "2015-12-23"))) {
      Files.writeString(Checksum.beside(file), other);
      assertThatThrownBy(this::open)
          .hasMessageContaining(
              "has no checksum of its own beside it in 2015-12-24.parquet.sha256; import the");
    }
    Files.delete(Checksum.beside(file));
    assertThatThrownBy(this::open).hasMessageContaining("has no checksum of its own");
    assertThat(lean.run().files())
        .as("the rows are the same")
        .allMatch(curated -> curated.status() == ImportResult.Status.UNCHANGED);
    assertThat(Files.readString(Checksum.beside(file))).isEqualTo(line);
    open().close();
  }

  @Test
  void contractWithoutADefinitionIsRefused() throws Exception {
    day();
    rewriteWithFooter(
        "goog/instrument/2015-12-24.parquet",
        "SELECT * FROM rows WHERE symbol <> '" + CALL + "'",
        "instrument");
    assertThatThrownBy(
            () -> {
              try (CuratedReader reader = open()) {
                while (reader.next()) {
                  assertThat(reader.length()).isPositive();
                }
              }
            })
        .hasMessageContaining(
            "option_quote_1m/2015-12-24.parquet, row 1: is of an instrument that no definition names");
  }

  @Test
  void nothingToReadIsSaid() throws Exception {
    day();
    assertThatThrownBy(
            () -> CuratedReader.open(Selection.of(lean.out, "lean", List.of("tsla"), null, null)))
        .hasMessageContaining("tsla: does not exist; there is goog; import data of this symbol");
    assertThatThrownBy(
            () ->
                CuratedReader.open(
                    Selection.of(
                        lean.out, "lean", List.of("goog"), LocalDate.of(2016, 1, 1), null)))
        .hasMessageContaining("holds no events from 2016-01-01");
  }

  @Test
  void missingDefinitionsOfADateAreSaid() throws Exception {
    day();
    Files.delete(lean.out.resolve("lean/goog/instrument/2015-12-24.parquet"));
    assertThatThrownBy(this::open)
        .hasMessageContaining("instrument/2015-12-24.parquet: is missing, though there is");
  }

  private void rewrite(final String place, final String query) throws Exception {
    rewrite(place, query, "");
  }

  private void rewriteWithFooter(final String place, final String query) throws Exception {
    rewriteWithFooter(place, query, "quote");
  }

  private void rewriteWithFooter(final String place, final String query, final String kind)
      throws Exception {
    rewrite(place, query, ", KV_METADATA {millrace_kind: '" + kind + "', millrace_schema: '1'}");
  }

  private void rewrite(final String place, final String query, final String options)
      throws Exception {
    final String file = "'" + lean.out.resolve("lean").resolve(place) + "'";
    try (var database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute("CREATE TABLE rows AS SELECT * FROM " + file);
      statement.execute("COPY (" + query + ") TO " + file + " (FORMAT parquet" + options + ")");
    }
    seal(lean.out.resolve("lean").resolve(place));
  }

  /** Puts the checksum of a file as it stands beside it, so that other checks have their turn. */
  private static void seal(final Path file) throws IOException {
    Files.writeString(Checksum.beside(file), Checksum.line(Checksum.of(file), file));
  }
}
