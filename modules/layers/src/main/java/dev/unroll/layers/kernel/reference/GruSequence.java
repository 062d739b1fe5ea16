package dev.unroll.layers.kernel.reference;

import dev.unroll.layers.kernel.Cell;

/**
 * A gated recurrent unit reading one sequence.
 *
 * <p>One gate {@code u} decides between the old state and the candidate, so there is no memory
 * beside the state. The reset gate {@code r} lets the candidate ignore the old state. The two
 * versions differ in where {@code r} acts: on the state that goes into the product with {@code Rg},
 * or on the product that comes out; only the second lets all three products of a step be one.
 *
 * @see Cell#GRU
 * @see Cell#GRU_RESET_AFTER
 */
final class GruSequence implements SequenceCell {
  private static final int RESET = 0;
  private static final int UPDATE = 1;
  private static final int CANDIDATE = 2;
  private static final int RECURRENT_CANDIDATE_BIAS = 3;

  private final Gates parameters;
  private final boolean resetAfter;
  private final int hidden;
  private Step[] steps;

  /**
   * What a step leaves behind for the backward pass.
   *
   * @param fromState {@code h Rg + brg} if the reset gate acts after the product, otherwise {@code
   *     r ∘ h}
   */
  private record Step(
      double[] x,
      double[] hBefore,
      double[] r,
      double[] u,
      double[] g,
      double[] fromState,
      double[] h) {}

  GruSequence(Gates parameters, boolean resetAfter) {
    this.parameters = parameters;
    this.resetAfter = resetAfter;
    this.hidden = parameters.shape().hidden();
  }

  @Override
  public double[][] forward(double[][] x, double[] h0, double[] c0) {
    steps = new Step[x.length];
    double[][] out = new double[x.length][];
    double[] h = h0;
    for (int t = 0; t < x.length; t++) {
      steps[t] = step(x[t], h);
      h = steps[t].h;
      out[t] = h;
    }
    return out;
  }

  private Step step(double[] x, double[] h) {
    double[] r = SequenceCell.sigmoid(parameters.ofBoth(RESET, x, h));
    double[] u = SequenceCell.sigmoid(parameters.ofBoth(UPDATE, x, h));
    double[] fromState;
    double[] z = parameters.ofInput(CANDIDATE, x);
    if (resetAfter) {
      fromState = parameters.ofState(CANDIDATE, h);
      for (int j = 0; j < hidden; j++) {
        fromState[j] += parameters.bias()[RECURRENT_CANDIDATE_BIAS * hidden + j];
        z[j] += r[j] * fromState[j];
      }
    } else {
      fromState = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        fromState[j] = r[j] * h[j];
      }
      double[] product = parameters.ofState(CANDIDATE, fromState);
      for (int j = 0; j < hidden; j++) {
        z[j] += product[j];
      }
    }
    double[] g = SequenceCell.tanh(z);
    double[] hNew = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      hNew[j] = u[j] * h[j] + (1 - u[j]) * g[j];
    }
    return new Step(x, h, r, u, g, fromState, hNew);
  }

  @Override
  public Derivatives backward(double[][] dOut, double[] dMemory, Gates gradients) {
    double[][] dX = new double[steps.length][parameters.shape().inputs()];
    double[] dH = new double[hidden];
    for (int t = steps.length - 1; t >= 0; t--) {
      Step s = steps[t];
      double[] dBefore = new double[hidden];
      double[] du = new double[hidden];
      double[] dg = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        double dh = dOut[t][j] + dH[j];
        dBefore[j] = dh * s.u[j];
        du[j] = dh * (s.hBefore[j] - s.g[j]) * s.u[j] * (1 - s.u[j]);
        dg[j] = dh * (1 - s.u[j]) * (1 - s.g[j] * s.g[j]);
      }
      parameters.backOfInput(CANDIDATE, dg, s.x, dX[t], gradients);
      double[] dr =
          resetAfter ? backAfter(s, dg, dBefore, gradients) : back(s, dg, dBefore, gradients);
      for (int j = 0; j < hidden; j++) {
        dr[j] *= s.r[j] * (1 - s.r[j]);
      }
      parameters.backOfInput(RESET, dr, s.x, dX[t], gradients);
      parameters.backOfState(RESET, dr, s.hBefore, dBefore, gradients);
      parameters.backOfInput(UPDATE, du, s.x, dX[t], gradients);
      parameters.backOfState(UPDATE, du, s.hBefore, dBefore, gradients);
      dH = dBefore;
    }
    return new Derivatives(dX, dH, new double[0]);
  }

  /** Back through {@code (r ∘ h) Rg}; returns the derivative with respect to {@code r}. */
  private double[] back(Step s, double[] dg, double[] dBefore, Gates gradients) {
    double[] dProduct = new double[hidden];
    parameters.backOfState(CANDIDATE, dg, s.fromState, dProduct, gradients);
    double[] dr = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      dr[j] = dProduct[j] * s.hBefore[j];
      dBefore[j] += dProduct[j] * s.r[j];
    }
    return dr;
  }

  /** Back through {@code r ∘ (h Rg + brg)}; returns the derivative with respect to {@code r}. */
  private double[] backAfter(Step s, double[] dg, double[] dBefore, Gates gradients) {
    double[] dFromState = new double[hidden];
    double[] dr = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      dr[j] = dg[j] * s.fromState[j];
      dFromState[j] = dg[j] * s.r[j];
      gradients.bias()[RECURRENT_CANDIDATE_BIAS * hidden + j] += dFromState[j];
    }
    parameters.backOfState(CANDIDATE, dFromState, s.hBefore, dBefore, gradients);
    return dr;
  }
}
