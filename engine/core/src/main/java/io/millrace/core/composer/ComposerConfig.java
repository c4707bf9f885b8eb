package io.millrace.core.composer;

/**
 * Weights and thresholds of the composer.
 *
 * @param hedgeWeight vote of the hedge agent, 0 or more; the three are scaled to sum to 1
 * @param liquidityWeight vote of the liquidity agent, 0 or more
 * @param sentimentWeight vote of the sentiment agent, 0 or more
 * @param unanimityBonus fraction that agreement adds to the confidence, 0 or more
 * @param dissentPenalty how much of the dissenter's weighted confidence is taken off, 0 or more
 * @param flatDissent share of that when the dissenter, or the majority, is flat and so does not
 *     oppose, 0 to 1
 * @param differFactor factor on the confidence when all differ, 0 to 1
 * @param spreadLean net vote from which three stances make a spread and not a complex, 0 to 1
 * @param regimeStep confidence that one regime gives or takes, 0 to 1
 * @param cheapIvRank IV rank at or below which volatility is cheap, 0 to 1
 * @param richIvRank IV rank at or above which volatility is rich, 0 to 1
 * @param cheapVolRatio implied over realised volatility at or below which it is cheap, where there
 *     is no rank
 * @param richVolRatio implied over realised volatility at or above which it is rich
 * @param trendMove momentum, fraction of price, from which there is a trend
 */
public record ComposerConfig(
    double hedgeWeight,
    double liquidityWeight,
    double sentimentWeight,
    double unanimityBonus,
    double dissentPenalty,
    double flatDissent,
    double differFactor,
    double spreadLean,
    double regimeStep,
    double cheapIvRank,
    double richIvRank,
    double cheapVolRatio,
    double richVolRatio,
    double trendMove) {}
