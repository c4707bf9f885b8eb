package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import io.millrace.core.strategy.BudgetExceeded;
import io.millrace.core.strategy.Callback;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;
import io.millrace.core.strategy.Thrown;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The door for strategies: one file of plain Java source, a {@code .class} or a {@code .jar}, from
 * bytes to a bundle, or to all that is wrong with it.
 */
public final class StrategyLoader {
  /** Largest file, bytes. */
  public static final int MAX_FILE_BYTES = 4 << 20;

  private static final String BUNDLE = Type.getDescriptor(StrategyBundle.class);

  /** {@link io.millrace.core.strategy.Execution#work}. */
  private static final String WORK = "work";

  private static final String HOME = "strategies/";

  /** What the API refuses arguments with: its words say enough. */
  private static final String REFUSED = IllegalArgumentException.class.getName() + ": ";

  private static final int MAX_CONSTANTS = 16_384;
  private static final String SHOW =
      "export it with `static StrategyBundle bundle() { return StrategyBundle.named(…)…; }`";

  private final String file;
  private final byte[] content;
  private final Budget budget;
  private final OwnClasses own = new OwnClasses();

  private StrategyLoader(final String file, final byte[] content, final StrategyConfig config) {
    this.file = file;
    this.content = content;
    budget = config.budget();
  }

  /** Loads a file with the shipped budgets. */
  public static LoadedStrategy load(final Path path) throws StrategyException {
    return load(path, StrategyConfig.DEFAULT);
  }

  /** Loads a file: source by the ending {@code .java}, else {@code .class} or {@code .jar}. */
  public static LoadedStrategy load(final Path path, final StrategyConfig config)
      throws StrategyException {
    final byte[] content;
    // Read once: what is scanned is what is defined, whatever happens to the file meanwhile.
    try (InputStream in = Files.newInputStream(path)) {
      content = in.readNBytes(MAX_FILE_BYTES + 1);
    } catch (final IOException e) {
      throw new StrategyException(
          List.of(
              path
                  + ": is not readable ("
                  + e.getClass().getSimpleName()
                  + "); name a .java, .class or .jar file"));
    }
    return load(String.valueOf(path.getFileName()), content, config);
  }

  /** Loads what a run directory kept, with the shipped budgets. */
  public static LoadedStrategy load(final String file, final byte[] content)
      throws StrategyException {
    return load(file, content, StrategyConfig.DEFAULT);
  }

  /**
   * Loads the content of a file.
   *
   * @param file its name, whose ending tells what it is
   * @param config the budgets of its callbacks; those of the load itself are the same
   */
  public static LoadedStrategy load(
      final String file, final byte[] content, final StrategyConfig config)
      throws StrategyException {
    return new StrategyLoader(file, content.clone(), config).load();
  }

  private LoadedStrategy load() throws StrategyException {
    if (content.length > MAX_FILE_BYTES) {
      throw refused(file + ": is larger than " + MAX_FILE_BYTES + " bytes; keep data out of it");
    }
    for (final ClassBytes bytes : classes()) {
      read(bytes);
    }
    stop(scanned());
    final List<String> unsaved = Unsaved.fields(own); // of the code as written
    final Exported exported = exported();
    final SandboxLoader loader = define(instrumented());
    final StrategyBundle bundle = bundle(exported, loader);
    return new LoadedStrategy(
        bundle,
        callbacks(unsaved.isEmpty()),
        own.mayCall(WORK),
        unsaved,
        budget,
        exported.where(),
        file,
        hash(),
        content);
  }

  private List<String> scanned() throws StrategyException {
    try {
      return Scanner.scan(own, false);
    } catch (final RuntimeException e) { // whatever names that no compiler writes make ASM throw
      throw refused(
          file
              + ":1: is not sound code ("
              + e.getClass().getSimpleName()
              + "); compile it again for Java 17");
    }
  }

  private static StrategyException refused(final String problem) {
    return new StrategyException(List.of(problem));
  }

  private static void stop(final List<String> problems) throws StrategyException {
    if (!problems.isEmpty()) {
      throw new StrategyException(problems);
    }
  }

  private List<ClassBytes> classes() throws StrategyException {
    final String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "java" -> SourceCompiler.compile(file, content);
      case "class" -> List.of(new ClassBytes(file, content));
      case "jar" -> Archive.read(file, content);
      default ->
          throw refused(file + ": is neither .java, .class nor .jar; name it after what it is");
    };
  }

  private void read(final ClassBytes bytes) throws StrategyException {
    final ClassNode node = new ClassNode();
    try {
      final ClassReader reader = new ClassReader(bytes.bytes());
      if (reader.getItemCount() > MAX_CONSTANTS) {
        throw refused(
            bytes.file()
                + ":1: has "
                + reader.getItemCount()
                + " constants, more than "
                + MAX_CONSTANTS
                + "; keep data out of it");
      }
      reader.accept(node, ClassReader.EXPAND_FRAMES);
    } catch (final RuntimeException e) { // whatever a broken class makes the reader throw
      throw refused(
          bytes.file()
              + ":1: is not a sound class file ("
              + e.getClass().getSimpleName()
              + "); compile it again for Java 17");
    }
    if (own.all().stream().anyMatch(other -> home(other.name).equals(home(node.name)))) {
      throw refused(bytes.file() + ":1: a second class " + node.name + "; keep one");
    }
    own.add(node, bytes.file());
  }

  private static String home(final String name) {
    return name.indexOf('/') < 0 ? HOME + name : name;
  }

  private record Exported(ClassNode node, String member, boolean isMethod, String where) {}

  private Exported exported() throws StrategyException {
    final List<Exported> found = new ArrayList<>();
    final List<String> others = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    for (final ClassNode node : own.all()) {
      final int line = Scanner.firstLine(node);
      for (final MethodNode method : node.methods) {
        if (method.name.equals("bundle") && method.desc.equals("()" + BUNDLE)) {
          final int at = Scanner.firstLine(method, line);
          if (OwnClasses.is(method.access, Opcodes.ACC_STATIC)) {
            found.add(new Exported(node, method.name, true, own.file(node) + ":" + at));
          } else {
            problems.add(own.file(node) + ":" + at + ": bundle() is not static; make it static");
          }
        } else if (method.name.equals("bundle")) {
          others.add(
              own.file(node)
                  + ":"
                  + Scanner.firstLine(method, line)
                  + ": bundle() has other arguments or another type than a bundle's; ");
        }
      }
      for (final FieldNode field : node.fields) {
        if (field.name.equals("BUNDLE")
            && field.desc.equals(BUNDLE)
            && OwnClasses.is(field.access, Opcodes.ACC_STATIC)) {
          found.add(new Exported(node, field.name, false, own.file(node) + ":" + line));
        }
      }
    }
    if (found.size() > 1) {
      final String all =
          found.stream()
              .map(e -> Scanner.dotted(e.node().name) + "." + e.member() + " (" + e.where() + ")")
              .collect(Collectors.joining(" and "));
      problems.add(
          found.get(0).where()
              + ": exports "
              + found.size()
              + " bundles, "
              + all
              + "; keep one of them");
    } else if (found.isEmpty() && problems.isEmpty()) {
      problems.add((others.isEmpty() ? file + ":1: exports no bundle; " : others.get(0)) + SHOW);
    }
    stop(problems);
    return found.get(0);
  }

  /** The classes as they will be defined, by name with dots, scanned once more. */
  private Map<String, byte[]> instrumented() throws StrategyException {
    final Remapper remapper =
        new Remapper(Opcodes.ASM9) {
          @Override
          public String map(final String name) {
            return own.has(name) ? home(name) : name;
          }
        };
    final Bridges bridges = new Bridges();
    final Instrumenter instrumenter = new Instrumenter(own, bridges);
    final Map<String, byte[]> result = new TreeMap<>();
    final List<String> problems = new ArrayList<>();
    for (final ClassNode node : own.all()) {
      try {
        instrumenter.instrument(node);
        final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(new ClassRemapper(writer, remapper));
        result.put(home(node.name).replace('/', '.'), writer.toByteArray());
      } catch (final MethodTooLargeException e) {
        problems.add(
            own.file(node)
                + ":1: "
                + node.name
                + "."
                + e.getMethodName()
                + " is too long with its budget; split it");
      } catch (final ClassTooLargeException e) {
        problems.add(own.file(node) + ":1: " + node.name + " is too large; split it");
      } catch (final RuntimeException e) { // code that no compiler writes
        problems.add(
            own.file(node)
                + ":1: "
                + node.name
                + " is not sound code ("
                + e.getMessage()
                + "); compile it again for Java 17");
      }
    }
    stop(problems);
    final ClassWriter made = new ClassWriter(0);
    new ClassReader(bridges.bytes()).accept(new ClassRemapper(made, remapper), 0);
    stop(Scanner.scan(again(result), true));
    result.put(Bridges.INTERNAL_NAME.replace('/', '.'), made.toByteArray());
    return result;
  }

  /** The very bytes that are to be defined, read anew. */
  private static OwnClasses again(final Map<String, byte[]> classes) {
    final OwnClasses again = new OwnClasses();
    classes.forEach(
        (name, bytes) -> {
          final ClassNode node = new ClassNode();
          new ClassReader(bytes).accept(node, 0);
          again.add(node, name);
        });
    return again;
  }

  /** Defines and initialises all classes, so that what a static initialiser does is seen here. */
  private SandboxLoader define(final Map<String, byte[]> classes) throws StrategyException {
    final SandboxLoader loader;
    try {
      loader = SandboxLoader.of(classes, budget);
    } catch (final RuntimeException e) { // names of packages that no compiler writes
      throw refused(file + ":1: cannot be a module (" + e.getMessage() + "); rename its packages");
    }
    final List<String> problems = new ArrayList<>();
    for (final ClassNode node : own.all()) {
      final String where = own.file(node) + ":" + Scanner.firstLine(node);
      final String name = home(node.name).replace('/', '.');
      try {
        budget.begin();
        StaticState.check(Class.forName(name, true, loader), where, problems);
      } catch (final ExceptionInInitializerError e) {
        problems.add(told(e.getCause(), where, "static initialiser"));
      } catch (final BudgetExceeded | StackOverflowError | OutOfMemoryError e) {
        problems.add(told(e, where, "static initialiser"));
      } catch (final ClassNotFoundException | LinkageError e) {
        problems.add(
            where
                + ": "
                + node.name
                + " is not sound code ("
                + e.getClass().getSimpleName()
                + "); compile it again for Java 17");
      }
    }
    stop(problems);
    return loader;
  }

  private static String told(final Throwable thrown, final String where, final String what) {
    final String text = Thrown.describe(thrown, SandboxLoader.MODULE);
    final boolean placed = text.matches("(?s)[^ ]+:\\d+: .*");
    final int end = placed ? text.indexOf(": ") + 2 : 0;
    final String why = text.substring(end);
    return (placed ? text.substring(0, end) : where + ": ")
        + what
        + " failed: "
        + (why.startsWith(REFUSED) ? why.substring(REFUSED.length()) : why)
        + "; correct it and load again";
  }

  /** Runs what the file exports, within the budget of one callback. */
  private StrategyBundle bundle(final Exported exported, final SandboxLoader loader)
      throws StrategyException {
    final String name = home(exported.node().name).replace('/', '.');
    final StrategyBundle bundle;
    try {
      final Class<?> type = Class.forName(name, true, loader);
      budget.begin();
      if (exported.isMethod()) {
        final Method method = type.getDeclaredMethod(exported.member());
        method.setAccessible(true);
        bundle = (StrategyBundle) method.invoke(null);
      } else {
        final Field field = type.getDeclaredField(exported.member());
        field.setAccessible(true);
        bundle = (StrategyBundle) field.get(null);
      }
    } catch (final InvocationTargetException e) {
      throw refused(told(e.getCause(), exported.where(), exported.member() + "()"));
    } catch (final ReflectiveOperationException | LinkageError e) {
      throw refused(
          exported.where()
              + ": "
              + exported.member()
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "); "
              + SHOW);
    }
    if (bundle == null) {
      throw refused(exported.where() + ": " + exported.member() + " is null; " + SHOW);
    }
    stop(universe(bundle, exported.where()));
    try {
      budget.begin();
      bundle.strategy();
    } catch (final Throwable e) { // the factory is the strategy's: it may throw anything
      throw refused(told(e, exported.where(), "the factory of " + bundle.name()));
    }
    return bundle;
  }

  private static List<String> universe(final StrategyBundle bundle, final String where) {
    final List<String> problems = new ArrayList<>();
    if (bundle.universe().isEmpty()) {
      problems.add(
          where
              + ": the universe of "
              + bundle.name()
              + " is empty; name symbols with .universe(\"SPY\")");
    }
    final Set<String> seen = new HashSet<>();
    for (final String symbol : bundle.universe()) {
      if (symbol.isBlank() || !symbol.equals(symbol.strip())) {
        problems.add(where + ": the universe names '" + symbol + "'; give it as on the exchange");
      } else if (!seen.add(symbol)) {
        problems.add(where + ": the universe names " + symbol + " twice; name it once");
      }
    }
    return problems;
  }

  /** By all classes of the file: one that is never made costs a call that does nothing. */
  private Set<Callback> callbacks(final boolean saved) {
    final Set<Callback> callbacks = EnumSet.noneOf(Callback.class);
    if (saved) {
      callbacks.add(Callback.STATE);
    }
    for (final Method declared : Strategy.class.getDeclaredMethods()) {
      for (final Callback callback : Callback.values()) {
        if (callback != Callback.STATE
            && declared.getName().equals(callback.name().toLowerCase(Locale.ROOT))
            && own.all().stream()
                .anyMatch(
                    node ->
                        OwnClasses.method(
                                node, declared.getName(), Type.getMethodDescriptor(declared))
                            != null)) {
          callbacks.add(callback);
        }
      }
    }
    return Collections.unmodifiableSet(callbacks);
  }

  private String hash() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
