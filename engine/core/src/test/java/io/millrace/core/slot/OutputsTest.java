package io.millrace.core.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.AlertCode;
import io.millrace.codecs.AlertDecoder;
import io.millrace.codecs.AlertEncoder;
import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.ExitSignalDecoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.QualityEncoder;
import io.millrace.codecs.Severity;
import org.junit.jupiter.api.Test;

class OutputsTest {
  private final Outputs outputs = new Outputs();
  private final AlertEncoder alert = new AlertEncoder();
  private final AlertDecoder read = new AlertDecoder();

  private int alert(final AlertCode code, final int instrumentId) {
    outputs.begin(alert).severity(Severity.INFO).code(code).instrumentId(instrumentId);
    return outputs.end(alert);
  }

  @Test
  void everyOutputStartsWithCauseOrdinalAndTime() {
    outputs.reset(77, 123_456);
    assertThat(alert(AlertCode.HALTED, 5)).isZero();
    assertThat(alert(AlertCode.RESUMED, 6)).isEqualTo(1);
    for (int i = 0; i < 2; i++) {
      outputs.read(i, read);
      assertThat(read.cause()).isEqualTo(77);
      assertThat(read.ordinal()).isEqualTo(i);
      assertThat(read.eventTime()).isEqualTo(123_456);
      assertThat(read.instrumentId()).isEqualTo(5 + i);
    }
    assertThat(outputs.count()).isEqualTo(2);
    assertThat(outputs.cause()).isEqualTo(77);
    assertThat(outputs.eventTime()).isEqualTo(123_456);
  }

  @Test
  void outputsLieOneBehindTheOtherWithoutGaps() {
    outputs.reset(1, 1);
    final EngineOutputEncoder engine = new EngineOutputEncoder();
    final FeatureTable table = new FeatureTable();
    table.put(Feature.SPOT, 750.5);
    table.put(Feature.OFI, -0.5);
    outputs.begin(engine);
    table.store(engine);
    outputs.end(engine);
    alert(AlertCode.HALTED, 5);
    assertThat(outputs.offset(0)).isZero();
    assertThat(outputs.offset(1)).isEqualTo(outputs.length(0));
    assertThat(outputs.length()).isEqualTo(outputs.length(0) + outputs.length(1));
    assertThat(outputs.length(1))
        .isEqualTo(MessageHeaderDecoder.ENCODED_LENGTH + AlertEncoder.BLOCK_LENGTH);
    assertThat(outputs.templateId(0)).isEqualTo(EngineOutputEncoder.TEMPLATE_ID);
    assertThat(outputs.templateId(1)).isEqualTo(AlertEncoder.TEMPLATE_ID);
  }

  @Test
  void aFieldLeftOutIsZeroNotWhatLayThereBefore() {
    outputs.reset(1, 1);
    outputs
        .begin(alert)
        .severity(Severity.CRITICAL)
        .code(AlertCode.HALTED)
        .instrumentId(-1)
        .value(-1);
    outputs.end(alert);
    outputs.reset(2, 2);
    outputs.begin(alert);
    outputs.end(alert);
    outputs.read(0, read);
    assertThat(read.value()).isZero();
    assertThat(read.instrumentId()).isZero();
    assertThat(read.severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void onlyOneOutputIsOpenAtATime() {
    outputs.reset(3, 1);
    outputs.begin(alert);
    assertThatThrownBy(() -> outputs.begin(alert)).hasMessageContaining("3.0 is still open");
    outputs.end(alert);
    assertThatThrownBy(() -> outputs.end(alert)).hasMessageContaining("no output is open");
  }

  @Test
  void aResetForgetsWhatAStageLeftOpen() {
    outputs.reset(3, 1);
    outputs.begin(alert);
    outputs.reset(4, 1);
    assertThat(alert(AlertCode.HALTED, 1)).isZero();
    assertThat(outputs.count()).isEqualTo(1);
  }

  @Test
  void anInputMayCauseSoManyOutputsAndNoMore() {
    outputs.reset(9, 1);
    for (int i = 0; i < Outputs.MAX_OUTPUTS; i++) {
      assertThat(alert(AlertCode.HALTED, i)).isEqualTo(i);
    }
    assertThatThrownBy(() -> outputs.begin(alert)).hasMessageContaining("input 9 caused more than");
    outputs.read(Outputs.MAX_OUTPUTS - 1, read);
    assertThat(read.instrumentId()).isEqualTo(Outputs.MAX_OUTPUTS - 1);
  }

  @Test
  void aReaderOfTheWrongKindIsToldSo() {
    outputs.reset(9, 1);
    alert(AlertCode.HALTED, 1);
    assertThatThrownBy(() -> outputs.read(0, new ExitSignalDecoder()))
        .hasMessageContaining("output 9.0 is template 112, not 111");
  }

  @Test
  void setBitsAreWrittenAtOnce() {
    outputs.reset(1, 1);
    final EngineOutputEncoder engine = new EngineOutputEncoder();
    outputs.begin(engine);
    Outputs.putBits(
        engine.buffer(),
        engine.offset() + EngineOutputEncoder.qualityEncodingOffset(),
        QualityEncoder.noBook(QualityEncoder.missingGreeks(0, true), true));
    engine.featuresCount(0);
    outputs.end(engine);
    final EngineOutputDecoder decoder = outputs.read(0, new EngineOutputDecoder());
    assertThat(decoder.quality().missingGreeks()).isTrue();
    assertThat(decoder.quality().noBook()).isTrue();
    assertThat(decoder.quality().noSpot()).isFalse();
    assertThat(decoder.confidence()).isZero();
  }
}
