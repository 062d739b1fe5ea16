package dev.unroll.layers.ctc;

import java.util.Map;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The equations on arrays of any type, for networks that are there to be checked, not to be fast.
 */
final class ReferenceCtcPass implements CtcPass {
  private final INDArray weights;
  private final INDArray bias;
  private final CtcSteps steps;

  ReferenceCtcPass(INDArray weights, INDArray bias, CtcSteps steps) {
    this.weights = weights;
    this.bias = bias;
    this.steps = steps;
  }

  @Override
  public void probabilities(INDArray x, INDArray output) {
    INDArray p = Transforms.softmax(logits(x), true);
    INDArray there = Nd4j.zeros(p.dataType(), p.shape());
    for (int[] rows : steps.rows()) {
      for (int row : rows) {
        there.putRow(row, p.getRow(row));
      }
    }
    rows(output).assign(there);
  }

  @Override
  public double[] losses(INDArray x, int[][] labels) {
    INDArray logs = Nd4j.nn().logSoftmax(logits(x), 1);
    double[] losses = new double[labels.length];
    for (int b = 0; b < losses.length; b++) {
      losses[b] = new ReferenceCtc(of(logs, b), labels[b]).loss();
    }
    return losses;
  }

  @Override
  public double[] gradients(
      INDArray x, int[][] labels, Map<String, INDArray> parameters, INDArray inner) {
    INDArray logs = Nd4j.nn().logSoftmax(logits(x), 1);
    INDArray delta = Nd4j.zeros(logs.dataType(), logs.shape());
    double[] losses = new double[labels.length];
    for (int b = 0; b < losses.length; b++) {
      double[][] gradient = new double[steps.rows()[b].length][weights.columns()];
      losses[b] = new ReferenceCtc(of(logs, b), labels[b]).gradient(gradient);
      for (int t = 0; t < gradient.length; t++) {
        INDArray row = Nd4j.createFromArray(gradient[t]).castTo(delta.dataType());
        delta.putRow(steps.rows()[b][t], row);
      }
    }
    parameters.get(DefaultParamInitializer.WEIGHT_KEY).assign(rows(x).transpose().mmul(delta));
    parameters.get(DefaultParamInitializer.BIAS_KEY).assign(delta.sum(0));
    rows(inner).assign(delta.mmul(weights.transpose()));
    return losses;
  }

  private double[][] of(INDArray logs, int example) {
    int[] rows = steps.rows()[example];
    double[][] of = new double[rows.length][];
    for (int t = 0; t < rows.length; t++) {
      of[t] = logs.getRow(rows[t]).toDoubleVector();
    }
    return of;
  }

  private INDArray logits(INDArray x) {
    return rows(x).mmul(weights).addiRowVector(bias);
  }

  /** {@code [time * batch, features]}, a view. */
  private static INDArray rows(INDArray sequences) {
    return sequences.permute(2, 0, 1).reshape('c', -1, sequences.size(1));
  }
}
