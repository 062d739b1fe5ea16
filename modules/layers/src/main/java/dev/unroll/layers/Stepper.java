package dev.unroll.layers;

import dev.unroll.layers.kernel.CellSteps;
import dev.unroll.layers.memory.Slab;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Reads sequences with a trained network one step at a time, for programs that decide on the next
 * input by the last output.
 *
 * <p>It does what {@link ComputationGraph#rnnTimeStep} does, and gives the same probabilities up to
 * the last bits. But there each step sets up arrays and workspaces of every layer, which takes
 * longer than the step itself; here nothing happens but the products and the activations.
 *
 * <pre>{@code
 * Stepper stepper = Stepper.of(network);
 * stepper.begin(1);
 * float[] probabilities = stepper.read(new int[] {id});     // of what follows id
 * probabilities = stepper.read(new int[] {next});           // of what follows id, next
 * }</pre>
 *
 * <p>The network's parameters are used where they lie: the network must live as long, and must not
 * be trained between {@link #begin} and the last step. Serves one thread at a time.
 */
public final class Stepper {
  private final EmbeddingSteps embedding;
  private final int width;
  private final List<CellSteps> cells;
  private final SoftmaxSteps softmax;
  private final Slab features = new Slab(DataType.FLOAT);
  private int sequences;

  private Stepper(List<Layer> layers) {
    int first = 0;
    if (layers.get(0) instanceof WordEmbeddingLayer words) {
      embedding = words.steps();
      width = 1;
      first = 1;
    } else {
      embedding = null;
      width = Math.toIntExact(((RecurrentLayer) layers.get(0)).layerConf().getNIn());
    }
    int last = layers.size() - 1;
    cells =
        layers.subList(first, last).stream()
            .map(layer -> ((RecurrentLayer) layer).steps())
            .toList();
    softmax = ((SequenceSoftmaxLayer) layers.get(last)).steps();
  }

  /**
   * A way to read with {@code network}, of which it shares the parameters and nothing else.
   *
   * @param network a chain of at most one {@link WordEmbedding}, one or more {@link Recurrent}
   *     layers of one direction, and a {@link SequenceSoftmax}, in {@link DataType#FLOAT}
   * @throws IllegalArgumentException if it is any other network
   */
  public static Stepper of(ComputationGraph network) {
    ComputationGraphConfiguration configuration = network.getConfiguration();
    DataType type = configuration.getDataType();
    if (type != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "only networks in FLOAT are read by steps, not in " + type);
    }
    List<Layer> layers = new ArrayList<>();
    String below = configuration.getNetworkInputs().get(0);
    for (Layer layer : network.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      if (!configuration.getVertexInputs().get(name).equals(List.of(below))
          || !isPlain(configuration.getVertices().get(name))
          || !fits(layer, layers.isEmpty(), layers.size() == network.getNumLayers() - 1)) {
        throw new IllegalArgumentException(
            "only an embedding, recurrent layers and a softmax, one upon the other, are read by"
                + " steps; \"%s\" (%s) does not fit in there"
                    .formatted(name, layer.conf().getLayer().getClass().getSimpleName()));
      }
      layers.add(layer);
      below = name;
    }
    if (layers.size() < 2 || configuration.getVertices().size() != layers.size()) {
      throw new IllegalArgumentException(
          "only a chain of layers is read by steps, not " + configuration.getVertices().keySet());
    }
    return new Stepper(layers);
  }

  private static boolean isPlain(GraphVertex vertex) {
    return vertex instanceof LayerVertex layer && layer.getPreProcessor() == null;
  }

  private static boolean fits(Layer layer, boolean first, boolean last) {
    if (last) {
      return layer instanceof SequenceSoftmaxLayer;
    }
    return layer instanceof RecurrentLayer recurrent && recurrent.layerConf().directions() == null
        || first && layer instanceof WordEmbeddingLayer;
  }

  /** Forgets everything, takes the parameters as they are now, and begins some sequences. */
  public void begin(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a stepper reads 1 or more sequences, not " + count);
    }
    sequences = count;
    cells.forEach(cell -> cell.begin(count));
    softmax.begin();
  }

  /**
   * Reads a word of each sequence.
   *
   * @param ids {@code [sequences]}
   * @return the output of the network, {@code [sequences, classes]}, one after the other
   */
  public float[] read(int[] ids) {
    if (embedding == null) {
      throw new IllegalStateException("the network reads vectors, not ids");
    }
    require(ids.length);
    return read(embedding.step(ids));
  }

  /**
   * Reads a vector of each sequence.
   *
   * @param vectors {@code [sequences, nIn]}, one after the other
   * @return the output of the network, {@code [sequences, classes]}, one after the other
   */
  public float[] read(float[] vectors) {
    if (embedding != null) {
      throw new IllegalStateException("the network reads ids, not vectors");
    }
    require(vectors.length);
    features.reserve(vectors.length).floats().put(vectors);
    return read(features);
  }

  private void require(int values) {
    if (values != sequences * width || sequences == 0) {
      throw new IllegalArgumentException(
          "expected %d values a sequence for the %d that were begun, got %d"
              .formatted(width, sequences, values));
    }
  }

  private float[] read(Slab x) {
    Slab below = x;
    for (CellSteps cell : cells) {
      below = cell.step(below);
    }
    return softmax.step(below, sequences);
  }

  /**
   * Replaces the sequences: number {@code i} goes on from what {@code parents[i]} was. Their number
   * may change.
   */
  public void select(int[] parents) {
    for (int parent : parents) {
      if (parent < 0 || parent >= sequences) {
        throw new IllegalArgumentException("there is no sequence " + parent + " of " + sequences);
      }
    }
    cells.forEach(cell -> cell.select(parents));
    sequences = parents.length;
  }
}
