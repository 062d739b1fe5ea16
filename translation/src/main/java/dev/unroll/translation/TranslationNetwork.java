package dev.unroll.translation;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.NetworkConfig;
import dev.unroll.data.UserError;
import dev.unroll.layers.Bidirectional;
import dev.unroll.layers.InitialState;
import dev.unroll.layers.LastState;
import dev.unroll.layers.SequenceProjection;
import dev.unroll.layers.SequenceSoftmax;
import dev.unroll.layers.WordEmbedding;
import dev.unroll.layers.attention.Attention;
import dev.unroll.layers.attention.AttentionSource;
import dev.unroll.layers.attention.InputFeeding;
import dev.unroll.layers.attention.Score;
import dev.unroll.training.Networks;
import dev.unroll.training.RecurrentStack;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * The network, many to many of another length:
 *
 * <pre>
 *   sources     [batch, 1, S]            ids, the end the last
 *   source      [batch, dimensions, S]   a vector a symbol
 *   encoder     [batch, hidden, S]       layers that read both ways, hidden / 2 each
 *   bridge      [batch, hidden]          tanh of what the encoder's layer ended in, and in an LSTM
 *                                        its memory: in this the decoder's layer begins
 *   targets     [batch, 1, T]            ids, one step behind
 *   target      [batch, dimensions, T]
 *   decoder     [batch, hidden, T]       layers from the past to the future
 *   attention   [batch, width, T]        what the decoder sees of the source, and its own state
 *   output      [batch, symbols, T]      softmax over the next symbol
 * </pre>
 *
 * <p>Attention comes after the decoder (Luong et al. 2015), so that all steps look at once. Its
 * width is {@code hidden}, or {@code dimensions} where the output is tied to the target's vectors.
 * With input feeding it is in one layer with the topmost of the decoder, and goes step by step.
 *
 * <p>Joint languages have one table of vectors, the target's, which the output may have too.
 */
final class TranslationNetwork {
  static final String LOOK = "look";
  static final String ATTENTION = "attention";
  private static final String SOURCE = "source";
  private static final String TARGET = "target";
  static final String OUTPUT = "output";
  private static final String PROJECTION = "projection";

  private TranslationNetwork() {}

  /** What the network will be, with nothing allocated yet. */
  static ComputationGraphConfiguration configuration(
      TranslationConfig config, int sourceSymbols, int targetSymbols) {
    return configuration(config, sourceSymbols, targetSymbols, DataType.FLOAT);
  }

  /** The same for numbers of another type, in which gradients can be checked. */
  static ComputationGraphConfiguration configuration(
      TranslationConfig config, int sourceSymbols, int targetSymbols, DataType type) {
    check(config);
    long seed = config.training().seed();
    GraphBuilder graph =
        Networks.seeded(seed)
            .dataType(type)
            .weightInit(WeightInit.XAVIER)
            .updater(new NoOp()) // updating is not the network's business here
            .graphBuilder()
            .addInputs("sources", "targets")
            .setInputTypes(InputType.recurrent(1), InputType.recurrent(1));
    embedding(graph, SOURCE, config, sourceSymbols, "sources", config.joint() ? TARGET : null);
    embedding(graph, TARGET, config, targetSymbols, "targets", null);
    int layers = config.network().layers();
    for (int i = 1; i <= layers; i++) {
      encoder(graph, config, i);
    }
    for (int i = 1; i <= plainDecoders(config); i++) {
      decoder(graph, config, i);
    }
    String top = below(layers + 1);
    if (config.inputFeeding()) {
      graph
          .addVertex(LOOK, new AttentionSource(), below(layers), encoder(layers), bridge(layers))
          .addLayer(ATTENTION, inputFeeding(config), LOOK);
      top = ATTENTION;
    } else if (config.attention() != TranslationConfig.Attention.NONE) {
      graph
          .addVertex(LOOK, new AttentionSource(), top, encoder(layers))
          .addLayer(ATTENTION, attention(config), LOOK);
      top = ATTENTION;
    } else if (config.tied()) {
      // A state that had to be the vector of the next symbol could remember little besides.
      graph.addLayer(
          PROJECTION, new SequenceProjection.Builder().nOut(config.dimensions()).build(), top);
      top = PROJECTION;
    }
    graph.addLayer(
        OUTPUT,
        new SequenceSoftmax.Builder()
            .nOut(targetSymbols)
            .labelSmoothing(config.labelSmoothing())
            .tiedTo(config.tied() ? TARGET : null)
            .dropOut(RecurrentStack.dropout(config.network().dropout(), seed, 0))
            .build(),
        top);
    return graph.setOutputs(OUTPUT).build();
  }

  private static void check(TranslationConfig config) {
    int hidden = config.network().hidden();
    if (config.inputFeeding() && config.attention() == TranslationConfig.Attention.NONE) {
      throw UserError.usage(
          "%s feeds what attention saw, and %s is none; take dot, general or additive"
              .formatted(setting("input-feeding"), setting("attention")));
    }
    if (hidden % 2 != 0) {
      throw UserError.usage(
          "%s must be even, as the encoder has half of it each way, got %d"
              .formatted(setting("hidden"), hidden));
    }
  }

  private static void embedding(
      GraphBuilder graph,
      String name,
      TranslationConfig config,
      int symbols,
      String ids,
      String tiedTo) {
    graph.addLayer(
        name,
        new WordEmbedding.Builder().nIn(symbols).nOut(config.dimensions()).tiedTo(tiedTo).build(),
        ids);
  }

  private static void encoder(GraphBuilder graph, TranslationConfig config, int layer) {
    NetworkConfig network = config.network();
    graph
        .addLayer(
            encoder(layer),
            new Bidirectional(
                RecurrentStack.layer(
                    network.cell(), network.hidden() / 2, dropout(config, layer, layer))),
            layer == 1 ? SOURCE : encoder(layer - 1))
        .addVertex(
            "state" + layer,
            hasMemory(config) ? LastState.hiddenAndMemory() : LastState.hidden(),
            encoder(layer))
        .addLayer(
            bridge(layer),
            new DenseLayer.Builder()
                .nOut(network.hidden() * (hasMemory(config) ? 2 : 1))
                .activation(Activation.TANH)
                .build(),
            "state" + layer);
  }

  private static void decoder(GraphBuilder graph, TranslationConfig config, int layer) {
    NetworkConfig network = config.network();
    graph
        .addVertex("begin" + layer, new InitialState(), below(layer), bridge(layer))
        .addLayer(
            decoder(layer),
            RecurrentStack.layer(network.cell(), network.hidden(), decoderDropout(config, layer)),
            "begin" + layer);
  }

  private static IDropout decoderDropout(TranslationConfig config, int layer) {
    return dropout(config, layer, config.network().layers() + layer);
  }

  private static IDropout dropout(TranslationConfig config, int layer, int place) {
    double rate = layer == 1 ? config.embeddingDropout() : config.network().dropout();
    return RecurrentStack.dropout(rate, config.training().seed(), place);
  }

  private static Attention attention(TranslationConfig config) {
    Score score = score(config);
    int hidden = config.network().hidden();
    Attention.Builder layer = new Attention.Builder(score).nSource(hidden).nOut(width(config));
    return (score == Score.ADDITIVE ? layer.nHidden(hidden) : layer).build();
  }

  private static InputFeeding inputFeeding(TranslationConfig config) {
    Score score = score(config);
    NetworkConfig network = config.network();
    int hidden = network.hidden();
    InputFeeding.Builder layer =
        new InputFeeding.Builder(RecurrentStack.layer(network.cell(), hidden, null).cell(), score)
            .units(hidden)
            .nSource(hidden)
            .nOut(width(config))
            .dropOut(decoderDropout(config, network.layers()));
    return (score == Score.ADDITIVE ? layer.nHidden(hidden) : layer).build();
  }

  private static Score score(TranslationConfig config) {
    return switch (config.attention()) {
      case DOT -> Score.DOT;
      case GENERAL -> Score.GENERAL;
      case ADDITIVE -> Score.ADDITIVE;
      case NONE -> throw new IllegalArgumentException("there is no attention");
    };
  }

  /** Of what attention makes. */
  private static int width(TranslationConfig config) {
    return config.tied() ? config.dimensions() : config.network().hidden();
  }

  private static boolean hasMemory(TranslationConfig config) {
    return config.network().cell() == NetworkConfig.Cell.LSTM;
  }

  /** The name of a layer of the encoder, counted from 1. */
  static String encoder(int layer) {
    return "encoder" + layer;
  }

  /** The name of the layer that makes what a layer of the decoder begins in. */
  static String bridge(int layer) {
    return "bridge" + layer;
  }

  /** How many layers the decoder has that are one and nothing else, from below. */
  static int plainDecoders(TranslationConfig config) {
    return config.network().layers() - (config.inputFeeding() ? 1 : 0);
  }

  private static String decoder(int layer) {
    return "decoder" + layer;
  }

  /** What a layer of the decoder reads. */
  private static String below(int layer) {
    return layer == 1 ? TARGET : decoder(layer - 1);
  }
}
