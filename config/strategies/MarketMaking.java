import io.millrace.core.state.StateCodec;
import io.millrace.core.strategy.Instrument;
import io.millrace.core.strategy.Ports;
import io.millrace.core.strategy.Quote;
import io.millrace.core.strategy.Strategy;
import io.millrace.core.strategy.StrategyBundle;

/**
 * Rests at both touches, the size of each side shrinking with the inventory; moves with the touch.
 * Opening shorts needs leave, so it only sells what it holds.
 */
public final class MarketMaking implements Strategy {
  private static final double SIZE = 100;
  private static final double MOST = 300;

  private Ports ports;
  private long bidTicket;
  private long askTicket;
  private double bidPrice;
  private double askPrice;

  public static StrategyBundle bundle() {
    return StrategyBundle.named("market-making").universe("GOOG").create(MarketMaking::new);
  }

  @Override
  public void start(Ports given) {
    ports = given;
  }

  @Override
  public void quote(Quote quote) {
    Instrument instrument = quote.instrument();
    if (instrument.underlying() != null || !(quote.bid() < quote.ask())) {
      return;
    }
    double held = ports.data().position(instrument);
    if (quote.bid() != bidPrice) {
      cancel(bidTicket);
      bidPrice = quote.bid();
      double room = Math.min(SIZE, MOST - held);
      bidTicket = room > 0 ? ports.execution().postOnly(instrument, room, bidPrice) : 0;
    }
    if (quote.ask() != askPrice) {
      cancel(askTicket);
      askPrice = quote.ask();
      double room = Math.min(SIZE, held);
      askTicket = room > 0 ? ports.execution().postOnly(instrument, -room, askPrice) : 0;
    }
  }

  private void cancel(long ticket) {
    if (ticket != 0) {
      ports.execution().cancel(ticket);
    }
  }

  @Override
  public void state(StateCodec codec) {
    bidTicket = codec.int64(bidTicket);
    askTicket = codec.int64(askTicket);
    bidPrice = codec.float64(bidPrice);
    askPrice = codec.float64(askPrice);
  }
}
