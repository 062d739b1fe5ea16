package dev.unroll.layers.attention;

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
  private ReferenceAttention[] examples = new ReferenceAttention[0];

  ReferencePass(AttentionShape shape, DataType type) {
    super(shape, type);
  }

  @Override
  void forward(INDArray states, Function<String, INDArray> parameters, INDArray out) {
    Map<String, double[]> values = new LinkedHashMap<>();
    AttentionParameters.shapes(shape)
        .keySet()
        .forEach(name -> values.put(name, doubles(parameters.apply(name))));
    double[] allStates = doubles(states);
    double[] allSource = source.toDoubles(seen.rows() * shape.source());
    double[] allOut = new double[asking.rows() * shape.outputs()];
    double[] allWeights = new double[asking.rows() * seen.steps()];
    examples = new ReferenceAttention[asking.batch()];
    for (int b = 0; b < examples.length; b++) {
      ReferenceAttention example = new ReferenceAttention(shape, values);
      double[][] result =
          example.forward(
              gather(allStates, asking, b, shape.queries()),
              gather(allSource, seen, b, shape.source()));
      scatter(result, allOut, asking, b);
      int[] steps = steps(asking, b);
      int[] looked = steps(seen, b);
      for (int t = 0; t < steps.length; t++) {
        for (int s = 0; s < looked.length; s++) {
          int row = b * asking.steps() + steps[t];
          allWeights[row * seen.steps() + looked[s]] = example.weights()[t][s];
        }
      }
      examples[b] = example;
    }
    weights.set(allWeights);
    write(allOut, out);
  }

  @Override
  void backward(
      INDArray states,
      INDArray dOut,
      Function<String, INDArray> parameters,
      Function<String, INDArray> gradients,
      INDArray dStates) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    AttentionParameters.shapes(shape)
        .forEach((name, size) -> sums.put(name, new double[(int) (size[0] * size[1])]));
    double[] allOut = doubles(dOut);
    double[] allStates = new double[asking.rows() * shape.queries()];
    double[] allSource = new double[seen.rows() * shape.source()];
    for (int b = 0; b < examples.length; b++) {
      ReferenceAttention.Derivatives back =
          examples[b].backward(gather(allOut, asking, b, shape.outputs()), sums);
      scatter(back.dStates(), allStates, asking, b);
      scatter(back.dSource(), allSource, seen, b);
    }
    dSource.reserve(allSource.length).set(allSource);
    write(allStates, dStates);
    sums.forEach((name, sum) -> write(sum, gradients.apply(name)));
  }

  private static int[] steps(ValidSteps valid, int example) {
    return IntStream.range(0, valid.steps()).filter(step -> valid.has(example, step)).toArray();
  }

  /** The steps that an example has, of an array {@code [steps, batch, width]}. */
  private static double[][] gather(double[] from, ValidSteps valid, int example, int width) {
    int[] steps = steps(valid, example);
    double[][] rows = new double[steps.length][width];
    for (int i = 0; i < steps.length; i++) {
      System.arraycopy(from, (steps[i] * valid.batch() + example) * width, rows[i], 0, width);
    }
    return rows;
  }

  private static void scatter(double[][] rows, double[] to, ValidSteps valid, int example) {
    int[] steps = steps(valid, example);
    for (int i = 0; i < steps.length; i++) {
      int width = rows[i].length;
      System.arraycopy(rows[i], 0, to, (steps[i] * valid.batch() + example) * width, width);
    }
  }
}
