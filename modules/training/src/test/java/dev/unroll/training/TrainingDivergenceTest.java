package dev.unroll.training;

import static dev.unroll.training.BitsTask.config;
import static dev.unroll.training.BitsTask.keeping;
import static dev.unroll.training.BitsTask.network;
import static dev.unroll.training.BitsTask.score;
import static dev.unroll.training.BitsTask.telling;
import static dev.unroll.training.BitsTask.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.Outcome;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.UserError;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a training ends that does not learn. */
class TrainingDivergenceTest {
  @TempDir Path folder;

  @Test
  void whatIsNotFiniteBeforeTheFirstStepIsNotBlamedOnTheLearningRate() {
    ComputationGraph network = network();
    network.params().putScalar(0, Float.NaN);
    assertThatThrownBy(() -> train(network, config()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not finite before the first step")
        .hasMessageNotContaining("learning-rate");
  }

  @Test
  void whatIsNotFiniteEndsTheTrainingAtThatStep() {
    ComputationGraph network = network();
    assertThatThrownBy(() -> train(network, config(), telling(spoiling(network, 3, Float.NaN))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("diverged at step 4: the loss is not finite")
        .hasMessageContaining("try learning-rate");
  }

  @Test
  void aParameterThatTheLastStepSpoiltIsNotKept() {
    ComputationGraph network = network();
    assertThatThrownBy(
            () ->
                train(
                    network,
                    config("epochs", "1"),
                    telling(spoiling(network, 8, Float.POSITIVE_INFINITY))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("diverged at step 8: a parameter is not finite");
  }

  private static TrainingListener spoiling(ComputationGraph network, int batch, float value) {
    return new TrainingListener() {
      @Override
      public void stepped(Step step) {
        if (step.batch() == batch) {
          network.params().putScalar(0, value);
        }
      }
    };
  }

  @Test
  void aWildLearningRateEndsTheTraining() {
    assertThatThrownBy(() -> train(network(), config("learning-rate", "50", "batch", "1")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("training diverged at step ")
        .hasMessageContaining("per label, 0.")
        .hasMessageEndingWith("before training; try learning-rate 0.001");
  }

  @Test
  void aTrainingThatDivergedInItsFirstEpochLeavesTheWayFreeForAnother() {
    ComputationGraph network = network();
    Path model = folder.resolve("m.zip");
    assertThatThrownBy(
            () ->
                train(
                    network,
                    config(),
                    new Supervision(
                        spoiling(network, 3, Float.NaN),
                        () -> false,
                        Optional.of(new Checkpoint(model, Map.of(), false)))))
        .isInstanceOf(UserError.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theBestEpochBeforeADivergenceCanBeKept() {
    Path model = folder.resolve("m.zip");
    ComputationGraph network = network();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Step step) {
            if (step.epoch() == 3 && step.batch() == 2) {
              network.params().putScalar(0, Float.NaN);
            }
          }
        };
    assertThatThrownBy(
            () ->
                train(
                    network,
                    config(),
                    new Supervision(
                        listener,
                        () -> false,
                        Optional.of(new Checkpoint(model, Map.of(), false)))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("at step 19")
        .hasMessageEndingWith(
            " after deleting "
                + folder.resolve("m.zip.checkpoint")
                + ", or write its best epoch by resume epochs 2");
    ComputationGraph kept = network();
    Outcome outcome =
        train(
            kept,
            config("epochs", "2"),
            keeping(new Checkpoint(model, Map.of(), true), () -> false));
    assertThat(outcome.epochs()).isEqualTo(2);
    assertThat(score(kept).loss())
        .isEqualTo(outcome.history().rows().get(outcome.bestEpoch() - 1).devLoss());
  }
}
