package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.History;
import dev.unroll.data.Outcome;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import dev.unroll.data.UserError;
import dev.unroll.layers.WordEmbedding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A tagger's training on headlines of one word and sentences of sixty, in any order: the loss of a
 * sentence is a sum over its words, so that batches differ sixtyfold in it and nothing is wrong.
 */
class MixedLengthsTest {
  private static final int TAGS = 7;
  private static final int WORDS = 70;
  private static final int SENTENCES = 4;
  private static final int BATCHES = 120;

  enum Order {
    SHORT_FIRST,
    LONG_FIRST,
    MIXED
  }

  /**
   * Batches of random words; the tag of word {@code w} is {@code w mod TAGS}, one in ten is not.
   */
  private static final class Batched implements EpochBatches {
    private final List<Integer> lengths = new ArrayList<>();
    private int epoch;
    private int next;

    Batched(Order order) {
      for (int i = 0; i < BATCHES; i++) {
        lengths.add(i < BATCHES / 3 ? 1 : 60);
      }
      switch (order) {
        case SHORT_FIRST -> Collections.sort(lengths);
        case LONG_FIRST -> lengths.sort(Collections.reverseOrder());
        case MIXED -> Collections.shuffle(lengths, new Random(1));
      }
    }

    @Override
    public void startEpoch(int number) {
      epoch = number;
      next = 0;
    }

    @Override
    public void skip(int count) {
      next += count;
    }

    @Override
    public int count() {
      return BATCHES;
    }

    @Override
    public boolean hasNext() {
      return next < BATCHES;
    }

    @Override
    public int nextSize() {
      return SENTENCES;
    }

    @Override
    public long examples() {
      return SENTENCES * BATCHES;
    }

    @Override
    public MultiDataSet next() {
      Random random = new Random(31L * epoch + next);
      int length = lengths.get(next++);
      float[] words = new float[SENTENCES * length];
      float[][][] tags = new float[SENTENCES][TAGS][length];
      for (int i = 0; i < SENTENCES; i++) {
        for (int t = 0; t < length; t++) {
          int word = random.nextInt(WORDS);
          words[i * length + t] = word;
          int tag = random.nextInt(10) == 0 ? random.nextInt(TAGS) : word % TAGS;
          tags[i][tag][t] = 1;
        }
      }
      return new org.nd4j.linalg.dataset.MultiDataSet(
          Nd4j.createFromArray(words).reshape(SENTENCES, 1, length), Nd4j.createFromArray(tags));
    }
  }

  private static ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("words")
                .setInputTypes(InputType.recurrent(1))
                .addLayer(
                    "embedding", new WordEmbedding.Builder().nIn(WORDS).nOut(8).build(), "words")
                .addLayer(
                    "tags",
                    new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(8)
                        .nOut(TAGS)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "embedding")
                .setOutputs("tags")
                .build());
    network.init();
    return network;
  }

  private static Outcome train(Order order, String learningRate, Supervision supervision) {
    TrainingConfig config =
        Settings.with(
            TrainingConfig.defaults(), Map.of("epochs", "2", "learning-rate", learningRate));
    return new Training(network(), config, new Batched(order), Optional.empty(), supervision).run();
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void anyOrderTrains(Order order) {
    List<History.Row> rows = train(order, "0.02", Supervision.none()).history().rows();
    double untrained = Math.log(TAGS) * (BATCHES / 3 + 60.0 * (BATCHES - BATCHES / 3)) / BATCHES;
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).trainLoss()).isLessThan(untrained / 2);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void inNoOrderTheFirstBatchDecidesHoweverSlowlyItLearns(Order order) {
    assertThat(train(order, "1e-7", Supervision.none()).epochs()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void inAnyOrderAWildLearningRateIsNoticedWithinAnEpoch(Order order) {
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochEnded(Epoch epoch) {
            throw new AssertionError("the first epoch ended with a loss of " + epoch.trainLoss());
          }
        };
    assertThatThrownBy(
            () -> train(order, "50", new Supervision(listener, () -> false, Optional.empty())))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("training diverged at step ");
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void theUntrainedLossIsTheSameInAnyOrder(Order order) {
    double loss = UntrainedLoss.perLabel(network(), new Batched(order));
    assertThat(loss).isBetween(Math.log(TAGS) - 0.3, Math.log(TAGS) + 0.3);
  }
}
