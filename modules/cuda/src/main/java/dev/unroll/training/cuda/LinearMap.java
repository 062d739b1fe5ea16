package dev.unroll.training.cuda;

/**
 * A matrix and a bias, and what becomes of them in a step: {@code z = x Wᵀ + b} with W {@code
 * [outputs, inputs]} row after row, which is how Deeplearning4j's {@code [inputs, outputs]} lies
 * column after column.
 */
final class LinearMap {
  private final Context context;
  private final int inputs;
  private final int outputs;
  private final ParameterSpace.Block weights;
  private final ParameterSpace.Block bias;

  LinearMap(
      Context context,
      ParameterSpace space,
      int inputs,
      int outputs,
      ParameterSpace.Trained weights,
      ParameterSpace.Trained bias) {
    this.context = context;
    this.inputs = inputs;
    this.outputs = outputs;
    long floats = (long) inputs * outputs;
    this.weights = space.block(floats);
    this.weights.holds(weights, 0, 0, floats);
    this.bias = space.block(outputs);
    this.bias.holds(bias, 0, 0, outputs);
  }

  /** {@code x Wᵀ}, without the bias. */
  Tensor products(Tensor x) {
    Tensor z = context.arena.take(x, outputs);
    products(x, z.address());
    return z;
  }

  /** The same, written to an address. */
  void products(Tensor x, long z) {
    context.gpu.multiply(x.address(), false, weights.values(), true, z, x.rows(), outputs, inputs);
  }

  /** The bias on the device, {@code [outputs]}. */
  long bias() {
    return bias.values();
  }

  /**
   * Leaves the gradients of matrix and bias in their space.
   *
   * @param dZ the derivatives with respect to z; zero where nothing counts
   * @return those with respect to x
   */
  Tensor backward(Tensor x, Tensor dZ) {
    gradient(x, dZ);
    Tensor dX = context.arena.take(x, inputs);
    context.gpu.multiply(
        dZ.address(), false, weights.values(), false, dX.address(), x.rows(), inputs, outputs);
    return dX;
  }

  /** The same, where nobody wants the derivatives with respect to x. */
  void gradient(Tensor x, Tensor dZ) {
    context.gpu.multiply(
        dZ.address(), true, x.address(), false, weights.gradient(), outputs, inputs, x.rows());
    context.gpu.multiply(
        context.ones(x.rows()), false, dZ.address(), false, bias.gradient(), 1, outputs, x.rows());
  }
}
