package io.millrace.kernels;

/** Random numbers that are the same on every JDK (Steele, Lea, Flood 2014). */
final class SplitMix64 {
  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1). */
  double unit() {
    return (next() >>> 11) * 0x1p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** Log-uniform. */
  double scaled(double low, double high) {
    return low * StrictMath.exp(unit() * StrictMath.log(high / low));
  }

  boolean coin() {
    return next() < 0;
  }
}
