package dev.unroll.sentiment;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Settings;
import dev.unroll.data.UserError;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.InitialVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

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
 */
final class PretrainedClassifier {
  /** Settings from which the sizes of the parameters and the words follow. */
  private static final List<String> FIXED =
      List.of(
          "cell",
          "layers",
          "hidden",
          "bidirectional",
          "dimensions",
          "pooling",
          "lowercase",
          "tokenizer");

  private final SentimentModel model;

  PretrainedClassifier(SentimentModel model) {
    this.model = model;
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
    Map<String, String> all = new HashMap<>(overrides);
    for (String key : FIXED) {
      String has = model.config().toProperties().get(key);
      String asked = overrides.get(key);
      if (asked != null
          && !SentimentConfig.with(Map.of(key, asked)).toProperties().get(key).equals(has)) {
        throw UserError.usage(
            "%s is %s in the classifier of %s, got %s; leave it out"
                .formatted(key, has, setting("begin-with"), asked));
      }
      all.put(key, has);
    }
    return SentimentConfig.with(all);
  }

  /** Whether settings agree with it where they have to. */
  boolean fits(SentimentConfig config) {
    Map<String, String> has = model.config().toProperties();
    Map<String, String> asked = Settings.toMap(config);
    return FIXED.stream().allMatch(key -> asked.get(key).equals(has.get(key)));
  }

  /** What a checkpoint must have begun with too. */
  String digest() {
    return model.network().digest(words(), model.labels());
  }

  /** Lets a network of the same sizes begin with it. */
  void copyTo(ComputationGraph network, ReviewEncoder encoder) {
    ComputationGraph own = model.network().graph();
    INDArray rows = own.getLayer(SentimentNetwork.EMBEDDING).getParam("W");
    InitialVectors.copy(
        id -> {
          String word = encoder.vocabulary().word(id);
          return vocabulary().contains(word)
              ? rows.getRow(vocabulary().id(word)).toFloatVector()
              : null;
        },
        network,
        SentimentNetwork.EMBEDDING);
    boolean sameLabels = encoder.labels().equals(model.labels());
    network
        .paramTable()
        .forEach(
            (name, values) -> {
              boolean read = !name.startsWith(SentimentNetwork.EMBEDDING + "_");
              if (read && (sameLabels || !name.startsWith("output_"))) {
                values.assign(own.getParam(name));
              }
            });
  }
}
