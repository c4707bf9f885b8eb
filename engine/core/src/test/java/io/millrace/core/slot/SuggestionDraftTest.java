package io.millrace.core.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.Action;
import io.millrace.codecs.Layer;
import io.millrace.codecs.Reason;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.SnapshotEncoder;
import io.millrace.codecs.SuggestionDecoder;
import io.millrace.codecs.TagsEncoder;
import org.junit.jupiter.api.Test;

class SuggestionDraftTest {
  private final Outputs out = new Outputs();
  private final SnapshotEncoder encoder = new SnapshotEncoder();
  private final SuggestionDraft draft = new SuggestionDraft();

  private int emit(final double confidence, final double move) {
    out.reset(5, 6);
    out.begin(encoder);
    encoder.instrumentId(3).featuresCount(0);
    final SnapshotDecoder snapshot = out.read(out.end(encoder), new SnapshotDecoder());
    return draft.emit(
        out, snapshot, Layer.HEDGE, Action.LONG, confidence, 7, move, Reason.NEUTRAL_FIELD);
  }

  @Test
  void rowsAndTagsComeBackAsWritten() {
    final long tags = TagsEncoder.pin(TagsEncoder.nearPutWall(0L, true), true);
    draft.clear().row(Reason.LONG_GAMMA_PINS, 1.5, -2.5).tag(tags);
    final SuggestionDecoder read = out.read(emit(0.5, -0.25), new SuggestionDecoder());
    assertThat(read.instrumentId()).isEqualTo(3);
    assertThat(read.cause()).isEqualTo(5);
    assertThat(read.ordinal()).isEqualTo(1);
    assertThat(read.horizon()).isEqualTo(7);
    assertThat(read.expectedMove()).isEqualTo(-0.25);
    assertThat(SuggestionDraft.tagBits(read)).isEqualTo(tags);
    final SuggestionDecoder.RowsDecoder row = read.rows().next();
    assertThat(row.rule()).isEqualTo(Reason.LONG_GAMMA_PINS);
    assertThat(row.value()).isEqualTo(1.5);
    assertThat(row.weight()).isEqualTo(-2.5);
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    draft.clear();
    assertThatThrownBy(() -> draft.row(Reason.RESULT, Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> draft.row(Reason.RESULT, 0, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> emit(1.0001, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> emit(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsAreBounded() {
    draft.clear();
    for (int i = 0; i < SuggestionDraft.MAX_ROWS; i++) {
      draft.row(Reason.RESULT, i, i);
    }
    assertThatThrownBy(() -> draft.row(Reason.RESULT, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
