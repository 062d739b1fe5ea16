package dev.unroll.charlm;

import picocli.CommandLine.Option;

/**
 * What only this task has to set. Values reach it through {@link dev.unroll.cli.ConfigOptions},
 * whose record checks them.
 */
final class CharLmOptions {
  @Option(
      names = "--level",
      paramLabel = "character|word",
      description = "What is predicted one at a time.")
  private String level;

  @Option(
      names = "--ending",
      paramLabel = "document|line",
      description = "Where a text ends: with the file, or with every line.")
  private String ending;

  @Option(
      names = "--reverse",
      description =
          "Read texts from their end to their beginning, as taggers ask of a second language"
              + " model; such a model scores, and does not write.")
  private Boolean reverse;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Steps through which errors are carried back.")
  private Integer window;

  @Option(names = "--dimensions", paramLabel = "N", description = "Of a symbol's vector.")
  private Integer dimensions;

  @Option(
      names = "--tied",
      description = "Read and predict symbols with the same vectors, as large as the state.")
  private Boolean tied;

  @Option(
      names = "--adaptive-softmax",
      paramLabel = "auto|N,N,…",
      description =
          "For --level word, predict the words after the N most frequent with less work, and those"
              + " after the next N with less again; auto chooses the numbers.")
  private String adaptiveSoftmax;

  @Option(
      names = "--tokenizer",
      paramLabel = "standard|whitespace",
      description = "How lines become words.")
  private String tokenizer;

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Symbols that occur less often in the training data are unknown.")
  private Integer minCount;

  @Option(names = "--max-vocabulary", paramLabel = "N", description = "Most symbols to know.")
  private Integer maxVocabulary;

  @Option(
      names = "--test-fraction",
      paramLabel = "SHARE",
      description = "Share split off after the dev part where there is no --test.")
  private Double testFraction;

  @Option(
      names = "--baseline-order",
      paramLabel = "N",
      description = "Length of the n-grams of the model to compare with; 0 for none.")
  private Integer baselineOrder;
}
