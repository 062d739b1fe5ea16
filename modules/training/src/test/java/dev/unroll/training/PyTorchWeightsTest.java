package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.UserError;
import dev.unroll.data.tensors.Tensor;
import dev.unroll.data.tensors.TensorFile;
import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Gru;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceProjection;
import dev.unroll.layers.SimpleRnn;
import dev.unroll.layers.WordEmbedding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Against what PyTorch computed with the same weights; see {@code pytorch/make.py}. */
class PyTorchWeightsTest {
  private static final int HIDDEN = 4;

  @TempDir private Path folder;

  private TensorFile open(String name) throws IOException {
    try (InputStream in = PyTorchWeightsTest.class.getResourceAsStream("/pytorch/" + name)) {
      return TensorFile.open(Files.write(folder.resolve(name), in.readAllBytes()));
    }
  }

  /** An embedding of 7 symbols, recurrent layers, and 5 logits. */
  private static ComputationGraph network(Layer... layers) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.recurrent(1))
            .addLayer("encoder", new WordEmbedding.Builder().nIn(7).nOut(3).build(), "in");
    String below = "encoder";
    for (int i = 0; i < layers.length; i++) {
      graph.addLayer("rnn" + i, layers[i], below);
      below = "rnn" + i;
    }
    return Networks.of(
        graph
            .addLayer("decoder", new SequenceProjection.Builder().nOut(5).build(), below)
            .setOutputs("decoder")
            .build());
  }

  private static void fill(ComputationGraph network, TensorFile file, int levels) {
    PyTorchWeights weights = new PyTorchWeights(file);
    weights.embedding(network.getLayer("encoder"), "encoder");
    for (int i = 0; i < levels; i++) {
      weights.recurrent(network.getLayer("rnn" + i), "rnn", i);
    }
    weights.linear(network.getLayer("decoder"), "decoder");
  }

  private void assertSameAnswers(String name, Layer... layers) throws IOException {
    ComputationGraph network = network(layers);
    try (TensorFile file = open(name)) {
      fill(network, file, layers.length);
      Tensor x = file.read("x");
      int time = x.shape().get(0);
      int batch = x.shape().get(1);
      INDArray ids = Nd4j.createFromArray(x.values()).reshape('c', time, batch);
      INDArray out = network.output(ids.transpose().dup('c').reshape(batch, 1, time))[0];
      float[] ours = out.permute(2, 0, 1).dup('c').data().asFloat();
      float[] theirs = file.read("y").values();
      assertThat(ours).hasSameSizeAs(theirs);
      for (int i = 0; i < ours.length; i++) {
        assertThat(ours[i]).as("%s, value %d", name, i).isCloseTo(theirs[i], within(1e-5f));
      }
    }
  }

  @Test
  void networksComputeWhatPyTorchComputes() throws IOException {
    assertSameAnswers(
        "lstm.safetensors",
        new Bidirectional(new Lstm.Builder().nOut(HIDDEN).build()),
        new Bidirectional(new Lstm.Builder().nOut(HIDDEN).build()));
    assertSameAnswers(
        "gru.npz",
        new Gru.Builder().nOut(HIDDEN).resetAfter(true).build(),
        new Gru.Builder().nOut(HIDDEN).resetAfter(true).build());
    assertSameAnswers("rnn.safetensors", new SimpleRnn.Builder().nOut(HIDDEN).build());
  }

  private void assertRefused(String message, String name, Layer layer) throws IOException {
    ComputationGraph network = network(layer);
    try (TensorFile file = open(name)) {
      assertThatThrownBy(() -> fill(network, file, 1))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void whatCannotBeExchangedIsRefused() throws IOException {
    assertRefused(
        "nn.GRU resets after the product, and the layer before it",
        "gru.npz",
        new Gru.Builder().nOut(HIDDEN).build());
    assertRefused(
        "'rnn' reads both ways, and the layer one",
        "lstm.safetensors",
        new Lstm.Builder().nOut(HIDDEN).build());
    assertRefused(
        "no array 'rnn.weight_ih_l0_reverse' in it",
        "gru.npz",
        new Bidirectional(new Gru.Builder().nOut(HIDDEN).resetAfter(true).build()));
    assertRefused(
        "array 'rnn.weight_ih_l0' is [4, 3], and the layer takes [16, 3]",
        "rnn.safetensors",
        new Lstm.Builder().nOut(HIDDEN).build());
    assertRefused(
        "array 'rnn.weight_ih_l0' is [12, 3], and the layer takes [15, 3]",
        "gru.npz",
        new Gru.Builder().nOut(5).resetAfter(true).build());
  }
}
