package dev.unroll.layers.attention;

import dev.unroll.layers.memory.Activations;
import dev.unroll.layers.memory.Gemm;
import dev.unroll.layers.memory.Gemm.Matrix;
import dev.unroll.layers.memory.RowProducts;
import dev.unroll.layers.memory.Slab;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link Attention} for programs that decode step by step: what the score makes of a source is made
 * once, and any number of hypotheses look at it, one state each, without arrays, masks or threads
 * of Deeplearning4j.
 *
 * <pre>{@code
 * AttentionStep attention = AttentionStep.of(network, "attention");
 * attention.begin(encoded, mask);                            // some sentences
 * Slab vectors = attention.step(states, new int[] {0, 0, 1}) // two hypotheses of the first, one of the second
 * float[] weights = attention.alignment(2);                  // where the last of them looked
 * }</pre>
 *
 * <p>The network's parameters are used where they lie: the network must live as long, and must not
 * be trained between {@link #begin} and the last step. Serves one thread at a time.
 */
public final class AttentionStep {
  private final AttentionShape shape;
  private final Function<String, INDArray> parameters;
  private final Slab given = new Slab(DataType.FLOAT);
  private final Slab source = new Slab(DataType.FLOAT);
  private final Slab keys = new Slab(DataType.FLOAT);
  private final Slab queries = new Slab(DataType.FLOAT);
  private final Slab weights = new Slab(DataType.FLOAT);
  private final Slab contexts = new Slab(DataType.FLOAT);
  private final Slab out = new Slab(DataType.FLOAT);
  private FloatWeights w;
  private Comparison comparison;
  private ValidSteps seen;

  /** The row of {@link #source} with which each sentence begins, and the one after the last. */
  private int[] first = {0};

  /** The sentences of the last step. */
  private int[] looked = {};

  AttentionStep(AttentionShape shape, Function<String, INDArray> parameters) {
    this.shape = shape;
    this.parameters = parameters;
  }

  /**
   * A way to look with a layer of {@code network}, of which it shares the parameters and nothing
   * else.
   *
   * @throws IllegalArgumentException if the layer is no {@link Attention} or {@link InputFeeding}
   *     in {@link DataType#FLOAT}
   */
  public static AttentionStep of(ComputationGraph network, String layer) {
    boolean floats = network.getConfiguration().getDataType() == DataType.FLOAT;
    if (floats && network.getLayer(layer) instanceof AttentionLayer attention) {
      return new AttentionStep(attention.layerConf().shape(), attention::getParam);
    }
    if (floats && network.getLayer(layer) instanceof InputFeedingLayer decoder) {
      return new AttentionStep(decoder.layerConf().shape().attention(), decoder::getParam);
    }
    throw new IllegalArgumentException(
        "\"%s\" is no Attention in FLOAT but %s in %s"
            .formatted(layer, network.getLayer(layer), network.getConfiguration().getDataType()));
  }

  /** The width of an attentional vector. */
  public int width() {
    return shape.outputs();
  }

  /**
   * Takes the parameters as they are now, and the sentences to look at.
   *
   * @param encoded {@code [sentences, nSource, S]}; copied
   * @param mask {@code [sentences, S]}, 0 where a sentence has no such step; null if all have
   */
  public void begin(INDArray encoded, INDArray mask) {
    int sentences = Math.toIntExact(encoded.size(0));
    seen = new ValidSteps(mask, sentences, encoded.size(2));
    w = FloatWeights.of(shape, parameters);
    comparison = w.comparison(shape);
    float[] all = encoded.castTo(DataType.FLOAT).permute(0, 2, 1).dup('c').data().asFloat();
    if (all.length != seen.rows() * shape.source()) {
      throw new IllegalArgumentException(
          "expected [sentences, %d, time], got %s"
              .formatted(shape.source(), java.util.Arrays.toString(encoded.shape())));
    }
    first = new int[sentences + 1];
    source.reserve(all.length);
    int row = 0;
    for (int b = 0; b < sentences; b++) {
      for (int s = 0; s < seen.end(b); s++) {
        if (seen.has(b, s)) {
          long at = (long) (b * seen.steps() + s) * shape.source();
          source
              .floats()
              .position((long) row++ * shape.source())
              .put(all, (int) at, shape.source());
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
