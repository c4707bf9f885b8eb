package io.millrace.runtime.strategy;

import io.millrace.codecs.InstrumentKind;
import io.millrace.codecs.OptionRight;
import io.millrace.core.strategy.Bar;
import io.millrace.core.strategy.Instrument;
import io.millrace.core.strategy.Ports;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Enough of a market to call a strategy: one instrument, and ports that note what they are told.
 */
final class FakeMarket {
  final List<String> told = new ArrayList<>();
  final Instrument spy = instrument();
  final Ports ports = port(Ports.class);

  /** A bar of SPY that closes at a price. */
  Bar bar(final double close) {
    return (Bar)
        Proxy.newProxyInstance(
            FakeMarket.class.getClassLoader(),
            new Class<?>[] {Bar.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "instrument" -> spy;
                  case "start", "end" -> 0L;
                  default -> close;
                });
  }

  private Instrument instrument() {
    return (Instrument)
        Proxy.newProxyInstance(
            FakeMarket.class.getClassLoader(),
            new Class<?>[] {Instrument.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "symbol" -> "SPY";
                  case "kind" -> InstrumentKind.EQUITY;
                  case "right" -> OptionRight.NONE;
                  case "underlying" -> null;
                  default -> value(method.getReturnType());
                });
  }

  private <T> T port(final Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            FakeMarket.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              final Class<?> result = method.getReturnType();
              if (result == Instrument.class) {
                return spy;
              }
              if (result.isInterface()) {
                return port(result);
              }
              told.add(
                  method.getName() + (arguments == null ? "" : " " + List.of(arguments).get(0)));
              return value(result);
            }));
  }

  private static Object value(final Class<?> type) {
    if (type == double.class) {
      return 100.0;
    } else if (type == long.class) {
      return 1L;
    } else if (type == int.class) {
      return 1;
    } else if (type == boolean.class) {
      return true;
    }
    return null;
  }
}
