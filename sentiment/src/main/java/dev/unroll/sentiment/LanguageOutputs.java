package dev.unroll.sentiment;

import dev.unroll.generation.language.WordModel;
import dev.unroll.training.Encoder;
import dev.unroll.training.RecurrentStack;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The outputs of language models, which go on predicting words while a classifier that began with
 * the models learns labels: what the models knew is not forgotten for the sake of few labels (M.
 * Rei, <i>Semi-supervised Multitask Learning for Sequence Labeling</i>, ACL 2017; A. Chronopoulou,
 * C. Baziotis and A. Potamianos, <i>An Embarrassingly Simple Approach for Transfer Learning from
 * Pretrained Language Models</i>, NAACL 2019).
 *
 * <pre>
 *   one model    top layer  [batch, hidden, time]     ─────────────▶  next-word      [batch, symbols, time]
 *   two models   layer 1    [batch, 2 hidden, time]   forward half ▶  next-word
 *                                                     reverse half ▶  previous-word
 *
 *   loss = (mean over the texts of a batch)  -log P(label)
 *        + γ · Σ over the outputs  (mean over the words of a batch)  -log P(word)
 * </pre>
 *
 * <p>The two means are what is summed, so that γ means the same for texts of any length. The
 * outputs begin with the weights of the models' and learn on; they are part of the network in
 * training and of its checkpoint, and not of the classifier that is made of it.
 */
final class LanguageOutputs {
  static final String NEXT = "next-word";
  static final String PREVIOUS = "previous-word";

  /** The names of the layers. */
  static final List<String> NAMES = List.of(NEXT, PREVIOUS);

  private final List<WordModel> models;
  private final SentimentConfig config;

  /**
   * The outputs of the models that a network begins with.
   *
   * @param models one, or one that reads forward and one that reads in reverse
   * @param config with the models' sizes; {@link SentimentConfig#languageModelLoss} is γ
   */
  LanguageOutputs(List<WordModel> models, SentimentConfig config) {
    this.models = List.copyOf(models);
    this.config = config;
  }

  /** The network that is trained: that of the classifier, and the outputs. */
  ComputationGraphConfiguration configuration(int words, int labels) {
    var graph = SentimentNetwork.graph(config, words, labels);
    List<String> outputs = new ArrayList<>(List.of(SentimentNetwork.OUTPUT));
    int hidden = config.network().hidden();
    for (int i = 0; i < models.size(); i++) {
      String states = RecurrentStack.name(models.size() == 1 ? config.network().layers() : 1);
      if (models.size() == 2) {
        String half = NAMES.get(i) + "-states";
        graph.addVertex(half, new SubsetVertex(i * hidden, (i + 1) * hidden - 1), states);
        states = half;
      }
      int place = config.network().layers() + 1 + i; // of its dropout, behind the layers' own
      var dropout =
          RecurrentStack.dropout(config.network().dropout(), config.training().seed(), place);
      graph.addLayer(NAMES.get(i), models.get(i).output(dropout), states);
      outputs.add(NAMES.get(i));
    }
    return graph.setOutputs(outputs.toArray(String[]::new)).build();
  }

  /** Lets the outputs of that network begin with those of the models. */
  void copyTo(ComputationGraph network) {
    for (int i = 0; i < models.size(); i++) {
      models.get(i).copyOutput(network, NAMES.get(i));
    }
  }

  /** Adds the words that are predicted to the batches of the classifier. */
  Encoder<Review, EncodedReview> encoder(ReviewEncoder encoder) {
    List<NeighbourWords> targets =
        IntStream.range(0, models.size())
            .mapToObj(i -> NeighbourWords.of(models.get(i), encoder, NAMES.get(i).equals(NEXT)))
            .toList();
    return new JointEncoder(encoder, targets, config.languageModelLoss());
  }
}
