package dev.unroll.layers.kernel.reference;

/**
 * A cell that reads one sequence, remembers what it needs, and goes back through it once.
 *
 * <p>Back-propagation through time: the derivative of the loss with respect to {@code h[t]} has two
 * parts, one from the output at {@code t} and one that comes back from step {@code t + 1}. Going
 * from the last step to the first, each step adds the two, goes back through its own equations, and
 * hands what belongs to {@code h[t-1]} (and {@code c[t-1]}) on.
 */
interface SequenceCell {

  /** The cell for these parameters. */
  static SequenceCell of(Gates parameters) {
    return switch (parameters.shape().cell()) {
      case TANH -> new TanhSequence(parameters);
      case LSTM -> new LstmSequence(parameters);
      case GRU -> new GruSequence(parameters, false);
      case GRU_RESET_AFTER -> new GruSequence(parameters, true);
    };
  }

  /**
   * Reads a sequence.
   *
   * @param x {@code [steps][inputs]}
   * @param h0 state before the first step
   * @param c0 memory before the first step; ignored by cells without one
   * @return {@code h [steps][hidden]}
   */
  double[][] forward(double[][] x, double[] h0, double[] c0);

  /** The memory after the last step read; cells without one have none. */
  default double[] memory() {
    return new double[0];
  }

  /**
   * Goes back.
   *
   * @param dOut derivative of the loss with respect to each output {@code [steps][hidden]}
   * @param dMemory that with respect to the memory after the last step; ignored by cells without
   *     one
   * @param gradients the derivatives of the parameters are added to it
   */
  Derivatives backward(double[][] dOut, double[] dMemory, Gates gradients);

  /**
   * What comes back.
   *
   * @param dX derivative with respect to each input {@code [steps][inputs]}
   * @param dH0 with respect to the state before the first step
   * @param dC0 with respect to the memory before it; empty for cells without one
   */
  record Derivatives(double[][] dX, double[] dH0, double[] dC0) {}

  /** The logistic function, in place. */
  static double[] sigmoid(double[] z) {
    for (int j = 0; j < z.length; j++) {
      z[j] = 1 / (1 + Math.exp(-z[j]));
    }
    return z;
  }

  /** The hyperbolic tangent, in place. */
  static double[] tanh(double[] z) {
    for (int j = 0; j < z.length; j++) {
      z[j] = Math.tanh(z[j]);
    }
    return z;
  }
}
