package dev.unroll.generation.language;

import dev.unroll.data.TemporaryFile;
import dev.unroll.data.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * States of all words of many sentences in a temporary file, which is mapped: the heap does not
 * grow with them, and what is asked for often stays in the system's cache. The file is gone when
 * this is closed, or the process ends.
 */
public final class StoredStates implements AutoCloseable {
  /** Bytes that are mapped at once, at most. */
  private static final long STRETCH = 1L << 30;

  private final int width;
  private final long[] firstWords;
  private final TemporaryFile file;
  private final long wordsAtOnce;
  private final List<FloatBuffer> stretches = new ArrayList<>();

  /**
   * Room for the states.
   *
   * @param width values a word
   */
  StoredStates(List<List<String>> sentences, int width) {
    this(sentences, width, STRETCH);
  }

  StoredStates(List<List<String>> sentences, int width, long stretch) {
    this.width = width;
    this.firstWords = new long[sentences.size() + 1];
    for (int i = 0; i < sentences.size(); i++) {
      firstWords[i + 1] = firstWords[i] + sentences.get(i).size();
    }
    this.wordsAtOnce = stretch / (Float.BYTES * (long) Math.max(1, width));
    this.file = new TemporaryFile("unroll-states", "what language models have in mind");
    try {
      file.checkRoom(bytes(firstWords[sentences.size()]));
    } catch (UserError e) {
      close();
      throw e;
    }
  }

  private long bytes(long words) {
    return words * width * Float.BYTES;
  }

  /** Keeps a part of the state of a word; called by several threads, for other places. */
  void put(int sentence, int word, int from, float[] state) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * state.length).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(state);
    file.write(bytes, bytes(firstWords[sentence] + word) + (long) from * Float.BYTES);
  }

  /** Maps what was written. */
  void finish() {
    long words = firstWords[firstWords.length - 1];
    for (long from = 0; from < words; from += wordsAtOnce) {
      long length = bytes(Math.min(wordsAtOnce, words - from));
      stretches.add(file.map(bytes(from), length).order(ByteOrder.nativeOrder()).asFloatBuffer());
    }
  }

  /** The states of a sentence, in the order in which they were given; until this is closed. */
  public WordStates of(int sentence) {
    long first = firstWords[sentence];
    return (word, to, offset) -> {
      long at = first + word;
      stretches
          .get((int) (at / wordsAtOnce))
          .get((int) (at % wordsAtOnce) * width, to, offset, width);
    };
  }

  /** Gives the file back. */
  @Override
  public void close() {
    stretches.clear();
    file.close();
  }
}
