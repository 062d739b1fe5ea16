package dev.unroll.training;

import static dev.unroll.training.BitsTask.batches;
import static dev.unroll.training.BitsTask.config;
import static dev.unroll.training.BitsTask.network;
import static dev.unroll.training.BitsTask.recording;
import static dev.unroll.training.BitsTask.score;
import static dev.unroll.training.BitsTask.telling;
import static dev.unroll.training.BitsTask.train;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.DevScore;
import dev.unroll.data.History;
import dev.unroll.data.Outcome;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

/** The loop on the task of {@link BitsTask}. */
class TrainingTest {
  @Test
  void learnsAndKeepsTheBestEpoch() {
    ComputationGraph network = network();
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    Outcome outcome = train(network, config("patience", "0"), telling(recording(epochs)));

    assertThat(outcome.epochs()).isEqualTo(30);
    assertThat(epochs).hasSize(30);
    assertThat(outcome.history().rows()).hasSize(30);
    History.Row best = outcome.history().rows().get(outcome.bestEpoch() - 1);
    assertThat(best.devScore()).isEqualTo(1);
    assertThat(score(network).value()).isEqualTo(1);
    assertThat(score(network).loss()).isEqualTo(best.devLoss());
    assertThat(outcome.metrics()).isEqualTo(score(network).metrics());
  }

  @Test
  void withoutDevAllEpochsAreRunAndTheLastIsKept() {
    TrainingConfig config = config("patience", "1");
    ComputationGraph ever = network();
    int[] epoch = {0};
    new Training(
            ever,
            config,
            batches(config),
            Optional.of(net -> new DevScore("epoch", ++epoch[0], true, 0)),
            Supervision.none())
        .run();

    ComputationGraph network = network();
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    Outcome outcome =
        new Training(network, config, batches(config), Optional.empty(), telling(recording(epochs)))
            .run();

    assertThat(outcome.bestEpoch()).isEqualTo(30);
    assertThat(outcome.metrics()).isEmpty();
    assertThat(Parameters.copy(network)).isEqualTo(Parameters.copy(ever));
    assertThat(outcome.history().rows()).hasSize(30).allMatch(row -> Double.isNaN(row.devScore()));
    assertThat(epochs).hasSize(30).allMatch(ended -> ended.dev().isEmpty());
  }

  @Test
  void stopsOnceDevGainsNoMore() {
    Outcome outcome =
        train(network(), config("patience", "3", "learning-rate", "1e-9", "schedule", "constant"));
    assertThat(outcome.epochs()).isLessThan(30);
    assertThat(outcome.epochs() - outcome.bestEpoch()).isEqualTo(3);
  }

  @Test
  void theAverageOfTheParametersIsKeptInTheirStead() {
    ComputationGraph network = network();
    float[] average = Parameters.copy(network);
    float[][] kept = new float[1][];
    int[] samples = {0};
    train(
        network,
        config("averaging", "0.9", "epochs", "4", "patience", "0"),
        telling(
            new TrainingListener() {
              @Override
              public void stepped(Step step) {
                if ((step.batch() + 8 * (step.epoch() - 1)) % 16 == 0) {
                  double share =
                      Math.min(Math.pow(0.9, 16), (1.0 + samples[0]) / (10.0 + samples[0]));
                  float[] now = Parameters.copy(network);
                  for (int i = 0; i < now.length; i++) {
                    average[i] += (float) (1 - share) * (now[i] - average[i]);
                  }
                  samples[0]++;
                }
              }

              @Override
              public void epochEnded(Epoch epoch) {
                kept[0] = epoch.best() ? average.clone() : kept[0];
              }
            }));
    assertThat(samples[0]).isEqualTo(2);
    assertThat(Parameters.copy(network)).isEqualTo(kept[0]);
  }
}
