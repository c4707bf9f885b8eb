package io.millrace.core.engines.hedge;

/**
 * An underlying whose own dealer field presses on another's: an index future on the index, a sector
 * ETF on its heaviest share.
 *
 * @param underlying symbol of the one that is pressed on
 * @param related symbol of the one with the options
 * @param weight how much of the related field counts, above 0 to 10; the underlying's own counts 1
 * @param beta move of the related price for a move of 1 in the underlying's, -10 to 10, not 0
 */
public record RelatedUnderlying(String underlying, String related, double weight, double beta) {
  private static final double MAX = 10.0;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field
   */
  public RelatedUnderlying {
    if (underlying == null || related == null || underlying.equals(related)) {
      throw new IllegalArgumentException(
          "hedge.related: underlying and related must be two different symbols");
    }
    if (!(weight > 0.0 && weight <= MAX)) {
      throw new IllegalArgumentException(
          "hedge.related: weight is " + weight + ", allowed above 0 to 10");
    }
    if (!(Math.abs(beta) <= MAX) || beta == 0.0) {
      throw new IllegalArgumentException(
          "hedge.related: beta is " + beta + ", allowed -10 to 10 and not 0");
    }
  }
}
