package dev.unroll.layers.attention;

import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.NativeMemory;
import java.util.function.Function;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters, or derivatives of them, where they lie: column after column, which is their
 * transpose {@code [out, in]} row after row. Those that a score lacks are null.
 *
 * @param keys {@code [keys, source]}
 * @param queries {@code [keys, queries]}
 * @param comparison {@code [keys]}
 * @param ofContext the part of the output's matrix that multiplies the context, {@code [outputs,
 *     source]}
 * @param ofState the part that multiplies the state, {@code [outputs, queries]}
 */
record FloatWeights(
    Matrix keys, Matrix queries, FloatPointer comparison, Matrix ofContext, Matrix ofState) {

  /** Those that lie in arrays. */
  static FloatWeights of(AttentionShape shape, Function<String, INDArray> arrays) {
    return at(shape, name -> NativeMemory.floats(arrays.apply(name)));
  }

  /** Those that lie where {@code places} says, by the names of {@link AttentionParameters}. */
  static FloatWeights at(AttentionShape shape, Function<String, FloatPointer> places) {
    FloatPointer output = places.apply(AttentionParameters.OUTPUT);
    return new FloatWeights(
        shape.projectsKeys()
            ? new Matrix(places.apply(AttentionParameters.KEYS), 0, shape.source())
            : null,
        shape.projectsQueries()
            ? new Matrix(places.apply(AttentionParameters.QUERIES), 0, shape.queries())
            : null,
        shape.projectsQueries() ? places.apply(AttentionParameters.COMPARISON) : null,
        new Matrix(output, 0, shape.seen()),
        new Matrix(output, shape.source(), shape.seen()));
  }

  /** How states are compared with keys. */
  Comparison comparison(AttentionShape shape) {
    if (comparison == null) {
      return new ProductComparison(shape.keys());
    }
    float[] v = new float[shape.keys()];
    comparison.get(v);
    return new AdditiveComparison(v);
  }
}
