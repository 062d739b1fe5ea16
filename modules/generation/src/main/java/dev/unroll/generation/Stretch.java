package dev.unroll.generation;

import dev.unroll.layers.forward.Steps;
import dev.unroll.training.SequenceBatch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * A stretch of encoded text to read and to predict: at step {@code t} the network reads {@code
 * symbols[from + t]} and is to say {@code symbols[from + t + 1]}.
 *
 * @param symbols shared by all stretches of one text
 * @param from index of the first symbol that is read
 * @param length number of steps, 0 or more
 */
public record Stretch(int[] symbols, int from, int length) {
  /** Refuses a stretch beyond its sequence. */
  public Stretch {
    if (from < 0 || length < 0 || from + length >= symbols.length) {
      throw new IllegalArgumentException(
          "steps " + from + " to " + (from + length) + " of " + symbols.length + " symbols");
    }
  }

  /** A whole text. */
  public static Stretch of(int[] symbols) {
    return new Stretch(symbols, 0, symbols.length - 1);
  }

  /** What a network reads of stretches side by side: {@code [stretches, 1, time]}. */
  public static Steps steps(List<Stretch> stretches) {
    return inputs(stretches).steps();
  }

  /** The same to train on, with what is to be said. */
  public static MultiDataSet encode(List<Stretch> stretches) {
    SequenceBatch inputs = inputs(stretches);
    INDArray mask = inputs.isFull() ? null : inputs.mask();
    return new MultiDataSet(
        new INDArray[] {inputs.array()},
        new INDArray[] {SequenceBatch.ids(stretches, Stretch::length, Stretch::target).array()},
        new INDArray[] {mask},
        new INDArray[] {mask});
  }

  private static SequenceBatch inputs(List<Stretch> stretches) {
    return SequenceBatch.ids(stretches, Stretch::length, Stretch::input);
  }

  /** The symbol that is read at step {@code t}. */
  public int input(int t) {
    return symbols[from + t];
  }

  /** The symbol that comes next. */
  public int target(int t) {
    return symbols[from + t + 1];
  }
}
