package io.millrace.runtime.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.CommandEncoder;
import io.millrace.codecs.CommandType;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.FillEncoder;
import io.millrace.codecs.InstrumentDefinitionEncoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.QuoteEncoder;
import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.OrderId;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class MessageJsonTest {
  private static final int OFFSET = 5;
  private static final int SCHEMA = 77;

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final MessageJson json = new MessageJson(id -> id == 1 ? "GOOG" : null);

  private ObjectNode decode() {
    return json.decode(buffer, OFFSET);
  }

  @Test
  void everyTemplateOfTheSchemaDecodes() {
    assertThat(json.names()).hasSizeGreaterThanOrEqualTo(32).doesNotHaveDuplicates();
    for (final String name : json.names()) {
      final int template = json.templateId(name);
      assertThat(json.name(template)).isEqualTo(name);
      // Zeros are a message of every template: its groups are empty.
      buffer.setMemory(0, 1024, (byte) 0);
      header.wrap(buffer, OFFSET).templateId(template).schemaId(SCHEMA).version(1).blockLength(200);
      final ObjectNode node = decode();
      assertThat(node.get("type").textValue()).isEqualTo(name);
      assertThat(node.has("event_time")).as(name).isTrue();
      assertThat(node.has("cause")).as(name).isEqualTo(template > 100);
    }
    assertThat(json.names()).contains("session_header", "option_quote", "risk_decision", "fill");
  }

  @Test
  void pricesAreExactAndNullPricesAreLeftOut() {
    new QuoteEncoder()
        .wrapAndApplyHeader(buffer, OFFSET, header)
        .eventTime(1_450_967_400_123_456_789L)
        .instrumentId(1)
        .bid(Fixed.parse("90071992547.40993"))
        .bidSize(Fixed.parse("100"))
        .ask(Fixed.NONE)
        .askSize(0);
    assertThat(decode().toString())
        .contains("\"bid\":90071992547.40993,")
        .contains("\"bid_size\":100,")
        .contains("\"event_time\":1450967400.123456789,")
        .contains("\"symbol\":\"GOOG\"")
        .doesNotContain("\"ask\":");
  }

  @Test
  void anInstrumentWithoutANameIsItsNumber() {
    new QuoteEncoder().wrapAndApplyHeader(buffer, OFFSET, header).eventTime(1).instrumentId(9);
    final ObjectNode node = decode();
    assertThat(node.get("instrument_id").intValue()).isEqualTo(9);
    assertThat(node.has("symbol")).isFalse();
  }

  @Test
  void enumsAreLowerCaseAndOrdersAreNamed() {
    new FillEncoder()
        .wrapAndApplyHeader(buffer, OFFSET, header)
        .cause(7)
        .orderId(OrderId.of(1, 44, 2))
        .side(Side.SELL)
        .fee(-5);
    final ObjectNode fill = decode();
    assertThat(fill.get("order_id").textValue()).isEqualTo("1:44.2");
    assertThat(fill.get("side").textValue()).isEqualTo("sell");
    assertThat(fill.get("cause").longValue()).isEqualTo(7);
    assertThat(fill.get("fee").decimalValue().toPlainString()).isEqualTo("-0.00000005");
  }

  @Test
  void namesEndWhereTheirPaddingBegins() {
    new InstrumentDefinitionEncoder()
        .wrapAndApplyHeader(buffer, OFFSET, header)
        .symbol("GOOG  160617P00750000")
        .currency("USD");
    final ObjectNode definition = decode();
    assertThat(definition.get("symbol").textValue()).isEqualTo("GOOG  160617P00750000");
    assertThat(definition.get("currency").textValue()).isEqualTo("USD");
  }

  @Test
  void groupsAreListsSetsAreWhatIsSetAndTextsAreUtf8() {
    final EngineOutputEncoder engine = new EngineOutputEncoder();
    engine.wrapAndApplyHeader(buffer, OFFSET, header).confidence(0.5);
    engine.quality().clear().missingGreeks(true).noNews(true);
    final EngineOutputEncoder.FeaturesEncoder rows = engine.featuresCount(2);
    rows.next().feature(Feature.SPOT).value(750.25);
    rows.next().feature(Feature.OFI).value(-1);
    final ObjectNode output = decode();
    assertThat(output.get("quality").toString()).isEqualTo("[\"missing_greeks\",\"no_news\"]");
    assertThat(output.get("features").toString())
        .isEqualTo(
            "[{\"feature\":\"spot\",\"value\":750.25},{\"feature\":\"ofi\",\"value\":-1.0}]");

    final CommandEncoder command = new CommandEncoder();
    command.wrapAndApplyHeader(buffer, OFFSET, header).command(CommandType.HALT).text("Schluß");
    assertThat(decode().get("text").textValue()).isEqualTo("Schluß");
  }

  @Test
  void anUnknownTemplateIsNamedByItsNumber() {
    header.wrap(buffer, OFFSET).templateId(55).schemaId(SCHEMA).version(1).blockLength(0);
    assertThat(decode().toString()).isEqualTo("{\"type\":\"template_55\"}");
    assertThat(json.templateId("no_such_thing")).isEqualTo(-1);
  }
}
