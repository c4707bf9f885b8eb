package io.millrace.tools.sweep;

import io.millrace.core.strategy.Parameter;
import io.millrace.core.strategy.StrategyBundle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that varies, as {@code --param NAME=SPEC} gives it.
 *
 * <pre>
 *   fast=5,10,20        these values
 *   fast=5:50:5         from 5 to 50 by 5
 *   stop=0.01:1:log5    five values from 0.01 to 1, each the same multiple of the one before
 *   fast=5:50           anything between (random search)
 *   stop=0.01:1:log     anything between, evenly over its logarithm (random search)
 *   fast                anything that the strategy allows (random search)
 *   venue=touch,bar-close+fees-none    presets, joined by + where there are several at once
 * </pre>
 *
 * <p>A range of a setting whose ends are written without decimals holds whole numbers. Numbers that
 * are drawn or come of a logarithm have six significant digits.
 */
public final class Axis {
  /** Most values of one axis. */
  static final int MOST_VALUES = 10_000;

  /** Most digits before and after the point; some text forms have as many as the exponent says. */
  private static final int MOST_DIGITS = 30;

  private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final Pattern LOG = Pattern.compile("log([0-9]{0,4})");

  /** What a name means. */
  public enum Kind {
    /** A parameter that the strategy declares. */
    PARAMETER,
    /** A setting of the config, by its dotted key. */
    SETTING,
    /** The presets of the venue. */
    VENUE
  }

  private final String name;
  private final Kind kind;
  private final List<String> values;
  private final BigDecimal from;
  private final BigDecimal to;
  private final boolean logarithmic;
  private final boolean whole;

  private Axis(
      final String name,
      final Kind kind,
      final List<String> values,
      final BigDecimal from,
      final BigDecimal to,
      final boolean logarithmic,
      final boolean whole) {
    this.name = name;
    this.kind = kind;
    this.values = values;
    this.from = from;
    this.to = to;
    this.logarithmic = logarithmic;
    this.whole = whole;
  }

  /**
   * Reads one.
   *
   * @param bundle of the strategy, or null
   * @throws SweepException saying what is wrong with it
   */
  public static Axis parse(final String text, final StrategyBundle bundle) {
    final int equals = text.indexOf('=');
    final String name = (equals < 0 ? text : text.substring(0, equals)).strip();
    final Kind kind =
        name.equals("venue") ? Kind.VENUE : name.indexOf('.') > 0 ? Kind.SETTING : Kind.PARAMETER;
    final Parameter parameter = kind == Kind.PARAMETER ? declared(name, bundle) : null;
    final String spec = equals < 0 ? "" : text.substring(equals + 1).strip();
    if (spec.isEmpty()) {
      if (parameter == null) {
        throw new SweepException(
            "--param "
                + text
                + " names no values; give them as 5,10,20 or from:to:step, such as 5:50:5");
      }
      return new Axis(
          name,
          kind,
          null,
          BigDecimal.valueOf(parameter.least()),
          BigDecimal.valueOf(parameter.most()),
          false,
          parameter.whole());
    }
    if (kind == Kind.VENUE || spec.indexOf(',') >= 0 || spec.indexOf(':') < 0) {
      return new Axis(name, kind, listed(text, spec), null, null, false, false);
    }
    return range(text, name, kind, spec, parameter);
  }

  private static Parameter declared(final String name, final StrategyBundle bundle) {
    if (bundle == null) {
      throw new SweepException(
          "--param "
              + name
              + " is a strategy's; name one with --strategy, or a setting by its dotted key");
    }
    return bundle.parameters().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SweepException(
                    bundle.unknownParameter(name)
                        + "; a setting goes by its dotted key, such as policies.sizing.target_vol,"
                        + " presets by venue"));
  }

  private static List<String> listed(final String text, final String spec) {
    final LinkedHashMap<Object, String> values = new LinkedHashMap<>();
    for (final String value : spec.split(",", -1)) {
      if (value.isBlank()) {
        throw new SweepException("--param " + text + " has an empty value; take a comma out");
      }
      values.putIfAbsent(meant(value.strip()), value.strip());
    }
    return List.copyOf(values.values());
  }

  /** A number, however written: 5 and 5.0 would be one try that counts as two. */
  private static Object meant(final String value) {
    try {
      return new BigDecimal(value).stripTrailingZeros();
    } catch (final NumberFormatException e) {
      return value; // a word
    }
  }

  private static Axis range(
      final String text,
      final String name,
      final Kind kind,
      final String spec,
      final Parameter parameter) {
    final String[] parts = spec.split(":", -1);
    final BigDecimal from = number(text, parts[0]);
    final BigDecimal to = number(text, parts[1]);
    final boolean whole =
        parameter == null ? from.scale() <= 0 && to.scale() <= 0 : parameter.whole();
    if (from.compareTo(to) > 0) {
      throw new SweepException(
          "--param "
              + text
              + " holds no value: it goes down from "
              + parts[0]
              + "; change them over");
    }
    final Matcher log = LOG.matcher(parts.length == 3 ? parts[2] : "");
    final boolean logarithmic = log.matches();
    if (logarithmic && from.signum() <= 0) {
      throw new SweepException(
          "--param " + text + " has no logarithm at " + parts[0] + "; begin above 0");
    }
    if (parts.length == 2 || (logarithmic && log.group(1).isEmpty())) {
      return new Axis(name, kind, null, from, to, logarithmic, whole);
    }
    if (parts.length > 3) {
      throw new SweepException("--param " + text + " is no from:to:step such as 5:50:5");
    }
    final List<String> values =
        logarithmic
            ? geometric(text, from, to, Integer.parseInt(log.group(1)), whole)
            : stepped(text, from, to, number(text, parts[2]));
    return new Axis(name, kind, values, from, to, logarithmic, whole);
  }

  private static BigDecimal number(final String text, final String part) {
    final BigDecimal number;
    try {
      number = new BigDecimal(part.strip());
    } catch (final NumberFormatException e) {
      throw new SweepException(
          "--param " + text + ": '" + part + "' is no number; give from:to:step such as 5:50:5");
    }
    if (number.scale() > MOST_DIGITS || (long) number.precision() - number.scale() > MOST_DIGITS) {
      throw new SweepException(
          "--param "
              + text
              + ": '"
              + part
              + "' has more than "
              + MOST_DIGITS
              + " digits before or after the point; give a number of the market");
    }
    return number;
  }

  private static List<String> stepped(
      final String text, final BigDecimal from, final BigDecimal to, final BigDecimal step) {
    if (step.signum() <= 0) {
      throw new SweepException("--param " + text + " has the step " + step + "; give one above 0");
    }
    final BigDecimal steps = to.subtract(from).divide(step, 0, RoundingMode.DOWN);
    if (steps.compareTo(BigDecimal.valueOf(MOST_VALUES)) >= 0) {
      throw new SweepException(
          "--param " + text + " has more than " + MOST_VALUES + " values; give a larger step");
    }
    final List<String> values = new ArrayList<>();
    for (BigDecimal value = from; value.compareTo(to) <= 0; value = value.add(step)) {
      values.add(plain(value));
    }
    return List.copyOf(values);
  }

  private static List<String> geometric(
      final String text,
      final BigDecimal from,
      final BigDecimal to,
      final int count,
      final boolean whole) {
    if (count < 2) {
      throw new SweepException("--param " + text + " has " + count + " values; give log2 or more");
    }
    final LinkedHashSet<String> values = new LinkedHashSet<>();
    final double ratio = to.doubleValue() / from.doubleValue();
    for (int i = 0; i < count; i++) {
      final double share = (double) i / (count - 1);
      values.add(rounded(from.doubleValue() * StrictMath.pow(ratio, share), whole, from, to));
    }
    return List.copyOf(values);
  }

  private static String rounded(
      final double value, final boolean whole, final BigDecimal from, final BigDecimal to) {
    final BigDecimal exact = new BigDecimal(value);
    final BigDecimal round =
        whole ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(DIGITS);
    return plain(round.max(from).min(to));
  }

  private static String plain(final BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** As on the command line. */
  public String name() {
    return name;
  }

  /** What its name means. */
  public Kind kind() {
    return kind;
  }

  /**
   * All values, in order.
   *
   * @throws SweepException where it is a range without a step
   */
  public List<String> values() {
    if (values == null) {
      throw new SweepException(
          "--param "
              + name
              + " is a range without a step; give one, such as "
              + name
              + "=5:50:5, or --random N");
    }
    return values;
  }

  /**
   * Values that are checked before anything runs: all, or the ends of a range and its first step,
   * which shows whether it leaves whole numbers.
   */
  public List<String> edges() {
    if (values == null) {
      return List.of(plain(from), plain(to));
    }
    return from == null || values.size() < 2
        ? values
        : List.of(values.get(0), values.get(1), values.get(values.size() - 1));
  }

  /** Draws one value. */
  String draw(final SplittableRandom random) {
    if (values != null) {
      return values.get(random.nextInt(values.size()));
    }
    final double low = from.doubleValue();
    final double high = to.doubleValue();
    final double at = random.nextDouble();
    final double drawn;
    if (logarithmic) {
      drawn = low * StrictMath.pow(high / low, at);
    } else if (whole) {
      drawn = low + StrictMath.floor(at * (high - low + 1)); // each end as likely as the rest
    } else {
      drawn = low + at * (high - low);
    }
    return rounded(drawn, whole, from, to);
  }

  /** How many values there are to draw; beyond {@link Long#MAX_VALUE} for a range of reals. */
  double size() {
    return values != null
        ? values.size()
        : whole ? to.subtract(from).doubleValue() + 1 : Double.POSITIVE_INFINITY;
  }

  /** What it is made of, in one form for one meaning. */
  String canonical() {
    return name
        + "="
        + (values != null
            ? String.join(",", values)
            : plain(from)
                + ":"
                + plain(to)
                + (logarithmic ? ":log" : "")
                + (whole ? ":whole" : ""));
  }
}
