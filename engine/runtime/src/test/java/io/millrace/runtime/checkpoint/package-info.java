/** Tests of checkpoints as files and as something made while a run goes on. */
package io.millrace.runtime.checkpoint;
