import io.millrace.core.strategy.Bar;
import io.millrace.core.strategy.Instrument;
import io.millrace.core.strategy.MarketData;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;

/** Holds a perpetual on the side that is paid the funding, while the rate is worth the fees. */
public final class FundingCarry implements Strategy {
  /** Of a funding interval, beyond which to be in and below which to be out. */
  private static final double IN = 0.0002;

  private static final double OUT = 0.00005;

  private Ports ports;

  public static StrategyBundle bundle() {
    return StrategyBundle.named("funding-carry")
        .universe("BTCUSDT-PERP.BYBIT") // as LEAN's data names it; a Binance import calls it BTCUSDT-PERP
        .timeframe("1h")
        .requires("funding")
        .venue("touch")
        .allowShort()
        .create(FundingCarry::new);
  }

  @Override
  public void start(Ports given) {
    ports = given;
  }

  @Override
  public void bar(Bar bar) {
    Instrument perpetual = bar.instrument();
    MarketData data = ports.data();
    double rate = data.fundingRate(perpetual);
    double held = data.exposure(perpetual);
    if (held == 0 && Math.abs(rate) >= IN) {
      ports.execution().targetPercent(perpetual, rate > 0 ? -0.5 : 0.5);
    } else if (held != 0 && !(Math.abs(rate) > OUT)) {
      ports.execution().close(perpetual);
    }
  }
}
