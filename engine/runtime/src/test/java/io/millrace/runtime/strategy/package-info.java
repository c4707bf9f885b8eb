/** Strategies that load, strategies that must not, and those that are stopped as they run. */
package io.millrace.runtime.strategy;
