package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.CellShape;

/**
 * One step of cuDNN's cells as the documentation of {@code cudnnRNNMode_t} and {@code
 * cudnnGetRNNWeightParams} writes them: {@code W} and {@code R} are matrices with a row for each
 * unit of the state, {@code bW} and {@code bR} their biases, numbered by {@code linLayerID}.
 *
 * <p>What a step keeps is {@link #reserve} numbers, of which a cell with memory keeps {@code c} as
 * the first {@code hidden}. In the backward pass they become the derivatives of what each matrix
 * gave, in the order of {@code linLayerID}.
 */
abstract class CellDouble {
  private final int gates;
  final int inputs;
  final int hidden;
  private double[][] matrices;
  private double[][] biases;
  private boolean tf32;

  CellDouble(int gates, CellShape shape) {
    this.gates = gates;
    inputs = shape.inputs();
    hidden = shape.hidden();
  }

  static CellDouble of(CellShape shape, boolean tf32) {
    CellDouble cell =
        switch (shape.cell()) {
          case TANH -> new TanhDouble(shape);
          case LSTM -> new LstmDouble(shape);
          case GRU_RESET_AFTER -> new GruDouble(shape);
          case GRU -> throw new IllegalArgumentException("CUDNN_STATUS_NOT_SUPPORTED");
        };
    cell.tf32 = tf32;
    return cell;
  }

  /** What a number is in a product: TF32 has 10 bits behind the point; the others are cut off. */
  final double factor(double x) {
    return tf32 ? Float.intBitsToFloat(Float.floatToRawIntBits((float) x) & 0xFFFFE000) : x;
  }

  final int gates() {
    return gates;
  }

  final int reserve() {
    return 2 * gates * hidden;
  }

  final void weights(double[][] newMatrices, double[][] newBiases) {
    matrices = newMatrices;
    biases = newBiases;
  }

  /** {@code M v + b} of a linear layer, for unit {@code j}. */
  final double linear(int linLayerId, double[] v, int j) {
    double sum = biases[linLayerId][j];
    for (int k = 0; k < v.length; k++) {
      sum += factor(matrices[linLayerId][j * v.length + k]) * factor(v[k]);
    }
    return sum;
  }

  /** Reads {@code h} and writes {@code c} in place; returns the new hidden state. */
  abstract double[] forward(double[] x, double[] h, double[] c, double[] kept);

  /**
   * Goes back one step.
   *
   * @param h hidden state before the step
   * @param c memory before the step, its first {@code hidden} values
   * @param dH derivative of the state after the step; becomes that of the state before it
   * @param dC the same of the memory
   * @param d receives the derivatives of each linear layer's result
   * @return the derivative of {@code x}
   */
  final double[] backward(
      double[] kept, double[] h, double[] c, double[] dH, double[] dC, double[] d) {
    double[] direct = derivatives(kept, h, c, dH, dC, d);
    double[] dX = new double[inputs];
    for (int gate = 0; gate < gates; gate++) {
      for (int j = 0; j < hidden; j++) {
        for (int k = 0; k < inputs; k++) {
          dX[k] += factor(matrices[gate][j * inputs + k]) * factor(d[gate * hidden + j]);
        }
        for (int k = 0; k < hidden; k++) {
          direct[k] +=
              factor(matrices[gates + gate][j * hidden + k])
                  * factor(d[(gates + gate) * hidden + j]);
        }
      }
    }
    System.arraycopy(direct, 0, dH, 0, hidden);
    return dX;
  }

  /** Fills {@code d}; returns what reaches {@code h} without a matrix. */
  abstract double[] derivatives(
      double[] kept, double[] h, double[] c, double[] dH, double[] dC, double[] d);

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** {@code h_t = tanh(W x_t + R h_t-1 + bW + bR)}. */
  private static final class TanhDouble extends CellDouble {
    TanhDouble(CellShape shape) {
      super(1, shape);
    }

    @Override
    double[] forward(double[] x, double[] h, double[] c, double[] kept) {
      double[] after = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        after[j] = Math.tanh(linear(0, x, j) + linear(1, h, j));
        kept[j] = after[j];
      }
      return after;
    }

    @Override
    double[] derivatives(
        double[] kept, double[] h, double[] c, double[] dH, double[] dC, double[] d) {
      for (int j = 0; j < hidden; j++) {
        d[j] = dH[j] * (1 - kept[j] * kept[j]);
        d[hidden + j] = d[j];
      }
      return new double[hidden];
    }
  }

  /**
   * {@code linLayerID} 0 and 4: input gate {@code i}; 1 and 5: forget gate {@code f}; 2 and 6: new
   * memory {@code c'}; 3 and 7: output gate {@code o}. {@code c_t = f c_t-1 + i c'}, {@code h_t = o
   * tanh(c_t)}.
   */
  private static final class LstmDouble extends CellDouble {
    LstmDouble(CellShape shape) {
      super(4, shape);
    }

    @Override
    double[] forward(double[] x, double[] h, double[] c, double[] kept) {
      double[] after = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        double i = sigmoid(linear(0, x, j) + linear(4, h, j));
        double f = sigmoid(linear(1, x, j) + linear(5, h, j));
        double fresh = Math.tanh(linear(2, x, j) + linear(6, h, j));
        double o = sigmoid(linear(3, x, j) + linear(7, h, j));
        c[j] = f * c[j] + i * fresh;
        after[j] = o * Math.tanh(c[j]);
        double[] values = {c[j], i, f, fresh, o};
        for (int v = 0; v < values.length; v++) {
          kept[v * hidden + j] = values[v];
        }
      }
      return after;
    }

    @Override
    double[] derivatives(
        double[] kept, double[] h, double[] c, double[] dH, double[] dC, double[] d) {
      for (int j = 0; j < hidden; j++) {
        double shown = Math.tanh(kept[j]);
        double i = kept[hidden + j];
        double f = kept[2 * hidden + j];
        double fresh = kept[3 * hidden + j];
        double o = kept[4 * hidden + j];
        double dMemory = dC[j] + dH[j] * o * (1 - shown * shown);
        d[j] = dMemory * fresh * i * (1 - i);
        d[hidden + j] = dMemory * c[j] * f * (1 - f);
        d[2 * hidden + j] = dMemory * i * (1 - fresh * fresh);
        d[3 * hidden + j] = dH[j] * shown * o * (1 - o);
        dC[j] = dMemory * f;
      }
      System.arraycopy(d, 0, d, 4 * hidden, 4 * hidden);
      return new double[hidden];
    }
  }

  /**
   * {@code linLayerID} 0 and 3: reset gate {@code r}; 1 and 4: update gate {@code i}; 2 and 5: new
   * memory {@code h' = tanh(W x + bW + r (R h + bR))}. {@code h_t = (1 - i) h' + i h_t-1}.
   */
  private static final class GruDouble extends CellDouble {
    GruDouble(CellShape shape) {
      super(3, shape);
    }

    @Override
    double[] forward(double[] x, double[] h, double[] c, double[] kept) {
      double[] after = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        double r = sigmoid(linear(0, x, j) + linear(3, h, j));
        double i = sigmoid(linear(1, x, j) + linear(4, h, j));
        double recurrent = linear(5, h, j);
        double fresh = Math.tanh(linear(2, x, j) + r * recurrent);
        after[j] = (1 - i) * fresh + i * h[j];
        double[] values = {r, i, fresh, recurrent};
        for (int v = 0; v < values.length; v++) {
          kept[v * hidden + j] = values[v];
        }
      }
      return after;
    }

    @Override
    double[] derivatives(
        double[] kept, double[] h, double[] c, double[] dH, double[] dC, double[] d) {
      double[] direct = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        double r = kept[j];
        double i = kept[hidden + j];
        double fresh = kept[2 * hidden + j];
        double recurrent = kept[3 * hidden + j];
        double dFresh = dH[j] * (1 - i) * (1 - fresh * fresh);
        double dReset = dFresh * recurrent * r * (1 - r);
        double dUpdate = dH[j] * (h[j] - fresh) * i * (1 - i);
        d[j] = dReset;
        d[hidden + j] = dUpdate;
        d[2 * hidden + j] = dFresh;
        d[3 * hidden + j] = dReset;
        d[4 * hidden + j] = dUpdate;
        d[5 * hidden + j] = dFresh * r;
        direct[j] = dH[j] * i;
      }
      return direct;
    }
  }
}
