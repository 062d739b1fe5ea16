package dev.unroll.ner;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.NetworkConfig.probability;
import static dev.unroll.data.NetworkConfig.share;

import dev.unroll.data.InheritedSettings;
import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import java.util.Map;
import java.util.Set;

/**
 * All that shapes a tagger and its training, checked. {@link Settings} turns it into properties and
 * back; a preset is a small file of overrides.
 *
 * @param network the recurrent layers
 * @param training how it is trained
 * @param dimensions of a word's vector; a file of vectors brings its own
 * @param vectorScale standard deviation to which the values of a file of vectors are brought, once
 *     their mean is taken off; 0 takes them as they are
 * @param freezeVectors whether the word vectors stay as they were before the training
 * @param embeddingDropout probability with which what is known of a word loses a value in training
 * @param wordDropout probability with which a word that occurs once in the training data is read as
 *     unknown in training; of more frequent words see {@link TagEncoder#forTraining}
 * @param characters what reads the spelling of a word
 * @param characterDimensions of a character's vector
 * @param characterFilters values that describe a spelling
 * @param shapeDimensions of the vector for how a word is capitalised; 0 leaves it out
 * @param languageModelDimensions values to which the states of language models are brought, if a
 *     tagger reads with any
 * @param output what decides on the tags
 * @param lowercaseCopies share of the training sentences that is learnt in lower case too
 * @param uppercaseCopies share that is learnt in upper case too
 * @param lowercase whether words are compared in lower case, if they have no vector as written
 * @param anyCase whether words that are unknown so too are looked up with a capital, and in
 *     capitals
 * @param minCount occurrences in the training data below which a word is unknown
 * @param maxVocabulary most words that are known
 * @param maxWords longer sentences are cut into pieces of as many words
 * @param devFraction share of the training data that is split off where there is no dev data; 0 for
 *     none
 */
public record NerConfig(
    NetworkConfig network,
    TrainingConfig training,
    int dimensions,
    double vectorScale,
    boolean freezeVectors,
    double embeddingDropout,
    double wordDropout,
    Characters characters,
    int characterDimensions,
    int characterFilters,
    int shapeDimensions,
    int languageModelDimensions,
    Output output,
    double lowercaseCopies,
    double uppercaseCopies,
    boolean lowercase,
    boolean anyCase,
    int minCount,
    int maxVocabulary,
    int maxWords,
    double devFraction) {

  /** What a tagger takes over from the one that it begins with, beside the layers. */
  static final Set<String> SIZES =
      Set.of(
          "dimensions",
          "characters",
          "character-dimensions",
          "character-filters",
          "shape-dimensions",
          "language-model-dimensions",
          "lowercase");

  /** What reads the spelling of a word. */
  public enum Characters {
    /** A convolution, {@link dev.unroll.layers.characters.CharacterConvolution}. */
    CNN,
    /** A bidirectional LSTM; its last states (Lample et al. 2016, section 4.1). */
    LSTM,
    /** None: words are known by their vectors alone. */
    NONE
  }

  /** What decides on the tags. */
  public enum Output {
    /** A conditional random field, on all tags of a sentence together. */
    CRF,
    /** A softmax, on each tag alone; the best valid sequence is taken. */
    SOFTMAX
  }

  /** Refuses what no tagger could be built from. */
  public NerConfig {
    atLeast("dimensions", dimensions, 1);
    if (!(vectorScale >= 0 && vectorScale <= 100)) {
      throw UserError.usage("vector-scale must be from 0 to 100, got " + vectorScale);
    }
    probability("embedding-dropout", embeddingDropout);
    probability("word-dropout", wordDropout);
    atLeast("character-dimensions", characterDimensions, 1);
    atLeast("character-filters", characterFilters, 1);
    atLeast("shape-dimensions", shapeDimensions, 0);
    atLeast("language-model-dimensions", languageModelDimensions, 1);
    fromZeroToOne("lowercase-copies", lowercaseCopies);
    fromZeroToOne("uppercase-copies", uppercaseCopies);
    atLeast("min-count", minCount, 1);
    atLeast("max-vocabulary", maxVocabulary, 1);
    atLeast("max-words", maxWords, 1);
    share("dev-fraction", devFraction);
  }

  private static void fromZeroToOne(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw UserError.usage(key + " must be from 0 to 1, got " + value);
    }
  }

  /**
   * For some thousand sentences or more. No epoch is saved by patience: F1 on dev goes up and down
   * by a point or two while the learning rate is high, and the best comes when it is nearly 0.
   */
  public static NerConfig defaults() {
    Map<String, String> training =
        Map.of("epochs", "25", "batch", "16", "learning-rate", "0.002", "patience", "0");
    return new NerConfig(
        new NetworkConfig(NetworkConfig.Cell.LSTM, 1, 128, true, 0.5),
        Settings.with(TrainingConfig.defaults(), training),
        100,
        0.5,
        false,
        0.5,
        0.2,
        Characters.CNN,
        25,
        50,
        0,
        256,
        Output.CRF,
        0,
        0,
        true,
        false,
        1,
        200_000,
        512,
        0.1);
  }

  /** The defaults with some settings replaced; keys are those of {@link #toProperties()}. */
  public static NerConfig with(Map<String, String> overrides) {
    return Settings.with(defaults(), overrides);
  }

  /**
   * The same with all that has to be as in {@code other} for a tagger to begin with one of that:
   * the network's layers and their sizes, and how words are looked up.
   */
  public NerConfig withSizesOf(NerConfig other) {
    return Settings.with(this, InheritedSettings.of(other.toProperties(), SIZES));
  }

  /** The same with word vectors of another length. */
  NerConfig withDimensions(int other) {
    return Settings.with(this, Map.of("dimensions", String.valueOf(other)));
  }

  /** All settings by key. */
  public Map<String, String> toProperties() {
    return Settings.toMap(this);
  }
}
