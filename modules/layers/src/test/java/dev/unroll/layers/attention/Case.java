package dev.unroll.layers.attention;

import dev.unroll.layers.Networks;
import dev.unroll.layers.memory.TimeMajor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A random batch that goes through an {@link AttentionPass} forward and back. */
record Case(
    AttentionShape shape,
    INDArray states,
    INDArray stateMask,
    INDArray source,
    INDArray sourceMask,
    Map<String, INDArray> parameters,
    INDArray dOut) {

  static Case random(
      Score score, int batch, int t, int s, String stateMask, String sourceMask, long seed) {
    Random random = new Random(seed);
    int queries = score == Score.DOT ? 5 : 3;
    return random(
        new AttentionShape(score, queries, 5, score == Score.ADDITIVE ? 11 : 0, 4),
        batch,
        t,
        s,
        Networks.mask(stateMask, batch, t, random),
        Networks.mask(sourceMask, batch, s, random),
        random);
  }

  static Case random(
      AttentionShape shape,
      int batch,
      int t,
      int s,
      INDArray stateMask,
      INDArray sourceMask,
      Random random) {
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    AttentionParameters.shapes(shape)
        .forEach((name, size) -> parameters.put(name, gaussian(random, size)));
    return new Case(
        shape,
        gaussian(random, batch, shape.queries(), t),
        stateMask,
        gaussian(random, batch, shape.source(), s),
        sourceMask,
        parameters,
        gaussian(random, batch, shape.outputs(), t));
  }

  private static INDArray gaussian(Random random, long... size) {
    long length = 1;
    for (long side : size) {
      length *= side;
    }
    // Sums of many of them shall not drive every tangent to its end.
    double scale = size.length == 2 ? 1 / Math.sqrt(size[0]) : 1;
    double[] values = random.doubles(length, -1, 1).map(x -> x * scale * 1.7).toArray();
    return Nd4j.createFromArray(values).reshape(size);
  }

  /** The same under masks, with {@code value} at all masked steps. */
  Case masked(INDArray newStateMask, INDArray newSourceMask, double value) {
    return new Case(
        shape,
        fill(states, newStateMask, value),
        newStateMask,
        fill(source, newSourceMask, value),
        newSourceMask,
        parameters,
        fill(dOut, newStateMask, value));
  }

  private static INDArray fill(INDArray array, INDArray mask, double value) {
    INDArray copy = array.dup();
    for (int b = 0; b < mask.size(0); b++) {
      for (int t = 0; t < mask.size(1); t++) {
        for (int i = 0; i < array.size(1) && mask.getDouble(b, t) == 0; i++) {
          copy.putScalar(b, i, t, value);
        }
      }
    }
    return copy;
  }

  /** All results by name; a loss that is linear in the output goes back. */
  Map<String, INDArray> by(AttentionPass pass) {
    DataType type = pass.type;
    Map<String, INDArray> in = new LinkedHashMap<>();
    Map<String, INDArray> results = new LinkedHashMap<>();
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> {
          in.put(name, value.castTo(type).dup('f'));
          // Nothing of it may stay.
          gradients.put(name, value.castTo(type).dup('f').assign(Double.NaN));
        });
    INDArray h = timeMajor(states, type);
    INDArray out = timeMajor(dOut, type).assign(Double.NaN);
    INDArray dStates = timeMajor(states, type).assign(Double.NaN);
    INDArray dSource = timeMajor(source, type).assign(Double.NaN);
    pass.source(source, sourceMask);
    pass.forward(new ValidSteps(stateMask, states.size(0), states.size(2)), h, in::get, out);
    results.put("out", out);
    results.put("alignment", pass.alignment());
    pass.backward(timeMajor(dOut, type), gradients::get, dStates);
    pass.sourceGradient(dSource);
    results.put("dStates", dStates);
    results.put("dSource", dSource);
    gradients.forEach((name, gradient) -> results.put("d" + name, gradient));
    return results;
  }

  private static INDArray timeMajor(INDArray array, DataType type) {
    return TimeMajor.createDetached(type, array.size(0), array.size(1), array.size(2))
        .assign(array.castTo(type));
  }
}
