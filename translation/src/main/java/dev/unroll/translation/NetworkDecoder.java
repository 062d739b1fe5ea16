package dev.unroll.translation;

import dev.unroll.layers.Stepper;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.forward.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The network of {@link TranslationNetwork} as a {@link Decoder}: the encoder reads some sentences
 * once, and then the decoder goes step by step, all rows at once.
 */
final class NetworkDecoder implements Decoder {
  private final ForwardNetwork network;
  private final Stepper stepper;
  private final Looking looking;
  private final int plainLayers;

  /** What the decoder begins with: the topmost layer of the encoder, and the bridges. */
  private final List<String> encoded = new ArrayList<>();

  /**
   * A decoder with {@code network}.
   *
   * @param network of that configuration; not trained while a search is under way
   */
  NetworkDecoder(ForwardNetwork network, TranslationConfig config) {
    this.network = network;
    int layers = config.network().layers();
    encoded.add(TranslationNetwork.encoder(layers));
    for (int layer = 1; layer <= layers; layer++) {
      encoded.add(TranslationNetwork.bridge(layer));
    }
    boolean attention = config.attention() != TranslationConfig.Attention.NONE;
    this.looking = attention ? Looking.with(network, config) : null;
    this.plainLayers = TranslationNetwork.plainDecoders(config);
    this.stepper =
        Stepper.of(
            network.configuration(),
            network.parameters(),
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
  void begin(List<Steps> sentences) {
    List<Steps> read = network.read(sentences, encoded);
    Steps source = read.get(0);
    List<Steps> states = read.subList(1, read.size());
    if (looking != null) {
      looking.at(source, states.get(states.size() - 1));
    }
    if (plainLayers == 0) {
      stepper.begin(source.batch());
    } else {
      stepper.begin(states.subList(0, plainLayers).toArray(Steps[]::new));
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
