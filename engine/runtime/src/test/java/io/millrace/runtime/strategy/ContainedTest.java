package io.millrace.runtime.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.core.strategy.BudgetExceeded;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.Thrown;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What loads and is stopped as it runs, whatever it tries to catch. */
@Timeout(60)
final class ContainedTest {
  private static final String HEAD =
      """
      import io.millrace.core.strategy.*;
      import java.math.*;
      import java.util.*;
      import java.util.function.*;
      import java.util.stream.*;
      public final class S implements Strategy {
      static StrategyBundle bundle() {
      return StrategyBundle.named("s").universe("SPY").create(S::new);
      }
      Object kept; long count; Ports ports;
      @Override public void start(Ports p) { ports = p; }
      """;

  private static LoadedStrategy load(final String members) throws StrategyException {
    return StrategyLoader.load("S.java", (HEAD + members + "}").getBytes(StandardCharsets.UTF_8));
  }

  private static Throwable thrown(final LoadedStrategy loaded, final Strategy strategy) {
    loaded.budget().begin();
    return catchThrowable(() -> strategy.bar(null));
  }

  private static void assertContained(final String members) throws StrategyException {
    assertContained(load(members));
    // The same from a jar, whose classes another compiler made.
    final Map<String, byte[]> classes = Compiled.classes(HEAD + members + "}");
    assertContained(StrategyLoader.load("s.jar", Compiled.jar(classes)));
  }

  private static void assertContained(final LoadedStrategy loaded) {
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    final Throwable first = thrown(loaded, strategy);
    assertThat(first).isInstanceOf(BudgetExceeded.class);
    assertThat(Thrown.describe(first, strategy)).matches("(?s)S\\.java:\\d+: .*(step|byte|deep).*");
    final long steps = loaded.budget().stepsUsed();
    // The engine may call others on this thread, and a replay stops at the same place.
    final Throwable again = thrown(loaded, strategy);
    assertThat(again).isInstanceOf(BudgetExceeded.class);
    assertThat(loaded.budget().stepsUsed()).isEqualTo(steps);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // endless loops
        "for (;;) { }",
        "while (true) { count++; }",
        "do { count++; } while (count >= 0);",
        "outer: while (true) { for (int i = 0; i < 3; i++) { if (i == 1) continue outer; } }",
        "for (;;) { try { throw new IllegalStateException(); } catch (RuntimeException e) { } }",
        "for (;;) { switch ((int) (count % 3)) { case 0: continue; default: count++; } }",
        "Iterator<Integer> it = new Iterator<>() { public boolean hasNext() { return true; }"
            + " public Integer next() { return 1; } }; while (it.hasNext()) { it.next(); }",
        "List<Integer> list = new ArrayList<>(); for (int i = 0; ; i++) { list.remove((Integer) i); }",
        "Runnable[] r = new Runnable[1]; r[0] = () -> { while (true) { count++; } }; r[0].run();",
        // catching everything
        "while (true) { try { while (true) { count++; } } catch (Throwable t) { count = 0; } }",
        "while (true) { try { while (true) { count++; } } catch (Error t) { count = 0; } }",
        "while (true) { try { while (true) { count++; } } finally { count = 0; continue; } }",
        "try { while (true) { } } catch (Throwable t) { try { while (true) { } } catch (Throwable u)"
            + " { while (true) { } } }",
        "try { try { for (;;) { } } finally { for (;;) { } } } catch (Throwable t) { }",
        // memory bombs
        "long[][] all = new long[1000][]; for (int i = 0; ; i++) { all[i % 1000] = new long[1 << 20]; }",
        "kept = new long[Integer.MAX_VALUE];",
        "kept = new long[40_000][40_000];",
        "kept = new double[1 << 20].clone(); for (;;) { kept = ((double[]) kept).clone(); }",
        "List<Object> list = new ArrayList<>(); for (;;) { list.add(list); }",
        "List<Object> list = new ArrayList<>(Integer.MAX_VALUE);",
        "Map<Object, Object> map = new HashMap<>(); for (int i = 0; ; i++) { map.put(i, i); }",
        "String s = \"x\"; for (;;) { s = s + s; }",
        "String s = \"x\"; for (;;) { s += \"y\" + s + s; }",
        "StringBuilder s = new StringBuilder(\"x\"); for (;;) { s.append(s); }",
        "kept = \"x\".repeat(2_000_000_000);",
        "kept = \"x\".repeat(1000).replace(\"x\", \"y\".repeat(1_000_000));",
        "new StringBuilder().setLength(2_000_000_000);",
        "new BitSet().set(2_000_000_000);",
        "kept = Arrays.copyOf(new int[1], 2_000_000_000);",
        "Function<Integer, int[]> f = int[]::new; kept = f.apply(2_000_000_000);",
        "Function<Integer, List<String>> f = ArrayList::new; kept = f.apply(2_000_000_000);",
        "kept = String.join(\",\", Collections.unmodifiableList(Arrays.asList(\"x\".repeat(1 << 20),"
            + " \"x\".repeat(1 << 20), \"y\".repeat(1 << 24))));  for (;;) { }",
        // deep recursion
        "bar(bar);",
        "try { bar(bar); } catch (Throwable t) { bar(bar); }",
        "try { bar(bar); } finally { bar(bar); }",
        "Runnable[] r = new Runnable[1]; r[0] = () -> r[0].run(); r[0].run();",
        "UnaryOperator<Object>[] f = new UnaryOperator[1]; f[0] = x -> f[0].apply(x); f[0].apply(1);",
        // work of the JDK without a loop of the strategy's own
        "kept = IntStream.range(0, Integer.MAX_VALUE).map(i -> i).sum();",
        "kept = LongStream.rangeClosed(Long.MIN_VALUE, Long.MAX_VALUE).count();",
        "List<Object> a = List.of(1); for (int i = 0; i < 60; i++) { a = List.of(a, a); }"
            + " kept = a.hashCode();",
        "List<Object> a = List.of(1); for (int i = 0; i < 60; i++) { a = List.of(a, a); }"
            + " kept = \"\" + a;",
        "List<Object> a = List.of(1); for (int i = 0; i < 60; i++) { a = List.of(a, a); }"
            + " Map<Object, Object> m = new HashMap<>(); m.put(a, a);",
        "Set<Object> a = new HashSet<>(), b = new HashSet<>(); for (int i = 0; i < 60; i++) {"
            + " Set<Object> x = new HashSet<>(), y = new HashSet<>(); x.add(a); x.add(b); x.add(i);"
            + " y.add(a); y.add(b); a = x; b = y; } kept = a.equals(b);",
        "List<Object> a = new ArrayList<>(); a.add(a); kept = a.hashCode();",
        "List<Object> a = List.of(1); for (int i = 0; i < 60; i++) { a = List.of(a, a); }"
            + " kept = new P(a).hashCode();",
        "double[] d = new double[1 << 20]; for (;;) { Arrays.fill(d, 1); }",
        "List<Integer> a = new ArrayList<>(); for (int i = 0; i < 200_000; i++) { a.add(i); }"
            + " for (;;) { a.contains(-1); }",
        "List<Integer> a = new ArrayList<>(); for (int i = 0; i < 200_000; i++) { a.add(i); }"
            + " Predicate<Object> p = a::contains; for (;;) { p.test(-1); }",
        // texts within texts, which may begin anew at each place
        "String t = \"a\".repeat(8_000_000); kept = t.indexOf(\"a\".repeat(2_000_000) + \"b\");",
        "String t = \"a\".repeat(8_000_000); kept = t.lastIndexOf(\"b\" + \"a\".repeat(2_000_000));",
        "String t = \"a\".repeat(8_000_000); kept = t.contains(\"a\".repeat(2_000_000) + \"b\");",
        "String t = \"a\".repeat(4_000_000); kept = t.replace(\"a\".repeat(1_000_000) + \"b\", \"\");",
        "String t = \"a\".repeat(1_000_000); kept = t.split(\"a\".repeat(500_000) + \"b\");",
        "StringBuilder t = new StringBuilder(\"a\".repeat(4_000_000));"
            + " kept = t.indexOf(\"a\".repeat(1_000_000) + \"b\");",
        // functions and comparators that the JDK joins
        "Function<Object, Object> f = Function.identity();"
            + " for (int i = 0; i < 60; i++) { f = f.andThen(f); } kept = f.apply(1);",
        "Function<Object, Object> f = Function.identity();"
            + " for (int i = 0; i < 60; i++) { f = f.compose(f); } kept = f.apply(1);",
        "Predicate<Object> p = Objects::nonNull;"
            + " for (int i = 0; i < 60; i++) { p = p.and(p); } kept = p.test(1);",
        "Comparator<String> c = Comparator.naturalOrder();"
            + " for (int i = 0; i < 60; i++) { c = c.thenComparing(c); } kept = c.compare(\"\", \"\");",
        "Comparator<String> c = Comparator.naturalOrder(); for (int i = 0; i < 60; i++) {"
            + " c = c.thenComparing(x -> x, c); } kept = c.compare(\"\", \"\");",
        "Function<Object, Object> f = x -> x; Function<Object, Object> g = f;"
            + " for (int i = 0; i < 100_000; i++) { f = f.andThen(g); } kept = f.apply(1);",
        "Comparator<String> c = Comparator.naturalOrder(); for (int i = 0; i < 100_000; i++) {"
            + " c = c.thenComparing(Comparator.naturalOrder()); } kept = c.compare(\"\", \"\");",
        // order of long texts
        "String[] a = new String[100_000]; Arrays.fill(a, \"a\".repeat(10_000_000)); Arrays.sort(a);",
        "String t = \"a\".repeat(10_000_000); Integer[] a = new Integer[10_000]; Arrays.fill(a, 1);"
            + " Arrays.sort(a, Comparator.comparing(x -> t));",
        "String t = \"a\".repeat(10_000_000);"
            + " kept = IntStream.range(0, 100_000).mapToObj(i -> t).sorted().findFirst();",
        "String t = \"a\".repeat(10_000_000);"
            + " kept = IntStream.range(0, 100_000).mapToObj(i -> t).max(Comparator.naturalOrder());",
        // keys with one hash code that have no order
        "String[] w = {\"Aa\", \"BB\"}; Map<Object, Object> m = new HashMap<>(); Object last = 0;"
            + " for (int i = 0; i < 1 << 13; i++) { List<String> k = new ArrayList<>();"
            + " for (int j = 0; j < 13; j++) { k.add(w[i >> j & 1]); } m.put(k, i); last = k; }"
            + " for (;;) { m.get(last); }",
        "String[] w = {\"Aa\", \"BB\"}; List<Object> all = new ArrayList<>();"
            + " for (int i = 0; i < 1 << 13; i++) { List<String> k = new ArrayList<>();"
            + " for (int j = 0; j < 13; j++) { k.add(w[i >> j & 1]); } all.add(k); }"
            + " kept = new HashSet<>(all);",
        // views that count themselves, and other work behind one call
        "TreeMap<Integer, Integer> m = new TreeMap<>(); for (int i = 0; i < 200_000; i++) {"
            + " m.put(i, i); } Map<Integer, Integer> h = m.headMap(199_999); for (;;) { h.size(); }",
        "TreeSet<Integer> m = new TreeSet<>(); for (int i = 0; i < 200_000; i++) { m.add(i); }"
            + " Set<Integer> h = m.headSet(199_999); for (;;) { h.size(); }",
        "BitSet b = new BitSet(); b.set(200_000_000); for (;;) { b.cardinality(); }",
        "BitSet b = new BitSet(); b.set(200_000_000); for (;;) { b.nextSetBit(0); }",
        "double d = Double.MIN_VALUE * 12_345; for (;;) { kept = \"\" + d; }",
        "kept = IntStream.range(0, 19_000_000).mapToObj(Integer::toBinaryString).toList();",
        "RuntimeException e = new RuntimeException(\"x\");"
            + " for (;;) { e = new RuntimeException(e); }",
        "Map<Object, Object> m = new HashMap<>(); m.put(1, m.entrySet()); kept = \"\" + m;",
        "BigInteger b = BigInteger.TEN; for (;;) { try { b = b.multiply(b); }"
            + " catch (ArithmeticException e) { b = BigInteger.TEN; } }",
      })
  void isStopped(final String body) throws StrategyException {
    assertContained(
        "record P(Object o) { } @SuppressWarnings(\"unchecked\")\n@Override public void bar(Bar bar)"
            + " {\n"
            + body
            + "\n}");
  }

  @Test
  void aFileOfAnotherCompilerThatLoopsByExceptionsIsStopped() throws StrategyException {
    assertContained(
        "@Override public void bar(Bar bar) {\n"
            + "int[] a = new int[1]; for (;;) { try { a[2]++; } catch (Exception e) { count++; } } }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new BigDecimal(\"1e1000000000\") | NumberFormatException",
        "BigDecimal.TEN.pow(100_000) | ArithmeticException",
        "BigDecimal.ONE.setScale(1_000_000_000) | ArithmeticException",
        "BigInteger.TEN.pow(1_000_000_000) | ArithmeticException",
        "BigInteger.ONE.shiftLeft(2_000_000_000) | ArithmeticException",
        "String.format(\"%2000000000d\", 1) | IllegalArgumentException",
        "String.format(\"%.2000000000f\", 1.0) | IllegalArgumentException",
        "\"aaaa\".split(\"(a+)+b\") | IllegalArgumentException",
        "new ArrayList<>(List.of(1, 2)).subList(0, 2).subList(0, 1) | UnsupportedOperationException",
      })
  void absurdSizesAreAnErrorOfTheStrategy(final String expression, final String error)
      throws StrategyException {
    final LoadedStrategy loaded =
        load("@Override public void bar(Bar bar) {\nkept = " + expression + ";\n}");
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    assertThat(Thrown.describe(thrown(loaded, strategy), strategy))
        .startsWith("S.java:13: java.lang." + error + ": ");
  }

  @Test
  void aHostileExceptionIsDescribedWithoutACallOfIt() throws StrategyException {
    final LoadedStrategy loaded =
        load(
            """
            static final class Evil extends RuntimeException {
              @Override public String getMessage() { for (;;) { } }
              @Override public String toString() { for (;;) { } }
              @Override public String getLocalizedMessage() { for (;;) { } }
              @Override public boolean equals(Object o) { for (;;) { } }
              @Override public int hashCode() { for (;;) { } }
            }
            @Override public void bar(Bar bar) {
              throw new Evil();
            }
            """);
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    final Throwable evil = thrown(loaded, strategy);
    final long used = loaded.budget().stepsUsed();
    assertThat(Thrown.describe(evil, strategy)).isEqualTo("S.java:20: strategies.S$Evil");
    assertThat(loaded.budget().stepsUsed()).as("no step of the strategy's code").isEqualTo(used);
  }

  @Test
  void budgetsAreThoseOfTheConfig() throws StrategyException {
    final String source = HEAD + "@Override public void bar(Bar bar) {\nwhile (true) { }\n}}";
    final LoadedStrategy loaded =
        StrategyLoader.load(
            "S.java",
            source.getBytes(StandardCharsets.UTF_8),
            new StrategyConfig("America/New_York", Map.of(), "", 1_000, 10_000, 16));
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    assertThat(Thrown.describe(thrown(loaded, strategy), strategy))
        .isEqualTo("S.java:13: used its 1000 steps of one callback (strategy.budget_steps)");
  }

  @Test
  void depthIsGivenBackByEveryWayOutOfACall() throws StrategyException {
    final LoadedStrategy loaded =
        load(
            """
            void fail(int i) { if (i == 0) { throw new IllegalStateException(); } fail(i - 1); }
            int ok(int i) { return i == 0 ? 0 : 1 + ok(i - 1); }
            @Override public void bar(Bar bar) {
              for (int i = 0; i < 5_000; i++) {
                try { fail(20); } catch (IllegalStateException e) { count += ok(100); }
              }
            }
            """);
    loaded.budget().begin();
    final Strategy strategy = loaded.bundle().strategy();
    assertThat(thrown(loaded, strategy)).isNull();
  }
}
