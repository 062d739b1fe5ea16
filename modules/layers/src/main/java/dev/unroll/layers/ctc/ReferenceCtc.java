package dev.unroll.layers.ctc;

import java.util.Arrays;

/**
 * The equations of Graves et al. 2006, section 4.1, in log space and double precision, for one
 * sequence: what {@link FloatCtc} is held against, and what serves networks in double.
 *
 * <p>The states that an alignment passes are the labels with a blank before, between and behind
 * them. From one step to the next it stays, goes on by one state, or by two from a label to another
 * label:
 *
 * <pre>
 *   states of "ab"    -  a  -  b  -
 *   forward   α_t(s) = log Σ over s' = s, s-1, (s-2) of exp α_{t-1}(s')            + log y_t(s)
 *   backward  β_t(s) = log Σ over s' = s, s+1, (s+2) of exp (β_{t+1}(s') + log y_{t+1}(s'))
 *   loss      -log (exp α_T(last) + exp α_T(last but one))
 *   gradient  of the logit of class k at step t:  y_t(k) - Σ over s of class k of exp (α_t(s) + β_t(s) + loss)
 * </pre>
 */
final class ReferenceCtc {
  private final double[][] logs;
  private final int[] states;

  /**
   * A sequence.
   *
   * @param logs logarithms of the probabilities, {@code [steps][classes]}
   * @param labels at most as many as the steps have room for
   */
  ReferenceCtc(double[][] logs, int[] labels) {
    this.logs = logs;
    this.states = states(labels);
  }

  /** The classes of the states. */
  static int[] states(int[] labels) {
    int[] states = new int[2 * labels.length + 1];
    Arrays.fill(states, Ctc.BLANK);
    for (int i = 0; i < labels.length; i++) {
      states[2 * i + 1] = labels[i];
    }
    return states;
  }

  /** Whether an alignment may come to a state from the last but one before it. */
  static boolean skips(int[] states, int state) {
    return state > 1 && states[state] != Ctc.BLANK && states[state] != states[state - 2];
  }

  /** The loss in nats. */
  double loss() {
    return logs.length == 0 ? 0 : loss(forward());
  }

  private double loss(double[][] forward) {
    double[] last = forward[logs.length - 1];
    int end = states.length - 1;
    return -sum(last[end], end > 0 ? last[end - 1] : Double.NEGATIVE_INFINITY);
  }

  private double[][] forward() {
    double[][] forward = new double[logs.length][states.length];
    for (int t = 0; t < logs.length; t++) {
      for (int s = 0; s < states.length; s++) {
        double before;
        if (t == 0) {
          before = s < 2 ? 0 : Double.NEGATIVE_INFINITY;
        } else {
          before = forward[t - 1][s];
          before = s > 0 ? sum(before, forward[t - 1][s - 1]) : before;
          before = skips(states, s) ? sum(before, forward[t - 1][s - 2]) : before;
        }
        forward[t][s] = before + logs[t][states[s]];
      }
    }
    return forward;
  }

  private double[][] backward() {
    double[][] backward = new double[logs.length][states.length];
    int end = states.length - 1;
    for (int t = logs.length - 1; t >= 0; t--) {
      for (int s = end; s >= 0; s--) {
        if (t == logs.length - 1) {
          backward[t][s] = s >= end - 1 ? 0 : Double.NEGATIVE_INFINITY;
          continue;
        }
        double after = next(backward, t, s);
        after = s < end ? sum(after, next(backward, t, s + 1)) : after;
        after = s < end - 1 && skips(states, s + 2) ? sum(after, next(backward, t, s + 2)) : after;
        backward[t][s] = after;
      }
    }
    return backward;
  }

  private double next(double[][] backward, int t, int state) {
    return backward[t + 1][state] + logs[t + 1][states[state]];
  }

  /**
   * The loss, and its derivatives by the logits.
   *
   * @param gradient {@code [steps][classes]}; set, not added to
   */
  double gradient(double[][] gradient) {
    if (logs.length == 0) {
      return 0;
    }
    double[][] forward = forward();
    double[][] backward = backward();
    double loss = loss(forward);
    for (int t = 0; t < logs.length; t++) {
      for (int k = 0; k < gradient[t].length; k++) {
        gradient[t][k] = Math.exp(logs[t][k]);
      }
      for (int s = 0; s < states.length; s++) {
        gradient[t][states[s]] -= Math.exp(forward[t][s] + backward[t][s] + loss);
      }
    }
    return loss;
  }

  private static double sum(double a, double b) {
    double largest = Math.max(a, b);
    return largest == Double.NEGATIVE_INFINITY
        ? largest
        : largest + Math.log1p(Math.exp(Math.min(a, b) - largest));
  }
}
