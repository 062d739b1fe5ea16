package dev.unroll.layers.pooling;

import static dev.unroll.layers.pooling.SequencePooling.Summary.FIRST;
import static dev.unroll.layers.pooling.SequencePooling.Summary.LAST;
import static dev.unroll.layers.pooling.SequencePooling.Summary.MAX;
import static dev.unroll.layers.pooling.SequencePooling.Summary.MEAN;
import static dev.unroll.layers.pooling.SequencePooling.Summary.MIDDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.layers.Chain;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.memory.TimeMajor;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class SequencePoolingTest {
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

  private final Random random = new Random(5);

  @Test
  void byHand() {
    // One feature; the second example's middle step is a hole, the third has no step at all.
    INDArray in = Nd4j.createFromArray(3f, 1, 4, 2, 9, 6, 7, 8, 9).reshape(3, 1, 3);
    INDArray mask = Nd4j.createFromArray(1f, 1, 0, 1, 0, 1, 0, 0, 0).reshape(3, 3);
    org.deeplearning4j.nn.api.Layer layer = layer(DataType.FLOAT, MAX, MEAN, LAST, FIRST, MIDDLE);
    layer.feedForwardMaskArray(mask, null, 3);

    INDArray out = layer.activate(in, true, NONE);
    assertThat(out.toFloatMatrix())
        .isDeepEqualTo(new float[][] {{3, 2, 1, 3, 3}, {6, 4, 6, 2, 2}, {0, 0, 0, 0, 0}});

    INDArray outer = Nd4j.createFromArray(1f, 10, 100, 1000, 10000).reshape(1, 5);
    INDArray inner = layer.backpropGradient(Nd4j.vstack(outer, outer, outer), NONE).getSecond();
    assertThat(inner.reshape(3, 3).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{11006, 105, 0}, {11005, 0, 106}, {0, 0, 0}});
  }

  @Test
  void theMiddleIsThatOfTheStepsThatAreThere() {
    INDArray in = Nd4j.createFromArray(1f, 2, 3, 4, 5, 1, 2, 3, 4, 5).reshape(2, 1, 5);
    INDArray mask = Nd4j.createFromArray(1f, 1, 1, 1, 1, 0, 1, 0, 1, 1).reshape(2, 5);
    org.deeplearning4j.nn.api.Layer layer = layer(DataType.FLOAT, MIDDLE);
    layer.feedForwardMaskArray(mask, null, 2);
    assertThat(layer.activate(in, true, NONE).toFloatVector()).containsExactly(3, 4);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 2", "0.2, 1, 2", "0.21, 2, 2", "0.8, 4, 5", "1, 5, 5"})
  void theMiddleMayBeElsewhere(double share, float ofFive, float ofThree) {
    INDArray in = Nd4j.createFromArray(1f, 2, 3, 4, 5, 1, 2, 3, 4, 5).reshape(2, 1, 5);
    INDArray mask = Nd4j.createFromArray(1f, 1, 1, 1, 1, 0, 1, 0, 1, 1).reshape(2, 5);
    Layer pooling = new SequencePooling.Builder(MIDDLE).middle(share).build();
    org.deeplearning4j.nn.api.Layer layer = layer(DataType.FLOAT, pooling);
    layer.feedForwardMaskArray(mask, null, 2);
    assertThat(layer.activate(in, true, NONE).toFloatVector()).containsExactly(ofFive, ofThree);
    assertThatThrownBy(() -> new SequencePooling.Builder(MIDDLE).middle(1.5))
        .hasMessage("a share is from 0 to 1, got 1.5");
  }

  @ParameterizedTest
  @CsvSource({"MAX, MAX", "MEAN, AVG"})
  void equalsTheStockLayer(Summary summary, PoolingType stockType) {
    for (int[] shape : new int[][] {{3, 4, 5}, {1, 4, 5}, {3, 4, 1}, {1, 1, 1}, {40, 70, 31}}) {
      INDArray in = Nd4j.randn(DataType.FLOAT, shape[0], shape[1], shape[2]);
      INDArray mask = randomMask(DataType.FLOAT, shape[0], shape[2]);
      for (INDArray steps : new INDArray[] {mask, null}) {
        org.deeplearning4j.nn.api.Layer stock =
            Chain.of(DataType.FLOAT, null, new GlobalPoolingLayer(stockType), output(shape[1]))
                .getLayer("0");
        org.deeplearning4j.nn.api.Layer ours = layer(DataType.FLOAT, summary);
        stock.feedForwardMaskArray(steps, null, shape[0]);
        ours.feedForwardMaskArray(steps, null, shape[0]);
        INDArray expected = stock.activate(in.dup(), true, NONE);
        INDArray actual = ours.activate(in, true, NONE);
        assertThat(actual.equalsWithEps(expected, 1e-5)).isTrue();

        INDArray outer = Nd4j.randn('f', shape[0], shape[1]).castTo(DataType.FLOAT);
        INDArray inner = ours.backpropGradient(outer, NONE).getSecond();
        INDArray stockInner = stock.backpropGradient(outer.dup(), NONE).getSecond();
        assertThat(inner.equalsWithEps(stockInner, 1e-5)).isTrue();
        assertThat(TimeMajor.is(inner)).isTrue();
      }
    }
  }

  @Test
  void agreesWithFiniteDifferencesAndWithItselfInFloat() {
    INDArray mask =
        Nd4j.createFromArray(1., 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1).reshape(4, 4);
    MultiDataSet batch =
        Chain.batch(
            Chain.ids(DataType.DOUBLE, random, 4, 4, 9),
            mask,
            Chain.classes(DataType.DOUBLE, random, 4, 3),
            null);
    ComputationGraph network = network(DataType.DOUBLE);
    Chain.assertAgreesWithFiniteDifferences(network, batch, 1e-5);
    Chain.compute(network, batch);
    ComputationGraph floats = network(DataType.FLOAT);
    floats.params().assign(network.params());
    Chain.compute(floats, batch);
    assertThat(
            floats
                .getFlattenedGradients()
                .castTo(DataType.DOUBLE)
                .equalsWithEps(network.getFlattenedGradients(), 1e-5))
        .isTrue();
  }

  @Test
  void survivesSaving() throws IOException {
    ComputationGraph network = network(DataType.FLOAT);
    ComputationGraph loaded = Chain.saveAndLoad(network);
    INDArray ids = Chain.ids(DataType.FLOAT, random, 2, 3, 9);
    assertThat(loaded.output(ids)[0]).isEqualTo(network.output(ids)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(network.getConfiguration());
  }

  @Test
  void wantsASummary() {
    assertThatThrownBy(SequencePooling.Builder::new)
        .hasMessage("name at least one summary of [MAX, MEAN, LAST, FIRST, MIDDLE]");
  }

  private static org.deeplearning4j.nn.api.Layer layer(DataType type, Summary... summaries) {
    return layer(type, new SequencePooling.Builder(summaries).build());
  }

  private static org.deeplearning4j.nn.api.Layer layer(DataType type, Layer pooling) {
    return Chain.of(type, null, pooling, output(1)).getLayer("0");
  }

  private static Layer output(int nIn) {
    return new OutputLayer.Builder().nIn(nIn).nOut(3).build();
  }

  private static ComputationGraph network(DataType type) {
    return Chain.of(
        type,
        InputType.recurrent(1),
        new WordEmbedding.Builder().nIn(9).nOut(3).build(),
        new SequencePooling.Builder(LAST, MIDDLE, MEAN, MAX, FIRST).build(),
        new OutputLayer.Builder().nOut(3).build());
  }

  /** At least one step of every example, since the stock layer has no answer without. */
  private static INDArray randomMask(DataType type, int batch, int time) {
    INDArray mask = Nd4j.rand(DataType.FLOAT, batch, time).gt(0.4).castTo(type);
    for (int b = 0; b < batch; b++) {
      mask.putScalar(b, b % time, 1);
    }
    return mask;
  }
}
