/**
 * Messages as people and programs outside see them: decoded by the schema that was compiled into
 * the codecs, so that every message, old or new, prints by the same rules.
 *
 * <p>In: encoded messages. Out: JSON. Cold: never on the way of an event.
 */
package io.millrace.runtime.message;
