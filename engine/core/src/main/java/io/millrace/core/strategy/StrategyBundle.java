package io.millrace.core.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a strategy file exports: who it is, what it wants to see, what it changes of the system's
 * defaults, and how to make it. A declaration without effects.
 *
 * <pre>
 *   public static StrategyBundle bundle() {
 *     return StrategyBundle.named("ema-cross").universe("SPY").timeframe("1m").create(EmaCross::new);
 *   }
 * </pre>
 */
public final class StrategyBundle {
  /** Most symbols of a universe. */
  public static final int MAX_UNIVERSE = 4096;

  /** Kinds of data that {@link Builder#requires} knows. */
  public static final List<String> KINDS =
      List.of(
          "quote",
          "trade",
          "bar",
          "depth",
          "option_quote",
          "option_trade",
          "open_interest",
          "vendor_greeks",
          "mark_price",
          "funding",
          "news");

  /** Most parameters of a strategy. */
  public static final int MAX_PARAMETERS = 32;

  private static final int MAX_NAME = 48;

  private final String name;
  private final List<String> universe;
  private final long timeframeNanos;
  private final boolean regularSession;
  private final List<String> requires;
  private final List<String> venue;
  private final Boolean shortSelling;
  private final CostPolicy cost;
  private final RiskPolicy risk;
  private final SizingPolicy sizing;
  private final List<Parameter> parameters;
  private final Function<Parameters, ? extends Strategy> factory;

  private StrategyBundle(
      final Builder builder, final Function<Parameters, ? extends Strategy> factory) {
    name = builder.name;
    universe = builder.universe;
    timeframeNanos = builder.timeframeNanos;
    regularSession = builder.regularSession;
    requires = builder.requires;
    venue = builder.venue;
    shortSelling = builder.shortSelling;
    cost = builder.cost;
    risk = builder.risk;
    sizing = builder.sizing;
    parameters = List.copyOf(builder.parameters);
    this.factory = factory;
  }

  /**
   * Starts a declaration.
   *
   * @param name 1 to 48 of a-z, 0-9, dash and underscore
   */
  public static Builder named(final String name) {
    return new Builder(name);
  }

  /** Name, unique in a folder of strategies. */
  public String name() {
    return name;
  }

  /** Symbols, in the order declared. */
  public List<String> universe() {
    return universe;
  }

  /** Length of the bars, nanoseconds. */
  public long timeframeNanos() {
    return timeframeNanos;
  }

  /** Whether events outside the regular session are kept from the strategy. */
  public boolean regularSession() {
    return regularSession;
  }

  /** Kinds of data that must be there. */
  public List<String> requires() {
    return requires;
  }

  /** Venue presets wanted, each over the ones before. */
  public List<String> venue() {
    return venue;
  }

  /** Whether it may sell stock short; null keeps the system's. */
  public Boolean shortSelling() {
    return shortSelling;
  }

  /** Cost overrides. */
  public CostPolicy cost() {
    return cost;
  }

  /** Risk overrides. */
  public RiskPolicy risk() {
    return risk;
  }

  /** Sizing overrides. */
  public SizingPolicy sizing() {
    return sizing;
  }

  /** What may be chosen from outside, in the order declared. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** A sentence about a parameter that is not declared: which there are. */
  public String unknownParameter(final String asked) {
    return name
        + " has no parameter "
        + asked
        + (parameters.isEmpty()
            ? ": it declares none; add .param(\""
                + asked
                + "\", default, least, most) to its bundle"
            : "; it has " + Parameter.names(parameters));
  }

  /** A new strategy, every parameter at its default. */
  public Strategy strategy() {
    return strategy(Map.of());
  }

  /**
   * A new strategy.
   *
   * @param values of parameters by name; the others have their defaults
   * @throws IllegalArgumentException for a name that is not declared or a value outside its bounds
   */
  public Strategy strategy(final Map<String, Double> values) {
    final Strategy made = factory.apply(new Parameters(name, parameters, values));
    if (made == null) {
      throw new IllegalStateException("create(…) of " + name + " was given a maker of null");
    }
    return made;
  }

  /** Collects a declaration; {@link #create} ends it. */
  public static final class Builder {
    private final String name;
    private List<String> universe = List.of();
    private long timeframeNanos = Timeframe.parse("1m");
    private boolean regularSession = true;
    private List<String> requires = List.of();
    private List<String> venue = List.of();
    private Boolean shortSelling;
    private CostPolicy cost = CostPolicy.DEFAULT;
    private RiskPolicy risk = RiskPolicy.DEFAULT;
    private SizingPolicy sizing = SizingPolicy.DEFAULT;
    private final List<Parameter> parameters = new ArrayList<>();

    private Builder(final String name) {
      if (name == null || name.isEmpty() || name.length() > MAX_NAME || !plain(name)) {
        throw new IllegalArgumentException(
            "a strategy's name is 1 to " + MAX_NAME + " of a-z, 0-9, - and _, not '" + name + "'");
      }
      this.name = name;
    }

    private static boolean plain(final String text) {
      for (int i = 0; i < text.length(); i++) {
        final char c = text.charAt(i);
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) {
          return false;
        }
      }
      return true;
    }

    /**
     * Symbols of the instruments to watch, in capitals or not; their options come with them.
     *
     * @throws IllegalArgumentException if there are too many, or one is null
     */
    public Builder universe(final String... symbols) {
      if (symbols.length > MAX_UNIVERSE) {
        throw new IllegalArgumentException(
            name + " names " + symbols.length + " symbols; at most " + MAX_UNIVERSE);
      }
      final String[] capitals = new String[symbols.length];
      for (int i = 0; i < symbols.length; i++) {
        capitals[i] = capitals(given(symbols[i], "universe"));
      }
      universe = List.of(capitals);
      return this;
    }

    /** Latin letters alone, as symbols have them. */
    private static String capitals(final String symbol) {
      final char[] letters = symbol.toCharArray();
      for (int i = 0; i < letters.length; i++) {
        if (letters[i] >= 'a' && letters[i] <= 'z') {
          letters[i] = (char) (letters[i] - 'a' + 'A');
        }
      }
      return new String(letters);
    }

    private <T> T given(final T value, final String setter) {
      if (value == null) {
        throw new IllegalArgumentException(
            setter + "(…) of " + name + " was given null; give it a value or leave it out");
      }
      return value;
    }

    /**
     * Length of the bars.
     *
     * @param length a whole number and a unit, such as 1s, 1m, 15m, 1h or 1d
     */
    public Builder timeframe(final String length) {
      timeframeNanos = Timeframe.parse(length);
      return this;
    }

    /** Also shows what happens outside the regular session. */
    public Builder allHours() {
      regularSession = false;
      return this;
    }

    /**
     * Kinds of data without which it makes no sense, as the folders of curated data are called
     * without their sampling: quote, trade, bar, depth, option_quote, open_interest, funding …, and
     * news. A run on data that lacks one is refused.
     *
     * @throws IllegalArgumentException if one is not of {@link #KINDS}
     */
    public Builder requires(final String... kinds) {
      for (final String kind : kinds) {
        if (!KINDS.contains(given(kind, "requires"))) {
          throw new IllegalArgumentException(
              "requires(…) of "
                  + name
                  + " names '"
                  + kind
                  + "', which is no kind of data; there are "
                  + String.join(", ", KINDS));
        }
      }
      requires = List.of(kinds);
      return this;
    }

    /**
     * Names venue presets, files {@code config/venues/NAME.yaml}: when market orders fill, what
     * they cost, how positions are marked.
     */
    public Builder venue(final String... presets) {
      for (final String preset : presets) {
        given(preset, "venue");
      }
      venue = List.of(presets);
      return this;
    }

    /** Lets it sell stock short. */
    public Builder allowShort() {
      shortSelling = true;
      return this;
    }

    /** Overrides costs. */
    public Builder cost(final CostPolicy policy) {
      cost = given(policy, "cost");
      return this;
    }

    /** Overrides risk. */
    public Builder risk(final RiskPolicy policy) {
      risk = given(policy, "risk");
      return this;
    }

    /** Overrides sizing. */
    public Builder sizing(final SizingPolicy policy) {
      sizing = given(policy, "sizing");
      return this;
    }

    /**
     * Declares a whole number that {@code --param NAME=VALUE} and a sweep may choose; the strategy
     * reads it with {@link Parameters#whole}.
     *
     * @param name 1 to 32 of a-z, 0-9 and underscore, a letter first
     * @param standard its value unless another is given
     * @param least smallest value allowed
     * @param most largest value allowed
     */
    public Builder param(final String name, final int standard, final int least, final int most) {
      return param(new Parameter(name, standard, least, most, true));
    }

    /**
     * Declares a number that {@code --param NAME=VALUE} and a sweep may choose; the strategy reads
     * it with {@link Parameters#number}.
     *
     * @param name 1 to 32 of a-z, 0-9 and underscore, a letter first
     * @param standard its value unless another is given
     * @param least smallest value allowed
     * @param most largest value allowed
     */
    public Builder param(
        final String name, final double standard, final double least, final double most) {
      return param(new Parameter(name, standard, least, most, false));
    }

    private Builder param(final Parameter parameter) {
      for (final Parameter other : parameters) {
        if (other.name().equals(parameter.name())) {
          throw new IllegalArgumentException(
              this.name + " declares parameter " + parameter.name() + " twice; keep one");
        }
      }
      if (parameters.size() == MAX_PARAMETERS) {
        throw new IllegalArgumentException(
            this.name + " declares more than " + MAX_PARAMETERS + " parameters");
      }
      parameters.add(parameter);
      return this;
    }

    /** Ends the declaration with how to make the strategy, anew for each run. */
    public StrategyBundle create(final Supplier<? extends Strategy> factory) {
      given(factory, "create");
      return new StrategyBundle(this, values -> factory.get());
    }

    /**
     * Ends the declaration with how to make the strategy of the values of its parameters, anew for
     * each run.
     */
    public StrategyBundle create(final Function<Parameters, ? extends Strategy> factory) {
      return new StrategyBundle(this, given(factory, "create"));
    }
  }
}
