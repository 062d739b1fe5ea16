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
 * One matrix for two layers: the table of a {@link WordEmbedding}, whose row is the vector with
 * which a word is read, is also the weights of a {@link SequenceSoftmax}, whose column is the
 * vector that the state is compared with to predict that word (Press and Wolf 2017, "Using the
 * Output Embedding to Improve Language Models"; Inan et al. 2017, "Tying Word Vectors and Word
 * Classifiers").
 *
 * <pre>
 *   read       x = E[word]
 *   predict    softmax(E h + b)          E [words, size], once in memory and once in the file
 *   gradient   dE = (what the softmax gives, dense) + (what the reading gives, by rows)
 * </pre>
 *
 * <p>Nothing is copied: the softmax looks at the table through its transpose. A Deeplearning4j
 * layer does not know its network, so the two have to be introduced to each other each time a
 * network was initialised, loaded or cloned:
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
   * Connects every {@link SequenceSoftmax} of {@code network} that is tied with its embedding. A
   * network that has none stays as it is.
   *
   * @throws IllegalArgumentException if there is no such embedding, its table is of another shape,
   *     or it is frozen
   */
  public static void connect(ComputationGraph network) {
    for (Layer layer : network.getLayers()) {
      if (layer instanceof SequenceSoftmaxLayer softmax && softmax.tiedTo() != null) {
        Layer other =
            network.getConfiguration().getVertices().containsKey(softmax.tiedTo())
                ? network.getLayer(softmax.tiedTo())
                : null;
        if (!(other instanceof WordEmbeddingLayer embedding)) {
          throw new IllegalArgumentException(
              "layer \"%s\" is tied to \"%s\", which is no word embedding of this network"
                  .formatted(softmax.conf().getLayer().getLayerName(), softmax.tiedTo()));
        }
        softmax.tie(embedding);
        embedding.shareTable();
      }
    }
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
