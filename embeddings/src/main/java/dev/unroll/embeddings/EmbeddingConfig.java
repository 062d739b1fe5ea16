package dev.unroll.embeddings;

import dev.unroll.text.UserError;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;

/**
 * What to train and how. The defaults are those of the original program.
 *
 * @param architecture what predicts what
 * @param loss how a prediction is scored
 * @param dimensions length of a vector
 * @param window words to either side; each position draws its own from 1 to this
 * @param negative words drawn at random for each true one, unless the loss is hierarchical
 * @param shareNegatives draw them once for all pairs of a window instead of once a pair (Ji et al.
 *     2016): faster, and not quite word2vec
 * @param subsample threshold of relative frequency above which words are dropped at random; 0 for
 *     never
 * @param minCount words seen less often get no vector
 * @param epochs passes over the text
 * @param learningRate at the beginning; falls linearly to a ten-thousandth of itself
 * @param minNgram shortest character n-gram of a word that gets a vector, 0 for no n-grams
 * @param maxNgram longest
 * @param buckets rows that n-grams are hashed into
 * @param threads that train at once
 * @param deterministic whether the same seed gives the same bytes, for any number of threads: then
 *     one thread trains, as each step reads what the one before it wrote
 * @param seed of all that is random
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
    long seed) {

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

  /** Beside this share of itself the learning rate does not fall. */
  static final double LEAST_RATE = 1e-4;

  public EmbeddingConfig {
    range("dimensions", dimensions, 1, 10_000);
    range("window", window, 1, 1_000);
    range("negative", negative, 1, 1_000);
    range("min-count", minCount, 1, Integer.MAX_VALUE);
    range("epochs", epochs, 1, 100_000);
    range("threads", threads, 1, 1_024);
    range("min-ngram", minNgram, 0, 100);
    range("buckets", buckets, 1, 1 << 30);
    if (!(subsample >= 0 && subsample <= 1)) {
      throw UserError.usage("subsample must be from 0 to 1, not " + subsample);
    }
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw UserError.usage("learning-rate must be above 0 and at most 1, not " + learningRate);
    }
    if (maxNgram < minNgram) {
      throw UserError.usage(
          "max-ngram must be at least min-ngram, " + minNgram + ", not " + maxNgram);
    }
  }

  private static void range(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw UserError.usage(name + " must be from " + least + " to " + most + ", not " + value);
    }
  }

  /** word2vec's defaults for an architecture. */
  public static EmbeddingConfig defaults(Architecture architecture) {
    return from(new Properties(), architecture);
  }

  /** word2vec's defaults: skip-gram with five negatives. */
  public static EmbeddingConfig defaults() {
    return defaults(Architecture.SKIP_GRAM);
  }

  /** Whether a word is the mean of its own vector and those of its n-grams. */
  public boolean subwords() {
    return minNgram > 0;
  }

  /** Another number of threads. */
  public EmbeddingConfig withThreads(int other) {
    Properties properties = toProperties();
    properties.setProperty("threads", String.valueOf(other));
    return fromProperties(properties);
  }

  /** All values under the names of the command line's options. */
  public Properties toProperties() {
    Properties properties = new Properties();
    properties.setProperty("architecture", name(architecture));
    properties.setProperty("loss", name(loss));
    properties.setProperty("dimensions", String.valueOf(dimensions));
    properties.setProperty("window", String.valueOf(window));
    properties.setProperty("negative", String.valueOf(negative));
    properties.setProperty("share-negatives", String.valueOf(shareNegatives));
    properties.setProperty("subsample", String.valueOf(subsample));
    properties.setProperty("min-count", String.valueOf(minCount));
    properties.setProperty("epochs", String.valueOf(epochs));
    properties.setProperty("learning-rate", String.valueOf(learningRate));
    properties.setProperty("min-ngram", String.valueOf(minNgram));
    properties.setProperty("max-ngram", String.valueOf(maxNgram));
    properties.setProperty("buckets", String.valueOf(buckets));
    properties.setProperty("threads", String.valueOf(threads));
    properties.setProperty("deterministic", String.valueOf(deterministic));
    properties.setProperty("seed", String.valueOf(seed));
    return properties;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /**
   * The defaults with some values replaced.
   *
   * @throws UserError for a name that is unknown or a value out of range
   */
  public static EmbeddingConfig fromProperties(Properties properties) {
    Architecture architecture =
        get(
            properties,
            "architecture",
            Architecture.SKIP_GRAM,
            s -> constant(Architecture.class, s));
    Set<String> known = defaults(architecture).toProperties().stringPropertyNames();
    for (String name : properties.stringPropertyNames()) {
      if (!known.contains(name)) {
        throw UserError.usage(
            "unknown setting "
                + name
                + "; known are "
                + String.join(", ", new java.util.TreeSet<>(known)));
      }
    }
    return from(properties, architecture);
  }

  private static EmbeddingConfig from(Properties p, Architecture architecture) {
    return new EmbeddingConfig(
        architecture,
        get(p, "loss", Loss.NEGATIVE_SAMPLING, s -> constant(Loss.class, s)),
        get(p, "dimensions", 100, Integer::valueOf),
        get(p, "window", 5, Integer::valueOf),
        get(p, "negative", 5, Integer::valueOf),
        get(p, "share-negatives", false, EmbeddingConfig::bool),
        get(p, "subsample", 1e-3, Double::valueOf),
        get(p, "min-count", 5, Integer::valueOf),
        get(p, "epochs", 5, Integer::valueOf),
        get(p, "learning-rate", architecture.learningRate(), Double::valueOf),
        get(p, "min-ngram", 0, Integer::valueOf),
        get(
            p,
            "max-ngram",
            Math.max(6, get(p, "min-ngram", 0, Integer::valueOf)),
            Integer::valueOf),
        get(p, "buckets", 2_000_000, Integer::valueOf),
        threads(get(p, "threads", 0, Integer::valueOf)),
        get(p, "deterministic", false, EmbeddingConfig::bool),
        get(p, "seed", 1L, Long::valueOf));
  }

  private static int threads(int given) {
    return given == 0 ? Runtime.getRuntime().availableProcessors() : given;
  }

  private static <T> T get(
      Properties properties, String name, T fallback, Function<String, T> parse) {
    String text = properties.getProperty(name);
    if (text == null) {
      return fallback;
    }
    try {
      return parse.apply(text.trim());
    } catch (IllegalArgumentException e) {
      throw UserError.usage(name + " cannot be " + text + "; an example is " + fallback);
    }
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }

  private static boolean bool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return text.equals("true");
  }
}
