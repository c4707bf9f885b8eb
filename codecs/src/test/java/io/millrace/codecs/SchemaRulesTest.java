package io.millrace.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

/** The grammar at the top of the schema, held. */
class SchemaRulesTest {
  private static final int LAST_INPUT = 99;
  private static final int FIRST_OUTPUT = 101;
  private static final int LAST_OUTPUT = 199;
  private static final int FIRST_CHECKPOINT = 201;
  private static final int LAST_CHECKPOINT = 299;
  private static final Ir SCHEMA = Schemas.parse(Schemas.text(Schemas.CURRENT));

  /** Name and offset of the fixed fields of the root block, in order. */
  private static List<String> head(final List<Token> message, final int count) {
    final List<String> fields = new ArrayList<>();
    for (int i = 0; i < message.size() && fields.size() < count; i++) {
      final Token token = message.get(i);
      if (token.signal() == Signal.BEGIN_FIELD) {
        final PrimitiveType type = message.get(i + 1).encoding().primitiveType();
        fields.add(token.name() + "@" + token.offset() + " " + type);
      }
    }
    return fields;
  }

  private static List<String> breaches(final Ir ir) {
    final List<String> found = new ArrayList<>();
    for (final List<Token> message : ir.messages()) {
      final Token first = message.get(0);
      final int id = first.id();
      if (id >= 1 && id <= LAST_INPUT) {
        if (!head(message, 1).equals(List.of("eventTime@0 INT64"))) {
          found.add("input " + first.name() + " does not start with eventTime");
        }
      } else if (id >= FIRST_OUTPUT && id <= LAST_OUTPUT) {
        if (!head(message, 3)
            .equals(List.of("cause@0 INT64", "ordinal@8 INT32", "eventTime@12 INT64"))) {
          found.add("output " + first.name() + " does not start with cause, ordinal, eventTime");
        }
      } else if (id >= FIRST_CHECKPOINT && id <= LAST_CHECKPOINT) {
        if (!head(message, 1).equals(List.of("sequence@0 INT64"))) {
          found.add("checkpoint " + first.name() + " does not start with sequence");
        }
      } else {
        found.add("id " + id + " of " + first.name() + " is no input's, output's or checkpoint's");
      }
      described(message, found);
      numbered(message, found);
    }
    return found;
  }

  private static void described(final List<Token> message, final List<String> found) {
    for (final Token token : message) {
      final boolean speaks =
          switch (token.signal()) {
            case BEGIN_MESSAGE, BEGIN_FIELD, BEGIN_GROUP, BEGIN_VAR_DATA, VALID_VALUE, CHOICE ->
                true;
            default -> false;
          };
      if (speaks && (token.description() == null || token.description().isBlank())) {
        found.add(message.get(0).name() + "." + token.name() + " has no description");
      }
    }
  }

  private static void numbered(final List<Token> message, final List<String> found) {
    final Set<Integer> ids = new HashSet<>();
    for (final Token token : message) {
      final boolean numbered =
          switch (token.signal()) {
            case BEGIN_FIELD, BEGIN_GROUP, BEGIN_VAR_DATA -> true;
            default -> false;
          };
      if (numbered && !ids.add(token.id())) {
        found.add(message.get(0).name() + "." + token.name() + " reuses id " + token.id());
      }
    }
  }

  @Test
  void theSchemaKeepsItsGrammar() {
    assertThat(SCHEMA.messages()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(breaches(SCHEMA)).isEmpty();
  }

  @Test
  void aSchemaThatBreaksTheGrammarIsFound() {
    final String text = Schemas.text(Schemas.CURRENT);
    assertThat(
            breaches(
                Schemas.parse(
                    text.replace("name=\"TimerTick\" id=\"17\"", "name=\"TimerTick\" id=\"100\""))))
        .containsExactly("id 100 of TimerTick is no input's, output's or checkpoint's");
    assertThat(
            breaches(
                Schemas.parse(
                    text.replace("type=\"Money\" description=\"account cash\"", "type=\"Money\""))))
        .containsExactly("AccountUpdate.cash has no description");
    assertThat(
            breaches(
                Schemas.parse(
                    text.replace("name=\"MarkPrice\" id=\"11\"", "name=\"MarkPrice\" id=\"150\""))))
        .containsExactly("output MarkPrice does not start with cause, ordinal, eventTime");
  }

  @Test
  void pricesSizesAndMoneyAreFixedPointNeverDoubles() {
    final Set<String> money = Set.of("price", "qty", "money", "fixed");
    int seen = 0;
    for (final List<Token> message : SCHEMA.messages()) {
      for (final Token token : message) {
        if (token.signal() == Signal.ENCODING
            && token.encoding().semanticType() != null
            && money.contains(token.encoding().semanticType())) {
          seen++;
          assertThat(token.encoding().primitiveType())
              .as(message.get(0).name() + "." + token.name())
              .isEqualTo(PrimitiveType.INT64);
        }
      }
    }
    assertThat(seen).isGreaterThan(50);
  }

  @Test
  void thePageListsEveryMessage() throws java.io.IOException {
    final String page =
        java.nio.file.Files.readString(
            java.nio.file.Path.of(System.getProperty("millrace.root"), "codecs", "README.md"));
    for (final List<Token> message : SCHEMA.messages()) {
      final Token head = message.get(0);
      assertThat(page)
          .as("codecs/README.md lists its messages: add " + head.name())
          .contains("| " + head.id() + " | `" + head.name() + "` |");
    }
  }
}
