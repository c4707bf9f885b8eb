package io.millrace.core.portfolio;

import static io.millrace.core.order.Desk.NOON;
import static io.millrace.core.order.Desk.SECOND;
import static io.millrace.core.order.Desk.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codecs.FundingRateDecoder;
import io.millrace.codecs.FundingRateEncoder;
import io.millrace.codecs.Side;
import io.millrace.core.order.Desk;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Perpetuals pay funding at the time that the rate names, once, by what is held then. */
class FundingTest {
  private static final int COIN = 2;

  private final Desk desk = new Desk(64);
  private final Portfolio portfolio = new Portfolio(PortfolioConfig.defaults(), desk.market);

  @BeforeEach
  void open() {
    desk.coin(COIN);
    desk.quote(COIN, 99, 10, 101, 10);
    portfolio.onAccount(fixed(100_000));
  }

  private void rate(final double rate, final long due) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FundingRateEncoder.BLOCK_LENGTH]);
    new FundingRateEncoder()
        .wrap(buffer, 0)
        .eventTime(desk.now())
        .instrumentId(COIN)
        .rate(fixed(rate))
        .nextFunding(due);
    desk.market.onFundingRate(
        new FundingRateDecoder()
            .wrap(buffer, 0, FundingRateDecoder.BLOCK_LENGTH, FundingRateDecoder.SCHEMA_VERSION),
        desk.out);
    portfolio.onFundingRate(COIN, desk.now(), desk.out);
  }

  private void hold(final Side side, final double quantity) {
    portfolio.onFill(COIN, side, fixed(quantity), fixed(100), 0, desk.out);
  }

  @Test
  void longPaysAtTheTimeNamedAndOnce() {
    hold(Side.BUY, 10);
    final long cash = portfolio.cash();
    rate(0.001, NOON + 60 * SECOND);
    assertThat(portfolio.cash()).isEqualTo(cash);
    desk.at(NOON + 60 * SECOND);
    portfolio.mark(desk.now(), desk.out);
    portfolio.mark(desk.now(), desk.out);
    assertThat(portfolio.cash()).isEqualTo(cash - fixed(1)); // 10 · 100 · 0.001
    assertThat(portfolio.fees(COIN)).isEqualTo(fixed(1));
  }

  @Test
  void shortIsPaidWhatALongPays() {
    hold(Side.SELL, 10);
    final long cash = portfolio.cash();
    rate(0.001, desk.now());
    assertThat(portfolio.cash()).isEqualTo(cash + fixed(1));
  }

  @Test
  void whoBuysAfterTheTimePaysNothingForIt() {
    rate(0.001, desk.now());
    hold(Side.BUY, 10);
    final long cash = portfolio.cash();
    portfolio.mark(desk.now() + SECOND, desk.out);
    assertThat(portfolio.cash()).isEqualTo(cash);
  }

  @Test
  void sameRateToldAgainPaysOnce() {
    hold(Side.BUY, 10);
    final long cash = portfolio.cash();
    rate(0.001, desk.now());
    rate(0.001, desk.now());
    assertThat(portfolio.cash()).isEqualTo(cash - fixed(1));
  }

  @Test
  void paymentIsACostAndNoMoneyPutIn() {
    hold(Side.BUY, 10);
    portfolio.markNow(desk.now(), desk.out);
    final long nav = portfolio.nav();
    rate(0.001, desk.now());
    portfolio.markNow(desk.now(), desk.out);
    assertThat(portfolio.nav()).isEqualTo(nav - fixed(1));
  }
}
