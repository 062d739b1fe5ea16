package dev.unroll.sentiment;

import dev.unroll.onnx.NetworkNodes;
import dev.unroll.onnx.OnnxGraph;
import dev.unroll.onnx.OnnxGraph.Type;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.onnx.Sequences;
import dev.unroll.training.RecurrentStack;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The {@link SentimentNetwork} for other programs:
 *
 * <pre>
 *   words          [batch, time]     ids; 0 behind the end of a text
 *   lengths        [batch]           words of each text, 0 or more
 *   probabilities  [batch, labels]   of each label
 * </pre>
 *
 * In the file, beside the graph: the {@code labels} and the {@code vocabulary} in the order of
 * their numbers, and how {@link ReviewEncoder} makes words of a text: {@code tokenizer}, {@code
 * lowercase}, {@code maxWords}.
 */
final class SentimentOnnx {
  private SentimentOnnx() {}

  static OnnxModel of(SentimentConfig config, ReviewEncoder encoder, ComputationGraph network) {
    OnnxGraph graph = new OnnxGraph("sentiment");
    NetworkNodes nodes = new NetworkNodes(graph, network);
    Sequences words = Sequences.inputs(graph, "words");
    String top = nodes.embedding(SentimentNetwork.EMBEDDING, words.steps());
    for (int i = 1; i <= config.network().layers(); i++) {
      top = nodes.recurrent(RecurrentStack.name(i), top, words.stepCounts());
    }
    String scores = nodes.linear("output", nodes.pooling("pooling", top, words));
    int labels = encoder.labels().size();
    graph.output("probabilities", nodes.softmax(scores), Type.FLOAT, "batch", labels);

    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("task", "sentiment");
    metadata.put("labels", encoder.labels());
    metadata.put("tokenizer", encoder.tokenizer().name());
    metadata.put("lowercase", config.lowercase());
    metadata.put("maxWords", config.maxWords());
    metadata.put("vocabulary", encoder.vocabulary().words());
    return graph.model(metadata);
  }
}
