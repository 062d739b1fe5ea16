package dev.unroll.layers.convolution;

import dev.unroll.layers.forward.ForwardPart;
import dev.unroll.layers.forward.LayerParameters;
import dev.unroll.layers.forward.Linear;
import dev.unroll.layers.forward.Steps;
import dev.unroll.layers.kernel.Run;
import dev.unroll.layers.memory.Slab;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link SequenceConvolution} in a {@link dev.unroll.layers.forward.ForwardNetwork}. */
final class ConvolutionForward implements ForwardPart.Layer {
  private final int window;
  private final int stride;
  private final Linear filters;
  private final Slab seen = new Slab(DataType.FLOAT);

  ConvolutionForward(SequenceConvolution layer, LayerParameters parameters) {
    window = layer.window();
    stride = layer.stride();
    int inputs = Math.toIntExact(window * layer.getNIn());
    int outputs = Math.toIntExact(layer.getNOut());
    filters =
        new Linear(
            parameters.get(SequenceConvolutionParameters.FILTERS, inputs, outputs),
            parameters.get(SequenceConvolutionParameters.BIAS, 1, outputs),
            inputs,
            outputs);
  }

  @Override
  public void refresh() {
    filters.refresh();
  }

  @Override
  public Steps read(Steps below) {
    int batch = below.batch();
    int features = below.width();
    StepWindows windows =
        new StepWindows(batch, features, below.time(), below.mask(), window, stride);
    float[] rows = windows.rows(below.toArray());
    seen.reserve(rows.length).floats().put(rows);
    int count = windows.count();
    Steps above =
        filters.read(
            new Steps(
                seen,
                batch,
                count,
                window * features,
                Run.ofTimeMajor(windows.present(), batch, count)));
    float[] values = above.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, values[i]);
    }
    above.values().floats().put(values);
    return above;
  }
}
