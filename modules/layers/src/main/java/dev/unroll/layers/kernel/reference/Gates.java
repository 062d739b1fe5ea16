package dev.unroll.layers.kernel.reference;

import dev.unroll.layers.kernel.CellShape;

/**
 * The parameters of a cell, or their derivatives: {@code W}, {@code R} and {@code b} in blocks of
 * {@code hidden} columns, a block a gate.
 *
 * @param input {@code W [inputs, gates x hidden]}, column after column
 * @param recurrent {@code R [hidden, gates x hidden]}, column after column
 * @param bias {@code b [biases x hidden]}
 */
record Gates(CellShape shape, double[] input, double[] recurrent, double[] bias) {

  static Gates zeros(CellShape shape) {
    return new Gates(
        shape,
        new double[shape.inputWeights()],
        new double[shape.recurrentWeights()],
        new double[shape.biases()]);
  }

  /** {@code x W + b} of one gate. */
  double[] ofInput(int gate, double[] x) {
    double[] z = new double[shape.hidden()];
    for (int j = 0; j < z.length; j++) {
      z[j] = bias[gate * z.length + j] + dot(x, input, (gate * z.length + j) * x.length);
    }
    return z;
  }

  /** {@code h R} of one gate. */
  double[] ofState(int gate, double[] h) {
    double[] z = new double[h.length];
    for (int j = 0; j < z.length; j++) {
      z[j] = dot(h, recurrent, (gate * h.length + j) * h.length);
    }
    return z;
  }

  /** {@code x W + h R + b} of one gate. */
  double[] ofBoth(int gate, double[] x, double[] h) {
    double[] z = ofInput(gate, x);
    double[] fromState = ofState(gate, h);
    for (int j = 0; j < z.length; j++) {
      z[j] += fromState[j];
    }
    return z;
  }

  /**
   * Back through {@link #ofInput}: adds to the derivatives of the parameters and of the input.
   *
   * @param dz derivative with respect to the result
   * @param x the input at that time
   * @param dX derivative with respect to it
   */
  void backOfInput(int gate, double[] dz, double[] x, double[] dX, Gates gradients) {
    for (int j = 0; j < dz.length; j++) {
      gradients.bias[gate * dz.length + j] += dz[j];
      int column = (gate * dz.length + j) * x.length;
      addTimes(dz[j], x, 0, gradients.input, column, x.length);
      addTimes(dz[j], input, column, dX, 0, x.length);
    }
  }

  /** Back through {@link #ofState}. */
  void backOfState(int gate, double[] dz, double[] h, double[] dH, Gates gradients) {
    for (int j = 0; j < dz.length; j++) {
      int column = (gate * dz.length + j) * h.length;
      addTimes(dz[j], h, 0, gradients.recurrent, column, h.length);
      addTimes(dz[j], recurrent, column, dH, 0, h.length);
    }
  }

  private static double dot(double[] x, double[] matrix, int column) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * matrix[column + i];
    }
    return sum;
  }

  private static void addTimes(
      double factor, double[] from, int fromStart, double[] to, int toStart, int length) {
    for (int i = 0; i < length; i++) {
      to[toStart + i] += factor * from[fromStart + i];
    }
  }
}
