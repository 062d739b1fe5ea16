package dev.unroll.layers.crf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a {@link Crf} makes of the scores of single steps, which are a linear map of its input and
 * computed elsewhere: losses, and their derivatives with respect to these scores and to the
 * parameters of the field. Computes in double precision.
 *
 * <p>A position is {@code step * batch + example}; scores are {@code [position][label]}, one row
 * after the other.
 */
public final class CrfLoss {
  private final int labels;
  private final CrfTransitions transitions;

  /** Of a hybrid; otherwise null. */
  private final double[] scales;

  private final double[] offsets;

  /**
   * The derivatives of the sum of the losses.
   *
   * @param losses element {@code i} is a loss of example {@code i}, in nats
   * @param scores laid out as the scores; 0 at masked positions
   * @param field by the names of {@link #parameters}, row after row
   */
  public record Derivatives(double[] losses, double[] scores, Map<String, double[]> field) {}

  /**
   * A field with its parameters as they are.
   *
   * @param parameters gives each of {@link #parameters}, row after row; not kept
   */
  public CrfLoss(Crf crf, Function<String, double[]> parameters) {
    labels = Math.toIntExact(crf.getNOut());
    transitions =
        new CrfTransitions(
            parameters.apply(CrfParameters.TRANSITIONS),
            parameters.apply(CrfParameters.STARTS),
            parameters.apply(CrfParameters.ENDS),
            crf.labelConstraints());
    scales = crf.isHybrid() ? parameters.apply(CrfParameters.SCALES) : null;
    offsets = crf.isHybrid() ? parameters.apply(CrfParameters.OFFSETS) : null;
  }

  /** The names of the parameters that are not those of the linear map. */
  public static List<String> parameters(Crf crf) {
    return CrfParameters.INSTANCE.shapes(crf).keySet().stream()
        .filter(key -> !key.equals(CrfParameters.WEIGHTS) && !key.equals(CrfParameters.BIAS))
        .toList();
  }

  /** The scores of neighbouring labels. */
  CrfTransitions transitions() {
    return transitions;
  }

  /** What the softmax of a hybrid says of each step; null if this is none. */
  private StepPosteriors posteriors(double[] scores) {
    return scales == null ? null : new StepPosteriors(scores, labels);
  }

  /**
   * The sequences of a batch.
   *
   * @param mask element {@code position}, or null
   */
  CrfBatch sequences(double[] scores, float[] mask, int batch) {
    return sequences(scores, posteriors(scores), mask, batch);
  }

  private CrfBatch sequences(double[] scores, StepPosteriors posteriors, float[] mask, int batch) {
    double[] read = posteriors == null ? scores : posteriors.scaled(scales, offsets);
    int steps = scores.length / (labels * Math.max(1, batch));
    return new CrfBatch(transitions, read, mask, batch, steps);
  }

  /** The losses alone; see {@link #derivatives}. */
  double[] losses(double[] scores, int[] classes, float[] mask, int batch) {
    StepPosteriors posteriors = posteriors(scores);
    double[] losses = sequences(scores, posteriors, mask, batch).losses(classes);
    if (posteriors != null) {
      posteriors.addLosses(classes, mask, losses);
    }
    return losses;
  }

  /**
   * The losses of a batch and their derivatives.
   *
   * @param classes the label of each position; not looked at where it is masked
   * @param mask element {@code position}, or null
   * @param batch the number of examples
   * @throws IllegalArgumentException if the constraints forbid the labels of an example
   */
  public Derivatives derivatives(double[] scores, int[] classes, float[] mask, int batch) {
    StepPosteriors posteriors = posteriors(scores);
    double[] scoreGradient = new double[scores.length];
    CrfGradient gradient = new CrfGradient(labels);
    double[] losses =
        sequences(scores, posteriors, mask, batch).gradient(classes, scoreGradient, gradient);
    Map<String, double[]> field = new LinkedHashMap<>();
    field.put(CrfParameters.TRANSITIONS, gradient.transitions);
    field.put(CrfParameters.STARTS, gradient.starts);
    field.put(CrfParameters.ENDS, gradient.ends);
    if (posteriors != null) {
      field.put(CrfParameters.SCALES, posteriors.scaleGradient(scoreGradient));
      field.put(CrfParameters.OFFSETS, columnSums(scoreGradient, labels));
      posteriors.addLosses(classes, mask, losses);
      scoreGradient = posteriors.gradient(classes, mask);
    }
    return new Derivatives(losses, scoreGradient, field);
  }

  /** The sum of each column of a matrix that lies row after row. */
  static double[] columnSums(double[] rows, int columns) {
    double[] sums = new double[columns];
    for (int i = 0; i < rows.length; i++) {
      sums[i % columns] += rows[i];
    }
    return sums;
  }
}
