package io.millrace.tools;

import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.run.ExitCodes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace validate}: is the config sound, and what does it resolve to. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks the config and says all that is wrong with it.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config;

  @Option(names = "--json", description = "The resolved config as one JSON object on stdout")
  private boolean json;

  @Override
  public Integer call() {
    final ConfigLoader.Resolved resolved = config.load();
    if (json) {
      System.out.println(resolved.tree().toPrettyString());
    } else {
      resolved.warnings().forEach(warning -> System.out.println("warning: " + warning));
      System.out.println(
          (config.file() == null ? "shipped defaults" : config.file().toString())
              + ": sound, digest "
              + io.millrace.core.state.Digest.text(resolved.digest()));
    }
    return ExitCodes.DONE;
  }
}
