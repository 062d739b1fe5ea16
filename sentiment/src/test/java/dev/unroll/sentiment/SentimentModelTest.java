package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learns a handful of reviews by heart, and is then asked all that a user may ask. */
class SentimentModelTest {
  private static final List<Review> HANDFUL =
      List.of(
          new Review("good", "A lovely little film."),
          new Review("good", "Lovely! We laughed from beginning to end and went again."),
          new Review("good", "not bad"),
          new Review("bad", "bad, not lovely"),
          new Review("bad", "The worst two hours of my year; we left before the end."),
          new Review("bad", "Bad."),
          new Review("mixed", "Good actors, bad plot"),
          new Review("mixed", "It begins well and ends badly."));

  private static final List<String> ODD =
      List.of(
          "",
          "   ",
          "lovely",
          "zxqv",
          "zxqv wvut srqp",
          "Lovely! zxqv",
          "👍",
          "bad ".repeat(2500),
          "A lovely little film.");

  @TempDir static Path folder;
  private static SentimentModel model;

  private static SentimentConfig config(String... settings) {
    Map<String, String> overrides =
        new java.util.HashMap<>(
            Map.of(
                "dimensions", "16",
                "hidden", "12",
                "epochs", "40",
                "batch", "4",
                "patience", "0",
                "learning-rate", "0.02",
                "dropout", "0",
                "embedding-dropout", "0"));
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return SentimentConfig.with(overrides);
  }

  private static SentimentModel train(SentimentConfig config) {
    Corpus<Review> reviews = new Corpus<>(HANDFUL, "a handful", "none");
    return SentimentTrainer.train(
        config, ReviewEncoder.fit(reviews, config), new Split<>(reviews, reviews));
  }

  @BeforeAll
  static void overfit() {
    model = train(config());
  }

  @Test
  void learnsAHandfulByHeart() {
    assertThat(model.evaluate(HANDFUL).accuracy()).isEqualTo(1);
    assertThat(model.labels()).containsExactly("bad", "good", "mixed");
    assertThat(model.metrics()).containsEntry("accuracy", 1.0);
  }

  @Test
  void everyNetworkLearnsIt() {
    for (String cell : new String[] {"lstm", "gru", "rnn"}) {
      for (String[] more :
          new String[][] {
            {"bidirectional", "false", "pooling", "last"},
            {"layers", "2", "pooling", "max"},
            {"pooling", "mean", "dropout", "0.1"}
          }) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.addAll(List.of("cell", cell, "epochs", "60"));
        SentimentModel other = train(config(settings.toArray(String[]::new)));
        assertThat(other.evaluate(HANDFUL).accuracy()).as("%s", settings).isGreaterThan(0.8);
      }
    }
  }

  @Test
  void aSavedModelGivesTheSameAnswers() {
    Path path = folder.resolve("model.zip");
    model.save(path);
    SentimentModel loaded = SentimentModel.load(path);

    assertThat(loaded.classify(ODD)).isEqualTo(model.classify(ODD));
    assertThat(loaded.config()).isEqualTo(model.config());
    assertThat(loaded.metrics()).isEqualTo(model.metrics());
    assertThat(loaded.provenance()).isEqualTo(model.provenance());
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    Path first = folder.resolve("first.zip");
    Path second = folder.resolve("second.zip");
    SentimentConfig dropping = config("epochs", "3", "dropout", "0.5", "embedding-dropout", "0.3");
    train(dropping).save(first);
    train(dropping).save(second);
    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void aTextGetsTheSameAnswerAloneAndInABatch() {
    List<Opinion> together = model.classify(ODD);
    for (int i = 0; i < ODD.size(); i++) {
      Opinion alone = model.classify(ODD.get(i));
      assertThat(together.get(i).text()).isEqualTo(ODD.get(i));
      assertThat(alone.label()).isEqualTo(together.get(i).label());
      assertThat(alone.probability()).isEqualTo(together.get(i).probability(), within(1e-6));
    }
  }

  @Test
  void aTextWithoutWordsIsAnsweredFromTheBias() {
    assertThat(model.classify("").probabilities())
        .isEqualTo(model.classify(" \n ").probabilities());
    double sum = model.classify("").probabilities().values().stream().mapToDouble(p -> p).sum();
    assertThat(sum).isEqualTo(1, within(1e-12));
  }

  @Test
  void unknownWordsAreAllOne() {
    assertThat(model.classify("zxqv wvut").probabilities())
        .isEqualTo(model.classify("aabb ccdd").probabilities());
  }

  @Test
  void noTextsHaveNoOpinions() {
    assertThat(model.classify(List.of())).isEmpty();
  }

  @Test
  void manyThreadsGetTheAnswersOfOne() throws Exception {
    List<Opinion> expected = ODD.stream().map(model::classify).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<Opinion>>> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        calls.add(() -> ODD.stream().map(model::classify).toList());
      }
      for (Future<List<Opinion>> answers : threads.invokeAll(calls)) {
        assertThat(answers.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void ofALongTextBothEndsAreRead() {
    SentimentModel shortSighted = train(config("max-words", "4", "epochs", "5"));
    Opinion ends = shortSighted.classify("lovely little bad plot");
    assertThat(shortSighted.classify("lovely little zxqv zxqv zxqv bad plot").probabilities())
        .isEqualTo(ends.probabilities());
  }
}
