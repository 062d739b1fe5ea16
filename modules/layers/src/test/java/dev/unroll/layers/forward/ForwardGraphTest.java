package dev.unroll.layers.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Gru;
import dev.unroll.layers.InitialState;
import dev.unroll.layers.LastState;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceProjection;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.characters.CharacterConvolution;
import dev.unroll.layers.convolution.SequenceConvolution;
import dev.unroll.layers.convolution.Unstacking;
import dev.unroll.layers.crf.Crf;
import dev.unroll.layers.crf.CrfForward;
import dev.unroll.layers.crf.CrfLattice;
import dev.unroll.layers.crf.CrfLayer;
import dev.unroll.layers.pooling.RowsToSequences;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks with more than a stack of layers, held against {@link ComputationGraph#output}. */
class ForwardGraphTest {
  private static final int LABELS = 3;
  private static final int[] LENGTHS = {4, 7, 0, 7, 1};
  private static final int TIME = 7;
  private static final int LONGEST = 5;

  private static GraphBuilder builder() {
    return new NeuralNetConfiguration.Builder().seed(3).graphBuilder();
  }

  /** Words, their characters read by a convolution, and what is known of them besides. */
  private static ComputationGraphConfiguration tagger(Layer output) {
    return builder()
        .addInputs("words", "characters", "known")
        .setInputTypes(InputType.recurrent(1), InputType.recurrent(1), InputType.recurrent(2))
        .addLayer("embedding", new WordEmbedding.Builder().nIn(9).nOut(3).build(), "words")
        .addLayer(
            "spelling",
            new CharacterConvolution.Builder().nIn(8).nOut(4).dimensions(2).build(),
            "characters")
        .addLayer("context", new SequenceProjection.Builder().nOut(2).ofData().build(), "known")
        .addVertex("features", new MergeVertex(), "embedding", "spelling", "context")
        .addLayer("recurrent", new Bidirectional(new Lstm.Builder().nOut(4).build()), "features")
        .addLayer("output", output, "recurrent")
        .setOutputs("output")
        .build();
  }

  /** Several steps are read as one, and parted again. */
  private static ComputationGraphConfiguration strided(Layer output) {
    return builder()
        .addInputs("steps")
        .setInputTypes(InputType.recurrent(2))
        .addLayer(
            "convolution",
            new SequenceConvolution.Builder().nOut(4).window(5).stride(3).build(),
            "steps")
        .addLayer("recurrent", new Bidirectional(new Lstm.Builder().nOut(3).build()), "convolution")
        .addLayer("parts", new SequenceProjection.Builder().nOut(3 * 4).build(), "recurrent")
        .addVertex("fine", new Unstacking(3), "parts", "steps")
        .addLayer("output", output, "fine")
        .setOutputs("output")
        .build();
  }

  private static final class Both {
    private final ComputationGraph graph;
    private final ForwardNetwork network;
    private final List<INDArray> arrays = new ArrayList<>();
    private final List<INDArray> masks = new ArrayList<>();
    private final List<Steps> steps = new ArrayList<>();
    private final Random random = new Random(1);

    Both(ComputationGraphConfiguration configuration) {
      graph = new ComputationGraph(configuration);
      graph.init();
      Random values = new Random(2);
      graph
          .params()
          .assign(
              Nd4j.createFromArray(values.doubles(graph.numParams()).map(v -> v - 0.5).toArray()));
      assertThat(ParameterTable.shapes(configuration).keySet())
          .hasSameElementsAs(graph.paramTable().keySet());
      network = ForwardNetwork.of(configuration, ParameterTable.of(graph));
    }

    /** Another input: whole numbers below a bound, or any. */
    Both read(int[] lengths, int time, int width, int below) {
      INDArray array = Nd4j.zeros(lengths.length, width, time);
      INDArray mask = Nd4j.zeros(lengths.length, time);
      for (int b = 0; b < lengths.length; b++) {
        for (int t = 0; t < lengths[b]; t++) {
          mask.putScalar(b, t, 1);
          for (int f = 0; f < width; f++) {
            array.putScalar(b, f, t, below > 0 ? 1 + random.nextInt(below) : random.nextGaussian());
          }
        }
      }
      arrays.add(array);
      masks.add(mask);
      steps.add(Steps.of(lengths, width, (b, t, f) -> array.getFloat(b, f, t)));
      return this;
    }

    INDArray expected() {
      return graph
          .output(false, arrays.toArray(INDArray[]::new), masks.toArray(INDArray[]::new), null)[0];
    }

    void agreeOnProbabilities() {
      INDArray expected = expected();
      Steps actual = network.read(steps);
      float[] values = actual.toArray();
      assertThat(actual.width()).isEqualTo(LABELS);
      for (int b = 0; b < LENGTHS.length; b++) {
        for (int t = 0; t < LENGTHS[b]; t++) {
          for (int label = 0; label < LABELS; label++) {
            assertThat(values[(t * LENGTHS.length + b) * LABELS + label])
                .isCloseTo(expected.getFloat(b, label, t), within(2e-6f));
          }
        }
      }
    }

    void agreeOnLattices() {
      expected();
      List<CrfLattice> expected = ((CrfLayer) graph.getOutputLayer(0)).lattices();
      CrfForward last = (CrfForward) network.last();
      List<CrfLattice> actual = last.lattices(network.read(steps));
      assertThat(actual).hasSameSizeAs(expected);
      for (int b = 0; b < LENGTHS.length; b++) {
        assertThat(actual.get(b).bestPath()).isEqualTo(expected.get(b).bestPath());
        assertThat(actual.get(b).bestPath()).hasSize(LENGTHS[b]);
        assertThat(actual.get(b).logPartition())
            .isCloseTo(expected.get(b).logPartition(), within(1e-5));
      }
    }
  }

  private static Both tagging(Layer output) {
    return new Both(tagger(output))
        .read(LENGTHS, TIME, 1, 8)
        .read(LENGTHS, TIME, LONGEST, 7)
        .read(LENGTHS, TIME, 2, 0);
  }

  @Test
  void probabilitiesOfStepsAreThoseOfTheGraph() {
    tagging(new SequenceSoftmax.Builder().nOut(LABELS).build()).agreeOnProbabilities();
    new Both(strided(new SequenceSoftmax.Builder().nOut(LABELS).build()))
        .read(LENGTHS, TIME, 2, 0)
        .agreeOnProbabilities();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void latticesAreThoseOfTheGraph(boolean hybrid) {
    Crf crf = new Crf.Builder().nOut(LABELS).hybrid(hybrid).build();
    tagging(crf).agreeOnLattices();
    new Both(strided(crf)).read(LENGTHS, TIME, 2, 0).agreeOnLattices();
  }

  /** The encoder of a translator, of which nothing above is computed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLastStatesAreThoseOfTheGraph(boolean memory) {
    Both both =
        new Both(
                builder()
                    .addInputs("words", "targets")
                    .setInputTypes(InputType.recurrent(1), InputType.recurrent(2))
                    .addLayer("word", new WordEmbedding.Builder().nIn(9).nOut(3).build(), "words")
                    .addLayer(
                        "encoder", new Bidirectional(new Lstm.Builder().nOut(3).build()), "word")
                    .addVertex(
                        "state",
                        memory ? LastState.hiddenAndMemory() : LastState.hidden(),
                        "encoder")
                    .addLayer(
                        "bridge",
                        new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build(),
                        "state")
                    .addVertex("begin", new InitialState(), "targets", "bridge")
                    .addLayer("decoder", new Gru.Builder().nOut(4).build(), "begin")
                    .addLayer(
                        "output", new SequenceSoftmax.Builder().nOut(LABELS).build(), "decoder")
                    .setOutputs("output")
                    .build())
            .read(LENGTHS, TIME, 1, 8)
            .read(LENGTHS, TIME, 2, 0);
    both.graph.setLayerMaskArrays(both.masks.toArray(INDArray[]::new), null);
    INDArray expected =
        both.graph.feedForward(both.arrays.toArray(INDArray[]::new), false, true).get("bridge");
    Steps bridge = both.network.read(both.steps, List.of("bridge")).get(0);
    float[] values = bridge.toArray();
    assertThat(bridge.batch()).isEqualTo(LENGTHS.length);
    assertThat(values).hasSize(LENGTHS.length * 4);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(expected.getFloat(i / 4, i % 4), within(2e-6f));
    }
    assertThatThrownBy(() -> both.network.read(both.steps))
        .hasMessage("there is no forward pass alone for \"begin\" (InitialState)");
  }

  @Test
  void readsTheCharactersOfEachWordAlone() {
    ComputationGraphConfiguration configuration =
        builder()
            .addInputs("words", "characters")
            .setInputTypes(InputType.recurrent(1), InputType.recurrent(1))
            .addLayer("character", new WordEmbedding.Builder().nIn(8).nOut(2).build(), "characters")
            .addLayer("reader", new Bidirectional(new Lstm.Builder().nOut(3).build()), "character")
            .addLayer(
                "ends", new SequencePooling.Builder(Summary.LAST, Summary.FIRST).build(), "reader")
            .addVertex("forward", new SubsetVertex(0, 2), "ends")
            .addVertex("backward", new SubsetVertex(9, 11), "ends")
            .addVertex("word", new MergeVertex(), "forward", "backward")
            .addVertex("spelling", new RowsToSequences(), "word", "words")
            .addLayer("output", new SequenceSoftmax.Builder().nOut(LABELS).build(), "spelling")
            .setOutputs("output")
            .build();
    int[] words = new int[LENGTHS.length * TIME]; // a row each, step after step
    for (int i = 0; i < words.length; i++) {
      boolean isThere = i / LENGTHS.length < LENGTHS[i % LENGTHS.length];
      words[i] = isThere ? 1 + i % LONGEST : 0;
    }
    new Both(configuration)
        .read(LENGTHS, TIME, 1, 8)
        .read(words, LONGEST, 1, 7)
        .agreeOnProbabilities();
  }
}
