package io.millrace.tools.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.millrace.journal.AtomicFile;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.config.Config;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Pipeline;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.KeptStrategy;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.Recovery;
import io.millrace.runtime.strategy.LoadedStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Writes the report of a run into its directory {@code report}: {@code index.html}, {@code
 * report.json}, {@code equity.csv}, {@code trades.csv}, {@code fills.csv}, {@code vetoes.csv},
 * {@code returns.csv} and {@code config.yaml}. Memory does not grow with the run: it is read once,
 * as a stream.
 */
public final class Report {
  /** What a report consists of. */
  static final List<String> FILES =
      List.of(
          "index.html",
          "report.json",
          "equity.csv",
          "trades.csv",
          "fills.csv",
          "vetoes.csv",
          "returns.csv",
          "config.yaml");

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private Report() {}

  /**
   * What was written.
   *
   * @param page the page for people
   * @param tree the content of {@code report.json}
   */
  public record Written(Path page, ObjectNode tree) {}

  /**
   * Reads a run and writes its report; an older one is replaced.
   *
   * @param run ended or not, with both journals whole as far as they go
   * @param options what is asked
   * @param progress told the inputs read, now and then
   * @throws io.millrace.journal.JournalException if a journal is damaged
   * @throws io.millrace.runtime.run.RunException if a file cannot be read or written
   */
  public static Written write(
      final RunDirectory run, final ReportOptions options, final LongConsumer progress) {
    final Manifest manifest = Manifest.read(run);
    final Config config = ConfigLoader.bind(manifest.config());
    final String strategy = manifest.strategy() == null ? null : manifest.strategy().name();
    final ObjectNode tree;
    try (ReportFiles files = new ReportFiles(run.report())) {
      final RunScan scan = new RunScan(new Chain(run), config, strategy, files);
      scan.run(progress);
      final ReportJson json = new ReportJson(run, manifest, scan, options);
      json.basis().write(files.returns());
      tree = json.tree();
      lookAhead(run, config, manifest, options, (ObjectNode) tree.get("sanity"), progress);
      files.commit();
    }
    AtomicFile.write(run.report().resolve("config.yaml"), text(YAML, manifest.config()));
    AtomicFile.write(run.report().resolve("report.json"), text(JSON, tree) + "\n");
    final Path page = run.report().resolve("index.html");
    AtomicFile.write(page, new Page(tree).html());
    return new Written(page, tree);
  }

  private static void lookAhead(
      final RunDirectory run,
      final Config config,
      final Manifest manifest,
      final ReportOptions options,
      final ObjectNode sanity,
      final LongConsumer progress) {
    final ObjectNode node = sanity.putObject("look_ahead");
    if (options.lookAheadPoints() == 0) {
      node.put("status", "none");
      node.putArray("points");
      return;
    }
    final long inputs = manifest.end() == null ? lastInput(run) : manifest.end().inputs();
    new LookAhead(run, () -> pipeline(run, config, manifest))
        .write(node, inputs, options.lookAheadPoints(), progress);
  }

  /** In the state in which the run began: fresh, or what it went on from. */
  static Pipeline pipeline(final RunDirectory run, final Config config, final Manifest manifest) {
    final LoadedStrategy strategy = KeptStrategy.load(run, manifest, config.strategy());
    final Supplier<Pipeline> fresh = () -> new Pipeline(config, new StageTimes(), strategy);
    if (manifest.previous() == null) {
      return fresh.get();
    }
    final RunDirectory previous =
        RunDirectory.open(run.path().toAbsolutePath().resolveSibling(manifest.previous().runId()));
    final Recovery.Restored restored = Recovery.restore(previous, fresh);
    restored.pipeline().generation(restored.generation());
    return restored.pipeline();
  }

  private static long lastInput(final RunDirectory run) {
    try (JournalReader reader = JournalReader.open(run.input())) {
      long last = 0;
      while (reader.next()) {
        last = reader.sequence();
      }
      return last;
    }
  }

  private static String text(final ObjectMapper mapper, final Object tree) {
    try {
      return mapper.writeValueAsString(tree);
    } catch (final JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values is always writable", e);
    }
  }
}
