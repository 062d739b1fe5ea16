package dev.unroll.activity;

import dev.unroll.training.Networks;
import dev.unroll.training.RecurrentStack;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The network, many to one:
 *
 * <pre>
 *   steps       [batch, features, time]    what was measured
 *   recurrent   [batch, width, time]       one or more layers, one or both directions
 *   pooling     [batch, width or more]     over the steps of the recording
 *   output      [batch, labels]            softmax
 * </pre>
 */
final class ActivityNetwork {
  private ActivityNetwork() {}

  /** What the network will be, with nothing allocated yet. */
  static ComputationGraphConfiguration configuration(
      ActivityConfig config, int features, int labels) {
    long seed = config.training().seed();
    var graph =
        Networks.seeded(seed)
            .weightInit(WeightInit.XAVIER)
            .graphBuilder()
            .addInputs("steps")
            .setInputTypes(InputType.recurrent(features));
    String top = RecurrentStack.add(graph, "steps", config.network(), config.inputDropout(), seed);
    graph.addLayer("pooling", config.pooling().layer(), top);
    graph.addLayer(
        "output",
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(labels)
            .activation(Activation.SOFTMAX)
            .dropOut(RecurrentStack.dropout(config.network().dropout(), seed, 0))
            .build(),
        "pooling");
    return graph.setOutputs("output").build();
  }
}
