package dev.unroll.charlm;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.NetworkConfig.probability;
import static dev.unroll.data.UserError.setting;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import dev.unroll.generation.KneserNey;
import dev.unroll.generation.Symbols;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.TokenizerName;
import java.util.Map;

/**
 * All that shapes a language model and its training, checked. {@link Settings} turns it into
 * properties and back; a preset is a small file of overrides.
 *
 * @param network the recurrent layers, in one direction
 * @param training how it is trained; {@code batch} is the number of streams
 * @param window steps through which errors are carried back
 * @param dimensions of a symbol's vector
 * @param tied whether the vectors with which symbols are read are also those by which they are
 *     predicted ({@link dev.unroll.layers.TiedWeights}); a vector then has as many dimensions as
 *     the state
 * @param adaptiveSoftmax {@code none} for a full softmax, or where the tails of an adaptive one
 *     begin ({@link dev.unroll.layers.output.AdaptiveSoftmax}): {@code auto}, or numbers of words
 *     such as {@code 2000,10000}
 * @param embeddingDropout probability with which a symbol's vector loses a value while training
 * @param level characters or words
 * @param ending whether texts end with the document or the line; words are read by lines always
 * @param reverse whether texts are read from their end to their beginning, symbol by symbol
 * @param tokenizer how lines become words
 * @param minCount occurrences in the training data below which a symbol is unknown
 * @param maxVocabulary most symbols that are known
 * @param devFraction share of the training data that is split off where there is no dev data; 0 for
 *     none
 * @param testFraction share that is split off behind it; 0 for none
 * @param baselineOrder length of the n-grams of the model to compare with; 0 for none
 */
public record CharLmConfig(
    NetworkConfig network,
    TrainingConfig training,
    int window,
    int dimensions,
    boolean tied,
    String adaptiveSoftmax,
    double embeddingDropout,
    Level level,
    Ending ending,
    boolean reverse,
    TokenizerName tokenizer,
    int minCount,
    int maxVocabulary,
    double devFraction,
    double testFraction,
    int baselineOrder) {

  /** Refuses what no language model could be built from. */
  public CharLmConfig {
    if (network.bidirectional()) {
      throw UserError.usage(
          "bidirectional must be false: a model that reads what comes next need not predict it");
    }
    atLeast("window", window, 1);
    if (tied) {
      dimensions = network.hidden();
    }
    atLeast("dimensions", dimensions, 1);
    probability("embedding-dropout", embeddingDropout);
    if (level == Level.WORD) {
      ending = Ending.LINE;
    }
    adaptiveSoftmax = AdaptiveSetting.parse(adaptiveSoftmax).toString();
    atLeast("min-count", minCount, 1);
    atLeast("max-vocabulary", maxVocabulary, 1);
    if (!(devFraction >= 0 && testFraction >= 0 && devFraction + testFraction < 1)) {
      throw UserError.usage(
          "dev-fraction and test-fraction must be 0 or above, and their sum below 1, got "
              + devFraction
              + " and "
              + testFraction);
    }
    atLeast("baseline-order", baselineOrder, 0);
    if (baselineOrder > KneserNey.LARGEST_ORDER) {
      throw UserError.usage(
          "baseline-order must be at most " + KneserNey.LARGEST_ORDER + ", got " + baselineOrder);
    }
  }

  /** For a book or two: some million characters. */
  public static CharLmConfig defaults() {
    return new CharLmConfig(
        new NetworkConfig(NetworkConfig.Cell.LSTM, 2, 256, false, 0.3),
        Settings.with(TrainingConfig.defaults(), Map.of("learning-rate", "0.002", "clip", "1")),
        100,
        64,
        false,
        AdaptiveSetting.NONE.toString(),
        0,
        Level.CHARACTER,
        Ending.DOCUMENT,
        false,
        TokenizerName.STANDARD,
        2,
        10_000,
        0.1,
        0,
        5);
  }

  /** The defaults with some settings replaced; keys are those of {@link #toProperties()}. */
  public static CharLmConfig with(Map<String, String> overrides) {
    return Settings.with(defaults(), overrides);
  }

  /**
   * The same, to begin with word vectors of so many values.
   *
   * @throws UserError if it reads no words, or predicts with vectors of another length
   */
  CharLmConfig withDimensions(int vectors) {
    if (level != Level.WORD) {
      throw UserError.usage(
          setting("vectors")
              + " are those of words; add %s word, or leave them out".formatted(setting("level")));
    }
    if (tied && network.hidden() != vectors) {
      throw UserError.usage(
          "%s predicts with the vectors, so the state must be as long, %d values; got %s %d"
              .formatted(setting("tied"), vectors, setting("hidden"), network.hidden()));
    }
    return Settings.with(this, Map.of("dimensions", String.valueOf(vectors)));
  }

  /** All settings by key. */
  public Map<String, String> toProperties() {
    return Settings.toMap(this);
  }

  /**
   * Itself.
   *
   * @throws UserError if settings that are right one by one make no sense together
   */
  CharLmConfig checked() {
    adaptive().check(level, tied);
    return this;
  }

  /** Whether and how the softmax is an adaptive one. */
  AdaptiveSetting adaptive() {
    return AdaptiveSetting.parse(adaptiveSoftmax);
  }

  /** The same with cutoffs where they are to be chosen: those that suit a text. */
  CharLmConfig withCutoffs(Symbols symbols, int symbolCount) {
    String chosen = adaptive().choose(symbols, symbolCount, network.hidden()).toString();
    return Settings.with(this, Map.of("adaptive-softmax", chosen));
  }

  /** What cuts lines into words. */
  Tokenizer words() {
    return tokenizer.tokenizer(Tokenizer.standard());
  }
}
