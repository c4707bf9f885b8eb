package io.millrace.runtime.strategy;

/**
 * One class of a strategy, as compiled or as found.
 *
 * @param file how to name it in messages
 * @param bytes the class file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClassBytes(String file, byte[] bytes) {}
