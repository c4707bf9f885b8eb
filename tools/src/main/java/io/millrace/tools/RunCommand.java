package io.millrace.tools;

import io.millrace.gateways.recorded.Pace;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Topology;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace run}: the headless engine on recorded data as if live. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Runs the engine on recorded data as if live, with a simulated venue. A run that was killed"
            + " is verified, restored and gone on from.")
final class RunCommand implements Callable<Integer> {
  /** What there is to run. */
  enum Mode {
    /** Recorded data as if live, simulated venue. */
    PAPER
  }

  @Mixin private StrategyOptions options;
  @Mixin private ParameterOptions parameters;
  @Mixin private DataOptions data;

  @Option(
      names = "--mode",
      defaultValue = "paper",
      description = "${COMPLETION-CANDIDATES} (default: paper)")
  private Mode mode;

  @Option(
      names = "--speed",
      defaultValue = "1",
      description = "Event time per clock time; 60 = a minute a second, 0 = at once (default: 1)")
  private double speed;

  @Option(names = "--runs", defaultValue = "runs", description = "Where runs go (default: runs)")
  private Path runs;

  @Option(
      names = "--topology",
      description = "${COMPLETION-CANDIDATES} (default: engine.topology of the config)")
  private Topology topology;

  @Option(names = "--fresh", description = "Do not go on from a run that was killed")
  private boolean fresh;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() {
    if (!(speed >= 0 && speed <= Pace.MAX_SPEED)) {
      throw new UsageException(
          "--speed " + speed + " is not allowed; give 0 (at once) to 1000000000, such as 60");
    }
    final StrategyOptions.Chosen chosen = options.choose(parameters.given());
    data.universe(chosen.strategy());
    final ConfigLoader.Resolved resolved = chosen.config();
    final Terminal terminal = Terminal.of(json);
    final Topology where =
        topology != null
            ? topology
            : resolved.config().engine().topologyFor(Runtime.getRuntime().availableProcessors());
    if (terminal.interactive()) {
      System.err.println(
          terminal.dim(
              "paper trading "
                  + data.describe()
                  + " in "
                  + runs
                  + "; Ctrl-C ends it in order,"
                  + " `millrace tail` shows it from another terminal"));
    }
    final Session.Result result =
        Session.run(
            new Session.Request(
                mode.name().toLowerCase(java.util.Locale.ROOT),
                where,
                runs,
                data.selection(),
                data::cut,
                data.news(),
                data.describe(),
                speed,
                fresh,
                chosen.strategy()),
            resolved,
            terminal.progress("inputs"));
    terminal.progressDone();
    return Reports.print(result, json, terminal);
  }
}
