package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.codecs.MessageHeaderDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A word that messages may carry is a word of the state files: whoever adds a code to an enum adds
 * it to the JSON schemas that list the enum.
 */
class StateSchemaWordsTest {
  private static final Pattern ENUM =
      Pattern.compile("<enum name=\"(\\w+)\".*?</enum>", Pattern.DOTALL);
  private static final Pattern VALUE = Pattern.compile("<validValue name=\"(\\w+)\"");

  /** Fewer words may be a choice of its own. */
  private static final int LEAST_WORDS = 3;

  @Test
  void listsOfWordsHoldAllOfTheirEnum() throws IOException {
    final Map<String, List<String>> enums = enums();
    final List<String> lacking = new ArrayList<>();
    int lists = 0;
    try (Stream<Path> files = Files.list(Project.root().resolve("config/schemas/state"))) {
      for (final Path file : files.sorted().toList()) {
        for (final JsonNode list : Recorded.json(Files.readString(file)).findValues("enum")) {
          final List<String> words = new ArrayList<>();
          list.forEach(word -> words.add(word.asText()));
          lists += lacking(file.getFileName().toString(), words, enums, lacking);
        }
      }
    }
    assertThat(lists).as("lists that are an enum's").isGreaterThan(10);
    assertThat(lacking).isEmpty();
  }

  /** Most of an enum, in its order, and nothing else, is meant to be that enum. */
  private static int lacking(
      final String file,
      final List<String> words,
      final Map<String, List<String>> enums,
      final List<String> into) {
    boolean whole = false;
    String meant = null;
    for (final Map.Entry<String, List<String>> each : enums.entrySet()) {
      final List<String> all = each.getValue();
      whole |= all.equals(words);
      final boolean most = words.size() >= LEAST_WORDS && words.size() * 2 > all.size();
      if (most && all.stream().filter(words::contains).toList().equals(words)) {
        meant = each.getKey();
      }
    }
    if (!whole && meant != null) {
      final List<String> missing = new ArrayList<>(enums.get(meant));
      missing.removeAll(words);
      into.add(file + ": " + meant + " has also " + missing);
    }
    return whole || meant != null ? 1 : 0;
  }

  private static Map<String, List<String>> enums() throws IOException {
    final Map<String, List<String>> enums = new TreeMap<>();
    try (InputStream in = MessageHeaderDecoder.class.getResourceAsStream("/millrace-schema.xml")) {
      final Matcher each = ENUM.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      while (each.find()) {
        final List<String> words = new ArrayList<>();
        final Matcher value = VALUE.matcher(each.group());
        while (value.find()) {
          words.add(value.group(1).toLowerCase(Locale.ROOT));
        }
        enums.put(each.group(1), words);
      }
    }
    return enums;
  }
}
