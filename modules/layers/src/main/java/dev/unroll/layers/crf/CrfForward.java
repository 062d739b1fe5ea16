package dev.unroll.layers.crf;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.Linear;
import dev.unroll.layers.forward.Steps;
import java.util.List;

/**
 * A {@link Crf} at the end of a {@link dev.unroll.layers.forward.ForwardNetwork}: gives the scores
 * of single steps, {@code [batch, labels, time]}, of which {@link #lattices} makes the rest when it
 * is asked for.
 */
public final class CrfForward implements ForwardPart.Layer {
  private final int labels;
  private final Linear linear;
  private final double[] bias;
  private final CrfTransitions transitions;

  /** Of a hybrid; otherwise null. */
  private final double[] scales;

  private final double[] offsets;

  CrfForward(Crf crf, LayerParameters parameters) {
    labels = Math.toIntExact(crf.getNOut());
    int inputs = Math.toIntExact(crf.getNIn());
    linear =
        new Linear(
            parameters.get(CrfParameters.WEIGHTS, inputs, labels), new float[labels], inputs);
    bias = row(parameters, CrfParameters.BIAS);
    transitions =
        new CrfTransitions(
            square(parameters),
            row(parameters, CrfParameters.STARTS),
            row(parameters, CrfParameters.ENDS),
            crf.labelConstraints());
    scales = crf.isHybrid() ? row(parameters, CrfParameters.SCALES) : null;
    offsets = crf.isHybrid() ? row(parameters, CrfParameters.OFFSETS) : null;
  }

  private double[] row(LayerParameters parameters, String key) {
    return doubles(parameters, key, 1, labels);
  }

  /** Row after row what lies column after column. */
  private double[] square(LayerParameters parameters) {
    double[] columns = doubles(parameters, CrfParameters.TRANSITIONS, labels, labels);
    double[] rows = new double[columns.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = columns[i % labels * labels + i / labels];
    }
    return rows;
  }

  private static double[] doubles(LayerParameters parameters, String key, int rows, int columns) {
    float[] values = new float[rows * columns];
    parameters.get(key, rows, columns).get(values);
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** The scores without the bias, which {@link #lattices} adds. */
  @Override
  public Steps read(Steps below) {
    return linear.read(below);
  }

  /** The scores of neighbouring labels. */
  public CrfTransitions transitions() {
    return transitions;
  }

  /**
   * For every sequence of a batch a lattice over its steps, as {@link CrfLayer#lattices} gives it.
   *
   * @param read what this has read last
   */
  public List<CrfLattice> lattices(Steps read) {
    float[] values = read.toArray();
    double[] scores = new double[values.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = values[i] + bias[i % labels];
    }
    if (scales != null) {
      scores = new StepPosteriors(scores, labels).scaled(scales, offsets);
    }
    return new CrfBatch(transitions, scores, read.mask(), read.batch(), read.time()).lattices();
  }
}
