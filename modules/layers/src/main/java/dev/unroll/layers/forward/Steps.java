package dev.unroll.layers.forward;

import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.Sequences;
import dev.unroll.layers.memory.Slab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A batch of sequences on its way through a {@link ForwardNetwork}: {@code [batch, width, time]},
 * time-major, so that the first value of step {@code t} of example {@code b} is number {@code (t *
 * batch + b) * width}. What lies at steps that are not there is arbitrary.
 *
 * @param values until the part that made them is used again
 * @param runs the steps that are there
 */
public record Steps(Slab values, int batch, int time, int width, List<Run> runs) {

  /** One value of a step of an example. */
  @FunctionalInterface
  public interface Value {
    /** The value at place {@code feature} of step {@code step} of number {@code example}. */
    float at(int example, int step, int feature);
  }

  /**
   * A batch of sequences that begin at step 0.
   *
   * @param lengths number of steps of each example, 0 or more
   * @param width values a step
   */
  public static Steps of(int[] lengths, int width, Value value) {
    int batch = lengths.length;
    int time = 1;
    List<Run> runs = new ArrayList<>(batch);
    for (int example = 0; example < batch; example++) {
      time = Math.max(time, lengths[example]);
      if (lengths[example] > 0) {
        runs.add(new Run(example, 0, lengths[example]));
      }
    }
    float[] all = new float[Math.multiplyExact(Math.multiplyExact(time, batch), width)];
    for (int example = 0; example < batch; example++) {
      for (int step = 0; step < lengths[example]; step++) {
        int first = (step * batch + example) * width;
        for (int feature = 0; feature < width; feature++) {
          all[first + feature] = value.at(example, step, feature);
        }
      }
    }
    Slab values = new Slab(DataType.FLOAT).reserve(all.length);
    values.floats().put(all);
    return new Steps(values, batch, time, width, runs);
  }

  /** Other values of the same steps. */
  public Steps with(Slab newValues, int newWidth) {
    return new Steps(newValues, batch, time, newWidth, runs);
  }

  /** A vector an example, without time. */
  public static Steps vectors(Slab values, int batch, int width) {
    return new Steps(values, batch, 1, width, Run.whole(batch, 1));
  }

  /** The number of steps of all examples, padding included. */
  public int rows() {
    return batch * time;
  }

  /**
   * Which steps are there.
   *
   * @return element {@code t * batch + b} is 1 or 0; null if all are
   */
  public float[] mask() {
    if (runs.equals(Run.whole(batch, time))) {
      return null;
    }
    float[] mask = new float[rows()];
    for (Run run : runs) {
      for (int step = run.start(); step < run.end(); step++) {
        mask[step * batch + run.example()] = 1;
      }
    }
    return mask;
  }

  /** The values for a kernel; keeps them. */
  public Sequences sequences() {
    return new Sequences(values.address(), batch, time, width, width, Float.BYTES, values);
  }

  /** A copy of all values. */
  public float[] toArray() {
    float[] all = new float[rows() * width];
    FloatPointer from = values.floats();
    from.get(all);
    return all;
  }

  /**
   * The values of the steps that are there, {@code [example][step][width]}, steps in their order.
   */
  public float[][][] examples() {
    float[] all = toArray();
    List<List<float[]>> examples = new ArrayList<>();
    for (int example = 0; example < batch; example++) {
      examples.add(new ArrayList<>());
    }
    for (Run run : runs) {
      for (int step = run.start(); step < run.end(); step++) {
        int first = (step * batch + run.example()) * width;
        examples.get(run.example()).add(Arrays.copyOfRange(all, first, first + width));
      }
    }
    return examples.stream().map(steps -> steps.toArray(float[][]::new)).toArray(float[][][]::new);
  }

  /** Makes sure that a step has as many values as are read of it. */
  public Steps require(int expected) {
    if (width != expected) {
      throw new IllegalArgumentException(
          "expected %d values a step, got %d from below".formatted(expected, width));
    }
    return this;
  }
}
