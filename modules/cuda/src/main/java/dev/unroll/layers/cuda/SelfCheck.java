package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.kernel.reference.ReferenceKernel;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A few steps of each cell, forward and back, by a kernel and by the reference. A library that was
 * never seen on some device may compute something else there, and then nobody should use it.
 *
 * <p>cuDNN chooses how to compute by size, by whether lengths are equal, and by whether it trains;
 * so there are a batch of three short rows, and one of a size that people train.
 *
 * <p>A kernel computes one layer in one direction a call. Calls of several layers or both
 * directions are made only where whole steps are taken on the device, and of every training the
 * first step is computed in main memory too.
 */
final class SelfCheck {
  private static final double FLOAT_TOLERANCE = 1e-4;
  private static final double DOUBLE_TOLERANCE = 1e-9;

  /** Factors of TF32 are off by 2^-11 at most, where the device rounds and does not cut. */
  private static final double TF32_TOLERANCE = 1e-2;

  private SelfCheck() {}

  /**
   * What came out.
   *
   * @param error the largest difference in any array, as a share of the largest number in it
   */
  record Result(double error, long millis) {
    /** For people. */
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "checked in %d ms (largest error %.1e)", millis, error);
    }
  }

  /**
   * Compares.
   *
   * @throws IllegalStateException if the numbers differ; the message says where
   */
  static Result run(RecurrentKernel kernel, Arithmetic arithmetic) {
    long began = System.nanoTime();
    double worst = 0;
    for (Cell cell : Cell.values()) {
      for (Trial trial : trials(cell)) {
        if (kernel.supports(cell, trial.type())) {
          worst = Math.max(worst, compare(trial, kernel, tolerance(trial.type(), arithmetic)));
        }
      }
    }
    return new Result(worst, (System.nanoTime() - began) / 1_000_000);
  }

  /** Those of one cell: lengths, a size, both types, training and inference. */
  private static List<Trial> trials(Cell cell) {
    // One row is shorter, and one is empty.
    List<Run> ragged = List.of(new Run(0, 0, 4), new Run(2, 1, 2));
    List<Run> equal = Run.whole(8, 12);
    List<Run> falling = IntStream.range(0, 8).mapToObj(row -> new Run(row, 0, 12 - row)).toList();
    CellShape small = new CellShape(cell, 2, 3);
    CellShape real = new CellShape(cell, 96, 128);
    return List.of(
        new Trial(small, DataType.FLOAT, 3, 4, ragged, true),
        new Trial(small, DataType.DOUBLE, 3, 4, ragged, true),
        new Trial(real, DataType.FLOAT, 8, 12, equal, true),
        new Trial(real, DataType.FLOAT, 8, 12, falling, true),
        new Trial(real, DataType.FLOAT, 8, 12, equal, false));
  }

  private static double tolerance(DataType type, Arithmetic arithmetic) {
    if (type == DataType.DOUBLE) {
      return DOUBLE_TOLERANCE;
    }
    return arithmetic == Arithmetic.TF32 ? TF32_TOLERANCE : FLOAT_TOLERANCE;
  }

  private static double compare(Trial trial, RecurrentKernel kernel, double tolerance) {
    List<Trial.Numbers> expected = trial.by(new ReferenceKernel());
    List<Trial.Numbers> actual = trial.by(kernel);
    double worst = 0;
    for (int i = 0; i < expected.size(); i++) {
      double[] right = expected.get(i).values();
      double largest = 1;
      for (double value : right) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int j = 0; j < right.length; j++) {
        double computed = actual.get(i).values()[j];
        double error = Math.abs(computed - right[j]) / largest;
        if (!(error <= tolerance)) {
          throw new IllegalStateException(
              "computes %g where the equations of %s give %g, in %s of %s on this device (%s)"
                  .formatted(
                      computed,
                      trial.shape().cell(),
                      right[j],
                      expected.get(i).name(),
                      trial,
                      kernel));
        }
        worst = Math.max(worst, error);
      }
    }
    return worst;
  }
}
