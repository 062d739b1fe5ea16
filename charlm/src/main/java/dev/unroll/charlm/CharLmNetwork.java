package dev.unroll.charlm;

import dev.unroll.generation.language.LanguageNetwork;
import dev.unroll.training.Networks;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The {@link LanguageNetwork} that a configuration describes. */
final class CharLmNetwork {
  static final String EMBEDDING = LanguageNetwork.EMBEDDING;
  static final String OUTPUT = LanguageNetwork.OUTPUT;

  private CharLmNetwork() {}

  /** The network of {@code config}, initialised from its seed. */
  static ComputationGraph build(CharLmConfig config, int symbols) {
    return Networks.of(configuration(config, symbols));
  }

  /**
   * What the network will be, with nothing allocated yet.
   *
   * @throws dev.unroll.data.UserError if an adaptive softmax has no use for so few symbols
   */
  static ComputationGraphConfiguration configuration(CharLmConfig config, int symbols) {
    return new LanguageNetwork(
            config.network(),
            config.dimensions(),
            config.tied(),
            config.embeddingDropout(),
            config.window(),
            config.training().seed(),
            config.adaptive().cutoffs(symbols))
        .configuration(symbols);
  }
}
