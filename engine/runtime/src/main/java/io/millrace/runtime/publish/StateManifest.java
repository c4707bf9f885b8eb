package io.millrace.runtime.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code config/state_manifest.json}: which state files there are and how often each is written.
 */
public final class StateManifest {
  private static final String RESOURCE = "/millrace/state_manifest.json";
  private static final long MILLI_NANOS = 1_000_000L;

  private StateManifest() {}

  /** The manifest, whole. */
  public static JsonNode read() {
    try (InputStream in = StateManifest.class.getResourceAsStream(RESOURCE)) {
      return new ObjectMapper().readTree(in);
    } catch (final IOException e) {
      throw new UncheckedIOException("the state manifest inside the program is not readable", e);
    }
  }

  /** Least nanoseconds between two writes of each state file, by name without ending. */
  static Map<String, Long> cadences() {
    final Map<String, Long> cadences = new LinkedHashMap<>();
    for (final JsonNode file : read().get("files")) {
      final String name = file.get("file").asText();
      if (name.endsWith(".json")) {
        cadences.put(
            name.substring(0, name.length() - ".json".length()),
            file.get("cadence_ms").longValue() * MILLI_NANOS);
      }
    }
    return cadences;
  }
}
