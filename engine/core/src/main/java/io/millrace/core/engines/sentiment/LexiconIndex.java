package io.millrace.core.engines.sentiment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;

/**
 * A lexicon ready to be looked into: words interned to ids, entries in a trie of word ids. Looking
 * up does not allocate, and nothing depends on the order of a hash map.
 */
final class LexiconIndex {
  /** What an entry does. */
  enum Kind {
    /** A tone of its own. */
    VALENCE,
    /** A movement, good upwards. */
    MOVE,
    /** A thing that is bad to have more of. */
    ADVERSE,
    /** Strengthens or weakens what follows. */
    INTENSIFIER,
    /** Shifts the weight between what is before and after it. */
    CONTRAST,
    /** Turns what follows around. */
    NEGATOR
  }

  /** Id of a word that is in no entry. */
  static final int UNKNOWN = 0;

  private static final int NUMBER = 1;
  private static final int MISSING = -1;
  private static final int ROOT = 0;

  private final Words words = new Words();
  private final Long2LongHashMap ids = new Long2LongHashMap(UNKNOWN);
  private final Long2LongHashMap edges = new Long2LongHashMap(MISSING);
  private final Long2LongHashMap entryOfNode = new Long2LongHashMap(MISSING);
  private final Long2LongHashMap links = new Long2LongHashMap(MISSING);
  private final Long2LongHashMap sources = new Long2LongHashMap(MISSING);
  private final List<Kind> kindList = new ArrayList<>();
  private final List<Double> numberList = new ArrayList<>();
  private final Kind[] kinds;
  private final double[] numbers;
  private int lastId = NUMBER;
  private int lastNode = ROOT;

  LexiconIndex(final Lexicon lexicon) {
    enter(lexicon.valences(), Kind.VALENCE);
    enter(lexicon.moves(), Kind.MOVE);
    enter(lexicon.adverse(), Kind.ADVERSE);
    enter(lexicon.intensifiers(), Kind.INTENSIFIER);
    enter(lexicon.contrasts(), Kind.CONTRAST);
    for (final String negator : lexicon.negators()) {
      enter(negator, Kind.NEGATOR, 0);
    }
    for (final String link : lexicon.links()) {
      if (read(link) != 1) {
        throw new IllegalArgumentException("lexicon.links: \"" + link + "\" is not one word");
      }
      links.put(intern(0), 1);
    }
    lexicon
        .sources()
        .forEach(
            (source, weight) -> {
              final byte[] name = source.getBytes(StandardCharsets.UTF_8);
              sources.put(Words.sourceHash(name, name.length), Double.doubleToRawLongBits(weight));
            });
    kinds = kindList.toArray(new Kind[0]);
    numbers = new double[numberList.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = numberList.get(i);
    }
  }

  private void enter(final Map<String, Double> entries, final Kind kind) {
    entries.forEach((entry, number) -> enter(entry, kind, number));
  }

  private void enter(final String entry, final Kind kind, final double number) {
    final int length = read(entry);
    if (length == 0 || length > Lexicon.MAX_PHRASE) {
      throw new IllegalArgumentException(
          "lexicon entry \"" + entry + "\" has " + length + " words, must have 1 to 5");
    }
    long node = ROOT;
    for (int i = 0; i < length; i++) {
      final long edge = edge(node, intern(i));
      if (edges.get(edge) == MISSING) {
        edges.put(edge, ++lastNode);
      }
      node = edges.get(edge);
    }
    if (entryOfNode.put(node, kindList.size()) != MISSING) {
      throw new IllegalArgumentException("lexicon has \"" + entry + "\" twice");
    }
    kindList.add(kind);
    numberList.add(number);
  }

  private int read(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return words.read(bytes, bytes.length);
  }

  private int intern(final int word) {
    final int known = id(words, word);
    if (known != UNKNOWN) {
      return known;
    }
    ids.put(words.hashes()[word], ++lastId);
    return lastId;
  }

  private static long edge(final long node, final int id) {
    return node << Integer.SIZE | id;
  }

  /** Whether there is anything to score by. */
  boolean isEmpty() {
    return kinds.length == 0;
  }

  /** Id of a word of a text; all numbers have one. */
  int id(final Words text, final int word) {
    return text.number(word) ? NUMBER : (int) ids.get(text.hashes()[word]);
  }

  boolean isNumber(final int id) {
    return id == NUMBER;
  }

  boolean isLink(final int id) {
    return links.get(id) != MISSING;
  }

  /** The node that a word leads to from another node (0 = the start), or -1. */
  int step(final int node, final int id) {
    return id == UNKNOWN ? MISSING : (int) edges.get(edge(node, id));
  }

  /** The entry that ends at a node, or -1. */
  int entry(final int node) {
    return (int) entryOfNode.get(node);
  }

  Kind kind(final int entry) {
    return kinds[entry];
  }

  double number(final int entry) {
    return numbers[entry];
  }

  /** Weight of a publisher, letters up to the first zero byte; 1 for one that is not named. */
  double sourceWeight(final byte[] source, final int length) {
    final long hash = Words.sourceHash(source, length);
    return sources.containsKey(hash) ? Double.longBitsToDouble(sources.get(hash)) : 1.0;
  }
}
