package dev.unroll.layers.attention;

import dev.unroll.layers.memory.Activations;
import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.RowProducts;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pass in floats, by matrix products: over all steps of all examples with a parameter, and for
 * each example between its states and its source. How the work is cut depends on its size alone.
 *
 * <pre>
 *   K = source Wk,  Q = states Wq                      all rows, as the score has it
 *   A = softmax(score(Q, K))  [T, S],  C = A source    an example
 *   out = tanh(C Wc₁ + states Wc₂)                     all rows; Wc₁ above Wc₂ is Wc
 * </pre>
 */
final class FloatPass extends AttentionPass {
  private final Slab keys = new Slab(DataType.FLOAT);
  private final Slab queries = new Slab(DataType.FLOAT);
  private final Slab contexts = new Slab(DataType.FLOAT);
  private final Slab dKeys = new Slab(DataType.FLOAT);
  private final Slab dQueries = new Slab(DataType.FLOAT);
  private final Slab dContexts = new Slab(DataType.FLOAT);
  private final Slab dWeights = new Slab(DataType.FLOAT);

  /** The derivative of what the tangent of the outputs was taken of. */
  private final Slab dZ = new Slab(DataType.FLOAT);

  private FloatWeights w;
  private Comparison comparison;

  /** By example: the derivatives of the score's own parameters. */
  private float[][] dV;

  FloatPass(AttentionShape shape) {
    super(shape, DataType.FLOAT);
  }

  @Override
  void prepare(Function<String, INDArray> parameters) {
    w = FloatWeights.of(shape, parameters);
    comparison = w.comparison(shape);
    contexts.reserveZeros((long) asking.rows() * shape.source());
    if (shape.projectsQueries()) {
      queries.reserve((long) asking.rows() * shape.keys());
    }
    if (shape.projectsKeys()) {
      keys.reserve((long) seen.rows() * shape.keys());
      RowProducts.forward(seen.rows(), shape.keys(), shape.source(), source(), w.keys(), keys());
    }
  }

  @Override
  void look(int from, int steps) {
    int first = from * asking.batch();
    int rows = steps * asking.batch();
    if (shape.projectsQueries()) {
      RowProducts.forward(
          rows,
          shape.keys(),
          shape.queries(),
          states().fromRow(first),
          w.queries(),
          queries().fromRow(first));
    }
    Parallel.forEach(
        asking.batch(), b -> example(b, from, Math.min(asking.end(b), from + steps) - from));
    RowProducts.forEachPart(rows, (row, count) -> output(first + row, count));
  }

  /** {@code t} steps of an example, from {@code from} on. */
  private void example(int b, int from, int t) {
    int s = seen.end(b);
    if (t <= 0 || s == 0) {
      return;
    }
    Matrix a = ofExample(weights, b, from);
    comparison.forward(t, s, asking(queries(), b, from), seen(keys(), b), a);
    float[] z = new float[t * s];
    a.read(z, t, s);
    SourceSoftmax.forward(z, t, s, asking, from, seen, b);
    a.write(z, t, s);
    Gemm.multiply(t, shape.source(), s, a, seen(source(), b), asking(contexts(), b, from));
  }

  private void output(int from, int count) {
    int width = shape.outputs();
    Matrix out = outputs().fromRow(from);
    Gemm.multiplyTransposedRight(
        count, width, shape.source(), contexts().fromRow(from), w.ofContext(), out);
    Gemm.addProductTransposedRight(
        count, width, shape.queries(), states().fromRow(from), w.ofState(), out);
    float[] y = new float[width];
    for (int row = 0; row < count; row++) {
      if (asking.hasRow(from + row)) {
        out.fromRow(row).read(y, 1, width);
        Activations.tanh(y, y, width);
      } else {
        Arrays.fill(y, 0);
      }
      out.fromRow(row).write(y, 1, width);
    }
  }

  @Override
  void prepareBack() {
    int rows = asking.rows();
    dZ.reserve((long) rows * shape.outputs());
    dContexts.reserveZeros((long) rows * shape.source());
    dWeights.reserve((long) rows * seen.steps());
    dKeys.reserveZeros(shape.projectsKeys() ? (long) seen.rows() * shape.keys() : 0);
    dQueries.reserveZeros(shape.projectsQueries() ? (long) rows * shape.keys() : 0);
    dV = new float[asking.batch()][comparison.parameters()];
  }

  @Override
  void lookBack(int from, int steps) {
    int first = from * asking.batch();
    int rows = steps * asking.batch();
    RowProducts.forEachPart(rows, (row, count) -> outputBack(first + row, count));
    Matrix z = dZ().fromRow(first);
    Matrix dH = dStates().fromRow(first);
    RowProducts.backward(
        rows, shape.outputs(), shape.source(), z, w.ofContext(), dContexts().fromRow(first));
    RowProducts.backward(rows, shape.outputs(), shape.queries(), z, w.ofState(), dH);
    Parallel.forEach(
        asking.batch(), b -> exampleBack(b, from, Math.min(asking.end(b), from + steps) - from));
    if (shape.projectsQueries()) {
      RowProducts.backward(
          rows, shape.keys(), shape.queries(), dQueries().fromRow(first), w.queries(), dH);
    }
  }

  private void outputBack(int from, int count) {
    int width = shape.outputs();
    float[] y = new float[width];
    float[] d = new float[width];
    for (int row = from; row < from + count; row++) {
      if (asking.hasRow(row)) {
        outputs().fromRow(row).read(y, 1, width);
        matrix(dOutputs, width).fromRow(row).read(d, 1, width);
        for (int i = 0; i < width; i++) {
          d[i] *= 1 - y[i] * y[i];
        }
      } else {
        Arrays.fill(d, 0);
      }
      dZ().fromRow(row).write(d, 1, width);
    }
  }

  private void exampleBack(int b, int from, int t) {
    int s = seen.end(b);
    if (t <= 0 || s == 0) {
      return;
    }
    Matrix a = ofExample(weights, b, from);
    Matrix dA = ofExample(dWeights, b, from);
    Matrix dC = asking(dContexts(), b, from);
    Gemm.multiplyTransposedRight(t, s, shape.source(), dC, seen(source(), b), dA);
    Gemm.addProductTransposedLeft(s, shape.source(), t, a, dC, seen(dSource(), b));
    float[] shares = new float[t * s];
    float[] d = new float[t * s];
    a.read(shares, t, s);
    dA.read(d, t, s);
    SourceSoftmax.backward(shares, d, t, s);
    dA.write(d, t, s);
    comparison.backward(
        t,
        s,
        asking(queries(), b, from),
        seen(keys(), b),
        dA,
        asking(dQueries(), b, from),
        seen(dKeys(), b),
        dV[b]);
  }

  @Override
  void finishBack(Function<String, INDArray> gradients) {
    FloatWeights dW = FloatWeights.of(shape, gradients);
    int rows = asking.rows();
    int width = shape.keys();
    int in = shape.queries();
    int e = shape.source();
    RowProducts.gradient(rows, shape.outputs(), e, dZ(), contexts(), dW.ofContext());
    RowProducts.gradient(rows, shape.outputs(), in, dZ(), states(), dW.ofState());
    if (shape.projectsKeys()) {
      RowProducts.backward(seen.rows(), width, e, dKeys(), w.keys(), dSource());
      RowProducts.gradient(seen.rows(), width, e, dKeys(), source(), dW.keys());
    }
    if (shape.projectsQueries()) {
      RowProducts.gradient(rows, width, in, dQueries(), states(), dW.queries());
      for (int b = 1; b < dV.length; b++) {
        for (int i = 0; i < width; i++) {
          dV[0][i] += dV[b][i];
        }
      }
      dW.comparison().put(dV[0]);
    }
  }

  /** The rows of an example's source, one a step, of all rows. */
  private Matrix seen(Matrix rows, int example) {
    return new Matrix(
        rows.memory(),
        rows.offset() + (long) example * rows.stride(),
        seen.batch() * rows.stride());
  }

  /** The rows of an example's states from a step on. */
  private Matrix asking(Matrix rows, int example, int from) {
    Matrix first = rows.fromRow((long) from * asking.batch() + example);
    return new Matrix(first.memory(), first.offset(), asking.batch() * rows.stride());
  }

  /** The part {@code [T, S]} of an example, from a step on. */
  private Matrix ofExample(Slab slab, int example, int from) {
    return matrix(slab, seen.steps()).fromRow((long) example * asking.steps() + from);
  }

  private Matrix source() {
    return matrix(source, shape.source());
  }

  private Matrix dSource() {
    return matrix(dSource, shape.source());
  }

  private Matrix states() {
    return matrix(states, shape.queries());
  }

  private Matrix dStates() {
    return matrix(dStates, shape.queries());
  }

  private Matrix keys() {
    return shape.projectsKeys() ? matrix(keys, shape.keys()) : source();
  }

  private Matrix dKeys() {
    return shape.projectsKeys() ? matrix(dKeys, shape.keys()) : dSource();
  }

  private Matrix queries() {
    return shape.projectsQueries() ? matrix(queries, shape.keys()) : states();
  }

  private Matrix dQueries() {
    return shape.projectsQueries() ? matrix(dQueries, shape.keys()) : dStates();
  }

  private Matrix contexts() {
    return matrix(contexts, shape.source());
  }

  private Matrix dContexts() {
    return matrix(dContexts, shape.source());
  }

  private Matrix outputs() {
    return matrix(outputs, shape.outputs());
  }

  private Matrix dZ() {
    return matrix(dZ, shape.outputs());
  }

  private static Matrix matrix(Slab slab, int columns) {
    return new Matrix(slab.floats(), 0, columns);
  }
}
