package dev.unroll.training;

import dev.unroll.layers.attention.InputFeeding;
import dev.unroll.layers.output.AdaptiveSoftmax;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Tells from a configuration, before anything is allocated, how large the network will be. */
public final class MemoryEstimate {
  /** Bytes of a single-precision number. */
  public static final int FLOAT_BYTES = 4;

  /** The parameters themselves, their gradient, Adam's two moments, and those of the best epoch. */
  private static final int COPIES = 5;

  /**
   * What training keeps of each output value of a layer: itself, its gradient, and for a recurrent
   * layer its gates and cell, forward and backward. It is the recurrent layers that weigh.
   */
  private static final int KEPT = 14;

  /** The JVM, Deeplearning4j and the native libraries, before any array; a guess. */
  private static final long PROCESS = 350L << 20;

  private MemoryEstimate() {}

  /** The number of parameters that a network of this configuration has. */
  public static long parameters(ComputationGraphConfiguration configuration) {
    long sum = 0;
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        var conf = layer.getLayerConf();
        sum += conf.getLayer().initializer().numParams(conf);
      }
    }
    return sum;
  }

  /**
   * About how many bytes a training takes at its peak, on the heap and off it.
   *
   * @param tokens most time steps in a batch
   */
  public static long training(ComputationGraphConfiguration configuration, long tokens) {
    long perToken = 0;
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        Layer conf = layer.getLayerConf().getLayer();
        perToken += outputs(conf) * KEPT;
        perToken += conf instanceof InputFeeding feeding ? feeding.units() * (long) KEPT : 0;
      }
    }
    return PROCESS + FLOAT_BYTES * (COPIES * parameters(configuration) + tokens * perToken);
  }

  /** Values that a layer gives a step in training, as far as they weigh. */
  private static long outputs(Layer layer) {
    if (layer instanceof AdaptiveSoftmax softmax) {
      return softmax.headSize(); // tails are for few steps
    }
    return layer instanceof FeedForwardLayer sized ? sized.getNOut() : 0;
  }
}
