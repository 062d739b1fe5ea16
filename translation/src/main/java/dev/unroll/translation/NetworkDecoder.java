package dev.unroll.translation;

import dev.unroll.layers.Stepper;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The network of {@link TranslationNetwork} as a {@link Decoder}: the encoder reads some sentences
 * once, and then the decoder goes step by step, all rows at once.
 */
final class NetworkDecoder implements Decoder {
  private final ComputationGraph network;
  private final int layers;
  private final int plainLayers;
  private final Stepper stepper;
  private final Looking looking;

  /**
   * A decoder with {@code network}.
   *
   * @param network of that configuration; not trained while a search is under way
   */
  NetworkDecoder(ComputationGraph network, TranslationConfig config) {
    this.network = network;
    this.layers = config.network().layers();
    this.plainLayers = TranslationNetwork.plainDecoders(config);
    boolean attention = config.attention() != TranslationConfig.Attention.NONE;
    this.looking = attention ? Looking.with(network, config) : null;
    this.stepper =
        Stepper.of(
            network,
            attention
                ? Map.of(
                    TranslationNetwork.ATTENTION,
                    looking,
                    TranslationNetwork.LOOK,
                    (states, rows) -> states)
                : Map.of());
  }

  /**
   * Reads sentences, and begins a translation of each.
   *
   * @param sentences as the encoder laid them side by side; its targets are not looked at
   */
  void begin(MultiDataSet sentences) {
    Map<String, INDArray> read = encode(sentences);
    INDArray mask = sentences.getFeaturesMaskArray(0);
    if (looking != null) {
      looking.at(
          read.get(TranslationNetwork.encoder(layers)),
          mask,
          read.get(TranslationNetwork.bridge(layers)));
    }
    if (plainLayers == 0) {
      stepper.begin((int) sentences.getFeatures(0).size(0));
    } else {
      stepper.begin(
          IntStream.rangeClosed(1, plainLayers)
              .mapToObj(layer -> read.get(TranslationNetwork.bridge(layer)))
              .toArray(INDArray[]::new));
    }
  }

  /** What the layers up to the decoder say. */
  private Map<String, INDArray> encode(MultiDataSet sentences) {
    network.setInputs(sentences.getFeatures());
    network.setLayerMaskArrays(sentences.getFeaturesMaskArrays(), null);
    try {
      return network.feedForward(false, true, false);
    } finally {
      network.clearLayerMaskArrays();
      network.clearLayersStates(); // layers keep masks of their own, which the next pass may lack
    }
  }

  @Override
  public float[] read(int[] next) {
    return stepper.read(next);
  }

  @Override
  public void select(int[] parents) {
    stepper.select(parents);
  }

  @Override
  public float[] alignment(int row) {
    return looking == null ? new float[0] : looking.alignment(row);
  }
}
