package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Networks.Batch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the Javadoc of {@link Lstm} says of Deeplearning4j's {@code LSTM}: with a carried state, its
 * truncated derivatives are not those of what it computed. {@link StateTest} holds ours against
 * finite differences in the same way.
 */
class StockTruncationTest {
  private static final int TIME = 5;
  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  private final Random random = new Random(2);
  private final BaseRecurrentLayer<?> layer = layer();
  private final INDArray weights = Nd4j.randn(DataType.DOUBLE, 2, 5, TIME);

  private static BaseRecurrentLayer<?> layer() {
    LSTM lstm = new LSTM.Builder().nOut(5).activation(Activation.TANH).build();
    var layer = (BaseRecurrentLayer<?>) Networks.of(DataType.DOUBLE, 4, List.of(lstm)).getLayer(0);
    layer.setBackpropGradientsViewArray(Nd4j.create(DataType.DOUBLE, 1, layer.numParams()));
    return layer;
  }

  @Test
  void aWindowThatBeginsWithZerosHasTheRightDerivatives() {
    assertThat(largestDifference(new HashMap<>())).isLessThan(1e-6);
  }

  @Test
  void aWindowThatBeginsWithACarriedStateHasOthers() {
    layer.rnnActivateUsingStoredState(sequences(), true, true, NO_WORKSPACES);
    assertThat(largestDifference(layer.rnnGetTBPTTState())).isGreaterThan(1e-3);
  }

  /** Between the layer's derivatives over a window and finite differences. */
  private double largestDifference(Map<String, INDArray> start) {
    INDArray x = sequences();
    layer.rnnSetTBPTTState(start);
    layer.rnnActivateUsingStoredState(x, true, false, NO_WORKSPACES);
    layer.tbpttBackpropGradient(weights, TIME, NO_WORKSPACES);
    INDArray gradient = layer.getGradientsViewArray().dup();
    double epsilon = 1e-6;
    double largest = 0;
    for (int i = 0; i < layer.numParams(); i++) {
      double before = layer.params().getDouble(i);
      layer.params().putScalar(i, before + epsilon);
      double above = loss(x, start);
      layer.params().putScalar(i, before - epsilon);
      double below = loss(x, start);
      layer.params().putScalar(i, before);
      double expected = (above - below) / (2 * epsilon);
      largest = Math.max(largest, Math.abs(gradient.getDouble(i) - expected));
    }
    return largest;
  }

  private double loss(INDArray x, Map<String, INDArray> start) {
    layer.rnnSetTBPTTState(start);
    return layer
        .rnnActivateUsingStoredState(x, false, false, NO_WORKSPACES)
        .mul(weights)
        .sumNumber()
        .doubleValue();
  }

  private INDArray sequences() {
    return Batch.random(DataType.DOUBLE, 2, 4, TIME, null, random).x();
  }
}
