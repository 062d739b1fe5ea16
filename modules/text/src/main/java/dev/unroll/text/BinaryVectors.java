package dev.unroll.text;

import dev.unroll.data.ByteSource;
import dev.unroll.data.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads word vectors in word2vec's binary format. */
final class BinaryVectors {
  private static final int LONGEST_WORD = 1 << 16;

  private final ByteSource in;
  private final Charset charset;
  private final WordVectorsBuilder vectors;
  private byte[] word = new byte[64];

  private BinaryVectors(ByteSource in, Charset charset, WordVectorsBuilder vectors) {
    this.in = in;
    this.charset = charset;
    this.vectors = vectors;
  }

  /** Reads from the header on, which the caller has seen. */
  static void read(ByteSource in, Charset charset, WordVectorsBuilder vectors) {
    new BinaryVectors(in, charset, vectors).read();
  }

  private void read() {
    if (!extendsAscii(charset)) {
      throw UserError.data(
          in.name(),
          "word2vec's binary format ends a word with the byte of a blank, which "
              + charset.name()
              + " may use for other things; give the charset of the words, such as UTF-8");
    }
    String first = untilByte('\n', StandardCharsets.ISO_8859_1);
    VectorsHeader header = VectorsHeader.parse(first).orElseThrow();
    vectors.dimensions(header.dimensions());
    vectors.expect(header.words());
    byte[] row = new byte[header.dimensions() * Float.BYTES];
    while (!vectors.isFull() && vectors.met() < header.words()) {
      String name = untilByte(' ', charset);
      boolean wanted = vectors.wants(name);
      if (readFully(row) < row.length) {
        throw error(vectors.met(), "it ends within the vector; copy the file again");
      }
      if (wanted) {
        int start = vectors.add(name);
        ByteBuffer.wrap(row)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(vectors.values(), start, header.dimensions());
        checkFinite(start);
      }
    }
    boolean all = vectors.met() == header.words();
    int next = in.read();
    while (next == '\n') {
      next = in.read();
    }
    if (all && next >= 0) {
      throw error(vectors.met(), "more follows than the first line promises; copy the file again");
    }
  }

  private int readFully(byte[] row) {
    int read = 0;
    while (read < row.length) {
      int n = in.read(row, read, row.length - read);
      if (n < 0) {
        return read;
      }
      read += n;
    }
    return read;
  }

  /** Whether a byte of a blank or a line feed is just that. */
  private static boolean extendsAscii(Charset charset) {
    return charset.canEncode()
        && Arrays.equals(" \n".getBytes(charset), " \n".getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The header or a word; some writers end a vector with a line feed or several, which then come
   * before the word.
   */
  private String untilByte(char end, Charset charset) {
    int length = 0;
    for (int b = in.read(); b != end; b = in.read()) {
      if (b < 0) {
        throw error(vectors.met() + 1, "it ends before the vector; copy the file again");
      }
      if (length == LONGEST_WORD) {
        throw error(
            vectors.met() + 1, "no word of so many bytes; is this word2vec's binary format?");
      }
      if (b != '\n' || length > 0) {
        if (length == word.length) {
          word = Arrays.copyOf(word, 2 * length);
        }
        word[length++] = (byte) b;
      }
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(word, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw error(
          vectors.met() + 1, "its word is not valid " + charset.name() + "; is the file damaged?");
    }
  }

  private void checkFinite(int start) {
    for (int d = 0; d < vectors.dimensions(); d++) {
      if (!Float.isFinite(vectors.values()[start + d])) {
        throw error(
            vectors.met(),
            "it holds " + vectors.values()[start + d] + ", which is no vector's value");
      }
    }
  }

  /** An error at a vector, counted from 1. */
  private UserError error(long number, String message) {
    return UserError.data(in.name(), "vector " + number + ": " + message);
  }
}
