package io.millrace.runtime.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * One authored YAML file: its tree and the line of each key.
 *
 * @param tree the mapping; empty where everything is commented out
 * @param lines dotted key to line, from 1
 * @param blank there is nothing in the file, not even a comment
 */
record ConfigFile(ObjectNode tree, Map<String, Integer> lines, boolean blank) {
  /** Largest file that can be a config; the shipped defaults have 2 % of it. */
  static final int MAX_BYTES = 1 << 20;

  private static final ObjectMapper YAML = new YAMLMapper(new YAMLFactory());

  /**
   * Reads a file.
   *
   * @throws ConfigException if it is not there, not UTF-8, not YAML, or says something twice
   */
  static ConfigFile read(final Path file) {
    final String text = text(file);
    final Map<String, Integer> lines = new HashMap<>();
    try {
      locate(file, text, lines);
      final JsonNode node = YAML.readTree(text);
      if (node == null || node.isMissingNode() || node.isNull()) {
        return new ConfigFile(YAML.createObjectNode(), lines, text.isBlank());
      }
      if (node instanceof final ObjectNode tree) {
        return new ConfigFile(tree, lines, false);
      }
      throw failure(
          file + " is not a mapping of keys to values; begin with a section such as `risk:`");
    } catch (final JsonProcessingException e) {
      throw failure(notYaml(file, text, e));
    } catch (final IOException e) {
      throw failure(file + " is not YAML (" + firstLine(e.getMessage()) + "); mend it");
    }
  }

  /** A value as {@code --set} gives it, read as YAML. */
  static JsonNode value(final String text) throws JsonProcessingException {
    return YAML.readTree(text);
  }

  private static String text(final Path file) {
    final byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (final NoSuchFileException e) {
      throw failure(file + " does not exist; name an existing file with --config");
    } catch (final IOException e) {
      throw failure(
          file
              + (Files.isDirectory(file) ? " is a directory" : " cannot be read")
              + "; name a readable YAML file with --config");
    }
    if (bytes.length > MAX_BYTES) {
      throw failure(
          file + " is larger than " + MAX_BYTES + " bytes: this is no config; name another file");
    }
    if (bytes.length >= 2 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF) {
      throw failure(file + " is UTF-16; save it as UTF-8");
    }
    return decode(file, bytes);
  }

  private static String decode(final Path file, final byte[] bytes) {
    final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    final ByteBuffer in = ByteBuffer.wrap(bytes);
    final CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    final CoderResult result = decoder.decode(in, out, true);
    final String text = out.flip().toString();
    try {
      if (result.isError()) {
        result.throwException();
      }
    } catch (final CharacterCodingException e) {
      final long line = text.chars().filter(c -> c == '\n').count() + 1;
      throw failure(file + ":" + line + " has bytes that are not UTF-8; save the file as UTF-8");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text; // some editors mark UTF-8
  }

  /** Remembers the line of every key; tells keys that are there twice, and second documents. */
  private static void locate(final Path file, final String text, final Map<String, Integer> lines)
      throws IOException {
    final List<String> problems = new ArrayList<>();
    final Deque<String> path = new ArrayDeque<>();
    final Deque<String> lists = new ArrayDeque<>();
    try (JsonParser parser = YAML.getFactory().createParser(text)) {
      String name = "";
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        final int line = parser.currentTokenLocation().getLineNr();
        if (depth == 0 && name == null) {
          problems.add(file + ":" + line + ": a second document begins here; a config has one");
          break;
        }
        switch (token) {
          case FIELD_NAME -> {
            name = parser.currentName();
            final String key = join(path, name);
            final Integer first = lines.putIfAbsent(key, line);
            if (first != null) {
              problems.add(
                  file
                      + ":"
                      + line
                      + ": "
                      + key
                      + " is already set on line "
                      + first
                      + "; keep one of them");
            }
          }
          case START_OBJECT -> {
            final JsonStreamContext parent = parser.getParsingContext().getParent();
            path.addLast(
                parent.inArray() ? lists.peekLast() + "[" + parent.getCurrentIndex() + "]" : name);
            depth++;
          }
          case START_ARRAY -> {
            lists.addLast(name);
            depth++;
          }
          case END_OBJECT -> {
            path.removeLast();
            depth--;
          }
          case END_ARRAY -> {
            lists.removeLast();
            depth--;
          }
          default -> {}
        }
        if (depth == 0) {
          name = null;
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private static String join(final Deque<String> path, final String name) {
    final StringBuilder text = new StringBuilder();
    for (final String part : path) {
      if (!part.isEmpty()) {
        text.append(part).append('.');
      }
    }
    return text.append(name).toString();
  }

  private static String notYaml(
      final Path file, final String text, final JsonProcessingException e) {
    if (e.getCause() instanceof final MarkedYAMLException marked
        && marked.getProblemMark() != null) {
      final int line = marked.getProblemMark().getLine() + 1;
      final String[] lines = text.split("\n", -1);
      if (line <= lines.length && lines[line - 1].matches("[ ]*\\t.*")) {
        return file + ":" + line + ": a tab stands before the text; indent with spaces";
      }
      return file
          + ":"
          + line
          + ": not YAML ("
          + firstLine(marked.getProblem())
          + "); mend this line or the one above it";
    }
    final String where = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
    return file + where + ": not YAML (" + firstLine(e.getOriginalMessage()) + "); mend it";
  }

  private static String firstLine(final String message) {
    final String text = String.valueOf(message).strip();
    final int end = text.indexOf('\n');
    final String line = end < 0 ? text : text.substring(0, end);
    return line.isEmpty()
        ? "unreadable"
        : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }

  private static ConfigException failure(final String problem) {
    return new ConfigException(List.of(problem));
  }
}
