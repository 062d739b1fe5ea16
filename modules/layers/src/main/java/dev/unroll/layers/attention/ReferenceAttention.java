package dev.unroll.layers.attention;

import java.util.Map;

/**
 * Attention over one sentence, as the papers have it; see {@link Score} and {@link Attention}.
 *
 * <p>Parameters lie column after column, which is their transpose row after row, so that each row
 * here is what one unit multiplies its inputs with.
 */
final class ReferenceAttention {
  private final AttentionShape shape;
  private final Map<String, double[]> parameters;
  private double[][] states;
  private double[][] source;
  private double[][] queries;
  private double[][] keys;
  private double[][] weights;
  private double[][] seen;
  private double[][] outputs;

  ReferenceAttention(AttentionShape shape, Map<String, double[]> parameters) {
    this.shape = shape;
    this.parameters = parameters;
  }

  /** The derivatives of the loss with respect to the states and the source. */
  record Derivatives(double[][] dStates, double[][] dSource) {}

  /** How much each state looks at each step of the source, {@code [T][S]}. */
  double[][] weights() {
    return weights;
  }

  /** The attentional vectors, {@code [T][outputs]}. */
  double[][] forward(double[][] newStates, double[][] newSource) {
    states = newStates;
    source = newSource;
    queries = shape.projectsQueries() ? each(AttentionParameters.QUERIES, states) : states;
    keys = shape.projectsKeys() ? each(AttentionParameters.KEYS, source) : source;
    weights = new double[states.length][source.length];
    seen = new double[states.length][shape.seen()];
    for (int t = 0; t < states.length; t++) {
      for (int s = 0; s < source.length; s++) {
        weights[t][s] = score(t, s);
      }
      softmax(weights[t]);
      for (int s = 0; s < source.length; s++) {
        addTimes(weights[t][s], source[s], 0, seen[t], 0, shape.source());
      }
      System.arraycopy(states[t], 0, seen[t], shape.source(), shape.queries());
    }
    outputs = each(AttentionParameters.OUTPUT, seen);
    for (double[] output : outputs) {
      for (int i = 0; i < output.length; i++) {
        output[i] = Math.tanh(output[i]);
      }
    }
    return outputs;
  }

  private double score(int t, int s) {
    double sum = 0;
    for (int i = 0; i < shape.keys(); i++) {
      sum +=
          shape.score() == Score.ADDITIVE
              ? parameters.get(AttentionParameters.COMPARISON)[i] * compared(t, s, i)
              : queries[t][i] * keys[s][i];
    }
    return sum;
  }

  private double compared(int t, int s, int unit) {
    return Math.tanh(queries[t][unit] + keys[s][unit]);
  }

  private static void softmax(double[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (int s = 0; s < scores.length; s++) {
      scores[s] = Math.exp(scores[s] - largest);
      sum += scores[s];
    }
    for (int s = 0; s < scores.length; s++) {
      scores[s] /= sum;
    }
  }

  /** Goes back, and adds to the derivatives of the parameters. */
  Derivatives backward(double[][] dOutputs, Map<String, double[]> gradients) {
    double[][] dStates = new double[states.length][shape.queries()];
    double[][] dSource = new double[source.length][shape.source()];
    double[][] dQueries =
        shape.projectsQueries() ? new double[states.length][shape.keys()] : dStates;
    double[][] dKeys = shape.projectsKeys() ? new double[source.length][shape.keys()] : dSource;
    for (int t = 0; t < states.length; t++) {
      double[] dz = new double[shape.outputs()];
      for (int i = 0; i < dz.length; i++) {
        dz[i] = dOutputs[t][i] * (1 - outputs[t][i] * outputs[t][i]);
      }
      double[] dSeen = new double[shape.seen()];
      back(AttentionParameters.OUTPUT, dz, seen[t], dSeen, gradients);
      addTimes(1, dSeen, shape.source(), dStates[t], 0, shape.queries());
      double[] dWeights = new double[source.length];
      double mean = 0;
      for (int s = 0; s < source.length; s++) {
        addTimes(weights[t][s], dSeen, 0, dSource[s], 0, shape.source());
        for (int i = 0; i < shape.source(); i++) {
          dWeights[s] += dSeen[i] * source[s][i];
        }
        mean += weights[t][s] * dWeights[s];
      }
      for (int s = 0; s < source.length; s++) {
        double dScore = weights[t][s] * (dWeights[s] - mean);
        scoreBack(t, s, dScore, dQueries[t], dKeys[s], gradients);
      }
    }
    for (int t = 0; t < states.length && shape.projectsQueries(); t++) {
      back(AttentionParameters.QUERIES, dQueries[t], states[t], dStates[t], gradients);
    }
    for (int s = 0; s < source.length && shape.projectsKeys(); s++) {
      back(AttentionParameters.KEYS, dKeys[s], source[s], dSource[s], gradients);
    }
    return new Derivatives(dStates, dSource);
  }

  private void scoreBack(
      int t,
      int s,
      double dScore,
      double[] dQuery,
      double[] dKey,
      Map<String, double[]> gradients) {
    for (int i = 0; i < shape.keys(); i++) {
      if (shape.score() == Score.ADDITIVE) {
        double compared = compared(t, s, i);
        double v = parameters.get(AttentionParameters.COMPARISON)[i];
        double d = dScore * v * (1 - compared * compared);
        gradients.get(AttentionParameters.COMPARISON)[i] += dScore * compared;
        dQuery[i] += d;
        dKey[i] += d;
      } else {
        dQuery[i] += dScore * keys[s][i];
        dKey[i] += dScore * queries[t][i];
      }
    }
  }

  /** Every row times a parameter. */
  private double[][] each(String parameter, double[][] rows) {
    double[] matrix = parameters.get(parameter);
    double[][] results = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      int inputs = rows[row].length;
      results[row] = new double[matrix.length / inputs];
      for (int i = 0; i < matrix.length; i++) {
        results[row][i / inputs] += matrix[i] * rows[row][i % inputs];
      }
    }
    return results;
  }

  /** Back through a row of that: adds to the derivatives of the input and of the parameter. */
  private void back(
      String parameter, double[] dz, double[] x, double[] dX, Map<String, double[]> gradients) {
    for (int i = 0; i < dz.length; i++) {
      addTimes(dz[i], x, 0, gradients.get(parameter), i * x.length, x.length);
      addTimes(dz[i], parameters.get(parameter), i * x.length, dX, 0, x.length);
    }
  }

  private static void addTimes(
      double factor, double[] from, int fromStart, double[] to, int toStart, int length) {
    for (int i = 0; i < length; i++) {
      to[toStart + i] += factor * from[fromStart + i];
    }
  }
}
