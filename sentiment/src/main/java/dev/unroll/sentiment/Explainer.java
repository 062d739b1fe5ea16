package dev.unroll.sentiment;

import dev.unroll.data.Settings;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Goes back from the probability of a label to the vectors of the words. One text at a time. */
final class Explainer {
  private final ReviewEncoder encoder;
  private final ComputationGraph network;

  /**
   * @param trained whose parameters are taken, and which stays as it is
   */
  Explainer(SentimentConfig config, ReviewEncoder encoder, ComputationGraph trained) {
    this.encoder = encoder;
    // Going back means training, to the layers, and an explanation must not depend on dropout.
    SentimentConfig still = Settings.with(config, Map.of("dropout", "0", "embedding-dropout", "0"));
    this.network =
        SentimentNetwork.build(still, encoder.vocabulary().size(), encoder.labels().size());
    network.setParams(trained.params());
    network.initGradientsView();
  }

  /**
   * How much each word that is read speaks for a label.
   *
   * @param review its label is the one that is asked about
   */
  synchronized double[] influences(EncodedReview review) {
    if (review.words().length == 0) {
      return new double[0];
    }
    MultiDataSet batch = encoder.encode(List.of(review));
    LayerWorkspaceMgr memory = LayerWorkspaceMgr.noWorkspaces();
    Layer[] layers = network.getLayers(); // a chain, so that these are all
    INDArray activation = batch.getFeatures(0);
    INDArray vectors = null;
    for (int i = 0; i < layers.length - 1; i++) {
      layers[i].clear();
      layers[i].setInput(activation, memory);
      activation = layers[i].activate(true, memory);
      vectors = i == 0 ? activation.dup() : vectors;
    }
    Layer output = layers[layers.length - 1];
    output.setInput(activation, memory);
    ((IOutputLayer) output).setLabels(batch.getLabels(0));
    INDArray gradient = output.backpropGradient(null, memory).getSecond(); // of -log p
    for (int i = layers.length - 2; i > 0; i--) {
      gradient = layers[i].backpropGradient(gradient, memory).getSecond();
    }
    // [1, dimensions, time], added up over the dimensions
    return gradient.mul(vectors).sum(1).neg().toDoubleVector();
  }
}
