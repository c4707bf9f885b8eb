package io.millrace.tools;

import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Topology;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code millrace backtest}: a strategy, or the built-in agents, over recorded data at full speed.
 */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = "Runs a strategy, or the built-in agents, over recorded data at full speed.")
final class BacktestCommand implements Callable<Integer> {
  @Mixin private StrategyOptions options;
  @Mixin private ParameterOptions parameters;
  @Mixin private DataOptions data;

  @Option(names = "--runs", defaultValue = "runs", description = "Where runs go (default: runs)")
  private Path runs;

  @Option(
      names = "--topology",
      defaultValue = "inline",
      description = "${COMPLETION-CANDIDATES} (default: inline)")
  private Topology topology;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() {
    final StrategyOptions.Chosen chosen = options.choose(parameters.given());
    data.universe(chosen.strategy());
    final ConfigLoader.Resolved resolved = chosen.config();
    final Terminal terminal = Terminal.of(json);
    final Session.Result result =
        Session.run(
            new Session.Request(
                "backtest",
                topology,
                runs,
                data.selection(),
                data::cut,
                data.news(),
                data.describe(),
                0,
                true,
                chosen.strategy()),
            resolved,
            terminal.progress("inputs"));
    terminal.progressDone();
    final int code = Reports.print(result, json, terminal);
    if (result.outcome().halted() == null) { // also of a strategy that was stopped
      ReportCommand.afterRun(result.run(), json, terminal);
    }
    return code;
  }
}
