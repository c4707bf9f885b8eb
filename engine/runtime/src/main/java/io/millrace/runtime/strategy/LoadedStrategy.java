package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import io.millrace.core.strategy.Callback;
import io.millrace.core.strategy.StrategyBundle;
import java.util.List;
import java.util.Set;

/**
 * A strategy file that was found sound.
 *
 * @param bundle its declaration; {@link StrategyBundle#strategy} runs code of the strategy, so call
 *     {@link Budget#begin} before it and expect any throwable
 * @param callbacks the callbacks that its strategies override; the others need not be called
 * @param works whether it may give the router an order to work over time
 * @param unsaved fields that change and that no {@code state} saves; empty = a checkpoint keeps all
 * @param budget begin it before every call into the strategy, on the thread that calls
 * @param where file and line where the bundle is made, for messages about it
 * @param file name of the file, without its folder
 * @param hash SHA-256 of the content, lower-case hex
 * @param content the file as read: what a run directory keeps for its replay
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its hash
public record LoadedStrategy(
    StrategyBundle bundle,
    Set<Callback> callbacks,
    boolean works,
    List<String> unsaved,
    Budget budget,
    String where,
    String file,
    String hash,
    byte[] content) {

  /** Whether a checkpoint of its run can be made; else a restart re-executes the run. */
  public boolean checkpoints() {
    return unsaved.isEmpty();
  }
}
