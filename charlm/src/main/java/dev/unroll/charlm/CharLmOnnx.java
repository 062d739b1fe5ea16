package dev.unroll.charlm;

import dev.unroll.data.NetworkConfig;
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

  /** The model. */
  static OnnxModel of(CharLmConfig config, CharEncoder encoder, ComputationGraph network) {
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
    graph.output(
        "logProbabilities",
        nodes.batchMajor(logProbabilities(config, nodes, top)),
        Type.FLOAT,
        "batch",
        "time",
        encoder.symbols());
    states.outputs();
    return graph.model(metadata(config, encoder));
  }

  private static String logProbabilities(CharLmConfig config, NetworkNodes nodes, String states) {
    if (!config.adaptive().equals(AdaptiveSetting.NONE)) {
      return nodes.adaptiveLogSoftmax(CharLmNetwork.OUTPUT, states);
    }
    return nodes.logSoftmax(
        config.tied()
            ? nodes.tied(CharLmNetwork.OUTPUT, states, CharLmNetwork.EMBEDDING)
            : nodes.linear(CharLmNetwork.OUTPUT, states));
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
