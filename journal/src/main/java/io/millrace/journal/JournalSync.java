package io.millrace.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Group commit: one thread that forces the queue file to the disk at an interval while the writer
 * goes on writing.
 *
 * <p>It forces through a channel of its own rather than through Chronicle's mapping: on Linux
 * {@code fdatasync} covers pages dirtied through any mapping of the file, and reports a failed
 * write-back once per open file, as an exception. After a failure nothing is retried: the kernel
 * may have dropped the dirty pages, so a second force could report success.
 */
final class JournalSync {
  /** Brings the file's bytes to the disk. */
  @FunctionalInterface
  interface Force {
    void force() throws IOException;
  }

  private static final long JOIN_MILLIS = 10_000;

  private final FileChannel channel;
  private final Path file;
  private final long intervalNanos;
  private final FatalHandler fatalHandler;
  private final Thread thread;
  private final Force disk;
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong durable = new AtomicLong();
  private volatile long longestNanos;
  private volatile boolean failed;
  private volatile boolean running = true;

  JournalSync(final Path file, final JournalOptions options) throws IOException {
    this(file, options, null);
  }

  /** For tests: {@code force} stands for the disk, unless null. */
  JournalSync(final Path file, final JournalOptions options, final Force force) throws IOException {
    this.file = file;
    intervalNanos = options.syncIntervalNanos();
    fatalHandler = options.fatalHandler();
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    disk = force == null ? () -> channel.force(false) : force;
    thread = options.syncMode() == SyncMode.INTERVAL ? new Thread(this::run, "journal-sync") : null;
  }

  void start() {
    if (thread != null) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** The writer's thread: records up to {@code sequence} are in the file. */
  void published(final long sequence) {
    published.setRelease(sequence);
  }

  long publishedSequence() {
    return published.getAcquire();
  }

  long durableSequence() {
    return durable.getAcquire();
  }

  long longestSyncNanos() {
    return longestNanos;
  }

  /**
   * Whether a force has failed: what was acknowledged may be lost, and nothing more may be written.
   */
  boolean hasFailed() {
    return failed;
  }

  /** Forces now, on the calling thread. */
  synchronized void force() throws IOException {
    if (failed) {
      throw new IOException("an earlier force failed");
    }
    final long sequence = published.getAcquire();
    final long start = System.nanoTime();
    try {
      disk.force();
    } catch (IOException | RuntimeException | Error e) {
      failed = true;
      throw e;
    }
    longestNanos = Math.max(longestNanos, System.nanoTime() - start);
    durable.setRelease(sequence);
  }

  private void run() {
    while (running) {
      LockSupport.parkNanos(intervalNanos);
      if (!running || published.getAcquire() == durable.getAcquire()) {
        continue;
      }
      try {
        force();
      } catch (IOException | RuntimeException | Error e) {
        if (running) {
          fatalHandler.onFatal("the journal " + file + " cannot be forced to the disk", e);
        }
        return;
      }
    }
  }

  /** Ends the thread; forces nothing. */
  void close() {
    running = false;
    if (thread != null) {
      LockSupport.unpark(thread);
      try {
        thread.join(JOIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException("cannot close the journal " + file + ": " + e.getMessage(), e);
    }
  }
}
