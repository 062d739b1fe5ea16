package dev.unroll.speech;

import dev.unroll.layers.ctc.Ctc;
import dev.unroll.training.Networks;
import dev.unroll.training.RecurrentStack;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * The network, many to many without an alignment:
 *
 * <pre>
 *   sound       [batch, features, time]   the features of a few frames a step
 *   recurrent   [batch, width, time]      one or more layers, one or both directions
 *   output      [batch, classes, time]    CTC: characters and a blank
 * </pre>
 */
final class SpeechNetwork {
  private SpeechNetwork() {}

  /** What the network will be, with nothing allocated yet. */
  static ComputationGraphConfiguration configuration(SpeechConfig config, int classes) {
    long seed = config.training().seed();
    var graph =
        Networks.seeded(seed)
            .weightInit(WeightInit.XAVIER)
            .graphBuilder()
            .addInputs("sound")
            .setInputTypes(InputType.recurrent(config.stepWidth()));
    String top = RecurrentStack.add(graph, "sound", config.network(), config.inputDropout(), seed);
    graph.addLayer(
        "output",
        new Ctc.Builder()
            .nOut(classes)
            .dropOut(RecurrentStack.dropout(config.network().dropout(), seed, 0))
            .build(),
        top);
    return graph.setOutputs("output").build();
  }
}
