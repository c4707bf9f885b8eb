package io.millrace.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.core.state.Digest;
import io.millrace.journal.AtomicFile;
import io.millrace.runtime.config.ConfigException;
import io.millrace.runtime.run.ExitCodes;
import io.millrace.runtime.run.RunException;
import io.millrace.tools.data.CuratedReader;
import io.millrace.tools.data.Selection;
import io.millrace.tools.data.SweepStore;
import io.millrace.tools.report.SweepPage;
import io.millrace.tools.sweep.Axis;
import io.millrace.tools.sweep.Folds;
import io.millrace.tools.sweep.Judgement;
import io.millrace.tools.sweep.Objective;
import io.millrace.tools.sweep.Plan;
import io.millrace.tools.sweep.Row;
import io.millrace.tools.sweep.Space;
import io.millrace.tools.sweep.SweepException;
import io.millrace.tools.sweep.Workers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace sweep}: many backtests over combinations of parameters, judged. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a backtest for each combination of parameters, several at a time, and judges them.",
      "The same command again goes on where it was ended; each run can be run alone by the command"
          + " that the results keep."
    })
final class SweepCommand implements Callable<Integer> {
  /** Options of a backtest that a sweep passes on as they are. */
  private static final List<String> PASSED =
      List.of(
          "--strategy",
          "--venue",
          "--cash",
          "--config",
          "--set",
          "--data",
          "--source",
          "--symbol",
          "--from",
          "--to",
          "--trade-after",
          "--resolution",
          "--kind",
          "--news");

  private static final Pattern SHARD = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})");

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @Mixin private StrategyOptions options;
  @Mixin private DataOptions data;
  @Mixin private WalkForwardOptions walkForward;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUES",
      description =
          "What varies: a parameter of the strategy, a setting by its dotted key, or venue. VALUES are"
              + " 5,10,20 or from:to:step or from:to:logN; with --random also from:to, from:to:log, or"
              + " nothing (all that the strategy allows); repeatable")
  private List<String> parameters = new ArrayList<>();

  @Option(
      names = "--where",
      paramLabel = "COMPARISON",
      description = "Only combinations that meet it, such as 'fast<slow'; repeatable")
  private List<String> where = new ArrayList<>();

  @Option(
      names = "--random",
      paramLabel = "N",
      description = "Draw this many combinations instead of running all")
  private Integer random;

  @Option(names = "--seed", defaultValue = "1", description = "Of --random (default: 1)")
  private long seed;

  @Option(
      names = "--objective",
      defaultValue = "sharpe",
      description =
          "sharpe, sortino, calmar, return, profit, drawdown, win_rate, profit_factor, or a number of"
              + " report.json such as trades.expectancy (default: sharpe)")
  private String objective;

  @Option(names = "--jobs", paramLabel = "N", description = "Processes at a time (default: cores)")
  private Integer jobs;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Most clock time of a run; longer ones are killed (default: 0, none)")
  private double timeout;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Most combinations (default: 10000)")
  private int most;

  @Option(names = "--retry", description = "Run rows again that failed before")
  private boolean retry;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "Run only every Nth row, from the Ith: for several machines. Put their files"
              + " results-I-of-N.duckdb into one folder and run there without --shard")
  private String shard;

  @Option(
      names = "--sweeps",
      defaultValue = "sweeps",
      description = "Where sweeps go (default: sweeps)")
  private Path sweeps;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  private Terminal terminal;

  @Override
  public Integer call() {
    try {
      return sweep();
    } catch (final SweepException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private int sweep() {
    terminal = Terminal.of(json);
    check();
    final Objective judged = Objective.of(objective);
    final StrategyOptions.Chosen chosen = options.choose(List.of());
    data.universe(chosen.strategy());
    final List<Axis> axes =
        parameters.stream()
            .map(
                text ->
                    Axis.parse(text, chosen.strategy() == null ? null : chosen.strategy().bundle()))
            .toList();
    final Space space = new Space(axes, where);
    final List<Map<String, String>> combinations =
        random == null ? space.grid(most) : space.random(random, seed);
    edges(axes);
    final Selection selection = data.selection();
    final Map<Path, String> checksums;
    try (CuratedReader reader = CuratedReader.open(selection)) {
      checksums = reader.checksums();
    }
    final List<Folds.Fold> folds =
        walkForward.folds(
            chosen.strategy() == null ? null : chosen.strategy().bundle(),
            () -> Session.span(selection, data::cut, chosen.strategy()));
    final Plan plan = new Plan(axes, combinations, folds, base());
    final Map<String, String> asked = new LinkedHashMap<>();
    asked.put(
        "strategy",
        chosen.strategy() == null ? "built-in agents" : chosen.strategy().bundle().name());
    asked.put("strategy_sha256", chosen.strategy() == null ? "" : chosen.strategy().hash());
    asked.put("config_digest", Digest.text(chosen.config().digest()));
    asked.put("data", data.describe());
    asked.put("search", random == null ? "grid" : "random, seed " + seed);
    asked.put("space", space.canonical());
    asked.put("walk_forward", folds.isEmpty() ? "" : walkForward.describe());
    asked.put("version", Millrace.VERSION);
    final String id = id(asked, plan, checksums, selection);
    asked.put("id", id);
    asked.put("command", command());
    return run(sweeps.resolve(id), plan, judged, asked);
  }

  private void check() {
    if (jobs != null && (jobs < 1 || jobs > 1024)) {
      throw new UsageException("--jobs " + jobs + " is not allowed; give 1 to 1024");
    }
    if (random != null && (random < 1 || random > most)) {
      throw new UsageException(
          "--random " + random + " is not allowed; give 1 to " + most + ", or more with --most");
    }
    if (!(timeout >= 0)) {
      throw new UsageException("--timeout " + timeout + " is not allowed; give seconds, 0 = none");
    }
    if (shard != null && shard()[0] > shard()[1]) {
      throw new UsageException("--shard " + shard + " is none of them; give 1/4 to 4/4 for four");
    }
  }

  private int[] shard() {
    final Matcher matcher = SHARD.matcher(shard);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1) {
      throw new UsageException(
          "--shard '" + shard + "' is none; give 1/4 to 4/4 for four machines");
    }
    return new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
  }

  /** Every value once, before anything runs: names, types and bounds are those of a backtest. */
  private void edges(final List<Axis> axes) {
    final TreeSet<String> problems = new TreeSet<>();
    for (final Axis axis : axes) {
      for (final String value : axis.edges()) {
        final List<String> one = List.of(axis.name() + "=" + value);
        try {
          switch (axis.kind()) {
            case PARAMETER -> options.choose(one, List.of(), null);
            case SETTING -> options.choose(List.of(), one, null);
            case VENUE -> options.choose(List.of(), List.of(), List.of(value.split("\\+", -1)));
          }
        } catch (final ConfigException e) {
          problems.addAll(e.problems());
          break; // one value of an axis is enough to say what is wrong with it
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(List.copyOf(problems));
    }
  }

  /** What was given of the options that a backtest has too. */
  private List<Plan.Argument> base() {
    final List<Plan.Argument> base = new ArrayList<>();
    for (final CommandLine.Model.OptionSpec option :
        spec.commandLine().getParseResult().matchedOptions()) {
      if (PASSED.contains(option.longestName())) {
        for (final String value : option.originalStringValues()) {
          base.add(new Plan.Argument(option.longestName(), value));
        }
      }
    }
    return base;
  }

  private String command() {
    final StringBuilder text = new StringBuilder("tools/bin/millrace");
    for (final String argument : spec.commandLine().getParseResult().originalArgs()) {
      text.append(' ')
          .append(
              argument.matches("[A-Za-z0-9_./:=,+@%-]+")
                  ? argument
                  : "'" + argument.replace("'", "'\\''") + "'");
    }
    return text.toString();
  }

  /** The same for the same results, whatever is asked of them. */
  private static String id(
      final Map<String, String> asked,
      final Plan plan,
      final Map<Path, String> checksums,
      final Selection selection) {
    final StringBuilder text = new StringBuilder();
    asked.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    plan.combinations().forEach(one -> text.append(one).append('\n'));
    plan.folds().forEach(one -> text.append(one).append('\n'));
    plan.base().forEach(one -> text.append(one.option()).append(one.value()).append('\n'));
    checksums.forEach(
        (file, sha) -> text.append(selection.curated().relativize(file)).append(sha).append('\n'));
    final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    final Digest digest = new Digest();
    digest.add(new UnsafeBuffer(bytes), 0, bytes.length);
    return asked.get("strategy").replace(' ', '-')
        + "-"
        + Digest.text(digest.value()).substring(0, 8);
  }

  private int run(
      final Path directory,
      final Plan plan,
      final Objective judged,
      final Map<String, String> asked) {
    try {
      Files.createDirectories(directory);
    } catch (final IOException e) {
      throw new RunException(
          directory + " cannot be made (" + e.getMessage() + "); choose a place with --sweeps", e);
    }
    final String file =
        shard == null
            ? "results.duckdb"
            : "results-" + shard()[0] + "-of-" + shard()[1] + ".duckdb";
    try (SweepStore store = SweepStore.open(directory.resolve(file))) {
      store.describe(asked, plan.combinations());
      if (shard == null) {
        store.takeShards();
      }
      final Path scratch = directory.resolve("running-" + file.replace(".duckdb", ""));
      SweepWorkerCommand.delete(
          scratch); // of a sweep that was killed: nobody else has the file open
      final long done = rows(store, plan.first(), directory, scratch);
      if (shard != null) {
        return shardDone(directory.resolve(file), done);
      }
      final List<Row> tests = new ArrayList<>();
      final Judgement trained = new Judgement(plan, judged, store.runs());
      for (final Folds.Fold fold : plan.folds()) {
        final Judgement.Choice choice = trained.choose(fold);
        if (choice != null) {
          tests.add(plan.row(Row.Stage.TEST, fold, choice.combination()));
        }
      }
      rows(store, tests, directory, scratch);
      SweepWorkerCommand.delete(scratch);
      return judge(store, plan, judged, asked, directory);
    }
  }

  private int shardDone(final Path file, final long done) {
    if (json) {
      System.out.println("{\"shard\":\"" + shard + "\",\"rows\":" + done + "}");
    } else {
      System.out.println(
          "shard "
              + shard
              + ": "
              + Millrace.count(done)
              + " rows in "
              + Summary.display(file)
              + "; when all are there, copy them into one folder of that name and run the command"
              + " without --shard");
    }
    return ExitCodes.DONE;
  }

  /** Runs what has not been run; returns how many rows there are. */
  private long rows(
      final SweepStore store, final List<Row> all, final Path directory, final Path scratch) {
    final var kept = store.runs();
    final List<Row> mine = new ArrayList<>();
    for (final Row row : all) {
      if (shard == null || row.number() % shard()[1] == shard()[0] - 1) {
        mine.add(row);
      }
    }
    final List<Row> left = new ArrayList<>();
    for (final Row row : mine) {
      final var before = kept.get(row.number());
      if (before == null || (retry && before.status().equals("failed"))) {
        left.add(row);
      }
    }
    if (left.isEmpty()) {
      return mine.size();
    }
    final LongConsumer bar = terminal.bar("runs", mine.size());
    final long[] done = {mine.size() - left.size()};
    bar.accept(done[0]);
    final Workers workers =
        new Workers(
            worker(scratch), directory.resolve("workers.log"), (long) Math.ceil(timeout * 1e3));
    final Thread hook = new Thread(workers::close, "sweep-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try (workers) {
      workers.run(
          left,
          jobs == null ? Runtime.getRuntime().availableProcessors() : jobs,
          outcome -> {
            store.keep(outcome);
            bar.accept(++done[0]);
          });
    } finally {
      terminal.progressDone();
      release(hook);
    }
    return mine.size();
  }

  private static void release(final Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (final IllegalStateException shuttingDown) {
      return; // the hook ends the processes
    }
  }

  /** This program with its own options, for rows. */
  private static List<String> worker(final Path scratch) {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (final String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent")) {
        command.add(option);
      }
    }
    command.addAll(List.of("-Xms64m", "-Dmillrace.terminal=false"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(Millrace.class.getName(), "sweep-worker", "--scratch", scratch.toString()));
    return command;
  }

  private int judge(
      final SweepStore store,
      final Plan plan,
      final Objective judged,
      final Map<String, String> asked,
      final Path directory) {
    final Judgement judgement = new Judgement(plan, judged, store.runs());
    for (final Folds.Fold fold : plan.folds()) {
      final Judgement.Choice choice = judgement.choose(fold);
      store.keep(
          fold,
          choice == null ? null : choice.combination(),
          choice == null ? Double.NaN : judged.sign() * choice.inSample(),
          choice == null
              ? Double.NaN
              : judged.sign() * judgement.outOfSample(fold, choice.combination()),
          choice == null ? Double.NaN : choice.deflatedSharpe());
    }
    final ObjectNode tree = judgement.tree(asked, store::returns);
    AtomicFile.write(directory.resolve("sweep.json"), tree.toPrettyString() + "\n");
    AtomicFile.write(directory.resolve("index.html"), new SweepPage(tree).html());
    if (json) {
      tree.put("directory", directory.toString());
      System.out.println(Terminal.json(tree.toPrettyString()));
    } else {
      new SweepSummary(tree, terminal).print(System.out, directory);
    }
    if (tree.at("/runs/done").asLong() == 0) {
      throw new RunException(
          "no run came to its end; the first failed because "
              + tree.at("/failures/0/reason").asText()
              + "; run it alone: "
              + tree.at("/failures/0/command").asText());
    }
    return ExitCodes.DONE;
  }
}
