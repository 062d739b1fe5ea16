package dev.unroll.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.generation.NetworkSymbols;
import dev.unroll.testing.OnnxSession;
import dev.unroll.testing.OnnxSession.Tensor;
import dev.unroll.text.WordCounter;
import dev.unroll.training.TrainedNetwork;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** Another program, which has the exported file and nothing else, predicts as the model does. */
class OnnxTest {
  private static final int HIDDEN = 8;

  private static Map<String, String> settings(String cell, String layers, String output) {
    String[] setting = output.split("=");
    return Map.of(
        "cell",
        cell,
        "layers",
        layers,
        setting[0],
        setting[1],
        "level",
        setting[0].equals("tied") ? "character" : "word",
        "hidden",
        String.valueOf(HIDDEN),
        "dimensions",
        "6");
  }

  private static CharEncoder encoder(CharLmConfig config) {
    return new CharEncoder(
        new WordCounter().addAll(List.of("a", "b", "c", "ü", "😀", " ", "\n")).build(1, 100),
        config);
  }

  private static ComputationGraph random(CharLmConfig config, CharEncoder encoder) {
    ComputationGraph network = CharLmNetwork.build(config, encoder.symbols());
    network.params().assign(Nd4j.randn(network.params().shape()).mul(0.5));
    return network;
  }

  /** Texts side by side, read in pieces of random length. */
  @ParameterizedTest
  @CsvSource({
    "lstm, 1, tied=false",
    "lstm, 3, tied=true",
    "gru, 2, tied=false",
    "gru-reset-after, 1, tied=true",
    "rnn, 2, tied=true",
    "lstm, 1, adaptive-softmax=5",
    "gru, 2, 'adaptive-softmax=2,5'"
  })
  void everyStepPredictsAsTheModelDoes(String cell, String layers, String output) {
    CharLmConfig config = CharLmConfig.with(settings(cell, layers, output));
    CharEncoder encoder = encoder(config);
    ComputationGraph network = random(config, encoder);
    int texts = 3;
    NetworkSymbols ours = new NetworkSymbols(Verse.forward(network), encoder.symbols());
    ours.begin(texts);
    Random random = new Random(3);
    try (OnnxSession session = new OnnxSession(CharLmOnnx.of(config, encoder, network).toBytes())) {
      Map<String, Object> state = begin(config, texts);
      for (int piece = 0; piece < 6; piece++) {
        int time = piece < 2 ? 1 : 1 + random.nextInt(7);
        long[][] symbols = new long[texts][time];
        for (long[] text : symbols) {
          Arrays.setAll(text, t -> random.nextInt(encoder.symbols()));
        }
        state.put("symbols", symbols);
        Map<String, Tensor> answer = session.run(state);
        float[] theirs = answer.get("logProbabilities").values();
        for (int t = 0; t < time; t++) {
          int step = t;
          int[] read = Arrays.stream(symbols).mapToInt(text -> (int) text[step]).toArray();
          float[][] expected = ours.read(read);
          for (int text = 0; text < texts; text++) {
            int from = (text * time + t) * encoder.symbols();
            new Tensor(Arrays.copyOfRange(theirs, from, from + encoder.symbols()))
                .isCloseTo(expected[text], 1e-5, "text %d, step %d".formatted(text, t));
          }
        }
        handOn(answer, state);
      }
    }
  }

  private static Map<String, Object> begin(CharLmConfig config, int texts) {
    int layers = config.network().layers();
    Tensor zeros = new Tensor(new float[layers * texts * HIDDEN], layers, texts, HIDDEN);
    Map<String, Object> state = new HashMap<>(Map.of("h", zeros));
    if (config.toProperties().get("cell").equals("lstm")) {
      state.put("c", zeros);
    }
    return state;
  }

  private static void handOn(Map<String, Tensor> answer, Map<String, Object> state) {
    state.put("h", answer.get("nextH"));
    state.computeIfPresent("c", (name, old) -> answer.get("nextC"));
  }

  /** As docs/onnx.md says; an empty line too. */
  @Test
  void aLineIsScoredFromWhatTheFileSays() {
    CharLmConfig config = CharLmConfig.with(settings("lstm", "2", "tied=false"));
    CharEncoder encoder = encoder(config);
    CharLmModel model =
        new CharLmModel(
            config,
            encoder,
            TrainedNetwork.of(random(config, encoder)),
            Optional.empty(),
            Map.of(),
            null);
    try (OnnxSession session = new OnnxSession(model.toOnnx().toBytes())) {
      Map<String, String> metadata = session.metadata();
      assertThat(metadata).containsEntry("level", "character").containsEntry("reverse", "false");
      List<String> vocabulary = session.texts("vocabulary");
      long lineEnd = Long.parseLong(metadata.get("lineEnd"));
      for (String line : List.of("", "a", "abc ü😀", "zzz", "cab ".repeat(30))) {
        long[] ids =
            line.codePoints()
                .mapToLong(c -> Math.max(0, vocabulary.indexOf(Character.toString(c))))
                .toArray();
        long[] read = new long[ids.length + 1];
        read[0] = lineEnd;
        System.arraycopy(ids, 0, read, 1, ids.length);
        Map<String, Object> inputs = begin(config, 1);
        inputs.put("symbols", new long[][] {read});
        float[] logs = session.run(inputs).get("logProbabilities").values();
        double sum = 0;
        for (int t = 0; t < read.length; t++) {
          long next = t < ids.length ? ids[t] : lineEnd;
          sum += logs[t * encoder.symbols() + (int) next];
        }
        assertThat(sum / read.length)
            .as(line)
            .isCloseTo(model.score(line).perCharacter(), within(1e-5));
      }
    }
  }
}
