package dev.unroll.translation;

import static dev.unroll.data.NetworkConfig.atLeast;
import static dev.unroll.data.NetworkConfig.probability;
import static dev.unroll.data.NetworkConfig.share;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import java.util.Map;

/**
 * All that shapes a translator and its training, checked. {@link Settings} turns it into properties
 * and back; a preset is a small file of overrides.
 *
 * @param network the layers of the encoder, which reads both ways, and of the decoder, which has as
 *     many; {@code hidden} units of the decoder, and half as many of the encoder each way
 * @param training how it is trained
 * @param dimensions of a symbol's vector
 * @param embeddingDropout probability with which a symbol's vector loses a value while training
 * @param attention how the decoder looks back at the source
 * @param labelSmoothing share of the probability that is spread over all symbols in what is to be
 *     predicted (Szegedy et al. 2016, section 7)
 * @param words what the symbols are
 * @param copyUnknown whether an unknown word in a translation is that word of the source at which
 *     the decoder looked most, rather than left out (Luong et al. 2015); of whole words and
 *     attention
 * @param merges most pairs that byte-pair encoding joins
 * @param joint whether source and target have one vocabulary and one table of vectors
 * @param tied whether the target's table of vectors is the output's matrix too (Press and Wolf
 *     2017)
 * @param lowercase whether the source is read in lower case; the target keeps its case
 * @param minCount occurrences in the training data below which a symbol is unknown
 * @param maxLength words of a side above which a pair is left out of the training
 * @param maxRatio of the words of the two sides above which a pair is left out
 * @param devFraction share of the training data that is split off where there is no dev data; 0 for
 *     none
 * @param inputFeeding whether what the decoder saw of the source at a step is part of what it reads
 *     at the next (Luong et al. 2015, section 3.3); of attention
 * @param scheduledSampling probability with which, at the end of the training, the decoder reads a
 *     symbol that it would have written in place of the right one; it rises from 0 in proportion to
 *     the training done (Bengio et al. 2015)
 */
public record TranslationConfig(
    NetworkConfig network,
    TrainingConfig training,
    int dimensions,
    double embeddingDropout,
    Attention attention,
    double labelSmoothing,
    Words words,
    boolean copyUnknown,
    int merges,
    boolean joint,
    boolean tied,
    boolean lowercase,
    int minCount,
    int maxLength,
    double maxRatio,
    double devFraction,
    boolean inputFeeding,
    double scheduledSampling) {

  /** How the decoder looks back at the source. */
  public enum Attention {
    /** Not at all: it knows the state in which the encoder ended (Sutskever et al. 2014). */
    NONE,
    /** By the product of its state and the source's (Luong et al. 2015). */
    DOT,
    /** The same with a matrix between them. */
    GENERAL,
    /** By a layer of its own over both (Bahdanau et al. 2015). */
    ADDITIVE
  }

  /** What the symbols are that are read and written. */
  public enum Words {
    /** Parts of words, by byte-pair encoding (Sennrich et al. 2016). */
    SUBWORDS,
    /** Whole words; a rare one is unknown. */
    WHOLE
  }

  /** Refuses what no translator could be built from. */
  public TranslationConfig {
    atLeast("dimensions", dimensions, 1);
    probability("embedding-dropout", embeddingDropout);
    share("label-smoothing", labelSmoothing);
    atLeast("merges", merges, 1);
    atLeast("min-count", minCount, 1);
    atLeast("max-length", maxLength, 1);
    if (!(maxRatio >= 1)) {
      throw UserError.usage("max-ratio must be at least 1, got " + maxRatio);
    }
    share("dev-fraction", devFraction);
    share("scheduled-sampling", scheduledSampling);
  }

  /** For some ten thousand short sentences. */
  public static TranslationConfig defaults() {
    return new TranslationConfig(
        new NetworkConfig(NetworkConfig.Cell.LSTM, 1, 256, false, 0.4),
        Settings.with(
            TrainingConfig.defaults(),
            Map.of("epochs", "8", "batch", "64", "learning-rate", "0.002", "patience", "5")),
        256,
        0.3,
        Attention.ADDITIVE,
        0.1,
        Words.SUBWORDS,
        true,
        4000,
        false,
        true,
        false,
        1,
        100,
        9,
        0.1,
        false,
        0);
  }

  /** The defaults with some settings replaced; keys are those of {@link #toProperties()}. */
  public static TranslationConfig with(Map<String, String> overrides) {
    return Settings.with(defaults(), overrides);
  }

  /** All settings by key. */
  public Map<String, String> toProperties() {
    return Settings.toMap(this);
  }
}
