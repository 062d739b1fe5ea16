package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.layers.Gru;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceSoftmax;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class CarriedStateTest {
  private static ComputationGraph network(BackpropType type) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .backpropType(type)
                .tBPTTForwardLength(4)
                .tBPTTBackwardLength(4)
                .addInputs("x")
                .setInputTypes(InputType.recurrent(2))
                .addLayer("lstm", new Lstm.Builder().nOut(5).build(), "x")
                .addLayer("gru", new Gru.Builder().nOut(4).build(), "lstm")
                .addLayer("output", new SequenceSoftmax.Builder().nOut(3).build(), "gru")
                .setOutputs("output")
                .build());
    network.init();
    return network;
  }

  private static MultiDataSet batch(long seed) {
    Nd4j.getRandom().setSeed(seed);
    INDArray features = Nd4j.randn(2, 2, 4);
    INDArray labels = Nd4j.rand(2, 1, 4).muli(2.99).castTo(DataType.INT32).castTo(DataType.FLOAT);
    return new MultiDataSet(features, labels);
  }

  private static byte[] written(ComputationGraph network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CarriedState.write(network, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void aNetworkGoesOnFromTheStateThatAnotherWasIn() throws IOException {
    ComputationGraph first = network(BackpropType.TruncatedBPTT);
    GradientStep.compute(first, batch(1));
    ComputationGraph second = network(BackpropType.TruncatedBPTT);
    CarriedState.read(second, new DataInputStream(new ByteArrayInputStream(written(first))));
    ComputationGraph cold = network(BackpropType.TruncatedBPTT);

    double expected = GradientStep.compute(first, batch(2));
    assertThat(GradientStep.compute(second, batch(2))).isEqualTo(expected);
    assertThat(second.getFlattenedGradients()).isEqualTo(first.getFlattenedGradients());
    assertThat(written(second)).isEqualTo(written(first));
    assertThat(GradientStep.compute(cold, batch(2))).isNotEqualTo(expected);
  }

  @Test
  void withoutTruncationNothingIsCarried() throws IOException {
    ComputationGraph network = network(BackpropType.Standard);
    byte[] before = written(network);
    GradientStep.compute(network, batch(1));
    assertThat(written(network)).isEqualTo(before);
  }
}
