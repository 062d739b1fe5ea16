package dev.unroll.sentiment;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.generation.language.WordModel;
import dev.unroll.text.Vocabulary;
import dev.unroll.text.WordCounter;
import java.util.List;
import java.util.Map;

/** Texts on which a classifier learns beside its language models, and how. */
final class JointTexts {
  /** Of which four words are read at most: of the second one "not so" and "a day". */
  static final List<Review> TEXTS =
      List.of(
          new Review("positive", "a zebra film"),
          new Review("negative", "not so bad and good a day"),
          new Review("positive", "good"),
          new Review("negative", ""));

  /** Words of these texts that have neighbours to predict. */
  static final int PREDICTED = 7;

  private JointTexts() {}

  static Split<Review> split() {
    Corpus<Review> corpus = new Corpus<>(TEXTS, "four texts", "none");
    return new Split<>(corpus, corpus);
  }

  static SentimentConfig config(double gamma, List<WordModel> models) {
    return SentimentConfig.with(
            Map.of(
                "dropout", "0",
                "embedding-dropout", "0",
                "epochs", "3",
                "batch", "2",
                "max-words", "4",
                "averaging", "0",
                "language-model-loss", String.valueOf(gamma)))
        .withLanguageModels(models);
  }

  static ReviewEncoder encoder(SentimentConfig config) {
    Vocabulary words =
        new WordCounter()
            .addAll(List.of("day", "zebra", "film", "good", "so", "not", "a"))
            .build(1, 99);
    return new ReviewEncoder(words, List.of("negative", "positive"), config);
  }
}
