package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Networks.Batch;
import dev.unroll.layers.Networks.Result;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

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

  static void compare(
      List<Layer> ours, List<Layer> stock, int batch, int inputs, int time, String mask) {
    Random random = new Random(batch + 31L * inputs + 7L * time + mask.hashCode());
    MultiLayerNetwork expected = Networks.of(DataType.FLOAT, inputs, stock);
    MultiLayerNetwork actual = Networks.of(DataType.FLOAT, inputs, ours);
    assertThat(actual.params()).as("same seed, same parameters").isEqualTo(expected.params());
    assertThat(actual.paramTable().keySet()).isEqualTo(expected.paramTable().keySet());

    Batch data =
        Batch.random(
            DataType.FLOAT, batch, inputs, time, Networks.mask(mask, batch, time, random), random);
    Result.of(actual, data).assertEquals(Result.of(expected, data), TOLERANCE, mask);
  }
}
