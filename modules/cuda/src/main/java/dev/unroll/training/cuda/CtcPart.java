package dev.unroll.training.cuda;

import dev.unroll.layers.ctc.CtcScores;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear map, and connectionist temporal classification on the scores of the steps that it gives.
 * The alignments are summed in main memory, as a conditional random field is.
 */
final class CtcPart implements OutputPart {
  private final Context context;
  private final LinearMap map;
  private final Dropout dropout;
  private final int classes;
  private final Exchange exchange;

  private CtcScores scores;
  private INDArray labels;
  private Tensor x;
  private Tensor gradient;
  private double loss;

  /** A layer. */
  CtcPart(Context context, LinearMap map, Dropout dropout, int classes) {
    this.context = context;
    this.map = map;
    this.dropout = dropout;
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
  public Tensor forward(List<Tensor> below) {
    x = dropout.forward(below.get(0));
    gradient = map.products(x);
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
  public List<Tensor> backward(Tensor outer) {
    return List.of(dropout.backward(map.backward(x, gradient)));
  }

  @Override
  public long losses() {
    return 0;
  }

  @Override
  public int lossCount() {
    return 0;
  }

  @Override
  public double lossHere() {
    return loss;
  }

  @Override
  public void close() {
    exchange.close();
  }
}
