package io.millrace.tools.data;

import java.util.Arrays;

/**
 * Instrument ids by contract terms, without allocation: open addressing over two words, with a
 * guess first, since files are sorted as ids are given, so that the next row is often of the next
 * id.
 */
final class ContractIds {
  private static final int INITIAL = 1 << 13;

  private int[] table = new int[INITIAL];
  private long[] strikes = new long[INITIAL / 2];
  private long[] terms = new long[INITIAL / 2];
  private int count;

  /** Added to what tells calls from puts where a contract is of the second root on its index. */
  static final int SECOND_ROOT = 2;

  /**
   * The second word of a contract's terms.
   *
   * @param rootIndex place of its folder in the selection
   * @param kind 0 a call, 1 a put; with {@link #SECOND_ROOT} added, of SPXW, say, where SPX has a
   *     contract of the same date and strike
   */
  static long terms(final int rootIndex, final long expiryEpochDay, final long kind) {
    return (long) rootIndex << 32 | expiryEpochDay << 2 | kind;
  }

  /** Adds a contract that is not there. */
  void put(final int id, final long strike, final long contractTerms) {
    while (id >= strikes.length) {
      strikes = Arrays.copyOf(strikes, strikes.length * 2);
      terms = Arrays.copyOf(terms, terms.length * 2);
    }
    strikes[id] = strike;
    terms[id] = contractTerms;
    count++;
    if (count * 2 > table.length) {
      final int[] old = table;
      table = new int[old.length * 2];
      for (final int there : old) {
        if (there != 0) {
          insert(there);
        }
      }
    }
    insert(id);
  }

  private void insert(final int id) {
    int slot = slot(strikes[id], terms[id]);
    while (table[slot] != 0) {
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = id;
  }

  /**
   * Finds a contract.
   *
   * @param guess the id to try first
   * @return its id, or 0
   */
  int find(final int guess, final long strike, final long contractTerms) {
    if (guess < strikes.length && strikes[guess] == strike && terms[guess] == contractTerms) {
      return guess;
    }
    int slot = slot(strike, contractTerms);
    while (table[slot] != 0) {
      final int id = table[slot];
      if (strikes[id] == strike && terms[id] == contractTerms) {
        return id;
      }
      slot = slot + 1 & table.length - 1;
    }
    return 0;
  }

  private int slot(final long strike, final long contractTerms) {
    final long hash = (strike * 0x9E3779B97F4A7C15L ^ contractTerms) * 0xC2B2AE3D27D4EB4FL;
    return (int) (hash >>> 32) & table.length - 1;
  }
}
