package dev.unroll.layers;

import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The table {@code W [nIn, nOut]} without bias, in 'c' order so that a row is contiguous. */
final class WordEmbeddingParameters extends DefaultParamInitializer {
  static final WordEmbeddingParameters INSTANCE = new WordEmbeddingParameters();

  private WordEmbeddingParameters() {}

  @Override
  protected boolean hasBias(Layer layer) {
    return false;
  }

  @Override
  protected INDArray createWeightMatrix(
      NeuralNetConfiguration conf, INDArray view, boolean initialize) {
    WordEmbedding embedding = (WordEmbedding) conf.getLayer();
    if (initialize) {
      long[] shape = {embedding.getNIn(), embedding.getNOut()};
      // A word is one input, whatever the size of the vocabulary.
      embedding.getWeightInitFn().init(1, embedding.getNOut(), shape, 'c', view);
    }
    return table(embedding, view);
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return Map.of(WEIGHT_KEY, table((WordEmbedding) conf.getLayer(), gradientView));
  }

  private static INDArray table(WordEmbedding embedding, INDArray view) {
    return view.reshape('c', embedding.getNIn(), embedding.getNOut());
  }
}
