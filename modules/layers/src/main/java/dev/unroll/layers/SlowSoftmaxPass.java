package dev.unroll.layers;

import dev.unroll.layers.output.StepLabels;
import java.util.Map;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The equations on arrays of any type, for networks that are there to be checked, not to be fast.
 */
final class SlowSoftmaxPass implements SoftmaxPass {
  private final INDArray weights;
  private final INDArray bias;
  private final StepLabels labels;
  private final double smoothing;

  SlowSoftmaxPass(INDArray weights, INDArray bias, StepLabels labels, double smoothing) {
    this.weights = weights;
    this.bias = bias;
    this.labels = labels;
    this.smoothing = smoothing;
  }

  @Override
  public void probabilities(INDArray x, INDArray output) {
    INDArray p = Transforms.softmax(logits(x), true);
    rows(output).assign(p.mulColumnVector(mask(p)));
  }

  @Override
  public double[] losses(INDArray x) {
    INDArray logP = Nd4j.nn().logSoftmax(logits(x), 1);
    return shares(logP).mul(logP).sum(1).negi().mul(mask(logP).reshape(-1)).toDoubleVector();
  }

  @Override
  public double[] gradients(INDArray x, Map<String, INDArray> parameters, INDArray inner) {
    INDArray p = Transforms.softmax(logits(x), true);
    INDArray delta = p.sub(shares(p)).muliColumnVector(mask(p));
    parameters.get(DefaultParamInitializer.WEIGHT_KEY).assign(rows(x).transpose().mmul(delta));
    parameters.get(DefaultParamInitializer.BIAS_KEY).assign(delta.sum(0));
    rows(inner).assign(delta.mmul(weights.transpose()));
    return losses(x);
  }

  private INDArray logits(INDArray x) {
    return rows(x).mmul(weights).addiRowVector(bias);
  }

  /** {@code [time * batch, features]}, a view. */
  private static INDArray rows(INDArray sequences) {
    return sequences.permute(2, 0, 1).reshape('c', -1, sequences.size(1));
  }

  private INDArray mask(INDArray like) {
    INDArray mask = Nd4j.create(like.dataType(), like.size(0), 1);
    for (int row = 0; row < like.size(0); row++) {
      mask.putScalar(row, 0, labels.weight(row));
    }
    return mask;
  }

  private INDArray shares(INDArray like) {
    INDArray shares = Nd4j.create(like.dataType(), like.shape());
    for (int row = 0; row < like.size(0); row++) {
      for (int label = 0; label < like.size(1); label++) {
        shares.putScalar(row, label, labels.share(row, label));
      }
    }
    return shares.muli(1 - smoothing).addi(smoothing / like.size(1));
  }
}
