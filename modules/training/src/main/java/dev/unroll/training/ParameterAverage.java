package dev.unroll.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The exponential moving average of a network's parameters over the steps of its training (Polyak
 * and Juditsky 1992): steadier than the parameters themselves, and often better on text that was
 * not trained on. It is scored and kept in their stead; training goes on from the parameters.
 *
 * <p>A sample is taken every {@value #INTERVAL} steps, as the parameters change little from one
 * step to the next, and the whole of a large table would cost more to average than to train. While
 * there are few samples they weigh more, so that the random beginning is soon forgotten.
 */
final class ParameterAverage {
  static final int INTERVAL = 16;

  private final double decay;
  private final float[] average;
  private long samples;

  /**
   * The average of a training that has not begun.
   *
   * @param decay of a step, above 0 and below 1
   */
  ParameterAverage(ComputationGraph network, double decay) {
    this.decay = Math.pow(decay, INTERVAL);
    this.average = Parameters.copy(network);
  }

  /** Whether a sample is to be taken after a step, which are counted from 1. */
  boolean takes(long step) {
    return step % INTERVAL == 0;
  }

  /** Takes a sample. */
  void sample(ComputationGraph network) {
    double kept = Math.min(decay, (1.0 + samples) / (10.0 + samples));
    Parameters.blend(network, average, (float) (1 - kept));
    samples++;
  }

  /** The average as it stands; not a copy. */
  float[] values() {
    return average;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(samples);
  }

  void read(DataInput in) throws IOException {
    samples = in.readLong();
  }
}
