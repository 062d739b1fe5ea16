package dev.unroll.training.cuda;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceProjection;
import dev.unroll.layers.ctc.Ctc;
import dev.unroll.layers.ctc.CtcLabels;
import dev.unroll.layers.dropout.SequenceDropout;
import dev.unroll.training.Networks;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Networks that read vectors, and label steps or only sequences of them. */
class VectorStepTest {
  private final Taggers batches = new Taggers();

  /** The beginning of a network of nothing but vectors. */
  private static GraphBuilder reader() {
    return Taggers.graph().addInputs("states").setInputTypes(InputType.recurrent(Taggers.STATES));
  }

  /** The vectors of a batch alone. */
  private static MultiDataSet vectors(MultiDataSet batch, INDArray labels) {
    return new MultiDataSet(
        new INDArray[] {batch.getFeatures(3)},
        new INDArray[] {labels},
        new INDArray[] {batch.getFeaturesMaskArray(3)},
        null);
  }

  /** Vectors may be read by a recurrent layer. */
  @Test
  void vectorsMayBeReadAsTheyAre() {
    Supplier<ComputationGraph> network =
        () ->
            Networks.of(
                reader()
                    .addLayer(
                        "recurrent",
                        new Lstm.Builder().nOut(4).dropOut(new SequenceDropout(0.3, 1)).build(),
                        "states")
                    .addLayer(
                        "between", new SequenceProjection.Builder().nOut(3).build(), "recurrent")
                    .addLayer("output", Taggers.field(false), "between")
                    .setOutputs("output")
                    .build());
    MultiDataSet batch = batches.sentences(5, 2, 4);
    StepPair.assertSameGradient(network, vectors(batch, batch.getLabels(0)));
  }

  /** Labels without an alignment, of sequences of sound. */
  @Test
  void labelsMayLackAnAlignment() {
    Supplier<ComputationGraph> network =
        () ->
            Networks.of(
                reader()
                    .addLayer(
                        "recurrent",
                        new Bidirectional(new Lstm.Builder().nOut(4).build()),
                        "states")
                    .addLayer(
                        "output",
                        new Ctc.Builder().nOut(4).dropOut(new SequenceDropout(0.2, 3)).build(),
                        "recurrent")
                    .setOutputs("output")
                    .build());
    MultiDataSet batch = batches.sentences(5, 2, 4);
    MultiDataSet spoken =
        vectors(batch, CtcLabels.array(new int[] {1, 1, 3}, new int[] {2}, new int[] {}));
    StepPair.assertSameGradient(network, spoken);
    try (StepPair pair = new StepPair(network)) {
      pair.step(spoken);
      pair.assertSameParameters();
    }
  }
}
