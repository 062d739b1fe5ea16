package dev.unroll.ner;

import picocli.CommandLine.Option;

/**
 * What only this task has to set. Values reach it through {@link dev.unroll.cli.ConfigOptions},
 * whose record checks them.
 */
final class NerOptions {
  @Option(
      names = "--characters",
      paramLabel = "cnn|lstm|none",
      description = "What reads the spelling of a word.")
  private String characters;

  @Option(
      names = "--language-model-dimensions",
      paramLabel = "N",
      description = "Values to which the states of the language models are brought.")
  private Integer languageModelDimensions;

  @Option(
      names = "--any-case",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description =
          "Whether words that are unknown as written and in lower case are looked up with a capital"
              + " and in capitals.")
  private Boolean anyCase;

  @Option(
      names = "--lowercase-copies",
      paramLabel = "SHARE",
      description = "Share of the training sentences that is learnt in lower case too.")
  private Double lowercaseCopies;

  @Option(
      names = "--uppercase-copies",
      paramLabel = "SHARE",
      description = "Share of the training sentences that is learnt in upper case too.")
  private Double uppercaseCopies;

  @Option(
      names = "--output",
      paramLabel = "crf|softmax",
      description = "Whether tags are decided on together or each alone.")
  private String output;
}
