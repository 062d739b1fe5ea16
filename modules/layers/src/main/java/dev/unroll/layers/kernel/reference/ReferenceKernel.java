package dev.unroll.layers.kernel.reference;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Pass;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The equations of the textbook in plain Java, one sequence after the other: the place to learn
 * what a recurrent layer computes, and what every other kernel is held against.
 *
 * <p>It computes in double precision whatever the type of the network, so its results are the
 * correctly rounded ones, and it serves double networks, which gradient checks need.
 *
 * @see LstmSequence
 * @see GruSequence
 * @see TanhSequence
 */
public final class ReferenceKernel implements RecurrentKernel {
  /** The name by which a user picks it. */
  public static final String NAME = "reference";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(Cell cell, DataType type) {
    return type == DataType.FLOAT || type == DataType.DOUBLE;
  }

  @Override
  public Method method(CellShape shape, DataType type, Purpose purpose) {
    return new RowByRow(shape, type);
  }

  private record RowByRow(CellShape shape, DataType type) implements Method {
    @Override
    public Weights weights() {
      return new ReferenceWeights(shape, type);
    }

    @Override
    public Pass pass() {
      return new ReferencePass(shape, type);
    }
  }

  @Override
  public String toString() {
    return "the textbook's equations in Java, in double precision";
  }

  /** The parameters as Java arrays. */
  private static final class ReferenceWeights implements Weights {
    private final CellShape shape;
    private final DataType type;
    private Gates parameters;

    ReferenceWeights(CellShape shape, DataType type) {
      this.shape = shape;
      this.type = type;
    }

    @Override
    public void load(Pointer input, Pointer recurrent, Pointer bias) {
      parameters =
          new Gates(
              shape,
              Slab.toDoubles(input, type, shape.inputWeights()),
              Slab.toDoubles(recurrent, type, shape.recurrentWeights()),
              Slab.toDoubles(bias, type, shape.biases()));
    }
  }

  /** Some rows, one after the other. */
  private static final class ReferencePass extends Pass {
    private SequenceCell[] cells;
    private Gates gradients;

    ReferencePass(CellShape shape, DataType type) {
      super(shape, type);
    }

    @Override
    protected void prepare() {
      cells = new SequenceCell[rows()];
    }

    @Override
    protected void forward(Weights weights) {
      Gates parameters = ((ReferenceWeights) weights).parameters;
      int hidden = shape.hidden();
      double[] allX = x.toDoubles(steps() * rows() * shape.inputs());
      double[] allH0 = h0.toDoubles(rows() * hidden);
      double[] allC0 = shape.cell().hasMemory() ? c0.toDoubles(rows() * hidden) : null;
      double[] allOut = new double[steps() * rows() * hidden];
      double[] allCn = new double[rows() * hidden];
      for (int row = 0; row < rows(); row++) {
        cells[row] = SequenceCell.of(parameters);
        double[][] h =
            cells[row].forward(
                row(allX, row, shape.inputs()), state(allH0, row), state(allC0, row));
        for (int t = 0; t < h.length; t++) {
          System.arraycopy(h[t], 0, allOut, (t * rows() + row) * hidden, hidden);
        }
        if (allC0 != null) {
          System.arraycopy(cells[row].memory(), 0, allCn, row * hidden, hidden);
        }
      }
      out.set(allOut);
      if (allC0 != null) {
        cN.set(allCn);
      }
    }

    @Override
    protected void backward(Weights weights) {
      gradients = Gates.zeros(shape);
      double[] allDh = dOut.toDoubles(steps() * rows() * shape.hidden());
      double[] allDcN = dCn == null ? null : dCn.toDoubles(rows() * shape.hidden());
      double[] allDx = new double[steps() * rows() * shape.inputs()];
      double[] allDh0 = new double[rows() * shape.hidden()];
      double[] allDc0 = new double[rows() * shape.hidden()];
      for (int row = 0; row < rows(); row++) {
        SequenceCell.Derivatives d =
            cells[row].backward(row(allDh, row, shape.hidden()), state(allDcN, row), gradients);
        for (int t = 0; t < d.dX().length; t++) {
          System.arraycopy(
              d.dX()[t], 0, allDx, (t * rows() + row) * shape.inputs(), shape.inputs());
        }
        System.arraycopy(d.dH0(), 0, allDh0, row * shape.hidden(), d.dH0().length);
        System.arraycopy(d.dC0(), 0, allDc0, row * shape.hidden(), d.dC0().length);
      }
      dX.set(allDx);
      if (dH0 != null) {
        dH0.set(allDh0);
      }
      if (dC0 != null) {
        dC0.set(allDc0);
      }
    }

    /** A row as far as it goes. */
    private double[][] row(double[] all, int row, int width) {
      double[][] sequence = new double[lengths()[row]][width];
      for (int t = 0; t < sequence.length; t++) {
        System.arraycopy(all, (t * rows() + row) * width, sequence[t], 0, width);
      }
      return sequence;
    }

    private double[] state(double[] all, int row) {
      double[] state = new double[shape.hidden()];
      if (all != null) {
        System.arraycopy(all, row * shape.hidden(), state, 0, shape.hidden());
      }
      return state;
    }

    @Override
    protected void inputGradient(int gate, Pointer gradient, boolean add) {
      deliver(block(gradients.input(), gate, shape.inputs()), gradient, add);
    }

    @Override
    protected void recurrentGradient(int gate, Pointer gradient, boolean add) {
      deliver(block(gradients.recurrent(), gate, shape.hidden()), gradient, add);
    }

    private double[] block(double[] matrix, int gate, int features) {
      int length = features * shape.hidden();
      return Arrays.copyOfRange(matrix, gate * length, (gate + 1) * length);
    }

    @Override
    protected void biasGradient(Pointer gradient, boolean add) {
      deliver(gradients.bias(), gradient, add);
    }

    private void deliver(double[] values, Pointer gradient, boolean add) {
      double[] sum = values.clone();
      if (add) {
        double[] before = Slab.toDoubles(gradient, type, values.length);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += before[i];
        }
      }
      Slab.write(sum, gradient, type);
    }
  }
}
