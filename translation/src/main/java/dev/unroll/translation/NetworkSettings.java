package dev.unroll.translation;

import picocli.CommandLine.Option;

/** Settings of a translator, which replace those of the configuration by their names. */
final class NetworkSettings {
  @Option(
      names = "--attention",
      paramLabel = "none|dot|general|additive",
      description = "How the decoder looks back at the source.")
  private String attention;

  @Option(
      names = "--input-feeding",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description = "Whether the decoder reads what it saw of the source at the step before.")
  private Boolean inputFeeding;

  @Option(
      names = "--words",
      paramLabel = "subwords|whole",
      description = "What the symbols are: parts of words by byte-pair encoding, or whole words.")
  private String words;

  @Option(names = "--merges", paramLabel = "N", description = "Most pairs joined to subwords.")
  private Integer merges;

  @Option(
      names = "--joint",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description = "Whether source and target have one vocabulary and one table of vectors.")
  private Boolean joint;

  @Option(
      names = "--tied",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description = "Whether the target's table of vectors is the output's matrix too.")
  private Boolean tied;

  @Option(
      names = "--copy-unknown",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description = "Whether an unknown word is copied from where the decoder looked.")
  private Boolean copyUnknown;

  @Option(
      names = "--lowercase",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description = "Whether the source is read in lower case.")
  private Boolean lowercase;

  @Option(names = "--min-count", paramLabel = "N", description = "Rarer symbols are unknown.")
  private Integer minCount;

  @Option(names = "--dimensions", paramLabel = "N", description = "Values of a symbol's vector.")
  private Integer dimensions;

  @Option(
      names = "--embedding-dropout",
      paramLabel = "P",
      description = "Probability with which a value of a symbol's vector is dropped.")
  private Double embeddingDropout;

  @Option(
      names = "--label-smoothing",
      paramLabel = "SHARE",
      description = "Share of the probability that is spread over all symbols.")
  private Double labelSmoothing;

  @Option(
      names = "--scheduled-sampling",
      paramLabel = "P",
      description =
          "Probability at the end of training that the decoder reads a symbol of its own.")
  private Double scheduledSampling;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Pairs with a side of more words are left out.")
  private Integer maxLength;

  @Option(
      names = "--max-ratio",
      paramLabel = "RATIO",
      description = "Pairs whose sides differ more in length are left out.")
  private Double maxRatio;
}
