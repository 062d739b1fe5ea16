package dev.unroll.layers.attention;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that looks at a source, which {@link AttentionSource} gives it. */
interface SourceReader {

  /** The layer that this is, or that it freezes; null if it looks at no source. */
  static SourceReader within(Layer layer) {
    return layer instanceof SourceReader reader
        ? reader
        : layer instanceof BaseWrapperLayer wrapper ? within(wrapper.getUnderlying()) : null;
  }

  /**
   * Gives what the next passes look at; copied.
   *
   * @param source {@code [batch, nSource, S]}
   * @param mask {@code [batch, S]}, or null
   */
  void setSource(INDArray source, INDArray mask);

  /**
   * Copies the derivative of the loss with respect to the source, after a pass back.
   *
   * @param to time-major {@code [batch, nSource, S]}
   */
  void readSourceGradient(INDArray to);
}
