package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Networks.Batch;
import dev.unroll.layers.Networks.Result;
import dev.unroll.layers.kernel.Run;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Our layers against Deeplearning4j's own, whose parameters they take as they are. */
class StockLayersTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "1, 3, 4, 1, none",
    "1, 3, 4, 7, none",
    "5, 7, 6, 9, none",
    "33, 4, 5, 6, none",
    "5, 7, 6, 9, trailing",
    "4, 3, 5, 6, empty row"
  })
  void lstm(int batch, int inputs, int hidden, int time, String mask) {
    compare(
        List.of(new Lstm.Builder().nOut(hidden).build(), new Lstm.Builder().nOut(3).build()),
        List.of(new LSTM.Builder().nOut(hidden).build(), new LSTM.Builder().nOut(3).build()),
        batch,
        inputs,
        time,
        mask);
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 4, 1, none", "5, 7, 6, 9, none", "5, 7, 6, 9, trailing"})
  void simpleRnn(int batch, int inputs, int hidden, int time, String mask) {
    compare(
        List.of(new SimpleRnn.Builder().nOut(hidden).build()),
        List.of(
            new org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn.Builder()
                .nOut(hidden)
                .build()),
        batch,
        inputs,
        time,
        mask);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 1})
  void bidirectional(int batch) {
    var sideBySide = org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional.Mode.CONCAT;
    compare(
        List.of(
            new Bidirectional(new Lstm.Builder().nOut(6).build()),
            new Bidirectional(new Lstm.Builder().nOut(4).build())),
        List.of(
            new org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional(
                sideBySide, new LSTM.Builder().nOut(6).build()),
            new org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional(
                sideBySide, new LSTM.Builder().nOut(4).build())),
        batch,
        7,
        9,
        "none");
  }

  /**
   * Deeplearning4j's LSTM reads through masked steps, in one direction and in two, so it cannot
   * judge padding and holes in a batch; but it can judge each stretch of valid steps by itself.
   */
  @ParameterizedTest
  @CsvSource({"leading, false", "holes, false", "trailing, false", "holes, true", "trailing, true"})
  void eachStretchOfValidStepsIsASequenceOfItsOwn(String kind, boolean bidirectional) {
    int inputs = 5;
    int time = 11;
    Random random = new Random(3);
    INDArray mask = Networks.mask(kind, 6, time, random);
    Batch data = Batch.random(DataType.FLOAT, 6, inputs, time, mask, random);
    Recurrent lstm = new Lstm.Builder().nOut(4).build();
    Layer stockLstm = new LSTM.Builder().nOut(4).build();
    MultiLayerNetwork ours =
        Networks.of(
            DataType.FLOAT, inputs, List.of(bidirectional ? new Bidirectional(lstm) : lstm));
    MultiLayerNetwork stock =
        Networks.of(
            DataType.FLOAT,
            inputs,
            List.of(
                bidirectional
                    ? new org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional(stockLstm)
                    : stockLstm));
    stock.setParams(ours.params());
    INDArray out = ours.feedForwardToLayer(0, masked(ours, data), false).get(1);

    for (Run run : Run.of(mask.dup('c').data().asFloat(), 6, time)) {
      INDArrayIndex row = NDArrayIndex.interval(run.example(), run.example() + 1);
      INDArrayIndex steps = NDArrayIndex.interval(run.start(), run.end());
      INDArray alone =
          stock
              .feedForwardToLayer(0, data.x().get(row, NDArrayIndex.all(), steps).dup(), false)
              .get(1);
      Networks.assertEquals(
          out.get(row, NDArrayIndex.all(), steps), alone, TOLERANCE, kind + " " + run);
    }
    INDArray padding = out.mul(mask.rsub(1).reshape(6, 1, time));
    assertThat(padding.amaxNumber().doubleValue()).as("output at masked steps").isZero();
  }

  private static INDArray masked(MultiLayerNetwork network, Batch data) {
    network.setInput(data.x());
    network.setLayerMaskArrays(data.mask(), null);
    return data.x();
  }

  static void compare(
      List<Layer> ours, List<Layer> stock, int batch, int inputs, int time, String mask) {
    Random random = new Random(batch + 31L * inputs + 7L * time + mask.hashCode());
    MultiLayerNetwork expected = Networks.of(DataType.FLOAT, inputs, stock);
    MultiLayerNetwork actual = Networks.of(DataType.FLOAT, inputs, ours);
    if (ours.get(0) instanceof Bidirectional) {
      // Deeplearning4j draws the parameters of its own twice.
      actual.setParams(expected.params());
    }
    assertThat(actual.params()).as("same seed, same parameters").isEqualTo(expected.params());
    assertThat(actual.paramTable().keySet()).isEqualTo(expected.paramTable().keySet());

    Batch data =
        Batch.random(
            DataType.FLOAT, batch, inputs, time, Networks.mask(mask, batch, time, random), random);
    Result.of(actual, data).assertEquals(Result.of(expected, data), TOLERANCE, mask);
  }
}
