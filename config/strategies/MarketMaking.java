import io.millrace.core.state.StateCodec;
import io.millrace.core.strategy.Instrument;
import io.millrace.core.strategy.OrderUpdate;
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
  private static final double LEAVING = 0; // price of an order that is being cancelled

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
    if (bidTicket != 0) {
      bidPrice = follow(bidTicket, bidPrice, quote.bid());
    } else if (held < MOST) {
      bidPrice = quote.bid();
      bidTicket = ports.execution().postOnly(instrument, Math.min(SIZE, MOST - held), bidPrice);
    }
    if (askTicket != 0) {
      askPrice = follow(askTicket, askPrice, quote.ask());
    } else if (held > 0) {
      askPrice = quote.ask();
      askTicket = ports.execution().postOnly(instrument, -Math.min(SIZE, held), askPrice);
    }
  }

  /** Takes an order back once when the touch has moved; it may still trade on the way. */
  private double follow(long ticket, double price, double touch) {
    if (price == touch || price == LEAVING) {
      return price;
    }
    ports.execution().cancel(ticket);
    return LEAVING;
  }

  /** Only when an order is over may another take its place: the two never trade both. */
  @Override
  public void order(OrderUpdate update) {
    if (update.leaves() == 0) {
      bidTicket = update.ticket() == bidTicket ? 0 : bidTicket;
      askTicket = update.ticket() == askTicket ? 0 : askTicket;
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
