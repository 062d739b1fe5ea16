package dev.unroll.data;

import java.time.Duration;
import java.util.Optional;

/** Is told how a training goes on; what shows it to a person implements this. */
public interface TrainingListener {
  /** Before the first allocation. */
  default void planned(Plan plan) {}

  /**
   * A stopped training goes on.
   *
   * @param epoch the epoch in which it stopped, from 1
   * @param batch batches of it that are done
   */
  default void resumed(int epoch, int batch) {}

  /** After every step (parameter update), or a few times a second where steps are too many. */
  default void stepped(Step step) {}

  /** After every epoch, once the dev part, if there is one, was scored. */
  default void epochEnded(Epoch epoch) {}

  /** Once, at the end. */
  default void ended(Summary summary) {}

  /**
   * What is about to be trained.
   *
   * @param parameters number of trainable parameters
   * @param memoryBytes estimated peak of memory, on the heap and off it
   * @param trainExamples number of training examples
   * @param devExamples number of dev examples, 0 without a dev part
   * @param epochs most epochs that will be run
   * @param advice a line about settings that fit the data better, should there be something to say
   */
  record Plan(
      long parameters,
      long memoryBytes,
      long trainExamples,
      long devExamples,
      int epochs,
      Optional<String> advice) {
    /** A plan to which there is nothing to say. */
    public Plan(
        long parameters, long memoryBytes, long trainExamples, long devExamples, int epochs) {
      this(parameters, memoryBytes, trainExamples, devExamples, epochs, Optional.empty());
    }
  }

  /**
   * One parameter update.
   *
   * @param epoch from 1
   * @param batch number of batches done in this epoch, from 1
   * @param batches number of batches in this epoch
   * @param examples examples of this epoch done so far
   * @param examplesPerSecond rate since the run or the resumption began
   * @param loss exponentially smoothed training loss, NaN where the task computes none
   * @param remaining estimated time to the end of the epoch
   */
  record Step(
      int epoch,
      int batch,
      int batches,
      long examples,
      double examplesPerSecond,
      double loss,
      Duration remaining) {}

  /**
   * The end of an epoch.
   *
   * @param epoch from 1
   * @param trainLoss mean training loss of the epoch, NaN where the task computes none
   * @param dev the score on dev, empty without a dev part
   * @param best whether this is the best epoch so far; without a dev part the last one counts as it
   * @param learningRate at the end of the epoch
   * @param elapsed since the beginning of the training, earlier runs that were resumed included
   */
  record Epoch(
      int epoch,
      double trainLoss,
      Optional<DevScore> dev,
      boolean best,
      double learningRate,
      Duration elapsed) {}

  /**
   * The end of a training.
   *
   * @param epochs epochs run
   * @param bestEpoch the epoch whose parameters were kept
   * @param bestScore its dev score, NaN without a dev part
   * @param elapsed training time
   * @param reason why it ended, in words: {@code "all 20 epochs done"}, {@code "no gain for 5
   *     epochs"}, {@code "stopped by request"}
   */
  record Summary(int epochs, int bestEpoch, double bestScore, Duration elapsed, String reason) {}
}
