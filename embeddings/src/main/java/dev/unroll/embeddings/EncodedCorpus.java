package dev.unroll.embeddings;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Sha256;
import dev.unroll.data.TemporaryFile;
import dev.unroll.data.UserError;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A text as numbers in a temporary file, 4 bytes a word. Text is read, unpacked and tokenised once,
 * whatever the number of epochs, standard input included; the threads read blocks of the file on
 * their own; and memory holds one block a thread, however long the text.
 */
final class EncodedCorpus implements AutoCloseable {
  /**
   * A block ends with the first sentence that reaches this many words, as word2vec's update of the
   * rate.
   */
  private static final int BLOCK = 10_000;

  private static final int END_OF_SENTENCE = -1;

  private final TemporaryFile file;
  private final Lexicon lexicon;
  private final int[] indices;
  private final long[] blocks;
  private final String digest;

  /**
   * @param digest SHA-256 of all words and ends of sentences in their order
   * @param indices for the numbers in the file, the index in {@code lexicon} or -1
   * @param blocks where each begins, in numbers, and where the last ends
   */
  private EncodedCorpus(
      TemporaryFile file, Lexicon lexicon, int[] indices, long[] blocks, String digest) {
    this.digest = digest;
    this.file = file;
    this.lexicon = lexicon;
    this.indices = indices;
    this.blocks = blocks;
  }

  /**
   * Reads the whole text.
   *
   * @param minCount words seen less often are left out, as if they had not been there
   * @param stop asked at every sentence whether to give up
   * @throws UserError if no word is left
   * @throws CancellationException if {@code stop} says so
   */
  static EncodedCorpus encode(SentenceReader reader, int minCount, BooleanSupplier stop) {
    TemporaryFile file = new TemporaryFile("unroll-corpus", "the encoded text");
    try {
      return new Writer(file, stop).encode(reader, minCount);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  Lexicon lexicon() {
    return lexicon;
  }

  /** SHA-256 of the text as it is trained on: its words, in their order. */
  String digest() {
    return digest;
  }

  int blocks() {
    return blocks.length - 1;
  }

  /** The share of the text that lies before a block, from 0 to 1. */
  double position(int block) {
    return (double) blocks[block] / blocks[blocks.length - 1];
  }

  /** Reads one block; several threads may, each with a {@code target} of its own. */
  void read(int block, Block target) {
    int length = (int) (blocks[block + 1] - blocks[block]);
    ByteBuffer bytes = target.reserve(length);
    file.read(bytes, blocks[block] * Integer.BYTES);
    target.decode(bytes.flip().asIntBuffer(), indices);
  }

  @Override
  public void close() {
    file.close();
  }

  /** Sentences of one block, as indices of a lexicon; used again and again. */
  static final class Block {
    private ByteBuffer bytes = ByteBuffer.allocateDirect(2 * BLOCK * Integer.BYTES);
    private int[] words = new int[2 * BLOCK];
    private int[] ends = new int[64];
    private int sentences;

    private ByteBuffer reserve(int length) {
      if (words.length < length) {
        bytes = ByteBuffer.allocateDirect(2 * length * Integer.BYTES);
        words = new int[2 * length];
      }
      return bytes.clear().limit(length * Integer.BYTES);
    }

    private void decode(IntBuffer numbers, int[] indices) {
      sentences = 0;
      int n = 0;
      while (numbers.hasRemaining()) {
        int number = numbers.get();
        if (number == END_OF_SENTENCE) {
          if (sentences == ends.length) {
            ends = Arrays.copyOf(ends, 2 * sentences);
          }
          ends[sentences++] = n;
        } else if (indices[number] >= 0) {
          words[n++] = indices[number];
        }
      }
    }

    /** The number of words in all sentences. */
    int length() {
      return sentences == 0 ? 0 : ends[sentences - 1];
    }

    int sentences() {
      return sentences;
    }

    /** The words of all sentences, one behind the other. */
    int[] words() {
      return words;
    }

    int begin(int sentence) {
      return sentence == 0 ? 0 : ends[sentence - 1];
    }

    int end(int sentence) {
      return ends[sentence];
    }
  }

  /** Numbers words in the order in which they come; which of them stay is known only at the end. */
  private static final class Writer {
    private final TemporaryFile file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final WordCounts counts = new WordCounts();
    private final List<Long> blocks = new ArrayList<>(List.of(0L));
    private final BooleanSupplier stop;
    private final MessageDigest digest = Sha256.create();
    private long written;
    private long stored;

    private Writer(TemporaryFile file, BooleanSupplier stop) {
      this.file = file;
      this.stop = stop;
    }

    private EncodedCorpus encode(SentenceReader reader, int minCount) {
      Reading.whole(() -> reader.read(this::add), stop);
      if (written > blocks.get(blocks.size() - 1)) {
        blocks.add(written);
      }
      flush();
      int[] kept =
          IntStream.range(0, counts.size())
              .filter(number -> counts.count(number) >= minCount)
              .boxed()
              .sorted(Comparator.comparingLong(number -> -counts.count(number)))
              .mapToInt(Integer::intValue)
              .toArray();
      if (kept.length == 0) {
        throw UserError.data(
            reader.name(),
            counts.size() == 0
                ? "holds no words; give a text"
                : "no word is seen %d times; lower %s or give more text"
                    .formatted(minCount, setting("min-count")));
      }
      int[] indices = new int[counts.size()];
      Arrays.fill(indices, -1);
      for (int i = 0; i < kept.length; i++) {
        indices[kept[i]] = i;
      }
      Lexicon lexicon =
          new Lexicon(
              Arrays.stream(kept).mapToObj(counts::word).toList(),
              Arrays.stream(kept).mapToLong(counts::count).toArray());
      long[] starts = blocks.stream().mapToLong(Long::longValue).toArray();
      return new EncodedCorpus(file, lexicon, indices, starts, digest(lexicon));
    }

    /** What the file holds are numbers; with the words that they stand for, it is the text. */
    private String digest(Lexicon lexicon) {
      for (String word : lexicon.words()) {
        digest.update((word + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    }

    private void add(Sentence sentence) {
      if (stop.getAsBoolean()) {
        throw new CancellationException("stopped while the text was read");
      }
      for (String word : sentence.words()) {
        put(counts.add(word));
      }
      put(END_OF_SENTENCE);
      if (written - blocks.get(blocks.size() - 1) >= BLOCK) {
        blocks.add(written);
      }
    }

    private void put(int number) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      buffer.putInt(number);
      written++;
    }

    private void flush() {
      buffer.flip();
      digest.update(buffer.duplicate());
      file.write(buffer, stored);
      stored += buffer.limit();
      buffer.clear();
    }
  }
}
