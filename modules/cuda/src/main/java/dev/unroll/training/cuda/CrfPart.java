package dev.unroll.training.cuda;

import dev.unroll.layers.crf.Crf;
import dev.unroll.layers.crf.CrfLoss;
import dev.unroll.layers.memory.Masks;
import dev.unroll.layers.output.StepLabels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear map, and a conditional random field on the scores of the steps that it gives. The field
 * is computed in main memory: it is a long chain of small sums, which a GPU has to wait for. The
 * scores and the parameters of the field come in one copy, and their derivatives go back in one.
 */
final class CrfPart extends OutputPart {
  private final Crf crf;
  private final int labels;

  /** The parameters of the field, one after the other, each as it lies in the network. */
  private final Map<String, INDArray> parameters = new LinkedHashMap<>();

  private final ParameterSpace.Block field;
  private final int fieldLength;
  private final Exchange exchange;

  private int[] classes;
  private float[] mask;
  private double loss;

  /** A layer, with its parameters by name. */
  CrfPart(
      Context context,
      ParameterSpace space,
      Crf crf,
      LinearMap map,
      Dropout dropout,
      Function<String, ParameterSpace.Trained> trained) {
    super(context, map, dropout);
    this.crf = crf;
    labels = Math.toIntExact(crf.getNOut());
    exchange = new Exchange(context);
    for (String name : CrfLoss.parameters(crf)) {
      parameters.put(name, trained.apply(name).array());
    }
    fieldLength = Math.toIntExact(parameters.values().stream().mapToLong(INDArray::length).sum());
    field = space.block(fieldLength);
    long at = 0;
    for (Map.Entry<String, INDArray> parameter : parameters.entrySet()) {
      long length = parameter.getValue().length();
      field.holds(trained.apply(parameter.getKey()), 0, at, length);
      at += length;
    }
  }

  @Override
  public boolean prepare(DeviceBatch batch, List<Lengths> below) {
    int steps = below.get(0).steps();
    INDArray counts = batch.stepMask(below.get(0));
    classes =
        StepLabels.read(batch.labels(), counts, below.get(0).batch(), labels, steps).classes();
    mask = Masks.timeMajor(counts, below.get(0).batch(), steps);
    return true;
  }

  @Override
  Tensor derivatives(Tensor x) {
    int scores = Math.multiplyExact(x.rows(), labels);
    int length = Math.addExact(scores, fieldLength);
    long room = context.arena.take(length * (long) Float.BYTES);
    Tensor gradient = new Tensor(room, x.steps(), x.batch(), labels, x.lengths());
    map.products(x, room);
    context.operations.addBias(room, map.bias(), x.rows(), labels);
    long behind = room + gradient.bytes();
    copyField(field.values(), behind);
    exchange.replace(room, length, values -> derivatives(values, scores, x.batch()));
    copyField(behind, field.gradient());
    return gradient;
  }

  private void copyField(long from, long to) {
    int width = fieldLength;
    context.operations.columns(from, width, 0, to, width, 0, width, 1, 1, 0, false);
  }

  /** Those of the scores and, from {@code scores} on, of the field's parameters. */
  private float[] derivatives(float[] values, int scores, int batch) {
    Map<String, double[]> byName = new HashMap<>();
    int at = scores;
    for (Map.Entry<String, INDArray> parameter : parameters.entrySet()) {
      byName.put(parameter.getKey(), rows(values, at, parameter.getValue()));
      at += Math.toIntExact(parameter.getValue().length());
    }
    double[] emissions = new double[scores];
    Arrays.setAll(emissions, i -> values[i]);
    CrfLoss.Derivatives found =
        new CrfLoss(crf, byName::get).derivatives(emissions, classes, mask, batch);
    loss = Arrays.stream(found.losses()).sum();
    float[] derivatives = new float[values.length];
    for (int i = 0; i < scores; i++) {
      derivatives[i] = (float) found.scores()[i];
    }
    at = scores;
    for (Map.Entry<String, INDArray> parameter : parameters.entrySet()) {
      columns(found.field().get(parameter.getKey()), parameter.getValue(), derivatives, at);
      at += Math.toIntExact(parameter.getValue().length());
    }
    return derivatives;
  }

  /** Row after row what lies column after column, as matrices do in the network. */
  private static double[] rows(float[] values, int at, INDArray matrix) {
    int rows = matrix.rows();
    int columns = matrix.columns();
    double[] result = new double[rows * columns];
    for (int k = 0; k < result.length; k++) {
      result[k] = values[at + k % columns * rows + k / columns];
    }
    return result;
  }

  /** The inverse of {@link #rows}. */
  private static void columns(double[] from, INDArray matrix, float[] to, int at) {
    int rows = matrix.rows();
    int columns = matrix.columns();
    for (int k = 0; k < from.length; k++) {
      to[at + k % columns * rows + k / columns] = (float) from[k];
    }
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
