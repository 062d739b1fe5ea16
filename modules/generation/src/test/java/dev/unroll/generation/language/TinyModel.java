package dev.unroll.generation.language;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Provenance;
import dev.unroll.data.Settings;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordCounter;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.Networks;
import dev.unroll.training.TrainedNetwork;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A language model that has learnt nothing, as {@code charlm} would write it. */
record TinyModel(NetworkConfig layers, boolean reverse, String ending, ComputationGraph network) {
  private static final int DIMENSIONS = 5;

  /** Without a line break, that of models that end with lines. */
  static final Vocabulary VOCABULARY =
      new WordCounter().addAll(List.of("a", "b", "o", "B", " ", "\n", "😀")).build(1, 99);

  static TinyModel of(String cell, boolean reverse, String ending) {
    NetworkConfig layers =
        new NetworkConfig(
            Settings.constant("cell", cell, NetworkConfig.Cell.values()), 2, 6, false, 0.5);
    ComputationGraph network =
        Networks.of(
            new LanguageNetwork(layers, DIMENSIONS, false, 0.1, 9, 4)
                .configuration(VOCABULARY.size() + 1));
    // Larger than those that a training begins with, so that states differ.
    network.params().assign(Nd4j.rand(network.params().shape()).subi(0.5));
    return new TinyModel(layers, reverse, ending, network);
  }

  Path write(Path path, String... settings) {
    Map<String, String> config = new HashMap<>();
    config.putAll(
        Map.of(
            "cell",
            layers.cell().name().toLowerCase().replace('_', '-'),
            "layers",
            "2",
            "hidden",
            "6"));
    config.putAll(Map.of("bidirectional", "false", "dropout", "0.5", "tied", "false"));
    config.putAll(Map.of("dimensions", "5", "level", "character", "ending", ending));
    config.putAll(Map.of("reverse", String.valueOf(reverse), "min-count", "2", "seed", "4"));
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    try (ModelFileWriter file = NetworkFile.begin(path, "charlm", config)) {
      file.text("vocabulary.txt", VOCABULARY::write);
      NetworkFile.finish(
          file,
          TrainedNetwork.of(network),
          Map.of(),
          new Provenance("", "", 4, Map.of(), Map.of()));
    }
    return path;
  }

  /**
   * The states of the last recurrent layer over a text as a whole, by Deeplearning4j: [step][6].
   */
  float[][] states(int... symbols) {
    float[] ids = new float[symbols.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = symbols[i];
    }
    INDArray in = Nd4j.create(ids, new long[] {1, 1, ids.length}, 'c');
    INDArray out = network.feedForward(new INDArray[] {in}, false, true).get("recurrent2");
    float[][] states = new float[ids.length][];
    for (int t = 0; t < ids.length; t++) {
      states[t] = new float[6];
      for (int i = 0; i < 6; i++) {
        states[t][i] = out.getFloat(0, i, t);
      }
    }
    return states;
  }

  /** The symbols of a text, one a code point. */
  static int[] symbols(String text) {
    return text.codePoints().map(c -> VOCABULARY.id(Character.toString(c))).toArray();
  }
}
