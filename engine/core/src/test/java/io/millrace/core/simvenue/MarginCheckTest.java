package io.millrace.core.simvenue;

import static io.millrace.codecs.Side.BUY;
import static io.millrace.codecs.Side.SELL;
import static io.millrace.codecs.TimeInForce.GTX;
import static io.millrace.core.order.Desk.STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.order.Desk;
import io.millrace.core.portfolio.MarginConfig;
import io.millrace.core.portfolio.MarginModel;
import org.junit.jupiter.api.Test;

/** Orders that the venue refuses for want of margin. */
class MarginCheckTest {
  private static Floor floor(final MarginModel model) {
    final Rules rules = Rules.instant();
    rules.size = FillSize.UNLIMITED;
    final Floor floor = new Floor(rules.config(), MarginConfig.of(model));
    floor.portfolio.onAccount(Desk.fixed(1_000));
    floor.quote(STOCK, 99.99, 100, 100.01, 100);
    return floor;
  }

  @Test
  void cashAccountBuysForItsCashAndNoMore() {
    final Floor floor = floor(MarginModel.CASH);
    floor.market(STOCK, BUY, 10); // at 100.01: one cent a share short
    assertThat(floor.heard()).containsExactly("1 REJECT MARGIN");
    floor.market(STOCK, BUY, 9);
    assertThat(floor.heard()).containsExactly("2 ACCEPT", "2 FILL 9 at 100.01 TAKER TOOK_TOUCH");
  }

  @Test
  void regTBuysForTwiceTheCash() {
    final Floor floor = floor(MarginModel.REG_T);
    floor.market(STOCK, BUY, 20); // 1,000 needed, 0.20 paid beyond the mid
    floor.market(STOCK, BUY, 19);
    assertThat(floor.heard())
        .containsExactly("1 REJECT MARGIN", "2 ACCEPT", "2 FILL 19 at 100.01 TAKER TOOK_TOUCH");
  }

  @Test
  void restingOrdersCount() {
    final Floor floor = floor(MarginModel.REG_T);
    floor.send(STOCK, BUY, GTX, 15, 99.99);
    floor.send(STOCK, BUY, GTX, 15, 99.98);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "2 REJECT MARGIN");
  }

  @Test
  void whatReducesAlwaysPasses() {
    final Floor floor = floor(MarginModel.REG_T);
    floor.portfolio.onFill(
        STOCK, BUY, Desk.fixed(100), Desk.fixed(100), 0, floor.desk.out); // far too much
    floor.market(STOCK, SELL, 100);
    assertThat(floor.heard()).containsExactly("1 ACCEPT", "1 FILL 100 at 99.99 TAKER TOOK_TOUCH");
  }

  @Test
  void nobodyIsAskedWhereNoneIsDemanded() {
    final Floor floor = floor(MarginModel.NONE);
    floor.market(STOCK, BUY, 1_000);
    assertThat(floor.heard()).hasSize(2);
  }
}
