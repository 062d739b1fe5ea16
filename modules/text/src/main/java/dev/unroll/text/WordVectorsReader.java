package dev.unroll.text;

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
        TextVectors.read(
            new LineReader(new TextReader(bytes, source.charset()), LineReader.MAX_LINE_LENGTH),
            vectors);
      }
      return vectors.build();
    }
  }

  /**
   * Whether what follows a header and a word are floats rather than digits. Letters of numbers
   * ({@code e}, {@code nan}, {@code inf}) do occur in text, control characters do not.
   */
  static boolean isBinary(byte[] beginning) {
    String text = new String(beginning, StandardCharsets.ISO_8859_1);
    int header = text.indexOf('\n');
    if (header < 0 || VectorsHeader.parse(text.substring(0, header)).isEmpty()) {
      return false;
    }
    int word = text.indexOf(' ', header + 1);
    for (int i = word + 1; word >= 0 && i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        return false;
      }
      if ("0123456789+-.eEnaifNAIF \t".indexOf(c) < 0) {
        return true;
      }
    }
    return false;
  }
}
