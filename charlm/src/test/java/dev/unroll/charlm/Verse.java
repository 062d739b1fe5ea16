package dev.unroll.charlm;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.layers.forward.ParameterTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** A verse that a small network can learn by heart, and how the tests train on it. */
final class Verse {
  static final String TEXT =
      """
      The tide comes in, the tide goes out,
      and nobody knows what the tide's about.
      It takes a shell, it leaves a stone,
      it hums in the dark and it hums alone.
      """;

  static final List<Passage> LINES = TEXT.lines().map(Passage::new).toList();

  private Verse() {}

  static CharLmConfig config(String... settings) {
    Map<String, String> overrides =
        new HashMap<>(
            Map.of(
                "layers", "1",
                "dimensions", "16",
                "hidden", "48",
                "epochs", "100",
                "batch", "2",
                "window", "10",
                "patience", "0",
                "learning-rate", "0.02",
                "dropout", "0",
                "min-count", "1"));
    overrides.put("clip", "5");
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return CharLmConfig.with(overrides);
  }

  static Corpus<Passage> corpus(CharLmConfig config) {
    List<Passage> passages = config.ending() == Ending.LINE ? LINES : List.of(new Passage(TEXT));
    return new Corpus<>(passages, "a verse", "none");
  }

  /** What {@code network} answers with. */
  static ForwardNetwork forward(ComputationGraph network) {
    return ForwardNetwork.of(network.getConfiguration(), ParameterTable.of(network));
  }

  static CharLmModel train(CharLmConfig config) {
    Corpus<Passage> corpus = corpus(config);
    return CharLmTrainer.train(
        config, CharEncoder.fit(corpus, config), new Split<>(corpus, corpus));
  }
}
