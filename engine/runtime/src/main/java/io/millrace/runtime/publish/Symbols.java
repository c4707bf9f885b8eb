package io.millrace.runtime.publish;

import io.millrace.codecs.InstrumentDefinitionDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.core.market.Fixed;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RunDirectory;
import io.millrace.runtime.run.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Names of instruments, read from the definitions in the input journal of a run (and of the runs it
 * goes on from), no further than the ids that are asked for.
 */
public final class Symbols implements IntFunction<String>, AutoCloseable {
  private final List<JournalReader> readers = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<Long> multipliers = new ArrayList<>();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();

  /** Opens the journals of a run. */
  public Symbols(final RunDirectory run) {
    names.add(null);
    multipliers.add(Fixed.ONE);
    RunDirectory at = run;
    while (true) {
      readers.add(0, JournalReader.open(at.input()));
      final Manifest.Previous previous = Manifest.read(at).previous();
      if (previous == null) {
        return;
      }
      at = RunDirectory.open(at.path().resolveSibling(previous.runId()));
    }
  }

  /** The name of an instrument, or null if no definition of it has been journaled. */
  @Override
  public String apply(final int id) {
    if (id <= 0) {
      return null;
    }
    for (final JournalReader reader : readers) {
      while (names.size() <= id && reader.next()) {
        if (reader.templateId() == InstrumentDefinitionDecoder.TEMPLATE_ID) {
          definition.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
          if (definition.instrumentId() == names.size()) {
            multipliers.add(definition.multiplier());
            names.add(definition.symbol());
          }
        }
      }
    }
    return id < names.size() ? names.get(id) : null;
  }

  /** Every name that the journals define, by id from 1; reads them to their end. */
  public List<String> all() {
    if (apply(Integer.MAX_VALUE) != null) {
      throw new IllegalStateException("ids are dense");
    }
    return List.copyOf(names.subList(1, names.size()));
  }

  /** Units of the underlying in one contract, 1e-8; 1 where there is no definition. */
  public long multiplier(final int id) {
    return apply(id) == null ? Fixed.ONE : multipliers.get(id);
  }

  @Override
  public void close() {
    readers.forEach(JournalReader::close);
  }
}
