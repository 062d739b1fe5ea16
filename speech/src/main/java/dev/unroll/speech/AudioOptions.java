package dev.unroll.speech;

import picocli.CommandLine.Option;

/** Settings of a recogniser that no other task has; they reach it through its configuration. */
final class AudioOptions {
  @Option(
      names = "--features",
      paramLabel = "log-mel|mfcc",
      description = "What is read off a frame of sound.")
  private String features;

  @Option(
      names = "--sample-rate",
      paramLabel = "HZ",
      description = "The rate to which every recording is brought.")
  private Integer sampleRate;

  @Option(names = "--mels", paramLabel = "N", description = "Mel bands of a frame.")
  private Integer mels;

  @Option(
      names = "--coefficients",
      paramLabel = "N",
      description = "Cepstral coefficients that mfcc keeps.")
  private Integer coefficients;

  @Option(
      names = "--deltas",
      paramLabel = "0|1|2",
      description = "How often features are followed by how they change.")
  private Integer deltas;

  @Option(
      names = "--normalisation",
      paramLabel = "utterance|training",
      description = "Whose mean and deviation the features are measured by.")
  private String normalisation;

  @Option(
      names = "--stack",
      paramLabel = "N",
      description = "Frames that are read as one step; more is faster, and leaves less room.")
  private Integer stack;

  @Option(
      names = "--input-dropout",
      paramLabel = "P",
      description = "Probability with which a feature is dropped while training.")
  private Double inputDropout;

  @Option(
      names = "--speed-perturbation",
      paramLabel = "PERCENT",
      description = "By how much recordings are slower or faster while training; 0 for not.")
  private Integer speedPerturbation;

  @Option(
      names = "--time-masks",
      paramLabel = "N",
      description = "Stripes of time that are hidden while training.")
  private Integer timeMasks;

  @Option(
      names = "--time-mask-width",
      paramLabel = "FRAMES",
      description = "Most frames of a stripe of time.")
  private Integer timeMaskWidth;

  @Option(
      names = "--band-masks",
      paramLabel = "N",
      description = "Stripes of features that are hidden while training.")
  private Integer bandMasks;

  @Option(
      names = "--band-mask-width",
      paramLabel = "N",
      description = "Most features of such a stripe.")
  private Integer bandMaskWidth;

  @Option(
      names = "--lowercase",
      negatable = true,
      arity = "0..1",
      fallbackValue = "true",
      hideParamSyntax = true,
      description = "Whether texts are learnt and written in lower case.")
  private Boolean lowercase;
}
