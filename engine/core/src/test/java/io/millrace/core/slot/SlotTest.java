package io.millrace.core.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.CommandDecoder;
import io.millrace.codecs.CommandEncoder;
import io.millrace.codecs.CommandType;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.TimerTickDecoder;
import io.millrace.codecs.TimerTickEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTest {
  private static final int OFFSET = 24;
  private static final int TICK_LENGTH =
      MessageHeaderEncoder.ENCODED_LENGTH + TimerTickEncoder.BLOCK_LENGTH;

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final Slot slot = new Slot();

  private void tick(final long time) {
    new TimerTickEncoder()
        .wrapAndApplyHeader(buffer, OFFSET, new MessageHeaderEncoder())
        .eventTime(time);
  }

  @Test
  void aSlotKnowsItsInputAndStartsWithoutOutputs() {
    tick(555);
    slot.wrap(7, 600, buffer, OFFSET, TICK_LENGTH);
    assertThat(slot.sequence()).isEqualTo(7);
    assertThat(slot.ingressNanos()).isEqualTo(600);
    assertThat(slot.eventTime()).isEqualTo(555);
    assertThat(slot.templateId()).isEqualTo(TimerTickDecoder.TEMPLATE_ID);
    assertThat(slot.inputLength()).isEqualTo(TICK_LENGTH);
    assertThat(slot.outputs().count()).isZero();
    assertThat(slot.outputs().cause()).isEqualTo(7);
    assertThat(slot.outputs().eventTime()).isEqualTo(555);
  }

  @Test
  void aWrappedInputIsSeenAsItLies() {
    tick(555);
    slot.wrap(1, 0, buffer, OFFSET, TICK_LENGTH);
    tick(556);
    assertThat(Slot.eventTime(slot.input(), 0)).isEqualTo(556);
  }

  @Test
  void aCopiedInputStaysWhenItsBufferIsUsedAgain() {
    tick(555);
    slot.copy(1, 0, buffer, OFFSET, TICK_LENGTH);
    tick(556);
    assertThat(Slot.eventTime(slot.input(), 0)).isEqualTo(555);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 200, 236, 237, 238, 500, 4096})
  void aLongInputIsCopiedWhole(final int characters) {
    final String text = "x".repeat(characters);
    final CommandEncoder command = new CommandEncoder();
    command
        .wrapAndApplyHeader(buffer, OFFSET, new MessageHeaderEncoder())
        .eventTime(5)
        .command(CommandType.HALT)
        .text(text);
    slot.copy(1, 0, buffer, OFFSET, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength());
    final CommandDecoder decoder = new CommandDecoder();
    decoder.wrapAndApplyHeader(slot.input(), 0, slot.header());
    assertThat(decoder.text()).isEqualTo(text);
  }

  @Test
  void bytesTooShortForAMessageAreRefused() {
    assertThatThrownBy(() -> slot.wrap(3, 0, buffer, 0, 15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input 3 has 15 bytes");
    assertThatThrownBy(() -> slot.copy(3, 0, buffer, 0, 0)).hasMessageContaining("0 bytes");
  }

  @Test
  void theNextInputForgetsTheOutputsOfTheLast() {
    tick(1);
    slot.wrap(1, 0, buffer, OFFSET, TICK_LENGTH);
    final io.millrace.codecs.AlertEncoder alert = new io.millrace.codecs.AlertEncoder();
    slot.outputs().begin(alert);
    slot.outputs().end(alert);
    slot.wrap(2, 0, buffer, OFFSET, TICK_LENGTH);
    assertThat(slot.outputs().count()).isZero();
    assertThat(slot.outputs().length()).isZero();
  }
}
