package dev.unroll.training.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.cuda.Arithmetic;
import dev.unroll.layers.dropout.SequenceDropout;
import dev.unroll.training.HostStep;
import dev.unroll.training.Networks;
import dev.unroll.training.Optimizer;
import dev.unroll.training.OptimizerConfig;
import dev.unroll.training.TrainingStep;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A device that is wrong is found out in the first step, which is then as if it had not been. */
class CheckedStepTest {
  private final GpuDouble gpu = new GpuDouble();

  private static ComputationGraph network() {
    return Networks.of(
        Networks.seeded(5)
            .graphBuilder()
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTForwardLength(3)
            .tBPTTBackwardLength(3)
            .addInputs("symbols")
            .setInputTypes(InputType.recurrent(1))
            .addLayer("embedding", new WordEmbedding.Builder().nIn(5).nOut(3).build(), "symbols")
            .addLayer(
                "recurrent",
                new Lstm.Builder().nOut(4).dropOut(new SequenceDropout(0.5, 2)).build(),
                "embedding")
            .addLayer("output", new SequenceSoftmax.Builder().nOut(5).build(), "recurrent")
            .setOutputs("output")
            .build());
  }

  private static MultiDataSet window(int... ids) {
    INDArray array = Nd4j.createFromArray(ids).castTo(DataType.FLOAT).reshape(2, 1, 3);
    return new MultiDataSet(new INDArray[] {array}, new INDArray[] {array.dup()});
  }

  private float[] train(ComputationGraph network, boolean device) {
    Optimizer optimizer = new Optimizer(network, OptimizerConfig.adam());
    try (TrainingStep steps =
        device
            ? new CheckedStep(
                new DeviceStep(gpu, network, optimizer), network, optimizer, Arithmetic.FLOAT)
            : new HostStep(network, optimizer)) {
      steps.forget();
      steps.step(window(0, 1, 2, 3, 4, 0), 0.1, 2, layer -> 1);
      steps.step(window(3, 1, 3, 3, 2, 2), 0.1, 2, layer -> 1);
      steps.updateNetwork();
      assertThat(optimizer.steps()).isEqualTo(2);
      return network.params().dup().data().asFloat();
    }
  }

  @Test
  void aWrongDeviceTrainsNothing() {
    gpu.error = 0.1;
    assertThat(train(network(), true)).containsExactly(train(network(), false));
  }

  @Test
  void aRightDeviceTrains() {
    float[] expected = train(network(), false);
    float[] actual = train(network(), true);

    assertThat(actual).isNotEqualTo(expected); // the last bits tell who trained
    assertThat(actual).containsExactly(expected, within(1e-3f));
  }
}
