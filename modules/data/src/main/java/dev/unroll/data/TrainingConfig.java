package dev.unroll.data;

import static dev.unroll.data.NetworkConfig.atLeast;

/**
 * How a network is trained: what every task has in common.
 *
 * @param epochs most passes over the training data
 * @param batch most examples in a step
 * @param tokens most time steps in a batch, padding included; long examples make smaller batches
 * @param learningRate at its highest
 * @param schedule how the learning rate goes down
 * @param warmup share of the training in which the learning rate rises from 0
 * @param weightDecay decoupled weight decay (Loshchilov and Hutter 2019)
 * @param clip largest global norm of the gradient; 0 does not clip
 * @param averaging decay a step of the moving average of the parameters that is scored and kept in
 *     place of the parameters themselves; 0 does without
 * @param patience epochs without a gain on dev after which the training ends; 0 never ends it early
 * @param seed of everything random
 * @param threads for computing; 0 takes one for each processor
 * @param checkpointSeconds between checkpoints inside an epoch; each epoch ends with one anyway
 */
public record TrainingConfig(
    int epochs,
    int batch,
    int tokens,
    double learningRate,
    Schedule schedule,
    double warmup,
    double weightDecay,
    double clip,
    double averaging,
    int patience,
    long seed,
    int threads,
    int checkpointSeconds) {
  /** How the learning rate goes down, after the warm-up. */
  public enum Schedule {
    /** Not at all. */
    CONSTANT,
    /** In a straight line to 0 at the end of the last epoch. */
    LINEAR,
    /** By a half cosine to 0 at the end of the last epoch. */
    COSINE,
    /** Halved after each epoch without a gain on dev. */
    PLATEAU
  }

  private static final int MOST_THREADS = 1_024;

  /** Refuses what cannot be trained with. */
  public TrainingConfig {
    atLeast("epochs", epochs, 1);
    atLeast("batch", batch, 1);
    atLeast("tokens", tokens, 1);
    positive("learning-rate", learningRate);
    if (!(warmup >= 0 && warmup < 1)) {
      throw UserError.usage("warmup must be from 0 to below 1, got " + warmup);
    }
    NetworkConfig.probability("weight-decay", weightDecay);
    notNegative("clip", clip);
    NetworkConfig.probability("averaging", averaging);
    atLeast("patience", patience, 0);
    if (threads < 0 || threads > MOST_THREADS) {
      throw UserError.usage("threads must be from 0 to " + MOST_THREADS + ", got " + threads);
    }
    atLeast("checkpoint-seconds", checkpointSeconds, 1);
  }

  /** What suits most: Adam's usual rate, a linear decay, clipping at 5. */
  public static TrainingConfig defaults() {
    return new TrainingConfig(20, 32, 8192, 1e-3, Schedule.LINEAR, 0, 0, 5, 0, 5, 1, 0, 60);
  }

  /**
   * The learning rate at a point of the training.
   *
   * @param progress share of all epochs that is done, from 0 to 1
   * @param epochsWithoutGain for {@link Schedule#PLATEAU}: how often the rate was halved so far
   */
  public double learningRateAt(double progress, int epochsWithoutGain) {
    if (progress < warmup) {
      return learningRate * progress / warmup;
    }
    double rest = (1 - progress) / (1 - warmup);
    return switch (schedule) {
      case CONSTANT -> learningRate;
      case LINEAR -> learningRate * rest;
      case COSINE -> learningRate * 0.5 * (1 + Math.cos(Math.PI * (1 - rest)));
      case PLATEAU -> learningRate * Math.pow(0.5, epochsWithoutGain);
    };
  }

  private static void positive(String key, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw UserError.usage(key + " must be above 0 and finite, got " + value);
    }
  }

  private static void notNegative(String key, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw UserError.usage(key + " must be 0 or above and finite, got " + value);
    }
  }
}
