package dev.unroll.sentiment;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.WordModel;
import dev.unroll.text.Vocabulary;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.RecurrentStack;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One or two language models of words with which a classifier begins: what it knows of words, and
 * how its recurrent layers read them.
 *
 * <pre>
 *   one model    its vectors, its layers
 *   two models   vectors        forward's | reverse's       side by side
 *                layer 1   →    forward's |    0            reads its own half, until it learns more
 *                          ←       0      | reverse's
 * </pre>
 *
 * <p>Either way, before the first step of training the recurrent layer is in the very states in
 * which the language models would be.
 */
final class LanguageModels {
  private final List<WordModel> models;

  /**
   * Models, in any order.
   *
   * @throws UserError if they do not fit together
   */
  LanguageModels(List<WordModel> models) {
    this.models =
        models.stream().sorted((a, b) -> Boolean.compare(a.reverse(), b.reverse())).toList();
    if (models.size() > 2
        || models.size() == 2 && models.get(0).reverse() == models.get(1).reverse()) {
      throw UserError.usage(
          "%s is given once, or twice for one model that reads forward and one trained with %s; got %s"
              .formatted(
                  setting("language-model"),
                  setting("reverse"),
                  String.join(", ", models.stream().map(WordModel::name).toList())));
    }
    if (models.size() == 2) {
      requireOneLayer();
    }
  }

  private void requireOneLayer() {
    NetworkConfig forward = models.get(0).network();
    NetworkConfig reverse = models.get(1).network();
    if (forward.layers() > 1
        || reverse.layers() > 1
        || forward.hidden() != reverse.hidden()
        || forward.cell() != reverse.cell()) {
      throw UserError.usage(
          "two language models must have one layer each, of the same cell and size; got %s with %s and %s with %s"
              .formatted(
                  models.get(0).name(),
                  describe(forward),
                  models.get(1).name(),
                  describe(reverse)));
    }
  }

  private static String describe(NetworkConfig network) {
    return "%d × %d %s"
        .formatted(
            network.layers(), network.hidden(), network.cell().name().toLowerCase(Locale.ROOT));
  }

  static LanguageModels load(List<Path> files) {
    return new LanguageModels(files.stream().map(WordModel::load).toList());
  }

  boolean isEmpty() {
    return models.isEmpty();
  }

  /** What a checkpoint must have begun with too. */
  String digests() {
    return String.join(" ", models.stream().map(WordModel::sha256).toList());
  }

  /**
   * The settings with the sizes of the models; what was asked for on top of them stays.
   *
   * @throws UserError if the models are to go on learning and there are none
   */
  SentimentConfig fit(SentimentConfig config) {
    if (isEmpty()) {
      require(config);
      return config;
    }
    NetworkConfig first = models.get(0).network();
    int dimensions = models.stream().mapToInt(WordModel::dimensions).sum();
    return config.withNetwork(
        first.cell(),
        Math.max(first.layers(), models.size() == 2 ? config.network().layers() : 1),
        first.hidden(),
        models.size() == 2,
        dimensions);
  }

  /** Refuses settings that ask something of language models where there are none. */
  static void require(SentimentConfig config) {
    if (config.languageModelLoss() > 0) {
      throw UserError.usage(
          "%s is that of a language model, got %s without one; add %s, or leave it out"
              .formatted(
                  setting("language-model-loss"),
                  config.languageModelLoss(),
                  setting("language-model")));
    }
  }

  /**
   * What the models predict while a network learns that begins with them; empty if the settings do
   * not ask for it.
   */
  Optional<LanguageOutputs> outputs(SentimentConfig config) {
    return config.languageModelLoss() > 0
        ? Optional.of(new LanguageOutputs(models, config))
        : Optional.empty();
  }

  /** All words that a model knows, the first one's first. */
  List<String> words() {
    Set<String> words = new LinkedHashSet<>();
    for (WordModel model : models) {
      Vocabulary vocabulary = model.vocabulary();
      for (int id = 0; id < vocabulary.size(); id++) {
        if (id != Vocabulary.UNKNOWN_ID) {
          words.add(vocabulary.word(id));
        }
      }
    }
    return List.copyOf(words);
  }

  /** Lets a network begin with them. */
  void copyTo(ComputationGraph network, Vocabulary vocabulary) {
    InitialVectors.copy(id -> vector(vocabulary.word(id)), network, SentimentNetwork.EMBEDDING);
    if (models.size() == 1) {
      WordModel model = models.get(0);
      for (int layer = 1; layer <= model.network().layers(); layer++) {
        for (String key : List.of("W", "RW", "b")) {
          network
              .getParam(RecurrentStack.name(layer) + "_" + key)
              .assign(model.parameter(layer, key));
        }
      }
      return;
    }
    int from = 0;
    for (int i = 0; i < models.size(); i++) {
      String prefix = RecurrentStack.name(1) + "_" + (i == 0 ? "f" : "b");
      WordModel model = models.get(i);
      INDArray input = network.getParam(prefix + "W");
      input.assign(0);
      input
          .get(NDArrayIndex.interval(from, from + model.dimensions()), NDArrayIndex.all())
          .assign(model.parameter(1, "W"));
      network.getParam(prefix + "RW").assign(model.parameter(1, "RW"));
      network.getParam(prefix + "b").assign(model.parameter(1, "b"));
      from += model.dimensions();
    }
  }

  private float[] vector(String word) {
    float[] vector = new float[models.stream().mapToInt(WordModel::dimensions).sum()];
    int at = 0;
    for (WordModel model : models) {
      float[] part = model.vector(word);
      System.arraycopy(part, 0, vector, at, part.length);
      at += part.length;
    }
    return vector;
  }
}
