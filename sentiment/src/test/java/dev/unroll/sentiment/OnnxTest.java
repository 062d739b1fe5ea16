package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unroll.testing.OnnxSession;
import dev.unroll.text.Tokenizer;
import dev.unroll.text.WordCounter;
import dev.unroll.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** Another program, which has the exported file and nothing else, answers as the model does. */
class OnnxTest {
  private static final List<String> WORDS = List.of("a", "lovely", "film", "not", "bad", ".");
  private static final List<String> LABELS = List.of("bad", "good", "mixed");
  private static final int MAX_WORDS = 20;

  @ParameterizedTest
  @CsvSource({
    "lstm, 1, true, max-mean",
    "lstm, 3, false, last",
    "gru, 2, true, last-max-mean",
    "gru, 1, false, MEAN",
    "rnn, 2, true, MAX"
  })
  void answersAreThoseOfTheModel(String cell, String layers, String both, String pooling) {
    SentimentModel model =
        random(
            SentimentConfig.with(
                Map.of(
                    "cell", cell,
                    "layers", layers,
                    "bidirectional", both,
                    "pooling", pooling,
                    "hidden", "9",
                    "dimensions", "8",
                    "max-words", String.valueOf(MAX_WORDS))));
    List<String> texts = texts();
    try (OnnxSession session = new OnnxSession(model.toOnnx().toBytes())) {
      float[] answers = answers(session, texts);
      compare(model, texts, answers);
      for (String text : texts.subList(0, 4)) {
        compare(model, List.of(text), answers(session, List.of(text)));
      }
    }
  }

  private static SentimentModel random(SentimentConfig config) {
    ReviewEncoder encoder =
        new ReviewEncoder(new WordCounter().addAll(WORDS).build(1, 100), LABELS, config);
    ComputationGraph network =
        SentimentNetwork.build(config, encoder.vocabulary().size(), LABELS.size());
    network.params().assign(Nd4j.randn(network.params().shape()).mul(0.5));
    return new SentimentModel(config, encoder, TrainedNetwork.of(network), Map.of(), null);
  }

  /** No word, one, unknown ones, capitals, tags; of random length, and longer than is read. */
  private static List<String> texts() {
    List<String> texts = new ArrayList<>(List.of("", "film", "  \t", "zxqv wvut", "Not<br/>BAD."));
    Random random = new Random(5);
    for (int i = 0; i < 12; i++) {
      List<String> words = new ArrayList<>(Collections.nCopies(random.nextInt(40), ""));
      words.replaceAll(word -> WORDS.get(random.nextInt(WORDS.size())));
      texts.add(String.join(" ", words));
    }
    return texts;
  }

  private static void compare(SentimentModel model, List<String> texts, float[] answers) {
    List<Opinion> opinions = model.classify(texts);
    for (int i = 0; i < texts.size(); i++) {
      for (int label = 0; label < LABELS.size(); label++) {
        double ours = opinions.get(i).probabilities().get(LABELS.get(label));
        assertThat(Math.abs(answers[i * LABELS.size() + label] - ours))
            .as("'%s', label %d", texts.get(i), label)
            .isLessThan(1e-5);
      }
    }
  }

  /** As docs/onnx.md says. */
  private static float[] answers(OnnxSession session, List<String> texts) {
    Map<String, String> metadata = session.metadata();
    assertThat(metadata).containsEntry("task", "sentiment");
    assertThat(session.texts("labels")).isEqualTo(LABELS);
    List<String> vocabulary = session.texts("vocabulary");
    Tokenizer tokenizer = Tokenizer.named(metadata.get("tokenizer"));
    int most = Integer.parseInt(metadata.get("maxWords"));
    List<List<String>> words = new ArrayList<>();
    for (String text : texts) {
      List<String> all = new ArrayList<>(tokenizer.words(text));
      if (metadata.get("lowercase").equals("true")) {
        all.replaceAll(word -> word.toLowerCase(Locale.ROOT));
      }
      if (all.size() > most) {
        List<String> shorter = new ArrayList<>(all.subList(0, most - most / 2));
        shorter.addAll(all.subList(all.size() - most / 2, all.size()));
        all = shorter;
      }
      words.add(all);
    }
    int time = Math.max(1, words.stream().mapToInt(List::size).max().orElse(1));
    long[][] ids = new long[texts.size()][time];
    long[] lengths = new long[texts.size()];
    for (int i = 0; i < ids.length; i++) {
      lengths[i] = words.get(i).size();
      for (int t = 0; t < lengths[i]; t++) {
        ids[i][t] = Math.max(0, vocabulary.indexOf(words.get(i).get(t)));
      }
    }
    return session.run(Map.of("words", ids, "lengths", lengths)).get("probabilities").values();
  }
}
