package io.millrace.runtime.strategy;

import io.millrace.codecs.Side;
import io.millrace.core.strategy.StrategyBundle;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles one source file in memory: against the strategy API and the JDK, without annotation
 * processors, without looking for other sources. What a compiled class may do is the scanner's
 * concern, which sees bytecode alone: escapes and other tricks of the text are gone by then.
 */
final class SourceCompiler {
  private static final long MAX_MILLIS = 60_000;
  private static final long STACK_BYTES = 16L << 20;

  /** Some editors put it before UTF-8 text. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /** Packages whose classes a strategy may well have forgotten to import. */
  private static final List<String> PACKAGES =
      List.of(
          "io.millrace.core.strategy",
          "io.millrace.core.strategy.indicator",
          "io.millrace.codecs",
          "java.util",
          "java.util.function",
          "java.util.stream");

  private static final Pattern MISSING_CLASS = Pattern.compile("symbol:\\s+class (\\w+)");
  private static final Pattern OF_TYPE =
      Pattern.compile("location:\\s+(?:variable \\w+ of type|class|interface) ([\\w.]+)");

  private final String file;
  private final DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
  private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();
  private volatile Throwable died;
  private volatile boolean whole;

  private SourceCompiler(final String file) {
    this.file = file;
  }

  /** Compiles. */
  static List<ClassBytes> compile(final String file, final byte[] content)
      throws StrategyException {
    final String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (final CharacterCodingException e) {
      throw new StrategyException(
          List.of(file + ":1: is not UTF-8 text; save it as UTF-8, or name a class file .class"));
    }
    return new SourceCompiler(file)
        .compile(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
  }

  private List<ClassBytes> compile(final String text) throws StrategyException {
    final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new StrategyException(
          List.of(
              file
                  + ": this Java has no compiler; run millrace with a JDK, or compile the strategy"
                  + " elsewhere and use the jar"));
    }
    // A thread of its own: deep nesting needs stack, and a source can keep a compiler busy forever.
    final Thread thread = new Thread(null, () -> run(compiler, text), "compile", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(MAX_MILLIS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("the compilation was interrupted; load it again");
    }
    if (thread.isAlive()) {
      throw refused(
          "compiles for more than " + MAX_MILLIS / 1000 + " s; write simpler expressions");
    }
    if (died != null) {
      throw refused(
          "makes the compiler fail (" + died.getClass().getName() + "); write simpler expressions");
    }
    final List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new StrategyException(problems);
    }
    if (!whole) { // it catches its own end, and tells that to a writer alone
      throw refused("makes the compiler run out of stack or memory; write simpler expressions");
    }
    final List<ClassBytes> result = new ArrayList<>();
    classes.forEach((name, bytes) -> result.add(new ClassBytes(file, bytes.toByteArray())));
    return result;
  }

  private StrategyException refused(final String why) {
    return new StrategyException(List.of(file + ":1: " + why));
  }

  private void run(final JavaCompiler compiler, final String text) {
    try (StandardJavaFileManager standard =
            compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8);
        JavaFileManager files = new InMemory(standard)) {
      standard.setLocation(StandardLocation.CLASS_PATH, api());
      standard.setLocation(StandardLocation.SOURCE_PATH, List.of());
      whole =
          compiler
              .getTask(
                  Writer.nullWriter(),
                  files,
                  found,
                  List.of("--release", "17", "-proc:none", "-implicit:none", "-g", "-Xlint:none"),
                  null,
                  List.of(new Source(file, text)))
              .call();
    } catch (final IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      died = e;
    }
  }

  /** Where the API's classes are; nothing else of ours is there to compile against. */
  private static List<File> api() {
    final List<File> places = new ArrayList<>();
    for (final Class<?> type : List.of(StrategyBundle.class, Side.class)) {
      try {
        places.add(new File(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
      } catch (final URISyntaxException e) {
        throw new IllegalStateException("no file holds " + type, e);
      }
    }
    return places;
  }

  private List<String> problems() {
    final Set<String> problems =
        new LinkedHashSet<>(); // what is named twice in a line is told once
    for (final Diagnostic<? extends JavaFileObject> diagnostic : found.getDiagnostics()) {
      if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        final String message = diagnostic.getMessage(Locale.ROOT).strip();
        problems.add(
            file
                + ":"
                + Math.max(1, diagnostic.getLineNumber())
                + ": does not compile: "
                + message.replaceAll(";?\\s*\\R\\s*", ", ").replaceAll(" {2,}", " ")
                + hint(message));
      }
    }
    return new ArrayList<>(problems);
  }

  private static String hint(final String message) {
    if (message.startsWith("package ") && message.endsWith("does not exist")) {
      return "; "
          + Allowed.LIST.instead(message.substring("package ".length()).replaceAll(" .*", ""));
    }
    if (message.startsWith("cannot find symbol")) {
      final Matcher missing = MISSING_CLASS.matcher(message);
      final String home = missing.find() ? home(missing.group(1)) : null;
      if (home != null) {
        return "; import " + home + "." + missing.group(1);
      }
      final Matcher of = OF_TYPE.matcher(message);
      if (of.find()) {
        final String type = of.group(1);
        final String dotted = type.indexOf('.') > 0 ? type : home(type) + "." + type;
        if (dotted.startsWith("io.millrace.")) {
          return "; its members stand in " + dotted;
        }
      }
    }
    return "; correct it and load again";
  }

  /** The package of a class that a strategy may use, by its simple name; null = there is none. */
  private static String home(final String simpleName) {
    for (final String home : PACKAGES) {
      final String name = home.replace('.', '/') + "/" + simpleName;
      if (Allowed.LIST.type(name)
          && StrategyBundle.class.getResource("/" + name + ".class") != null) {
        return home;
      }
    }
    return null;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(final String file, final String text) {
      super(URI.create("strategy:///" + file.replaceAll("[^A-Za-z0-9_.$-]", "_")), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(final boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    InMemory(final StandardJavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        final Location location,
        final String className,
        final JavaFileObject.Kind kind,
        final FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("strategy:///" + className.replace('.', '/') + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(className, bytes);
          return bytes;
        }
      };
    }

    @Override
    public FileObject getFileForOutput(
        final Location location,
        final String packageName,
        final String relativeName,
        final FileObject sibling) {
      throw new UncheckedIOException(
          new IOException("a strategy's compilation writes nothing but classes"));
    }
  }
}
