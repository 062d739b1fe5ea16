package dev.unroll.embeddings;

import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The algorithm's settings. Values reach {@link EmbeddingConfig}, which checks them, under the
 * names of the options; only the switches need a word of their own.
 */
final class AlgorithmOptions {
  @ArgGroup private Architecture architecture;

  private static final class Architecture {
    @Option(names = "--skip-gram", description = "Predict each word from each of its neighbours.")
    private boolean skipGram;

    @Option(names = "--cbow", description = "Predict each word from the mean of its neighbours.")
    private boolean cbow;
  }

  @Option(names = "--dimensions", paramLabel = "N", description = "Length of a vector.")
  private Integer dimensions;

  @Option(names = "--window", paramLabel = "N", description = "Words to either side.")
  private Integer window;

  @Option(
      names = "--negative",
      paramLabel = "N",
      description = "Random words for each true one; 0 for hierarchical softmax.")
  private Integer negative;

  @Option(
      names = "--hierarchical-softmax",
      description = "Score by a Huffman tree instead of random words.")
  private boolean hierarchical;

  @Option(
      names = "--share-negatives",
      negatable = true,
      description = "Random words for a window, or for each pair of words as in word2vec.")
  private Boolean shareNegatives;

  @Option(
      names = "--subsample",
      paramLabel = "SHARE",
      description = "Frequency above which words are dropped at random; 0 for never.")
  private Double subsample;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Words seen less often get no vector.")
  private Integer minCount;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the text.")
  private Integer epochs;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "At the beginning; with --cbow twice as much if it is not given.")
  private Double learningRate;

  @Option(
      names = "--min-ngram",
      paramLabel = "N",
      description = "Shortest character n-gram that adds to a word's vector; 0 for none.")
  private Integer minNgram;

  @Option(names = "--max-ngram", paramLabel = "N", description = "The longest such n-gram.")
  private Integer maxNgram;

  @Option(names = "--buckets", paramLabel = "N", description = "Rows that n-grams are hashed into.")
  private Integer buckets;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute; 0 takes one for each processor.")
  private Integer threads;

  @Option(
      names = "--deterministic",
      description =
          "Same seed, same text: same bytes, whatever --threads says; trains on one thread.")
  private Boolean deterministic;

  @Option(names = "--seed", paramLabel = "N", description = "Of all that is random.")
  private Long seed;

  /** Adds the switches, which win over what is there. */
  void addTo(Map<String, String> settings) {
    if (architecture != null) {
      settings.put("architecture", architecture.cbow ? "cbow" : "skip-gram");
    }
    if (hierarchical || "0".equals(settings.get("negative"))) {
      settings.put("loss", "hierarchical-softmax");
      settings.remove("negative");
    }
  }
}
