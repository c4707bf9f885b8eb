package io.millrace.runtime.pipeline;

import java.util.ArrayList;
import java.util.List;
import net.openhft.affinity.Affinity;

/**
 * Which core each thread runs on. A pin that the machine refuses is a warning, never a failure: the
 * run says so and goes on.
 */
public final class Pinning {
  private final boolean enabled;
  private final int cores;
  private final List<String> notes = new ArrayList<>();

  private Pinning(final boolean enabled, final int cores) {
    this.enabled = enabled;
    this.cores = cores;
  }

  /** Threads run where the kernel puts them. */
  public static Pinning none() {
    return new Pinning(false, 1);
  }

  /** Ingress on core 0, stage threads on cores 1, 2, …, as far as there are cores. */
  public static Pinning cores() {
    return new Pinning(true, Runtime.getRuntime().availableProcessors());
  }

  /** Pins the calling thread as the ingress. */
  public void pinIngress() {
    pin("ingress", 0);
  }

  /** Pins the calling thread as stage thread {@code index}, from 0. */
  public void pinStage(final int index) {
    pin("stages-" + index, index + 1);
  }

  private void pin(final String name, final int core) {
    if (!enabled) {
      return;
    }
    if (core >= cores) {
      note(name + " not pinned: the machine has " + cores + " cores");
      return;
    }
    try {
      Affinity.setAffinity(core);
      if (Affinity.getAffinity().cardinality() == 1) {
        note(name + " on core " + core);
      } else {
        note(name + " not pinned: the machine refused core " + core);
      }
    } catch (final RuntimeException | LinkageError refused) {
      note(name + " not pinned: " + refused.getMessage());
    }
  }

  private synchronized void note(final String text) {
    notes.add(text);
  }

  /** What was pinned and what was refused, for {@code run.json}. */
  public synchronized List<String> notes() {
    return List.copyOf(notes);
  }
}
