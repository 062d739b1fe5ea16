package dev.unroll.layers.output;

import dev.unroll.layers.memory.TimeMajor;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The equations row by row in double precision, for networks that are there to be checked, not to
 * be fast.
 */
final class ReferenceAdaptivePass implements AdaptivePass {
  private final AdaptiveShape shape;
  private final ClassOrder order;
  private final Linear head;
  private final Linear[] projections;
  private final Linear[] tails;

  /** A linear map {@code y = W x + b} and the gradients of its parameters. */
  private static final class Linear {
    final double[][] w; // [out][in]
    final double[] b;
    final double[][] dW;
    final double[] dB;

    Linear(INDArray weights, INDArray bias) {
      w = weights.transpose().dup('c').toDoubleMatrix();
      b = bias == null ? new double[w.length] : bias.toDoubleVector();
      dW = new double[w.length][w[0].length];
      dB = new double[w.length];
    }

    double[] of(double[] x) {
      double[] y = b.clone();
      for (int out = 0; out < y.length; out++) {
        for (int in = 0; in < x.length; in++) {
          y[out] += w[out][in] * x[in];
        }
      }
      return y;
    }

    /** The gradient of x; those of the parameters grow. */
    double[] back(double[] x, double[] dY) {
      double[] dX = new double[x.length];
      for (int out = 0; out < dY.length; out++) {
        dB[out] += dY[out];
        for (int in = 0; in < x.length; in++) {
          dW[out][in] += dY[out] * x[in];
          dX[in] += dY[out] * w[out][in];
        }
      }
      return dX;
    }
  }

  ReferenceAdaptivePass(AdaptiveShape shape, ClassOrder order, Map<String, INDArray> parameters) {
    this.shape = shape;
    this.order = order;
    this.head =
        new Linear(
            parameters.get(AdaptiveParameters.WEIGHTS), parameters.get(AdaptiveParameters.BIAS));
    this.projections = new Linear[shape.tails()];
    this.tails = new Linear[shape.tails()];
    for (int t = 0; t < tails.length; t++) {
      projections[t] = new Linear(parameters.get(AdaptiveParameters.projection(t)), null);
      tails[t] =
          new Linear(
              parameters.get(AdaptiveParameters.weights(t)),
              parameters.get(AdaptiveParameters.bias(t)));
    }
  }

  @Override
  public void probabilities(INDArray x, StepLabels labels, INDArray output) {
    INDArray rows = rows(output);
    for (int row = 0; row < rows.size(0); row++) {
      rows.getRow(row).assign(0);
      if (labels.weight(row) != 0) {
        double[] state = rows(x).getRow(row).toDoubleVector();
        for (int label = 0; label < shape.classes(); label++) {
          rows.putScalar(row, label, Math.exp(-loss(state, order.rank(label), 0, null)));
        }
      }
    }
  }

  @Override
  public double[] losses(INDArray x, StepLabels labels) {
    return all(x, labels, false, new double[Math.toIntExact(rows(x).size(0))][]);
  }

  @Override
  public double[] gradients(
      INDArray x, StepLabels labels, Map<String, INDArray> parameters, INDArray inner) {
    double[][] dX = new double[Math.toIntExact(rows(x).size(0))][shape.inputs()];
    double[] losses = all(x, labels, true, dX);
    rows(inner).assign(Nd4j.createFromArray(dX).castTo(inner.dataType()));
    put(head.dW, parameters.get(AdaptiveParameters.WEIGHTS));
    put(head.dB, parameters.get(AdaptiveParameters.BIAS));
    for (int t = 0; t < tails.length; t++) {
      put(projections[t].dW, parameters.get(AdaptiveParameters.projection(t)));
      put(tails[t].dW, parameters.get(AdaptiveParameters.weights(t)));
      put(tails[t].dB, parameters.get(AdaptiveParameters.bias(t)));
    }
    return losses;
  }

  private double[] all(INDArray x, StepLabels labels, boolean training, double[][] dX) {
    int[] classes = labels.classes();
    double[] losses = new double[classes.length];
    for (int row = 0; row < losses.length; row++) {
      float weight = labels.weight(row);
      if (weight != 0) {
        double[] state = rows(x).getRow(row).toDoubleVector();
        int rank = order.rank(classes[row]);
        losses[row] = weight * loss(state, rank, weight, training ? dX[row] : null);
      }
    }
    return losses;
  }

  /** The loss of a row; adds to its gradient, unless that is null. */
  private double loss(double[] x, int rank, double weight, double[] dX) {
    int tail = shape.tailOf(rank);
    double[] z = head.of(x);
    double loss = softmax(z, tail < 0 ? rank : shape.frequent() + tail, weight);
    if (dX != null) {
      add(head.back(x, z), dX);
    }
    if (tail >= 0) {
      double[] h = projections[tail].of(x);
      double[] within = tails[tail].of(h);
      loss += softmax(within, rank - shape.begin(tail), weight);
      if (dX != null) {
        add(projections[tail].back(x, tails[tail].back(h, within)), dX);
      }
    }
    return loss;
  }

  /** The loss, after which the logits are its gradient times a weight. */
  private static double softmax(double[] z, int label, double weight) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (double value : z) {
      sum += Math.exp(value - largest);
    }
    double loss = largest + Math.log(sum) - z[label];
    for (int i = 0; i < z.length; i++) {
      z[i] = weight * (Math.exp(z[i] - largest) / sum - (i == label ? 1 : 0));
    }
    return loss;
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  private static void put(double[][] transposed, INDArray to) {
    to.assign(Nd4j.createFromArray(transposed).transpose().castTo(to.dataType()));
  }

  private static void put(double[] values, INDArray to) {
    to.assign(Nd4j.createFromArray(values).castTo(to.dataType()));
  }

  /** {@code [time * batch, features]}, a view. */
  private static INDArray rows(INDArray sequences) {
    if (!TimeMajor.is(sequences)) {
      throw new IllegalArgumentException("sequences must lie time-major");
    }
    return sequences.permute(2, 0, 1).reshape('c', -1, sequences.size(1));
  }
}
