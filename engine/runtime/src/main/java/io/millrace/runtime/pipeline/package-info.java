/**
 * The whole graph on one screen: {@link io.millrace.runtime.pipeline.Pipeline} wires the stages in
 * the order of the drawing in README, {@link io.millrace.runtime.pipeline.Ring} puts them on
 * threads.
 *
 * <p>In: inputs. Out: the two journals of a run. Owner: the threads of the topology.
 */
package io.millrace.runtime.pipeline;
