package dev.unroll.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The training, the same for every task. Values reach the task through {@link ConfigOptions}, whose
 * record checks them; only {@code --resume} is no part of a configuration.
 */
public final class TrainingOptions {
  @Option(names = "--epochs", paramLabel = "N", description = "Most passes over the training data.")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Most examples in a step.")
  private Integer batch;

  @Option(names = "--learning-rate", paramLabel = "RATE", description = "At its highest.")
  private Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "constant|linear|cosine|plateau",
      description = "How the learning rate goes down.")
  private String schedule;

  @Option(
      names = "--averaging",
      paramLabel = "DECAY",
      description =
          "Decay a step of a moving average of the parameters, which is scored and kept in their place"
              + " (Polyak and Juditsky 1992), such as 0.995 with --schedule constant; 0 for none.")
  private Double averaging;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "Largest norm of the gradient; 0 does not clip.")
  private Double clip;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Epochs without a gain on dev before training ends; 0 never ends it early.")
  private Integer patience;

  @Option(names = "--seed", paramLabel = "N", description = "Same seed, same data: same model.")
  private Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute; 0 takes one for each processor.")
  private Integer threads;

  @Option(
      names = "--dev-fraction",
      paramLabel = "SHARE",
      description =
          "Share of the training data split off where there is no --dev; with 0, all of it is"
              + " trained on and the last epoch kept.")
  private Double devFraction;

  @Option(
      names = "--resume",
      description = "Go on from the last checkpoint beside --model, if there is one.")
  private boolean resume;

  @Mixin private LiveOptions live;

  /** How to watch the training in a browser. */
  LiveOptions live() {
    return live;
  }

  /** Whether to go on from the last checkpoint. */
  public boolean resume() {
    return resume;
  }
}
