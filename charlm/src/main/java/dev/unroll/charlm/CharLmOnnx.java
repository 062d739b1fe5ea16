package dev.unroll.charlm;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.UserError;
import dev.unroll.onnx.CarriedStates;
import dev.unroll.onnx.NetworkNodes;
import dev.unroll.onnx.OnnxGraph;
import dev.unroll.onnx.OnnxGraph.Type;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.training.RecurrentStack;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The {@link CharLmNetwork} for other programs, with its state in and out, so that a text can be
 * read or written symbol by symbol, or in pieces of any length:
 *
 * <pre>
 *   symbols           [batch, time]             ids; all texts have as many
 *   h, c              [layers, batch, hidden]   the state; zeros at first. Only an LSTM has c
 *
 *   logProbabilities  [batch, time, symbols]    of what comes next after each symbol
 *   nextH, nextC      [layers, batch, hidden]   the state after the last one
 * </pre>
 */
final class CharLmOnnx {
  private CharLmOnnx() {}

  /**
   * The model.
   *
   * @throws UserError if its softmax is an adaptive one
   */
  static OnnxModel of(CharLmConfig config, CharEncoder encoder, ComputationGraph network) {
    if (!config.adaptive().equals(AdaptiveSetting.NONE)) {
      throw UserError.usage(
          "the softmax of this model is an adaptive one, whose tails have no operator in ONNX;"
              + " export a model trained with adaptive-softmax = none");
    }
    NetworkConfig layers = config.network();
    OnnxGraph graph = new OnnxGraph("charlm");
    NetworkNodes nodes = new NetworkNodes(graph, network);
    String symbols = graph.steps("symbols");
    CarriedStates states =
        CarriedStates.inputs(
            graph, layers.layers(), layers.hidden(), layers.cell() == NetworkConfig.Cell.LSTM);
    String top = nodes.embedding(CharLmNetwork.EMBEDDING, symbols);
    for (int i = 1; i <= layers.layers(); i++) {
      top = nodes.recurrent(RecurrentStack.name(i), top, states);
    }
    String scores =
        config.tied()
            ? nodes.tied(CharLmNetwork.OUTPUT, top, CharLmNetwork.EMBEDDING)
            : nodes.linear(CharLmNetwork.OUTPUT, top);
    graph.output(
        "logProbabilities",
        nodes.batchMajor(nodes.logSoftmax(scores)),
        Type.FLOAT,
        "batch",
        "time",
        encoder.symbols());
    states.outputs();
    return graph.model(metadata(config, encoder));
  }

  private static Map<String, Object> metadata(CharLmConfig config, CharEncoder encoder) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("task", "charlm");
    metadata.put("level", config.level() == Level.WORD ? "word" : "character");
    if (config.level() == Level.WORD) {
      metadata.put("tokenizer", config.words().name());
    }
    metadata.put("reverse", config.reverse());
    metadata.put("end", encoder.endSymbol());
    metadata.put("lineEnd", encoder.lineEnd());
    metadata.put("vocabulary", encoder.vocabulary().words());
    return metadata;
  }
}
