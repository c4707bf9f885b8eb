package io.millrace.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.IntentDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.OrderEventDecoder;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.PositionEventDecoder;
import io.millrace.codecs.RiskDecisionDecoder;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.StrategyNoteDecoder;
import io.millrace.codecs.SuggestionDecoder;
import io.millrace.codecs.TradeIdeaDecoder;
import io.millrace.core.order.OrderId;
import io.millrace.core.slot.Outputs;
import io.millrace.journal.JournalEnd;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.message.MessageJson;
import io.millrace.runtime.publish.Symbols;
import io.millrace.runtime.run.Manifest;
import io.millrace.runtime.run.RunException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * The way of one decision, from the input that caused it through features, votes, composer rows,
 * idea and every check of the gate to orders, fills and positions; read from the two journals of
 * the run (and of the runs it goes on from).
 */
final class Trace implements AutoCloseable {
  private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

  private final List<RunDirectory> runs = new ArrayList<>();
  private final Symbols symbols;
  private final MessageJson json;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OrderRequestDecoder request = new OrderRequestDecoder();
  private final OrderEventDecoder orderEvent = new OrderEventDecoder();
  private final FillDecoder fill = new FillDecoder();
  private final RiskDecisionDecoder decision = new RiskDecisionDecoder();
  private final PositionEventDecoder position = new PositionEventDecoder();

  /** Name of an output: which run of the chain, which input, which of its outputs. */
  private record Name(int generation, long cause, int ordinal) {
    @Override
    public String toString() {
      return OrderId.text(OrderId.of(generation, cause, ordinal));
    }
  }

  /** A run and those it goes on from. */
  Trace(final RunDirectory run) {
    RunDirectory at = run;
    while (true) {
      runs.add(0, at);
      final Manifest.Previous previous = Manifest.read(at).previous();
      if (previous == null) {
        break;
      }
      at = RunDirectory.open(at.path().toAbsolutePath().resolveSibling(previous.runId()));
    }
    symbols = new Symbols(run);
    json = new MessageJson(symbols);
  }

  /** Does something with a record of the decision log. */
  private interface Visitor {
    void visit(int generation, JournalReader record, long cause, int ordinal);
  }

  private void visit(final int generation, final Visitor visitor) {
    try (JournalReader reader = JournalReader.open(runs.get(generation).decisions())) {
      while (reader.next()) {
        final int body = reader.offset() + HEADER;
        visitor.visit(
            generation,
            reader,
            reader.buffer().getLong(body + Outputs.CAUSE_OFFSET, ByteOrder.LITTLE_ENDIAN),
            reader.buffer().getInt(body + Outputs.ORDINAL_OFFSET, ByteOrder.LITTLE_ENDIAN));
      }
      if (reader.end() == JournalEnd.FAULT) {
        throw new DifferenceException(
            "the decisions journal of "
                + Summary.display(runs.get(generation).path())
                + " is damaged ("
                + reader.fault()
                + "); restore it from a copy");
      }
    }
  }

  /**
   * The trace of an order, idea, veto, fill or event.
   *
   * @param id {@code cause.ordinal}, or a client order id
   * @throws RunException if the run has no such thing
   */
  ObjectNode explain(final String id) {
    final Name asked = parse(id);
    final Name root = rootOf(asked);
    final ObjectNode trace = JsonNodeFactory.instance.objectNode();
    trace.put("run_id", runs.get(runs.size() - 1).id());
    trace.put("asked", asked.toString());
    trace.put("root", root.toString());
    trace.set("input", input(root));
    final ArrayNode engines = trace.putArray("features");
    final ArrayNode snapshots = trace.putArray("snapshot");
    final ArrayNode votes = trace.putArray("votes");
    final ArrayNode notes = trace.putArray("strategy_notes");
    final int instrument = underlyingOf(root);
    visit(
        root.generation,
        (generation, record, cause, ordinal) -> {
          if (cause != root.cause) {
            return;
          }
          switch (record.templateId()) {
            case EngineOutputDecoder.TEMPLATE_ID -> addIf(engines, record, instrument);
            case SnapshotDecoder.TEMPLATE_ID -> addIf(snapshots, record, instrument);
            case SuggestionDecoder.TEMPLATE_ID -> addIf(votes, record, instrument);
            case TradeIdeaDecoder.TEMPLATE_ID -> {
              if (ordinal == root.ordinal) {
                trace.set("idea", named(generation, record, cause, ordinal));
              }
            }
            case IntentDecoder.TEMPLATE_ID -> {
              if (ordinal == root.ordinal) {
                trace.set("intent", named(generation, record, cause, ordinal));
              }
            }
            case StrategyNoteDecoder.TEMPLATE_ID ->
                notes.add(named(generation, record, cause, ordinal));
            default -> {}
          }
        });
    consequences(root, trace);
    return trace;
  }

  private void consequences(final Name root, final ObjectNode trace) {
    final ArrayNode gate = trace.putArray("gate");
    final ArrayNode orders = trace.putArray("orders");
    final ArrayNode positions = trace.putArray("positions");
    final Set<Long> orderIds = new HashSet<>();
    final Set<String> filled = new HashSet<>();
    for (int g = root.generation; g < runs.size(); g++) {
      visit(
          g,
          (generation, record, cause, ordinal) -> {
            final DirectBuffer buffer = record.buffer();
            final int offset = record.offset();
            switch (record.templateId()) {
              case RiskDecisionDecoder.TEMPLATE_ID -> {
                decision.wrapAndApplyHeader(buffer, offset, header);
                final boolean itself =
                    generation == root.generation && cause == root.cause && ordinal == root.ordinal;
                if (itself
                    || (decision.subjectCause() == root.cause
                        && decision.subjectOrdinal() == root.ordinal)) {
                  final ObjectNode judgement = named(generation, record, cause, ordinal);
                  Counterfactual.add(judgement);
                  gate.add(judgement);
                }
              }
              case OrderRequestDecoder.TEMPLATE_ID -> {
                request.wrapAndApplyHeader(buffer, offset, header);
                if (request.ideaCause() == root.cause && request.ideaOrdinal() == root.ordinal) {
                  orderIds.add(request.orderId());
                  orders.add(named(generation, record, cause, ordinal));
                }
              }
              case OrderEventDecoder.TEMPLATE_ID -> {
                orderEvent.wrapAndApplyHeader(buffer, offset, header);
                if (orderIds.contains(orderEvent.orderId())) {
                  orders.add(named(generation, record, cause, ordinal));
                }
              }
              case FillDecoder.TEMPLATE_ID -> {
                fill.wrapAndApplyHeader(buffer, offset, header);
                if (orderIds.contains(fill.orderId())) {
                  orders.add(named(generation, record, cause, ordinal));
                  filled.add(generation + ":" + cause + ":" + fill.instrumentId());
                }
              }
              case PositionEventDecoder.TEMPLATE_ID -> {
                position.wrapAndApplyHeader(buffer, offset, header);
                if (filled.contains(generation + ":" + cause + ":" + position.instrumentId())) {
                  positions.add(named(generation, record, cause, ordinal));
                }
              }
              default -> {}
            }
          });
    }
  }

  /** From whatever was asked for to the idea (or lone judgement) that it goes back to. */
  private Name rootOf(final Name asked) {
    final Name[] root = new Name[1];
    final boolean[] found = new boolean[1];
    visit(
        asked.generation,
        (generation, record, cause, ordinal) -> {
          if (cause != asked.cause || ordinal != asked.ordinal) {
            return;
          }
          found[0] = true;
          switch (record.templateId()) {
            case TradeIdeaDecoder.TEMPLATE_ID, IntentDecoder.TEMPLATE_ID -> root[0] = asked;
            case RiskDecisionDecoder.TEMPLATE_ID -> {
              decision.wrapAndApplyHeader(record.buffer(), record.offset(), header);
              root[0] =
                  decision.subjectCause() == 0
                      ? asked
                      : new Name(generation, decision.subjectCause(), decision.subjectOrdinal());
            }
            case OrderRequestDecoder.TEMPLATE_ID -> {
              request.wrapAndApplyHeader(record.buffer(), record.offset(), header);
              root[0] = new Name(generation, request.ideaCause(), request.ideaOrdinal());
            }
            case FillDecoder.TEMPLATE_ID -> {
              fill.wrapAndApplyHeader(record.buffer(), record.offset(), header);
              root[0] = new Name(generation, fill.ideaCause(), fill.ideaOrdinal());
            }
            case OrderEventDecoder.TEMPLATE_ID -> {
              orderEvent.wrapAndApplyHeader(record.buffer(), record.offset(), header);
              root[0] = orderOf(orderEvent.orderId());
            }
            default -> {}
          }
        });
    if (!found[0]) {
      throw new RunException(
          "run "
              + runs.get(runs.size() - 1).id()
              + " has no output "
              + asked
              + "; `millrace explain "
              + Summary.display(runs.get(runs.size() - 1).path())
              + "` lists what there is");
    }
    if (root[0] == null) {
      throw new RunException(
          "output "
              + asked
              + " is no order, idea, judgement or fill; `millrace explain "
              + Summary.display(runs.get(runs.size() - 1).path())
              + "` lists what there is");
    }
    return home(root[0]);
  }

  /** An order that outlived a crash names an idea of an earlier run: look for it there. */
  private Name home(final Name name) {
    for (int g = name.generation; g >= 0; g--) {
      final boolean[] there = new boolean[1];
      visit(
          g,
          (generation, record, cause, ordinal) ->
              there[0] |=
                  cause == name.cause
                      && ordinal == name.ordinal
                      && (record.templateId() == TradeIdeaDecoder.TEMPLATE_ID
                          || record.templateId() == IntentDecoder.TEMPLATE_ID
                          || record.templateId() == RiskDecisionDecoder.TEMPLATE_ID));
      if (there[0]) {
        return new Name(g, name.cause, name.ordinal);
      }
    }
    return name;
  }

  private Name orderOf(final long orderId) {
    final Name order =
        new Name(OrderId.generation(orderId), OrderId.cause(orderId), OrderId.ordinal(orderId));
    return orderId == 0 ? null : rootOf(order);
  }

  private int underlyingOf(final Name root) {
    final int[] id = new int[1];
    visit(
        root.generation,
        (generation, record, cause, ordinal) -> {
          if (cause == root.cause
              && ordinal == root.ordinal
              && record.templateId() == TradeIdeaDecoder.TEMPLATE_ID) {
            id[0] =
                new TradeIdeaDecoder()
                    .wrapAndApplyHeader(record.buffer(), record.offset(), header)
                    .instrumentId();
          }
        });
    return id[0];
  }

  private ObjectNode input(final Name root) {
    try (JournalReader reader = JournalReader.open(runs.get(root.generation).input())) {
      while (reader.next()) {
        if (reader.sequence() == root.cause) {
          final ObjectNode node = JsonNodeFactory.instance.objectNode();
          node.put("sequence", root.cause);
          node.setAll(json.decode(reader.buffer(), reader.offset()));
          return node;
        }
      }
    }
    throw new RunException(
        "input " + root.cause + " is not in the journal; run `millrace journal verify`");
  }

  private void addIf(final ArrayNode list, final JournalReader record, final int instrument) {
    final ObjectNode node = json.decode(record.buffer(), record.offset());
    if (instrument == 0 || node.get("instrument_id").asInt() == instrument) {
      list.add(node);
    }
  }

  private ObjectNode named(
      final int generation, final JournalReader record, final long cause, final int ordinal) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", new Name(generation, cause, ordinal).toString());
    node.setAll(json.decode(record.buffer(), record.offset()));
    return node;
  }

  private Name parse(final String id) {
    String text = id;
    for (final RunDirectory run : runs) {
      if (text.startsWith(run.id() + "-")) {
        text = text.substring(run.id().length() + 1);
      }
    }
    try {
      final int colon = text.indexOf(':');
      final int generation =
          colon < 0 ? runs.size() - 1 : Integer.parseInt(text.substring(0, colon));
      final int dot = text.indexOf('.', colon + 1);
      if (dot > 0 && generation >= 0 && generation < runs.size()) {
        final Name name =
            new Name(
                generation,
                Long.parseLong(text.substring(colon + 1, dot)),
                Integer.parseInt(text.substring(dot + 1)));
        OrderId.of(name.generation, name.cause, name.ordinal); // refuses what is out of range
        return name;
      }
    } catch (final IllegalArgumentException e) {
      // told below
    }
    throw new RunException(
        "'"
            + Terminal.plain(id)
            + "' is no id such as 1234.5; `millrace explain "
            + Summary.display(runs.get(runs.size() - 1).path())
            + "` lists what there is");
  }

  /** The ideas, vetoes and orders of the run, last ones first. */
  ObjectNode list(final int most) {
    final List<ObjectNode> ideas = new ArrayList<>();
    final List<ObjectNode> vetoes = new ArrayList<>();
    final List<ObjectNode> intents = new ArrayList<>();
    final List<ObjectNode> orders = new ArrayList<>();
    visit(
        runs.size() - 1,
        (generation, record, cause, ordinal) -> {
          switch (record.templateId()) {
            case TradeIdeaDecoder.TEMPLATE_ID ->
                keep(ideas, named(generation, record, cause, ordinal), "status", "proposed");
            case IntentDecoder.TEMPLATE_ID ->
                intents.add(named(generation, record, cause, ordinal));
            case RiskDecisionDecoder.TEMPLATE_ID ->
                keep(vetoes, named(generation, record, cause, ordinal), "verdict", "deny");
            case OrderRequestDecoder.TEMPLATE_ID ->
                keep(orders, named(generation, record, cause, ordinal), "action", "new");
            default -> {}
          }
        });
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putObject("counts")
        .put("orders", orders.size())
        .put("vetoes", vetoes.size())
        .put("ideas", ideas.size())
        .put("intents", intents.size());
    tail(node.putArray("orders"), orders, most);
    tail(node.putArray("vetoes"), vetoes, most);
    tail(node.putArray("ideas"), ideas, most);
    tail(node.putArray("intents"), intents, most);
    return node;
  }

  private static void keep(
      final List<ObjectNode> list, final ObjectNode node, final String field, final String value) {
    if (node.get(field).asText().equals(value)) {
      list.add(node);
    }
  }

  private static void tail(final ArrayNode to, final List<ObjectNode> list, final int most) {
    for (int i = list.size() - 1; i >= Math.max(0, list.size() - most); i--) {
      to.add(list.get(i));
    }
  }

  @Override
  public void close() {
    symbols.close();
  }
}
