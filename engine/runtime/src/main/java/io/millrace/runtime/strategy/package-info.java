/**
 * Strategy files: from plain Java source, class or jar to a bundle that the host can run.
 *
 * <p>In: the bytes of one file. Out: a {@link io.millrace.runtime.strategy.LoadedStrategy}, or a
 * {@link io.millrace.runtime.strategy.StrategyException} with all that is wrong. The way: {@code
 * SourceCompiler} or {@code Archive} gives classes, {@code Scanner} holds every member that they
 * name against {@code allowed.txt}, {@code Instrumenter} writes budgets into them, {@code Scanner}
 * looks again at the bytes that {@code SandboxLoader} then defines. No state is kept.
 */
package io.millrace.runtime.strategy;
