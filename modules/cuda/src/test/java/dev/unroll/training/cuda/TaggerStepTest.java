package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.training.Optimizer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Networks that label the words of sentences, of which much is known beside the word. */
class TaggerStepTest {
  private final Taggers batches = new Taggers();

  @Test
  void learnsTheSame() {
    try (StepPair pair = new StepPair(Taggers::tagger)) {
      pair.step(batches.sentences(5, 2, 1));
      pair.step(batches.sentences(3, 3));
      pair.step(batches.sentences(4, 6, 2, 6));
      pair.assertSameParameters();
    }
  }

  @Test
  void gradientIsTheSame() {
    StepPair.assertSameGradient(Taggers::tagger, batches.sentences(5, 2, 6, 1));
  }

  @Test
  void hybridsAndSoftmaxLearnTheSame() {
    StepPair.assertSameGradient(
        () -> Taggers.tagger(Taggers.field(true)), batches.sentences(5, 2, 1));
    Layer softmax = new SequenceSoftmax.Builder().nOut(Taggers.LABELS).build();
    StepPair.assertSameGradient(() -> Taggers.tagger(softmax.clone()), batches.sentences(5, 2, 1));
  }

  @Test
  void sentencesWithoutWordsAreLearntFromHere() {
    try (StepPair pair = new StepPair(Taggers::tagger)) {
      pair.step(batches.sentences(5, 2, 1));
      pair.step(batches.sentences(5, 0, 1));
      pair.step(batches.sentences(5, 2, 1));
      pair.assertSameParameters();
    }
  }

  @Test
  void charactersMayBeReadWordByWord() {
    MultiDataSet batch = Taggers.byWord(batches.sentences(3, 5, 1));
    batch.setFeaturesMaskArray(3, null); // so that there are derivatives where no word is
    StepPair.assertSameGradient(Taggers::readerOfCharacters, batch);
    try (StepPair pair = new StepPair(Taggers::readerOfCharacters)) {
      pair.step(batch);
      INDArray first = batch.getFeaturesMaskArray(1);
      for (int at = 0; at < Taggers.LETTERS; at++) {
        first.putScalar(0, at, 0);
      }
      pair.step(batch); // with a word that has no character
    }
  }

  /** Steps count if their labels' mask says so, and inputs may end at different steps. */
  @Test
  void masksMayDiffer() {
    MultiDataSet batch = batches.sentences(5, 2, 3);
    batch.setFeaturesMaskArray(2, Taggers.mask(5, 3, 4, 1));
    StepPair.assertSameGradient(Taggers::tagger, batch);
    batch.setFeaturesMaskArray(3, null);
    StepPair.assertSameGradient(Taggers::tagger, batch);
    batch.setLabelsMaskArray(
        new INDArray[] {
          Nd4j.createFromArray(new float[][] {{1, 0, 1, 1, 0}, {1, 1, 0, 0, 0}, {0, 0, 0, 0, 0}})
        });
    batch.setLabels(0, Nd4j.zeros(3, 1, 5));
    StepPair.assertSameGradient(Taggers::tagger, batch);
  }

  @Test
  void labelsMustBeAllowed() {
    MultiDataSet batch = batches.sentences(3, 1);
    batch.getLabels(0).putScalar(new int[] {1, 0, 0}, 1);
    ComputationGraph network = Taggers.tagger();
    try (DeviceStep device =
        new DeviceStep(new GpuDouble(), network, new Optimizer(network, StepPair.CONFIG))) {
      assertThatThrownBy(() -> device.step(batch, StepPair.RATE, 2, layer -> 1))
          .hasMessage("the constraints forbid the labels of example 1: [1]");
    }
  }

  /** One copy up and one down for the field, and one each for the step. */
  @Test
  void littleIsCopied() {
    GpuDouble gpu = new GpuDouble();
    try (StepPair pair = new StepPair(Taggers::tagger, gpu)) {
      MultiDataSet batch = batches.sentences(5, 2, 1);
      pair.step(batch);
      int up = gpu.cudnn.uploads;
      int down = gpu.cudnn.downloads;
      pair.device.step(batch, StepPair.RATE, 3, layer -> 1);
      assertThat(gpu.cudnn.uploads - up).isEqualTo(2);
      assertThat(gpu.cudnn.downloads - down).isEqualTo(2);
    }
  }
}
