package io.millrace.journal;

/**
 * What must be said to Chronicle before its first class loads: no analytics, no banner, no chatter.
 * Kept apart so that the order is certain, whatever flags the process was started with.
 */
final class ChronicleSettings {
  private ChronicleSettings() {}

  /** Idempotent; call before touching any Chronicle class. */
  static void apply() {
    System.setProperty("chronicle.analytics.disable", "true");
    System.setProperty("chronicle.announcer.disable", "true");
  }
}
