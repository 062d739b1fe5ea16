package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Networks.Batch;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The state that is carried from one call to the next. */
class StateTest {

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "gru reset after", "rnn"})
  void stepByStepIsTheWholeSequence(String cell) {
    int time = 9;
    MultiLayerNetwork network = network(DataType.FLOAT, cell);
    Batch data = Batch.random(DataType.FLOAT, 3, 4, time, null, new Random(1));
    INDArray whole = network.output(data.x());

    int[] windows = {1, 1, 3, 4};
    int from = 0;
    for (int steps : windows) {
      INDArray out = network.rnnTimeStep(steps(data.x(), from, from + steps));
      Networks.assertEquals(out, steps(whole, from, from + steps), 1e-5, cell + " from " + from);
      from += steps;
    }

    network.rnnClearPreviousState();
    Networks.assertEquals(
        network.rnnTimeStep(steps(data.x(), 0, 2)), steps(whole, 0, 2), 1e-5, "cleared");
  }

  /**
   * Runs the layer over a first window and takes the derivative over a second one, with the first
   * window's last state held fixed: what truncated back-propagation through time means.
   */
  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "gru reset after", "rnn"})
  void truncatedDerivativesStartFromTheCarriedState(String cell) {
    Random random = new Random(2);
    int time = 5;
    RecurrentLayer layer = (RecurrentLayer) network(DataType.DOUBLE, cell).getLayer(0);
    layer.setBackpropGradientsViewArray(Nd4j.create(DataType.DOUBLE, 1, layer.numParams()));
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    INDArray x = Batch.random(DataType.DOUBLE, 2, 4, 2 * time, null, random).x();
    INDArray first = steps(x, 0, time);
    INDArray second = steps(x, time, 2 * time);
    layer.rnnActivateUsingStoredState(first, true, true, workspaces);
    var carried = layer.rnnGetTBPTTState();
    INDArray e = Nd4j.randn(DataType.DOUBLE, 2, layer.layerConf().getNOut(), time);

    layer.rnnActivateUsingStoredState(second, true, false, workspaces);
    layer.tbpttBackpropGradient(e, time, workspaces);
    INDArray gradient = layer.getGradientsViewArray().dup();

    double epsilon = 1e-6;
    for (int trial = 0; trial < 30; trial++) {
      int i = random.nextInt((int) layer.numParams());
      double before = layer.params().getDouble(i);
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        layer.params().putScalar(i, before + (side == 0 ? epsilon : -epsilon));
        layer.rnnSetTBPTTState(carried);
        losses[side] =
            layer
                .rnnActivateUsingStoredState(second, false, false, workspaces)
                .mul(e)
                .sumNumber()
                .doubleValue();
      }
      layer.params().putScalar(i, before);
      assertThat(gradient.getDouble(i))
          .as("parameter " + i)
          .isCloseTo((losses[0] - losses[1]) / (2 * epsilon), within(1e-6));
    }
  }

  @Test
  void aWindowIsGoneBackThroughWhole() {
    RecurrentLayer layer = (RecurrentLayer) network(DataType.FLOAT, "gru").getLayer(0);
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    layer.rnnActivateUsingStoredState(Nd4j.rand(DataType.FLOAT, 2, 4, 6), true, false, workspaces);

    INDArray e = Nd4j.rand(DataType.FLOAT, 2, layer.layerConf().getNOut(), 6);
    assertThatThrownBy(() -> layer.tbpttBackpropGradient(e, 5, workspaces))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("got 5 of 6");
  }

  @Test
  void aNetworkCarriesTheStateFromWindowToWindow() {
    MultiLayerConfiguration configuration =
        Networks.configuration(DataType.FLOAT, 4, List.of(KernelAgreementTest.layer("lstm", 0, 5)));
    configuration.setBackpropType(BackpropType.TruncatedBPTT);
    configuration.setTbpttFwdLength(3);
    configuration.setTbpttBackLength(3);
    MultiLayerNetwork network = Networks.of(configuration);
    Batch data = Batch.random(DataType.FLOAT, 2, 4, 6, null, new Random(3));
    INDArray whole = network.feedForward(data.x()).get(1).dup();

    network.setInput(steps(data.x(), 0, 3));
    network.setLabels(steps(data.y(), 0, 3));
    network.computeGradientAndScore();
    INDArray second =
        network.rnnActivateUsingStoredState(steps(data.x(), 3, 6), false, false).get(1);

    Networks.assertEquals(second, steps(whole, 3, 6), 1e-5, "second window");
  }

  @Test
  void aBidirectionalLayerHasNoStateToCarry() {
    MultiLayerNetwork network =
        Networks.of(DataType.FLOAT, 4, List.of(KernelAgreementTest.layer("lstm", 1, 5)));

    assertThatThrownBy(() -> network.rnnTimeStep(Nd4j.zeros(DataType.FLOAT, 1, 4, 1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("rnnTimeStep");
  }

  private static MultiLayerNetwork network(DataType type, String cell) {
    return Networks.of(
        type,
        4,
        List.of(KernelAgreementTest.layer(cell, 0, 5), KernelAgreementTest.layer(cell, 0, 3)));
  }

  private static INDArray steps(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup();
  }
}
