package io.millrace.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The public command line in a process of its own, with the options of the launcher. */
final class Launch {
  static final Path ROOT = Path.of(System.getProperty("millrace.root")).toAbsolutePath();
  private static final int TIMEOUT_SECONDS = 300;

  private final List<String> jvm = new ArrayList<>();
  private Path directory = ROOT;
  private Path stdout;

  /**
   * How a process ended.
   *
   * @param code its exit code
   * @param out what it wrote to stdout
   * @param err what it wrote to stderr, without the JVM's own warnings
   */
  record Ended(int code, String out, String err) {
    /** Lines of stderr. */
    List<String> problems() {
      return err.lines().toList();
    }

    @Override
    public String toString() {
      return "exit code " + code + "\n--- stdout\n" + out + "\n--- stderr\n" + err;
    }
  }

  /** A process that was started. */
  static final class Child {
    private final Process process;
    private final Path out;
    private final Path err;

    Child(final Process process, final Path out, final Path err) {
      this.process = process;
      this.out = out;
      this.err = err;
    }

    Process process() {
      return process;
    }

    /** SIGKILL: nothing of the process runs any more. */
    Ended kill() {
      process.destroyForcibly();
      return await();
    }

    Ended await() {
      try {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError("no end within " + TIMEOUT_SECONDS + " s: " + read());
        }
        final Ended ended = read();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
        return ended;
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      } catch (final InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }

    private Ended read() {
      try {
        final StringBuilder told = new StringBuilder();
        Files.readString(err, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
            .forEach(line -> told.append(line).append('\n'));
        return new Ended(
            process.isAlive() ? -1 : process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            told.toString());
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Adds options of the JVM. */
  Launch jvm(final String... options) {
    jvm.addAll(List.of(options));
    return this;
  }

  /** Another working directory than the checkout. */
  Launch in(final Path place) {
    directory = place;
    return this;
  }

  /** Sends stdout to a file or device instead of keeping it. */
  Launch to(final Path place) {
    stdout = place;
    return this;
  }

  /** Runs a command to its end. */
  static Ended millrace(final Object... arguments) {
    return new Launch().run(arguments);
  }

  /** Runs a command to its end. */
  Ended run(final Object... arguments) {
    return start(arguments).await();
  }

  /** Starts a command. */
  Child start(final Object... arguments) {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + ROOT.resolve("tools/bin/jvm.options"));
    if (Runtime.version().feature() >= 24) {
      command.add("@" + ROOT.resolve("tools/bin/jvm-25.options"));
    }
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-Dmillrace.root=" + ROOT));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Millrace.class.getName());
    for (final Object argument : arguments) {
      command.add(argument.toString());
    }
    try {
      final Path out = Files.createTempFile("millrace-launch", ".out");
      final Path err = Files.createTempFile("millrace-launch", ".err");
      final Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput((stdout == null ? out : stdout).toFile())
              .redirectError(err.toFile())
              .start();
      return new Child(process, out, err);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
