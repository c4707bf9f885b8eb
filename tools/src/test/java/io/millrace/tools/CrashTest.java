package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.journal.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine is killed with SIGKILL while it trades. Each next start verifies what is there, comes
 * to the same state by replay and goes on, as if nothing had happened.
 */
class CrashTest {
  /** From the first to the last event of the sample day. */
  private static final double DAY_SECONDS = 12_840;

  /** So many that one is nearly always being written. */
  private static final int EVERY_INPUTS = 3_000;

  private final Map<Path, List<JsonNode>> printed = new HashMap<>();

  @TempDir private Path temp;

  @Test
  void twoKillsChangeNothing() throws Exception {
    assertKillsChangeNothing(2, 6_000);
  }

  @Test
  @Tag("slow")
  void twentyKillsChangeNothing() throws Exception {
    // Each start takes some three seconds to verify and replay, and one second of the day's pace
    // must be worth more than a twentieth of it.
    assertKillsChangeNothing(20, 600);
  }

  /** Behind a checkpoint, with the next ones sound, half-written, damaged, or all gone. */
  @Test
  void aKilledRunIsGoneOnFromItsNewestSoundCheckpoint() throws Exception {
    final long seed = System.nanoTime();
    System.out.println("CrashTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final Path killed = killedBehindTwoCheckpoints(temp.resolve("killed"));
    final CheckpointStore store = new CheckpointStore(killed.resolve("checkpoints"));
    final long newest = store.sequences().get(0);
    final long older = store.sequences().get(1);

    assertGoesOn(killed, "sound", "checkpoint behind input " + grouped(newest), 0);

    // What a kill in the middle of the next one leaves.
    final byte[] whole = Files.readAllBytes(store.file(newest));
    Files.write(
        Path.of(store.file(newest + 1) + ".tmp"),
        Arrays.copyOf(whole, random.nextInt(whole.length)));
    assertGoesOn(killed, "half", "checkpoint behind input " + grouped(newest), 0);

    final byte[] flipped = whole.clone();
    flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    Files.write(store.file(newest), flipped);
    assertGoesOn(killed, "flipped", "checkpoint behind input " + grouped(older), 1);

    Files.write(store.file(newest), new byte[0]);
    final byte[] olderWhole = Files.readAllBytes(store.file(older));
    Files.write(store.file(older), Arrays.copyOf(olderWhole, random.nextInt(olderWhole.length)));
    assertGoesOn(killed, "none", "no checkpoint", 2);
  }

  private Path killedBehindTwoCheckpoints(final Path runs) throws Exception {
    final Launch.Child child = start(runs, 2_000);
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (checkpoints(runs) < 2 && System.nanoTime() < deadline && child.process().isAlive()) {
      Thread.sleep(5);
    }
    final Launch.Ended ended = child.kill();
    assertThat(checkpoints(runs)).as("%s", ended).isEqualTo(2);
    return runs(runs).get(0);
  }

  private static int checkpoints(final Path runs) throws IOException {
    final List<Path> all = runs(runs);
    return all.isEmpty()
        ? 0
        : new CheckpointStore(all.get(0).resolve("checkpoints")).sequences().size();
  }

  /** A copy of the killed run is gone on from to the end of the day, which is as ever. */
  private void assertGoesOn(
      final Path killed, final String name, final String told, final int refused)
      throws IOException {
    final Path runs = temp.resolve(name);
    Files.createDirectories(runs);
    Recorded.copy(killed, runs.resolve(killed.getFileName()));
    final Launch.Ended ended = start(runs, 0).await();
    assertThat(ended.code()).as("%s: %s", name, ended).isZero();
    assertThat(ended.err()).as(name).contains(told);
    assertThat(ended.problems()).as(name).hasSize(1 + refused);
    assertThat(ended.problems().subList(0, refused))
        .as(name)
        .allMatch(line -> line.contains(".ckpt") && line.contains("what is older is used"));
    final Path last = Path.of(Recorded.json(ended.out()).get("run_dir").asText());
    assertThat(state(runs.resolve(killed.getFileName()), "run").get("status").asText())
        .as("%s: what is shown of the run that was killed", name)
        .isEqualTo("killed");
    assertSameEnd(chain(last));
    final Launch.Ended verified = Launch.millrace("replay", last, "--verify");
    assertThat(verified.code()).as("%s: %s", name, verified).isZero();
  }

  private static JsonNode state(final Path run, final String file) throws IOException {
    return Recorded.json(Files.readString(run.resolve("state/" + file + ".json")));
  }

  private static String grouped(final long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static Launch.Child start(final Path runs, final double speed) {
    return new Launch()
        .start(
            "run",
            "--mode",
            "paper",
            "--speed",
            speed,
            "--runs",
            runs,
            "--json",
            "--set",
            "checkpoints.every_inputs=" + EVERY_INPUTS);
  }

  private void assertKillsChangeNothing(final int kills, final double speed) throws Exception {
    final long seed = System.nanoTime();
    System.out.println("CrashTest seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final Path runs = temp.resolve("runs");
    int restored = 0;
    final double paceMillis = DAY_SECONDS / speed * 1000 / (kills + 1);
    for (int i = 0; i < kills; i++) {
      final int before = runs(runs).size();
      final Launch.Child child = start(runs, speed);
      // At first anywhere, the verification and the first input included; then while it trades.
      if (i % 4 != 3) {
        awaitInputs(child, runs, before);
      }
      final long wait = random.nextLong((long) paceMillis + 1);
      child.process().waitFor(wait, TimeUnit.MILLISECONDS);
      assertThat(child.process().isAlive()).as("kill %d of seed %d", i, seed).isTrue();
      final Launch.Ended ended = child.kill();
      assertThat(ended.problems())
          .as("kill %d: %s", i, ended)
          .allMatch(line -> line.startsWith("millrace: going on from run "));
      restored += ended.err().contains("checkpoint behind input") ? 1 : 0;
      if (i == 0) {
        assertToldAsKilled(runs);
      }
    }
    final Launch.Ended ended = start(runs, 0).await();
    restored += ended.err().contains("checkpoint behind input") ? 1 : 0;
    System.out.println(restored + " of " + kills + " kills were behind a checkpoint");
    assertThat(ended.code()).as("seed %d: %s", seed, ended).isZero();
    final JsonNode last = Recorded.json(ended.out());
    final List<Path> chain = chain(Path.of(last.get("run_dir").asText()));
    assertThat(chain)
        .as("runs that went on from one another, seed %d", seed)
        .hasSizeGreaterThan(kills / 2);
    if (kills > 2) {
      assertThat(restored).as("restored from checkpoints, seed %d", seed).isPositive();
    }
    assertNoOrderIdTwice(chain);
    for (final Path run : chain) {
      final Launch.Ended verified = Launch.millrace("replay", run, "--verify", "--json");
      assertThat(verified.code()).as("%s: %s", run, verified).isZero();
    }
    assertSameEnd(chain);
    assertExplained(chain);
  }

  /** Its last state file says that it runs; the lock that it held says otherwise. */
  private static void assertToldAsKilled(final Path runs) {
    final Launch.Ended shown = Launch.millrace("tail", "--once", "--runs", runs);
    assertThat(shown.code()).as("%s", shown).isZero();
    assertThat(shown.out()).contains(", killed\n").contains("ended without an end");
    final Launch.Ended json = Launch.millrace("tail", "--once", "--json", "--runs", runs, "run");
    assertThat(json.err()).contains("is not running: its process ended without an end");
    assertThat(Recorded.jsonLines(json.out()))
        .last()
        .satisfies(line -> assertThat(line.get("killed").asBoolean()).isTrue());
  }

  private static void awaitInputs(final Launch.Child child, final Path runs, final int before)
      throws Exception {
    final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && child.process().isAlive()) {
      final List<Path> all = runs(runs);
      if (all.size() > before && Files.exists(all.get(all.size() - 1).resolve("state/run.json"))) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no state file: " + child.kill());
  }

  private static List<Path> runs(final Path runs) throws IOException {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(runs)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Every run of the day in order, as the manifests link them. */
  private static List<Path> chain(final Path last) throws IOException {
    final List<Path> chain = new ArrayList<>();
    for (Path run = last; run != null; ) {
      chain.add(0, run);
      final JsonNode previous =
          Recorded.json(Files.readString(run.resolve("manifest.json"))).get("previous");
      run = previous.isNull() ? null : run.resolveSibling(previous.get("run_id").asText());
    }
    return chain;
  }

  private List<JsonNode> decisions(final Path run, final String templates) {
    final List<String> types = List.of(templates.split(",", -1));
    return printed.computeIfAbsent(run, CrashTest::print).stream()
        .filter(message -> types.contains(message.get("type").asText()))
        .toList();
  }

  private static List<JsonNode> print(final Path run) {
    final Launch.Ended ended =
        Launch.millrace(
            "journal", "cat", run, "--template", "order_request,order_event,fill,position_event");
    assertThat(ended.code()).as("%s", ended).isZero();
    return Recorded.jsonLines(ended.out());
  }

  private void assertNoOrderIdTwice(final List<Path> chain) {
    final Set<String> seen = new HashSet<>();
    final Set<String> withinTheChain = new HashSet<>();
    int orders = 0;
    for (final Path run : chain) {
      for (final JsonNode request : decisions(run, "order_request")) {
        if (request.get("action").asText().equals("new")) {
          orders++;
          final String id = request.get("order_id").asText();
          assertThat(seen.add(run.getFileName() + "-" + id)).as("%s twice", id).isTrue();
          // Stronger than needed: the part after the run id does not come back either.
          assertThat(withinTheChain.add(id)).as("%s in two runs", id).isTrue();
        }
      }
    }
    assertThat(orders).isPositive();
  }

  /** Money, positions, fills and fees are those of the day that nobody interrupted. */
  private void assertSameEnd(final List<Path> chain) throws IOException {
    final Path last = chain.get(chain.size() - 1);
    final Path whole = Recorded.run();
    assertThat(nav(last)).isEqualTo(nav(whole));
    assertOrdersShownAsSent(chain);
    assertSamePositionsShown(last, whole);
    assertThat(positions(List.of(whole))).isNotEmpty().isEqualTo(positions(chain));
    final List<String> fills = new ArrayList<>();
    for (final Path run : chain) {
      fills.addAll(fills(run));
    }
    assertThat(fills).isNotEmpty().isEqualTo(fills(whole));
  }

  /** Each order goes by the run that sent it, also in the state of one that goes on from it. */
  private void assertOrdersShownAsSent(final List<Path> chain) throws IOException {
    final Set<String> sent = new HashSet<>();
    for (final Path run : chain) {
      for (final JsonNode request : decisions(run, "order_request")) {
        sent.add(run.getFileName() + "-" + request.get("order_id").asText());
      }
    }
    for (final Path run : chain) {
      if (Files.exists(run.resolve("state/orders.json"))) {
        for (final String list : List.of("working", "last")) {
          for (final JsonNode order : state(run, "orders").get(list)) {
            assertThat(sent)
                .as("%s of %s", list, run)
                .contains(order.get("client_order_id").asText());
          }
        }
      }
    }
  }

  /** What is held is all there, whichever run of the chain came by it; as a replay shows it too. */
  private static void assertSamePositionsShown(final Path last, final Path whole)
      throws IOException {
    assertThat(positionsShown(last)).isNotEmpty().isEqualTo(positionsShown(whole));
    final long inputs =
        Recorded.json(Files.readString(last.resolve("manifest.json"))).at("/end/inputs").asLong();
    final Launch.Ended replayed = Launch.millrace("replay", last, "--until", inputs);
    assertThat(replayed.code()).as("%s", replayed).isZero();
    assertThat(Recorded.json(replayed.out()).get("positions_state"))
        .isEqualTo(state(last, "positions_state"));
    assertThat(Recorded.json(replayed.out()).get("orders")).isEqualTo(state(last, "orders"));
  }

  private static Map<String, String> positionsShown(final Path run) throws IOException {
    final Map<String, String> shown = new TreeMap<>();
    for (final JsonNode row : state(run, "positions_state").get("positions")) {
      final StringBuilder text = new StringBuilder();
      for (final String field :
          List.of("quantity", "average_price", "realised", "fees", "mark", "unrealised")) {
        text.append(field).append(' ').append(row.path(field).asText()).append(' ');
      }
      shown.put(row.get("symbol").asText(), text.toString());
    }
    return shown;
  }

  private static Map<String, String> nav(final Path run) throws IOException {
    final JsonNode state = state(run, "nav_state");
    final Map<String, String> nav = new HashMap<>();
    for (final String field : List.of("nav", "cash", "realised", "unrealised", "fees", "peak")) {
      nav.put(field, state.get(field).asText());
    }
    return nav;
  }

  private Map<String, String> positions(final List<Path> chain) {
    final Map<String, String> positions = new HashMap<>();
    for (final Path run : chain) {
      for (final JsonNode event : decisions(run, "position_event")) {
        positions.put(event.get("symbol").asText(), event.get("quantity").asText());
      }
    }
    return positions;
  }

  private List<String> fills(final Path run) {
    return decisions(run, "fill").stream()
        .map(
            fill ->
                fill.get("event_time").asText()
                    + " "
                    + fill.get("symbol").asText()
                    + " "
                    + fill.get("price").asText()
                    + " "
                    + fill.get("quantity").asText()
                    + " "
                    + fill.get("fee").asText())
        .toList();
  }

  /** An order that was sent before a crash and changed after it can be explained in both runs. */
  private void assertExplained(final List<Path> chain) {
    final Map<String, Path> sentIn = new HashMap<>();
    for (final Path run : chain) {
      for (final JsonNode event : decisions(run, "order_request,order_event")) {
        final String id = event.get("order_id").asText();
        final Path sent = sentIn.putIfAbsent(id, run);
        if (sent != null && !sent.equals(run)) {
          for (final Path side : List.of(sent, run)) {
            final Launch.Ended ended = Launch.millrace("explain", side, id);
            assertThat(ended.code()).as("%s in %s: %s", id, side, ended).isZero();
            assertThat(ended.out()).contains(id).contains("risk_decision");
          }
          System.out.println("explained order " + id + " across a crash");
          return;
        }
      }
    }
    System.out.println("no order was working when the process was killed");
  }
}
