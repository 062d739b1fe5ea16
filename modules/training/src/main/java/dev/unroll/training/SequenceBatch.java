package dev.unroll.training;

import dev.unroll.layers.forward.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sequences of different lengths side by side, as arrays to train on and as {@link Steps} to answer
 * with. All arrays of one batch are padded with 0 at the end, to the length of the longest
 * sequence.
 *
 * <pre>
 *   ids  [batch, 1, time]    mask [batch, time]    vectors [batch, width, time], of example 0
 *        12  7  4                 1 1 1            .3 .1 .8    feature 0 of steps 0, 1 and 2
 *        31  0  0                 1 0 0            .2 .5 .4    feature 1
 *         0  0  0                 0 0 0                        an example without steps
 * </pre>
 *
 * <p>There is always a step, if only one that the mask hides: an array without any cannot be made.
 *
 * @param lengths the number of steps of each example, 0 or more
 * @param width how many values a step has
 * @param value asked for example after example, and of each for step after step
 */
public record SequenceBatch(int[] lengths, int width, Steps.Value value) {

  /** One number of a sequence. */
  @FunctionalInterface
  public interface StepValue<P> {
    /** The number at {@code step}, which is below the length of {@code example}. */
    float at(P example, int step);
  }

  /**
   * A number a step, such as the id of a word or of a label.
   *
   * @param length the number of steps of an example, 0 or more
   */
  public static <P> SequenceBatch ids(
      List<P> examples, ToIntFunction<? super P> length, StepValue<? super P> value) {
    return new SequenceBatch(
        examples.stream().mapToInt(length).toArray(),
        1,
        (example, step, feature) -> value.at(examples.get(example), step));
  }

  /**
   * A vector a step, such as a frame of sound or what sensors measured at one moment.
   *
   * @param width the length of every vector
   * @param sequences of each example {@code [time][width]}
   * @throws IllegalArgumentException if a vector is of another length
   */
  public static SequenceBatch vectors(int width, List<float[][]> sequences) {
    for (int example = 0; example < sequences.size(); example++) {
      float[][] steps = sequences.get(example);
      for (int step = 0; step < steps.length; step++) {
        if (steps[step].length != width) {
          throw new IllegalArgumentException(
              "expected %d values at step %d of example %d, got %d"
                  .formatted(width, step, example, steps[step].length));
        }
      }
    }
    return new SequenceBatch(
        sequences.stream().mapToInt(steps -> steps.length).toArray(),
        width,
        (example, step, feature) -> sequences.get(example)[step][feature]);
  }

  /** The number of steps of the longest example, and of all arrays; at least 1. */
  public int time() {
    return Math.max(1, Arrays.stream(lengths).max().orElse(1));
  }

  /** Whether nothing is padded, so that a mask would be 1 everywhere. */
  public boolean isFull() {
    int time = time();
    return Arrays.stream(lengths).allMatch(length -> length == time);
  }

  /** What a {@link dev.unroll.layers.forward.ForwardNetwork} reads. */
  public Steps steps() {
    return Steps.of(lengths, width, value);
  }

  /** {@code [batch, width, time]}, step after step in memory, as the layers read it. */
  public INDArray array() {
    int batch = lengths.length;
    int time = time();
    float[] values = new float[Math.multiplyExact(Math.multiplyExact(time, batch), width)];
    for (int example = 0; example < batch; example++) {
      for (int step = 0; step < lengths[example]; step++) {
        int first = (step * batch + example) * width;
        for (int feature = 0; feature < width; feature++) {
          values[first + feature] = value.at(example, step, feature);
        }
      }
    }
    return Nd4j.create(values, new long[] {time, batch, width}, 'c').permute(1, 2, 0);
  }

  /** {@code [batch, time]}: 1 where an example has a step, 0 behind its end. */
  public INDArray mask() {
    int time = time();
    float[] mask = new float[lengths.length * time];
    for (int example = 0; example < lengths.length; example++) {
      Arrays.fill(mask, example * time, example * time + lengths[example], 1);
    }
    return Nd4j.create(mask, new long[] {lengths.length, time}, 'c');
  }

  /** The {@link #array} of each. */
  public static INDArray[] arrays(List<SequenceBatch> batches) {
    return batches.stream().map(SequenceBatch::array).toArray(INDArray[]::new);
  }

  /** The {@link #mask} of each. */
  public static INDArray[] masks(List<SequenceBatch> batches) {
    return batches.stream().map(SequenceBatch::mask).toArray(INDArray[]::new);
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
}
