package dev.unroll.benchmarks;

import dev.unroll.layers.memory.TimeMajor;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Random batches, the same for every library in all that its speed depends on. */
final class Inputs {
  private static final int SHORTEST_SENTENCE = 5;

  private Inputs() {}

  /**
   * A batch for our network: characters are one-hot, words are ids; labels are numbers of classes.
   * Sentences have from 5 to 60 words and padding behind them.
   */
  static MultiDataSet ours(Work work, int batch) {
    Random random = new Random(1);
    int steps = work.steps();
    INDArray labels = TimeMajor.createDetached(DataType.FLOAT, batch, 1, steps);
    INDArray features =
        TimeMajor.createDetached(DataType.FLOAT, batch, work.tagger() ? 1 : Work.CHARACTERS, steps);
    features.assign(0);
    INDArray mask = work.tagger() ? Nd4j.zeros(DataType.FLOAT, batch, steps) : null;
    for (int b = 0; b < batch; b++) {
      int length = work.tagger() ? sentence(b, batch, steps) : steps;
      for (int t = 0; t < steps; t++) {
        labels.putScalar(b, 0, t, random.nextInt(work.classes()));
        if (!work.tagger()) {
          features.putScalar(b, random.nextInt(Work.CHARACTERS), t, 1);
        } else if (t < length) {
          features.putScalar(b, 0, t, random.nextInt(Work.WORDS));
          mask.putScalar(b, t, 1);
        }
      }
    }
    INDArray[] masks = mask == null ? null : new INDArray[] {mask};
    return new MultiDataSet(new INDArray[] {features}, new INDArray[] {labels}, masks, masks);
  }

  /** Lengths spread evenly; one sentence alone has the mean. */
  private static int sentence(int example, int batch, int longest) {
    return batch == 1
        ? (SHORTEST_SENTENCE + longest) / 2
        : SHORTEST_SENTENCE + example * 37 % batch * (longest - SHORTEST_SENTENCE) / (batch - 1);
  }

  /** The same for Deeplearning4j's own layers, which want one-hot labels. */
  static MultiDataSet stock(Work work, int batch) {
    MultiDataSet ours = ours(work, batch);
    INDArray classes = ours.getLabels(0);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, work.classes(), work.steps());
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < work.steps(); t++) {
        labels.putScalar(b, classes.getInt(b, 0, t), t, 1);
      }
    }
    INDArray features =
        work.tagger()
            ? ours.getFeatures(0).reshape(batch, work.steps())
            : ours.getFeatures(0).dup('f');
    return new MultiDataSet(
        new INDArray[] {features},
        new INDArray[] {labels},
        ours.getFeaturesMaskArrays(),
        ours.getLabelsMaskArrays());
  }
}
