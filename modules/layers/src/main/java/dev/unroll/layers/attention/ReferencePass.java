package dev.unroll.layers.attention;

import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Slab;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The equations in plain Java and double precision, one example after the other, steps that are
 * missing left out: what {@link FloatPass} is held against, and what serves networks in double.
 */
final class ReferencePass extends AttentionPass {
  private Map<String, double[]> parameters;
  private Map<String, double[]> gradients;

  /** By the step at which they began to look: the examples. */
  private final Map<Integer, ReferenceAttention[]> looks = new LinkedHashMap<>();

  ReferencePass(AttentionShape shape, DataType type) {
    super(shape, type);
  }

  @Override
  void prepare(Function<String, INDArray> arrays) {
    looks.clear();
    parameters = new LinkedHashMap<>();
    AttentionParameters.shapes(shape)
        .keySet()
        .forEach(
            name -> {
              INDArray array = arrays.apply(name);
              parameters.put(
                  name, Slab.toDoubles(NativeMemory.pointer(array), type, (int) array.length()));
            });
  }

  @Override
  void look(int from, int steps) {
    double[] allStates = states.toDoubles(asking.rows() * shape.queries());
    double[] allSource = source.toDoubles(seen.rows() * shape.source());
    double[] allOut = outputs.toDoubles(asking.rows() * shape.outputs());
    double[] allWeights = weights.toDoubles(asking.rows() * seen.steps());
    ReferenceAttention[] examples = new ReferenceAttention[asking.batch()];
    for (int b = 0; b < examples.length; b++) {
      int[] who = rows(asking, b, from, steps);
      int[] what = rows(seen, b, 0, seen.steps());
      examples[b] = new ReferenceAttention(shape, parameters);
      double[][] seenBy =
          examples[b].forward(
              gather(allStates, who, shape.queries()), gather(allSource, what, shape.source()));
      for (int t = from; t < from + steps; t++) {
        scatter(new double[1][shape.outputs()], allOut, new int[] {t * asking.batch() + b});
      }
      scatter(seenBy, allOut, who);
      for (int i = 0; i < who.length; i++) {
        for (int j = 0; j < what.length; j++) {
          int row = b * asking.steps() + who[i] / asking.batch();
          allWeights[row * seen.steps() + what[j] / seen.batch()] = examples[b].weights()[i][j];
        }
      }
    }
    weights.set(allWeights);
    outputs.set(allOut);
    looks.put(from, examples);
  }

  @Override
  void prepareBack() {
    gradients = new LinkedHashMap<>();
    parameters.forEach((name, values) -> gradients.put(name, new double[values.length]));
  }

  @Override
  void lookBack(int from, int steps) {
    double[] allOut = dOutputs.toDoubles(asking.rows() * shape.outputs());
    double[] allStates = dStates.toDoubles(asking.rows() * shape.queries());
    double[] allSource = dSource.toDoubles(seen.rows() * shape.source());
    ReferenceAttention[] examples = looks.get(from);
    for (int b = 0; b < examples.length; b++) {
      int[] who = rows(asking, b, from, steps);
      int[] what = rows(seen, b, 0, seen.steps());
      ReferenceAttention.Derivatives back =
          examples[b].backward(gather(allOut, who, shape.outputs()), gradients);
      scatter(back.dStates(), allStates, who);
      double[][] sums = gather(allSource, what, shape.source());
      for (int i = 0; i < sums.length; i++) {
        for (int j = 0; j < shape.source(); j++) {
          sums[i][j] += back.dSource()[i][j];
        }
      }
      scatter(sums, allSource, what);
    }
    dSource.set(allSource);
    dStates.set(allStates);
  }

  @Override
  void finishBack(Function<String, INDArray> arrays) {
    gradients.forEach(
        (name, sum) -> Slab.write(sum, NativeMemory.pointer(arrays.apply(name)), type));
  }

  /** The rows of the steps that an example has, of an array {@code [steps, batch, width]}. */
  private static int[] rows(ValidSteps valid, int example, int from, int steps) {
    return IntStream.range(from, from + steps)
        .map(step -> step * valid.batch() + example)
        .filter(valid::hasRow)
        .toArray();
  }

  private static double[][] gather(double[] from, int[] rows, int width) {
    double[][] values = new double[rows.length][width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(from, rows[i] * width, values[i], 0, width);
    }
    return values;
  }

  private static void scatter(double[][] values, double[] to, int[] rows) {
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values[i], 0, to, rows[i] * values[i].length, values[i].length);
    }
  }
}
