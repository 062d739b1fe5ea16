package dev.unroll.text;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file of word2vec's binary format, used where it lies: opening it finds where each word begins,
 * and the vectors stay in the file. Of 3 million words the heap holds 60 MB, whatever the length of
 * a vector. Any number of threads may read; the file must not be changed meanwhile.
 *
 * <p>A map of Java is at most 2 GiB, so there are several, each of which reaches a little into the
 * next: a word and its vector lie whole in the one in which they begin.
 */
public final class MappedVectors {
  private static final int FREE = -1;
  private static final int MOST_ROWS = 1 << 28;
  private static final int LONGEST_WORD = 1 << 16;

  private final String source;
  private final int dimensions;
  private final long size; // of the file in bytes
  private final long step; // bytes from the beginning of a map to that of the next
  private final ByteBuffer[] maps;
  private final FloatBuffer[][] floats; // of each map, from its first four bytes on
  private final long[] vectors; // where each begins
  private final int[] slots; // hash table of the words' rows
  private final WordHash hash = new WordHash();
  private long words; // where the first word begins

  private MappedVectors(Path file, FileChannel channel, VectorsHeader header, int rows, long step)
      throws IOException {
    this.source = file.toString();
    this.dimensions = header.dimensions();
    this.step = step;
    size = channel.size();
    long overlap = (long) dimensions * Float.BYTES + LONGEST_WORD + 1;
    maps = new ByteBuffer[(int) ((size + step - 1) / step)];
    floats = new FloatBuffer[maps.length][Float.BYTES];
    for (int i = 0; i < maps.length; i++) {
      long length = Math.min(step + overlap, size - i * step);
      maps[i] = channel.map(FileChannel.MapMode.READ_ONLY, i * step, length);
      for (int shift = 0; shift < Math.min(length, Float.BYTES); shift++) {
        floats[i][shift] =
            maps[i]
                .slice(shift, (int) length - shift)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
      }
    }
    vectors = new long[rows];
    slots = new int[Math.max(2, Integer.highestOneBit(Math.max(1, rows)) * 4)];
    Arrays.fill(slots, FREE);
    index(header);
  }

  /**
   * Opens a file if it is of word2vec's binary format and not packed.
   *
   * @param limit the most vectors, from the first; there may be fewer in the file
   * @return empty if it is of another format
   * @throws UserError if it cannot be read or is damaged
   */
  public static Optional<MappedVectors> open(Path file, int limit) {
    return open(file, limit, 1L << 30);
  }

  static Optional<MappedVectors> open(Path file, int limit, long step) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(WordVectorsReader.SNIFF);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      byte[] beginning = Arrays.copyOf(buffer.array(), buffer.position());
      if (!WordVectorsReader.isBinary(beginning)) {
        return Optional.empty();
      }
      String first = new String(beginning, StandardCharsets.ISO_8859_1).lines().iterator().next();
      VectorsHeader header = VectorsHeader.parse(first).orElseThrow();
      if (header.dimensions() < 1) {
        throw UserError.data(file, 1, "vectors of 0 values; at least 1 is needed");
      }
      int rows = (int) Math.min(header.words(), Math.min(limit, MOST_ROWS));
      if (rows > (channel.size() - first.length()) / (header.dimensions() * 4L + 1)) {
        throw UserError.data(
            file,
            "the first line promises %d vectors, more than there are; copy the file again"
                .formatted(header.words()));
      }
      return Optional.of(new MappedVectors(file, channel, header, rows, step));
    } catch (IOException e) {
      throw UserError.data(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private void index(VectorsHeader header) {
    float[] values = new float[dimensions];
    long at = 0;
    while (byteAt(at++) != '\n') {}
    words = at;
    for (int row = 0; row < vectors.length; row++) {
      long begin = wordBegin(at);
      long end = begin;
      long sum = 0;
      boolean ascii = true;
      for (byte b; end < size && (b = byteAt(end)) != ' '; end++) {
        sum = hash.next(sum, b);
        ascii &= b >= 0;
        if (end - begin == LONGEST_WORD) {
          throw error(row, "no word of so many bytes; is this word2vec's binary format?");
        }
      }
      at = end + 1 + (long) dimensions * Float.BYTES;
      if (at > size) {
        throw error(row, "the file ends before or within it; copy the file again");
      }
      vectors[row] = end + 1;
      if (!ascii) {
        checkUtf8(row);
      }
      checkFinite(row, values);
      int slot = slot(sum, row);
      slots[slot] = slots[slot] == FREE ? row : slots[slot]; // of a word listed twice, the first
    }
    if (vectors.length == header.words() && wordBegin(at) < size) {
      throw error(
          vectors.length - 1, "more follows than the first line promises; copy the file again");
    }
  }

  /** Where a row with this word is, or the free slot where it belongs. */
  private int slot(long sum, int row) {
    int slot = WordHash.slot(sum, slots.length);
    if (slots[slot] != FREE) {
      byte[] word = bytes(row);
      while (slots[slot] != FREE && !Arrays.equals(bytes(slots[slot]), word)) {
        slot = slot + 1 & slots.length - 1;
      }
    }
    return slot;
  }

  private byte byteAt(long position) {
    int map = (int) Math.min(position / step, maps.length - 1);
    return maps[map].get((int) (position - map * step));
  }

  /** Some writers end a vector with a line feed or several, which then come before the word. */
  private long wordBegin(long vectorEnd) {
    long begin = vectorEnd;
    while (begin < size && byteAt(begin) == '\n') {
      begin++;
    }
    return begin;
  }

  private byte[] bytes(int row) {
    long begin = row == 0 ? words : wordBegin(vectors[row - 1] + (long) dimensions * Float.BYTES);
    byte[] bytes = new byte[(int) (vectors[row] - 1 - begin)];
    int map = (int) (begin / step);
    maps[map].get((int) (begin - map * step), bytes);
    return bytes;
  }

  private void checkUtf8(int row) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(row)));
    } catch (CharacterCodingException e) {
      throw error(row, "its word is not valid UTF-8; is the file damaged?");
    }
  }

  /** Refuses at once what a search would stumble over. */
  private void checkFinite(int row, float[] values) {
    copyTo(row, values, 0);
    int largest = 0;
    for (float value : values) {
      largest |= (Float.floatToRawIntBits(value) & 0x7fffffff) + 0x00800000;
    }
    if (largest < 0) { // an exponent of ones only: infinity, or none at all
      for (float value : values) {
        if (!Float.isFinite(value)) {
          throw error(row, "it holds " + value + ", which is no vector's value");
        }
      }
    }
  }

  private UserError error(int row, String message) {
    return UserError.data(source, "vector " + (row + 1) + ": " + message);
  }

  /** The file, for messages. */
  public String source() {
    return source;
  }

  /** Number of words. */
  public int size() {
    return vectors.length;
  }

  /** Length of a vector. */
  public int dimensions() {
    return dimensions;
  }

  /** The word of a row. */
  public String word(int row) {
    return new String(bytes(row), StandardCharsets.UTF_8);
  }

  /** The word's row, the first if there are several, or -1 if it has no vector. */
  public int index(String word) {
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    int slot = WordHash.slot(hash.of(utf8), slots.length);
    while (slots[slot] != FREE && !Arrays.equals(bytes(slots[slot]), utf8)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slots[slot];
  }

  /** Copies a row to {@code target[offset]} … {@code target[offset + dimensions - 1]}. */
  public void copyTo(int row, float[] target, int offset) {
    int map = (int) (vectors[row] / step);
    long place = vectors[row] - map * step;
    FloatBuffer shifted = floats[map][(int) (place % Float.BYTES)];
    shifted.get((int) (place / Float.BYTES), target, offset, dimensions);
  }
}
