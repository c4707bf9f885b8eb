package io.millrace.core.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.codecs.MessageHeaderEncoder;
import io.millrace.codecs.OrderRequestDecoder;
import io.millrace.codecs.OrderRequestEncoder;
import io.millrace.codecs.Side;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class LegsTest {
  private final Legs legs = new Legs();

  @Test
  void aStructureHasUpToFourLegsInOrder() {
    for (int i = 0; i < Legs.MAX_LEGS; i++) {
      legs.add(10 + i, i % 2 == 0 ? Side.BUY : Side.SELL, i + 1);
    }
    assertThat(legs.count()).isEqualTo(Legs.MAX_LEGS);
    for (int i = 0; i < Legs.MAX_LEGS; i++) {
      assertThat(legs.instrumentId(i)).isEqualTo(10 + i);
      assertThat(legs.ratio(i)).isEqualTo(i + 1);
      assertThat(legs.sign(i)).isEqualTo(i % 2 == 0 ? 1 : -1);
    }
    assertThatThrownBy(() -> legs.add(99, Side.BUY, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(legs.count()).isEqualTo(Legs.MAX_LEGS);
  }

  @Test
  void aRatioIsAboveZero() {
    assertThatThrownBy(() -> legs.add(1, Side.BUY, 0)).hasMessageContaining("ratio 0");
    assertThatThrownBy(() -> legs.add(1, Side.BUY, -1)).hasMessageContaining("ratio -1");
    assertThat(legs.count()).isZero();
  }

  @Test
  void aCopyIsOneOfItsOwn() {
    legs.add(1, Side.BUY, 1).add(2, Side.SELL, 2);
    final Legs copy = new Legs().add(9, Side.BUY, 9).copy(legs);
    legs.clear();
    assertThat(copy.count()).isEqualTo(2);
    assertThat(copy.instrumentId(1)).isEqualTo(2);
    assertThat(copy.side(1)).isEqualTo(Side.SELL);
  }

  @Test
  void legsAreReadFromARequest() {
    final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    final OrderRequestEncoder request = new OrderRequestEncoder();
    request.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    final OrderRequestEncoder.LegsEncoder rows = request.legsCount(2);
    rows.next().instrumentId(5).side(Side.SELL).ratio(1);
    rows.next().instrumentId(6).side(Side.BUY).ratio(3);
    final OrderRequestDecoder decoder = new OrderRequestDecoder();
    decoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    legs.add(1, Side.BUY, 1).read(decoder.legs());
    assertThat(legs.count()).isEqualTo(2);
    assertThat(legs.instrumentId(0)).isEqualTo(5);
    assertThat(legs.sign(0)).isEqualTo(-1);
    assertThat(legs.ratio(1)).isEqualTo(3);
  }
}
