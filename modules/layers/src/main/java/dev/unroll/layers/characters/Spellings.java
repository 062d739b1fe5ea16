package dev.unroll.layers.characters;

import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.TimeMajor;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The different words of a batch, as the characters that they consist of. Most words of a text
 * occur again and again, and what is computed of a spelling is the same wherever it stands.
 */
public final class Spellings {
  /** For a position without a word. */
  public static final int NONE = -1;

  private final List<int[]> words = new ArrayList<>();

  /** The word at position {@code step * batch + example}, or {@link #NONE}. */
  private final int[] wordAt;

  private Spellings(int positions) {
    this.wordAt = new int[positions];
  }

  /**
   * Reads a batch.
   *
   * @param characters {@code [batch, characters, time]}: numbers from 1 and, below a word, 0
   * @param mask {@code [batch, time]}, or null
   * @param alphabet numbers must be below this
   */
  public static Spellings read(INDArray characters, INDArray mask, long alphabet) {
    if (characters.rank() != 3) {
      throw new IllegalArgumentException(
          "words of characters are [batch, characters, time], got "
              + Arrays.toString(characters.shape()));
    }
    int batch = Math.toIntExact(characters.size(0));
    int longest = Math.toIntExact(characters.size(1));
    int time = Math.toIntExact(characters.size(2));
    INDArray floats = TimeMajor.of(characters.castTo(DataType.FLOAT));
    float[] values = new float[batch * longest * time];
    NativeMemory.read(floats, values, values.length);
    return read(values, Masks.timeMajor(mask, batch, time), longest, alphabet);
  }

  /**
   * The same.
   *
   * @param values {@code [batch, characters, time]}, time-major
   * @param present as {@link Masks#timeMajor} gives it
   * @param longest the number of characters
   */
  static Spellings read(float[] values, float[] present, int longest, long alphabet) {
    Spellings spellings = new Spellings(values.length / longest);
    Map<IntBuffer, Integer> known = new HashMap<>();
    for (int position = 0; position < spellings.wordAt.length; position++) {
      if (present != null && present[position] == 0) {
        spellings.wordAt[position] = NONE;
        continue;
      }
      int[] word = word(values, position * longest, longest, alphabet);
      Integer index = known.putIfAbsent(IntBuffer.wrap(word), spellings.words.size());
      spellings.wordAt[position] = index == null ? spellings.words.size() : index;
      if (index == null) {
        spellings.words.add(word);
      }
    }
    return spellings;
  }

  private static int[] word(float[] values, int from, int longest, long alphabet) {
    int[] word = new int[longest];
    int length = 0;
    while (length < longest && values[from + length] != 0) {
      float value = values[from + length];
      word[length] = (int) value;
      if (!(value > 0 && value < alphabet && word[length] == value)) {
        throw new IllegalArgumentException(
            "character number " + value + ": numbers are whole, from 1 to " + (alphabet - 1));
      }
      length++;
    }
    return Arrays.copyOf(word, length);
  }

  /** How many different words there are. */
  public int count() {
    return words.size();
  }

  /** The characters of a word, numbers from 1; not a copy. */
  public int[] word(int index) {
    return words.get(index);
  }

  /** How many positions the batch has. */
  public int positions() {
    return wordAt.length;
  }

  /** The word at position {@code step * batch + example}, or {@link #NONE}. */
  public int wordAt(int position) {
    return wordAt[position];
  }

  /** The characters that occur, distinct and ascending. */
  int[] characters() {
    return words.stream().flatMapToInt(Arrays::stream).sorted().distinct().toArray();
  }
}
