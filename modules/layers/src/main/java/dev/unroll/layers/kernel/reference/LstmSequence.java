package dev.unroll.layers.kernel.reference;

import dev.unroll.layers.kernel.Cell;

/**
 * A long short-term memory reading one sequence.
 *
 * <p>The memory {@code c} is the point of it: from step to step it is only multiplied by the forget
 * gate and added to, so where the gate is open a derivative comes back through many steps
 * unchanged, while in Elman's network it is multiplied by a matrix and a slope smaller than one at
 * each.
 *
 * @see Cell#LSTM
 */
final class LstmSequence implements SequenceCell {
  private static final int CANDIDATE = 0;
  private static final int FORGET = 1;
  private static final int OUTPUT = 2;
  private static final int INPUT = 3;

  private final Gates parameters;
  private final int hidden;
  private Step[] steps;

  /** What a step leaves behind for the backward pass. */
  private record Step(
      double[] x,
      double[] hBefore,
      double[] cBefore,
      double[] g,
      double[] f,
      double[] o,
      double[] i,
      double[] c,
      double[] tanhC,
      double[] h) {}

  LstmSequence(Gates parameters) {
    this.parameters = parameters;
    this.hidden = parameters.shape().hidden();
  }

  @Override
  public double[][] forward(double[][] x, double[] h0, double[] c0) {
    steps = new Step[x.length];
    double[][] out = new double[x.length][];
    double[] h = h0;
    double[] c = c0;
    for (int t = 0; t < x.length; t++) {
      steps[t] = step(x[t], h, c);
      h = steps[t].h;
      c = steps[t].c;
      out[t] = h;
    }
    return out;
  }

  private Step step(double[] x, double[] h, double[] c) {
    double[] g = SequenceCell.tanh(parameters.ofBoth(CANDIDATE, x, h));
    double[] f = SequenceCell.sigmoid(parameters.ofBoth(FORGET, x, h));
    double[] o = SequenceCell.sigmoid(parameters.ofBoth(OUTPUT, x, h));
    double[] i = SequenceCell.sigmoid(parameters.ofBoth(INPUT, x, h));
    double[] cNew = new double[hidden];
    double[] tanhC = new double[hidden];
    double[] hNew = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      cNew[j] = f[j] * c[j] + i[j] * g[j];
      tanhC[j] = Math.tanh(cNew[j]);
      hNew[j] = o[j] * tanhC[j];
    }
    return new Step(x, h, c, g, f, o, i, cNew, tanhC, hNew);
  }

  @Override
  public double[] memory() {
    return steps[steps.length - 1].c;
  }

  @Override
  public Derivatives backward(double[][] dOut, double[] dMemory, Gates gradients) {
    double[][] dX = new double[steps.length][parameters.shape().inputs()];
    double[] dH = new double[hidden];
    double[] dC = dMemory.clone();
    for (int t = steps.length - 1; t >= 0; t--) {
      Step s = steps[t];
      double[] dg = new double[hidden];
      double[] df = new double[hidden];
      double[] dO = new double[hidden];
      double[] di = new double[hidden];
      for (int j = 0; j < hidden; j++) {
        double dh = dOut[t][j] + dH[j];
        double dc = dC[j] + dh * s.o[j] * (1 - s.tanhC[j] * s.tanhC[j]);
        dO[j] = dh * s.tanhC[j] * s.o[j] * (1 - s.o[j]);
        df[j] = dc * s.cBefore[j] * s.f[j] * (1 - s.f[j]);
        di[j] = dc * s.g[j] * s.i[j] * (1 - s.i[j]);
        dg[j] = dc * s.i[j] * (1 - s.g[j] * s.g[j]);
        dC[j] = dc * s.f[j];
      }
      dH = new double[hidden];
      back(CANDIDATE, dg, s, dX[t], dH, gradients);
      back(FORGET, df, s, dX[t], dH, gradients);
      back(OUTPUT, dO, s, dX[t], dH, gradients);
      back(INPUT, di, s, dX[t], dH, gradients);
    }
    return new Derivatives(dX, dH, dC);
  }

  private void back(int gate, double[] dz, Step s, double[] dX, double[] dH, Gates gradients) {
    parameters.backOfInput(gate, dz, s.x, dX, gradients);
    parameters.backOfState(gate, dz, s.hBefore, dH, gradients);
  }
}
