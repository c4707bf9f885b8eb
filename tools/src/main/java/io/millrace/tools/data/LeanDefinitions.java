package io.millrace.tools.data;

import io.millrace.tools.data.Definition.Terms;
import io.millrace.tools.data.LeanReference.Asset;
import io.millrace.tools.data.LeanReference.Phase;
import io.millrace.tools.data.LeanReference.Venue;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Derives what can be traded on a date, and when, from LEAN's market hours and symbol properties:
 * the symbol, then every contract that any curated row of the date names.
 */
final class LeanDefinitions {
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final Set<String> STABLE = Set.of("USDT", "USDC", "BUSD", "FDUSD");

  /** Cheap options on equity-index futures go by 0.05. */
  private static final long FUTURE_OPTION_TICK = 5_000_000L;

  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM", Locale.ROOT);

  private final Curation curation;
  private final LeanImport.Options options;

  LeanDefinitions(final Curation curation, final LeanImport.Options options) {
    this.curation = curation;
    this.options = options;
  }

  /**
   * Builds definitions and sessions of a symbol for a date or a year.
   *
   * @param any a file of the symbol
   */
  void build(final LeanFile any, final LeanReference reference, final long part)
      throws SQLException, IOException {
    final List<LocalDate> dates = new ArrayList<>();
    if (part >= 0) {
      dates.add(LocalDate.ofEpochDay(part));
    } else {
      final long[] span = curation.span(any.symbol(), part);
      if (span == null) {
        return;
      }
      // Midnight belongs to the day that it ends.
      final LocalDate first = LocalDate.ofEpochDay(Math.floorDiv(span[0] - 1, NANOS_PER_DAY));
      final LocalDate last = LocalDate.ofEpochDay(Math.floorDiv(span[1] - 1, NANOS_PER_DAY));
      first.datesUntil(last.plusDays(1)).forEach(dates::add);
    }
    sessions(any, reference, dates, part);
    instruments(any, reference, dates, part);
  }

  private void sessions(
      final LeanFile any,
      final LeanReference reference,
      final List<LocalDate> dates,
      final long part)
      throws SQLException, IOException {
    final Venue venue = root(any);
    final boolean options =
        part >= 0
            && (venue.asset() == Asset.EQUITY
                || (venue.asset() == Asset.INDEX
                    && !curation.contracts(any.symbol(), part).isEmpty()));
    try (CuratedWriter out = curation.writer(CuratedKind.SESSION)) {
      for (final LocalDate date : dates) {
        phases(any, reference, venue, date, part, out);
        if (options) {
          phases(any, reference, options(venue, venue.ticker()), date, part, out);
        }
      }
      curation.finish(any.symbol(), CuratedKind.SESSION, "", part, null, List.of(), out);
    }
  }

  private static void phases(
      final LeanFile any,
      final LeanReference reference,
      final Venue venue,
      final LocalDate date,
      final long part,
      final CuratedWriter out)
      throws SQLException {
    for (final Phase phase : reference.phases(venue, date)) {
      out.row(reference.dayStart(venue, date), part).put(any.symbol().toUpperCase(Locale.ROOT));
      out.put(date).put(venue.asset().code()).put(phase.name());
      out.put(phase.open()).put(phase.close()).put(phase.earlyClose()).end();
    }
  }

  private void instruments(
      final LeanFile any,
      final LeanReference reference,
      final List<LocalDate> dates,
      final long part)
      throws SQLException, IOException {
    final Venue venue = root(any);
    final Map<LocalDate, List<Curation.Contract>> contracts = contracts(any, part);
    try (CuratedWriter out = curation.writer(CuratedKind.INSTRUMENT)) {
      if (reference.alwaysOpen(venue)) {
        define(any, reference, 0, 0).write(out, reference.dayStart(venue, dates.get(0)), part);
      } else if (venue.asset() == Asset.FUTURE) {
        stretches(any, reference, dates, part, contracts, out);
      } else {
        for (final LocalDate date : dates) {
          final Phase session = reference.session(venue, date);
          if (session != null) {
            final long time = reference.dayStart(venue, date);
            define(any, reference, session.open(), session.close()).write(out, time, part);
            for (final Curation.Contract contract : contracts.getOrDefault(date, List.of())) {
              option(any, reference, contract, date).write(out, time, part);
            }
          }
        }
      }
      curation.finish(any.symbol(), CuratedKind.INSTRUMENT, "", part, null, List.of(), out);
    }
  }

  /** The options that are to be defined on each date: those that a row of it names. */
  private Map<LocalDate, List<Curation.Contract>> contracts(final LeanFile any, final long part)
      throws SQLException, IOException {
    if (part < 0) {
      return curation.contractsByDay(any.symbol(), part);
    }
    return Map.of(LocalDate.ofEpochDay(part), curation.contracts(any.symbol(), part));
  }

  /** A definition for the session at midnight, and one for each that begins later on these days. */
  private void stretches(
      final LeanFile any,
      final LeanReference reference,
      final List<LocalDate> dates,
      final long part,
      final Map<LocalDate, List<Curation.Contract>> contracts,
      final CuratedWriter out)
      throws SQLException {
    final Venue venue = any.venue();
    final long end = reference.dayStart(venue, dates.get(dates.size() - 1)) + NANOS_PER_DAY;
    long time = reference.dayStart(venue, dates.get(0));
    while (time < end) {
      final Phase stretch = reference.stretch(venue, time);
      define(any, reference, stretch.open(), stretch.close()).write(out, time, part);
      final LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(time, NANOS_PER_DAY));
      for (final Curation.Contract contract : contracts.getOrDefault(date, List.of())) {
        option(any, reference, venue, contract, stretch).write(out, time, part);
      }
      final Phase next = reference.stretch(venue, stretch.close());
      time = Math.max(next.open(), stretch.close());
    }
  }

  private static Definition option(
      final LeanFile any,
      final LeanReference reference,
      final Curation.Contract contract,
      final LocalDate date) {
    final Venue venue =
        options(root(any), ListedOptions.root(contract.symbol()).toLowerCase(Locale.ROOT));
    return option(any, reference, venue, contract, reference.session(venue, date));
  }

  private static Definition option(
      final LeanFile any,
      final LeanReference reference,
      final Venue venue,
      final Curation.Contract contract,
      final Phase session) {
    return new Definition(
        contract.symbol(),
        "option",
        new Definition.Contract(
            any.symbol().toUpperCase(Locale.ROOT),
            contract.right(),
            contract.style(),
            contract.strike(),
            contract.expiry()),
        venue.asset() == Asset.INDEXOPTION ? "cash" : "physical",
        reference.expiry(venue, contract.expiry()),
        terms(reference, venue),
        reference.zone(venue),
        session.open(),
        session.close());
  }

  /**
   * The database has no terms of options on CME's futures: but for the tick they are the future's.
   */
  private static Terms terms(final LeanReference reference, final Venue venue) {
    final Terms terms = reference.terms(venue);
    return venue.asset() == Asset.FUTURE
        ? new Terms(
            terms.currency(),
            terms.multiplier(),
            Math.min(terms.tickSize(), FUTURE_OPTION_TICK),
            terms.lotSize(),
            terms.minNotional())
        : terms;
  }

  /** Where the options of a root on an underlying are traded. */
  private static Venue options(final Venue underlying, final String root) {
    return underlying.asset() == Asset.INDEX
        ? new Venue(Asset.INDEXOPTION, underlying.market(), root)
        : Venue.OPTIONS;
  }

  private Definition define(
      final LeanFile any, final LeanReference reference, final long open, final long close) {
    final Venue venue = root(any);
    final Terms terms = reference.terms(venue);
    return new Definition(
        any.symbol().toUpperCase(Locale.ROOT),
        kind(venue.asset()),
        null,
        settlement(venue, terms),
        venue.asset() == Asset.FUTURE ? expiry(any) : 0,
        options.adjusted()
            ? new Terms(
                terms.currency(), terms.multiplier(), 1, terms.lotSize(), terms.minNotional())
            : terms,
        reference.zone(venue),
        open,
        close);
  }

  /**
   * A perpetual that is not quoted in a stable coin is margined in the coin that it is on: inverse.
   * dYdX quotes in dollars and margins in them.
   */
  private static String settlement(final Venue venue, final Terms terms) {
    return switch (venue.asset()) {
      case EQUITY, CRYPTO -> "physical";
      case CRYPTOFUTURE ->
          STABLE.contains(terms.currency()) || venue.market().equals("dydx") ? "cash" : "coin";
      default -> "cash";
    };
  }

  /** An option file's definitions begin with its underlying. */
  private static Venue root(final LeanFile any) {
    return switch (any.venue().asset()) {
      case EQUITY, OPTION -> Venue.EQUITIES;
      case INDEXOPTION -> new Venue(Asset.INDEX, any.venue().market(), any.symbol());
      default -> any.venue();
    };
  }

  private static String kind(final Asset asset) {
    return switch (asset) {
      case EQUITY -> "equity";
      case OPTION, INDEXOPTION -> "option";
      case INDEX -> "index";
      case CRYPTO -> "crypto_spot";
      case CRYPTOFUTURE -> "perpetual";
      case FUTURE -> "future";
    };
  }

  private long expiry(final LeanFile any) {
    final String root = any.venue().ticker();
    final String contract = root + any.contractMonth();
    final Instant said = options.expiries().get(contract);
    final long known =
        said != null
            ? Math.multiplyExact(said.getEpochSecond(), 1_000_000_000L)
            : FutureExpiry.of(root, YearMonth.parse(any.contractMonth(), MONTH));
    if (known == 0) {
      throw new DataException(
          any.path(),
          "contract " + contract,
          "expires by a rule that is not known",
          "say when with --expiry " + contract + "=2013-12-20T14:30:00Z");
    }
    return known;
  }
}
