package io.millrace.tools;

import io.millrace.journal.JournalException;
import io.millrace.runtime.config.ConfigException;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.runtime.run.ManifestException;
import io.millrace.runtime.run.RunException;
import io.millrace.tools.data.DataException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the {@code millrace} command. */
@Command(
    name = "millrace",
    description = "A trading engine in one process whose every decision replays byte for byte.",
    synopsisSubcommandLabel = "COMMAND",
    version = Millrace.VERSION,
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      BacktestCommand.class,
      ReplayCommand.class,
      ExplainCommand.class,
      ReportCommand.class,
      TailCommand.class,
      JournalCommand.class,
      ImportCommand.class,
      ValidateCommand.class,
      SweepCommand.class,
      SweepWorkerCommand.class
    })
public final class Millrace implements Runnable {
  /** Version of the program. */
  static final String VERSION = "0.1.0";

  /** Longest line of an error; what is longer loses its middle. */
  private static final int MAX_LINE = 1_000;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command; `millrace demo` is the place to begin");
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(final String[] args) {
    final int code = written(execute(args));
    Session.commandEnded();
    System.exit(code);
  }

  /**
   * The exit code, once stdout has it all: a command whose output was lost has failed, whatever it
   * did. A reader that went away, as {@code head} does, has what it wanted.
   */
  private static int written(final int code) {
    if (!System.out.checkError()) {
      return code;
    }
    final String reason = whyNotWritten();
    if (code != ExitCodes.DONE || "Broken pipe".equals(reason)) {
      return code;
    }
    System.err.println(
        "millrace: not all of the output could be written to stdout"
            + (reason == null ? "" : " (" + reason + ")")
            + "; give it a place with room, and run the command again");
    return ExitCodes.FAILED;
  }

  /** A PrintStream keeps no reason: one more line shows it, or that it has passed (null). */
  private static String whyNotWritten() {
    try {
      new FileOutputStream(FileDescriptor.out).write('\n');
      return null;
    } catch (final IOException e) {
      return e.getMessage();
    }
  }

  /** Runs a command; returns its exit code. Errors are one line each on stderr. */
  static int execute(final String... args) {
    final CommandLine line = new CommandLine(new Millrace());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(LocalDate.class, Millrace::date);
    line.registerConverter(BigDecimal.class, Millrace::amount);
    line.registerConverter(Moment.class, Moment::parse);
    line.setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, command));
    line.setParameterExceptionHandler(
        (wrong, arguments) -> {
          final PrintWriter err = wrong.getCommandLine().getErr();
          err.println(
              "millrace: " + oneLine(sentence(wrong)) + "; see `" + name(wrong) + " --help`");
          err.flush();
          return ExitCodes.USAGE;
        });
    return line.execute(args);
  }

  /** What is wrong with the arguments, with the nearest name where one is not known. */
  private static String sentence(final ParameterException wrong) {
    if (!(wrong instanceof final UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return wrong.getMessage();
    }
    final String given = unmatched.getUnmatched().get(0);
    final String what =
        unmatched.isUnknownOption()
            ? "there is no option " + given
            : wrong.getCommandLine().getSubcommands().isEmpty()
                ? "'" + given + "' belongs to no option and is not taken alone"
                : "there is no command '" + given + "'";
    final List<String> near = unmatched.getSuggestions();
    return near.isEmpty() ? what : what + "; did you mean " + near.get(0);
  }

  private static String name(final ParameterException wrong) {
    return wrong.getCommandLine().getCommandSpec().qualifiedName();
  }

  private static int failed(final Exception thrown, final CommandLine command) {
    final PrintWriter err = command.getErr();
    final int code;
    if (thrown instanceof ConfigException config) {
      config.problems().forEach(problem -> err.println("millrace: " + oneLine(problem)));
      code = ExitCodes.USAGE;
    } else if (thrown instanceof UsageException) {
      err.println(
          "millrace: "
              + oneLine(thrown.getMessage())
              + "; see `"
              + command.getCommandSpec().qualifiedName()
              + " --help`");
      code = ExitCodes.USAGE;
    } else if (thrown instanceof DataException) {
      thrown.getMessage().lines().forEach(line -> err.println("millrace: " + oneLine(line)));
      code = ExitCodes.USAGE;
    } else if (thrown instanceof DifferenceException || thrown instanceof ManifestException) {
      err.println("millrace: " + oneLine(thrown.getMessage()));
      code = ExitCodes.DIFFERENCE;
    } else if (thrown instanceof RunException || thrown instanceof JournalException) {
      err.println("millrace: " + oneLine(thrown.getMessage()));
      code = ExitCodes.FAILED;
    } else {
      err.println(
          "millrace: "
              + oneLine(thrown.toString())
              + "; this is a fault of the program: please report it with the lines below");
      thrown.printStackTrace(err);
      code = ExitCodes.FAILED;
    }
    err.flush();
    return code;
  }

  private static LocalDate date(final String text) {
    try {
      return LocalDate.parse(text);
    } catch (final DateTimeParseException e) {
      throw new CommandLine.TypeConversionException("'" + text + "' is no date such as 2015-12-24");
    }
  }

  private static BigDecimal amount(final String text) {
    try {
      return new BigDecimal(text);
    } catch (final NumberFormatException e) {
      throw new CommandLine.TypeConversionException("'" + text + "' is no amount such as 100000");
    }
  }

  /** One line, without control characters that could act on a terminal, of a bounded length. */
  private static String oneLine(final String message) {
    final String line =
        String.valueOf(message)
            .strip()
            .replaceAll("\\s*\\R\\s*", "; ")
            .replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    return line.length() <= MAX_LINE
        ? line
        : line.substring(0, MAX_LINE / 2) + " … " + line.substring(line.length() - MAX_LINE / 2);
  }

  /** Number with grouping, the same in every locale. */
  static String count(final long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
