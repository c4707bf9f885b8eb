package io.millrace.tools.report;

import io.millrace.codecs.FillEncoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.Liquidity;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.NavEventEncoder;
import io.millrace.codecs.OrderAction;
import io.millrace.codecs.OrderRequestEncoder;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.codecs.RiskMode;
import io.millrace.codecs.SessionHeaderEncoder;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.RunDirectory;
import io.millrace.journal.SyncMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A run whose every number is known: a share quoted each minute of sessions of 6.5 hours, bought
 * and sold in turn at set minutes, with an account kept by long arithmetic of its own.
 */
public final class InventedRun {
  private static final int MINUTES = 390;
  private static final long MINUTE = 60_000_000_000L;
  private static final long OPEN = 870 * MINUTE;
  private static final long CASH = 1_000_000 * Fixed.ONE;
  private static final long QUANTITY = 1_000 * Fixed.ONE;
  private static final long FEE = 5 * Fixed.ONE;
  private static final long HALF_SPREAD = 1_000_000L;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final QuoteEncoder quote = new QuoteEncoder();
  private final NavEventEncoder nav = new NavEventEncoder();
  private final FillEncoder fill = new FillEncoder();
  private final OrderRequestEncoder request = new OrderRequestEncoder();
  private final SplittableRandom random;
  private final JournalWriter inputs;
  private final JournalWriter decisions;
  private long input;
  private long output;
  private int ordinal;

  private long mid = 100 * Fixed.ONE;
  private long cash = CASH;
  private long held;
  private long peak = CASH;
  private long fees;
  private long entry;
  private long trades;
  private long wins;
  private double deepest;
  private final List<Double> closes = new ArrayList<>();
  private final List<Double> prices = new ArrayList<>();

  /**
   * What is known of it.
   *
   * @param run its directory
   * @param endEquity account currency
   * @param trades closed
   * @param wins of them with a profit after fees
   * @param fees account currency
   * @param deepest drawdown of all minutes, fraction
   * @param closes equity at the end of each day, the start first
   * @param prices mid at the end of each day, the first mid first
   */
  public record Known(
      RunDirectory run,
      double endEquity,
      long trades,
      long wins,
      double fees,
      double deepest,
      List<Double> closes,
      List<Double> prices) {}

  private InventedRun(final RunDirectory run, final long seed) {
    random = new SplittableRandom(seed);
    final JournalOptions options =
        JournalOptions.defaults().withSyncMode(SyncMode.NONE).withDiskReserveBytes(0);
    inputs = JournalWriter.open(run.input(), options);
    decisions = JournalWriter.open(run.decisions(), options);
  }

  /**
   * Writes one.
   *
   * @param runs where it goes
   * @param manifest of a real run, whose config it takes
   * @param quotesInMinute quotes of each minute, 1 and up; only the last one matters
   */
  public static Known write(
      final Path runs,
      final Path manifest,
      final int days,
      final int quotesInMinute,
      final long seed)
      throws IOException {
    final RunDirectory run = RunDirectory.create(runs, RunDirectory.runId(seed, 1));
    Files.writeString(
        run.manifest(),
        Files.readString(manifest)
            .replaceFirst("\"description\" : \"[^\"]*\"", "\"description\" : \"invented AAA\""));
    final InventedRun invented = new InventedRun(run, seed);
    invented.write(days, quotesInMinute);
    invented.inputs.close();
    invented.decisions.close();
    return new Known(
        run,
        Fixed.toDouble(invented.equity()),
        invented.trades,
        invented.wins,
        Fixed.toDouble(invented.fees),
        invented.deepest,
        invented.closes,
        invented.prices);
  }

  private void write(final int days, final int quotesInMinute) {
    LocalDate day = LocalDate.of(2019, 1, 2);
    start(day.toEpochDay() * RunScan.DAY);
    for (int d = 0; d < days; d++) {
      for (int m = 0; m < MINUTES; m++) {
        final long time = day.toEpochDay() * RunScan.DAY + OPEN + m * MINUTE;
        for (int q = quotesInMinute - 1; q > 0; q--) {
          quote(time - q * (MINUTE / quotesInMinute / 2));
        }
        mid = Math.max(Fixed.ONE, mid + random.nextLong(-8, 9) * 1_000_000L);
        quote(time);
        if (d == 0 && m == 0) {
          prices.add(Fixed.toDouble(mid));
        }
        if (m % 97 == 40) {
          trade(time);
        }
        nav(time);
      }
      closes.add(Fixed.toDouble(equity()));
      prices.add(Fixed.toDouble(mid));
      day = day.plusDays(day.getDayOfWeek().getValue() == 5 ? 3 : 1);
    }
  }

  private long equity() {
    return cash + Fixed.mul(held, mid);
  }

  private void start(final long time) {
    final SessionHeaderEncoder session = new SessionHeaderEncoder();
    session.wrapAndApplyHeader(buffer, 0, header).eventTime(time).initialCash(CASH);
    append(inputs, ++input, session.encodedLength(), SessionHeaderEncoder.TEMPLATE_ID);
    final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
    definition
        .wrapAndApplyHeader(buffer, 0, header)
        .eventTime(time)
        .instrumentId(1)
        .underlyingId(0)
        .kind(InstrumentKind.EQUITY)
        .tickSize(1_000_000L)
        .lotSize(Fixed.ONE)
        .multiplier(Fixed.ONE)
        .strike(Fixed.NONE)
        .expiry(0)
        .sessionOpen(0)
        .sessionClose(0)
        .currency("USD")
        .symbol("AAA");
    append(inputs, ++input, definition.encodedLength(), InstrumentDefinitionEncoder.TEMPLATE_ID);
    nav(time);
    closes.add(Fixed.toDouble(CASH));
  }

  private void append(
      final JournalWriter to, final long sequence, final int length, final int template) {
    to.append(sequence, 0, template, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + length);
  }

  private void quote(final long time) {
    quote
        .wrapAndApplyHeader(buffer, 0, header)
        .eventTime(time)
        .instrumentId(1)
        .bid(mid - HALF_SPREAD)
        .bidSize(500 * Fixed.ONE)
        .ask(mid + HALF_SPREAD)
        .askSize(5_000 * Fixed.ONE);
    append(inputs, ++input, quote.encodedLength(), QuoteEncoder.TEMPLATE_ID);
    ordinal = 0;
  }

  /** Buys, or sells what it bought, at the far touch. */
  private void trade(final long time) {
    final boolean buy = held == 0;
    final long price = buy ? mid + HALF_SPREAD : mid - HALF_SPREAD;
    request
        .wrapAndApplyHeader(buffer, 0, header)
        .cause(input)
        .ordinal(ordinal++)
        .eventTime(time)
        .instrumentId(1)
        .orderId(input << 13)
        .ideaCause(input)
        .ideaOrdinal(0)
        .action(OrderAction.NEW)
        .quantity(QUANTITY)
        .side(buy ? Side.BUY : Side.SELL)
        .legsCount(0);
    append(decisions, ++output, request.encodedLength(), OrderRequestEncoder.TEMPLATE_ID);
    fill.wrapAndApplyHeader(buffer, 0, header)
        .cause(input)
        .ordinal(ordinal++)
        .eventTime(time)
        .instrumentId(1)
        .orderId(input << 13)
        .ideaCause(input)
        .ideaOrdinal(0)
        .legIndex((short) 0)
        .side(buy ? Side.BUY : Side.SELL)
        .quantity(QUANTITY)
        .price(price)
        .fee(FEE)
        .liquidity(Liquidity.TAKER)
        .reason(FillReason.TOOK_TOUCH)
        .arrivalMid(mid);
    append(decisions, ++output, fill.encodedLength(), FillEncoder.TEMPLATE_ID);
    fees += FEE;
    cash -= (buy ? 1 : -1) * Fixed.mul(QUANTITY, price) + FEE;
    held = buy ? QUANTITY : 0;
    if (buy) {
      entry = price;
    } else {
      trades++;
      wins += Fixed.mul(QUANTITY, price - entry) - 2 * FEE > 0 ? 1 : 0;
    }
  }

  private void nav(final long time) {
    final long equity = equity();
    peak = Math.max(peak, equity);
    deepest = Math.max(deepest, 1 - (double) equity / peak);
    final long worth = Fixed.mul(held, mid);
    nav.wrapAndApplyHeader(buffer, 0, header)
        .cause(input)
        .ordinal(ordinal++)
        .eventTime(time)
        .nav(equity)
        .cash(cash)
        .realised(0)
        .unrealised(0)
        .fees(fees)
        .peak(peak)
        .drawdown(0)
        .gross(worth)
        .net(worth)
        .riskMode(RiskMode.NORMAL);
    append(decisions, ++output, nav.encodedLength(), NavEventEncoder.TEMPLATE_ID);
  }
}
