package io.millrace.tools.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The instruments defined so far, numbered from 1 in the order of their first definitions. */
final class InstrumentIds {
  private final Map<String, Integer> bySymbol = new HashMap<>();
  private final List<String> symbols = new ArrayList<>();
  private final ContractIds contracts = new ContractIds();
  private final int[] roots;

  /**
   * @param roots number of symbols of the selection
   */
  InstrumentIds(final int roots) {
    this.roots = new int[roots];
  }

  /** The id of a symbol; 0 when it is not defined. */
  int of(final String symbol) {
    return bySymbol.getOrDefault(symbol, 0);
  }

  /** The id of the instrument that a folder is named by; 0 when it is not defined. */
  int ofRoot(final int rootIndex) {
    return roots[rootIndex];
  }

  /** Contracts by their terms. */
  ContractIds contracts() {
    return contracts;
  }

  int count() {
    return symbols.size();
  }

  String symbol(final int id) {
    return symbols.get(id - 1);
  }

  /** Defines an instrument that is not a contract. */
  int define(final int rootIndex, final String symbol) {
    final int known = of(symbol);
    if (known != 0) {
      return known;
    }
    final int id = add(symbol);
    roots[rootIndex] = id;
    return id;
  }

  /**
   * Defines a contract.
   *
   * @param kind as {@link ContractIds#terms} takes it
   * @throws IllegalArgumentException if another contract has these terms, so that rows could not be
   *     told apart
   */
  int define(
      final int rootIndex,
      final String symbol,
      final long strike,
      final long expiryEpochDay,
      final long kind) {
    final int known = of(symbol);
    if (known != 0) {
      return known;
    }
    final long terms = ContractIds.terms(rootIndex, expiryEpochDay, kind);
    final int other = contracts.find(0, strike, terms);
    if (other != 0) {
      throw new IllegalArgumentException(symbol + " has the terms of " + symbol(other));
    }
    final int id = add(symbol);
    contracts.put(id, strike, terms);
    return id;
  }

  private int add(final String symbol) {
    symbols.add(symbol);
    bySymbol.put(symbol, symbols.size());
    return symbols.size();
  }
}
