package io.millrace.tools;

import io.millrace.core.strategy.Callback;
import io.millrace.core.strategy.StrategyBundle;
import io.millrace.runtime.strategy.LoadedStrategy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether data can give a strategy what it asks for: told before the run, not by silence in it. */
final class DataFit {
  private static final Pattern FOLDER = Pattern.compile("([a-z_]+?)(?:_([0-9]+)([smhd]))?");
  private static final long SECOND = 1_000_000_000L;
  private static final Set<Callback> MARKET =
      EnumSet.of(
          Callback.QUOTE,
          Callback.TRADE,
          Callback.BAR,
          Callback.CHAIN,
          Callback.SNAPSHOT,
          Callback.TIMER);

  private final LoadedStrategy strategy;
  private final Set<String> kinds = new TreeSet<>();
  private final Set<Long> bars = new TreeSet<>();

  private DataFit(final LoadedStrategy strategy) {
    this.strategy = strategy;
  }

  /**
   * Refuses data that a strategy makes no sense on.
   *
   * @param files curated files that will be read
   * @param news whether there are headlines
   * @throws UsageException if a kind is missing that the bundle requires, or bars of its timeframe
   *     cannot be made and it waits for nothing else
   */
  static void check(
      final LoadedStrategy strategy, final Collection<Path> files, final boolean news) {
    final DataFit fit = new DataFit(strategy);
    files.forEach(file -> fit.add(file.getParent().getFileName().toString()));
    if (news) {
      fit.kinds.add("news");
    }
    fit.required();
    fit.bars();
  }

  private void add(final String folder) {
    final Matcher parts = FOLDER.matcher(folder);
    if (parts.matches()) {
      kinds.add(parts.group(1));
      if (parts.group(1).equals("bar") && parts.group(2) != null) {
        bars.add(Long.parseLong(parts.group(2)) * unit(parts.group(3).charAt(0)));
      }
    }
  }

  private void required() {
    final StrategyBundle bundle = strategy.bundle();
    final List<String> missing =
        bundle.requires().stream().filter(kind -> !kinds.contains(kind)).toList();
    if (!missing.isEmpty()) {
      throw new UsageException(
          bundle.name()
              + " requires "
              + String.join(", ", missing)
              + ", which the data lacks; it has "
              + String.join(", ", kinds)
              + ": import it, or choose other data");
    }
  }

  /** Bars are merged of shorter ones that divide them, or built of trades. */
  private void bars() {
    final long frame = strategy.bundle().timeframeNanos();
    final boolean can =
        kinds.contains("trade") || bars.stream().anyMatch(length -> frame % length == 0);
    final Set<Callback> waitsFor = EnumSet.copyOf(MARKET);
    waitsFor.retainAll(strategy.callbacks());
    if (can || !waitsFor.equals(EnumSet.of(Callback.BAR))) {
      return;
    }
    final StringBuilder has = new StringBuilder();
    for (final long length : bars) {
      has.append(has.length() == 0 ? "" : ", ").append(text(length));
    }
    throw new UsageException(
        strategy.where()
            + ": "
            + strategy.bundle().name()
            + " waits for bars of "
            + text(frame)
            + ", which cannot be made of this data: "
            + (bars.isEmpty()
                ? "it has neither bars nor trades; import some, or trade on quotes"
                : "its bars are of "
                    + has
                    + "; declare .timeframe(\""
                    + text(bars.iterator().next())
                    + "\") or a multiple of it, or import shorter ones"));
  }

  private static long unit(final char letter) {
    return switch (letter) {
      case 's' -> SECOND;
      case 'm' -> 60 * SECOND;
      case 'h' -> 3_600 * SECOND;
      default -> 86_400 * SECOND;
    };
  }

  private static String text(final long nanos) {
    for (final char letter : new char[] {'d', 'h', 'm'}) {
      if (nanos % unit(letter) == 0) {
        return nanos / unit(letter) + "" + letter;
      }
    }
    return nanos / SECOND + "s";
  }
}
