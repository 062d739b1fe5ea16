package dev.unroll.layers;

import dev.unroll.layers.Networks.Batch;
import dev.unroll.layers.Networks.Result;
import dev.unroll.layers.kernel.Kernels;
import dev.unroll.layers.kernel.reference.ReferenceKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Every kernel against the textbook's equations, over random shapes and masks. */
class KernelAgreementTest {
  @AfterEach
  void fastestAgain() {
    Kernels.use(null);
  }

  static List<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    Random random = new Random(7);
    for (String cell : List.of("lstm", "gru", "gru reset after", "rnn")) {
      for (String mask : List.of("none", "trailing", "leading", "holes", "empty row")) {
        cases.add(
            Arguments.of(
                cell,
                random.nextInt(3) == 1 ? 1 : 0,
                mask,
                2 + random.nextInt(20),
                1 + random.nextInt(20),
                1 + random.nextInt(40),
                1 + random.nextInt(24)));
      }
      cases.add(Arguments.of(cell, 0, "none", 1, 3, 5, 1));
      // Enough steps and rows for weights to be rearranged first.
      cases.add(Arguments.of(cell, 0, "trailing", 24, 9, 41, 20));
      cases.add(Arguments.of(cell, 1, "none", 1, 17, 16, 33));
      // Units enough for a kernel to compute in another way.
      cases.add(Arguments.of(cell, 0, "holes", 6, 7, 512, 3));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void allComputeTheTextbooksEquations(
      String cell, int way, String mask, int batch, int inputs, int hidden, int time) {
    List<Recurrent> layers = List.of(layer(cell, way, hidden), layer(cell, way, 3));
    Random random = new Random(batch * 31L + time);
    Batch data =
        Batch.random(
            DataType.FLOAT, batch, inputs, time, Networks.mask(mask, batch, time, random), random);

    Kernels.use(ReferenceKernel.NAME);
    MultiLayerNetwork reference = Networks.of(DataType.FLOAT, inputs, layers);
    // Biases begin at zero, where a mistake in them would not show.
    reference.params().addi(Nd4j.rand(reference.params().shape()).subi(0.5).muli(0.2));
    Result expected = Result.of(reference, data);

    for (String kernel : Networks.kernels()) {
      if (!kernel.equals(ReferenceKernel.NAME)) {
        Kernels.use(kernel);
        MultiLayerNetwork network = Networks.of(DataType.FLOAT, inputs, layers);
        network.setParams(reference.params());
        Result.of(network, data)
            .assertEquals(expected, Networks.tolerance(kernel), kernel + " " + cell);
      }
    }
  }

  /** A layer in one direction, or in two if {@code way} is 1. */
  static Recurrent layer(String cell, int way, int hidden) {
    Recurrent layer =
        switch (cell) {
          case "lstm" -> new Lstm.Builder().nOut(hidden).build();
          case "gru" -> new Gru.Builder().nOut(hidden).build();
          case "gru reset after" -> new Gru.Builder().nOut(hidden).resetAfter(true).build();
          case "rnn" -> new SimpleRnn.Builder().nOut(hidden).build();
          default -> throw new IllegalArgumentException(cell);
        };
    return switch (way) {
      case 0 -> layer;
      case 1 -> new Bidirectional(layer);
      default -> throw new IllegalArgumentException("" + way);
    };
  }
}
