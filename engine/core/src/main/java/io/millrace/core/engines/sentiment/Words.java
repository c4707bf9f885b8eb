package io.millrace.core.engines.sentiment;

/**
 * Splits UTF-8 text into words without making strings: runs of ASCII letters, digits, apostrophes
 * inside a word, and bytes of other scripts; lower-cased (ASCII) and known by their 64-bit FNV-1a
 * hash. Latin-1 signs and general punctuation (dashes, curly quotes, currency signs) part words; a
 * curly apostrophe is an apostrophe.
 */
final class Words {
  /** Words of a text that are looked at; the rest is left out. */
  static final int MAX_WORDS = 64;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long[] hashes = new long[MAX_WORDS];
  private final boolean[] numbers = new boolean[MAX_WORDS];
  private int count;
  private long hash;
  private int apostrophes;

  /** Reads a text in place of the one before; gives the number of its words. */
  int read(final byte[] text, final int length) {
    count = 0;
    hash = 0;
    apostrophes = 0;
    int at = 0;
    while (at < length && count < MAX_WORDS) {
      final int c = lower(text[at]);
      final int bytes = signBytes(text, at, length);
      if (bytes > 0) {
        sign(bytes > 2 && apostrophe(text, at));
        at += bytes;
      } else {
        if (c == '\'') {
          sign(true);
        } else if (wordPart(c)) {
          letter(c);
        } else {
          end();
        }
        at++;
      }
    }
    end();
    return count;
  }

  /** Bytes of a sign outside ASCII at a place: U+0080 to U+00BF or U+2000 to U+20FF; else 0. */
  private static int signBytes(final byte[] text, final int at, final int length) {
    final int c = text[at] & 0xFF;
    if (c == 0xC2 && at + 1 < length) {
      return 2;
    }
    final boolean punctuation = c == 0xE2 && at + 2 < length && (text[at + 1] & 0xFF) <= 0x83;
    return punctuation ? 3 : 0;
  }

  /** U+2018 or U+2019. */
  private static boolean apostrophe(final byte[] text, final int at) {
    final int last = text[at + 2] & 0xFF;
    return (text[at + 1] & 0xFF) == 0x80 && (last == 0x98 || last == 0x99);
  }

  private void sign(final boolean apostrophe) {
    if (!apostrophe) {
      end();
    } else if (hash != 0) {
      apostrophes++; // of the word only if a letter follows
    }
  }

  private void letter(final int c) {
    if (hash == 0) {
      hash = FNV_OFFSET;
      numbers[count] = c >= '0' && c <= '9';
    }
    for (; apostrophes > 0; apostrophes--) {
      hash = (hash ^ '\'') * FNV_PRIME;
    }
    hash = (hash ^ c) * FNV_PRIME;
  }

  private void end() {
    if (hash != 0 && count < MAX_WORDS) {
      hashes[count++] = hash;
    }
    hash = 0;
    apostrophes = 0;
  }

  private static int lower(final byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b & 0xFF;
  }

  private static boolean wordPart(final int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
  }

  int count() {
    return count;
  }

  /** Hashes of the words, in order. Read only. */
  long[] hashes() {
    return hashes;
  }

  /** Whether a word begins with a digit. */
  boolean number(final int word) {
    return numbers[word];
  }

  /** Hash of a publisher: up to the first zero byte, never that of a word, never 0. */
  static long sourceHash(final byte[] source, final int length) {
    long hash = ~FNV_OFFSET;
    for (int i = 0; i < length && source[i] != 0; i++) {
      hash = (hash ^ lower(source[i])) * FNV_PRIME;
    }
    return hash == 0 ? 1 : hash;
  }
}
