package io.millrace.core.portfolio;

import static io.millrace.core.portfolio.TestMarket.T0;
import static io.millrace.core.portfolio.TestMarket.fx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.Side;
import io.millrace.core.market.Fixed;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contracts that pay in the coin they are on. Figures by the exchanges' formula, by hand. */
class InverseTest {
  private static final long SEED = 20221213;

  private final TestMarket world = new TestMarket();
  private final int perpetual = world.inverse("BTCUSD-PERP", 100);
  private final Portfolio portfolio = new Portfolio(PortfolioConfig.defaults(), world.market);

  @BeforeEach
  void open() {
    portfolio.onAccount(fx(10_000));
  }

  private void fill(final Side side, final double contracts, final double price) {
    portfolio.onFill(perpetual, side, fx(contracts), fx(price), 0, world.outputs);
  }

  @Test
  void longGainsItsFaceTimesTheRise() {
    fill(Side.BUY, 10, 10_000); // 1,000 dollars are 0.1 coins
    fill(Side.SELL, 10, 12_500); // 1,000 · (1/10000 - 1/12500) = 0.02 coins, worth 250
    assertThat(portfolio.realised(perpetual)).isEqualTo(fx(250));
    assertThat(portfolio.cash()).isEqualTo(fx(10_250));
    assertThat(portfolio.quantity(perpetual)).isZero();
    assertThat(portfolio.cost(perpetual)).isZero();
  }

  @Test
  void shortLosesWhatTheLongGains() {
    fill(Side.SELL, 10, 10_000);
    fill(Side.BUY, 10, 12_500);
    assertThat(portfolio.realised(perpetual)).isEqualTo(fx(-250));
    assertThat(portfolio.cash()).isEqualTo(fx(9_750));
  }

  @Test
  void averagePriceIsTheHarmonicMean() {
    fill(Side.BUY, 10, 10_000); // 0.1 coins
    fill(Side.BUY, 10, 20_000); // 0.05 coins
    assertThat(portfolio.averagePrice(perpetual)).isEqualTo(Fixed.div(fx(2_000), fx(0.15)));
    fill(Side.SELL, 10, 16_000); // 0.075 coins at 16,000 = 1,200 for a cost of 1,000
    assertThat(portfolio.realised(perpetual)).isEqualTo(fx(200));
    assertThat(portfolio.averagePrice(perpetual)).isEqualTo(Fixed.div(fx(1_000), fx(0.075)));
  }

  @Test
  void worthIsItsCoinsAtTheMark() {
    fill(Side.BUY, 10, 10_000);
    world.quote(perpetual, 10_999.9, 11_000.1);
    portfolio.markNow(T0, world.outputs);
    assertThat(portfolio.nav()).isEqualTo(fx(10_100)); // 0.1 coins rose by 1,000
    assertThat(portfolio.unrealised()).isEqualTo(fx(100));
    assertThat(portfolio.gross()).isEqualTo(fx(1_100));
  }

  @Test
  void fillThroughZeroClosesAndOpensTheOtherSide() {
    fill(Side.BUY, 10, 10_000);
    fill(Side.SELL, 15, 12_500);
    assertThat(portfolio.quantity(perpetual)).isEqualTo(fx(-5));
    assertThat(portfolio.realised(perpetual)).isEqualTo(fx(250));
    assertThat(portfolio.cost(perpetual)).isEqualTo(fx(-500));
    assertThat(portfolio.averagePrice(perpetual)).isEqualTo(fx(12_500));
  }

  @Test
  void nothingTradesAtZero() {
    assertThatThrownBy(() -> fill(Side.BUY, 1, 0)).hasMessageContaining("needs a side");
  }

  /** Every trade remembered, its coins in decimals, oldest position averaged by hand. */
  @Test
  void anyRunOfTradesAgreesWithTheFormulaToTheCoinsRounding() {
    final Random random = new Random(SEED);
    BigDecimal coins = BigDecimal.ZERO;
    BigDecimal coinGain = BigDecimal.ZERO; // changed into dollars as it comes
    long held = 0;
    for (int i = 0; i < 2_000; i++) {
      final long contracts = 1L + random.nextInt(50);
      final boolean buy = random.nextBoolean();
      final long signed = buy ? contracts : -contracts;
      final BigDecimal price = BigDecimal.valueOf(90_000 + random.nextInt(20_000), 1);
      long left = signed;
      if (held != 0 && (held > 0) != (signed > 0)) {
        final long closing = Math.min(Math.abs(held), Math.abs(signed));
        final BigDecimal part =
            coins.multiply(
                BigDecimal.valueOf(closing)
                    .divide(BigDecimal.valueOf(Math.abs(held)), MathContext.DECIMAL128));
        final BigDecimal face = BigDecimal.valueOf(100 * closing * Long.signum(held));
        coinGain = coinGain.add(part.multiply(price).subtract(face));
        coins = coins.subtract(part);
        left += closing * Long.signum(held);
      }
      coins = coins.add(BigDecimal.valueOf(100 * left).divide(price, MathContext.DECIMAL128));
      held += signed;
      fill(buy ? Side.BUY : Side.SELL, (double) contracts, price.doubleValue());
    }
    final BigDecimal realised = BigDecimal.valueOf(portfolio.realised(perpetual), 8);
    // A coin has eight decimals: half a unit a fill, at 11,000 dollars.
    assertThat(realised.subtract(coinGain).abs().setScale(2, RoundingMode.UP))
        .as("seed " + SEED)
        .isLessThan(new BigDecimal("0.30"));
    assertThat(portfolio.quantity(perpetual)).isEqualTo(held * Fixed.ONE);
    // The identity holds to the last unit: cash + cost - realised + fees = put in.
    assertThat(portfolio.cash() + portfolio.cost(perpetual) - portfolio.realised(perpetual))
        .isEqualTo(fx(10_000));
  }
}
