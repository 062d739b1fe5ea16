package dev.unroll.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.Corpus;
import dev.unroll.data.Split;
import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Learns a handful of reviews by heart, and is then asked all that a user may ask. */
class SentimentModelTest extends ModelContract<SentimentModel, String, Opinion> {
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

  private static SentimentConfig config(String... settings) {
    Map<String, String> overrides =
        new HashMap<>(
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

  @Override
  protected SentimentModel learn() {
    return train(config());
  }

  @Override
  protected void assertLearnt(SentimentModel model) {
    assertThat(model.evaluate(HANDFUL).accuracy()).isEqualTo(1);
    assertThat(model.labels()).containsExactly("bad", "good", "mixed");
    assertThat(model.metrics()).containsEntry("accuracy", 1.0);
  }

  @Override
  protected SentimentModel train(long seed) {
    String[] dropping = {"epochs", "3", "dropout", "0.5", "embedding-dropout", "0.3"};
    List<String> settings = new ArrayList<>(List.of(dropping));
    settings.addAll(List.of("seed", String.valueOf(seed)));
    return train(config(settings.toArray(String[]::new)));
  }

  @Override
  protected List<String> questions() {
    return ODD;
  }

  @Override
  protected List<Opinion> answer(SentimentModel model, List<String> texts) {
    return model.classify(texts);
  }

  @Override
  protected Opinion answer(SentimentModel model, String text) {
    return model.classify(text);
  }

  @Override
  protected void save(SentimentModel model, Path file) {
    model.save(file);
  }

  @Override
  protected SentimentModel load(Path file) {
    return SentimentModel.load(file);
  }

  @Override
  protected List<Object> description(SentimentModel model) {
    return List.of(model.config(), model.metrics(), model.provenance());
  }

  @Test
  @Tag("slow")
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
  void aTextWithoutWordsIsAnsweredFromTheBias() {
    assertThat(model().classify("").probabilities())
        .isEqualTo(model().classify(" \n ").probabilities());
    double sum = model().classify("").probabilities().values().stream().mapToDouble(p -> p).sum();
    assertThat(sum).isEqualTo(1, within(1e-12));
  }

  @Test
  void unknownWordsAreAllOne() {
    assertThat(model().classify("zxqv wvut").probabilities())
        .isEqualTo(model().classify("aabb ccdd").probabilities());
  }

  @Test
  void ofALongTextBothEndsAreRead() {
    SentimentModel shortSighted = train(config("max-words", "4", "epochs", "5"));
    Opinion ends = shortSighted.classify("lovely little bad plot");
    assertThat(shortSighted.classify("lovely little zxqv zxqv zxqv bad plot").probabilities())
        .isEqualTo(ends.probabilities());
  }

  @Override
  protected Optional<Function<InputStream, SentimentModel>> streamLoader() {
    return Optional.of(SentimentModel::load);
  }

  @Override
  protected Optional<Function<String, SentimentModel>> resourceLoader() {
    return Optional.of(name -> SentimentModel.load(SentimentModel.class, name));
  }

  @Override
  protected String resource() {
    return "/models/lstm.zip";
  }
}
