package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.unroll.layers.memory.TimeMajor;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class WordEmbeddingTest {
  private static final int WORDS = 11;
  private static final int WIDTH = 5;

  private final Random random = new Random(3);

  @ParameterizedTest
  @CsvSource({"4, 6", "1, 6", "4, 1", "1, 1"})
  void equalsTheStockLayer(int batch, int time) {
    ComputationGraph stock = network(DataType.FLOAT, stock());
    ComputationGraph ours = network(DataType.FLOAT, ours().build());
    copyParameters(stock, ours);
    INDArray mask = Nd4j.ones(DataType.FLOAT, batch, time);
    if (time > 2) {
      mask.putScalar(0, time - 1, 0).putScalar(0, 0, 0).putScalar(batch - 1, 2, 0);
    }
    MultiDataSet batches = batch(DataType.FLOAT, batch, time, mask);

    Chain.compute(stock, batches);
    Chain.compute(ours, batches);

    assertThat(ours.score()).isEqualTo(stock.score(), offset(1e-6));
    for (String parameter : new String[] {"0_W", "2_W", "2_b"}) {
      assertThat(Chain.gradient(ours, parameter).shape())
          .containsExactly(Chain.gradient(stock, parameter).shape());
      assertThat(Chain.gradient(ours, parameter).distance2(Chain.gradient(stock, parameter)))
          .isLessThan(1e-6);
    }
    assertThat(ours.output(batches.getFeatures(0))[0])
        .isEqualTo(stock.output(batches.getFeatures(0))[0]);
  }

  @Test
  void takesIdsWithoutTheMiddleAxis() {
    ComputationGraph ours = network(DataType.FLOAT, ours().build());
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, 4, WORDS);
    assertThat(ours.output(ids.reshape(3, 4))[0]).isEqualTo(ours.output(ids)[0]);
    assertThat(ours.output(ids.dup('f'))[0]).isEqualTo(ours.output(ids)[0]);
  }

  @Test
  void agreesWithFiniteDifferences() {
    ComputationGraph ours = network(DataType.DOUBLE, ours().build());
    INDArray mask = Nd4j.ones(DataType.DOUBLE, 3, 4).putScalar(0, 3, 0).putScalar(1, 0, 0);
    MultiDataSet batch = batch(DataType.DOUBLE, 3, 4, mask);
    Chain.assertAgreesWithFiniteDifferences(ours, batch, 1e-5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientHoldsThisStepOnly(boolean cleared) {
    ComputationGraph ours = network(DataType.FLOAT, ours().build());
    RowSparse layer = (RowSparse) ours.getLayer("0");
    MultiDataSet first = batch(DataType.FLOAT, 2, 3, null);
    MultiDataSet second = batch(DataType.FLOAT, 2, 3, null);
    Chain.compute(ours, second);
    INDArray expected = Chain.gradient(ours, "0_W");

    Chain.compute(ours, first);
    if (cleared) {
      layer.clearTouchedRows();
      assertThat(layer.touchedRows()).isEmpty();
      assertThat(Chain.gradient(ours, "0_W").amaxNumber().doubleValue()).isZero();
    } else {
      // As an updater of Deeplearning4j does, which writes the update over the gradient.
      ours.getLayer("0").getGradientsViewArray().assign(99);
    }
    Chain.compute(ours, second);

    assertThat(Chain.gradient(ours, "0_W")).isEqualTo(expected);
  }

  @Test
  void nothingIsDoneToRowsThatDoNotOccur() {
    int words = 50_000;
    ComputationGraph ours = network(DataType.FLOAT, ours().nIn(words).build());
    WordEmbeddingLayer layer = (WordEmbeddingLayer) ours.getLayer("0");
    INDArray ids = Nd4j.createFromArray(49_999f, 3f, 17f, 3f).reshape(2, 1, 2);
    INDArray labels = Chain.classes(DataType.FLOAT, random, 2, 3);
    Chain.compute(ours, Chain.batch(ids, null, labels, null));
    assertThat(layer.touchedRows()).containsExactly(3, 17, 49_999);
    layer.clearTouchedRows();

    INDArray sentinel = layer.gradientViewOfTable().getRow(20_000);
    sentinel.assign(42);
    Chain.compute(ours, Chain.batch(ids, null, labels, null));

    assertThat(sentinel.toFloatVector()).containsOnly(42);
  }

  @Test
  void looksAtNoIdBehindTheMask() {
    ComputationGraph ours = network(DataType.FLOAT, ours().build());
    INDArray ids = Nd4j.createFromArray(1f, 2f, Float.NaN, 3f, -1f, 1e9f).reshape(2, 1, 3);
    INDArray mask = Nd4j.createFromArray(1f, 1f, 0f, 1f, 0f, 0f).reshape(2, 3);
    INDArray labels = Chain.classes(DataType.FLOAT, random, 2, 3);

    Chain.compute(ours, Chain.batch(ids, mask, labels, null));

    assertThat(((RowSparse) ours.getLayer("0")).touchedRows()).containsExactly(1, 2, 3);
    INDArray vectors = ours.feedForward(new INDArray[] {ids}, false, true).get("0");
    assertThat(TimeMajor.is(vectors)).isTrue();
    assertThat(vectors.getDouble(0, 0, 2)).isZero();
    assertThat(vectors.getDouble(1, WIDTH - 1, 1)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"11, 11.0", "-1, -1.0", "2.5, 2.5", "NaN, NaN"})
  void refusesAnIdThatIsNoRow(float id, String shown) {
    ComputationGraph ours = network(DataType.FLOAT, ours().build());
    INDArray ids = Nd4j.createFromArray(1f, 2f, id, 3f).reshape(2, 1, 2);
    assertThatThrownBy(() -> ours.output(ids))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "word id %s at step 0 of example 1 of the batch: ids are whole numbers from 0 to 10",
            shown);
  }

  @Test
  void frozenTableHasNoGradient() {
    ComputationGraph ours = network(DataType.FLOAT, ours().frozen(true).build());
    Chain.compute(ours, batch(DataType.FLOAT, 2, 3, null));
    assertThat(((RowSparse) ours.getLayer("0")).touchedRows()).isEmpty();
    assertThat(Chain.gradient(ours, "0_W").amaxNumber().doubleValue()).isZero();
    assertThat(Chain.gradient(ours, "2_W").amaxNumber().doubleValue()).isPositive();
  }

  @Test
  void vectorsCanBeSet() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      ComputationGraph ours = network(type, ours().build());
      WordEmbeddingLayer layer = (WordEmbeddingLayer) ours.getLayer("0");
      layer.setVector(10, new float[] {1, 2, 3, 4, 5});
      assertThat(layer.getParam("W").getRow(10).toFloatVector()).containsExactly(1, 2, 3, 4, 5);
      assertThatThrownBy(() -> layer.setVector(11, new float[WIDTH]))
          .hasMessage("row 11 of 5 numbers does not fit a table [11, 5]");
      assertThatThrownBy(() -> layer.setVector(0, new float[2])).hasMessageContaining("row 0 of 2");
    }
  }

  @Test
  void survivesSavingAndSettingParameters() throws IOException {
    ComputationGraph ours = network(DataType.FLOAT, ours().frozen(true).build());
    ComputationGraph loaded = Chain.saveAndLoad(ours);
    INDArray ids = Chain.ids(DataType.FLOAT, random, 3, 4, WORDS);
    assertThat(loaded.output(ids)[0]).isEqualTo(ours.output(ids)[0]);
    assertThat(loaded.getConfiguration()).isEqualTo(ours.getConfiguration());
    assertThat(((WordEmbedding) loaded.getLayer("0").conf().getLayer()).isFrozen()).isTrue();

    INDArray flat = ours.getLayer("0").params().dup();
    loaded.getLayer("0").params().assign(0);
    loaded.getLayer("0").setParams(flat);
    assertThat(loaded.getLayer("0").getParam("W")).isEqualTo(ours.getLayer("0").getParam("W"));
  }

  @Test
  void startsWithVectorsOfUnitLength() {
    ComputationGraph ours = network(DataType.FLOAT, ours().nIn(4000).build());
    INDArray table = ours.getLayer("0").getParam("W");
    double squares = table.mul(table).sumNumber().doubleValue() / 4000;
    assertThat(squares).isBetween(0.97, 1.03);
  }

  @Test
  void refusesDropoutOnIds() {
    assertThatThrownBy(() -> network(DataType.FLOAT, ours().dropOut(new Dropout(0.5)).build()))
        .hasMessageContaining("dropout makes no sense on word ids");
  }

  private static WordEmbedding.Builder ours() {
    return new WordEmbedding.Builder().nIn(WORDS).nOut(WIDTH);
  }

  private static Layer stock() {
    return new EmbeddingSequenceLayer.Builder().nIn(WORDS).nOut(WIDTH).build();
  }

  private static ComputationGraph network(DataType type, Layer embedding) {
    // Given an input type the stock layer takes its size, 1, for that of the vocabulary.
    InputType input = embedding instanceof WordEmbedding ? InputType.recurrent(1) : null;
    return Chain.of(
        type,
        input,
        embedding,
        new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
        new OutputLayer.Builder().nIn(WIDTH).nOut(3).build());
  }

  private static void copyParameters(ComputationGraph from, ComputationGraph to) {
    from.paramTable().forEach((name, value) -> to.getParam(name).assign(value));
  }

  private MultiDataSet batch(DataType type, int batch, int time, INDArray mask) {
    return Chain.batch(
        Chain.ids(type, random, batch, time, WORDS),
        mask,
        Chain.classes(type, random, batch, 3),
        null);
  }
}
