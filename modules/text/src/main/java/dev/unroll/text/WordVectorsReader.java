package dev.unroll.text;

import dev.unroll.data.ByteSource;
import dev.unroll.data.LineReader;
import dev.unroll.data.TextSource;
import dev.unroll.data.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Reads pretrained {@link WordVectors}, plain or gzip, in whichever of these formats the file is:
 *
 * <ul>
 *   <li>word2vec text and fastText {@code .vec}: a line {@code words dimensions}, then a line
 *       {@code word value … value} for each word;
 *   <li>GloVe: the same without the first line;
 *   <li>word2vec binary: the first line, then for each word its name, a space, and the values as
 *       little-endian floats.
 * </ul>
 *
 * <p>Of a word listed twice the first vector counts. A reader does not change; {@link #limit} and
 * {@link #only} give another.
 */
public final class WordVectorsReader {
  /** What numbers are written with, and what parts them. */
  private static final String NUMERIC = "0123456789+-.eEnaifNAIF \t\n\r";

  /** Of the bytes of floats, a tenth happen to be such characters. */
  private static final double LEAST_NUMERIC = 0.3;

  /** Enough for a header, a word and the beginning of its vector. */
  static final int SNIFF = 4096;

  private final int limit;
  private final Predicate<String> wanted;

  /** A reader of all vectors. */
  public WordVectorsReader() {
    this(Integer.MAX_VALUE, word -> true);
  }

  private WordVectorsReader(int limit, Predicate<String> wanted) {
    this.limit = limit;
    this.wanted = wanted;
  }

  /** A reader of the first vectors of a file only, which are those of the most frequent words. */
  public WordVectorsReader limit(int vectors) {
    if (vectors < 1) {
      throw new IllegalArgumentException("a limit of " + vectors + " vectors");
    }
    return new WordVectorsReader(vectors, wanted);
  }

  /** A reader that keeps only the vectors of some words, of those within the limit. */
  public WordVectorsReader only(Predicate<String> words) {
    return new WordVectorsReader(limit, words);
  }

  /** Reads a file in UTF-8. */
  public WordVectors read(Path path) {
    return read(TextSource.of(path));
  }

  /**
   * Reads a file.
   *
   * @throws UserError with file and line (or number of the vector) if it is none of the formats,
   *     damaged, cut off, or holds vectors of different lengths
   */
  public WordVectors read(TextSource source) {
    try (ByteSource bytes = source.openBytes()) {
      byte[] beginning = bytes.peek(SNIFF);
      if (beginning.length == 0) {
        throw UserError.data(source, "no word vectors in it; the file is empty");
      }
      WordVectorsBuilder vectors = new WordVectorsBuilder(source.name(), limit, wanted);
      if (isBinary(beginning)) {
        BinaryVectors.read(bytes, source.charset(), vectors);
      } else {
        TextVectors.read(LineReader.of(bytes, source.charset()), vectors);
      }
      return vectors.build();
    }
  }

  /**
   * Whether what follows a header and a word are floats rather than digits. Floats have control
   * characters among their bytes, which text has not; a few floats may have none, but are not
   * digits in the main either, as text is for all its words (some of which hold spaces).
   */
  static boolean isBinary(byte[] beginning) {
    String text = new String(beginning, StandardCharsets.ISO_8859_1);
    int header = text.indexOf('\n');
    if (header < 0 || VectorsHeader.parse(text.substring(0, header)).isEmpty()) {
      return false;
    }
    int word = text.indexOf(' ', header + 1);
    if (word < 0) {
      return false;
    }
    int numeric = 0;
    for (int i = word + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && "\t\n\r".indexOf(c) < 0) {
        return true;
      }
      numeric += NUMERIC.indexOf(c) >= 0 ? 1 : 0;
    }
    return numeric < LEAST_NUMERIC * (text.length() - word - 1);
  }
}
