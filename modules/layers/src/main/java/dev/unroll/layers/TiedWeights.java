package dev.unroll.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One matrix for several layers: the table of a {@link WordEmbedding}, whose row is the vector with
 * which a word is read, is also the weights of a {@link SequenceSoftmax}, whose column is the
 * vector that the state is compared with to predict that word (Press and Wolf 2017, "Using the
 * Output Embedding to Improve Language Models"; Inan et al. 2017, "Tying Word Vectors and Word
 * Classifiers"). Other word embeddings may read from it too, as where two languages share their
 * subwords; with a softmax, this is the three-way tying of Press and Wolf.
 *
 * <pre>
 *   read       x = E[word]
 *   predict    softmax(E h + b)          E [words, size], once in memory and once in the file
 *   gradient   dE = (what the softmax gives, dense) + (what each reading gives, by rows)
 * </pre>
 *
 * <p>Without a softmax the gradient has the rows that were read, by one or another, and no more.
 *
 * <p>Nothing is copied: the softmax looks at the table through its transpose. A Deeplearning4j
 * layer does not know its network, so they have to be introduced to each other each time a network
 * was initialised, loaded or cloned:
 *
 * <pre>{@code
 * graph.addLayer("words", new WordEmbedding.Builder().nIn(10_000).nOut(256).build(), "ids");
 * …
 * graph.addLayer("out", new SequenceSoftmax.Builder().nOut(10_000).tiedTo("words").build(), "top");
 * network.init();
 * TiedWeights.connect(network);
 * }</pre>
 */
public final class TiedWeights {
  private TiedWeights() {}

  /**
   * Connects every {@link SequenceSoftmax} and {@link WordEmbedding} of {@code network} that is
   * tied with the embedding that has the table. A network that has none stays as it is.
   *
   * @throws IllegalArgumentException if there is no such embedding with a table of its own, its
   *     table is of another shape, or it is frozen
   */
  public static void connect(ComputationGraph network) {
    for (Layer layer : network.getLayers()) {
      if (layer instanceof SequenceSoftmaxLayer softmax && softmax.tiedTo() != null) {
        WordEmbeddingLayer embedding = find(network, layer, softmax.tiedTo());
        softmax.tie(embedding);
        embedding.shareTable();
      }
      if (layer instanceof WordEmbeddingLayer reader && reader.tiedTo() != null) {
        reader.tie(find(network, layer, reader.tiedTo()));
      }
    }
  }

  private static WordEmbeddingLayer find(ComputationGraph network, Layer tied, String name) {
    Layer other =
        network.getConfiguration().getVertices().containsKey(name) ? network.getLayer(name) : null;
    if (other instanceof WordEmbeddingLayer embedding && embedding.tiedTo() == null) {
      return embedding;
    }
    throw new IllegalArgumentException(
        "layer \"%s\" is tied to \"%s\", which is no word embedding of this network%s"
            .formatted(
                tied.conf().getLayer().getLayerName(),
                name,
                other instanceof WordEmbeddingLayer ? " with a table of its own" : ""));
  }

  /** The parameters of a tied softmax: {@code b [nOut]} and no weights of its own. */
  static final class Parameters extends DefaultParamInitializer {
    static final Parameters INSTANCE = new Parameters();

    private Parameters() {}

    @Override
    public long numParams(org.deeplearning4j.nn.conf.layers.Layer layer) {
      return ((SequenceSoftmax) layer).getNOut();
    }

    @Override
    public Map<String, INDArray> init(
        NeuralNetConfiguration conf, INDArray view, boolean initialize) {
      conf.addVariable(BIAS_KEY);
      if (initialize) {
        view.assign(((SequenceSoftmax) conf.getLayer()).getBiasInit());
      }
      return bias(view);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(
        NeuralNetConfiguration conf, INDArray view) {
      return bias(view);
    }

    @Override
    public List<String> paramKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
      return List.of(BIAS_KEY);
    }

    @Override
    public List<String> weightKeys(org.deeplearning4j.nn.conf.layers.Layer layer) {
      return List.of();
    }

    private static Map<String, INDArray> bias(INDArray view) {
      Map<String, INDArray> table = new LinkedHashMap<>();
      table.put(BIAS_KEY, view.reshape(view.length()));
      return table;
    }
  }
}
