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
  private final Crf crf;
  private final int labels;
  private final LayerParameters parameters;
  private final Linear linear;
  private double[] bias;
  private CrfLoss loss;

  CrfForward(Crf crf, LayerParameters parameters) {
    this.crf = crf;
    this.parameters = parameters;
    labels = Math.toIntExact(crf.getNOut());
    int inputs = Math.toIntExact(crf.getNIn());
    linear =
        new Linear(parameters.get(CrfParameters.WEIGHTS, inputs, labels), null, inputs, labels);
    refresh();
  }

  @Override
  public void refresh() {
    bias = row(CrfParameters.BIAS);
    loss = new CrfLoss(crf, key -> key.equals(CrfParameters.TRANSITIONS) ? square(key) : row(key));
  }

  private double[] row(String key) {
    return parameters.doubles(key, 1, labels);
  }

  /** Row after row what lies column after column. */
  private double[] square(String key) {
    double[] columns = parameters.doubles(key, labels, labels);
    double[] rows = new double[columns.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = columns[i % labels * labels + i / labels];
    }
    return rows;
  }

  /** The scores without the bias, which {@link #lattices} adds. */
  @Override
  public Steps read(Steps below) {
    return linear.read(below);
  }

  /** The scores of neighbouring labels. */
  public CrfTransitions transitions() {
    return loss.transitions();
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
    return loss.sequences(scores, read.mask(), read.batch()).lattices();
  }
}
