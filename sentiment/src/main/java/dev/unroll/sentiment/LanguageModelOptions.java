package dev.unroll.sentiment;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The language models that a classifier begins with, and how it goes on from them. */
final class LanguageModelOptions {
  @Option(
      names = "--language-model",
      paramLabel = "FILE",
      description =
          "A model of words by charlm, whose vectors and layers the classifier begins with; a"
              + " second time for one that reads in reverse.")
  private List<Path> files = List.of();

  @Option(
      names = "--language-model-loss",
      paramLabel = "GAMMA",
      description =
          "How much it counts, beside the label, that the language models go on predicting words"
              + " as they learn; 0 for not at all.")
  private Double languageModelLoss;

  @Option(
      names = "--layer-decay",
      paramLabel = "FACTOR",
      description = "How much slower a layer learns than the one above it; 1 for as fast.")
  private Double layerDecay;

  @Option(
      names = "--gradual-unfreezing",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description =
          "Whether the output learns alone in the first epoch, and each epoch one more layer.")
  private Boolean gradualUnfreezing;

  @Option(
      names = "--pooling",
      paramLabel = "max|mean|last|max-mean|last-max-mean",
      description = "What the classifier sees of the steps of a text.")
  private String pooling;

  LanguageModels load() {
    return LanguageModels.load(files);
  }
}
