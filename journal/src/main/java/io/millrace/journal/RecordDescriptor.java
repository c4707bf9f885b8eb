package io.millrace.journal;

import java.nio.ByteOrder;

/**
 * The bytes of the journal. All numbers are little-endian.
 *
 * <p>A queue directory holds one Chronicle file ({@code *.cq4}). It is a run of documents, each a
 * 4-byte header (30 bits of length, bit 30 "meta data", bit 31 "not complete") and a body padded
 * with zeros to a multiple of four. Meta documents are Chronicle's own (store header, indexes) and
 * carry nothing we read. Every other document is one <b>block</b> of ours:
 *
 * <pre>
 *  block of records                       start block                 end block
 *   0  u16 magic 0x4A52                    u16 magic 0x4A53            u16 magic 0x4A45
 *   2  u16 number of records, 1..65535     u16 format version          u16 0
 *   4  i64 sequence of the first record    i64 seed of the chain       i64 sequence of the last record (0: none)
 *  12  i64 base time, ns since the epoch   i64 ones' complement of it  i64 mix of the sequence and the chain
 *  20  records, back to back               -                           -
 *  20+ i64 chain after the last record     i64 seed of the chain       i64 chain after the last record
 * </pre>
 *
 * The first block of a journal is a start block; a clean close adds an end block; a crash leaves
 * none.
 *
 * <pre>
 *  record
 *   0  u16 payload length, 0..65535
 *   2  u16 template id, 0..65535
 *   4  u32 ns since the previous record of the block (the first: since the base time, so 0);
 *          0xFFFFFFFF: more than that, or the clock went back, and an i64 ingress time follows here
 *   8  payload (at 16 after an explicit time)
 *   +  u32 check
 * </pre>
 *
 * Sequences within a block are consecutive, so the n-th record's is implied. With {@code meta} a
 * 64-bit mix of sequence, ingress time, template id and length,
 *
 * <pre>
 *  check   = CRC32C(payload) xor low32(meta)
 *  chain_n = mix(chain_(n-1), meta_n, CRC32C(payload_n)),   chain_0 = seed
 * </pre>
 *
 * Neither depends on how records were grouped into blocks: the same records give the same chain
 * however they were batched. The check names the damaged record even though its sequence and time
 * are implied; the chain finds records that were removed, replaced or reordered. Overhead: 12 bytes
 * a record and 32 bytes a document.
 */
public final class RecordDescriptor {
  /** Version of this layout, written into the start block. */
  public static final int FORMAT_VERSION = 1;

  /** Largest payload of one record, bytes: what the u16 length can say. */
  public static final int MAX_PAYLOAD_BYTES = 0xFFFF;

  /** Largest template id: SBE's are u16. */
  public static final int MAX_TEMPLATE_ID = 0xFFFF;

  /** Most records in one block: what the u16 count can say. */
  public static final int MAX_BLOCK_RECORDS = 0xFFFF;

  /** Magic of a block of records ("RJ" in file order). */
  static final int MAGIC_RECORDS = 0x4A52;

  /** Magic of the start block. */
  static final int MAGIC_START = 0x4A53;

  /** Magic of the end block. */
  static final int MAGIC_END = 0x4A45;

  static final int MAGIC_OFFSET = 0;
  static final int COUNT_OFFSET = 2;
  static final int SEQUENCE_OFFSET = 4;
  static final int TIME_OFFSET = 12;

  /** Bytes before the first record of a block. */
  static final int BLOCK_HEADER_BYTES = 20;

  /** Bytes after the last record of a block. */
  static final int BLOCK_TRAILER_BYTES = 8;

  /** Smallest block: start and end blocks are this long. */
  static final int MIN_BLOCK_BYTES = BLOCK_HEADER_BYTES + BLOCK_TRAILER_BYTES;

  static final int LENGTH_OFFSET = 0;
  static final int TEMPLATE_OFFSET = 2;
  static final int DELTA_OFFSET = 4;

  /** Bytes before the payload when the time is a delta. */
  static final int RECORD_HEADER_BYTES = 8;

  /** Bytes of the explicit time that follows {@link #EXPLICIT_TIME}. */
  static final int EXPLICIT_TIME_BYTES = 8;

  /** Bytes of the check after the payload. */
  static final int CHECK_BYTES = 4;

  /** Most bytes a record adds to its payload. */
  static final int MAX_RECORD_OVERHEAD_BYTES =
      RECORD_HEADER_BYTES + EXPLICIT_TIME_BYTES + CHECK_BYTES;

  /** Most bytes a block with one record adds to its payload. */
  static final int MAX_BLOCK_OVERHEAD_BYTES = MIN_BLOCK_BYTES + MAX_RECORD_OVERHEAD_BYTES;

  /** Delta that says "the ingress time follows in full". */
  static final int EXPLICIT_TIME = 0xFFFF_FFFF;

  /** Largest delta that is a delta, ns (about 4.29 s). */
  static final long MAX_DELTA_NANOS = 0xFFFF_FFFEL;

  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  // Odd multipliers from the fractions of the golden ratio and of the roots of 2, 3 and 5: no
  // hidden choice in them.
  private static final long PHI = 0x9E37_79B9_7F4A_7C15L;
  private static final long ROOT_2 = 0x6A09_E667_F3BC_C909L;
  private static final long ROOT_3 = 0xBB67_AE85_84CA_A73BL;
  private static final long ROOT_5 = 0x3C6E_F372_FE94_F82BL;

  private RecordDescriptor() {}

  /**
   * Mixes what a record says besides its payload. A bijection in each argument while the others are
   * held, so that a change of one field always changes the result.
   */
  static long meta(
      final long sequence, final long timeNanos, final int templateId, final int length) {
    // Three products side by side, then one: short, because it is on the writer's path.
    long h =
        (sequence * PHI)
            ^ Long.rotateLeft(timeNanos * ROOT_2, 23)
            ^ Long.rotateLeft((((long) templateId << 32) | length) * ROOT_3, 41);
    h ^= h >>> 29;
    h *= ROOT_5;
    return h ^ (h >>> 32);
  }

  /** The eight bytes that open a record, as one number. */
  static long header(final int length, final int templateId, final int delta) {
    return length
        | ((long) templateId << (TEMPLATE_OFFSET * Byte.SIZE))
        | ((long) delta << (DELTA_OFFSET * Byte.SIZE));
  }

  /** The four bytes that close a record. */
  static int check(final long meta, final int crc) {
    return crc ^ (int) meta;
  }

  /**
   * Next value of the chain. A bijection in {@code previous}: a broken chain never heals by itself.
   */
  static long chain(final long previous, final long meta, final int crc) {
    // One product: the writer waits for it before it may publish.
    final long x = ((previous ^ meta) + (crc & 0xFFFF_FFFFL)) * ROOT_5;
    return x ^ (x >>> 32);
  }

  /** What makes an end block recognisable by itself. */
  static long endCheck(final long sequence, final long chain) {
    return meta(sequence, chain, MAGIC_END, 0);
  }

  /** Rounds a document body up to Chronicle's alignment of four bytes. */
  static long align4(final long bytes) {
    return (bytes + 3) & ~3L;
  }
}
