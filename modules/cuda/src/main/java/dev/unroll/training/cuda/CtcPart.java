package dev.unroll.training.cuda;

import dev.unroll.layers.ctc.CtcScores;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear map, and connectionist temporal classification on the scores of the steps that it gives.
 * The alignments are summed in main memory, as a conditional random field is.
 */
final class CtcPart extends OutputPart {
  private final int classes;
  private final Exchange exchange;

  private CtcScores scores;
  private INDArray labels;
  private double loss;

  /** A layer. */
  CtcPart(Context context, LinearMap map, Dropout dropout, int classes) {
    super(context, map, dropout);
    this.classes = classes;
    exchange = new Exchange(context);
  }

  @Override
  public boolean prepare(DeviceBatch batch, List<Lengths> below) {
    Lengths lengths = below.get(0);
    scores = CtcScores.of(classes, lengths.timeMajor(), lengths.batch(), lengths.steps());
    labels = batch.labels();
    return true;
  }

  @Override
  Tensor derivatives(Tensor x) {
    Tensor gradient = map.products(x);
    context.operations.addBias(gradient.address(), map.bias(), x.rows(), classes);
    exchange.replace(gradient.address(), gradient.length(), this::derivatives);
    return gradient;
  }

  private float[] derivatives(float[] values) {
    float[] derivatives = new float[values.length];
    loss = Arrays.stream(scores.derivatives(values, labels, derivatives)).sum();
    return derivatives;
  }

  @Override
  double lossHere() {
    return loss;
  }

  @Override
  public void close() {
    exchange.close();
  }
}
