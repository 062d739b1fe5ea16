package dev.unroll.layers.kernel.reference;

/** Elman's network reading one sequence: {@code h' = tanh(x W + h R + b)}. */
final class TanhSequence implements SequenceCell {
  private final Gates parameters;
  private double[][] x;
  private double[] h0;
  private double[][] h;

  TanhSequence(Gates parameters) {
    this.parameters = parameters;
  }

  @Override
  public double[][] forward(double[][] x, double[] h0, double[] c0) {
    this.x = x;
    this.h0 = h0;
    h = new double[x.length][];
    double[] last = h0;
    for (int t = 0; t < x.length; t++) {
      h[t] = SequenceCell.tanh(parameters.ofBoth(0, x[t], last));
      last = h[t];
    }
    return h;
  }

  @Override
  public Derivatives backward(double[][] dOut, double[] dMemory, Gates gradients) {
    double[][] dX = new double[x.length][parameters.shape().inputs()];
    double[] dNext = new double[h0.length];
    for (int t = x.length - 1; t >= 0; t--) {
      double[] dz = new double[h0.length];
      for (int j = 0; j < dz.length; j++) {
        double dH = dOut[t][j] + dNext[j];
        dz[j] = dH * (1 - h[t][j] * h[t][j]);
      }
      dNext = new double[h0.length];
      parameters.backOfInput(0, dz, x[t], dX[t], gradients);
      parameters.backOfState(0, dz, t == 0 ? h0 : h[t - 1], dNext, gradients);
    }
    return new Derivatives(dX, dNext, new double[0]);
  }
}
