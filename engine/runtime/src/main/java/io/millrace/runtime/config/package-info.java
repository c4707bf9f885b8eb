/**
 * What a user may set: authored YAML over shipped defaults, checked at the door, resolved into the
 * records that the stages take.
 *
 * <p>In: files, {@code --set} options. Out: {@link io.millrace.runtime.config.Config}. Owner: cold
 * start-up code.
 */
package io.millrace.runtime.config;
