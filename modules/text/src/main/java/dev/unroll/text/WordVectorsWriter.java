package dev.unroll.text;

import dev.unroll.data.AtomicFile;
import dev.unroll.data.UserError;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes word vectors one by one, so that a file may be larger than memory. The file appears under
 * its name only once {@link #close()} has written all of it; before, and after a failure, what was
 * there stays. A name that ends in {@code .gz} is packed; a pipe is written to as it is.
 *
 * <p>Text holds the shortest decimal numbers that read back as the same floats.
 */
public final class WordVectorsWriter implements AutoCloseable {
  /** How the vectors lie in the file. */
  public enum Format {
    /** word2vec's: a line with the number of words and the dimensions, then a line a word. */
    TEXT,
    /** word2vec's: the same first line, then word, space, little-endian floats, line feed. */
    BINARY,
    /** GloVe's: a line a word and nothing before. */
    GLOVE;

    /** What a file's name asks for: {@code .bin} is binary, {@code .glove} GloVe, else text. */
    public static Format of(Path file) {
      String name = file.getFileName().toString();
      name = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
      return name.endsWith(".bin") ? BINARY : name.endsWith(".glove") ? GLOVE : TEXT;
    }
  }

  private final Path file;
  private final AtomicFile atomic;
  private final Format format;
  private final int size;
  private final int dimensions;
  private final OutputStream out;
  private final ByteBuffer row;
  private int written;
  private boolean failed;

  private WordVectorsWriter(
      Path file, AtomicFile atomic, Format format, int size, int dimensions, OutputStream out) {
    this.file = file;
    this.atomic = atomic;
    this.format = format;
    this.size = size;
    this.dimensions = dimensions;
    this.out = out;
    this.row = ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Opens a file for {@code size} vectors of {@code dimensions} numbers.
   *
   * @throws UserError if it cannot be written
   */
  public static WordVectorsWriter open(Path file, Format format, int size, int dimensions) {
    AtomicFile atomic = AtomicFile.createOrOpen(file);
    try {
      OutputStream raw = atomic.out();
      boolean packed = file.getFileName().toString().endsWith(".gz");
      OutputStream out =
          packed ? new BufferedOutputStream(new GZIPOutputStream(raw), 1 << 16) : raw;
      WordVectorsWriter writer = new WordVectorsWriter(file, atomic, format, size, dimensions, out);
      if (format != Format.GLOVE) {
        writer.text(size + " " + dimensions + "\n");
      }
      return writer;
    } catch (IOException e) {
      atomic.close();
      throw atomic.failure(e);
    }
  }

  /**
   * Writes one vector, {@code values[offset]} to {@code values[offset + dimensions - 1]}.
   *
   * @param word not empty and without white space, which the formats cannot hold
   */
  public void write(String word, float[] values, int offset) {
    if (word.isEmpty() || word.chars().anyMatch(c -> c == ' ' || c == '\n' || c == '\t')) {
      throw UserError.data(file, "a vector file cannot hold the word \"" + word + "\"");
    }
    if (written == size) {
      throw new IllegalArgumentException("more vectors than the " + size + " announced");
    }
    written++;
    try {
      if (format == Format.BINARY) {
        text(word + " ");
        row.clear();
        for (int d = 0; d < dimensions; d++) {
          row.putFloat(values[offset + d]);
        }
        out.write(row.array());
        out.write('\n');
      } else {
        StringBuilder line = new StringBuilder(word);
        for (int d = 0; d < dimensions; d++) {
          line.append(' ').append(values[offset + d]);
        }
        text(line.append('\n').toString());
      }
    } catch (IOException e) {
      failed = true;
      throw atomic.failure(e);
    }
  }

  private void text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Completes the file, or takes away what there is of it if not all vectors were written. */
  @Override
  public void close() {
    try (atomic) {
      if (written == size && !failed) {
        out.close();
        atomic.commit();
      }
    } catch (IOException e) {
      throw atomic.failure(e);
    }
  }
}
