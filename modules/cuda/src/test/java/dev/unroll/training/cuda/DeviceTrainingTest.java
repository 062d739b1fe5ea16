package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.DevScore;
import dev.unroll.data.Outcome;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.TrainingStopped;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.dropout.SequenceDropout;
import dev.unroll.training.Checkpoint;
import dev.unroll.training.EpochBatches;
import dev.unroll.training.Networks;
import dev.unroll.training.Supervision;
import dev.unroll.training.Training;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A whole training with its steps on a device: averages, dev scores, checkpoints. */
class DeviceTrainingTest {
  private static final int SYMBOLS = 5;
  private static final int STEPS = 4;

  @TempDir Path folder;

  @AfterEach
  void host() {
    DoubleStepProvider.asked = false;
  }

  /** Two streams, in windows that go on from one another. */
  private static final class Windows implements EpochBatches {
    private int next;

    @Override
    public void startEpoch(int epoch) {
      next = 0;
    }

    @Override
    public void skip(int count) {
      next += count;
    }

    @Override
    public int count() {
      return 5;
    }

    @Override
    public boolean hasNext() {
      return next < count();
    }

    @Override
    public int nextSize() {
      return 2 * STEPS;
    }

    @Override
    public MultiDataSet next() {
      Random random = new Random(next++);
      INDArray read = Nd4j.create(2, 1, STEPS);
      INDArray follows = Nd4j.create(2, 1, STEPS);
      for (int i = 0; i < 2 * STEPS; i++) {
        int symbol = random.nextInt(SYMBOLS);
        read.putScalar(i / STEPS, 0, i % STEPS, symbol);
        follows.putScalar(i / STEPS, 0, i % STEPS, (symbol + 1) % SYMBOLS);
      }
      return new MultiDataSet(
          new INDArray[] {read.castTo(DataType.FLOAT)},
          new INDArray[] {follows.castTo(DataType.FLOAT)});
    }

    @Override
    public long examples() {
      return (long) count() * nextSize();
    }
  }

  private static ComputationGraph network() {
    return Networks.of(
        Networks.seeded(5)
            .graphBuilder()
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTForwardLength(STEPS)
            .tBPTTBackwardLength(STEPS)
            .addInputs("symbols")
            .setInputTypes(InputType.recurrent(1))
            .addLayer(
                "embedding", new WordEmbedding.Builder().nIn(SYMBOLS).nOut(3).build(), "symbols")
            .addLayer(
                "recurrent",
                new Lstm.Builder().nOut(6).dropOut(new SequenceDropout(0.1, 2)).build(),
                "embedding")
            .addLayer("output", new SequenceSoftmax.Builder().nOut(SYMBOLS).build(), "recurrent")
            .setOutputs("output")
            .build());
  }

  private static DevScore score(ComputationGraph network) {
    Windows windows = new Windows();
    windows.skip(3);
    double loss = network.score(windows.next(), false);
    return new DevScore("loss", loss, false, loss, Map.of("loss", loss));
  }

  private Outcome train(
      ComputationGraph network, Optional<Checkpoint> checkpoint, BooleanSupplier stop) {
    TrainingConfig config =
        Settings.with(
            TrainingConfig.defaults(),
            Map.of("epochs", "8", "learning-rate", "0.05", "averaging", "0.5"));
    Supervision supervision = new Supervision(new TrainingListener() {}, stop, checkpoint);
    return new Training(
            network, config, new Windows(), Optional.of(DeviceTrainingTest::score), supervision)
        .run();
  }

  private static float[] values(ComputationGraph network) {
    return network.params().dup().data().asFloat();
  }

  @Test
  void endsWhereOneInMainMemoryEnds() {
    ComputationGraph expected = network();
    Outcome here = train(expected, Optional.empty(), () -> false);
    DoubleStepProvider.asked = true;
    ComputationGraph actual = network();
    Outcome there = train(actual, Optional.empty(), () -> false);

    assertThat(values(actual)).containsExactly(values(expected), within(1e-3f));
    assertThat(values(actual)).isNotEqualTo(values(expected)); // the last bits tell who trained
    double loss = here.metrics().get("loss");
    assertThat(there.metrics().get("loss")).isCloseTo(loss, within(1e-3));
    assertThat(loss).isLessThan(0.8 * score(network()).loss());
  }

  @Test
  void aRunStoppedAnywhereAndResumedGivesTheSameBytes() {
    DoubleStepProvider.asked = true;
    ComputationGraph undisturbed = network();
    train(undisturbed, Optional.empty(), () -> false);
    Path model = folder.resolve("model.zip");
    AtomicInteger left = new AtomicInteger(13);
    assertThatThrownBy(
            () ->
                train(
                    network(),
                    Optional.of(new Checkpoint(model, Map.of(), false)),
                    () -> left.decrementAndGet() == 0))
        .isInstanceOf(TrainingStopped.class);
    ComputationGraph resumed = network();
    train(resumed, Optional.of(new Checkpoint(model, Map.of(), true)), () -> false);

    assertThat(values(resumed)).isEqualTo(values(undisturbed));
  }
}
