package dev.unroll.embeddings;

import dev.unroll.data.Settings;
import dev.unroll.data.UserError;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to train and how. The defaults are those of the original program.
 *
 * @param architecture what predicts what
 * @param loss how a prediction is scored
 * @param dimensions length of a vector
 * @param window words to either side; each position draws its own from 1 to this
 * @param negative words drawn at random for each true one, unless the loss is hierarchical
 * @param shareNegatives draw them once for all pairs of a window, which then are one step (Ji et
 *     al. 2016), instead of once a pair as word2vec does; skip-gram gets faster by it
 * @param subsample threshold of relative frequency above which words are dropped at random; 0 for
 *     never
 * @param minCount words seen less often get no vector
 * @param epochs passes over the text
 * @param learningRate at the beginning; falls linearly to a ten-thousandth of itself
 * @param minNgram shortest character n-gram of a word that gets a vector, 0 for no n-grams
 * @param maxNgram longest; 0 for 6, or for the shortest if that is longer
 * @param buckets rows that n-grams are hashed into
 * @param threads that train at once; 0 takes one for each processor
 * @param deterministic whether the same seed gives the same bytes, for any number of threads: then
 *     one thread trains, as each step reads what the one before it wrote
 * @param seed of all that is random
 * @param checkpointSeconds between checkpoints inside an epoch, or more where writing them would
 *     take a noticeable share of the time; each epoch but the last ends with one anyway
 */
public record EmbeddingConfig(
    Architecture architecture,
    Loss loss,
    int dimensions,
    int window,
    int negative,
    boolean shareNegatives,
    double subsample,
    int minCount,
    int epochs,
    double learningRate,
    int minNgram,
    int maxNgram,
    int buckets,
    int threads,
    boolean deterministic,
    long seed,
    int checkpointSeconds) {

  /** What predicts what. */
  public enum Architecture {
    /** Each word of the window predicts the word in its middle. */
    SKIP_GRAM(0.025),
    /** The mean of the window predicts the word in its middle. */
    CBOW(0.05);

    private final double learningRate;

    Architecture(double learningRate) {
      this.learningRate = learningRate;
    }

    /** What word2vec begins with unless it is told otherwise. */
    public double learningRate() {
      return learningRate;
    }
  }

  /** How a prediction is scored. */
  public enum Loss {
    /** Tells the true word from words drawn at random. */
    NEGATIVE_SAMPLING,
    /** Decides at each fork of a Huffman tree of all words (Morin and Bengio 2005). */
    HIERARCHICAL_SOFTMAX
  }

  private static final int MAX_NGRAM = 6;

  /** Lower bound of the learning rate, as a share of its first value. */
  static final double LEAST_RATE = 1e-4;

  /** Refuses values out of range and combinations that exclude each other. */
  public EmbeddingConfig {
    threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    maxNgram = maxNgram == 0 ? Math.max(MAX_NGRAM, minNgram) : maxNgram;
    range("dimensions", dimensions, 1, 10_000);
    range("window", window, 1, 1_000);
    range("negative", negative, 1, 1_000);
    range("min-count", minCount, 1, Integer.MAX_VALUE);
    range("epochs", epochs, 1, 100_000);
    range("threads", threads, 1, 1_024);
    range("min-ngram", minNgram, 0, 100);
    range("buckets", buckets, 1, 1 << 30);
    range("checkpoint-seconds", checkpointSeconds, 1, Integer.MAX_VALUE);
    if (!(subsample >= 0 && subsample <= 1)) {
      throw UserError.usage("subsample must be from 0 to 1, got " + subsample);
    }
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw UserError.usage("learning-rate must be above 0 and at most 1, got " + learningRate);
    }
    if (maxNgram < minNgram) {
      throw UserError.usage(
          "max-ngram must be at least min-ngram, " + minNgram + ", got " + maxNgram);
    }
  }

  private static void range(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw UserError.usage(name + " must be from " + least + " to " + most + ", got " + value);
    }
  }

  /** word2vec's defaults, skip-gram with five negatives, but that windows share these. */
  public static EmbeddingConfig defaults() {
    return new EmbeddingConfig(
        Architecture.SKIP_GRAM,
        Loss.NEGATIVE_SAMPLING,
        100,
        5,
        5,
        true,
        1e-3,
        5,
        5,
        Architecture.SKIP_GRAM.learningRate(),
        0,
        0,
        2_000_000,
        0,
        false,
        1,
        60);
  }

  /**
   * The defaults with some values replaced. Where it is not given, the learning rate is that of the
   * architecture.
   *
   * @param overrides by the names of the command line's options, without the dashes
   * @throws UserError for a name that is unknown or a value out of range
   */
  public static EmbeddingConfig with(Map<String, String> overrides) {
    Map<String, String> all = new LinkedHashMap<>(overrides);
    String named = overrides.getOrDefault("architecture", "skip-gram");
    Architecture architecture =
        Settings.with(defaults(), Map.of("architecture", named)).architecture();
    all.putIfAbsent("learning-rate", String.valueOf(architecture.learningRate()));
    all.putIfAbsent("max-ngram", "0");
    return Settings.with(defaults(), all);
  }

  /** Whether a word is the mean of its own vector and those of its n-grams. */
  public boolean subwords() {
    return minNgram > 0;
  }

  /** All settings by key, the names of the command line's options. */
  public Map<String, String> toProperties() {
    return Settings.toMap(this);
  }
}
