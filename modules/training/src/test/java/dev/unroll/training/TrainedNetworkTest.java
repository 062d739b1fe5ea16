package dev.unroll.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.data.UserError;
import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.forward.ParameterTable;
import dev.unroll.layers.forward.Steps;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

class TrainedNetworkTest {
  /** Two branches, the longer one named first: the flat vector has them in another order. */
  private static ComputationGraphConfiguration configuration(long seed) {
    return graph(seed).setOutputs("output").build();
  }

  private static ComputationGraphConfiguration.GraphBuilder graph(long seed) {
    return Networks.seeded(seed)
        .graphBuilder()
        .addInputs("words", "tags")
        .setInputTypes(InputType.recurrent(1), InputType.recurrent(1))
        .addLayer("word", new WordEmbedding.Builder().nIn(5).nOut(3).build(), "words")
        .addLayer("reader", new Bidirectional(new Lstm.Builder().nOut(2).build()), "word")
        .addLayer("tag", new WordEmbedding.Builder().nIn(4).nOut(2).build(), "tags")
        .addVertex("both", new MergeVertex(), "reader", "tag")
        .addLayer("top", new Lstm.Builder().nOut(4).build(), "both")
        .addLayer("output", new SequenceSoftmax.Builder().nOut(3).build(), "top");
  }

  private static float[] answer(TrainedNetwork network, int batch) {
    int[] lengths = new int[batch];
    java.util.Arrays.fill(lengths, 4);
    Steps words = Steps.of(lengths, 1, (b, t, f) -> (b + t) % 5);
    Steps tags = Steps.of(lengths, 1, (b, t, f) -> (b * t) % 4);
    return network.with(forward -> forward.read(List.of(words, tags)).toArray());
  }

  private static byte[] written(TrainedNetwork network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    network.write(out);
    return out.toByteArray();
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    ComputationGraph graph = Networks.of(configuration(7));
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    Parameters.write(ParameterTable.of(graph), expected);
    for (byte[] bytes : List.of(expected.toByteArray(), written(TrainedNetwork.of(graph)))) {
      TrainedNetwork read =
          TrainedNetwork.read(configuration(8), new ByteArrayInputStream(bytes), "a file");
      assertThat(answer(read, 3)).isEqualTo(answer(TrainedNetwork.of(graph), 3));
      assertThat(read.graph().params()).isEqualTo(graph.params());
      assertThat(read.graph()).isSameAs(read.graph());
      ComputationGraph again = Networks.of(configuration(9));
      Parameters.read(ParameterTable.of(again), new ByteArrayInputStream(written(read)), "a file");
      assertThat(again.params()).isEqualTo(graph.params());
    }
  }

  @Test
  void aSeedGivesTheSameNetworkWhateverWasDrawnBefore() {
    ComputationGraph first = Networks.of(configuration(7));
    ComputationGraphConfiguration later = configuration(7);
    Networks.of(configuration(8));
    assertThat(Networks.of(later).params()).isEqualTo(first.params());
    assertThat(Networks.of(configuration(0)).params())
        .isEqualTo(Networks.of(configuration(0)).params())
        .isNotEqualTo(first.params());
  }

  @Test
  void whileTrainingTheParametersAreThoseOfNow() {
    ComputationGraph graph = Networks.of(configuration(7));
    var watched = TrainedNetwork.whileTraining();
    for (int epoch = 0; epoch < 3; epoch++) {
      for (int batch : new int[] {1, 40}) { // a single row is computed in another way
        TrainedNetwork now = watched.apply(graph);
        assertThat(answer(now, batch)).isEqualTo(answer(TrainedNetwork.of(graph), batch));
        assertThat(watched.apply(graph)).isSameAs(now);
      }
      graph.params().addi(0.1 * (epoch + 1));
    }
    assertThat(answer(watched.apply(graph), 1))
        .isNotEqualTo(answer(TrainedNetwork.of(Networks.of(configuration(7))), 1));
  }

  /** With an output that only helps to train, which is read before the layer that is kept. */
  @Test
  void ofANetworkInTrainingAPartIsKept() throws IOException {
    ComputationGraph trained =
        Networks.of(
            graph(8)
                .addLayer("helper", new SequenceSoftmax.Builder().nOut(9).build(), "both")
                .setOutputs("helper", "output")
                .build());
    ComputationGraph alone = Networks.of(configuration(7));
    var watched = TrainedNetwork.whileTraining(configuration(7));
    for (int epoch = 0; epoch < 2; epoch++) {
      trained.params().addi(0.1 * (epoch + 1));
      alone.paramTable().forEach((name, values) -> values.assign(trained.getParam(name)));
      for (TrainedNetwork part :
          List.of(watched.apply(trained), TrainedNetwork.part(trained, configuration(7)))) {
        assertThat(answer(part, 2)).isEqualTo(answer(TrainedNetwork.of(alone), 2));
        assertThat(written(part)).isEqualTo(written(TrainedNetwork.of(alone)));
      }
    }
    assertThat(watched.apply(trained)).isSameAs(watched.apply(trained));
    assertThatThrownBy(() -> TrainedNetwork.part(alone, trained.getConfiguration()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyThreadsGetTheAnswersOfOne() throws Exception {
    TrainedNetwork network = TrainedNetwork.of(Networks.of(configuration(7)));
    float[] alone = answer(network, 1);
    float[] several = answer(network, 5);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<?>> results = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean one = i % 2 == 0;
      results.add(
          threads.submit(
              () -> assertThat(answer(network, one ? 1 : 5)).isEqualTo(one ? alone : several)));
    }
    for (Future<?> result : results) {
      result.get();
    }
    threads.shutdown();
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() throws IOException {
    byte[] bytes = written(TrainedNetwork.of(Networks.of(configuration(7))));
    bytes[7] = 'x'; // in the first name
    assertThatThrownBy(
            () -> TrainedNetwork.read(configuration(7), new ByteArrayInputStream(bytes), "a file"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a file")
        .hasMessageContaining("does not fit the network");
  }
}
