package dev.unroll.sentiment;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.NetworkConfig.probability;
import static dev.unroll.data.NetworkConfig.share;

import dev.unroll.data.InheritedSettings;
import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import dev.unroll.generation.language.WordModel;
import dev.unroll.text.TokenizerName;
import dev.unroll.training.Pooling;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All that shapes a sentiment classifier and its training, checked. {@link Settings} turns it into
 * properties and back; a preset is a small file of overrides.
 *
 * @param network the recurrent layers
 * @param training how it is trained
 * @param dimensions of a word's vector; a file of vectors brings its own
 * @param freezeVectors whether the word vectors stay as they were before the training
 * @param embeddingDropout probability with which a word's vector loses a value while training
 * @param pooling what the classifier sees of the steps of a review
 * @param lowercase whether words are compared in lower case
 * @param tokenizer how text becomes words; {@code standard} takes HTML tags for spaces
 * @param minCount occurrences in the training data below which a word is unknown
 * @param maxVocabulary most words that are known
 * @param maxWords of a longer review, as many words are read: half from its beginning, half from
 *     its end
 * @param layerDecay what the learning rate of a layer is multiplied by for the one below it
 * @param gradualUnfreezing whether the output learns alone in the first epoch, and each epoch one
 *     more layer
 * @param languageModelLoss how much the loss of the language models counts beside that of the
 *     label; 0 for not at all. See {@link LanguageOutputs}
 * @param consistency what makes it answer alike for texts that are nearly alike
 * @param devFraction share of the training data that is split off where there is no dev data; 0 for
 *     none
 */
public record SentimentConfig(
    NetworkConfig network,
    TrainingConfig training,
    int dimensions,
    boolean freezeVectors,
    double embeddingDropout,
    Pooling pooling,
    boolean lowercase,
    TokenizerName tokenizer,
    int minCount,
    int maxVocabulary,
    int maxWords,
    double layerDecay,
    boolean gradualUnfreezing,
    double languageModelLoss,
    Consistency consistency,
    double devFraction) {

  /** What a classifier takes over from the one that it begins with, beside the layers. */
  static final Set<String> SIZES = Set.of("dimensions", "pooling", "lowercase", "tokenizer");

  /** Refuses what no classifier could be built from. */
  public SentimentConfig {
    atLeast("dimensions", dimensions, 1);
    probability("embedding-dropout", embeddingDropout);
    atLeast("min-count", minCount, 1);
    atLeast("max-vocabulary", maxVocabulary, 1);
    atLeast("max-words", maxWords, 1);
    if (!(layerDecay > 0 && layerDecay <= 1)) {
      throw UserError.usage("layer-decay must be above 0 and at most 1, got " + layerDecay);
    }
    if (!(languageModelLoss >= 0 && Double.isFinite(languageModelLoss))) {
      throw UserError.usage("language-model-loss must be 0 or more, got " + languageModelLoss);
    }
    if (languageModelLoss > 0 && consistency.perturbs()) {
      throw UserError.usage(
          "language-model-loss is not for adversarial or virtual-adversarial training, got "
              + languageModelLoss
              + "; set it to 0 or leave them out");
    }
    share("dev-fraction", devFraction);
  }

  /** For sentences and short reviews. */
  public static SentimentConfig defaults() {
    return new SentimentConfig(
        new NetworkConfig(NetworkConfig.Cell.LSTM, 2, 100, true, 0.5),
        Settings.with(
            TrainingConfig.defaults(),
            Map.of("epochs", "8", "learning-rate", "0.002", "patience", "4", "averaging", "0.998")),
        200,
        false,
        0.5,
        Pooling.MAX_MEAN,
        true,
        TokenizerName.STANDARD,
        1,
        200_000,
        2500,
        1,
        false,
        0,
        Consistency.NONE,
        0.1);
  }

  /** The defaults with some settings replaced; keys are those of {@link #toProperties()}. */
  public static SentimentConfig with(Map<String, String> overrides) {
    return with(defaults(), overrides);
  }

  /**
   * The same with all that has to be as in {@code other} for a classifier to begin with one of that
   * ({@link SentimentTrainer#beginWith}): the network's layers and their sizes, and how words are
   * read.
   */
  public SentimentConfig withSizesOf(SentimentConfig other) {
    return with(this, InheritedSettings.of(other.toProperties(), SIZES));
  }

  /** The same with word vectors of another length. */
  SentimentConfig withDimensions(int other) {
    return with(this, Map.of("dimensions", String.valueOf(other)));
  }

  /**
   * The same with the sizes of language models to begin with; see {@link
   * SentimentTrainer#languageModels}.
   *
   * @throws UserError if they do not fit together
   */
  public SentimentConfig withLanguageModels(List<WordModel> models) {
    return new LanguageModels(models).fit(this);
  }

  /** The same with the sizes of a network that was trained elsewhere. */
  SentimentConfig withNetwork(
      NetworkConfig.Cell cell, int layers, int hidden, boolean bothWays, int vectors) {
    return with(
        this,
        Map.of(
            "cell", cell.name().toLowerCase(Locale.ROOT),
            "layers", String.valueOf(layers),
            "hidden", String.valueOf(hidden),
            "bidirectional", String.valueOf(bothWays),
            "dimensions", String.valueOf(vectors)));
  }

  /** How fast each layer learns. */
  FineTuning fineTuning() {
    int predicting = network.bidirectional() ? 1 : network.layers();
    return new FineTuning(network.layers(), predicting, layerDecay, gradualUnfreezing);
  }

  private static SentimentConfig with(SentimentConfig config, Map<String, String> overrides) {
    return Settings.with(config, overrides);
  }

  /** All settings by key. */
  public Map<String, String> toProperties() {
    return Settings.toMap(this);
  }
}
