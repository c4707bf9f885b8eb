package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers come out exactly as an arbitrary-precision reading gives them, or not at all. */
class DecimalTest {
  private static long parse(final String text, final int places) {
    final byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    return Decimal.parse(ascii, 0, ascii.length, places);
  }

  @Test
  void equalsArbitraryPrecision() {
    final long seed = 20151224;
    final Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      final int scale = random.nextInt(Decimal.PLACES + 1);
      final BigDecimal number = BigDecimal.valueOf(random.nextInt(), scale);
      assertThat(parse(number.toPlainString(), Decimal.PLACES))
          .as("%s, seed %d", number.toPlainString(), seed)
          .isEqualTo(number.movePointRight(Decimal.PLACES).longValueExact());
    }
  }

  @Test
  void nothingIsRoundedAwayInSilence() {
    assertThat(parse("1.23400", 3)).isEqualTo(1_234);
    assertThatThrownBy(() -> parse("1.2341", 3)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    for (final String text :
        List.of("", "-", ".", "1.2.3", "1e5", " 1", "+1", "0x1", "1,0", "NaN")) {
      assertThatThrownBy(() -> parse(text, 2))
          .as("'%s'", text)
          .isInstanceOf(NumberFormatException.class);
    }
  }

  @Test
  void overflowIsAnErrorNeverAWrap() {
    assertThat(parse("92233720368.54775807", Decimal.PLACES)).isEqualTo(Long.MAX_VALUE);
    for (final String text :
        List.of("92233720368.54775808", "92233720369", "99999999999999999999")) {
      assertThatThrownBy(() -> parse(text, Decimal.PLACES))
          .as(text)
          .isInstanceOf(ArithmeticException.class);
    }
  }
}
