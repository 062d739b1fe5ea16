package dev.unroll.layers.attention;

import dev.unroll.layers.memory.Activations;
import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.NativeMemory;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.layers.memory.Slab;
import java.util.Arrays;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
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
  private final Slab outputs = new Slab(DataType.FLOAT);
  private final Slab dKeys = new Slab(DataType.FLOAT);
  private final Slab dQueries = new Slab(DataType.FLOAT);
  private final Slab dContexts = new Slab(DataType.FLOAT);
  private final Slab dWeights = new Slab(DataType.FLOAT);

  /** The derivative of what the tangent of the outputs was taken of. */
  private final Slab dZ = new Slab(DataType.FLOAT);

  FloatPass(AttentionShape shape) {
    super(shape, DataType.FLOAT);
  }

  @Override
  void forward(INDArray states, Function<String, INDArray> parameters, INDArray out) {
    FloatWeights w = FloatWeights.of(shape, parameters);
    Matrix h = matrix(states);
    int rows = asking.rows();
    if (shape.projectsKeys()) {
      keys.reserve((long) seen.rows() * shape.keys());
      RowProducts.forward(seen.rows(), shape.keys(), shape.source(), source(), w.keys(), keys());
    }
    if (shape.projectsQueries()) {
      queries.reserve((long) rows * shape.keys());
      RowProducts.forward(rows, shape.keys(), shape.queries(), h, w.queries(), queries(h));
    }
    contexts.reserveZeros((long) rows * shape.source());
    Comparison comparison = w.comparison(shape);
    Parallel.forEach(asking.batch(), b -> example(b, h, comparison));
    outputs.reserve((long) rows * shape.outputs());
    RowProducts.forEachPart(rows, (from, count) -> output(from, count, h, w));
    Pointer.memcpy(
        out.data().addressPointer(),
        outputs.pointer(),
        (long) rows * shape.outputs() * Float.BYTES);
  }

  private void example(int b, Matrix h, Comparison comparison) {
    int t = asking.end(b);
    int s = seen.end(b);
    if (t == 0 || s == 0) {
      return;
    }
    Matrix a = ofExample(weights, b);
    comparison.forward(t, s, example(queries(h), b, asking), example(keys(), b, seen), a);
    float[] z = new float[t * s];
    a.read(z, t, s);
    SourceSoftmax.forward(z, t, s, asking, seen, b);
    a.write(z, t, s);
    Gemm.multiply(
        t, shape.source(), s, a, example(source(), b, seen), example(contexts(), b, asking));
  }

  private void output(int from, int count, Matrix h, FloatWeights w) {
    int width = shape.outputs();
    Matrix out = outputs().fromRow(from);
    Gemm.multiplyTransposedRight(
        count, width, shape.source(), contexts().fromRow(from), w.ofContext(), out);
    Gemm.addProductTransposedRight(
        count, width, shape.queries(), h.fromRow(from), w.ofState(), out);
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
  void backward(
      INDArray states,
      INDArray dOut,
      Function<String, INDArray> parameters,
      Function<String, INDArray> gradients,
      INDArray dStates) {
    FloatWeights w = FloatWeights.of(shape, parameters);
    FloatWeights dW = FloatWeights.of(shape, gradients);
    int rows = asking.rows();
    NativeMemory.zero(dStates);
    dZ.reserve((long) rows * shape.outputs());
    dContexts.reserveZeros((long) rows * shape.source());
    dSource.reserveZeros((long) seen.rows() * shape.source());
    dWeights.reserve((long) rows * seen.steps());
    dKeys.reserveZeros(shape.projectsKeys() ? (long) seen.rows() * shape.keys() : 0);
    dQueries.reserveZeros(shape.projectsQueries() ? (long) rows * shape.keys() : 0);
    RowProducts.forEachPart(rows, (from, count) -> outputBack(from, count, dOut));
    Matrix h = matrix(states);
    Matrix dH = matrix(dStates);
    int out = shape.outputs();
    int e = shape.source();
    RowProducts.backward(
        rows, out, e, dZ(), contexts(), w.ofContext(), dContexts(), dW.ofContext());
    RowProducts.backward(rows, out, shape.queries(), dZ(), h, w.ofState(), dH, dW.ofState());
    Comparison comparison = w.comparison(shape);
    float[][] dV = new float[asking.batch()][comparison.parameters()];
    Parallel.forEach(asking.batch(), b -> exampleBack(b, h, dH, comparison, dV[b]));
    if (shape.projectsKeys()) {
      RowProducts.backward(
          seen.rows(), shape.keys(), e, dKeys(), source(), w.keys(), dSource(), dW.keys());
    }
    if (shape.projectsQueries()) {
      RowProducts.backward(
          rows, shape.keys(), shape.queries(), dQueries(dH), h, w.queries(), dH, dW.queries());
      for (int b = 1; b < dV.length; b++) {
        for (int i = 0; i < dV[b].length; i++) {
          dV[0][i] += dV[b][i];
        }
      }
      dW.comparison().put(dV[0]);
    }
  }

  private void outputBack(int from, int count, INDArray dOut) {
    int width = shape.outputs();
    float[] y = new float[width];
    float[] d = new float[width];
    for (int row = from; row < from + count; row++) {
      if (asking.hasRow(row)) {
        outputs().fromRow(row).read(y, 1, width);
        matrix(dOut).fromRow(row).read(d, 1, width);
        for (int i = 0; i < width; i++) {
          d[i] *= 1 - y[i] * y[i];
        }
      } else {
        Arrays.fill(d, 0);
      }
      dZ().fromRow(row).write(d, 1, width);
    }
  }

  private void exampleBack(int b, Matrix h, Matrix dH, Comparison comparison, float[] dV) {
    int t = asking.end(b);
    int s = seen.end(b);
    if (t == 0 || s == 0) {
      return;
    }
    int e = shape.source();
    Matrix a = ofExample(weights, b);
    Matrix dA = ofExample(dWeights, b);
    Matrix dC = example(dContexts(), b, asking);
    Gemm.multiplyTransposedRight(t, s, e, dC, example(source(), b, seen), dA);
    Gemm.addProductTransposedLeft(s, e, t, a, dC, example(dSource(), b, seen));
    float[] shares = new float[t * s];
    float[] d = new float[t * s];
    a.read(shares, t, s);
    dA.read(d, t, s);
    SourceSoftmax.backward(shares, d, t, s);
    dA.write(d, t, s);
    comparison.backward(
        t,
        s,
        example(queries(h), b, asking),
        example(keys(), b, seen),
        dA,
        example(dQueries(dH), b, asking),
        example(dKeys(), b, seen),
        dV);
  }

  /** The rows of an example, one a step, of all rows. */
  private static Matrix example(Matrix rows, int example, ValidSteps steps) {
    return new Matrix(
        rows.memory(),
        rows.offset() + (long) example * rows.stride(),
        steps.batch() * rows.stride());
  }

  /** The part {@code [T, S]} of an example. */
  private Matrix ofExample(Slab slab, int example) {
    return matrix(slab, seen.steps()).fromRow((long) example * asking.steps());
  }

  private Matrix source() {
    return matrix(source, shape.source());
  }

  private Matrix dSource() {
    return matrix(dSource, shape.source());
  }

  private Matrix keys() {
    return shape.projectsKeys() ? matrix(keys, shape.keys()) : source();
  }

  private Matrix dKeys() {
    return shape.projectsKeys() ? matrix(dKeys, shape.keys()) : dSource();
  }

  private Matrix queries(Matrix states) {
    return shape.projectsQueries() ? matrix(queries, shape.keys()) : states;
  }

  private Matrix dQueries(Matrix dStates) {
    return shape.projectsQueries() ? matrix(dQueries, shape.keys()) : dStates;
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

  private static Matrix matrix(INDArray timeMajor) {
    return new Matrix(NativeMemory.floats(timeMajor), 0, (int) timeMajor.size(1));
  }
}
