package io.millrace.tools.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.tools.data.Definition.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Terms of crypto instruments: from the filters of Binance's {@code exchangeInfo} where it is
 * given, else learned from the data (tick and lot are the largest steps that all prices and sizes
 * are multiples of).
 *
 * <p>A perpetual is named apart from the coin: {@code BTCUSDT-PERP} beside {@code BTCUSDT}.
 */
public final class CryptoTerms {
  /** What a Binance file is of. */
  public enum Market {
    /** Coins. */
    SPOT,
    /** Perpetuals margined in dollars. */
    USDM,
    /** Perpetuals margined in the coin. */
    COINM
  }

  /** Endings of a pair that name its quote currency, longest first. */
  private static final List<String> QUOTES =
      List.of(
          "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDP", "USD1", "USD", "EUR", "GBP", "TRY",
          "BRL", "JPY", "AUD", "BTC", "ETH", "BNB");

  private static final String PERPETUAL = "_PERP";
  private static final long MAX_BYTES = 1L << 28;

  private final Map<String, Terms> known = new HashMap<>();

  /** Nothing but what the data shows. */
  public CryptoTerms() {}

  /**
   * Reads filters.
   *
   * @param file Binance's exchangeInfo, of spot or futures
   * @throws DataException when it is none
   */
  public static CryptoTerms of(final Path file) {
    final CryptoTerms terms = new CryptoTerms();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new DataException(
            file,
            "",
            "is larger than " + MAX_BYTES + " bytes",
            "give exchangeInfo as Binance has it");
      }
      final JsonNode symbols =
          new ObjectMapper().readTree(Files.readAllBytes(file)).path("symbols");
      if (!symbols.isArray() || symbols.isEmpty()) {
        throw new DataException(
            file, "", "has no array 'symbols'", "give exchangeInfo as Binance answers it");
      }
      for (int i = 0; i < symbols.size(); i++) {
        terms.read(file, i, symbols.get(i));
      }
      return terms;
    } catch (final IOException e) {
      throw new DataException(
          file,
          "",
          "is no JSON that can be read ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + ")",
          "give exchangeInfo as Binance answers it",
          e);
    }
  }

  private void read(final Path file, final int index, final JsonNode symbol) {
    final String name = symbol.path("symbol").asText();
    String filter = "";
    try {
      long tick = 0;
      long lot = 0;
      long least = 0;
      for (final JsonNode row : symbol.path("filters")) {
        filter = row.path("filterType").asText();
        switch (filter) {
          case "PRICE_FILTER" -> tick = Decimal.round(row.path("tickSize").asText());
          case "LOT_SIZE" -> lot = Decimal.round(row.path("stepSize").asText());
          case "MIN_NOTIONAL", "NOTIONAL" ->
              least =
                  Decimal.round(
                      row.path(row.has("notional") ? "notional" : "minNotional").asText("0"));
          default -> filter = "";
        }
      }
      if (name.isEmpty() || tick <= 0 || lot <= 0) {
        filter = "PRICE_FILTER and LOT_SIZE";
        throw new NumberFormatException("missing, or zero");
      }
      final Market market =
          !symbol.has("contractType")
              ? Market.SPOT
              : symbol.has("contractSize") ? Market.COINM : Market.USDM;
      final long multiplier =
          market == Market.COINM
              ? Decimal.round(symbol.path("contractSize").asText("1"))
              : Decimal.ONE;
      known.put(
          market + " " + name,
          new Terms(symbol.path("quoteAsset").asText(""), multiplier, tick, lot, least));
    } catch (final NumberFormatException | ArithmeticException e) {
      throw new DataException(
          file,
          "symbol " + index + " (" + name + "), filter " + filter,
          "does not hold a number above zero (" + e.getMessage() + ")",
          "give exchangeInfo as Binance answers it",
          e);
    }
  }

  /** Folder of a Binance symbol. */
  static String folder(final Market market, final String symbol) {
    final String lower = symbol.toLowerCase(Locale.ROOT);
    return switch (market) {
      case SPOT -> lower;
      case USDM -> lower + "-perp";
      case COINM -> lower.substring(0, lower.length() - PERPETUAL.length()) + "-perp";
    };
  }

  /** Whether a name can be that of a coin pair or perpetual of a market. */
  static boolean isSymbol(final Market market, final String symbol) {
    final boolean perpetual = symbol.endsWith(PERPETUAL);
    final String pair =
        perpetual ? symbol.substring(0, symbol.length() - PERPETUAL.length()) : symbol;
    return perpetual == (market == Market.COINM) && pair.matches("[A-Z0-9]{2,20}");
  }

  /**
   * The definition of a Binance symbol.
   *
   * @param gathered knows the steps of the data
   */
  Definition define(final Market market, final String symbol, final Gathered gathered) {
    final Terms said = known.get(market + " " + symbol);
    final Terms terms = said == null ? new Terms("", Decimal.ONE, 0, 0, 0) : said;
    final String currency = terms.currency().isEmpty() ? quoteOf(symbol) : terms.currency();
    return define(
        gathered.name(),
        market == Market.SPOT ? "crypto_spot" : "perpetual",
        settlement(market),
        gathered.learned(
            new Terms(
                currency,
                terms.multiplier(),
                terms.tickSize(),
                terms.lotSize(),
                terms.minNotional())));
  }

  private static String settlement(final Market market) {
    return switch (market) {
      case SPOT -> "physical";
      case USDM -> "cash";
      case COINM -> "coin";
    };
  }

  /** A definition of an instrument that is traded round the clock. */
  static Definition define(
      final String name, final String kind, final String settlement, final Terms terms) {
    return new Definition(
        name, kind, null, settlement, 0, terms, TradingDays.ALWAYS_OPEN.zone().getId(), 0, 0);
  }

  private static String quoteOf(final String symbol) {
    final String pair =
        symbol.endsWith(PERPETUAL)
            ? symbol.substring(0, symbol.length() - PERPETUAL.length())
            : symbol;
    for (final String quote : QUOTES) {
      if (pair.endsWith(quote) && pair.length() > quote.length()) {
        return quote;
      }
    }
    return "USD";
  }
}
