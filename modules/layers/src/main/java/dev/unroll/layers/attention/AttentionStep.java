package dev.unroll.layers.attention;

import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.memory.Activations;
import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.RowProducts;
import dev.unroll.layers.memory.Slab;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link Attention} for programs that decode step by step: what the score makes of a source is made
 * once, and any number of hypotheses look at it, one state each, without arrays, masks or threads
 * of Deeplearning4j.
 *
 * <pre>{@code
 * AttentionStep attention = AttentionStep.of(configuration, parameters, "attention");
 * attention.begin(encoded);                                  // some sentences
 * Slab vectors = attention.step(states, new int[] {0, 0, 1}) // two hypotheses of the first, one of the second
 * float[] weights = attention.alignment(2);                  // where the last of them looked
 * }</pre>
 *
 * <p>The parameters are used where they lie: they must last as long, and must not be trained
 * between {@link #begin} and the last step. Serves one thread at a time.
 */
public final class AttentionStep {
  private final AttentionShape shape;
  private final FloatWeights w;
  private final Slab given = new Slab(DataType.FLOAT);
  private final Slab source = new Slab(DataType.FLOAT);
  private final Slab keys = new Slab(DataType.FLOAT);
  private final Slab queries = new Slab(DataType.FLOAT);
  private final Slab weights = new Slab(DataType.FLOAT);
  private final Slab contexts = new Slab(DataType.FLOAT);
  private final Slab out = new Slab(DataType.FLOAT);
  private Comparison comparison;
  private ValidSteps seen;

  /** The row of {@link #source} with which each sentence begins, and the one after the last. */
  private int[] first = {0};

  /** The sentences of the last step. */
  private int[] looked = {};

  AttentionStep(AttentionShape shape, FloatWeights weights) {
    this.shape = shape;
    this.w = weights;
  }

  /**
   * A way to look with a layer of a network, of which it shares the parameters and nothing else.
   *
   * @throws IllegalArgumentException if the layer is no {@link Attention} or {@link InputFeeding}
   */
  public static AttentionStep of(
      ComputationGraphConfiguration configuration, ParameterTable parameters, String name) {
    LayerParameters own = new LayerParameters(parameters, name);
    Layer layer = layer(configuration, name);
    AttentionShape shape;
    if (layer instanceof Attention attention) {
      shape = attention.shape();
    } else if (layer instanceof InputFeeding decoder) {
      shape = decoder.shape().attention();
    } else {
      throw new IllegalArgumentException("\"%s\" is no Attention but %s".formatted(name, layer));
    }
    return new AttentionStep(shape, AttentionParameters.weights(shape, own));
  }

  /** The layer of that name; null if there is none. */
  static Layer layer(ComputationGraphConfiguration configuration, String name) {
    GraphVertex vertex = configuration.getVertices().get(name);
    return vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : null;
  }

  /** The width of an attentional vector. */
  public int width() {
    return shape.outputs();
  }

  /**
   * Takes the parameters as they are now, and the sentences to look at.
   *
   * @param encoded {@code [sentences, nSource, S]}; copied
   */
  public void begin(Steps encoded) {
    int sentences = encoded.require(shape.source()).batch();
    seen = ValidSteps.of(encoded);
    comparison = w.comparison(shape);
    float[] all = encoded.toArray();
    first = new int[sentences + 1];
    source.reserve(all.length);
    int row = 0;
    for (int b = 0; b < sentences; b++) {
      for (int s = 0; s < seen.end(b); s++) {
        if (seen.has(b, s)) {
          int at = (s * sentences + b) * shape.source();
          source.floats().position((long) row++ * shape.source()).put(all, at, shape.source());
        }
      }
      first[b + 1] = row;
    }
    if (shape.projectsKeys()) {
      keys.reserve((long) row * shape.keys());
      RowProducts.forward(row, shape.keys(), shape.source(), source(), w.keys(), keys());
    }
  }

  /**
   * The same with plain arrays, for whoever has no memory of its own to compute in.
   *
   * @param states {@code [rows, nIn]}, row by row
   * @return {@code [rows, nOut]}, the caller's to keep
   */
  public float[] step(float[] states, int[] sentences) {
    given.reserve(states.length).floats().put(states);
    float[] vectors = new float[sentences.length * width()];
    step(given, sentences).floats().get(vectors);
    return vectors;
  }

  /**
   * Lets states look.
   *
   * @param states {@code [rows, nIn]}
   * @param sentences which each of them looks at; neighbours that look at the same are faster
   * @return the attentional vectors, {@code [rows, nOut]}, until the next call
   */
  public Slab step(Slab states, int[] sentences) {
    int rows = sentences.length;
    for (int sentence : sentences) {
      if (sentence < 0 || sentence >= first.length - 1) {
        throw new IllegalArgumentException(
            "there is no sentence %d of %d".formatted(sentence, first.length - 1));
      }
    }
    looked = sentences.clone();
    Matrix h = new Matrix(states.floats(), 0, shape.queries());
    if (shape.projectsQueries()) {
      queries.reserve((long) rows * shape.keys());
      Gemm.multiplyTransposedRight(rows, shape.keys(), shape.queries(), h, w.queries(), queries(h));
    }
    weights.reserve((long) rows * seen.steps());
    contexts.reserveZeros((long) rows * shape.source());
    for (int from = 0, to; from < rows; from = to) {
      to = from + 1;
      while (to < rows && sentences[to] == sentences[from]) {
        to++;
      }
      look(sentences[from], from, to - from, h);
    }
    out.reserve((long) rows * shape.outputs());
    Matrix y = new Matrix(out.floats(), 0, shape.outputs());
    Gemm.multiplyTransposedRight(
        rows, shape.outputs(), shape.source(), contexts(), w.ofContext(), y);
    Gemm.addProductTransposedRight(rows, shape.outputs(), shape.queries(), h, w.ofState(), y);
    float[] z = new float[rows * shape.outputs()];
    y.read(z, rows, shape.outputs());
    Activations.tanh(z, z, z.length);
    y.write(z, rows, shape.outputs());
    return out;
  }

  private void look(int sentence, int from, int rows, Matrix h) {
    int steps = first[sentence + 1] - first[sentence];
    if (steps == 0) {
      return;
    }
    Matrix a = weights().fromRow(from);
    comparison.forward(rows, steps, queries(h).fromRow(from), keys().fromRow(first[sentence]), a);
    float[] z = new float[rows * steps];
    a.read(z, rows, steps);
    SourceSoftmax.forward(
        z, rows, steps, new ValidSteps(null, 1, rows), 0, new ValidSteps(null, 1, steps), 0);
    a.write(z, rows, steps);
    Gemm.multiply(
        rows,
        shape.source(),
        steps,
        a,
        source().fromRow(first[sentence]),
        contexts().fromRow(from));
  }

  /**
   * How much a row of the last step looked at each step of its sentence.
   *
   * @return {@code [S]}, 0 where the sentence has no such step
   */
  public float[] alignment(int row) {
    int sentence = looked[row];
    int steps = first[sentence + 1] - first[sentence];
    float[] valid = new float[steps];
    weights().fromRow(row).read(valid, 1, steps);
    float[] all = new float[seen.steps()];
    for (int s = 0, next = 0; s < seen.end(sentence); s++) {
      if (seen.has(sentence, s)) {
        all[s] = valid[next++];
      }
    }
    return all;
  }

  private Matrix source() {
    return new Matrix(source.floats(), 0, shape.source());
  }

  private Matrix keys() {
    return shape.projectsKeys() ? new Matrix(keys.floats(), 0, shape.keys()) : source();
  }

  private Matrix queries(Matrix h) {
    return shape.projectsQueries() ? new Matrix(queries.floats(), 0, shape.keys()) : h;
  }

  private Matrix weights() {
    return new Matrix(weights.floats(), 0, seen.steps());
  }

  private Matrix contexts() {
    return new Matrix(contexts.floats(), 0, shape.source());
  }
}
