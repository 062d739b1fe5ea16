package dev.unroll.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lays sequences of different lengths side by side. All arrays of one batch are padded with 0 at
 * the end, to the length of the longest sequence.
 *
 * <pre>
 *   ids  [batch, 1, time]    mask [batch, time]    vectors [batch, features, time], of example 0
 *        12  7  4                 1 1 1            .3 .1 .8    feature 0 of steps 0, 1 and 2
 *        31  0  0                 1 0 0            .2 .5 .4    feature 1
 *         0  0  0                 0 0 0                        an example without steps
 * </pre>
 *
 * <p>There is always a step, if only one that the mask hides: an array without any cannot be made.
 *
 * @param <P> what an encoder prepared
 */
public final class SequenceBatch<P> {
  private final List<P> examples;
  private final int[] lengths;
  private final int time;

  /** One number of a sequence. */
  @FunctionalInterface
  public interface StepValue<P> {
    /**
     * The number at {@code step}, which is below the length of {@code example}. Batches ask for the
     * steps of an example in their order, and for the examples in theirs.
     */
    float at(P example, int step);
  }

  /**
   * A batch of {@code examples}.
   *
   * @param length the number of steps of an example, 0 or more
   */
  public SequenceBatch(List<P> examples, ToIntFunction<? super P> length) {
    this.examples = examples;
    this.lengths = examples.stream().mapToInt(length).toArray();
    this.time = Math.max(1, Arrays.stream(lengths).max().orElse(1));
  }

  /** The number of examples. */
  public int size() {
    return lengths.length;
  }

  /** The number of steps of the longest example, and of all arrays; at least 1. */
  public int time() {
    return time;
  }

  /** Whether nothing is padded, so that a mask would be 1 everywhere. */
  public boolean isFull() {
    return Arrays.stream(lengths).allMatch(length -> length == time);
  }

  /** {@code [batch, time]}: 1 where an example has a step, 0 behind its end. */
  public INDArray mask() {
    float[] mask = new float[lengths.length * time];
    for (int i = 0; i < lengths.length; i++) {
      Arrays.fill(mask, i * time, i * time + lengths[i], 1);
    }
    return Nd4j.create(mask, new long[] {lengths.length, time}, 'c');
  }

  /** {@code [batch, 1, time]}: a number a step, such as the id of a word or of a label. */
  public INDArray ids(StepValue<? super P> value) {
    float[] values = new float[lengths.length * time];
    for (int i = 0; i < lengths.length; i++) {
      for (int t = 0; t < lengths[i]; t++) {
        values[i * time + t] = value.at(examples.get(i), t);
      }
    }
    return Nd4j.create(values, new long[] {lengths.length, 1, time}, 'c');
  }

  /**
   * {@code [batch, labels]}: 1 for the label of each example, where a sequence has one label.
   *
   * @param labels how many labels there are
   * @param label the number of an example's label; below 0 if it is not known, which gives a row of
   *     zeros
   */
  public static <P> INDArray oneHot(List<P> examples, int labels, ToIntFunction<? super P> label) {
    float[] values = new float[examples.size() * labels];
    for (int i = 0; i < examples.size(); i++) {
      int known = label.applyAsInt(examples.get(i));
      if (known >= 0) {
        values[i * labels + known] = 1;
      }
    }
    return Nd4j.create(values, new long[] {examples.size(), labels}, 'c');
  }

  /**
   * {@code [batch, features, time]}: a vector a step, such as a frame of sound or what sensors
   * measured at one moment.
   *
   * @param features the length of every vector
   * @param vectors of an example {@code [time][features]}
   * @throws IllegalArgumentException if a vector is of another length
   */
  public INDArray vectors(int features, Function<? super P, float[][]> vectors) {
    float[] values = new float[Math.multiplyExact(lengths.length * time, features)];
    for (int i = 0; i < lengths.length; i++) {
      float[][] steps = vectors.apply(examples.get(i));
      for (int t = 0; t < lengths[i]; t++) {
        if (steps[t].length != features) {
          throw new IllegalArgumentException(
              "expected %d values at step %d of example %d, got %d"
                  .formatted(features, t, i, steps[t].length));
        }
        for (int f = 0; f < features; f++) {
          values[(i * features + f) * time + t] = steps[t][f];
        }
      }
    }
    return Nd4j.create(values, new long[] {lengths.length, features, time}, 'c');
  }
}
