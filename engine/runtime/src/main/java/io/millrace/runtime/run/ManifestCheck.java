package io.millrace.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.journal.RunDirectory;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What each field of a manifest must be, so that one that was cut or changed is told by field and
 * not found out by whoever stumbles over it.
 */
final class ManifestCheck {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,16}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** What a field may be, in words that follow "must be". */
  private enum Kind {
    TEXT("text"),
    HASH("a hash of up to 16 hexadecimal digits"),
    SHA_256("a SHA-256 of 64 hexadecimal digits"),
    RUN_ID("a run id"),
    COUNT("a whole number from 0"),
    NUMBER("a number from 0"),
    MODE("backtest, paper or live"),
    TOPOLOGY("inline, fused, split or staged"),
    STATUS("done or halted"),
    SECTION("a section"),
    LIST("a list");

    private final String words;

    Kind(final String words) {
      this.words = words;
    }

    boolean fits(final JsonNode value) {
      return switch (this) {
        case TEXT -> value.isTextual();
        case HASH -> value.isTextual() && HEX.matcher(value.textValue()).matches();
        case SHA_256 -> value.isTextual() && SHA256.matcher(value.textValue()).matches();
        case RUN_ID -> value.isTextual() && RunDirectory.isRunId(value.textValue());
        case COUNT ->
            value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
        case NUMBER ->
            value.isNumber() && Double.isFinite(value.doubleValue()) && value.doubleValue() >= 0;
        case MODE -> Set.of("backtest", "paper", "live").contains(value.asText());
        case TOPOLOGY -> Set.of("inline", "fused", "split", "staged").contains(value.asText());
        case STATUS -> Set.of("done", "halted").contains(value.asText());
        case SECTION -> value.isObject();
        case LIST -> value.isArray();
      };
    }
  }

  private static final Map<String, Kind> MANIFEST =
      Map.ofEntries(
          Map.entry("schema_version", Kind.COUNT),
          Map.entry("run_id", Kind.TEXT),
          Map.entry("created_ts", Kind.NUMBER),
          Map.entry("mode", Kind.MODE),
          Map.entry("topology", Kind.TOPOLOGY),
          Map.entry("build_version", Kind.TEXT),
          Map.entry("message_schema_version", Kind.COUNT),
          Map.entry("config_digest", Kind.HASH),
          Map.entry("config", Kind.SECTION),
          Map.entry("data", Kind.SECTION));
  private static final Map<String, Kind> DATA =
      Map.of("description", Kind.TEXT, "files", Kind.LIST, "speed", Kind.NUMBER);
  private static final Map<String, Kind> FILE = Map.of("path", Kind.TEXT, "sha256", Kind.SHA_256);
  private static final Map<String, Kind> PREVIOUS =
      Map.of("run_id", Kind.RUN_ID, "inputs", Kind.COUNT, "end_hash", Kind.HASH);
  private static final Map<String, Kind> END =
      Map.of(
          "status", Kind.STATUS,
          "inputs", Kind.COUNT,
          "input_chain", Kind.HASH,
          "outputs", Kind.COUNT,
          "decision_chain", Kind.HASH,
          "digest", Kind.HASH,
          "elapsed_s", Kind.NUMBER);

  /** Fields of the end that may be null, or missing in a run of an earlier version. */
  private static final Map<String, Kind> END_OPTIONAL =
      Map.of("reason", Kind.TEXT, "input_file_crc", Kind.HASH, "decision_file_crc", Kind.HASH);

  private String problem;

  private ManifestCheck() {}

  /** What is wrong with a manifest first, as a phrase that follows its name; null = nothing. */
  static String problem(final JsonNode manifest) {
    final ManifestCheck check = new ManifestCheck();
    check.all(manifest);
    return check.problem;
  }

  private void all(final JsonNode manifest) {
    if (!manifest.isObject()) {
      problem = "is no JSON object";
      return;
    }
    fields(manifest, "", MANIFEST);
    if (problem != null) {
      return;
    }
    final int version = manifest.get("schema_version").intValue();
    if (version != Manifest.SCHEMA_VERSION) {
      problem = "is of schema " + version + ", and this version reads " + Manifest.SCHEMA_VERSION;
      return;
    }
    fields(manifest.get("data"), "data.", DATA);
    if (problem == null) {
      manifest.get("data").get("files").forEach(file -> fields(file, "data.files.", FILE));
    }
    if (section(manifest, "previous")) {
      fields(manifest.get("previous"), "previous.", PREVIOUS);
    }
    if (section(manifest, "end")) {
      fields(manifest.get("end"), "end.", END);
      END_OPTIONAL.forEach(
          (name, kind) -> {
            final JsonNode value = manifest.get("end").path(name);
            if (!value.isMissingNode() && !value.isNull() && !kind.fits(value)) {
              tell("end." + name, kind);
            }
          });
    }
  }

  /** Whether a field is a section; null is nothing to check, anything else is told. */
  private boolean section(final JsonNode manifest, final String name) {
    final JsonNode value = manifest.path(name);
    if (!value.isNull() && !value.isObject()) {
      tell(name, Kind.SECTION);
    }
    return value.isObject();
  }

  private void fields(final JsonNode section, final String path, final Map<String, Kind> kinds) {
    kinds.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(field -> !field.getValue().fits(section.path(field.getKey())))
        .findFirst()
        .ifPresent(field -> tell(path + field.getKey(), field.getValue()));
  }

  private void tell(final String field, final Kind kind) {
    if (problem == null) {
      problem = "has no sound field " + field + ", which must be " + kind.words;
    }
  }
}
