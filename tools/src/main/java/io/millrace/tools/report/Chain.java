package io.millrace.tools.report;

import io.millrace.codecs.FillDecoder;
import io.millrace.codecs.FillReason;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.run.Manifest;
import java.util.ArrayList;
import java.util.List;

/** A run and those it goes on from, oldest first. */
final class Chain {
  private final List<Link> links = new ArrayList<>();

  /**
   * One run of the chain.
   *
   * @param run its directory
   * @param inputs how many of its inputs count: the next run went on from there
   */
  record Link(RunDirectory run, long inputs) {}

  Chain(final RunDirectory last) {
    RunDirectory at = last;
    long inputs = Long.MAX_VALUE;
    while (true) {
      links.add(0, new Link(at, inputs));
      final Manifest.Previous previous = Manifest.read(at).previous();
      if (previous == null) {
        return;
      }
      inputs = previous.inputs();
      at = RunDirectory.open(at.path().toAbsolutePath().resolveSibling(previous.runId()));
    }
  }

  /** The runs, oldest first. */
  List<Link> links() {
    return links;
  }

  /** Instrument of the first fill, 0 = none. */
  int firstTraded() {
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    final FillDecoder fill = new FillDecoder();
    for (final Link link : links) {
      try (JournalReader reader = JournalReader.open(link.run().decisions())) {
        while (reader.next()) {
          if (reader.templateId() == FillDecoder.TEMPLATE_ID) {
            fill.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
            if (fill.reason() != FillReason.SETTLED) {
              return fill.instrumentId();
            }
          }
        }
      }
    }
    return 0;
  }
}
