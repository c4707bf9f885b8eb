package io.millrace.tools;

import io.millrace.gateways.recorded.EventSource;
import io.millrace.gateways.recorded.TimeWindow;
import io.millrace.runtime.strategy.LoadedStrategy;
import io.millrace.tools.data.CuratedKind;
import io.millrace.tools.data.NewsFile;
import io.millrace.tools.data.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which recorded data; nothing set = the sample day that ships with the project. */
final class DataOptions {
  /** Folder names below the data root: nothing that could lead out of it. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,31}");

  private static final Pattern RESOLUTION =
      Pattern.compile("|(tick|[1-9][0-9]{0,3}[smhd])(,(tick|[1-9][0-9]{0,3}[smhd]))*");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Root of curated data (default: the sample that ships with the project)")
  private Path curated;

  @Option(names = "--source", defaultValue = "lean", description = "Source (default: lean)")
  private String source;

  @Option(
      names = "--symbol",
      split = ",",
      description =
          "Symbols, underlyings of their options included (default: those of the strategy, or goog)")
  private List<String> given;

  private List<String> symbols = List.of("goog");
  private LoadedStrategy asking;

  @Option(
      names = "--from",
      paramLabel = "WHEN",
      description =
          "First date, such as 2015-12-24, or the instant after which events are read, such as"
              + " 2015-12-24T15:00:00Z")
  private Moment from;

  @Option(
      names = "--to",
      paramLabel = "WHEN",
      description = "Last date, or the last instant; nothing beyond it is read")
  private Moment to;

  @Option(
      names = "--resolution",
      paramLabel = "SAMPLING",
      description =
          "Sampling to read where there are several, such as 1d; several separated by commas, the"
              + " preferred one first")
  private String resolution = "";

  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "KIND",
      description =
          "What to read: quote, trade, bar, depth, option_quote, option_trade, open_interest,"
              + " vendor_greeks, mark_price, funding (default: all)")
  private Set<CuratedKind> kinds = EnumSet.allOf(CuratedKind.class);

  @Option(
      names = "--news",
      paramLabel = "FILE",
      description = "Headlines: JSON lines or CSV with time, headline, source, symbol")
  private Path news;

  /** Takes the universe of a strategy where no symbols are given; called before anything else. */
  void universe(final LoadedStrategy strategy) {
    if (given != null) {
      symbols = given;
      if (strategy != null) {
        universeRead(strategy);
      }
    } else if (strategy != null && !strategy.bundle().universe().isEmpty()) {
      symbols = strategy.bundle().universe().stream().map(DataOptions::folder).toList();
      asking = strategy;
    }
  }

  /** A strategy sees what its bundle names; options are read with their underlying. */
  private void universeRead(final LoadedStrategy strategy) {
    final List<String> read = given.stream().map(DataOptions::folder).toList();
    final String left =
        strategy.bundle().universe().stream()
            .filter(symbol -> !read.contains(folder(symbol.replaceAll(" .*", ""))))
            .collect(Collectors.joining(", "));
    if (!left.isEmpty()) {
      throw new UsageException(
          strategy.where()
              + ": the universe of "
              + strategy.bundle().name()
              + " names "
              + left
              + ", which --symbol "
              + String.join(",", given)
              + " does not read; leave --symbol out, or change .universe(…) in a copy of the file");
    }
  }

  private static String folder(final String symbol) {
    return symbol.toLowerCase(Locale.ROOT);
  }

  /**
   * The headlines; none without {@code --news}.
   *
   * @throws io.millrace.tools.data.DataException if one cannot be taken
   */
  NewsFile.Headlines news() {
    return news == null ? NewsFile.Headlines.NONE : NewsFile.read(news, symbols);
  }

  /**
   * What to read.
   *
   * @throws UsageException if a name could leave the data root, or the dates are the wrong way
   *     round
   */
  Selection selection() {
    name("--source", source);
    symbols.forEach(symbol -> name("--symbol", symbol));
    if (from != null
        && to != null
        && (to.date().isBefore(from.date())
            || to.nanosOr(Long.MAX_VALUE) <= from.nanosOr(Long.MIN_VALUE))) {
      throw new UsageException("--to " + to + " is before --from " + from + "; change them over");
    }
    if (!RESOLUTION.matcher(resolution).matches()) {
      throw new UsageException(
          "--resolution '" + resolution + "' is none; give tick, 1s, 1m, 1h or 1d");
    }
    if (asking != null) {
      universeThere();
    }
    return new Selection(
        root(),
        source,
        symbols,
        // An instant's date is another one in another time zone: a day more, cut to the instant.
        from == null ? null : from.instant() == null ? from.date() : from.date().minusDays(1),
        to == null ? null : to.instant() == null ? to.date() : to.date().plusDays(1),
        kinds,
        resolution);
  }

  private Path root() {
    return curated == null ? Project.curated() : curated;
  }

  /** What a strategy names and the source has not is the strategy's fault, or a wrong source. */
  private void universeThere() {
    final Path folder = root().resolve(source);
    final String none =
        symbols.stream()
            .filter(symbol -> !Files.isDirectory(folder.resolve(symbol)))
            .map(symbol -> symbol.toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    if (Files.isDirectory(folder) && !none.isEmpty()) {
      throw new UsageException(
          asking.where()
              + ": the universe of "
              + asking.bundle().name()
              + " names "
              + none
              + ", of which "
              + Summary.display(folder)
              + " has no data; import it, name another universe, or choose other data with --source"
              + " or --data");
    }
  }

  /** Cuts what a selection gives to the instants asked for. */
  EventSource cut(final EventSource source) {
    final long after = from == null ? Long.MIN_VALUE : from.nanosOr(Long.MIN_VALUE);
    final long until = to == null ? Long.MAX_VALUE : to.nanosOr(Long.MAX_VALUE);
    return after == Long.MIN_VALUE && until == Long.MAX_VALUE
        ? source
        : new TimeWindow(source, after, until);
  }

  private static void name(final String option, final String text) {
    if (!NAME.matcher(text).matches()) {
      throw new UsageException(
          option + " '" + text + "' is no name; give 1 to 32 letters, digits, '.', '-' or '_'");
    }
  }

  String describe() {
    return source
        + " "
        + String.join(",", symbols).toUpperCase(Locale.ROOT)
        + (from == null ? "" : " from " + from)
        + (to == null ? "" : " to " + to)
        + (resolution.isEmpty() ? "" : " by " + resolution)
        + (news == null ? "" : " with " + news.getFileName());
  }
}
