package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The rule on losses that are written down, without a network. */
class DivergenceCheckTest {
  private static final int BATCH = 32;
  private static final double TAGS = Math.log(13);

  private static Optional<String> step(DivergenceCheck check, double perLabel, int length) {
    return check.step(perLabel * BATCH * length, BATCH * length, 1);
  }

  /** The step at which a loss that is the same for ever ends the training; 0 if none of 1000. */
  private static int end(double perLabel) {
    DivergenceCheck check = new DivergenceCheck(TAGS);
    for (int step = 1; step <= 1000; step++) {
      if (step(check, perLabel, 10).isPresent()) {
        return step;
      }
    }
    return 0;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void noOrderOfLengthsEndsATrainingThatLearns(int seed) {
    Random random = new Random(seed);
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      lengths.add(i % 3 == 0 ? 1 : 5 + random.nextInt(60));
    }
    switch (seed) {
      case 1 -> Collections.sort(lengths);
      case 2 -> lengths.sort(Collections.reverseOrder());
      default -> Collections.shuffle(lengths, random);
    }
    DivergenceCheck check = new DivergenceCheck(TAGS);
    for (int i = 0; i < lengths.size(); i++) {
      double loss = TAGS * Math.exp(-i / 100.0) * (0.5 + random.nextDouble());
      assertThat(step(check, loss, lengths.get(i))).as("step %d", i).isEmpty();
    }
  }

  @Test
  void growthEndsATrainingAfter35StepsAndNotBefore() {
    assertThat(end(2 * TAGS + 1.01)).isEqualTo(35);
    assertThat(end(1e30)).isEqualTo(35);
    assertThat(end(2 * TAGS + 0.99)).isZero();
    assertThat(end(TAGS)).isZero();
  }

  @Test
  void growthIsNoticedAfterALongTimeOfLearning() {
    DivergenceCheck check = new DivergenceCheck(TAGS);
    for (int i = 0; i < 10_000; i++) {
      assertThat(step(check, 0.01, 1 + i % 50)).isEmpty();
    }
    int steps = 1;
    while (step(check, 40, 1 + steps % 50).isEmpty()) {
      steps++;
    }
    assertThat(steps).isEqualTo(35);
    assertThat(step(check, 40, 1)).hasValue("the loss is 40.0 per label, 2.56 before training");
  }

  @Test
  void outliersDoNot() {
    DivergenceCheck check = new DivergenceCheck(TAGS);
    for (int i = 0; i < 2000; i++) {
      assertThat(step(check, i % 3 == 0 ? 1e6 : 0.1, 10)).isEmpty();
    }
  }

  @Test
  void aNetworkThatBeginsWellTrainedMayGetWorse() {
    DivergenceCheck check = new DivergenceCheck(0.001);
    for (int i = 0; i < 1000; i++) {
      assertThat(step(check, 0.6, 10)).isEmpty();
    }
  }

  @Test
  void whatIsNotFiniteEndsItAtOnce() {
    DivergenceCheck check = new DivergenceCheck(TAGS);
    assertThat(check.step(Double.NaN, 1, 1)).hasValue("the loss is not finite");
    assertThat(check.step(Double.POSITIVE_INFINITY, 1, 1)).hasValue("the loss is not finite");
    assertThat(check.step(1, 1, Double.NaN)).hasValue("the gradient is not finite");
    assertThat(DivergenceCheck.parameters(new float[] {1, Float.NEGATIVE_INFINITY})).isPresent();
    assertThat(DivergenceCheck.parameters(new float[] {1, -Float.MAX_VALUE})).isEmpty();
  }

  @Test
  void whatWasNotedIsWrittenAndRead() throws Exception {
    DivergenceCheck check = new DivergenceCheck(TAGS);
    for (int i = 0; i < 20; i++) {
      step(check, 40, 3);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    check.write(new DataOutputStream(bytes));
    DivergenceCheck resumed = new DivergenceCheck(TAGS);
    resumed.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    for (int i = 20; i < 34; i++) {
      assertThat(step(resumed, 40, 3)).isEmpty();
    }
    assertThat(step(resumed, 40, 3)).isPresent();
  }

  @Test
  void labelsAreWhatNoMaskHides() {
    INDArray features = Nd4j.zeros(3, 2);
    assertThat(DivergenceCheck.labels(new MultiDataSet(features, Nd4j.zeros(3, 2)))).isEqualTo(3);
    assertThat(DivergenceCheck.labels(new MultiDataSet(features, Nd4j.zeros(3, 2, 5))))
        .isEqualTo(15);
    INDArray mask = Nd4j.create(new float[][] {{1, 1, 1, 1, 1}, {1, 0, 0, 0, 0}, {1, 1, 0, 0, 0}});
    var masked =
        new MultiDataSet(
            new INDArray[] {features},
            new INDArray[] {Nd4j.zeros(3, 2, 5)},
            null,
            new INDArray[] {mask});
    assertThat(DivergenceCheck.labels(masked)).isEqualTo(8);
  }

  @Test
  void theAdviceIsTrue() {
    TrainingConfig usual = TrainingConfig.defaults();
    assertThat(DivergenceCheck.error(usual, 7, "x", 0, Optional.empty()))
        .hasMessage("training diverged at step 7: x; try learning-rate 0.0003");
    TrainingConfig wild = Settings.with(usual, Map.of("learning-rate", "50", "clip", "0"));
    assertThat(DivergenceCheck.error(wild, 7, "x", 4, Optional.of(Path.of("m.checkpoint"))))
        .hasMessage(
            "training diverged at step 7: x; try learning-rate 0.001 or clip 5.0"
                + " after deleting m.checkpoint, or write its best epoch by resume epochs 4");
  }
}
