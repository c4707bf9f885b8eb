package io.millrace.runtime.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertEncoder;
import io.millrace.codecs.DataFault;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.Severity;
import io.millrace.core.state.Digest;
import io.millrace.journal.JournalOptions;
import io.millrace.journal.JournalWriter;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.checkpoint.Held;
import io.millrace.runtime.config.ConfigLoader;
import io.millrace.runtime.pipeline.Halt;
import io.millrace.runtime.pipeline.StageTimes;
import io.millrace.runtime.run.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatePublisherTest {
  private static final long INTERVAL_NANOS = 1_000_000L;
  private static final long TIME = 1_450_967_400_000_000_000L;

  @TempDir private Path runs;
  private RunDirectory run;
  private Manifest manifest;

  @BeforeEach
  void makeRun() {
    run = RunDirectory.create(runs, RunDirectory.runId(TIME, 1));
    final ConfigLoader.Resolved config = ConfigLoader.load(null, List.of());
    manifest =
        new Manifest(
            Manifest.SCHEMA_VERSION,
            run.id(),
            TIME / 1e9,
            "backtest",
            "inline",
            "test",
            1,
            Digest.text(config.digest()),
            config.tree(),
            null,
            new Manifest.Data("nothing", List.of(), 0),
            null,
            null);
    manifest.write(run);
  }

  private StatePublisher publisher(final Halt halt) {
    return new StatePublisher(
        run,
        manifest,
        new StageTimes(),
        halt,
        StatePublisherTest::facts,
        INTERVAL_NANOS,
        new Held());
  }

  private static ObjectNode facts() {
    return JsonNodeFactory.instance.objectNode().put("kernels", "none");
  }

  private void alerts(final int count) {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final AlertEncoder alert = new AlertEncoder();
    try (JournalWriter inputs = JournalWriter.open(run.input(), JournalOptions.defaults());
        JournalWriter decisions = JournalWriter.open(run.decisions(), JournalOptions.defaults())) {
      assertThat(inputs.lastSequence()).isZero();
      for (int i = 1; i <= count; i++) {
        alert
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .cause(i)
            .ordinal(0)
            .eventTime(TIME + i)
            .severity(Severity.WARN)
            .code(AlertCode.DATA_REJECTED)
            .instrumentId(0)
            .fault(DataFault.EXPIRED)
            .value(0);
        decisions.append(
            i,
            TIME + i,
            AlertEncoder.TEMPLATE_ID,
            buffer,
            0,
            MessageHeaderEncoder.ENCODED_LENGTH + alert.encodedLength());
      }
    }
  }

  private JsonNode state(final String name) throws IOException {
    return new ObjectMapper().readTree(run.state().resolve(name + ".json").toFile());
  }

  @Test
  void everyFileIsThereAtTheEndAndSaysHowFarItIsTrue() throws IOException {
    final StatePublisher publisher = publisher(new Halt());
    alerts(3);
    publisher.close();
    assertThat(publisher.failure()).isNull();
    for (final String name : StateManifest.cadences().keySet()) {
      assertThat(state(name).get("input_sequence").asLong()).as(name).isEqualTo(3);
    }
    assertThat(state("run").get("status").asText()).isEqualTo("done");
    assertThat(state("diagnostics").get("data_faults").get("expired").asLong()).isEqualTo(3);
    assertThat(Files.readAllLines(run.state().resolve("alerts.jsonl"))).hasSize(3);
  }

  @Test
  void haltAndItsReasonAreTold() throws IOException {
    final Halt halt = new Halt();
    final StatePublisher publisher = publisher(halt);
    alerts(1);
    halt.raise("decide", 1, new IllegalStateException("told by the test"));
    publisher.close();
    assertThat(state("run").get("status").asText()).isEqualTo("halted");
    assertThat(state("run").get("reason").asText()).contains("told by the test");
  }

  @Test
  void directoryThatTakesNoFileIsToldAndTheLogIsFollowedToItsEnd() throws IOException {
    Files.delete(run.state());
    Files.writeString(run.state(), "a file where the directory should be");
    final StatePublisher publisher = publisher(new Halt());
    alerts(5);
    publisher.close();
    assertThat(publisher.failure()).contains("state");
    assertThat(publisher.view().outputs()).isEqualTo(5);
  }

  @Test
  void codeAndManifestNameTheSameFilesWithTheirSchemas() throws IOException {
    final TreeSet<String> code = new TreeSet<>(StateFiles.CONTENT);
    code.addAll(List.of("run", "latency"));
    assertThat(new TreeSet<>(StateManifest.cadences().keySet())).isEqualTo(code);
    assertThat(StateManifest.cadences().values())
        .allMatch(nanos -> nanos >= 100_000_000L && nanos <= 60_000_000_000L);
    final TreeSet<String> named = new TreeSet<>();
    StateManifest.read().get("files").forEach(file -> named.add(file.get("schema").asText()));
    final Path config = Path.of(System.getProperty("millrace.root", "../..")).resolve("config");
    try (Stream<Path> schemas = Files.list(config.resolve("schemas/state"))) {
      assertThat(schemas.map(file -> config.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }
}
