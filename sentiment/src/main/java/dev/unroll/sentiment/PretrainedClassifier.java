package dev.unroll.sentiment;

import dev.unroll.data.InheritedSettings;
import dev.unroll.data.UserError;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.Networks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A trained classifier with which another one begins: what it knows of words and how its recurrent
 * layers read them, learnt from other labelled texts, such as long reviews for one of sentences (L.
 * Mou et al., <i>How Transferable are Neural Networks in NLP Applications?</i>, EMNLP 2016).
 *
 * <pre>
 *   embedding    its row of each word that it knows; other words begin at random
 *   recurrent    as they are
 *   output       as it is if both have the same labels
 * </pre>
 *
 * @param name of its file, for messages
 */
record PretrainedClassifier(SentimentModel model, String name) {
  static PretrainedClassifier load(Path file) {
    return new PretrainedClassifier(SentimentModel.load(file), file.getFileName().toString());
  }

  /** The words that it knows. */
  List<String> words() {
    return vocabulary().words();
  }

  private Vocabulary vocabulary() {
    return model.encoder().vocabulary();
  }

  /**
   * The settings of a classifier that begins with this one: the defaults, what has to be as in this
   * one, and others replaced.
   *
   * @throws UserError if {@code overrides} ask for another size
   */
  SentimentConfig config(Map<String, String> overrides) {
    return SentimentConfig.with(
        new InheritedSettings(model.config().toProperties(), SentimentConfig.SIZES, name)
            .with(
                overrides,
                (key, asked) -> SentimentConfig.with(Map.of(key, asked)).toProperties().get(key)));
  }

  /** What a checkpoint must have begun with too. */
  String digest() {
    return model.network().digest(words(), model.labels());
  }

  /** Lets a network of the same sizes begin with it. */
  void copyTo(ComputationGraph network, ReviewEncoder encoder) {
    ComputationGraph own = model.network().graph();
    InitialVectors.copy(
        own, id -> row(encoder.vocabulary().word(id)), network, SentimentNetwork.EMBEDDING);
    boolean sameLabels = encoder.labels().equals(model.labels());
    Networks.copy(
        own,
        network,
        name ->
            !name.startsWith(SentimentNetwork.EMBEDDING + "_")
                && (sameLabels || !name.startsWith(SentimentNetwork.OUTPUT + "_")));
  }

  private int row(String word) {
    return vocabulary().contains(word) ? vocabulary().id(word) : -1;
  }
}
