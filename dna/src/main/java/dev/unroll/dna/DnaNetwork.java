package dev.unroll.dna;

import dev.unroll.layers.SequenceProjection;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.convolution.SequenceConvolution;
import dev.unroll.layers.convolution.Unstacking;
import dev.unroll.layers.crf.Crf;
import dev.unroll.training.Networks;
import dev.unroll.training.RecurrentStack;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The network. Up to the recurrent layers it is the same for whole strands and for regions:
 *
 * <pre>
 *   bases        [batch, 4 or 4^k, time]        how probable each nucleotide or k-mer is
 *   embedding    [batch, dimensions, time]      of k-mers
 *   convolution  [batch, filters, time/stride]  by option; several bases become a step
 *   recurrent    [batch, width, time/stride]    one or more layers, one or both directions
 * </pre>
 *
 * then, many to one or many to many:
 *
 * <pre>
 *   pooling      [batch, width or more]         fine     [batch, labels, time]  if a step is several
 *   output       [batch, labels]  softmax       output   [batch, labels, time]  a CRF, or a softmax
 * </pre>
 */
final class DnaNetwork {
  static final String INPUT = "bases";
  private static final String OUTPUT = "output";

  private DnaNetwork() {}

  /** What the network will be, with nothing allocated yet. */
  static ComputationGraphConfiguration configuration(StrandEncoder encoder) {
    DnaConfig config = encoder.config();
    long seed = config.training().seed();
    GraphBuilder graph =
        Networks.seeded(seed)
            .weightInit(WeightInit.XAVIER)
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(InputType.recurrent(config.features()));
    String below = INPUT;
    if (config.kmer() > 1) {
      graph.addLayer(
          "embedding", new SequenceProjection.Builder().nOut(config.dimensions()).build(), below);
      below = "embedding";
    }
    if (config.filters() > 0) {
      graph.addLayer(
          "convolution",
          new SequenceConvolution.Builder()
              .nOut(config.filters())
              .window(Math.max(config.filterWidth(), config.stride()))
              .stride(config.stride())
              .build(),
          below);
      below = "convolution";
    }
    String top = RecurrentStack.add(graph, below, config.network(), config.inputDropout(), seed);
    IDropout dropout = RecurrentStack.dropout(config.network().dropout(), seed, 0);
    if (encoder.isOfRegions()) {
      addRegions(graph, encoder, top, dropout);
    } else {
      graph.addLayer("pooling", config.pooling().layer(config.anchor()), top);
      graph.addLayer(
          OUTPUT,
          new OutputLayer.Builder(LossFunction.MCXENT)
              .nOut(encoder.outputs())
              .activation(Activation.SOFTMAX)
              .dropOut(dropout)
              .build(),
          "pooling");
    }
    return graph.setOutputs(OUTPUT).build();
  }

  private static void addRegions(
      GraphBuilder graph, StrandEncoder encoder, String top, IDropout dropout) {
    int stride = encoder.config().stride();
    if (stride == 1) {
      graph.addLayer(OUTPUT, output(encoder, dropout), top);
      return;
    }
    graph.addLayer(
        "steps",
        new SequenceProjection.Builder().nOut(stride * encoder.outputs()).dropOut(dropout).build(),
        top);
    graph.addVertex("fine", new Unstacking(stride), "steps", INPUT);
    graph.addLayer(OUTPUT, output(encoder, null), "fine");
  }

  private static Layer output(StrandEncoder encoder, IDropout dropout) {
    int labels = encoder.outputs();
    return switch (encoder.config().output()) {
      case CRF, HYBRID ->
          new Crf.Builder()
              .nOut(labels)
              .hybrid(encoder.config().output() == DnaConfig.Output.HYBRID)
              .constraints(encoder.regions().orElseThrow().constraints())
              .dropOut(dropout)
              .build();
      case SOFTMAX -> new SequenceSoftmax.Builder().nOut(labels).dropOut(dropout).build();
    };
  }
}
