package dev.unroll.layers;

import dev.unroll.layers.memory.Masks;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The numbers of words that a {@link WordEmbedding} reads. */
public final class WordIds {
  /** In place of the number of a word, where a step is masked. */
  public static final int PADDING = -1;

  private WordIds() {}

  /**
   * Reads a batch.
   *
   * @param input {@code [batch, 1, time]} or {@code [batch, time]}
   * @param mask {@code [batch, time]}, 0 where there is no word, or null
   * @param words how many there are
   * @return element {@code t * batch + b} is the id at step {@code t} of example {@code b}
   * @throws IllegalArgumentException if the input is of another shape, or an id is none
   */
  public static int[] read(INDArray input, INDArray mask, long words) {
    boolean shaped = input.rank() == 2 || (input.rank() == 3 && input.size(1) == 1);
    if (!shaped) {
      throw new IllegalArgumentException(
          "word ids are [batch, 1, time] or [batch, time], got " + Arrays.toString(input.shape()));
    }
    long batch = input.size(0);
    long time = input.size(input.rank() - 1);
    float[] values = Masks.timeMajor(input.reshape(batch, time), batch, time);
    float[] present = Masks.timeMajor(mask, batch, time);
    int[] read = new int[values.length];
    for (int i = 0; i < read.length; i++) {
      if (present != null && present[i] == 0) {
        read[i] = PADDING;
        continue;
      }
      read[i] = (int) values[i];
      if (!(values[i] >= 0 && values[i] < words && read[i] == values[i])) {
        throw new IllegalArgumentException(
            "word id "
                + values[i]
                + " at step "
                + i / batch
                + " of example "
                + i % batch
                + " of the batch: ids are whole numbers from 0 to "
                + (words - 1));
      }
    }
    return read;
  }
}
