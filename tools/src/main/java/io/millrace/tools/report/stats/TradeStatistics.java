package io.millrace.tools.report.stats;

/** Statistics of the profits of closed trades, as they come, after fees. */
public final class TradeStatistics {
  private static final double NANOS = 1e9;

  private long count;
  private long wins;
  private long losses;
  private double won;
  private double lost;
  private double largestWin;
  private double largestLoss;
  private double heldSeconds;
  private int streak;
  private int longestWins;
  private int longestLosses;

  /** Takes a trade: its profit after fees and how long it was held. */
  public void on(final double profit, final long heldNanos) {
    count++;
    heldSeconds += heldNanos / NANOS;
    if (profit > 0) {
      wins++;
      won += profit;
      largestWin = Math.max(largestWin, profit);
      streak = Math.max(streak, 0) + 1;
      longestWins = Math.max(longestWins, streak);
    } else if (profit < 0) {
      losses++;
      lost -= profit;
      largestLoss = Math.max(largestLoss, -profit);
      streak = Math.min(streak, 0) - 1;
      longestLosses = Math.max(longestLosses, -streak);
    }
  }

  /** Closed trades. */
  public long count() {
    return count;
  }

  /** Trades with a profit above 0. */
  public long wins() {
    return wins;
  }

  /** Trades with a profit below 0. */
  public long losses() {
    return losses;
  }

  /** Wins over all trades; NaN without trades. */
  public double winRate() {
    return count == 0 ? Double.NaN : (double) wins / count;
  }

  /** All that was won over all that was lost; NaN without a loss. */
  public double profitFactor() {
    return lost == 0 ? Double.NaN : won / lost;
  }

  /** Mean profit of a trade; NaN without trades. */
  public double expectancy() {
    return count == 0 ? Double.NaN : (won - lost) / count;
  }

  /** Mean profit of the wins; NaN without. */
  public double averageWin() {
    return wins == 0 ? Double.NaN : won / wins;
  }

  /** Mean loss of the losses, above 0; NaN without. */
  public double averageLoss() {
    return losses == 0 ? Double.NaN : lost / losses;
  }

  /** Average win over average loss. */
  public double payoff() {
    return averageWin() / averageLoss();
  }

  /** Largest profit, 0 without. */
  public double largestWin() {
    return largestWin;
  }

  /** Largest loss, above 0; 0 without. */
  public double largestLoss() {
    return largestLoss;
  }

  /** Mean seconds held; NaN without trades. */
  public double heldSeconds() {
    return count == 0 ? Double.NaN : heldSeconds / count;
  }

  /** Most wins in a row. */
  public int longestWins() {
    return longestWins;
  }

  /** Most losses in a row. */
  public int longestLosses() {
    return longestLosses;
  }
}
