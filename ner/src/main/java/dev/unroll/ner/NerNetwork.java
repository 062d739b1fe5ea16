package dev.unroll.ner;

import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.Lstm;
import dev.unroll.layers.SequenceProjection;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.characters.CharacterConvolution;
import dev.unroll.layers.crf.Crf;
import dev.unroll.layers.crf.CrfLattice;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.pooling.RowsToSequences;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import dev.unroll.training.Lattices;
import dev.unroll.training.Networks;
import dev.unroll.training.RecurrentStack;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * The network, many to many:
 *
 * <pre>
 *   words       [batch, 1, time]            characters  see {@link Spellings}
 *   embedding   [batch, dimensions, time]   spelling    [batch, filters, time]
 *        \______________________ features _____________________/
 *   recurrent   [batch, width, time]        one or more layers, one or both directions
 *   output      [batch, tags, time]         a conditional random field, or a softmax
 * </pre>
 *
 * and beside the spelling, if wanted, a vector for how the word is capitalised; and what language
 * models know of the word where it stands (A. Akbik, D. Blythe, R. Vollgraf, <i>Contextual String
 * Embeddings for Sequence Labeling</i>, COLING 2018), brought to a size that the layers above have
 * room for:
 *
 * <pre>
 *   states      [batch, width, time]                    given, and never learnt
 *   context     [batch, languageModelDimensions, time]  a linear map of them
 * </pre>
 */
final class NerNetwork {
  private NerNetwork() {}

  /** The network of {@code config}, initialised from its seed. */
  static ComputationGraph build(NerConfig config, TagEncoder encoder) {
    return Networks.of(configuration(config, encoder));
  }

  /** What the network will be, with nothing allocated yet. */
  static ComputationGraphConfiguration configuration(NerConfig config, TagEncoder encoder) {
    long seed = config.training().seed();
    List<String> inputs = new ArrayList<>();
    List<String> features = new ArrayList<>();
    GraphBuilder graph = Networks.seeded(seed).weightInit(WeightInit.XAVIER).graphBuilder();
    inputs.add("words");
    features.add("embedding");
    graph.addLayer(
        "embedding",
        new WordEmbedding.Builder()
            .nIn(encoder.vocabulary().size())
            .nOut(config.dimensions())
            .frozen(config.freezeVectors())
            .build(),
        "words");
    if (config.characters() != NerConfig.Characters.NONE) {
      inputs.add("characters");
      features.add("spelling");
      addSpelling(graph, config, Spelling.SPECIAL + encoder.alphabet().size());
    }
    if (config.shapeDimensions() > 0) {
      inputs.add("shapes");
      features.add("shape");
      graph.addLayer(
          "shape",
          new WordEmbedding.Builder().nIn(Spelling.SHAPES).nOut(config.shapeDimensions()).build(),
          "shapes");
    }
    int states = encoder.languageModels().width();
    if (states > 0) {
      inputs.add("states");
      features.add("context");
      graph.addLayer(
          "context",
          new SequenceProjection.Builder()
              .nIn(states)
              .nOut(config.languageModelDimensions())
              .ofData()
              .build(),
          "states");
    }
    graph.addInputs(inputs);
    graph.setInputTypes(
        inputs.stream()
            .map(input -> InputType.recurrent(input.equals("states") ? states : 1))
            .toArray(InputType[]::new));
    graph.addVertex("features", new MergeVertex(), features.toArray(String[]::new));
    String top =
        RecurrentStack.add(graph, "features", config.network(), config.embeddingDropout(), seed);
    graph.addLayer("output", output(config, encoder), top);
    return graph.setOutputs("output").build();
  }

  private static void addSpelling(GraphBuilder graph, NerConfig config, int alphabet) {
    if (config.characters() == NerConfig.Characters.CNN) {
      graph.addLayer(
          "spelling",
          new CharacterConvolution.Builder()
              .nIn(alphabet)
              .nOut(config.characterFilters())
              .dimensions(config.characterDimensions())
              .build(),
          "characters");
      return;
    }
    int hidden = (config.characterFilters() + 1) / 2;
    int both = 2 * hidden;
    graph.addLayer(
        "character",
        new WordEmbedding.Builder().nIn(alphabet).nOut(config.characterDimensions()).build(),
        "characters");
    graph.addLayer(
        "reader", new Bidirectional(new Lstm.Builder().nOut(hidden).build()), "character");
    graph.addLayer(
        "ends", new SequencePooling.Builder(Summary.LAST, Summary.FIRST).build(), "reader");
    // What the forward direction made of the last character, and the backward one of the first.
    graph.addVertex("forward", new SubsetVertex(0, hidden - 1), "ends");
    graph.addVertex("backward", new SubsetVertex(both + hidden, both + both - 1), "ends");
    graph.addVertex("word", new MergeVertex(), "forward", "backward");
    graph.addVertex("spelling", new RowsToSequences(), "word", "words");
  }

  private static Layer output(NerConfig config, TagEncoder encoder) {
    var dropout = RecurrentStack.dropout(config.network().dropout(), config.training().seed(), 0);
    int tags = encoder.tags().size();
    return switch (config.output()) {
      case CRF ->
          new Crf.Builder().nOut(tags).constraints(encoder.constraints()).dropOut(dropout).build();
      case SOFTMAX -> new SequenceSoftmax.Builder().nOut(tags).dropOut(dropout).build();
    };
  }

  /** What the network makes of each sentence of a batch: a lattice of valid tag sequences. */
  static List<CrfLattice> lattices(
      ForwardNetwork network, TagEncoder encoder, List<EncodedSentence> sentences) {
    return Lattices.of(
        network,
        encoder.steps(sentences),
        sentences.stream().mapToInt(EncodedSentence::length).toArray(),
        encoder.constraints());
  }
}
