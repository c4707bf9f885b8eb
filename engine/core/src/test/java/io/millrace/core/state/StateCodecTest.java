package io.millrace.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StateCodecTest {
  private final StateWriter out = new StateWriter();

  private StateReader saved() {
    return new StateReader(out.buffer(), 0, out.length());
  }

  @Test
  void whatWasSavedIsLoadedBitByBit() {
    out.part("all kinds");
    out.flag(true);
    out.int8((byte) -3);
    out.int32(Integer.MIN_VALUE);
    out.int64(Long.MAX_VALUE);
    out.float64(Double.longBitsToDouble(0x7ff8_0000_0000_0001L));
    out.text("Käse");
    out.text(null);
    out.all(new double[] {-0.0, Double.NaN});
    out.all(new boolean[] {true, false});
    final StateReader in = saved();
    in.part("all kinds");
    assertThat(in.flag(false)).isTrue();
    assertThat(in.int8((byte) 0)).isEqualTo((byte) -3);
    assertThat(in.int32(0)).isEqualTo(Integer.MIN_VALUE);
    assertThat(in.int64(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(Double.doubleToRawLongBits(in.float64(0))).isEqualTo(0x7ff8_0000_0000_0001L);
    assertThat(in.text("")).isEqualTo("Käse");
    assertThat(in.text("")).isNull();
    final double[] doubles = new double[2];
    in.all(doubles);
    assertThat(Double.doubleToRawLongBits(doubles[0])).isEqualTo(Long.MIN_VALUE);
    assertThat(doubles[1]).isNaN();
    assertThat(in.grown(new boolean[0])).containsExactly(true, false);
    in.end();
  }

  @Test
  void anArrayThatGrewIsLoadedAtItsLength() {
    out.grown(new long[] {1, 2, 3});
    final long[] same = new long[3];
    assertThat(saved().grown(same)).isSameAs(same).containsExactly(1, 2, 3);
    assertThat(saved().grown(new long[16])).containsExactly(1, 2, 3);
  }

  @Test
  void anotherPartIsNamed() {
    out.part("orders");
    assertThatThrownBy(() -> saved().part("venue"))
        .isInstanceOf(StateException.class)
        .hasMessage("a checkpoint has part orders where venue is due, behind the beginning");
  }

  @Test
  void anArrayOfFixedLengthRefusesAnother() {
    out.part("window");
    out.all(new int[3]);
    final StateReader in = saved();
    in.part("window");
    assertThatThrownBy(() -> in.all(new int[4]))
        .isInstanceOf(StateException.class)
        .hasMessage("a checkpoint has 3 values where window has 4");
  }

  @Test
  void lengthsThatCannotBeAreRefusedBeforeRoomIsTaken() {
    out.int32(Integer.MAX_VALUE);
    assertThatThrownBy(() -> saved().grown(new long[0])).isInstanceOf(StateException.class);
    assertThatThrownBy(() -> saved().text("")).isInstanceOf(StateException.class);
  }

  @Test
  void bytesMissingOrLeftOverAreAFault() {
    out.int32(1);
    assertThatThrownBy(() -> saved().int64(0))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("ends within");
    assertThatThrownBy(() -> saved().end())
        .isInstanceOf(StateException.class)
        .hasMessageContaining("4 bytes more");
  }
}
