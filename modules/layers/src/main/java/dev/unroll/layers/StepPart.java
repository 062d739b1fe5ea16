package dev.unroll.layers;

import dev.unroll.layers.forward.Linear;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.memory.Slab;
import org.nd4j.linalg.api.buffer.DataType;

/** What a {@link Stepper} does between what it reads and the softmax. */
interface StepPart {

  /**
   * What goes from one part to the next.
   *
   * @param values {@code [rows, width]}, until the part that made them is used again
   */
  record Features(Slab values, int rows, int width) {

    /** Makes sure that there are as many as the next part reads. */
    Slab of(int expected) {
      if (width != expected) {
        throw new IllegalArgumentException(
            "expected %d features a step, got %d from below".formatted(expected, width));
      }
      return values;
    }
  }

  /** Some sequences begin, with the parameters as they are now. */
  void begin(int sequences);

  Features read(Features below);

  void select(int[] parents);

  /** A recurrent layer. */
  record Cell(CellSteps steps) implements StepPart {

    @Override
    public void begin(int sequences) {
      steps.begin(sequences);
    }

    @Override
    public Features read(Features below) {
      Slab hidden = steps.step(below.of(steps.shape().inputs()), below.rows);
      return new Features(hidden, below.rows, steps.shape().hidden());
    }

    @Override
    public void select(int[] parents) {
      steps.select(parents);
    }
  }

  /** A linear map. */
  record Projection(Linear map) implements StepPart {

    @Override
    public void begin(int sequences) {
      map.refresh();
    }

    @Override
    public Features read(Features below) {
      Steps above = map.read(Steps.vectors(below.values, below.rows, below.width));
      return new Features(above.values(), below.rows, above.width());
    }

    @Override
    public void select(int[] parents) {
      // It remembers nothing.
    }
  }

  /** Something that the caller computes. */
  record Function(StepFunction function, Slab out) implements StepPart {

    Function(StepFunction function) {
      this(function, new Slab(DataType.FLOAT));
    }

    @Override
    public void begin(int sequences) {
      function.begin(sequences);
    }

    @Override
    public Features read(Features below) {
      float[] in = new float[below.rows * below.width];
      below.values.floats().get(in);
      float[] values = function.read(in, below.rows);
      out.reserve(values.length).floats().put(values);
      return new Features(out, below.rows, values.length / below.rows);
    }

    @Override
    public void select(int[] parents) {
      function.select(parents);
    }
  }
}
