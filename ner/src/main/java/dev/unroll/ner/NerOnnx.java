package dev.unroll.ner;

import dev.unroll.data.UserError;
import dev.unroll.layers.crf.CrfTransitions;
import dev.unroll.onnx.NetworkNodes;
import dev.unroll.onnx.OnnxGraph;
import dev.unroll.onnx.OnnxGraph.Type;
import dev.unroll.onnx.OnnxModel;
import dev.unroll.onnx.Sequences;
import dev.unroll.text.Tokenizer;
import dev.unroll.training.Lattices;
import dev.unroll.training.RecurrentStack;
import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The {@link NerNetwork} for other programs, without the search for the best tags, which is a few
 * lines in any language:
 *
 * <pre>
 *   words        [batch, time]            ids; 0 behind the end of a sentence
 *   lengths      [batch]                  words of each sentence, 0 or more
 *   characters   [batch, time, letters]   see {@link Spelling}; if the model reads spellings
 *   shapes       [batch, time]            see {@link Spelling}; if the model reads shapes
 *
 *   emissions    [batch, time, tags]      a score a tag
 *   transitions  [tags, tags]             of a tag (column) after another (row)
 *   starts       [tags]                   of a tag at the beginning
 *   ends         [tags]                   of a tag at the end
 * </pre>
 *
 * What the {@link TagEncoder#constraints} forbid scores {@value #FORBIDDEN}. The emissions of a
 * tagger with a softmax are logarithms of probabilities, and its other scores are 0 where they are
 * not forbidden.
 */
final class NerOnnx {
  /** So low that no sentence gets it back, and not infinite, which converters stumble over. */
  private static final float FORBIDDEN = -10_000;

  private final NerConfig config;
  private final TagEncoder encoder;
  private final ComputationGraph network;
  private final OnnxGraph graph = new OnnxGraph("ner");
  private final NetworkNodes nodes;

  private NerOnnx(NerConfig config, TagEncoder encoder, ComputationGraph network) {
    this.config = config;
    this.encoder = encoder;
    this.network = network;
    this.nodes = new NetworkNodes(graph, network);
  }

  /**
   * The model.
   *
   * @throws UserError if it reads with language models
   */
  static OnnxModel of(NerConfig config, TagEncoder encoder, ComputationGraph network) {
    if (encoder.languageModels().width() > 0) {
      throw UserError.usage(
          "this tagger reads the states of language models, which ONNX files of taggers do not"
              + " hold; export one trained without");
    }
    return new NerOnnx(config, encoder, network).model();
  }

  private OnnxModel model() {
    Sequences words = Sequences.inputs(graph, "words");
    String top = nodes.concatenation(features(words));
    for (int i = 1; i <= config.network().layers(); i++) {
      top = nodes.recurrent(RecurrentStack.name(i), top, words.stepCounts());
    }
    String scores = nodes.linear("output", top);
    if (config.output() == NerConfig.Output.SOFTMAX) {
      float least = (float) Math.log(Lattices.LEAST_PROBABILITY);
      scores = nodes.atLeast(nodes.logSoftmax(scores), least);
    }
    int tags = encoder.tags().size();
    graph.output("emissions", nodes.batchMajor(scores), Type.FLOAT, "batch", "time", tags);
    addTransitions(tags);
    return graph.model(metadata());
  }

  private List<String> features(Sequences words) {
    List<String> features = new ArrayList<>(List.of(nodes.embedding("embedding", words.steps())));
    if (config.characters() != NerConfig.Characters.NONE) {
      var spellings = dev.unroll.onnx.Spellings.input(graph, "characters");
      features.add(
          config.characters() == NerConfig.Characters.CNN
              ? nodes.convolution("spelling", spellings)
              : nodes.spelling("character", "reader", spellings));
    }
    if (config.shapeDimensions() > 0) {
      features.add(nodes.embedding("shape", graph.steps("shapes")));
    }
    return features;
  }

  private void addTransitions(int tags) {
    CrfTransitions transitions =
        TrainedNetwork.of(network)
            .with(forward -> Lattices.transitions(forward, encoder.constraints()));
    float[] between = new float[tags * tags];
    float[] starts = new float[tags];
    float[] ends = new float[tags];
    for (int from = 0; from < tags; from++) {
      starts[from] = finite(transitions.start(from));
      ends[from] = finite(transitions.end(from));
      for (int to = 0; to < tags; to++) {
        between[from * tags + to] = finite(transitions.score(from, to));
      }
    }
    graph.constantOutput("transitions", between, tags, tags);
    graph.constantOutput("starts", starts, tags);
    graph.constantOutput("ends", ends, tags);
  }

  private static float finite(double score) {
    return (float) Math.max(score, FORBIDDEN);
  }

  private Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("task", "ner");
    metadata.put("tags", encoder.tags());
    metadata.put("tokenizer", Tokenizer.standard().name());
    metadata.put("anyCase", config.anyCase());
    metadata.put("maxWords", config.maxWords());
    metadata.put("vocabulary", encoder.vocabulary().words());
    if (config.characters() != NerConfig.Characters.NONE) {
      metadata.put("characters", encoder.alphabet().words());
    }
    return metadata;
  }
}
