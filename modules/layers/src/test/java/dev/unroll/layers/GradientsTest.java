package dev.unroll.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Networks.Batch;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The derivatives of every layer against finite differences, in double precision. */
class GradientsTest {

  @BeforeEach
  void doubles() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterEach
  void floats() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest
  @CsvSource({
    "lstm, 0, none",
    "lstm, 0, holes",
    "lstm, 1, leading",
    "gru, 0, none",
    "gru, 0, trailing",
    "gru, 1, holes",
    "gru reset after, 0, holes",
    "gru reset after, 1, none",
    "rnn, 0, holes",
    "rnn, 1, empty row",
    "rnn, 1, none",
    "lstm, 1, trailing"
  })
  void areThoseOfTheLoss(String cell, int way, String kind) {
    Random random = new Random(5);
    int batch = 3;
    int inputs = 2;
    int time = 4;
    INDArray mask = Networks.mask(kind, batch, time, random);
    MultiLayerNetwork network =
        Networks.of(
            DataType.DOUBLE,
            inputs,
            List.of(
                KernelAgreementTest.layer(cell, way, 3), KernelAgreementTest.layer(cell, 0, 2)));
    Batch data = Batch.random(DataType.DOUBLE, batch, inputs, time, mask, random);

    boolean right =
        GradientCheckUtil.checkGradients(
            new GradientCheckUtil.MLNConfig()
                .net(network)
                .input(data.x())
                .labels(data.y())
                .inputMask(data.mask())
                .labelMask(data.mask())
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-8)
                .exitOnFirstError(false));

    assertThat(right).isTrue();
  }
}
