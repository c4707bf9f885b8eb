package io.millrace.core.engines.hedge;

import io.millrace.codecs.Feature;

/** Why a contract has no usable Greeks. The first that applies, in this order. */
enum Exclusion {
  /** Expired, or so near to it that Greeks mean nothing. */
  EXPIRED(1, Feature.EXCLUDED_EXPIRED),

  /** Listed, but never quoted, or quoted with neither bid nor ask. */
  PHANTOM(2, Feature.EXCLUDED_PHANTOM),

  /** Zero or missing bid, or no ask: the middle is no price. */
  ONE_SIDED(3, Feature.EXCLUDED_ONE_SIDED),

  /** Bid above ask. */
  CROSSED(4, Feature.EXCLUDED_CROSSED),

  /** Quote older than the bound. */
  STALE(5, Feature.EXCLUDED_STALE),

  /** The mid leaves no time value. */
  BELOW_INTRINSIC(6, Feature.EXCLUDED_BELOW_INTRINSIC),

  /** No volatility reaches the mid. */
  ABOVE_BOUND(7, Feature.EXCLUDED_ABOVE_BOUND),

  /** A sound quote, but no fresh Greeks of the vendor, where only those are taken. */
  NO_VENDOR(8, Feature.EXCLUDED_NO_VENDOR);

  /** Code of a contract that is used. */
  static final byte USED = 0;

  /** Codes lie below this. */
  static final int CODES = 9;

  private static final Exclusion[] ALL = values();

  private final byte code;
  private final Feature feature;

  Exclusion(final int code, final Feature feature) {
    this.code = (byte) code;
    this.feature = feature;
  }

  /** All reasons; not to be written to. */
  static Exclusion[] all() {
    return ALL;
  }

  /** Stable code, from 1. */
  byte code() {
    return code;
  }

  /** Which feature counts it. */
  Feature feature() {
    return feature;
  }
}
