package io.millrace.tools;

import io.millrace.runtime.config.ConfigLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace demo}: the main job on the sample day, then where to look. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs the sample day (GOOG options, 2015-12-24) through every stage.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config;
  @Mixin private DataOptions data;

  @Option(names = "--runs", defaultValue = "runs", description = "Where runs go (default: runs)")
  private Path runs;

  @Option(names = "--json", description = "One JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() {
    final ConfigLoader.Resolved resolved = config.load();
    data.universe(null);
    final Terminal terminal = Terminal.of(json);
    final Session.Result result =
        Session.run(
            new Session.Request(
                "backtest",
                resolved.config().engine().topologyFor(Runtime.getRuntime().availableProcessors()),
                runs,
                data.selection(),
                data::cut,
                data.news(),
                data.describe() + ", sample day 2015-12-24",
                0,
                true,
                null),
            resolved,
            terminal.progress("inputs"));
    terminal.progressDone();
    final int code = Reports.print(result, json, terminal);
    if (!json) {
      next(result, terminal);
    }
    return code;
  }

  private static void next(final Session.Result result, final Terminal terminal) {
    final String run = Summary.display(result.run().path());
    System.out.println();
    System.out.println(terminal.bold("  Next"));
    System.out.println(
        "    tools/bin/millrace replay "
            + run
            + " --verify   # every decision again, byte for byte");
    System.out.println(
        "    tools/bin/millrace explain " + run + "           # why: pick an order or a veto");
    System.out.println(
        "    tools/bin/millrace report "
            + run
            + "            # a page: equity, profit, costs, trust");
    System.out.println(
        "    tools/bin/millrace run --mode paper --speed 60   # the same day, a minute a second");
  }
}
