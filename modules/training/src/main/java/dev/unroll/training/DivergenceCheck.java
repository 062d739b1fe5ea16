package dev.unroll.training;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.TrainingConfig;
import dev.unroll.data.UserError;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Tells a training that went astray, so that it ends instead of computing nonsense to its end: the
 * loss, the gradient or a parameter is not finite, or the network does far worse than before it
 * learnt anything.
 *
 * <p>What is compared is the loss per label: per word of a tagger, per character of a language
 * model, per text of a classifier. The untrained network has about the same of it in every batch,
 * whatever the lengths, which the loss of a whole sentence has not. Every batch has one vote,
 * because one outlier says nothing:
 *
 * <pre>
 * bad      = loss per label &gt; 2 · (that of the untrained network) + 1 nat
 * badness ← 0.98 · badness + 0.02 · [bad]        from 0
 * diverged = badness &gt; 1/2                       the earliest: 35 bad steps in a row
 * </pre>
 */
final class DivergenceCheck {
  private static final double MEMORY = 0.98;
  private static final double FACTOR = 2;

  /** Nats. Keeps a network that begins well trained, at a loss near 0, from being condemned. */
  private static final double ALLOWANCE = 1;

  private static final double MUCH = 0.5;

  private final double untrained;
  private double badness;

  /**
   * A check that has seen no step.
   *
   * @param untrained loss per label of the network before its first step, in nats
   */
  DivergenceCheck(double untrained) {
    this.untrained = untrained;
  }

  /**
   * The number of labels in a batch: its examples, or where they have time steps, those that no
   * mask hides.
   */
  static double labels(MultiDataSet batch) {
    double labels = 0;
    for (int i = 0; i < batch.numLabelsArrays(); i++) {
      INDArray mask = batch.getLabelsMaskArray(i);
      INDArray array = batch.getLabels(i);
      labels +=
          mask != null
              ? mask.sumNumber().doubleValue()
              : array.size(0) * (array.rank() > 2 ? array.size(2) : 1);
    }
    return labels;
  }

  /**
   * Takes note of one more step.
   *
   * @param loss of the whole batch
   * @param labels of the batch
   * @return what is wrong, in words; empty if nothing is
   */
  Optional<String> step(double loss, double labels, double gradientNorm) {
    if (!Double.isFinite(loss)) {
      return Optional.of("the loss is not finite");
    }
    if (!Double.isFinite(gradientNorm)) {
      return Optional.of("the gradient is not finite");
    }
    boolean bad = loss > (FACTOR * untrained + ALLOWANCE) * labels;
    badness = MEMORY * badness + (bad ? 1 - MEMORY : 0);
    if (badness <= MUCH) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the loss is %.3g per label, %.3g before training",
            loss / labels,
            untrained));
  }

  /** What is wrong with the parameters, in words; empty if nothing is. */
  static Optional<String> parameters(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return Optional.of("a parameter is not finite");
      }
    }
    return Optional.empty();
  }

  /**
   * The error for a training that went astray.
   *
   * @param wrong what {@link #step} or {@link #parameters} said
   * @param epochs that are done
   * @param checkpoint that holds the best of them, if there is one
   */
  static UserError error(
      TrainingConfig config, long step, String wrong, int epochs, Optional<Path> checkpoint) {
    double usual = TrainingConfig.defaults().learningRate();
    double rate = config.learningRate();
    String advice =
        String.format(
            Locale.ROOT,
            "training diverged at step %d: %s; try %s %.1g",
            step,
            wrong,
            setting("learning-rate"),
            rate > 10 * usual ? usual : rate / 3);
    if (config.clip() == 0) {
      advice += " or " + setting("clip") + " " + TrainingConfig.defaults().clip();
    }
    if (checkpoint.isPresent()) {
      advice +=
          " after deleting %s, or write its best epoch by %s %s %d"
              .formatted(checkpoint.get(), setting("resume"), setting("epochs"), epochs);
    }
    return UserError.failed(advice, null);
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(badness);
  }

  void read(DataInput in) throws IOException {
    badness = in.readDouble();
  }
}
