package dev.unroll.layers;

import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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

  Features read(Features below);

  void select(int[] parents);

  /** A recurrent layer. */
  record Cell(CellSteps steps) implements StepPart {

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

  /**
   * A linear map.
   *
   * @param transposedWeights {@code [width, inputs]}, row after row
   */
  record Projection(FloatPointer transposedWeights, INDArray bias, int inputs, int width, Slab out)
      implements StepPart {

    @Override
    public Features read(Features below) {
      out.reserve((long) below.rows * width);
      Gemm.multiplyTransposedRight(
          below.rows,
          width,
          inputs,
          new Gemm.Matrix(below.of(inputs).floats(), 0, inputs),
          transposedWeights,
          new Gemm.Matrix(out.floats(), 0, width));
      float[] b = new float[width];
      NativeMemory.read(bias, b, width);
      float[] y = new float[width];
      for (int row = 0; row < below.rows; row++) {
        Gemm.Matrix place = new Gemm.Matrix(out.floats(), (long) row * width, width);
        place.read(y, 1, width);
        for (int i = 0; i < width; i++) {
          y[i] += b[i];
        }
        place.write(y, 1, width);
      }
      return new Features(out, below.rows, width);
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
